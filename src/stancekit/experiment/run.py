"""Running an experiment: predictions, scores and trained models in a run directory."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stancekit.annotations.agreement import measure_agreement
from stancekit.crossval import FoldFacts, fit_on_all, out_of_fold
from stancekit.data.splits import Fold
from stancekit.errors import InputError, RefusedError, StancekitError, nearest
from stancekit.experiment.artefacts import describe, inputs_of, refuse_tested_sources
from stancekit.experiment.config import ArticleConfig, Config, model_of, schemes_of
from stancekit.experiment.load import Experiment
from stancekit.experiment.metrics import fold_seconds, metrics_of
from stancekit.experiment.provenance import provenance_of
from stancekit.experiment.result_folders import RUN, about_of, refuse_another_run
from stancekit.experiment.resume import Finished, digests_of, note_finished, record_of, take_over, with_digests
from stancekit.experiment.tables.config import RowConfig
from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_bytes, to_json
from stancekit.io.guard import guard
from stancekit.io.output_folder import output_folder, sha256_of_file
from stancekit.models.by_task import BY_TASK, ByTask
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.saved import MODEL, save_model
from stancekit.predictions import Predictions, save_predictions

Progress = Callable[[str], None]
Results = list[tuple[list[Predictions], list[FoldFacts]]]


def train(experiment: Experiment, recipe: str, out: Path, *, overwrite: bool = False, notice: Progress = lambda _: None) -> None:
    """Fit one recipe on everything and save it in `out`. An earlier model is replaced when the new one is whole.

    Raises `RefusedError` where `out` holds something else, another recipe's model without `overwrite`, or what the experiment reads.
    """
    config = experiment.config
    if recipe not in (names := {*config.recipes, config.default_name}):
        raise InputError(experiment.path, f"no recipe is called '{recipe}'{nearest(recipe, names)}", sorted(names))
    guard(inputs_of(experiment, config.parts(recipe)), folders=[out])
    for note in experiment.notes:
        notice(f"note: {note}")
    notice(f"training {recipe} on {len(experiment.dataset.training)} statements")
    with output_folder(out, MODEL, overwrite=overwrite, notice=notice) as folder:
        if folder.earlier and not overwrite and about_of(folder.path / "manifest.json").get("recipe") != recipe:
            raise RefusedError(f"{out}: holds a model of another recipe; choose another folder, or --overwrite")
        with fixed_threads(config.threads), encoding_cache():
            _save(experiment, recipe, folder.new, {name: _fitted(experiment, name) for name in config.parts(recipe)})
        folder.commit()


def run(
    experiment: Experiment,
    out: Path,
    *,
    overwrite: bool = False,
    progress: Progress = lambda _: None,
    finish: Callable[[Path], object] = lambda _: None,
) -> dict[str, Any]:
    """Cross-validate every recipe, score it, train it on everything; write the run directory and give `metrics.json`'s content.

    The directory holds `run.json` (config, versions, digests, seeds, timings, files), `metrics.json`, `predictions/` and
    `models/`, and what `finish` adds, which is called with the finished run before it is put in the place of an earlier one. Only
    timings differ between two runs of one experiment on one machine. Recipes that an earlier run in `out` has finished, or one that was
    stopped there, are kept where their config, data and code are the same; with `overwrite` all are run again.

    Raises `RefusedError` where `out` holds something else, a run of another experiment or on other data without `overwrite`, or
    what the experiment reads.
    """
    config = experiment.config
    refuse_tested_sources(experiment)
    provenance = provenance_of(experiment)
    guard(inputs_of(experiment, config.recipes), folders=[out])
    with output_folder(out, RUN, overwrite=overwrite, notice=progress) as folder:
        if folder.earlier and not overwrite:
            refuse_another_run(about_of(folder.path / "run.json"), out, config.name, experiment.dataset.digests)
        kept = {} if overwrite else take_over([folder.path, *folder.left], digests_of(experiment, provenance), folder.new)
        folder.drop_left()
        metrics, timings = _results(experiment, folder.new, progress, provenance, kept)
        write_atomic(folder.new / "metrics.json", to_json(metrics))
        about = provenance | timings | {"status": "done"}
        write_atomic(folder.new / "run.json", to_json(about))
        finish(folder.new)
        made = sorted(p for p in folder.new.rglob("*") if not p.is_dir() and p.name != "run.json")
        files = {p.relative_to(folder.new).as_posix(): sha256_of_file(p) for p in made}
        write_atomic(folder.new / "run.json", to_json(about | {"files": files}))
        folder.commit()
    return metrics


def _results(
    experiment: Experiment, out: Path, progress: Progress, provenance: Mapping[str, Any], finished: dict[str, Finished]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write predictions and models; give `metrics.json`'s content, and what `run.json` says of recipes and the time they took.

    `finished` : recipes whose predictions, and perhaps models, are in `out` already; all are at the end.
    """
    config = experiment.config
    timings: dict[str, float] = {}
    words: dict[str, Any] = {}
    results: Results = []
    whole: dict[str, Any] = {}  # recipe → a model that a fold has trained on all that there is, as official splits do
    digests = digests_of(experiment, provenance)
    with fixed_threads(config.threads), encoding_cache():
        for name, recipe in config.recipes.items():
            if name in finished:
                progress(f"{name} · kept from an earlier run: config, data and code are the same")
                results += finished[name].results
                timings[f"{name}: folds"] = finished[name].record["seconds"]
                continue
            started = time.perf_counter()
            own: Results = []
            for scheme, seeds in schemes_of(config, recipe).items():
                for seed in seeds:
                    with _naming(experiment, f"{name} · {scheme} · seed {seed}", progress) as said:
                        found = out_of_fold(
                            experiment.dataset, name, *experiment.made(name, seed), scheme,
                            soft=config.soft_labels, seed=seed, split_seed=config.seed, progress=said,
                            on_fit=_keeper(experiment, name, whole),
                        )  # fmt: skip
                    own.append(found)
                    _save_predictions(found, out)
            results += own
            timings[f"{name}: folds"] = round(time.perf_counter() - started, 2)
            finished[name] = Finished(own, record_of(digests[name], own, out, timings[f"{name}: folds"]))
            note_finished(out, provenance, finished)
        by_task = _by_task(config.default, results)
        for found in by_task:
            _save_predictions(found, out)
        metrics = _scored(experiment, results + by_task)
        for name, recipe in config.recipes.items():
            record, needed = finished[name].record, bool(by_task) and name in config.parts("default")
            if "model" in record and not needed:
                words |= {name: record["model"]["words"]} if record["model"]["words"] else {}
                timings[f"{name}: final model"] = record["model"]["seconds"]
                continue
            step = f"{name} · training on all {len(experiment.dataset.training)} statements"
            if name not in whole:
                progress(step)
            started = time.perf_counter()
            shutil.rmtree(out / "models" / name, ignore_errors=True)
            with _naming(experiment, step, progress):
                model = whole[name] if name in whole else _fitted(experiment, name)
                _save(experiment, name, out / "models" / name, {name: model}, metrics["scores"])
            whole[name] = model if by_task and name in config.parts("default") else None
            if model_of(recipe) == "tfidf":
                words[name] = {task: m.top_words() for task, m in zip(experiment.dataset.codebook.tasks, model.models, strict=True)}
            timings[f"{name}: final model"] = round(time.perf_counter() - started, 2)
            files = with_digests(out, (path for path in sorted((out / "models" / name).rglob("*")) if path.is_file()))
            record["model"] = {"files": files, "words": words.get(name), "seconds": timings[f"{name}: final model"]}
            note_finished(out, provenance, finished)
    if by_task:
        _save(experiment, "default", out / "models" / "default", whole, metrics["scores"])
    elif config.default != "default":
        _copy_model(out / "models" / config.default_name, out / "models" / "default")
    records = {name: finished[name].record for name in config.recipes}
    return metrics | {"words": words}, {"timings_seconds": timings, "seconds": fold_seconds(results), "recipes": records}


