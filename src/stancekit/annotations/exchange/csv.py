"""CSV for a spreadsheet: one row per annotation, or statement without one; labels in columns named by their task."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from stancekit.annotations.exchange.gather import Record
from stancekit.annotations.exchange.looks import file_looks_like
from stancekit.annotations.exchange.units import FIXED, NONE, also_name, label_names, rows
from stancekit.annotations.items import Item
from stancekit.codebook import Codebook
from stancekit.errors import InputError, nearest
from stancekit.io.files import BOM, decode, from_cell, read_bytes, to_csv
from stancekit.records import Annotation

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_JOIN = "; "


def columns(codebook: Codebook) -> list[str]:
    """Return the columns in their order: the statement, its labels, who gave them under which codebook."""
    at = FIXED.index("annotator")
    return [*FIXED[:at], *label_names(codebook), *FIXED[at:]]


def export(items: Sequence[Item], annotations: Sequence[Annotation], codebook: Codebook) -> str:
    """Write a row for each annotation, and for each item without one."""
    found = (fields | _labels(a, codebook) for _, a, fields in rows(items, annotations, codebook))
    return BOM + to_csv(found, columns(codebook))


def records(path: Path, codebook: Codebook) -> Iterator[Record]:
    """Yield every row that is not empty. Comma, semicolon or tab is told by the header alone."""
    text = _text(path)
    separator = _separator(re.split("[\r\n]", text, maxsplit=1)[0], path, codebook)
    (_, header), *body = _rows(text, separator, path)
    while header and not header[-1].strip():  # columns that a spreadsheet adds at the end
        header.pop()
    names = _checked(header, path, codebook)
    for line, cells in body:
        while len(cells) > len(names) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(names):
            raise InputError(f"{path}:{line}", f"has {len(cells)} cells, the header {len(names)}")
        yield _record(f"{path}:{line}", {name: from_cell(cell) for name, cell in zip(names, cells, strict=True)}, codebook)


def _labels(annotation: Annotation | None, codebook: Codebook) -> dict[str, str]:
    labels = annotation.labels if annotation else {}
    cells = dict.fromkeys(codebook.tasks, "")
    cells |= {task: label if isinstance(label, str) else _JOIN.join(label) or NONE for task, label in labels.items()}
    name = also_name(codebook)
    return cells | ({name: _JOIN.join(annotation.also if annotation else ())} if name else {})


def _record(where: str, row: Mapping[str, str], codebook: Codebook) -> Record:
    also = also_name(codebook)
    given = {task: entry.kind for task, entry in codebook.tasks.items() if row[task].strip()}
    labels: dict[str, Any] = {task: row[task].strip() if kind == "single" else _split(row[task]) for task, kind in given.items()}
    faults = [
        f"'{key}' is {row[key]!r}, not a whole number" for key in ("start", "end") if not re.fullmatch("[0-9]{1,12}", row[key].strip())
    ]
    further = _split(row[also]) if also else []
    made: dict[str, Any] = {
        key: row[key] for key in ("statement_id", "article_id", "text", "holder", "annotator", "codebook_digest", "note")
    }
    made |= {"labels": labels, "also": further, "codebook_version": row["codebook_version"].strip() or codebook.version}
    if labels or further:
        for task, entry in codebook.tasks.items():
            if task not in labels:
                how = f": name some, separated by ;, or {NONE}" if entry.kind == "multi" else ""
                faults.append(f"no label for task '{task}'{how} (allowed: {', '.join(codebook.labels(task))})")
    for task in (task for task, kind in given.items() if kind == "multi"):
        faults += [f"task '{task}': separate labels by ; and not by a comma: {label!r}" for label in labels[task] if "," in label]
    if not labels and not further:
        return Record(where, made, skipped=f"statement '{row['statement_id']}' is not labelled yet")
    if not faults:
        made |= {"start": int(row["start"]), "end": int(row["end"])}
    return Record(where, made, row.get("text_digest", ""), faults=tuple(faults))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()] if cell.strip() != NONE else []


def _text(path: Path) -> str:
    data = read_bytes(path)
    if data.startswith(b"PK\x03\x04"):
        raise InputError(path, "is a spreadsheet or an archive; save it as CSV UTF-8")
    text = decode(data, path)
    if not text.strip():
        raise InputError(path, "is empty")
    if text.lstrip()[0] in "{[":
        raise InputError(path, f"is no CSV; it looks like {file_looks_like(text)}")
    return text


def _separator(header: str, path: Path, codebook: Codebook) -> str:
    """The one of comma, semicolon and tab by which the header names most columns; no column's name holds any of them."""
    known = columns(codebook)
    named = {s: sum(cell.strip().strip('"') in known for cell in header.split(s)) for s in SEPARATORS}
    best = max(named, key=lambda s: named[s])
    if named[best] < 2:
        raise InputError(f"{path}:1", "is no header of these annotations, separated by comma, semicolon or tab", known)
    return best


def _checked(names: list[str], path: Path, codebook: Codebook) -> list[str]:
    known = columns(codebook)
    names = [name.strip() for name in names]
    if unknown := [name for name in names if name not in known]:
        raise InputError(f"{path}:1", f"unknown column '{unknown[0]}'{nearest(unknown[0], known)}", known)
    if twice := [name for name in names if names.count(name) > 1]:
        raise InputError(f"{path}:1", f"column '{twice[0]}' occurs twice")
    if missing := [name for name in known if name not in names and name != "text_digest"]:
        raise InputError(f"{path}:1", f"column '{missing[0]}' is missing", known)
    return names


def _rows(text: str, separator: str, path: Path) -> list[tuple[int, list[str]]]:
    """(the line where it begins, its cells) for each row that holds something."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    limit = csv.field_size_limit(2**31 - 1)  # the reader's limit of 131 072 characters a cell is one of the whole process
    line = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}:{line}", f"is no CSV: {error}; a quote may be open") from None
    finally:
        csv.field_size_limit(limit)
    return rows
