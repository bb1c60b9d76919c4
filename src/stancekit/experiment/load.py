"""A config checked with its data: what is wrong is said with file and line."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from stancekit.actors import Actors, load_actors
from stancekit.annotations.passes import Passes, load_passes
from stancekit.articles import ReadOptions
from stancekit.codebook import Codebook, load_codebook
from stancekit.codebook.single_label import learnable, learnable_labels
from stancekit.data.dataset import Dataset, read_dataset
from stancekit.data.leaks import official_notes
from stancekit.errors import InputError, nearest
from stancekit.experiment.config import ArticleConfig, ArticleData, Config, F1Mean, model_of, params_of, schemes_of
from stancekit.experiment.recipes import check_recipes, check_tasks, reads_of
from stancekit.experiment.resolve import placed, resolve
from stancekit.experiment.tables.config import RowConfig
from stancekit.experiment.tables.fields import check_fields
from stancekit.experiment.tables.labels import spelling
from stancekit.experiment.tables.load import load_rows
from stancekit.io import strict_yaml
from stancekit.io.files import pinned, read_bytes, sha256
from stancekit.io.strict_yaml import Document
from stancekit.models.by_task import BY_TASK
from stancekit.records import Annotation
from stancekit.statements.clauses.parser import load_parser

ARTICLE_SCHEMES = ("purged", "unpurged", "kfold")


@dataclass(frozen=True)
class Experiment:
    """A checked config with its data loaded. `notes` are what a reader of its figures should know of the data.

    `inputs` are the files that were read and the files, folders and patterns that the config names as data; `files` are those
    that the config was put together from besides itself, with their SHA-256.
    """

    path: Path
    config: Config
    digest: str
    dataset: Dataset
    codebook: Codebook
    actors: Actors
    passes: Passes
    parser: str
    notes: tuple[str, ...] = ()
    inputs: tuple[Path, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    def made(self, recipe: str, seed: int | None = None) -> tuple[str, dict[str, Any]]:
        """The model type and parameters of a recipe, by default for the config's seed; of the default by task, task → recipe."""
        if recipe not in self.config.recipes and not isinstance(self.config.default, str):
            return BY_TASK, dict(self.config.default)
        entry = self.config.recipes[recipe]
        return model_of(entry), params_of(entry, self.config.seed if seed is None else seed, self.codebook.input)


def load_experiment(path: Path, data: Path | None = None) -> Experiment:
    """Read and check a config and its data, which lie in the folder `data`, or else beside the config that names them.

    Raises `InputError` with file and line, naming the nearest valid key.
    """
    with pinned() as pins:
        document = resolve(path, elsewhere=data is not None)
        base = path.parent if data is None else data
        if _of_articles(document):
            config = strict_yaml.validate(document, ArticleConfig)
            check_recipes(document, config)
            names = [config.data.articles or str(config.data.statements), config.data.annotations]
            with _as_config_says():
                found = _load_articles(document, config, base)
        else:
            rows = strict_yaml.validate(document, RowConfig)
            check_recipes(document, rows)
            names = [name for name in (rows.data.train, *rows.data.tests.values(), rows.data.dev) if name and rows.data.hub is None]
            with _as_config_says():
                found = _load_labelled(document, rows, base)
    inputs = tuple(dict.fromkeys([*(base / name for name in names), *map(Path, pins)]))
    return replace(found, inputs=inputs, files=document.files)


@contextmanager
def _as_config_says() -> Iterator[None]:
    """What readers advise by the options of other commands is said by the keys of a config, which has them in their place."""
    try:
        yield
    except InputError as error:
        said = re.sub(r"--encoding (NAME)", r"`data: {encoding: \1}` in the config", str(error))
        error.args = (re.sub(r"--column (\w+)=NAME", r"`data: {columns: {\1: NAME}}` in the config", said),)
        raise


def _of_articles(document: Document) -> bool:
    """Whether the data are annotated articles; anything else is taken for labelled rows."""
    data = document.data.get("data") if isinstance(document.data, dict) else None
    if data is not None and not isinstance(data, dict):
        known = ["labelled rows, `data: {train: train.jsonl}`", "annotated articles, `data: {articles: …, annotations: …, codebook: …}`"]
        raise InputError(document.where(("data",)), f"`data` is {data!r}, not a mapping that says where the data lie", known)
    return not isinstance(data, dict) or bool({"articles", "annotations"} & data.keys())


