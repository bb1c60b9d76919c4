"""Validation of rows of annotations."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stancekit.codebook import Codebook
from stancekit.edits import are_edits, slice_text
from stancekit.errors import InputError, nearest
from stancekit.records import Annotation, Article, Given

_REQUIRED: dict[str, type] = {
    "statement_id": str, "article_id": str, "start": int, "end": int, "text": str, "holder": str, "labels": dict,
    "annotator": str, "codebook_version": str,
}  # fmt: skip
_FIELDS: dict[str, type] = {**_REQUIRED, "also": list, "note": str, "codebook_digest": str, "soft": dict, "joined": list, "given": list}
_GIVEN: dict[str, type] = {"annotator": str, "holder": str, "labels": dict, "also": list, "note": str}
_NAMES: dict[type, str] = {str: "text", int: "a whole number", dict: "an object", list: "a list"}

Row = dict[str, Any]


def shape_faults(row: Row) -> Iterator[str]:
    """Yield missing or unknown keys and values of another type: such a row is checked no further."""
    for key in _REQUIRED:
        if key not in row:
            yield f"the key '{key}' is missing" + _allowed(_FIELDS)
    for key, value in row.items():
        if key not in _FIELDS:
            yield f"unknown key '{key}'{nearest(key, _FIELDS)}" + _allowed(_FIELDS)
        elif type(value) is not _FIELDS[key]:
            yield f"'{key}' is {value!r}, not {_NAMES[_FIELDS[key]]}"


def meaning_faults(row: Row, codebook: Codebook, articles: Mapping[str, Article] | None, partial: bool) -> Iterator[str]:
    """Yield what is wrong with a row of the right shape; parameters as for `load_annotations`."""
    version = codebook.version_like(row["codebook_version"])
    if version is None:
        yield f"made under codebook version '{row['codebook_version']}'" + _allowed([codebook.version, *codebook.accepts])
    elif version == codebook.version and row.get("codebook_digest", "") not in ("", codebook.meaning):
        yield (
            f"made by other definitions than those of version {version} now: digest {row['codebook_digest'][:12]}, "
            f"the codebook's is {codebook.meaning[:12]}; compare the two with `stancekit codebook diff`"
        )
    if not row["annotator"].strip():
        yield "'annotator' must not be empty"
    if not row["holder"].strip() and not partial:
        yield "'holder' must not be empty"
    of_its_own = row["statement_id"] == row["article_id"] and row["start"] == 0  # a row of a table
    if row["statement_id"] != (identity := f"{row['article_id']}:{row['start']}-{row['end']}") and not of_its_own:
        yield f"statement_id '{row['statement_id']}' does not fit the row" + _allowed([identity])
    if articles is not None:
        yield from _span(row, articles)
    elif fault := span_fault(row):
        yield fault
    yield from _labels(row, codebook, partial)
    for given in row.get("given", []):
        if not isinstance(given, dict) or {key: type(value) for key, value in given.items()} != _GIVEN:
            yield f"'given' has an entry that is not what an annotator gave{_allowed(_GIVEN)}"
        else:
            yield from (f"'given' by '{given['annotator']}': {fault}" for fault in _labels(given, codebook, True))


def span_fault(row: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a row's span, or with its text's length; `None` where they agree."""
    start, end, size, joined = row["start"], row["end"], len(row["text"]), row.get("joined", [])
    if not 0 <= start < end:
        return f"the span {start}-{end} must begin at 0 or later and end after it begins"
    if not are_edits(joined, start, end):
        return f"'joined' is no list of [start, end, replacement] in order within {start}-{end}: {joined!r}"
    whole = end - start + sum(len(replacement) - (last - first) for first, last, replacement in joined)
    return f"the text has {size} characters, its span {start}-{end} {whole}: one of them was changed" if size != whole else None


def _span(row: Row, articles: Mapping[str, Article]) -> Iterator[str]:
    article, start, end = articles.get(row["article_id"]), row["start"], row["end"]
    if article is None:
        yield f"article '{row['article_id']}' is not known{nearest(row['article_id'], articles)}" + _allowed(articles)
    elif not 0 <= start < end <= len(article.text):
        yield f"span {start}-{end} lies outside the article, which has {len(article.text)} characters"
    elif not are_edits(joined := row.get("joined", []), start, end):
        yield str(span_fault(row))
    elif (text := slice_text(article.text, start, end, joined)) != row["text"]:
        yield f"the text no longer matches its span {start}-{end}: there stands {text!r}"


