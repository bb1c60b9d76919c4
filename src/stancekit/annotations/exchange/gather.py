"""Import of a tool's records, checked like a file of annotations."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stancekit.annotations.check import annotation_of, meaning_faults, shape_faults, span_fault
from stancekit.annotations.exchange.units import text_digest
from stancekit.codebook import Codebook
from stancekit.errors import InputError, Tally, nearest
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


def choose(path: Path, records: Iterable[Record], codebook: Codebook, annotator: str | None) -> Imported:
    """Return the labels of one annotator: chosen by name where the file says who labelled, named where it does not.

    With `annotator`, records of others are looked at no further. Records that nobody labelled count as skipped.

    Raises
    ------
    InputError
        With every fault found (up to 50), each as `where: what (allowed: ...)`; or it is not clear whose labels are meant.
    """
    found: dict[str, Imported] = {}
    untouched: list[str] = []
    faults = Tally(50)
    places: dict[tuple[str, str], str] = {}
    nameless = ""
    for record in records:
        said = record.row["annotator"].strip() and record.row["annotator"]
        name = said or annotator or ""
        key = (name, str(record.row["statement_id"]))
        row = {"codebook_digest": "", **record.row, "annotator": name or "?"} | _edits(record.row)
        if annotator is not None and said and said != annotator:
            found.setdefault(said, Imported())
        elif record.skipped and not record.faults:
            (found.setdefault(said, Imported()).skipped if said else untouched).append(f"{record.where}: {record.skipped}")
        elif what := [*record.faults] or [*_faults(row, record.digest, codebook)]:
            for fault in what:
                faults.add(f"{record.where}: {fault}")
        elif not name:
            nameless = nameless or record.where
        elif key in places:
            faults.add(f"{record.where}: '{name}' labelled statement '{key[1]}' already, at {places[key]}")
        else:
            places[key] = record.where
            found.setdefault(name, Imported()).annotations.append(annotation_of(row, codebook))
    if faults.lines():
        raise faults.error()
    if nameless:
        raise InputError(nameless, "does not say who labelled it; say so with --annotator NAME")
    if annotator is not None and found and annotator not in found:
        raise InputError(path, f"holds no labels by '{annotator}'{nearest(annotator, found)}", found)
    labelled = [name for name, imported in found.items() if imported.annotations]
    if annotator is None and len(labelled) > 1:
        raise InputError(path, "holds the labels of several annotators; choose one with --annotator NAME", labelled)
    chosen = [annotator] if annotator is not None else labelled or list(found)
    parts = [found[name] for name in chosen if name in found]
    skipped = [*untouched, *(reason for part in parts for reason in part.skipped)]
    return Imported([a for part in parts for a in part.annotations], skipped if annotator or labelled else list(dict.fromkeys(skipped)))


def _edits(row: dict[str, Any]) -> dict[str, Any]:
    """The `joined` of a row, which tools carry as JSON; what is none is left as it is, and a fault."""
    try:
        return {"joined": json.loads(row.get("joined") or "[]")}
    except (TypeError, ValueError):
        return {}


def _faults(row: dict[str, Any], digest: str, codebook: Codebook) -> Iterator[str]:
    if shape := [*shape_faults(row)]:
        yield from shape
        return
    yield from meaning_faults(row, codebook, None, False)
    if digest and not span_fault(row) and digest != text_digest(row["statement_id"], row["text"]):
        yield f"the text, or its id, is no longer the one that was exported: {row['text'][:60]!r}"
