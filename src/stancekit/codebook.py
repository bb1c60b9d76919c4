"""The codebook: the tasks, their labels and definitions, the target. One YAML file, the one source of all of them."""

import hashlib
import json
import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from stancekit import strict_yaml
from stancekit.errors import InputError

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
    document = strict_yaml.load(path)
    codebook = strict_yaml.validate(document, Codebook)
    for field in re.findall(r"\{(\w*)\}", codebook.input):
        if field not in TEMPLATE_FIELDS:
            raise InputError(document.where(("input",)), f"unknown field '{{{field}}}'", TEMPLATE_FIELDS)
    return codebook


TEMPLATE_FIELDS = ("text", "context", "speaker", "organisation", "holder", "target")
"""What an input template may name."""
