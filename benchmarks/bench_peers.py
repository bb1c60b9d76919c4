"""The default recipe beside what a user would pick instead, on the same folds with the same encoder: make bench-peers.

Every method goes through `crossval.out_of_fold` on the purged leave-one-article-out folds of the experiment, a task at a
time, and pays in each fold for every text that it encodes there. One that reads the context is purged by it too, so it has
fewer rows to learn from. Figures are macro-F1 over all classes with the delete-one-article jackknife; differences are
paired. What is done is kept under build/peers, so that `--resume` goes on where a run stopped.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from peer_figures import FOUND, Outcome, Outcomes, records_of, table
from peer_models import PEERS

from stancekit.crossval import model_reads, out_of_fold
from stancekit.data.dataset import Dataset
from stancekit.data.splits import split
from stancekit.errors import InputError, StancekitError, nearest
from stancekit.experiment import Experiment, fixed_threads, load_experiment, model_of, params_of, schemes_of
from stancekit.experiment.provenance import code_digest
from stancekit.io.atomic import write_atomic
from stancekit.io.files import parse_object, read_text, sha256, to_json
from stancekit.models.per_task import all_tasks
from stancekit.models.registry import MODELS, model_class
from stancekit.predictions import load_predictions, save_predictions

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "peers.json"
WORK = ROOT / "build" / "peers"
ORIENTATION = ("majority", "actor", "tfidf", "embedding")
WHO_SPEAKS = ("speaker", "organisation", "holder", "actor_kind")
DONE = "done.json"


@dataclass(frozen=True)
class Method:
    """A model type and its parameters for each seed. `soft`: trained on the shares that several annotators gave the labels."""

    name: str
    kind: str
    seeds: Mapping[int, Mapping[str, Any]]
    soft: bool = False


def methods_of(experiment: Experiment, text_only: str | None = None) -> dict[str, Method]:
    """What is compared, by name. Raises `InputError` where the text-only recipe is unknown or reads who speaks."""
    config = experiment.config
    likely = ("text_only", config.default.removesuffix("_holder"), "embedding")
    text_only = text_only or next((name for name in likely if name in config.recipes and name != config.default), likely[-1])
    if text_only not in config.recipes:
        raise InputError(experiment.path, f"no recipe is called '{text_only}'{nearest(text_only, config.recipes)}", config.recipes)
    named = {name: name for name in ORIENTATION if name in config.recipes}
    found = {name: _recipe(experiment, name, recipe) for name, recipe in named.items()}
    found |= {peer: Method(peer, peer, {config.seed: {"seed": config.seed}}) for peer in PEERS}
    found |= {
        "default_text_only": _recipe(experiment, "default_text_only", text_only),
        "default": _recipe(experiment, "default", config.default),
    }
    reads = model_reads(found["default_text_only"].kind, next(iter(found["default_text_only"].seeds.values())))
    if told := [name for name in WHO_SPEAKS if name in reads]:
        raise InputError(experiment.path, f"recipe '{text_only}' reads the {told[0]}, so it is no text-only form of the default")
    return found


def _recipe(experiment: Experiment, name: str, recipe_name: str) -> Method:
    recipe = experiment.config.recipes[recipe_name]
    seeds = schemes_of(experiment.config, recipe).get("purged", [experiment.config.seed])
    params = {seed: params_of(recipe, seed, experiment.codebook.input) for seed in seeds}
    return Method(name, model_of(recipe), params, experiment.config.soft_labels)


@contextmanager
def registered(models: Mapping[str, str]) -> Iterator[None]:
    """Within it the registry knows these model types too."""
    MODELS.update(models)
    try:
        yield
    finally:
        for kind in models:
            del MODELS[kind]


def first_articles(dataset: Dataset, count: int | None) -> Dataset:
    """The data set with its first few articles alone; `None` keeps all."""
    kept = list(dict.fromkeys(dataset.article_ids))[:count]
    return replace(
        dataset,
        examples=tuple(e for e in dataset.examples if e.article_id in kept),
        undecided=tuple(e for e in dataset.undecided if e.article_id in kept),
    )


@dataclass(frozen=True)
class Bench:
    """The data and where finished parts are kept. With `resume` those of an earlier run are taken, where nothing they rest on changed."""

    dataset: Dataset
    work: Path
    resume: bool
    progress: Callable[[str], None]

    def measure(self, method: Method, tasks: Sequence[str]) -> Outcomes:
        """A model of one task is trained for each by itself; a joint one does all at once, and its seconds are shared out."""
        found: Outcomes = {}
        groups = [tuple(tasks)] if model_class(method.kind).multitask else [(task,) for task in tasks]
        cold = True
        for seed in method.seeds:
            for group in groups:
                folder = self.work / f"{method.name}-seed{seed}-{'+'.join(group)}"
                key = self._key(method, seed, group)
                if not (self.resume and _made_with(folder) == key):
                    if cold:
                        self._warm_up(method, seed, group)
                        cold = False
                    self._run(method, seed, group, folder, key)
                _add(found, method.name, folder)
        return found

    def _run(self, method: Method, seed: int, tasks: Sequence[str], folder: Path, key: str) -> None:
        """Cross-validate and write what came of it; `DONE` comes last."""
        if folder.exists():
            shutil.rmtree(folder)

        def progress(line: str) -> None:
            self.progress(f"{', '.join(tasks)} · {line}")

        predictions, facts = out_of_fold(
            self._of(tasks), method.name, method.kind, method.seeds[seed], "purged", soft=method.soft, seed=seed, progress=progress
        )
        for p in predictions:
            save_predictions(p, folder / p.name)
        shown = len({p.holder for p in predictions})  # the seconds of labelling are those of every holder shown
        done = {
            "key": key,
            "train": sum(f.seconds["train"] for f in facts) / len(tasks),
            "label": sum(f.seconds["label"] for f in facts) / len(tasks) / shown,
            "missing": {task: {f.name: list(f.missing[task]) for f in facts} for task in tasks},
        }
        write_atomic(folder / DONE, to_json(done))

    def _warm_up(self, method: Method, seed: int, tasks: Sequence[str]) -> None:
        """A fit on one row of each label, not timed: no method pays for imports, nor for the first call of a kernel."""
        labels, inputs = self.dataset.labels(tasks[0]), self.dataset.inputs()
        rows = [labels.index(label) for label in dict.fromkeys(labels)]
        y = np.array([[self.dataset.examples[row].labels[task] for task in tasks] for row in rows])
        model = all_tasks(method.kind, self._of(tasks).codebook.tasks, method.seeds[seed])
        model.fit([inputs[row] for row in rows], y).predict_proba(inputs[:1])

    def _of(self, tasks: Sequence[str]) -> Dataset:
        """The data set with some of its tasks."""
        book = self.dataset.codebook
        return replace(self.dataset, codebook=book.model_copy(update={"tasks": {task: book.tasks[task] for task in tasks}}))

    def _key(self, method: Method, seed: int, tasks: Sequence[str]) -> str:
        """Changes with whatever a result rests on: our own models rest on the package's code, a peer on its release."""
        made_by = [_release(name) for name in ("setfit", "sentence-transformers", "transformers", "torch")]
        entries = [
            self._basis,
            method.kind,
            method.seeds[seed],
            method.soft,
            seed,
            list(tasks),
            made_by if method.kind in PEERS else code_digest(),
        ]
        return sha256(json.dumps(entries, sort_keys=True).encode())

    @cached_property
    def _basis(self) -> Any:
        """The statements with their labels, and the folds."""
        rows = [[e.id, asdict(e.input), e.found_holder, e.found_kind, dict(e.labels)] for e in self.dataset.examples]
        return [rows, [[f.name, f.train, f.test] for f in split(self.dataset, "purged", ["text"])]]


