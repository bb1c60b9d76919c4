"""A data set as a folder that `datasets.load_dataset` reads and the Hub shows: a Parquet file a split, and the card."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from stancekit.io.atomic import write_atomic
from stancekit.io.output_folder import Kind, output_folder

if TYPE_CHECKING:
    import datasets

FOLDER = "data"


CARD = "README.md"


def save_dataset(dataset: "datasets.DatasetDict", card: str, directory: str | Path, *, overwrite: bool = False) -> None:
    """Write `data/<split>.parquet` for each split, then `README.md`. Splits of an earlier save that are no more are removed.

    A split without rows has no file, since `datasets` can't read one; the card's table says that it is empty.

    Raises `RefusedError` where the directory holds something else, unless `overwrite`; what this did not make is never replaced.
    """
    import pyarrow.parquet as pq

    with output_folder(Path(directory), DATA_SET, overwrite=overwrite) as folder:
        (folder.new / FOLDER).mkdir()
        for name, part in filled(dataset).items():
            table = part.with_format("arrow")[:].cast(part.features.arrow_schema)  # its metadata say the features, labels named
            buffer = io.BytesIO()
            pq.write_table(table, buffer, write_page_checksum=True, compression="zstd")
            write_atomic(folder.new / FOLDER / f"{name}.parquet", buffer.getvalue())
        write_atomic(folder.new / CARD, card)
        folder.commit()


def _made(folder: Path) -> list[str]:
    """The card and the splits of an earlier save; none where the card lists no such splits."""
    try:
        card = (folder / CARD).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    files = [path.relative_to(folder).as_posix() for path in (folder / FOLDER).glob("*.parquet")]
    listed = [name for name in files if f"path: {name}" in card]
    return [*listed, CARD] if listed else []


DATA_SET = Kind("annotations export --to huggingface", (CARD,), _made)


def filled(dataset: "datasets.DatasetDict") -> "dict[str, datasets.Dataset]":
    """The splits that have rows."""
    return {name: part for name, part in dataset.items() if len(part)}
