"""What each public set adds when the encoder has seen it first: make bench-transfer DATA=folder of the open data sets.

Each source of experiments/transfer trains an encoder, which a frozen `embedding` then uses on the seeds (leave one article out,
purged) and on the coal debate (leave one speech out); beside it the packaged encoder, in the same run. A set is never a
source where it is the test. Differences are from the packaged encoder, with a jackknife over articles or speeches.

With `--rows` and `--epochs` the sources are cut down: fine-tuning takes a second for about 25 short texts.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from stancekit.crossval import out_of_fold
from stancekit.errors import InputError
from stancekit.evaluation import compare, score
from stancekit.experiment import Experiment, fixed_threads, load_experiment, train
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.encoders.training_data import refuse_tested
from stancekit.models.encoders.weights import PACKAGED

ROOT = Path(__file__).parents[1]
FOLDERS = {"perspectrum": "perspectrum", "newsmtsc": "newsmtsc", "coal_debate": "csta_coal_debate"}
"""Source → where its data lie in the folder of all data sets."""
TEMPLATES = {"text": "{text}", "target and text": "{target}: {text}"}


def train_source(
    name: str, data: Path, out: Path, rows: int | None = None, epochs: int | None = None, encoder: str = PACKAGED
) -> dict[str, Any]:
    """Train an encoder further on a source, or on so many of its rows drawn at random, into `out`; what it took."""
    experiment = load_experiment(ROOT / "experiments" / "transfer" / f"{name}.yaml", data / FOLDERS[name])
    if rows is not None and rows < len(experiment.dataset.examples):
        chosen = np.sort(np.random.default_rng(0).permutation(len(experiment.dataset.examples))[:rows])
        experiment = replace(
            experiment, dataset=replace(experiment.dataset, examples=tuple(experiment.dataset.examples[i] for i in chosen))
        )
    recipe = experiment.config.recipes[experiment.config.default]
    recipe.params["encoder"] = encoder
    if epochs is not None:
        recipe.params["epochs"] = epochs
    started = time.perf_counter()
    train(experiment, experiment.config.default, out)
    seconds = time.perf_counter() - started
    return {"source_rows": len(experiment.dataset.examples), "source_epochs": recipe.params["epochs"], "train_seconds": round(seconds, 1)}


def records(experiment: Experiment, scheme: Any, encoders: dict[str, str], cost: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A record for each task, template and encoder that has not seen the data set."""
    dataset, name = experiment.dataset, experiment.config.name
    groups = dict(zip(dataset.ids, dataset.article_ids, strict=True))
    allowed = {}
    for source, encoder in encoders.items():
        try:
            refuse_tested([encoder], [e.input.text for e in dataset.examples])
            allowed[source] = encoder
        except InputError as refused:
            print(f"{name}: {source} is left out: {refused}")
    for shown, template in TEMPLATES.items():
        found = {
            source: out_of_fold(dataset, source, "embedding", {"encoder": encoder, "template": template}, scheme)[0]
            for source, encoder in allowed.items()
        }
        for task in dataset.codebook.tasks:
            gold = dict(zip(dataset.ids, dataset.labels(task), strict=True))
            models = {source: [p for p in predictions if p.task == task] for source, predictions in found.items()}
            against = {d.model: d.difference for d in compare(models, ["packaged"], gold, groups)}
            for source, predictions in models.items():
                scored = score(predictions, gold, groups)
                yield {
                    "scenario": f"{name}: {task}", "method": source, "reads": shown, "n": scored.n,
                    **_figures("macro_f1", scored.macro_f1, ""),
                    **(_figures("difference", against[source], "difference_") if source in against else {}), **cost.get(source, {}),
                }  # fmt: skip


def _figures(name: str, interval: Any, prefix: str) -> dict[str, float | None]:
    values = {name: interval.point, f"{prefix}low": interval.low, f"{prefix}high": interval.high}
    return {key: None if value is None else round(value, 4) for key, value in values.items()}


def run(data: Path, sources: list[str], work: Path, rows: int | None, epochs: int | None) -> list[dict[str, Any]]:
    """All records: train the sources in `work`, then score on both data sets."""
    encoders, cost = {"packaged": PACKAGED}, {}
    for source in sources:
        print(f"training {source}", flush=True)
        encoders[source] = str(work / source)
        cost[source] = train_source(source, data, work / source, rows, epochs)
    seeds = load_experiment(ROOT / "experiments" / "ofsted_demo.yaml")
    coal = load_experiment(ROOT / "experiments" / "benchmarks" / "coal_debate.yaml", data / FOLDERS["coal_debate"])
    with fixed_threads(2), encoding_cache():
        return [*records(seeds, "purged", encoders, cost), *records(coal, "groups", encoders, cost)]


def main() -> None:
    parser = argparse.ArgumentParser(description="What transfer adds.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the open data sets")
    parser.add_argument("--sources", nargs="*", choices=sorted(FOLDERS), default=list(FOLDERS))
    parser.add_argument("--rows", type=int, help="train each source on so many of its rows")
    parser.add_argument("--epochs", type=int, help="in the place of the configs' own")
    parser.add_argument("--keep", type=Path, help="a folder for the encoders, which are thrown away without it")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "transfer.json")
    given = parser.parse_args()
    with TemporaryDirectory() as temporary:
        found = run(given.data, given.sources, given.keep or Path(temporary), given.rows, given.epochs)
    width = max(len(r["scenario"]) for r in found)
    for r in found:
        difference = f"{r['difference']:+.3f} [{r['difference_low']}, {r['difference_high']}]" if r.get("difference") is not None else ""
        print(f"{r['scenario']:<{width}}  {r['reads']:<16} {r['method']:<12} {r['macro_f1']:.3f} [{r['low']}, {r['high']}]  {difference}")
    write_atomic(given.out, to_json(found))


if __name__ == "__main__":
    main()
