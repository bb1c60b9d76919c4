"""The codebook: the tasks, their labels and definitions, the target. One YAML file, the one source of all of them."""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, field_validator, model_validator

from stancekit.errors import nearest
from stancekit.io import strict_yaml
from stancekit.records import ROW_COLUMNS

TEMPLATE_FIELDS = ("text", "context", "speaker", "organisation", "holder", "actor_kind", "target", "masked")
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


OWN = "probability"
"""`<task>_probability` is a column of the labels' table."""
LabelName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Word = Annotated[str, Field(pattern=r"^[^\W\d_]+(?:[-'][^\W\d_]+)*$")]
Polarity = Literal["positive", "neutral", "negative"]


def _three_numbers(version: Any) -> Any:
    """Said in words before the pattern would be, and before YAML's 1.0 were to be quoted, which is no version either."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", str(version)):
        raise ValueError('should be three numbers, such as "1.0.0"')
    return version


Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$"), BeforeValidator(_three_numbers)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Label(_Strict):
    """One answer to a task. Examples are invented for the codebook and never train a model.

    `hypothesis` says the label as a sentence that a statement entails or not, for zero-shot models; `keywords` are words
    that speak for it, for lexicon models.
    """

    definition: str = Field(min_length=1)
    examples: list[str] = []
    counterexamples: list[str] = []
    hypothesis: str = ""
    keywords: list[str] = []


class Sides(_Strict):
    """The labels of a stance, and what its target is called, for models that go by what an appraisal is of.

    `favour`, `against` and `neither` are labels. `target` are words for what the stance is on; `rival` for what stands
    against it (its critics, what it replaces); `action` for what is done against it. Words are as in `keywords`.
    """

    favour: LabelName
    against: LabelName
    neither: LabelName
    target: Annotated[list[str], Field(min_length=1)]
    rival: list[str] = []
    action: list[str] = []


class Task(_Strict):
    """A question asked of every statement.

    Of kind `single` a statement has one label, beside which `also` allows further ones; of kind `multi` it has any
    number, none included. `evaluative_words` gives words of the domain the polarity that they have in it, for models with
    a lexicon: a positive test is no good news, `{positive: neutral}`. A word stands for itself alone, not for its plural.
    """

    question: str = Field(min_length=1)
    kind: Literal["single", "multi"] = "single"
    labels: dict[LabelName, Label] = Field(min_length=2)
    also: bool = False
    ties: list[str] = []
    sides: Sides | None = None
    evaluative_words: dict[Word, Polarity] = {}

    @model_validator(mode="after")
    def _sides_are_labels(self) -> "Task":
        if self.sides is None:
            return self
        named = [self.sides.favour, self.sides.against, self.sides.neither]
        if unknown := [label for label in named if label not in self.labels]:
            raise ValueError(f"`sides` names '{unknown[0]}'{nearest(unknown[0], self.labels)}, which is no label of the task")
        if self.kind == "multi":
            raise ValueError("`sides` are of a task of kind `single`: a statement takes one of them")
        if len(set(named)) < 3:
            raise ValueError("`sides` names a label twice; favour, against and neither are three labels")
        for word in [*self.sides.target, *self.sides.rival, *self.sides.action]:
            if not re.search(r"[^\W_]", word):
                raise ValueError(f"`sides` has {word!r}, which has neither letter nor digit")
        kinds = [{word.casefold() for word in words} for words in (self.sides.target, self.sides.rival, self.sides.action)]
        if both := sorted((kinds[0] & kinds[1]) | (kinds[0] & kinds[2]) | (kinds[1] & kinds[2])):
            raise ValueError(f"`sides` has '{both[0]}' in two lists; what is for the target can't be against it")
        return self

    @model_validator(mode="after")
    def _no_label_is_a_column(self) -> "Task":
        if OWN in self.labels:
            raise ValueError(f"no label may be called '{OWN}': `<task>_{OWN}` is the column for the probability of the row's own label")
        return self

    @model_validator(mode="after")
    def _also_is_for_single(self) -> "Task":
        if self.also and self.kind == "multi":
            raise ValueError("a task of kind `multi` has any number of labels already; leave out `also`")
        return self


class View(_Strict):
    """A coarser reading of a single-label task: labels merged under a new name; those not named keep theirs."""

    of: LabelName
    merge: dict[LabelName, Annotated[list[str], Field(min_length=1)]] = Field(min_length=1)


class Codebook(_Strict):
    """A validated codebook.

    `target` is what stances are towards; `input` the template that models read by default; `accepts` names earlier
    versions whose labels still hold, which is its author's word; `views` are coarser readings of its tasks.
    """

    name: str = Field(min_length=1)
    version: Version
    accepts: list[Version] = []
    target: str = Field(min_length=1)
    unit: str = ""
    input: str = "{text}"
    tasks: dict[LabelName, Task] = Field(min_length=1)
    views: dict[LabelName, View] = {}
    _of: str = PrivateAttr("")

    @field_validator("input")
    @classmethod
    def _known_fields(cls, template: str) -> str:
        template_fields(template)
        return template

    @model_validator(mode="after")
    def _columns(self) -> "Codebook":
        """The columns of the labels' table: a task named `holder` would overwrite the statement's."""
        columns = [*ROW_COLUMNS]
        for task in self.tasks:
            columns += [task, f"{task}_{OWN}", *(f"{task}_{label}" for label in self.labels(task))]
        columns += self.views
        times = Counter(columns)
        if twice := [name for name in columns if times[name] > 1]:
            raise ValueError(f"two columns of the labels' table would be called '{twice[0]}'; rename the task or label")
        return self

    @model_validator(mode="after")
    def _one_also(self) -> "Codebook":
        if len([name for name, task in self.tasks.items() if task.also]) > 1:
            raise ValueError("only one task can have `also`: the rows of the annotations have one such list")
        return self

    @model_validator(mode="after")
    def _sound_views(self) -> "Codebook":
        for name, view in self.views.items():
            if view.of not in self.tasks or self.tasks[view.of].kind != "single":
                single = ", ".join(task for task, entry in self.tasks.items() if entry.kind == "single")
                raise ValueError(f"view '{name}' is of '{view.of}', which is no task of kind `single` (allowed: {single})")
            known, merged = self.tasks[view.of].labels, [label for labels in view.merge.values() for label in labels]
            if unknown := [label for label in merged if label not in known]:
                raise ValueError(f"view '{name}' merges '{unknown[0]}'{nearest(unknown[0], known)}, no label of '{view.of}'")
            times = Counter(merged)
            if twice := [label for label in merged if times[label] > 1]:
                raise ValueError(f"view '{name}' merges '{twice[0]}' twice")
            if len(view.merge) + len(known) - len(merged) < 2:
                raise ValueError(f"view '{name}' merges every label of '{view.of}' into one")
            if taken := [label for label in view.merge if label in known and label not in times]:
                raise ValueError(f"view '{name}' calls a merged label '{taken[0]}', which is a label of '{view.of}' that stays")
        return self

    def __repr__(self) -> str:
        return f"<Codebook: {self.name} {self.version}, tasks {', '.join(self.tasks)}>"

    def labels(self, task: str) -> tuple[str, ...]:
        """The label names of a task, in the codebook's order."""
        return tuple(self.tasks[task].labels)

    def version_like(self, version: str) -> str | None:
        """The version, this one's or an accepted one, that is meant: a spreadsheet turns 1.0 into 1. `None` where there is none."""
        bare = re.compile(r"(\.0)+$").sub
        return next((known for known in (self.version, *self.accepts) if bare("", known) == bare("", version.strip())), None)

    @property
    def also_task(self) -> str | None:
        return next((name for name, task in self.tasks.items() if task.also), None)

    @property
    def digest(self) -> str:
        """SHA-256 of what the codebook says; comments and layout do not count. One that is made of another has that one's."""
        return self._of or _digest(self.model_dump())

    @property
    def meaning(self) -> str:
        """Digest of what an annotator goes by in all tasks, 16 hexadecimal digits: what annotations carry."""
        return _digest({name: self.task_meaning(name) for name in self.tasks})[:16]

    def task_meaning(self, task: str) -> str:
        """Digest of what a label of this task means: where it changes, labels and models of the task are stale.

        Target, unit, question, kind, definitions and tie rules count; examples, and what only some models read, do not.
        """
        entry = self.tasks[task]
        definitions = {name: label.definition for name, label in entry.labels.items()}
        return _digest([self.target, self.unit, entry.question, entry.kind, entry.also, definitions, entry.ties])[:16]


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a codebook file, for editors that check and complete YAML."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Codebook.model_json_schema()}


def load_codebook(path: str | Path) -> Codebook:
    """Read and check a codebook.

    Parameters
    ----------
    path : a YAML file: name, version, target, and tasks with their labels and definitions.

    Returns
    -------
    Codebook

    Raises
    ------
    InputError : The file is not sound: names file, line and what is allowed.
    """
    return strict_yaml.validate(strict_yaml.load(Path(path)), Codebook)