def _load_articles(document: Document, config: ArticleConfig, base: Path) -> Experiment:
    codebook = load_codebook(document.path.parent / config.data.codebook)
    actors = load_actors(document.path.parent / config.data.actors) if config.data.actors else Actors()
    with placed(document, "tasks"):
        working = learnable(codebook, config.tasks)
    check_tasks(document, config, working)
    settled = _settled(document, config, working, ARTICLE_SCHEMES)
    data = config.data
    with placed(document, "data", "encoding" if data.language is None else "language"):
        columns = {str(field): name for field, name in data.columns.items()}
        reading = ReadOptions(columns, data.encoding, lines=data.lines, repair=data.repair, language=data.language)
    parser = load_parser() if config.data.parser else None
    where = (base / (data.articles or str(data.statements)), base / data.annotations)
    dataset = read_dataset(
        *where,
        codebook,
        actors,
        config.tasks,
        reading,
        soft=config.soft_labels,
        partial=data.partial,
        queue=data.articles is None,
        parser=parser,
    )
    if config.soft_labels and not any(e.soft for e in (*dataset.examples, *dataset.undecided)):
        raise InputError(document.where(("soft_labels",)), f"no row of {config.data.annotations} has `soft`; `annotations merge` writes it")
    passes, digests = _passes(base, data, codebook, dataset)
    dataset = replace(dataset, digests={**dataset.digests, **digests})
    parsed = parser.name if parser else ""
    return Experiment(document.path, settled, document.digest, dataset, codebook, actors, passes, parsed, dataset.notes)


def _load_labelled(document: Document, config: RowConfig, base: Path) -> Experiment:
    if config.soft_labels:
        raise InputError(document.where(("soft_labels",)), "labelled rows have no shares of several annotators")
    rows = load_rows(document, config, base)
    check_tasks(document, config, rows.dataset.codebook)
    reads = {name: reads_of(recipe, rows.codebook.input) for name, recipe in config.recipes.items()}
    empty = check_fields(document, config.data, base, reads, rows.dataset.inputs())
    schemes = ("official",) if rows.dataset.tests else ("groups", "unpurged", "kfold") if rows.grouped else ("kfold",)
    settled = _settled(document, config, rows.dataset.codebook, schemes)
    for place, entry in enumerate(config.published):
        if entry.split and entry.split not in rows.dataset.tests:
            at = document.where(("published", place, "split"))
            raise InputError(at, f"no test set is called '{entry.split}'{nearest(entry.split, rows.dataset.tests)}", rows.dataset.tests)
    notes = (*rows.notes, *empty, *official_notes(rows.dataset))
    return Experiment(document.path, settled, document.digest, rows.dataset, rows.codebook, Actors(), {}, "", notes)


def _settled(document: Document, config: Config, working: Codebook, schemes: Collection[str]) -> Config:
    """The config with its schemes, which must suit the data, and the labels of its metric as the tasks have them."""
    for at, named in [
        (("schemes",), config.schemes or []),
        *((("recipes", n, "schemes"), r.schemes or {}) for n, r in config.recipes.items()),
    ]:
        for scheme in named:
            if scheme not in schemes:
                raise InputError(document.where(at), f"the scheme '{scheme}' does not suit these data", schemes)
    update: dict[str, object] = {"schemes": config.schemes or [next(iter(schemes))]}
    if config.official is not None:
        wanted = [spelling(label) for label in config.official]
        known = [set(entry.labels) for entry in working.tasks.values()]
        if not any(labels.issuperset(wanted) for labels in known):
            labels = list(dict.fromkeys(label for entry in working.tasks.values() for label in entry.labels))
            raise InputError(document.where(("metric",)), f"no task has all of the labels {', '.join(wanted)}", labels)
        update["metric"] = F1Mean(f1_mean=wanted)
    settled = config.model_copy(update=update)
    parts = [schemes_of(settled, settled.recipes[name]).items() for name in settled.parts(settled.default_name)]
    if not set.intersection(*({(scheme, seed) for scheme, seeds in part for seed in seeds} for part in parts)):
        raise InputError(document.where(("default",)), "the recipes of the tasks have no scheme and seed in common")
    return settled


def _passes(base: Path, data: ArticleData, codebook: Codebook, dataset: Dataset) -> tuple[Passes, dict[str, str]]:
    """The annotators' labels for the tasks that are modelled, and the files' digests. They must be on these statements.

    Of partial data statements that take no part may be among them.
    """
    if not (names := data.passes):
        return {}, {}
    files = [base / name for name in names]
    known = {e.id: e.input.text for e in (*dataset.examples, *dataset.undecided)}
    found: dict[str, list[Annotation]] = {}
    for (annotator, rows), file in zip(load_passes(files, codebook).items(), files, strict=True):
        if strangers := [a.statement_id for a in rows if known.get(a.statement_id, a.text if data.partial else None) != a.text]:
            raise InputError(file, f"{len(strangers)} statements are not those of the data set, such as '{strangers[0]}'")
        found[annotator] = [
            replace(a, labels=learnable_labels(a.labels, codebook, dataset.codebook)) for a in rows if a.statement_id in known
        ]
    return found, {name: sha256(read_bytes(file)) for name, file in zip(names, files, strict=True)}
