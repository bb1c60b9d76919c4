"""doccano: JSON Lines of a text classification project, and the labels it is to offer.

Ref: github.com/doccano/doccano, `data_export/pipeline`. A project has one flat list of labels, so they are called
`task:label`. A row without labels is not done: that no label of a multi-label task holds is said by `task:(none)`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from stancekit.annotations.exchange.gather import Record
from stancekit.annotations.exchange.looks import file_looks_like, looks_like
from stancekit.annotations.exchange.units import NONE, also_name, label_names, rows
from stancekit.annotations.items import Item
from stancekit.codebook import Codebook
from stancekit.errors import InputError, nearest
from stancekit.io.files import jsonl_lines, read_text, to_json, to_jsonl
from stancekit.records import Annotation

KEYS = "0123456789abcdefghijklmnopqrstuvwxyz"
_COLOURS = ("#1f5f8b", "#8b3a1f", "#2e6b3a", "#6b2e63", "#7a6a1f", "#4a4a4a")
"""Dark enough for white text; a task's labels share one."""


def label_list(codebook: Codebook) -> list[str]:
    """Return the names of the project's labels, in the codebook's order."""
    names: list[str] = []
    for task, entry in codebook.tasks.items():
        names += [f"{task}:{label}" for label in entry.labels]
        names += [f"{task}:{NONE}"] if entry.kind == "multi" else []
        names += [f"{also_name(codebook)}:{label}" for label in entry.labels] if entry.also else []
    return names


def config(codebook: Codebook) -> str:
    """Write the label list that a project imports (Labels → Actions → Import), with shortcuts while there are keys."""
    tasks = label_names(codebook)
    return to_json(
        [
            {
                "text": name, "prefix_key": None, "suffix_key": KEYS[i] if i < len(KEYS) else None,
                "background_color": _COLOURS[tasks.index(name.partition(":")[0]) % len(_COLOURS)], "text_color": "#ffffff",
            }
            for i, name in enumerate(label_list(codebook))
        ]
    )  # fmt: skip


def export(items: Sequence[Item], annotations: Sequence[Annotation], codebook: Codebook) -> str:
    """Write a row for each annotation, and for each item without one. Suggestions are shown beside the text, not as labels:
    doccano can't tell the two apart when they come back."""
    label_names(codebook)
    return to_jsonl(
        {"text": item.statement.text, "label": _labels(a, codebook), "suggested": _suggested(item)} | fields
        for item, a, fields in rows(items, annotations, codebook)
    )


def records(path: Path, codebook: Codebook) -> Iterator[Record]:
    """Yield every row; what doccano calls metadata may stand in the row or, as older versions have it, under `meta`."""
    text = read_text(path)
    if not text.strip():
        raise InputError(path, "is empty")
    if not text.lstrip().startswith("{"):
        raise InputError(path, f"is no JSON Lines file; it looks like {file_looks_like(text)}")
    for line, row in jsonl_lines(path):
        if isinstance(row, InputError):
            raise row
        yield _record(f"{path}:{line}", row, codebook)


def _labels(annotation: Annotation | None, codebook: Codebook) -> list[str]:
    names: list[str] = []
    for task, label in annotation.labels.items() if annotation else ():
        names += [f"{task}:{name}" for name in ([label] if isinstance(label, str) else label or (NONE,))]
    return names + [f"{also_name(codebook)}:{label}" for label in (annotation.also if annotation else ())]


def _suggested(item: Item) -> str:
    likeliest = {task: max(shares, key=lambda label: shares[label]) for task, shares in item.suggested.items() if shares}
    return "; ".join(f"{task}: {label} {item.suggested[task][label]:.2f}" for task, label in likeliest.items())


def _record(where: str, row: Mapping[str, Any], codebook: Codebook) -> Record:
    meta = row["meta"] if isinstance(row.get("meta"), dict) and "statement_id" not in row else row
    given = row.get("label", row.get("labels"))
    if "statement_id" not in meta or isinstance(given, dict) or not {"label", "labels"} & set(row):
        raise InputError(where, f"is no row of `stancekit annotations export`; it looks like {looks_like(row)}")
    if given is not None and (not isinstance(given, list) or not all(isinstance(name, str) for name in given)):
        raise InputError(where, f"the labels are {given!r}, not a list of text; export a text classification project as JSONL")
    made: dict[str, Any] = {key: meta[key] for key in ("statement_id", "article_id", "holder", "joined") if key in meta}
    made |= {key: _whole(meta[key]) for key in ("start", "end") if key in meta}
    made |= {"text": row.get("text", row.get("data")), "labels": {}, "also": [], "annotator": str(meta.get("annotator") or "")}
    made |= {"codebook_version": meta.get("codebook_version", codebook.version), "codebook_digest": meta.get("codebook_digest", "")}
    made["note"] = "\n".join(filter(None, [str(meta.get("note") or ""), *_comments(row)]))
    if not given:
        return Record(where, made, skipped=f"statement '{made['statement_id']}' is not labelled yet")
    faults = [fault for name in given for fault in _take(name, made, codebook)]
    for task, labels in made["labels"].items():
        if NONE in labels and len(labels) > 1:
            faults.append(f"'{task}:{NONE}' beside other labels of the task")
    made["labels"] = {task: [] if labels == [NONE] else labels for task, labels in made["labels"].items()}
    return Record(where, made, str(meta.get("text_digest") or ""), faults=tuple(faults))


def _take(name: str, row: dict[str, Any], codebook: Codebook) -> Iterator[str]:
    """Put one label into the row, or say why it can't be."""
    known = label_list(codebook)
    task, _, label = name.partition(":")
    if name not in known:
        yield str(InputError("", f"unknown label '{name}'{nearest(name, known)}", known)).removeprefix(": ")
    elif task == also_name(codebook):
        row["also"] = [*row["also"], label]
    elif codebook.tasks[task].kind == "multi":
        row["labels"][task] = [*row["labels"].get(task, []), label]
    elif task in row["labels"]:
        yield f"two labels for task '{task}', which takes one: {row['labels'][task]}, {label}"
    else:
        row["labels"][task] = label


def _whole(value: object) -> object:
    """doccano's tables turn whole numbers into 12.0 where another row lacks the column."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _comments(row: Mapping[str, Any]) -> list[str]:
    found = row.get("Comments", row.get("comments")) or []
    return [str(c["text"]) if isinstance(c, dict) and "text" in c else str(c) for c in (found if isinstance(found, list) else [found])]
