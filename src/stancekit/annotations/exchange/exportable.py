"""Input of an export: statements, a queue, a model's labels, or annotations."""

from pathlib import Path

from stancekit.annotations.items import Item, read_items
from stancekit.annotations.load import load_annotations
from stancekit.codebook import Codebook
from stancekit.io.files import read_jsonl
from stancekit.records import Annotation


def read_exportable(path: Path, codebook: Codebook, annotations: Path | None = None) -> tuple[list[Item], list[Annotation]]:
    """Read items and annotations. Rows that have a `statement_id` are annotations, which may be work in progress.

    Raises `InputError` as `read_items` and `load_annotations` do.
    """
    found = load_annotations(annotations, codebook, partial=True) if annotations else []
    _, first = next(read_jsonl(path), (0, {}))
    if "statement_id" in first:
        return [], [*load_annotations(path, codebook, partial=True), *found]
    return read_items(path, codebook), found
