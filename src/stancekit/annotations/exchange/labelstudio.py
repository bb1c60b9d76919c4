"""Label Studio: its JSON of tasks, with annotations and predictions.

Ref: labelstud.io/guide/task_format, labelstud.io/guide/predictions. A submitted annotation answers every question it was
asked: a multi-label task without a result has no label. A cancelled one is skipped; drafts and predictions are no labels.
Of the labelling interface, ref: labelstud.io/tags/choices, labelstud.io/tags/textarea. The holder is not filled in beforehand: the
tool would send a prefilled text a second time with each correction, so an empty field means that the holder shown is right.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from stancekit.annotations.exchange.gather import Record
from stancekit.annotations.exchange.looks import file_looks_like, looks_like
from stancekit.annotations.exchange.units import also_name, fixed_fields, label_names, text_digest, units
from stancekit.annotations.items import Item
from stancekit.annotations.write import annotation_row
from stancekit.codebook import Codebook
from stancekit.errors import InputError, nearest
from stancekit.io.files import parse_object, read_text, sha256, to_json
from stancekit.records import Annotation

TEXT = "statement"
"""The name of the statement's text in the labelling interface."""
_SAYS = ("annotator", "codebook_version", "codebook_digest")
"""What the interface does not ask. It travels in the `meta` of each result, which the tool keeps, and counts as long as
the answers are the ones that went out: who changes them, or finishes what another began, has made them."""
_ANSWERS = ("labels", "also", "holder", "note")
HOTKEYS = "1234567890qwertyiopasdfgjklzxcvbnm"
"""Single keys that the tool does not use itself."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(items: Sequence[Item], annotations: Sequence[Annotation], codebook: Codebook) -> str:
    """Write one task per statement. Suggestions, and annotations that are not complete yet, become predictions to start from."""
    label_names(codebook)
    return to_json([_task(item, given, codebook) for item, given in units(items, annotations)])


def records(path: Path, codebook: Codebook) -> Iterator[Record]:
    """Yield each annotation of each task, and each task without one."""
    for number, task in enumerate(_tasks(path), start=1):
        where = f"{path}: task {number}"
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict) or "statement_id" not in data:
            raise InputError(where, f"is no task of `stancekit annotations export`; it looks like {looks_like(task)}")
        base = {key: data[key] for key in ("statement_id", "article_id", "start", "end", "text", "joined") if key in data}
        base |= {"annotator": "", "holder": data.get("holder"), "labels": {}, "also": [], "note": ""}
        base |= {key: data.get(key, default) for key, default in (("codebook_version", codebook.version), ("codebook_digest", ""))}
        found = task.get("annotations") or []
        if not isinstance(found, list):
            raise InputError(where, "'annotations' is no list")
        if not found:
            draft = ", only a draft is saved" if task.get("drafts") else ""
            yield Record(where, base, skipped=f"statement '{data['statement_id']}' is not labelled yet{draft}")
        for annotation in found:
            yield _record(where, base, annotation, data, codebook)


def _tasks(path: Path) -> list[Any]:
    text = read_text(path)
    if not text.lstrip().startswith("["):
        raise InputError(path, f"is no JSON list of tasks; it looks like {file_looks_like(text)}")
    tasks: list[Any] = parse_object(f'{{"tasks": {text}}}', path)["tasks"]
    if not tasks:
        raise InputError(path, "holds no tasks")
    return tasks


def _task(item: Item, annotations: Sequence[Annotation], codebook: Codebook) -> dict[str, Any]:
    data = fixed_fields(item, None, codebook)
    complete = [a for a in annotations if codebook.tasks.keys() <= a.labels.keys()]
    begun = [a for a in annotations if a not in complete]
    predictions = [{"model_version": f"begun by {a.annotator}", "result": _results(a, codebook, signed=False)} for a in begun]
    return {
        "data": {key: value for key, value in data.items() if key not in ("annotator", "note")},
        "annotations": [{"result": _results(a, codebook)} for a in complete],
        "predictions": _suggestions(item, codebook) + predictions,
    }


def _results(annotation: Annotation, codebook: Codebook, *, signed: bool = True) -> list[dict[str, Any]]:
    a = annotation
    chosen = {task: [label] if isinstance(label, str) else list(label) for task, label in a.labels.items()}
    if name := also_name(codebook):
        chosen[name] = list(a.also)
    written = {"holder": a.holder, "note": a.note}
    results = [_result("choices", name, labels, a.statement_id, a.annotator) for name, labels in chosen.items() if labels]
    results += [_result("textarea", name, [text], a.statement_id, a.annotator) for name, text in written.items() if text]
    meta = {key: getattr(a, key) for key in _SAYS} | {"answers": _answers(annotation_row(a))}
    return [result | {"meta": meta} for result in results] if signed else results


def _answers(row: Mapping[str, Any]) -> str:
    """A digest of what an annotator answered, whatever the order of the labels."""
    labels = {task: sorted(label) if isinstance(label, list) else label for task, label in row["labels"].items()}
    said = {**{key: row[key] for key in _ANSWERS}, "labels": labels, "also": sorted(row["also"])}
    return sha256(json.dumps(said, sort_keys=True).encode())[:16]


def _suggestions(item: Item, codebook: Codebook) -> list[dict[str, Any]]:
    """A prediction: the likeliest label of a single-label task, those at least as likely as not of a multi-label one.

    Its score is how sure the model is where it is least so, so that the tool's order by score puts what is doubtful first.
    """
    results, scores = [], []
    for task, shares in item.suggested.items():
        if not shares:
            continue
        single = codebook.tasks[task].kind == "single"
        likeliest = max(shares, key=lambda label: shares[label])
        labels = [likeliest] if single else [label for label, p in shares.items() if p >= 0.5]
        scores.append(shares[likeliest] if single else min(max(p, 1 - p) for p in shares.values()))
        if labels:
            results.append(_result("choices", task, labels, item.statement.id, "model") | {"score": scores[-1]})
    return [{"model_version": "stancekit", "score": min(scores), "result": results}] if results else []


def _result(kind: str, name: str, values: list[str], statement: str, source: str) -> dict[str, Any]:
    value = {"choices" if kind == "choices" else "text": values}
    return {"id": text_digest(f"{statement} {source}", name)[:10], "from_name": name, "to_name": TEXT, "type": kind, "value": value}


def _record(where: str, base: Mapping[str, Any], annotation: Any, data: Mapping[str, Any], codebook: Codebook) -> Record:
    results = annotation.get("result") if isinstance(annotation, dict) else None
    if not isinstance(results, list) or not all(isinstance(r, dict) for r in results):
        return Record(where, dict(base), faults=("an annotation has no list of results",))
    row: dict[str, Any] = {**base, "annotator": _who(annotation.get("completed_by"))}
    by = f" by '{row['annotator']}'" if row["annotator"] else ""
    if annotation.get("was_cancelled"):
        return Record(where, row, skipped=f"statement '{row['statement_id']}' was skipped{by}")
    if not results and any(entry.kind == "single" for entry in codebook.tasks.values()):
        return Record(where, row, skipped=f"statement '{row['statement_id']}' was submitted empty{by}")
    faults = [fault for result in results for fault in _take(result, row, codebook)]
    row["labels"] = {task: [] for task, entry in codebook.tasks.items() if entry.kind == "multi"} | row["labels"]
    signed: Mapping[str, Any] = next((r["meta"] for r in results if isinstance(r.get("meta"), dict)), {})
    if signed.get("answers") == _answers(row):
        row |= {key: str(signed[key]) for key in _SAYS if key in signed}
    return Record(where, row, str(data.get("text_digest", "")), faults=tuple(faults))


def _take(result: Mapping[str, Any], row: dict[str, Any], codebook: Codebook) -> Iterator[str]:
    """Put one result into the row, or say why it can't be."""
    name, kind, value = result.get("from_name"), result.get("type"), result.get("value")
    choices = label_names(codebook)
    wanted = "choices" if name in choices else "textarea" if name in ("holder", "note") else None
    if wanted is None:
        yield str(InputError("", f"unknown control '{name}'{nearest(str(name), choices)}", [*choices, "holder", "note"])).removeprefix(": ")
        return
    values = value.get("choices" if wanted == "choices" else "text") if isinstance(value, dict) else None
    values = [values] if isinstance(values, str) else values
    if kind != wanted or not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        yield f"the result of '{name}' is of type {kind!r} and not {wanted} of text"
    elif wanted == "textarea":
        row[str(name)] = ("; " if name == "holder" else "\n").join(values)
    elif name == also_name(codebook):
        row["also"] = values
    elif codebook.tasks[str(name)].kind == "multi":
        row["labels"] = row["labels"] | {name: values}
    elif len(values) > 1:
        yield f"{len(values)} labels for task '{name}', which takes one: {', '.join(values)}"
    elif values:
        row["labels"] = row["labels"] | {name: values[0]}


