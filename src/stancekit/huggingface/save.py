"""A data set as a folder that `datasets.load_dataset` reads and the Hub shows: a Parquet file a split, and the card."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from stancekit.files import claim_directory, write_atomic

if TYPE_CHECKING:
    import datasets

FOLDER = "data"


def save_dataset(dataset: "datasets.DatasetDict", card: str, directory: str | Path, *, overwrite: bool = False) -> None:
    """Write `data/<split>.parquet` for each split, then `README.md`. Splits of an earlier save that are no more are removed.

    A split without rows has no file, since `datasets` can't read one; the card's table says that it is empty.

    Raises `RefusedError` where the directory holds something else, unless `overwrite`.
    """
    import pyarrow.parquet as pq

    root = Path(directory)
    claim_directory(root, marker=f"{FOLDER}/train.parquet", overwrite=overwrite)
    parts = filled(dataset)
    for name, part in parts.items():
        table = part.with_format("arrow")[:].cast(part.features.arrow_schema)  # its metadata say the features, labels named
        buffer = io.BytesIO()
        pq.write_table(table, buffer, write_page_checksum=True, compression="zstd")
        write_atomic(root / FOLDER / f"{name}.parquet", buffer.getvalue())
    for file in (root / FOLDER).glob("*.parquet"):
        if file.stem not in parts:
            file.unlink()
    write_atomic(root / "README.md", card)


def filled(dataset: "datasets.DatasetDict") -> "dict[str, datasets.Dataset]":
    """The splits that have rows."""
    return {name: part for name, part in dataset.items() if len(part)}
