"""Write annotations."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_jsonl
from stancekit.records import Annotation, Given

_ORDER = (
    "statement_id", "article_id", "start", "end", "text", "holder", "labels", "also", "annotator", "codebook_version",
    "codebook_digest", "note",
)  # fmt: skip


def annotation_row(annotation: Annotation) -> dict[str, Any]:
    """Return the row that `load_annotations` reads back as the same annotation."""
    row = {name: getattr(annotation, name) for name in _ORDER}
    row["labels"] = {task: list(label) if isinstance(label, tuple) else label for task, label in annotation.labels.items()}
    row["also"] = list(annotation.also)
    row |= {"joined": [list(edit) for edit in annotation.joined]} if annotation.joined else {}
    row |= {"given": [given_row(given) for given in annotation.given]} if annotation.given else {}
    return row | ({"soft": {task: dict(shares) for task, shares in annotation.soft.items()}} if annotation.soft else {})


def given_row(given: Given) -> dict[str, Any]:
    """Return what a row holds of what one of several annotators gave."""
    labels = {task: list(label) if isinstance(label, tuple) else label for task, label in given.labels.items()}
    return {"annotator": given.annotator, "holder": given.holder, "labels": labels, "also": list(given.also), "note": given.note}


def write_annotations(path: str | Path, annotations: Iterable[Annotation]) -> None:
    """Write a file of annotations, whole or not at all; an earlier one is replaced.

    Parameters
    ----------
    path : the JSON Lines file to write. annotations : its rows, in order.

    Raises
    ------
    RefusedError : The file cannot be written.
    """
    write_atomic(Path(path), to_jsonl(annotation_row(a) for a in annotations))