def _release(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _made_with(folder: Path) -> str | None:
    """The key of a part that was finished."""
    done = folder / DONE
    return str(parse_object(read_text(done), done)["key"]) if done.is_file() else None


def _add(found: Outcomes, name: str, folder: Path) -> None:
    """A finished part joins those of the other seeds."""
    done = parse_object(read_text(folder / DONE), folder / DONE)
    for path in sorted(folder.glob("*.jsonl")):
        predictions = load_predictions(path)
        shown = f"{name}{FOUND}" if predictions.holder == "found" else name
        outcome = found.setdefault((shown, predictions.task), Outcome(missing=done["missing"][predictions.task]))
        outcome.seeds.append(predictions)
        outcome.train.append(done["train"])
        outcome.label.append(done["label"])


def _chosen(names: str | None, known: Collection[str], option: str) -> list[str]:
    """The names of a comma-separated option, all where it is not given, in the order of the known ones."""
    if names is None:
        return list(known)
    given = [name.strip() for name in names.split(",")]
    for name in given:
        if name not in known:
            raise InputError(option, f"unknown '{name}'{nearest(name, known)}", known)
    return [name for name in known if name in given]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--experiment", type=Path, default=ROOT / "experiments" / "ofsted.yaml")
    parser.add_argument("--tasks", help="comma-separated; all without it")
    parser.add_argument("--methods", help="comma-separated; all without it")
    parser.add_argument(
        "--text-only",
        help="the recipe of default_text_only: without it `text_only`, or the default's name without `_holder`, or `embedding`",
    )
    parser.add_argument(
        "--limit-folds", type=int, help="a quick try: each of the first so many articles is left out in turn, nothing else is read"
    )
    parser.add_argument(
        "--out", type=Path, help="the file of records; without it the committed one, or for a part of the comparison one in --work"
    )
    parser.add_argument("--work", type=Path, default=WORK, help="where finished parts are kept")
    parser.add_argument("--resume", action="store_true", help="take finished parts of an interrupted run; the seconds are of their time")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        _bench(options)
    except StancekitError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _bench(options: argparse.Namespace) -> None:
    with registered(PEERS):
        experiment = load_experiment(options.experiment)
        if options.limit_folds is not None and options.limit_folds < 2:
            raise InputError("--limit-folds", "needs two or more: the other articles train")
        methods = methods_of(experiment, options.text_only)
        names = _chosen(options.methods, methods, "--methods")
        tasks = _chosen(options.tasks, experiment.dataset.codebook.tasks, "--tasks")
        dataset = first_articles(experiment.dataset, options.limit_folds)
        bench = Bench(dataset, options.work, options.resume, lambda line: print(f"[peers] {line}", file=sys.stderr))
        outcomes: Outcomes = {}
        # Without an encoding cache around them: each fold pays for the texts that it reads, as a peer does.
        with fixed_threads(experiment.config.threads):
            for name in names:
                outcomes |= bench.measure(methods[name], tasks)
    records = records_of(dataset, outcomes, tasks)
    print(table(records))
    whole = options.limit_folds is None and len(names) == len(methods) and len(tasks) == len(experiment.dataset.codebook.tasks)
    out = options.out or (RESULTS if whole and options.experiment == _parser().get_default("experiment") else options.work / "peers.json")
    write_atomic(out, to_json(records))
    print(out)


if __name__ == "__main__":
    sys.exit(main())
