"""A data set as a folder that `datasets.load_dataset` reads and the Hub shows: a Parquet file a split, and the card."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from stancekit.io.atomic import write_atomic
from stancekit.io.files import sha256
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
            schema = part.features.arrow_schema  # its metadata say the features, labels named
            table = part.with_format("arrow")[:].cast(schema.with_metadata({**(schema.metadata or {}), _CARD_OF: sha256(card.encode())}))
            buffer = io.BytesIO()
            pq.write_table(table, buffer, write_page_checksum=True, compression="zstd")
            write_atomic(folder.new / FOLDER / f"{name}.parquet", buffer.getvalue())
        write_atomic(folder.new / CARD, card)
        folder.commit()


_CARD_OF = b"stancekit"
"""The key among a split's metadata of the SHA-256 of the card that it was saved with."""


def _made(folder: Path) -> dict[str, str | None]:
    """The splits that an earlier save made, as their metadata say, and its card; none where there is no such split."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: dict[str, str | None] = {}
    for path in sorted((folder / FOLDER).glob("*.parquet")):
        try:
            digest = (pq.read_schema(path).metadata or {}).get(_CARD_OF)
        except (OSError, pa.ArrowException):
            continue
        if digest:
            found |= {path.relative_to(folder).as_posix(): None, CARD: digest.decode("ascii", "replace")}
    return found


DATA_SET = Kind("annotations export --to huggingface", (CARD,), _made)


def filled(dataset: "datasets.DatasetDict") -> "dict[str, datasets.Dataset]":
    """The splits that have rows."""
    return {name: part for name, part in dataset.items() if len(part)}
