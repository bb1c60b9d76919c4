"""How many labels suggestions save against labelling at random, by simulation on sets that are labelled already: make bench-suggest.

Each seed holds groups (speeches, debates, articles) out as the test and takes what repeats them from the pool. Labels are
revealed in batches; after each a model is trained and scored. Methods share the splits, so they are compared in pairs.
Seeds split one set of texts: an interval over them says how far the split decides, not what another set would show.
The weights of the default policy were chosen on the news and the claims, before the debate was looked at.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from learning_curve import Curve, LearningCurves, learning_picture
from numpy.typing import NDArray
from scipy import stats
from sklearn.metrics import f1_score

from stancekit.annotations.items import Item
from stancekit.codebook import Codebook, Label, Task
from stancekit.duplicates import repeating
from stancekit.errors import InputError
from stancekit.experiment import fixed_threads
from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_jsonl, to_json
from stancekit.models import make_model
from stancekit.models.encoders.encode import encoding_cache
from stancekit.records import Annotation, Statement
from stancekit.report.figures.style import Picture, to_png
from stancekit.suggest import next_to_label
from stancekit.suggest.features import Reader
from stancekit.suggest.next_items import START
from stancekit.suggest.questions import beliefs, questions
from stancekit.suggest.uncertain import Policy, worth

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
SUMMARY = "labels to 95 % of full macro-F1"
TARGET = 0.95
"""Of the macro-F1 with the whole pool labelled."""
TASK = "label"

Record = dict[str, Any]


@dataclass(frozen=True)
class Row:
    text: str
    label: str
    group: str


@dataclass(frozen=True)
class Problem:
    """One seed's task: texts to label, with the labels they would be given, and held-out ones to score on."""

    codebook: Codebook
    items: tuple[Item, ...]
    labels: Mapping[str, str]
    test: tuple[Row, ...]
    seed: int
    model: Reader
    batch: int

    def annotations(self, items: Sequence[Item]) -> list[Annotation]:
        return [
            Annotation(s.id, s.article_id, s.start, s.end, s.text, "", {TASK: self.labels[s.id]}, "simulated", "1.0.0")
            for s in (item.statement for item in items)
        ]

    def score(self, items: Sequence[Item]) -> float:
        """Macro-F1 on the test rows, over the labels that they have, of a model trained on these."""
        names = self.codebook.labels(TASK)
        model = make_model(self.model).fit([i.statement.text for i in items], [self.labels[i.statement.id] for i in items])
        said = [str(label) for label in model.predict([row.text for row in self.test])]
        gold = [row.label for row in self.test]
        return float(f1_score(gold, said, labels=[name for name in names if name in gold], average="macro"))


def problem(rows: Sequence[Row], seed: int, model: Reader, batch: int, share: float = 1 / 3) -> Problem:
    """Groups are held out, in the seed's order, until they have a share of the rows."""
    rng = np.random.default_rng(seed)
    names = sorted({row.label for row in rows})
    held: set[str] = set()
    for group in rng.permutation(sorted({row.group for row in rows})).tolist():
        if sum(row.group in held for row in rows) >= share * len(rows):
            break
        held.add(group)
    test = [row for row in rows if row.group in held]
    rest = [row for row in rows if row.group not in held]
    pool = [row for row, repeated in zip(rest, repeating([r.text for r in rest], [r.text for r in test]), strict=True) if not repeated]
    items = tuple(Item(Statement(f"{r.group}:{i}-{i + len(r.text)}", r.group, i, i + len(r.text), r.text)) for i, r in enumerate(pool))
    labels = {item.statement.id: row.label for item, row in zip(items, pool, strict=True)}
    task = Task(question="-", labels={name: Label(definition="-") for name in names})
    book = Codebook(name="simulation", version="1.0.0", target="-", tasks={TASK: task})
    return Problem(book, items, labels, tuple(test), seed, model, batch)


Method = Callable[[Problem, Sequence[Item], Sequence[Item]], Sequence[Item]]
"""(problem, what is labelled, what is not) → the next batch."""


def at_random(case: Problem, _: Sequence[Item], rest: Sequence[Item]) -> Sequence[Item]:
    left = {item.statement.id for item in rest}
    order = np.random.default_rng(10_000 + case.seed).permutation(len(case.items)).tolist()
    return [case.items[i] for i in order if case.items[i].statement.id in left][: case.batch]


def most_uncertain(case: Problem, chosen: Sequence[Item], rest: Sequence[Item]) -> Sequence[Item]:
    """The usual baseline: a random start, then the greatest entropies, however alike."""
    asked = questions(case.annotations(chosen), case.codebook)
    held = beliefs(asked, [i.statement.text for i in rest], case.model, {}) if len(chosen) >= START else []
    if not held:
        return at_random(case, chosen, rest)
    order = np.argsort(-worth(held, Policy(trust=1, rarity=0)), kind="stable")
    return [rest[i] for i in order[: case.batch]]


