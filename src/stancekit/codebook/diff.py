"""Compare codebook versions; list stale labels and models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stancekit.codebook import Codebook, Label
from stancekit.codebook.single_label import learnable


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task of either version. Stale labels need another look, stale models training again; `reasons` say why."""

    task: str
    labels_stale: bool
    models_stale: bool
    reasons: tuple[str, ...]


def compare(old: Codebook, new: Codebook) -> list[TaskChange]:
    """Every task of both codebooks, in the new one's order, then those that went."""
    return [_change(task, old, new) for task in dict.fromkeys([*new.tasks, *old.tasks])]


def stale_tasks(meanings: Mapping[str, str], codebook: Codebook) -> list[str]:
    """The tasks, of those that models learn, whose digest is no longer that of the codebook, or which it no longer has."""
    now = learnable(codebook, [*codebook.tasks, *codebook.views])
    return [task for task, digest in meanings.items() if task not in now.tasks or now.task_meaning(task) != digest]


def describe(old: Codebook, new: Codebook) -> str:
    """The comparison in lines for a terminal."""
    changes = compare(old, new)
    lines = [f"{old.name} {old.version} → {new.name} {new.version}"]
    for change in changes:
        labels, models = ("stale" if stale else "hold" for stale in (change.labels_stale, change.models_stale))
        lines += [f"{change.task}: labels {labels}, models {models}", *(f"  {reason}" for reason in change.reasons)]
    lines += [f"view '{name}' changed" for name in sorted({*old.views, *new.views}) if old.views.get(name) != new.views.get(name)]
    stale = any(change.labels_stale for change in changes)
    if stale and old.version in new.accepts:
        lines.append(f"`accepts` takes annotations made under {old.version} all the same: that is its author's word, not the definitions'")
    if stale and old.version == new.version:
        lines.append(f"the version must change: labels made under {old.version} would be taken for the new ones")
    if not stale and old.version not in (new.version, *new.accepts):
        lines.append(f'no label is stale: with `accepts: ["{old.version}"]` the new version takes annotations made under the old one')
    return "\n".join(lines)


def _change(task: str, old: Codebook, new: Codebook) -> TaskChange:
    if task not in old.tasks:
        return TaskChange(task, True, True, ("is new: nothing is labelled yet",))
    if task not in new.tasks:
        return TaskChange(task, True, True, ("is gone",))
    meaning, reading = list(_meaning(task, old, new)), list(_reading(task, old, new))
    return TaskChange(task, bool(meaning), bool(meaning or reading), (*meaning, *reading, *_illustration(task, old, new)))


def _meaning(task: str, old: Codebook, new: Codebook) -> Iterator[str]:
    """What an annotator goes by: a label made under the old version may no longer be right."""
    if old.target != new.target:
        yield "the target changed"
    if old.unit != new.unit:
        yield "the unit changed"
    before, after = old.tasks[task], new.tasks[task]
    for name in ("question", "kind", "also", "ties"):
        if getattr(before, name) != getattr(after, name):
            yield f"`{name}` changed"
    for label, (was, now) in _labels(task, old, new).items():
        if was is None or now is None:
            yield f"label '{label}' is {'new' if was is None else 'gone'}"
        elif was.definition != now.definition:
            yield f"the definition of '{label}' changed"


def _reading(task: str, old: Codebook, new: Codebook) -> Iterator[str]:
    """What a model was made from besides: the labels hold, the model must be trained again."""
    if old.input != new.input:
        yield f"the input template changed: '{old.input}' → '{new.input}'"
    if list(old.tasks[task].labels) != list(new.tasks[task].labels) and old.tasks[task].labels.keys() == new.tasks[task].labels.keys():
        yield "the order of the labels changed"


def _illustration(task: str, old: Codebook, new: Codebook) -> Iterator[str]:
    """What changes neither: only a model that reads the hypotheses, keywords, sides or evaluative words notices."""
    changed: dict[str, list[str]] = {}
    for label, (was, now) in _labels(task, old, new).items():
        for name in ("examples", "counterexamples", "hypothesis", "keywords"):
            if was and now and getattr(was, name) != getattr(now, name):
                changed.setdefault(name, []).append(label)
    for name, labels in changed.items():
        effect = "for models that read it" if name in ("hypothesis", "keywords") else "nothing becomes stale"
        yield f"`{name}` of {', '.join(labels)} changed: {effect}"
    for name in ("sides", "evaluative_words"):
        if getattr(old.tasks[task], name) != getattr(new.tasks[task], name):
            yield f"`{name}` changed: for models that read them"


def _labels(task: str, old: Codebook, new: Codebook) -> dict[str, tuple[Label | None, Label | None]]:
    before, after = old.tasks[task].labels, new.tasks[task].labels
    return {label: (before.get(label), after.get(label)) for label in dict.fromkeys([*after, *before])}
