"""The codebook: the tasks, their labels and definitions, the target. One YAML file, the one source of all of them."""

import hashlib
import json
from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from stancekit import strict_yaml
from stancekit.errors import nearest
from stancekit.records import Statement

TEMPLATE_FIELDS = ("text", "context", "speaker", "organisation", "holder", "target")
"""What an input template may name."""


def template_fields(template: str) -> tuple[str, ...]:
    """The fields an input template names, in order. Raises `ValueError` where it is not plain text and `{field}`s."""
    found = []
    for _, name, spec, conversion in Formatter().parse(template):
        if name is not None:
            if name not in TEMPLATE_FIELDS or spec or conversion:
                allowed = ", ".join(f"{{{f}}}" for f in TEMPLATE_FIELDS)
                raise ValueError(f"unknown field '{{{name}}}'{nearest(name, TEMPLATE_FIELDS)} (allowed: {allowed})")
            found.append(name)
    if not found:
        raise ValueError("the template names no field, so nothing of a statement would be read")
    return tuple(found)


LabelName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Label(_Strict):
    """One answer to a task. Examples are invented for the codebook and never train a model."""

    definition: str = Field(min_length=1)
    examples: list[str] = []
    counterexamples: list[str] = []


class Task(_Strict):
    """A question asked of every statement. With `also`, further labels may stand beside the primary one."""

    question: str = Field(min_length=1)
    labels: dict[LabelName, Label] = Field(min_length=2)
    also: bool = False
    ties: list[str] = []


class Codebook(_Strict):
    """A validated codebook. `target` is what stances are towards; `input` the template models read by default."""

    name: str = Field(min_length=1)
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    target: str = Field(min_length=1)
    unit: str = ""
    input: str = "{text}"
    tasks: dict[LabelName, Task] = Field(min_length=1)

    @field_validator("input")
    @classmethod
    def _known_fields(cls, template: str) -> str:
        template_fields(template)
        return template

    @model_validator(mode="after")
    def _columns(self) -> "Codebook":
        """The columns of the labels' table: a task named `holder` would overwrite the statement's."""
        columns = [f.name for f in fields(Statement)]
        for task, entry in self.tasks.items():
            columns += [task, *(f"{task}_{label}" for label in entry.labels)]
        if twice := [name for name in columns if columns.count(name) > 1]:
            raise ValueError(f"two columns of the labels' table would be called '{twice[0]}'; rename the task or label")
        return self

    @model_validator(mode="after")
    def _one_also(self) -> "Codebook":
        if len([name for name, task in self.tasks.items() if task.also]) > 1:
            raise ValueError("only one task can have `also`: the rows of the annotations have one such list")
        return self

    def labels(self, task: str) -> tuple[str, ...]:
        """The label names of a task, in the codebook's order."""
        return tuple(self.tasks[task].labels)

    @property
    def also_task(self) -> str | None:
        return next((name for name, task in self.tasks.items() if task.also), None)

    @property
    def digest(self) -> str:
        """SHA-256 of what the codebook says; comments and layout do not count."""
        return hashlib.sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()


def load_codebook(path: Path) -> Codebook:
    """Read and check a codebook. Raises `InputError` naming file, line and what is allowed."""
    return strict_yaml.validate(strict_yaml.load(path), Codebook)
