"""A config checked with its data: what is wrong is said with file and line."""

from dataclasses import dataclass, replace
from pathlib import Path

from stancekit import strict_yaml
from stancekit.actors import Actors, load_actors
from stancekit.annotations.passes import Passes, load_passes
from stancekit.articles import Reading
from stancekit.codebook import Codebook, load_codebook
from stancekit.crossval import model_reads
from stancekit.dataset import Dataset, read_dataset
from stancekit.errors import InputError, nearest
from stancekit.experiment.config import Config
from stancekit.files import read_bytes, sha256
from stancekit.learnable import learnable, learnable_labels
from stancekit.models.registry import MODELS
from stancekit.records import Annotation
from stancekit.statements.parse import load_parser


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
