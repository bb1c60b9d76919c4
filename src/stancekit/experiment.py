"""An experiment: a YAML config → a run directory with predictions, figures' numbers and trained models."""

import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from stancekit import strict_yaml
from stancekit.actors import Actors, load_actors
from stancekit.annotations.passes import Passes, load_passes
from stancekit.articles import Reading
from stancekit.codebook import Codebook, load_codebook
from stancekit.crossval import FoldFacts, fit_on_all, model_reads, out_of_fold
from stancekit.dataset import Dataset, read_dataset
from stancekit.errors import InputError, RefusedError, nearest
from stancekit.files import claim_directory, parse_object, read_bytes, read_text, sha256, to_json, write_atomic
from stancekit.learnable import learnable, learnable_labels
from stancekit.models.encoder import encoding_cache
from stancekit.models.registry import MODELS, make_model, model_class
from stancekit.models.trained import save_model
from stancekit.models.weights import encoder_digest
from stancekit.predictions import Predictions, save_predictions
from stancekit.records import Annotation
from stancekit.reliability import reliability
from stancekit.results import metrics_of
from stancekit.splits import Scheme
from stancekit.statements.parse import load_parser

Progress = Callable[[str], None]


def _distinct(values: list[Any]) -> list[Any]:
    if len(set(values)) < len(values):
        raise ValueError("an entry occurs twice")
    return values


def _not_default(name: str) -> str:
    if name == "default":
        raise ValueError("the name 'default' is kept for the copy of the recipe that `default:` names")
    return name


Seed = Annotated[int, Field(ge=0, lt=2**32)]
Seeds = Annotated[list[Seed], Field(min_length=1), AfterValidator(_distinct)]
# A recipe's name is a folder's; `default` is the copy of the one that the config names.
RecipeName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$"), AfterValidator(_not_default)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Data(_Strict):
    """Where the data lie, relative to the config file. `passes` are the annotators' own files, for their agreement.

    `columns` says which columns, or JSON keys, hold the articles' fields, and `encoding` how their text is encoded. With
    `parser: spacy` speakers are found with a dependency parse, here and when the models label.
    """

    articles: str
    columns: dict[Literal["id", "text", "title", "date", "outlet", "url"], str] = {}
    encoding: str = "utf-8"
    annotations: str
    passes: Annotated[list[str], AfterValidator(_distinct)] = []
    codebook: str
    actors: str | None = None
    parser: Literal["spacy"] | None = None


class Recipe(_Strict):
    """A model with its parameters. `schemes`: scheme → seeds, where they differ from the experiment's."""

    model: str
    params: dict[str, Any] = {}
    schemes: dict[Scheme, Seeds] | None = Field(default=None, min_length=1)


