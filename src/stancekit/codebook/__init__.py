"""Codebooks: tasks, labels, definitions."""

from stancekit.codebook.codebook import OWN, Codebook, Label, LabelName, Sides, Task, View, json_schema, load_codebook, template_fields

__all__ = ["OWN", "Codebook", "Label", "LabelName", "Sides", "Task", "View", "json_schema", "load_codebook", "template_fields"]