@contextmanager
def _naming(experiment: Experiment, step: str, progress: Progress) -> Iterator[Progress]:
    """A `progress` that is listened to: an error says at which step of which recipe it came."""
    steps = [step]

    def listened(said: str) -> None:
        steps.append(said)
        progress(said)

    try:
        yield listened
    except InputError as error:
        raise InputError(f"{experiment.path}, recipe {steps[-1]}", str(error)) from None
    except StancekitError as error:
        raise type(error)(f"{experiment.path}, recipe {steps[-1]}: {error}") from None


def _scored(experiment: Experiment, results: Results) -> dict[str, Any]:
    """The content of `metrics.json`, but for what the final models say."""
    config, dataset = experiment.config, experiment.dataset
    kinds = {name: recipe.model for name, recipe in config.recipes.items()}
    made = {name: experiment.made(name) for name in config.recipes}
    if config.default_name not in kinds:
        kinds[config.default_name] = BY_TASK
    metrics = metrics_of(
        dataset, config.name, config.baselines, kinds, results, default=config.default_name, models=made, official=config.official
    )
    return metrics | {
        "notes": list(experiment.notes),
        "published": [entry.model_dump() for entry in config.published],
        "agreement": measure_agreement(experiment.passes, dataset.codebook) if experiment.passes else None,
    }