def suggest(policy: Policy) -> Method:
    def choose(case: Problem, chosen: Sequence[Item], rest: Sequence[Item]) -> Sequence[Item]:
        known = case.annotations(chosen)
        try:
            return next_to_label(case.items, known, case.codebook, n=case.batch, seed=case.seed, model=case.model, policy=policy)
        except InputError:  # what is left repeats what is labelled
            return rest[: case.batch]

    return choose


METHODS: dict[str, Method] = {
    "random": at_random,
    "most uncertain": most_uncertain,
    "suggest": suggest(Policy()),
    "suggest, trust 0": suggest(Policy(trust=0)),
    "suggest, trust 1": suggest(Policy(trust=1)),
    "suggest, margin": suggest(Policy(measure="margin")),
    "suggest, rarity 0": suggest(Policy(rarity=0)),
    "suggest, rarity 1": suggest(Policy(rarity=1)),
}


@dataclass(frozen=True)
class Run:
    """A method's way through one pool: the score, and how many of the rarest label are found, after so many labels."""

    labels: NDArray[np.int64]
    scores: NDArray[np.float64]
    rare: NDArray[np.int64]

    @property
    def needed(self) -> int:
        """The labels from which on the target is held for two batches. The whole pool reaches it, so none is censored."""
        held = self.scores >= TARGET * self.scores[-1]
        return int(next(n for n, now, then in zip(self.labels, held, [*held[1:], True], strict=True) if now and then))


def simulate(case: Problem, method: str) -> Run:
    names = list(case.labels.values())
    rarest = min(sorted(set(names)), key=names.count)
    chosen: list[Item] = []
    steps: list[tuple[int, float, int]] = []
    while len(chosen) < len(case.items):
        done = {item.statement.id for item in chosen}
        chosen += METHODS[method](case, chosen, [item for item in case.items if item.statement.id not in done])
        steps.append((len(chosen), case.score(chosen), sum(case.labels[i.statement.id] == rarest for i in chosen)))
    labels, scores, rare = zip(*steps, strict=True)
    return Run(np.array(labels), np.array(scores), np.array(rare))


def coal(folder: Path) -> list[Row]:
    """Sentences of a debate, for and against; ties of the crowd are left out."""
    rows = [row for _, row in read_jsonl(folder / "all.jsonl")]
    return [Row(r["text"], r["label"], r["speech"]) for r in rows if r["label"]]


def news(folder: Path) -> list[Row]:
    """Sentiment towards someone, in sentences of American news; of each sentence its first target."""
    rows = [row for _, row in read_jsonl(folder / "train.jsonl")]
    return list({r["text"]: Row(r["text"], r["label"], "_".join(r["id"].split("_")[:3])) for r in reversed(rows)}.values())


def topics(folder: Path) -> list[Row]:
    """The topic of claims that have one only, of the eight commonest topics."""
    rows = [row for name in ("train", "dev", "test") for _, row in read_jsonl(folder / f"{name}.jsonl")]
    single = {r["text"]: Row(r["text"], r["topics"][0], r["target"]) for r in rows if len(r["topics"]) == 1 and r["text"].strip()}
    common = [topic for topic, _ in Counter(row.label for row in single.values()).most_common(8)]
    return [row for row in single.values() if row.label in common]


def drawn(rows: Sequence[Row], seed: int, size: int = 360) -> list[Row]:
    """Whole groups in the seed's order, up to a size."""
    groups = np.random.default_rng(20_000 + seed).permutation(sorted({row.group for row in rows})).tolist()
    order = {group: k for k, group in enumerate(groups)}
    return sorted(rows, key=lambda row: order[row.group])[:size]


def records(scenario: str, runs: Mapping[str, Sequence[Run]], batch: int) -> Iterator[Record]:
    """Flat records: a summary of each method with its differences to random, in pairs, then the curves."""
    grid = np.arange(batch, min(run.labels[-1] for several in runs.values() for run in several) + 1, batch)
    scores = {method: np.array([np.interp(grid, run.labels, run.scores) for run in several]) for method, several in runs.items()}
    needed = {method: np.array([run.needed for run in several]) for method, several in runs.items()}
    early = grid <= 150
    for method, several in runs.items():
        full = float(np.mean([run.scores[-1] for run in several]))
        mean = scores[method].mean(axis=0)
        yield {
            "scenario": f"{scenario}: {SUMMARY}", "method": method, "seeds": len(several), "batch": batch,
            "pool": _round(np.mean([run.labels[-1] for run in several]), 1), "full_macro_f1": _round(full),
            "labels_mean": _round(needed[method].mean(), 1), "labels_sd": _round(needed[method].std(ddof=1), 1),
            "labels_median": float(np.median(needed[method])),
            "labels_by_mean_curve": int(next((n for n, score in zip(grid, mean, strict=True) if score >= TARGET * full), grid[-1])),
            **_interval("fewer_than_random", needed["random"] - needed[method], 1),
            **_interval("gain_to_150", (scores[method] - scores["random"])[:, early].mean(axis=1), 4),
            "rarest_among_100": _round(np.mean([np.interp(100, run.labels, run.rare) for run in several]), 1),
        }  # fmt: skip
    for method in runs:
        for k, n in enumerate(grid.tolist()):
            low, high = np.quantile(scores[method][:, k], [0.25, 0.75])
            yield {
                "scenario": f"{scenario}: learning curve", "method": method, "labels": n, "macro_f1": _round(scores[method][:, k].mean()),
                "sd": _round(scores[method][:, k].std(ddof=1)), "quartile_low": _round(low), "quartile_high": _round(high),
            }  # fmt: skip


