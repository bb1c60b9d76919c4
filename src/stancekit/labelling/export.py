"""The labels in a folder as one file of another format."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from stancekit.errors import InputError
from stancekit.labelling.formats import FORMATS
from stancekit.labelling.labels import Labels
from stancekit.labelling.sheet import MAX_ROWS


def export_labels(folder: str | Path, format: str, path: str | Path, say: Callable[[str], object] = lambda _: None) -> int:
    """Write the labels in a folder to a file, a shard at a time; returns the number of rows.

    Parameters
    ----------
    folder : of `label_paths`. format : parquet, jsonl, csv or xlsx. path : the file; an existing one is replaced when it is whole.
    say : called with what the user should know of the file.

    Raises
    ------
    InputError : The folder holds no finished labels, a shard is damaged, or there are more rows than a workbook has.
    MissingError : The format needs an extra that is not installed.
    """
    labels = Labels(folder)
    if format == "xlsx" and len(labels) > MAX_ROWS:
        raise InputError("xlsx", f"a sheet has no more than {MAX_ROWS:,} rows, and there are {len(labels):,}; choose another format")
    tables = labels.tables()
    first = next(tables)
    with FORMATS[format](Path(path), first.schema, say) as write:
        for table in chain([first], tables):
            write(table)
    return len(labels)
