"""Recognise the tool that a record comes from, to name it when a file is given to the wrong reader."""

import json
import re


def file_looks_like(text: str) -> str:
    """Describe what a file's first record, or header, looks like."""
    if "statement_id" in [cell.strip('"') for cell in re.split("[,;\t]", text.lstrip().partition("\n")[0])]:
        return "the CSV of `stancekit annotations export`"
    try:
        record, _ = json.JSONDecoder().raw_decode(text, max(text.find("{"), 0))
    except (ValueError, RecursionError):
        record = None
    return looks_like(record)


def looks_like(record: object) -> str:
    """Name the tool that writes records with such keys."""
    if not isinstance(record, dict):
        return "nothing that is known here"
    keys = set(record)
    if isinstance(record.get("data"), dict):
        return "a task of Label Studio's JSON"
    if {"annotation_id", "lead_time"} & keys:
        return "a row of Label Studio's JSON-MIN"
    if {"_input_hash", "_task_hash"} & keys or ("answer" in keys and {"accept", "spans", "options"} & keys):
        return "a record of Prodigy"
    if isinstance(record.get("fields"), dict) or {"annotation_agent", "prediction_agent", "responses", "_server_id"} & keys:
        return "a record of Argilla"
    if {"statement_id", "labels", "annotator"} <= keys and isinstance(record["labels"], dict):
        return "a row of stancekit's annotations, which need no import"
    if {"id", "article_id", "kind"} <= keys:
        return "a row of `stancekit statements`"
    if isinstance(record.get("annotations"), list) and not {"label", "labels"} & keys:
        return "a record of doccano without label names; export it as JSONL with text labels"
    if {"label", "labels", "Comments", "annotation_approver", "cats", "entities"} & keys:
        return "a record of doccano"
    return f"nothing that is known here: its keys are {', '.join(sorted(keys)[:8]) or 'none'}"