def _who(completed_by: object) -> str:
    """The e-mail address of an annotator where the export says it, else the number."""
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("id")
    return "" if completed_by is None else str(completed_by)


def config(codebook: Codebook) -> str:
    """Write the interface as XML: the statement in context, one question per task, holder and note."""
    label_names(codebook)
    view = ET.Element("View")
    _add(view, "Header", value="$speaker", size="5")
    _add(view, "Header", value="$organisation", size="6")
    for name, value in (("before", "$before"), (TEXT, "$text"), ("after", "$after")):
        _add(view, "Text", name=name, value=value)
    keys = iter(HOTKEYS)
    for task, entry in codebook.tasks.items():
        _add(view, "Header", value=entry.question, size="4")
        choice = "single" if entry.kind == "single" else "multiple"
        required = str(entry.kind == "single").lower()
        group = _add(view, "Choices", name=task, toName=TEXT, choice=choice, required=required, showInline="true")
        for label, meaning in entry.labels.items():
            key = next(keys, None)
            _add(group, "Choice", value=label, hint=meaning.definition, **({"hotkey": key} if key else {}))
        if entry.also and (also := also_name(codebook)):
            _add(view, "Header", value=f"{entry.question} Further labels, where there are any", size="5")
            group = _add(view, "Choices", name=also, toName=TEXT, choice="multiple", required="false", showInline="true")
            for label, meaning in entry.labels.items():
                _add(group, "Choice", value=label, hint=meaning.definition)
    _add(view, "Header", value="Holder: $holder", size="5")
    _add(view, "TextArea", name="holder", toName=TEXT, rows="1", maxSubmissions="1", editable="true", placeholder="Another holder")
    _add(view, "TextArea", name="note", toName=TEXT, rows="2", maxSubmissions="1", editable="true", placeholder="Note")
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _add(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()})