def _interval(name: str, paired: NDArray[Any], places: int) -> dict[str, float]:
    """Mean of the paired differences and its 95 % t interval over seeds."""
    mean, half = paired.mean(), stats.t.ppf(0.975, len(paired) - 1) * paired.std(ddof=1) / len(paired) ** 0.5
    return {name: _round(mean, places), f"{name}_low": _round(mean - half, places), f"{name}_high": _round(mean + half, places)}


def _round(value: Any, places: int = 4) -> float:
    return round(float(value), places)


def compare(name: str, rows: Callable[[int], Sequence[Row]], model: Reader, methods: Sequence[str], seeds: int, batch: int) -> list[Record]:
    """The records of some methods on one set, with the same splits for all."""
    runs: dict[str, list[Run]] = {method: [] for method in methods}
    started = time.perf_counter()
    for seed in range(seeds):
        case = problem(rows(seed), seed, model, batch)
        for method in methods:
            runs[method].append(simulate(case, method))
        print(f"{name}, {model}: seed {seed}, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    found = list(records(f"{name}, {model}", runs, batch))
    for r in summaries(found):
        fewer = f"{r['fewer_than_random']:+.1f} [{r['fewer_than_random_low']:+.1f}, {r['fewer_than_random_high']:+.1f}]"
        gain = f"{r['gain_to_150']:+.3f} [{r['gain_to_150_low']:+.3f}, {r['gain_to_150_high']:+.3f}]"
        needed = f"{r['labels_mean']:>5} labels (median {r['labels_median']:>5})"
        print(f"{name}, {model}: {r['method']:<18} {needed}, fewer than random {fewer:<22} gain in macro-F1 to 150 {gain}")
    return found


def summaries(found: Sequence[Record]) -> list[Record]:
    return [r for r in found if r["scenario"].endswith(SUMMARY)]


def picture(found: Sequence[Record], scenario: str, methods: Mapping[str, str]) -> Picture:
    """Learning curves of some methods of a scenario. methods : method → what it is called in the picture."""
    sums = {r["method"]: r for r in summaries(found) if r["scenario"].startswith(f"{scenario}:")}
    curves = []
    for method, name in methods.items():
        steps = [r for r in found if r["scenario"] == f"{scenario}: learning curve" and r["method"] == method]
        labels, mean, low, high = (tuple(r[key] for r in steps) for key in ("labels", "macro_f1", "quartile_low", "quartile_high"))
        curves.append(Curve(name, labels, mean, low, high, sums[method]["labels_by_mean_curve"]))
    one = sums["random"]
    title = f"What to label first: {scenario}"
    return learning_picture("suggest", LearningCurves(title, "macro-F1", one["seeds"], one["full_macro_f1"], TARGET, tuple(curves)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="csta_coal_debate; newsmtsc and perspectrum lie beside it")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--variants", action="store_true", help="all methods on all three sets, within the hour")
    options = parser.parse_args()
    debate, beside = coal(options.data), options.data.parent
    with fixed_threads(2), encoding_cache():
        if options.variants:
            every: list[Record] = []
            for name, rows in [("news sentiment", news(beside / "newsmtsc")), ("claim topics", topics(beside / "perspectrum"))]:
                every += compare(name, partial(drawn, rows), "embedding", list(METHODS), options.seeds, 20)
            every += compare("coal debate", lambda _: debate, "embedding", list(METHODS), options.seeds, 10)
            write_atomic(RESULTS / "suggest_variants.json", to_json(summaries(every)))
            return
        found = compare("coal debate", lambda _: debate, "embedding", ["random", "suggest"], options.seeds, 10)
        found += compare("coal debate", lambda _: debate, "tfidf", ["random", "suggest"], options.seeds, 20)
    write_atomic(RESULTS / "suggest.json", to_json(found))
    shown = {"suggest": "suggested", "random": "at random"}
    write_atomic(ROOT / "docs" / "suggest.png", to_png(picture(found, "coal debate, embedding", shown)))
    print("benchmarks/results/suggest.json, docs/suggest.png")


if __name__ == "__main__":
    main()
