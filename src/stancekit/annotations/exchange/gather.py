"""What comes back from a tool: its records, checked like any file of annotations and sorted by annotator."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stancekit.annotations.check import annotation_of, meaning_faults, shape_faults
from stancekit.annotations.exchange.units import text_digest
from stancekit.annotations.load import MAX_FAULTS
from stancekit.codebook import Codebook
from stancekit.errors import InputError, nearest
from stancekit.records import Annotation


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a tool's file.

    `row` is what a file of annotations would hold of it, `annotator` empty where the tool does not say; `digest` the
    statement's text digest, where it came along. `skipped` says why it is no annotation; `faults` what is wrong with it.
    """

    where: str
    row: dict[str, Any]
    digest: str = ""
    skipped: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """One annotator's labels from a tool's file; `skipped` says where and why a record is no annotation."""

    annotations: list[Annotation] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def gather(records: Iterable[Record], codebook: Codebook, annotator: str | None, *, alone: bool = False) -> dict[str, Imported]:
    """Annotator → labels. `annotator` names who made labels of which the file does not say it.

    With `alone`, records of others are counted as theirs and looked at no further. Records that nobody labelled count as
    skipped by everyone; where nobody labelled anything, the one name is empty.

    Raises
    ------
    InputError
        With every fault found (up to 50), each as `where: what (allowed: ...)`.
    """
    found: dict[str, Imported] = {}
    untouched: list[str] = []
    faults: list[str] = []
    places: dict[tuple[str, str], str] = {}
    nameless = ""
    for record in records:
        said = record.row["annotator"].strip() and record.row["annotator"]
        name = said or annotator or ""
        key = (name, str(record.row["statement_id"]))
        if alone and said and said != annotator:
            found.setdefault(said, Imported())
        elif record.skipped and not record.faults:
            (found.setdefault(said, Imported()).skipped if said else untouched).append(f"{record.where}: {record.skipped}")
        elif what := [*record.faults] or [*_faults(row := _row(record, name or "?"), record.digest, codebook)]:
            faults += [f"{record.where}: {fault}" for fault in what]
        elif not name:
            nameless = nameless or record.where
        elif key in places:
            faults.append(f"{record.where}: '{name}' labelled statement '{key[1]}' already, at {places[key]}")
        else:
            places[key] = record.where
            found.setdefault(name, Imported()).annotations.append(annotation_of(row, codebook))
    if faults:
        raise _report(faults)
    if nameless:
        raise InputError(nameless, "does not say who labelled it; say so with --annotator NAME")
    return {name: Imported(i.annotations, untouched + i.skipped) for name, i in (found or {"": Imported()}).items()}


def choose(path: Path, records: Iterable[Record], codebook: Codebook, annotator: str | None) -> Imported:
    """The labels of one annotator. Raises `InputError`, also where it is not clear whose are meant, listing who is there."""
    found = gather(records, codebook, annotator, alone=annotator is not None)
    if annotator is not None:
        names = [name for name in found if name]
        if names and annotator not in names:
            raise InputError(path, f"holds no labels by '{annotator}'{nearest(annotator, names)}", names)
        return found[annotator if names else ""]
    labelled = [name for name, imported in found.items() if imported.annotations]
    if len(labelled) > 1:
        raise InputError(path, "holds the labels of several annotators; choose one with --annotator NAME", labelled)
    if labelled:
        return found[labelled[0]]
    return Imported(skipped=list(dict.fromkeys(reason for imported in found.values() for reason in imported.skipped)))


def _row(record: Record, name: str) -> dict[str, Any]:
    """Which definitions were applied is what the file says; where it does not say, it stays unknown."""
    return {"codebook_digest": "", **record.row, "annotator": name}


def _faults(row: dict[str, Any], digest: str, codebook: Codebook) -> Iterator[str]:
    if shape := [*shape_faults(row)]:
        yield from shape
        return
    yield from meaning_faults(row, codebook, None, False)
    start, end, text = row["start"], row["end"], row["text"]
    if not 0 <= start < end:
        yield f"the span {start}-{end} must begin at 0 or later and end after it begins"
    elif len(text) != end - start:
        yield f"the text has {len(text)} characters, its span {start}-{end} {end - start}: one of them was changed"
    elif digest and digest != text_digest(row["statement_id"], text):
        yield f"the text, or its id, is no longer the one that was exported: {text[:60]!r}"


def _report(faults: list[str]) -> InputError:
    where, _, what = faults[0].partition(": ")
    more = f"\n... and {len(faults) - MAX_FAULTS} more" if len(faults) > MAX_FAULTS else ""
    return InputError(where, "\n".join([what, *faults[1:MAX_FAULTS]]) + more)
