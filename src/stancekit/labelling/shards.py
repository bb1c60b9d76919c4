"""Finished shards and their receipts: written whole, safe from a loss of power, and checked before they are believed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict

from stancekit.articles.accounts import Account
from stancekit.errors import InputError
from stancekit.io.atomic import refused, sweep, write_atomic
from stancekit.io.files import sha256
from stancekit.io.output_folder import sha256_of_file
from stancekit.labelling.job import Place, Shard
from stancekit.labelling.ledger import Run, read_ledger, write_ledger
from stancekit.sources.source import Rejected

FOLDER = "shards"
NAME = re.compile(r"(\d+)-(\d{5,})\.(parquet|json)")
"""Part of the input and number of the shard within it."""


class Receipt(BaseModel):
    """What a finished shard is of: the digest of its documents, and of the settings under which they were labelled; and what it holds."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    settings: str
    model: str
    preprocessing: int
    input: str
    first: Place
    last: Place
    documents: int
    rows: int
    sha256: str
    rejected: tuple[Rejected, ...]
    account: Account
    accounts_rejected: tuple[Account, ...]


class Shards:
    """The shards of a folder of labels, in the order of the input."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        found = [match for path in self.folder.glob("*.json") if (match := NAME.fullmatch(path.name))]
        self._names = {match[0].removesuffix(".json"): (int(match[1]), int(match[2])) for match in found}

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the shards that have a receipt."""
        return iter(sorted(self._names, key=self._names.__getitem__))

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __len__(self) -> int:
        return len(self._names)

    def table(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def forget(self, parts: int) -> None:
        """Remove the shards of all parts but the first so many."""
        for name in [name for name, (part, _) in self._names.items() if part >= parts]:
            for path in (self.folder / f"{name}.json", self.table(name)):
                path.unlink(missing_ok=True)
            del self._names[name]

    def sweep(self) -> None:
        """Remove what killed writers left half-written."""
        for path in self.folder.glob(".*.tmp"):
            sweep(self.folder / path.name[1:].rsplit(".", 2)[0])

    def write(self, shard: Shard, run: Run) -> Receipt:
        """Write a shard, and when it is safely on the disk its receipt. Raises `RefusedError` where that fails."""
        receipt = Receipt(
            settings=run.settings_digest,
            model=run.settings["model"],
            preprocessing=run.settings["preprocessing"],
            input=shard.digest,
            first=shard.first,
            last=shard.last,
            documents=shard.documents,
            rows=shard.rows,
            sha256=sha256(shard.table),
            rejected=shard.rejected,
            account=shard.account,
            accounts_rejected=shard.accounts_rejected,
        )
        with refused(self.folder):
            self.folder.mkdir(exist_ok=True)
        write_atomic(self.table(shard.name), shard.table)
        write_ledger(self.folder / f"{shard.name}.json", receipt)
        part, _, number = shard.name.partition("-")
        self._names[shard.name] = (int(part), int(number))
        return receipt

    def receipt(self, name: str) -> Receipt:
        """Read a receipt. Raises `InputError` where it is not as it was written."""
        path = self.folder / f"{name}.json"
        if found := read_ledger(path, Receipt):
            return found
        raise InputError(path, "is damaged" if path.exists() else "is gone")

    def checked(self, name: str) -> Receipt:
        """Read the receipt of a shard and hold the shard to it. Raises `InputError` where either is damaged or gone."""
        receipt = self.receipt(name)
        path = self.table(name)
        if not path.is_file():
            raise InputError(path, "is gone")
        if sha256_of_file(path) != receipt.sha256:
            raise InputError(path, "is damaged: its bytes are not those that were written")
        return receipt

    def read(self, name: str) -> pa.Table:
        """Read the rows of a shard. Raises `InputError` where it is damaged or gone."""
        receipt = self.checked(name)
        try:
            # Opened here, since Arrow takes no name that is not UTF-8; `read_table` would import pandas, and a thread that buffers may
            # abort the process as it ends (apache/arrow#34314).
            with self.table(name).open("rb") as opened, pq.ParquetFile(opened, pre_buffer=False, page_checksum_verification=True) as file:
                table = file.read(use_threads=False)
        except (OSError, pa.ArrowException) as error:
            raise InputError(self.table(name), f"is damaged: {error}") from None
        if table.num_rows != receipt.rows:
            raise InputError(self.table(name), f"has {table.num_rows:,} rows, and its receipt says {receipt.rows:,}")
        return table