def _labels(row: Row, codebook: Codebook, partial: bool) -> Iterator[str]:
    labels, also = row["labels"], row.get("also", [])
    for task in labels:
        if task not in codebook.tasks:
            yield f"task '{task}' is not in the codebook{nearest(task, codebook.tasks)}" + _allowed(codebook.tasks)
    for task, entry in codebook.tasks.items():
        if task not in labels:
            if not partial:
                tied = "; several annotators tie on it: settle it (`annotate --adjudicate`), or train on their shares (`soft_labels: true`)"
                was_open = tied if task in row.get("soft", {}) else ""
                yield f"no label for task '{task}'{was_open}" + _allowed(codebook.labels(task))
        elif entry.kind == "single":
            yield from _label(labels[task], task, codebook)
        elif not isinstance(labels[task], list):
            yield f"labels {labels[task]!r} of task '{task}' are no list: it takes any number"
        else:
            yield from _several(labels[task], task, codebook, f"task '{task}'")
    if also and codebook.also_task is None:
        yield "'also' is not empty, but no task of the codebook allows further labels"
    elif also:
        yield from _several(also, str(codebook.also_task), codebook, "'also'")
        if labels.get(codebook.also_task) in also:
            yield f"'also' repeats the label '{labels[codebook.also_task]}'"
    yield from _soft(row.get("soft", {}), labels, codebook)


def _label(label: object, task: str, codebook: Codebook) -> Iterator[str]:
    known = codebook.labels(task)
    if not isinstance(label, str):
        yield f"label {label!r} of task '{task}' is not text" + _allowed(known)
    elif label not in known:
        yield f"label '{label}' is not in task '{task}'{nearest(label, known)}" + _allowed(known)


def _several(labels: list[Any], task: str, codebook: Codebook, where: str) -> Iterator[str]:
    for label in labels:
        yield from _label(label, task, codebook)
    if twice := [label for label in labels if labels.count(label) > 1]:
        yield f"{where} repeats the label '{twice[0]}'"


def _soft(soft: Mapping[str, Any], labels: Mapping[str, Any], codebook: Codebook) -> Iterator[str]:
    for task, shares in soft.items():
        if task not in codebook.tasks or not isinstance(shares, dict) or not set(shares) <= set(codebook.labels(task)):
            yield f"'soft' of '{task}' is not label → probability of a task of the codebook" + _allowed(codebook.tasks)
        elif not all(type(p) in (int, float) and 0 <= p <= 1 for p in shares.values()) or abs(sum(shares.values()) - 1) > 1e-6:
            yield f"'soft' of '{task}' are no probabilities that sum to 1"
        elif task in labels and max(shares.values()) - shares.get(str(labels[task]), 0.0) > 1e-6:
            yield f"label '{labels[task]}' of task '{task}' has not the greatest share in 'soft'; remove the shares that you overrule"


def annotation_of(row: Row, codebook: Codebook) -> Annotation:
    """Build the annotation of a row without faults; labels of multi-label tasks come in the codebook's order."""

    def ordered(task: str, labels: list[str]) -> tuple[str, ...]:
        return tuple(label for label in codebook.labels(task) if label in labels)

    labels = {task: ordered(task, label) if isinstance(label, list) else label for task, label in row["labels"].items()}
    version = codebook.version_like(row["codebook_version"]) or row["codebook_version"]
    joined = tuple((start, end, text) for start, end, text in row.get("joined", []))
    given = tuple(
        Given(**{**entry, "labels": {task: ordered(task, v) if isinstance(v, list) else v for task, v in entry["labels"].items()},
                 "also": tuple(entry["also"])})
        for entry in row.get("given", [])
    )  # fmt: skip
    made = {"labels": labels, "also": tuple(row.get("also", [])), "codebook_version": version, "joined": joined, "given": given}
    return Annotation(**{**row, **made})


def _allowed(values: Iterable[str]) -> str:
    return str(InputError("", "", values)).removeprefix(": ")
