"""What a folder of labels holds: which shards are finished, missing or damaged, and whether the run has ended."""

from dataclasses import dataclass
from pathlib import Path

from stancekit.errors import InputError
from stancekit.io.output_folder import sha256_of_file
from stancekit.labelling.ledger import SUCCESS, Success, read_ledger, run_in
from stancekit.labelling.resume import NEXT
from stancekit.labelling.shards import Shards


@dataclass(frozen=True, slots=True)
class Status:
    """`rows` and `rejected` are counted over the `shards` that are sound; `damaged` says what is wrong with others and with files.

    `missing` are shards that others were finished after, or that a finished run had; of a run that has not `ended` further ones may
    be to come, and of the last of a finished one the number is not known ("?"). `replaced` says whether a run that will replace this one
    has begun.
    """

    shards: int
    rows: int
    rejected: int
    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    ended: bool
    replaced: bool


def status_of(folder: str | Path) -> Status:
    """Read all shards of a folder of labels and hold them to their receipts. Raises `InputError` where it holds none."""
    folder = Path(folder)
    _, success = run_in(folder)
    shards, damaged, rows, rejected, sound = Shards(folder), [], 0, 0, 0
    last: dict[int, int] = {}
    for name in shards:
        part, number = map(int, name.split("-"))
        last[part] = number
        try:
            receipt = shards.checked(name)
        except InputError as error:
            damaged.append(str(error))
            continue
        sound, rows, rejected = sound + 1, rows + receipt.rows, rejected + len(receipt.rejected)
    if read_ledger(folder / SUCCESS, Success) is None and (folder / SUCCESS).exists():
        damaged.append(f"{folder / SUCCESS}: is damaged; move it away")
    missing = [name for part, number in last.items() for n in range(number) if (name := f"{part}-{n:05}") not in shards]
    if success is not None:
        rejected = success.rejected
        missing += ["?"] * (success.shards - len(shards) - len(missing))
        for name, digest in success.files.items():
            path = folder / name
            if not path.is_file():
                damaged.append(f"{path}: is gone")
            elif sha256_of_file(path) != digest:
                damaged.append(f"{path}: is not as it was written; move it away")
    return Status(sound, rows, rejected, tuple(damaged), tuple(missing), success is not None, (folder / NEXT).exists())
