"""The card of a data set: what is in it, how it was made, what it can't show, in the form that the Hub reads.

Ref: huggingface.co/docs/hub/datasets-cards.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stancekit.codebook import Codebook
from stancekit.errors import InputError, nearest
from stancekit.huggingface.markdown import bullets, card, plain, several, table
from stancekit.huggingface.save import FOLDER, filled

if TYPE_CHECKING:
    import datasets

CREATORS = ("machine-generated", "expert-generated", "crowdsourced", "other")
"""Who labelled, in the Hub's words; nobody but the makers of the labels can say."""
SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"))
FEW = 10
"""A label with fewer statements is named as one that nothing can be built on."""


def dataset_card(
    dataset: "datasets.DatasetDict",
    codebook: Codebook,
    *,
    title: str = "",
    creators: str = "",
    language: str = "en",
    agreement: str = "",
    licence: str = "",
) -> str:
    """Write the text of `README.md`: YAML front matter, then Markdown.

    Parameters
    ----------
    dataset, codebook : as loaded, and the codebook that it was loaded with.
    title : the codebook's name where none is given.
    creators : who labelled, one of `CREATORS`; the card says that it is not stated where it is empty.
    agreement : what is known of the agreement between annotators, Markdown.
    licence : of the data set, as its owner gives it (a licence identifier of the Hub); the card names none where it is empty.

    Raises `InputError` for other creators.
    """
    if creators and creators not in CREATORS:
        raise InputError("creators", f"unknown '{creators}'{nearest(creators, CREATORS)}", CREATORS)
    front = _front(dataset, title or codebook.name, creators, language, licence)
    parts = [
        f"# {plain(title or codebook.name)}", _summary(dataset, codebook), "## Splits", _splits(dataset), "## Labels",
        *[_task(dataset, codebook, task) for task in codebook.tasks],
        "## How it was made", _made(codebook, creators),
        *(["## Agreement", agreement.strip()] if agreement.strip() else []),
        "## What it can't show", _limits(dataset, codebook, creators, bool(agreement.strip())),
        "## Rights", "The texts belong to the publishers of the articles; the labels say nothing about a right to use them.",
    ]  # fmt: skip
    return card(front, parts)


def _front(dataset: "datasets.DatasetDict", title: str, creators: str, language: str, licence: str) -> dict[str, Any]:
    parts = filled(dataset)
    n = sum(len(part) for part in parts.values())
    features = next(iter(dataset.values())).features
    return {
        "pretty_name": title,
        "language": [language],
        **({"license": licence} if licence else {}),
        **({"annotations_creators": [creators]} if creators else {}),
        "task_categories": ["text-classification"],
        "size_categories": [next((name for limit, name in SIZES if n < limit), "n>1M")],
        "configs": [
            {
                "config_name": "default",
                "default": True,
                "data_files": [{"split": name, "path": f"{FOLDER}/{name}.parquet"} for name in parts],
            }
        ],
        "dataset_info": {
            "config_name": "default",
            "features": [{"name": name} | _feature(feature) for name, feature in features.items()],
            "splits": [{"name": name, "num_bytes": part.data.nbytes, "num_examples": len(part)} for name, part in parts.items()],
        },
    }


def _feature(feature: Any) -> dict[str, Any]:
    """Describe a column's type as the front matter has it."""
    if hasattr(feature, "names"):
        return {"dtype": {"class_label": {"names": {str(i): name for i, name in enumerate(feature.names)}}}}
    inner = getattr(feature, "feature", None)
    return {"dtype": feature.dtype} if inner is None else {"list": _feature(inner)["dtype"]}


def _summary(dataset: "datasets.DatasetDict", codebook: Codebook) -> str:
    columns = ("article_id", "outlet", "date")
    articles = {row["article_id"]: row for part in dataset.values() for row in part.select_columns(list(columns))}
    known = []
    for column in columns[1:]:
        values = sorted(row[column] for row in articles.values() if row[column])
        known.append(f"{column} known of {len(values)}" + (f" ({plain(', '.join(dict.fromkeys(values)))})" if values else ""))
    return (
        f"{sum(len(part) for part in dataset.values())} sentence-level statements of {several(len(articles), 'press article')}, "
        f"labelled by the codebook `{plain(codebook.name)}`, version {codebook.version} (meaning `{codebook.meaning}`).\n"
        f"Of the articles, {' and '.join(known)}.\n\n"
        f"Target: {plain(codebook.target)}.\n\n"
        "A row has the statement (`text`), the sentence before it (`context`), who says it (`speaker`, `organisation`) and whose\n"
        "position it conveys: `holder` as annotated, `found_holder` as found by rule, as it would be in new coverage."
    )


