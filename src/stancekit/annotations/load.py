"""Reading annotations: each row is checked against the codebook, the article's text and the other rows."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from stancekit.codebook import Codebook
from stancekit.errors import InputError, StancekitError, nearest
from stancekit.files import read_jsonl
from stancekit.records import Annotation, Article, Statement

_FIELDS: dict[str, type] = {
    "statement_id": str, "article_id": str, "start": int, "end": int, "text": str, "holder": str, "labels": dict,
    "also": list, "annotator": str, "codebook_version": str, "note": str,
}  # fmt: skip
MAX_FAULTS = 50


def load_annotations(
    path: Path, codebook: Codebook, articles: Mapping[str, Article], statements: Iterable[Statement] = ()
) -> list[Annotation]:
    """All annotations of a file, in its order.

    Parameters
    ----------
    articles : id → article; every row must point into one of them, and its text must stand at its span.
    statements : the sentences that must each be annotated exactly once; where none are given, completeness is not checked.

    Raises
    ------
    InputError
        With every fault found (up to 50), each as `file:line: what (allowed: ...)`.
    """
    annotations: list[Annotation] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for line, row in read_jsonl(path):
        where, identity = f"{path}:{line}", str(row.get("statement_id"))
        try:
            if identity in seen:
                raise InputError(where, f"statement '{identity}' already stands in line {seen[identity]}")
            seen[identity] = line  # a faulty row is there, so it is not also reported as missing
            annotations.append(_row(row, where, codebook, articles))
        except StancekitError as error:
            faults.append(str(error))
    if not seen:
        raise InputError(path, "holds no annotations")
    expected = {s.id: s for s in statements if s.kind == "sentence"}
    if expected:
        faults += [f"{path}: statement '{key}' is missing: {s.text[:60]!r}" for key, s in expected.items() if key not in seen]
        faults += [f"{path}:{line}: '{key}' is no sentence of its article" for key, line in seen.items() if key not in expected]
    if faults:
        more = f"\n... and {len(faults) - MAX_FAULTS} more" if len(faults) > MAX_FAULTS else ""
        where, _, what = faults[0].partition(": ")
        raise InputError(where, "\n".join([what, *faults[1:MAX_FAULTS]]) + more)
    return annotations


def _row(row: dict[str, Any], where: str, codebook: Codebook, articles: Mapping[str, Article]) -> Annotation:
    for key, kind in _FIELDS.items():
        if key not in row:
            raise InputError(where, f"the key '{key}' is missing", _FIELDS)
        if type(row[key]) is not kind:
            raise InputError(where, f"'{key}' is {row[key]!r}, not {_name(kind)}")
    for key in row:
        if key not in _FIELDS:
            raise InputError(where, f"unknown key '{key}'{nearest(key, _FIELDS)}", _FIELDS)
    if row["codebook_version"] != codebook.version:
        raise InputError(where, f"made under codebook version '{row['codebook_version']}'", [codebook.version])
    if not row["annotator"].strip() or not row["holder"].strip():
        raise InputError(where, "'annotator' and 'holder' must not be empty")
    _check_span(row, where, articles)
    _check_labels(row, where, codebook)
    return Annotation(**{**row, "also": tuple(row["also"])})


def _check_span(row: dict[str, Any], where: str, articles: Mapping[str, Article]) -> None:
    article = articles.get(row["article_id"])
    if article is None:
        raise InputError(where, f"article '{row['article_id']}' is not known{nearest(row['article_id'], articles)}", articles)
    start, end = row["start"], row["end"]
    if not 0 <= start < end <= len(article.text):
        raise InputError(where, f"span {start}-{end} lies outside the article, which has {len(article.text)} characters")
    if article.text[start:end] != row["text"]:
        raise InputError(where, f"the text no longer matches its span {start}-{end}: there stands {article.text[start:end]!r}")
    if row["statement_id"] != (identity := f"{row['article_id']}:{start}-{end}"):
        raise InputError(where, f"statement_id '{row['statement_id']}' does not fit the row", [identity])


def _check_labels(row: dict[str, Any], where: str, codebook: Codebook) -> None:
    for task in row["labels"]:
        if task not in codebook.tasks:
            raise InputError(where, f"task '{task}' is not in the codebook{nearest(task, codebook.tasks)}", codebook.tasks)
    for task in codebook.tasks:
        if task not in row["labels"]:
            raise InputError(where, f"no label for task '{task}'", codebook.labels(task))
        _check_label(row["labels"][task], task, where, codebook)
    if row["also"] and codebook.also_task is None:
        raise InputError(where, "'also' is not empty, but no task of the codebook allows further labels")
    for label in row["also"]:
        task = str(codebook.also_task)
        _check_label(label, task, where, codebook)
        if label == row["labels"][task] or row["also"].count(label) > 1:
            raise InputError(where, f"'also' repeats the label '{label}'")


def _check_label(label: object, task: str, where: str, codebook: Codebook) -> None:
    if not isinstance(label, str):
        raise InputError(where, f"label {label!r} of task '{task}' is not text", codebook.labels(task))
    if label not in codebook.labels(task):
        raise InputError(where, f"label '{label}' is not in task '{task}'{nearest(label, codebook.labels(task))}", codebook.labels(task))


def _name(kind: type) -> str:
    return {str: "text", int: "a whole number", dict: "an object", list: "a list"}[kind]