class Config(_Strict):
    """An experiment as its YAML file says it.

    `tasks` names the codebook's tasks and views to model, all tasks where it is empty; with `soft_labels` models learn
    the shares that several annotators gave the labels.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: str = ""
    data: Data
    tasks: Annotated[list[str], AfterValidator(_distinct)] = []
    soft_labels: bool = False
    schemes: Annotated[list[Scheme], Field(min_length=1), AfterValidator(_distinct)] = ["purged"]
    seed: Seed = 0
    threads: int = Field(default=2, ge=1, le=1024)
    baselines: Annotated[list[str], AfterValidator(_distinct)] = []
    default: str
    recipes: dict[RecipeName, Recipe] = Field(min_length=1)


@dataclass(frozen=True)
class Experiment:
    """A checked config with its data loaded."""

    path: Path
    config: Config
    digest: str
    dataset: Dataset
    codebook: Codebook
    actors: Actors
    passes: Passes
    parser: str


def load_experiment(path: Path) -> Experiment:
    """Read and check a config and its data. Raises `InputError` with file and line, naming the nearest valid key."""
    document = strict_yaml.load(path)
    config = strict_yaml.validate(document, Config)
    for name, recipe in config.recipes.items():
        at = ("recipes", name)
        if recipe.model not in MODELS:
            raise InputError(document.where((*at, "model")), f"unknown model type '{recipe.model}'{nearest(recipe.model, MODELS)}", MODELS)
        try:
            model_reads(recipe.model, recipe.params)
        except InputError as error:
            raise InputError(document.where((*at, "params")), str(error)) from None
    for key, names in [("default", [config.default]), ("baselines", config.baselines)]:
        for name in names:
            if name not in config.recipes:
                raise InputError(document.where((key,)), f"no recipe is called '{name}'{nearest(name, config.recipes)}", config.recipes)
    base = path.parent
    codebook = load_codebook(base / config.data.codebook)
    actors = load_actors(base / config.data.actors) if config.data.actors else Actors()
    try:
        learnable(codebook, config.tasks)
    except InputError as error:
        raise InputError(document.where(("tasks",)), str(error)) from None
    try:
        reading = Reading({str(field): name for field, name in config.data.columns.items()}, config.data.encoding)
    except InputError as error:
        raise InputError(document.where(("data", "encoding")), str(error)) from None
    parser = load_parser() if config.data.parser else None
    where = (base / config.data.articles, base / config.data.annotations)
    dataset = read_dataset(*where, codebook, actors, config.tasks, reading, soft=config.soft_labels, parser=parser)
    if config.soft_labels and not any(e.soft for e in (*dataset.examples, *dataset.undecided)):
        raise InputError(document.where(("soft_labels",)), f"no row of {config.data.annotations} has `soft`; `annotations merge` writes it")
    passes, digests = _passes(document, config.data.passes, codebook, dataset)
    dataset = replace(dataset, digests={**dataset.digests, **digests})
    return Experiment(path, config, document.digest, dataset, codebook, actors, passes, parser.name if parser else "")


def _passes(document: strict_yaml.Document, names: list[str], codebook: Codebook, dataset: Dataset) -> tuple[Passes, dict[str, str]]:
    """The annotators' labels for the tasks that are modelled, and the files' digests. They must be on these statements."""
    if not names:
        return {}, {}
    files = [document.path.parent / name for name in names]
    known = {e.id: e.input.text for e in (*dataset.examples, *dataset.undecided)}
    found: dict[str, list[Annotation]] = {}
    for (annotator, rows), file in zip(load_passes(files, codebook).items(), files, strict=True):
        if strangers := [a.statement_id for a in rows if known.get(a.statement_id) != a.text]:
            raise InputError(file, f"{len(strangers)} statements are not those of the data set, such as '{strangers[0]}'")
        found[annotator] = [replace(a, labels=learnable_labels(a.labels, codebook, dataset.codebook)) for a in rows]
    return found, {name: sha256(read_bytes(file)) for name, file in zip(names, files, strict=True)}


def train(experiment: Experiment, recipe: str, out: Path, *, overwrite: bool = False) -> None:
    """Fit one recipe on everything and save it in `out`."""
    if recipe not in experiment.config.recipes:
        names = experiment.config.recipes
        raise InputError(experiment.path, f"no recipe is called '{recipe}'{nearest(recipe, names)}", names)
    claim_directory(out, marker="manifest.json", overwrite=overwrite)
    marker = out / "manifest.json"
    if marker.exists() and not overwrite and parse_object(read_text(marker), marker).get("recipe") != recipe:
        raise RefusedError(f"{out}: holds a model of another recipe; choose another folder, or --overwrite")
    with fixed_threads(experiment.config.threads), encoding_cache():
        _fit_and_save(experiment, recipe, out)


def run(experiment: Experiment, out: Path, *, overwrite: bool = False, progress: Progress = lambda _: None) -> dict[str, Any]:
    """Cross-validate every recipe, score it, train it on everything; write the run directory and give `metrics.json`'s content.

    The directory holds `run.json` (config, versions, digests, seeds, timings), `metrics.json`, `predictions/` and
    `models/`. Only timings differ between two runs of one experiment on one machine.
    """
    config = experiment.config
    provenance = _provenance(experiment)
    _claim_run(out, config.name, overwrite=overwrite)
    timings: dict[str, float] = {}
    words: dict[str, Any] = {}
    results: list[tuple[list[Predictions], list[FoldFacts]]] = []
    with fixed_threads(config.threads), encoding_cache():
        for name, recipe in config.recipes.items():
            started = time.perf_counter()
            for scheme, seeds in schemes_of(config, recipe).items():
                for seed in seeds:
                    found = out_of_fold(
                        experiment.dataset, name, recipe.model, params_of(recipe, seed, experiment.codebook.input), scheme,
                        soft=config.soft_labels, seed=seed, split_seed=config.seed, progress=progress,
                    )  # fmt: skip
                    for predictions in found[0]:
                        save_predictions(predictions, out / "predictions" / name / predictions.name)
                    results.append(found)
            timings[f"{name}: folds"] = round(time.perf_counter() - started, 2)
            progress(f"{name} · training on all {len(experiment.dataset.examples)} statements")
            started = time.perf_counter()
            model = _fit_and_save(experiment, name, out / "models" / name)
            if recipe.model == "tfidf":
                words[name] = {task: m.top_words() for task, m in zip(experiment.dataset.codebook.tasks, model.models, strict=True)}
            timings[f"{name}: final model"] = round(time.perf_counter() - started, 2)
    _copy_model(out / "models" / config.default, out / "models" / "default")
    metrics = metrics_of(experiment.dataset, config.name, config.baselines, {n: r.model for n, r in config.recipes.items()}, results)
    metrics["words"] = words
    metrics["agreement"] = reliability(experiment.passes, experiment.dataset.codebook) if experiment.passes else None
    write_atomic(out / "metrics.json", to_json(metrics))
    write_atomic(out / "run.json", to_json(provenance | {"timings_seconds": timings, "status": "done"}))
    return metrics


def schemes_of(config: Config, recipe: Recipe) -> Mapping[Scheme, list[int]]:
    """Scheme → seeds of a recipe."""
    return recipe.schemes if recipe.schemes is not None else {scheme: [config.seed] for scheme in config.schemes}


def params_of(recipe: Recipe, seed: int, template: str) -> dict[str, Any]:
    """A recipe's parameters for one seed; where it names no template, the codebook's."""
    taken = model_class(recipe.model)._get_param_names()
    params = {"template": template, **recipe.params} if "template" in taken else dict(recipe.params)
    return {**params, "seed": seed} if "seed" in taken else params


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


def _fit_and_save(experiment: Experiment, name: str, directory: Path) -> Any:
    recipe = experiment.config.recipes[name]
    seed = next(iter(schemes_of(experiment.config, recipe).values()))[0]
    params = params_of(recipe, seed, experiment.codebook.input)
    model = fit_on_all(experiment.dataset, recipe.model, params, soft=experiment.config.soft_labels)
    save_model(
        directory,
        model,
        recipe=name,
        kind=recipe.model,
        codebook=experiment.dataset.codebook,
        actors=experiment.actors,
        parser=experiment.parser,
    )
    return model


def _copy_model(source: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    for file in sorted(p for p in source.rglob("*") if p.is_file()):
        write_atomic(target / file.relative_to(source), read_bytes(file))


def _claim_run(out: Path, name: str, *, overwrite: bool) -> None:
    """Take a new or empty directory, or one of an earlier run of the same experiment."""
    claim_directory(out, marker="run.json", overwrite=overwrite)
    marker = out / "run.json"
    if marker.exists() and not overwrite:
        earlier = parse_object(read_text(marker), marker).get("experiment")
        if earlier != name:
            raise RefusedError(f"{out}: holds a run of experiment '{earlier}', not of '{name}'; choose another, or --overwrite")
    write_atomic(marker, to_json({"experiment": name, "status": "running"}))
    (out / "metrics.json").unlink(missing_ok=True)
    for stale in ("predictions", "report"):
        if (out / stale).is_dir():
            shutil.rmtree(out / stale)
    for manifest in (out / "models").glob("*/manifest.json"):  # without it a folder is no model
        manifest.unlink()


def _provenance(experiment: Experiment) -> dict[str, Any]:
    """What made the run: enough to make it again."""
    packages = ["numpy", "scipy", "scikit-learn", "torch", "transformers", "datasets"]
    return {
        "experiment": experiment.config.name,
        "stancekit": version("stancekit"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "packages": {name: found for name in packages if (found := _version(name))},
        "config": {"file": experiment.path.name, "sha256": experiment.digest, "content": experiment.config.model_dump()},
        "codebook": {"name": experiment.codebook.name, "version": experiment.codebook.version, "digest": experiment.codebook.digest},
        "data": dict(experiment.dataset.digests),
        "actors": sha256(to_json(experiment.actors.model_dump()).encode()),
        "encoders": {name: encoder_digest(name) for name in _encoders(experiment.config)},
        "code": code_digest(),
    }


def _encoders(config: Config) -> list[str]:
    """The encoders that the recipes use."""
    models = [make_model(recipe.model, **recipe.params) for recipe in config.recipes.values()]
    return sorted({model.encoder for model in models if hasattr(model, "encoder")})


def code_digest() -> str:
    """SHA-256 over the package's own source files."""
    root = Path(__file__).parent
    return sha256("".join(f"{p.relative_to(root).as_posix()} {sha256(read_bytes(p))}\n" for p in sorted(root.rglob("*.py"))).encode())


def _version(name: str) -> str | None:
    from importlib.metadata import PackageNotFoundError

    try:
        return version(name)
    except PackageNotFoundError:
        return None