def _splits(dataset: "datasets.DatasetDict") -> str:
    rows = [(f"`{name}`", len(part), len(set(part["article_id"]))) for name, part in dataset.items()]
    note = (
        "\n\n`test` is one article; `purged` holds the statements of the others that repeat its text or context, taken out of `train`\n"
        "because a model that has seen them is not being tested. Training on `purged` too shows how large that leak is."
    )
    return table(("split", "statements", "articles"), rows) + (note if "purged" in dataset else "")


def _task(dataset: "datasets.DatasetDict", codebook: Codebook, task: str) -> str:
    columns = [task, f"{task}_also"] if codebook.also_task == task else [task]
    header = ["label", *[f"{name}{' (also)' if column != task else ''}" for column in columns for name in dataset], "definition"]
    counts = {(column, name): _counts(part, column) for column in columns for name, part in dataset.items()}
    rows = [
        (f"`{label}`", *[counts[column, name][label] for column in columns for name in dataset], plain(entry.definition))
        for label, entry in codebook.tasks[task].labels.items()
    ]
    kind = "one label a statement" if codebook.tasks[task].kind == "single" else "any number of labels a statement"
    return f"### `{task}`: {plain(codebook.tasks[task].question)}\n\n{kind.capitalize()}.\n\n" + table(header, rows)


def _counts(part: "datasets.Dataset", column: str) -> Counter[str]:
    """Label → statements that have it."""
    return Counter(label for label, _ in _given(part, column))


def _given(part: "datasets.Dataset", column: str) -> Iterator[tuple[str, str]]:
    """Yield (label, article) for each label of each statement."""
    feature = part.features[column]
    names = feature.names if hasattr(feature, "names") else feature.feature.names
    for value, article in zip(part[column], part["article_id"], strict=True):
        yield from ((names[i], article) for i in (value if isinstance(value, list) else [value]))


def _made(codebook: Codebook, creators: str) -> str:
    who = "A model" if creators == "machine-generated" else "Annotators"
    kind = f"`annotations_creators: {creators}`" if creators else "whether people or a model is not stated"
    return (
        "The articles were cut into sentences, and speakers found, by rules. Headings and page furniture are left out.\n"
        f"{who} labelled every sentence, read in its article, by the definitions above ({kind})."
        + (f"\n\nUnit: {plain(codebook.unit)}" if codebook.unit else "")
    )


def _limits(dataset: "datasets.DatasetDict", codebook: Codebook, creators: str, measured: bool) -> str:
    articles = {a for part in dataset.values() for a in part["article_id"]}
    points = [
        f"It has {several(len(articles), 'article')}. Statements of one article are not independent of each other, "
        "and articles picked for their topic say nothing about the share of a position in the press."
    ]
    if creators == "machine-generated":
        points.append("The labels were made by a model, not by people: what agrees with them agrees with that model.")
    if not creators:
        points.append("It is not stated whether people or a model made the labels; ask before a claim rests on them.")
    if not measured:
        points.append("Nothing is said here of how far annotators agree.")
    for task in codebook.tasks:
        points += [f"`{task}`: {said}" for said in _thin(dataset, codebook, task)]
    return bullets(points)


def _thin(dataset: "datasets.DatasetDict", codebook: Codebook, task: str) -> list[str]:
    """List the labels of a task that rest on few statements or on one article."""
    homes: dict[str, list[str]] = {label: [] for label in codebook.labels(task)}
    for part in dataset.values():
        for label, article in _given(part, task):
            homes[label].append(article)
    said = []
    for label, found in homes.items():
        if not found:
            said.append(f"no statement is labelled `{label}`.")
        elif len(found) < FEW or len(set(found)) == 1:
            said.append(f"`{label}` rests on {several(len(found), 'statement')} of {several(len(set(found)), 'article')}.")
    return said