@contextmanager
def fixed_threads(count: int) -> Iterator[None]:
    """The same number of threads everywhere, since sums in another order move the last bits."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=count):
        if find_spec("torch") is None:
            yield
            return
        import torch

        before = torch.get_num_threads()
        torch.set_num_threads(count)
        try:
            yield
        finally:
            torch.set_num_threads(before)


def _keeper(experiment: Experiment, name: str, whole: dict[str, Any]) -> Callable[[Fold, Any], None]:
    """Keeps the first model that is trained on every row of the training data: the final one is the same."""

    def keep(fold: Fold, model: Any) -> None:
        if fold.train == tuple(experiment.dataset.training) and not experiment.config.soft_labels:
            whole.setdefault(name, model)

    return keep


def _by_task(default: str | Mapping[str, str], results: Results) -> Results:
    """The predictions of a default by task: those of each task's recipe, under the schemes and seeds that all of them have.

    Where one of the recipes reads the holder, predictions that do not depend on it stand for each holder shown.
    """
    if isinstance(default, str):
        return []
    own = [([p for p in predictions if default[p.task] == p.model], facts) for predictions, facts in results]
    runs = {task: {(p.scheme, p.seed) for predictions, _ in own for p in predictions if p.task == task} for task in default}
    shared = set.intersection(*runs.values())
    shown = list(dict.fromkeys(p.holder for predictions, _ in own for p in predictions if p.holder != "none")) or ["none"]
    return [
        (
            [replace(p, model="default", holder=holder) for p in predictions for holder in (shown if p.holder == "none" else [p.holder])],
            facts,
        )
        for predictions, facts in (([p for p in predictions if (p.scheme, p.seed) in shared], facts) for predictions, facts in own)
        if predictions
    ]


def _save_predictions(found: tuple[list[Predictions], list[FoldFacts]], out: Path) -> None:
    for predictions in found[0]:
        save_predictions(predictions, out / "predictions" / predictions.model / predictions.name)


def _fitted(experiment: Experiment, name: str) -> Any:
    seed = next(iter(schemes_of(experiment.config, experiment.config.recipes[name]).values()))[0]
    return fit_on_all(experiment.dataset, *experiment.made(name, seed), soft=experiment.config.soft_labels)


def _save(experiment: Experiment, name: str, directory: Path, models: Mapping[str, Any], scores: Sequence[Mapping[str, Any]] = ()) -> None:
    """Save a recipe's model, or the default by task, with a card that shows its scores. `models`: recipe → fitted model."""
    kind, params = experiment.made(name)
    tasks = experiment.dataset.codebook.tasks
    save_model(
        directory,
        ByTask.of([models[params[t]] for t in tasks]) if kind == BY_TASK else models[name],
        recipe=name,
        codebook=experiment.dataset.codebook,
        actors=experiment.actors,
        parser=experiment.parser,
        columns=_columns(experiment.config),
        finish=describe(experiment, name, scores),
    )


def _columns(config: Config) -> dict[str, str]:
    """Field → column, where the two differ, of the fields that new data have too."""
    given = dict(config.data.columns) if isinstance(config, ArticleConfig | RowConfig) else {}
    return {str(name): at for name, at in given.items() if isinstance(at, str) and at != name and name not in ("label", "group")}


def _copy_model(source: Path, target: Path) -> None:
    for file in sorted(p for p in source.rglob("*") if p.is_file()):
        write_atomic(target / file.relative_to(source), read_bytes(file))
