"""Write annotations."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_jsonl
from stancekit.records import Annotation

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
    return row | ({"soft": {task: dict(shares) for task, shares in annotation.soft.items()}} if annotation.soft else {})


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
