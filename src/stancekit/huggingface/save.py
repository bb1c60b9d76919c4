"""A data set as a folder that `datasets.load_dataset` reads and the Hub shows: a Parquet file a split, and the card."""

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

from stancekit.io.atomic import write_atomic
from stancekit.io.files import sha256
from stancekit.io.output_folder import Kind, output_folder

if TYPE_CHECKING:
    import datasets
    import pyarrow as pa

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
            seal = _seal(name, table, sha256(card.encode()))
            table = table.replace_schema_metadata({**(table.schema.metadata or {}), _OURS: seal})
            buffer = io.BytesIO()
            pq.write_table(table, buffer, write_page_checksum=True, compression="zstd")
            write_atomic(folder.new / FOLDER / f"{name}.parquet", buffer.getvalue())
        write_atomic(folder.new / CARD, card)
        folder.commit()


_OURS = b"stancekit"
"""The key among a split's metadata of what it was saved as: its name, the SHA-256 of its rows and that of the card."""


def _seal(name: str, table: "pa.Table", card: str) -> bytes:
    rows = json.dumps(table.to_pylist(), default=str).encode()
    return json.dumps({"split": name, "rows": sha256(rows), "card": card}).encode()


def _made(folder: Path) -> dict[str, str | None]:
    """Find the splits that an earlier save made, as their metadata say, and its card; none where there is no such split."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: dict[str, str | None] = {}
    for path in sorted((folder / FOLDER).glob("*.parquet")):
        try:
            table = pq.read_table(path)
            seal = (table.schema.metadata or {}).get(_OURS, b"")
            card = str(json.loads(seal)["card"])
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
            continue
        if seal == _seal(path.stem, table, card):
            found |= {path.relative_to(folder).as_posix(): None, CARD: card}
    return found


DATA_SET = Kind("annotations export --to huggingface", (CARD,), _made)


def filled(dataset: "datasets.DatasetDict") -> "dict[str, datasets.Dataset]":
    """Return the splits that have rows."""
    return {name: part for name, part in dataset.items() if len(part)}
