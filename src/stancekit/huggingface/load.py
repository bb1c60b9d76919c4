"""Annotated statements as a `datasets.DatasetDict`, in memory: nothing is cached and nothing fetched."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancekit.actors import load_actors
from stancekit.annotations import load_annotations
from stancekit.articles import ReadOptions, read_articles
from stancekit.codebook import Codebook, load_codebook
from stancekit.data.dataset import Dataset, Example, read_dataset
from stancekit.data.splits import split
from stancekit.errors import InputError, missing_extra, nearest
from stancekit.records import Annotation, Article

if TYPE_CHECKING:
    import datasets

TEXTS = (
    "id", "article_id", "outlet", "date", "text", "context", "speaker", "organisation", "holder", "found_holder",
)  # fmt: skip
"""The columns that hold text, or nothing where it is not known."""


def load_dataset(
    annotations: str | Path,
    articles: str | Path,
    codebook: str | Path,
    *,
    actors: str | Path | None = None,
    test_article: str | None = None,
    reading: ReadOptions | None = None,
) -> "datasets.DatasetDict":
    """Load annotated statements with their context and labels as a `datasets.DatasetDict`, in the order of the articles.

    A single-label task is a `ClassLabel`, a multi-label one and further labels (`issue_also`) are lists of them, their names
    in the codebook's order. `holder` is as annotated, `found_holder` what segmentation found.

    Parameters
    ----------
    annotations : a JSON Lines file. articles : a file or folder. codebook, actors : YAML files.
    test_article : id of the article to test on. The splits are then `train`, `test` and `purged`: the statements of other
        articles whose text or context repeats one of the test article's, taken out of `train`. Without it all is `train`.
    reading : how the articles are read: their columns and encoding, where these are not the usual ones.

    Returns
    -------
    datasets.DatasetDict : split → rows.

    Raises
    ------
    InputError : A file is not sound, a sentence is not annotated, or there is no such article.
    MissingError : The package `datasets` is not installed.
    """
    library = _datasets()
    book = load_codebook(Path(codebook))
    data = read_dataset(Path(articles), Path(annotations), book, load_actors(Path(actors)) if actors else None, reading=reading)
    answers = {a.statement_id: a for a in load_annotations(Path(annotations), book)}
    sources = {a.id: a for a in read_articles([Path(articles)], reading) if isinstance(a, Article)}
    features = _features(book)
    rows = [_row(e, sources[e.article_id], answers[e.id], book) for e in data.examples]
    parts = _parts(data, test_article)
    tables = {name: {key: [rows[i][key] for i in part] for key in features} for name, part in parts.items()}
    return library.DatasetDict({n: library.Dataset.from_dict(t, features=features, split=library.NamedSplit(n)) for n, t in tables.items()})


def _row(example: Example, article: Article, answer: Annotation, codebook: Codebook) -> dict[str, Any]:
    e = example
    row: dict[str, Any] = {
        "id": e.id, "article_id": e.article_id, "outlet": article.outlet, "date": article.date,
        "text": e.input.text, "context": e.input.context, "speaker": e.input.speaker,
        "organisation": e.input.organisation, "holder": e.input.holder, "found_holder": e.found_holder,
    }  # fmt: skip
    row |= {task: label if isinstance(label, str) else list(label) for task, label in answer.labels.items()}
    return row | ({f"{codebook.also_task}_also": list(answer.also)} if codebook.also_task else {})


def _parts(data: Dataset, test_article: str | None) -> dict[str, Sequence[int]]:
    """Return split → the numbers of its rows."""
    if test_article is None:
        return {"train": range(len(data.examples))}
    known = list(dict.fromkeys(data.article_ids))
    if test_article not in known:
        raise InputError("test_article", f"there is no article '{test_article}'{nearest(test_article, known)}", known)
    fold = next(f for f in split(data, "purged", ("text", "context")) if f.name == test_article)
    if not fold.train:
        raise InputError("test_article", f"without '{test_article}', and its near-duplicates, nothing is left to train on")
    return {"train": fold.train, "test": fold.test, "purged": fold.purged}


def _datasets() -> Any:
    try:
        import datasets
    except ModuleNotFoundError as error:
        if (missing := missing_extra(error)) is None:
            raise
        raise missing from None
    return datasets


def _features(codebook: Codebook) -> Any:
    library = _datasets()
    labels = {task: library.ClassLabel(names=list(entry.labels)) for task, entry in codebook.tasks.items()}
    columns = {task: labels[task] if entry.kind == "single" else library.List(labels[task]) for task, entry in codebook.tasks.items()}
    also = {f"{codebook.also_task}_also": library.List(labels[codebook.also_task])} if codebook.also_task else {}
    if twice := [name for name in [*columns, *also] if name in TEXTS or (name in columns and name in also)]:
        raise InputError(f"codebook '{codebook.name}'", f"'{twice[0]}' is another column of the data set; rename the task")
    return library.Features({name: library.Value("string") for name in TEXTS} | columns | also)
