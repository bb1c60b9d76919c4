"""The codebook as classifiers see it: single-label tasks only, with views and multi-label tasks turned into such."""

from collections.abc import Mapping, Sequence

from stancekit.codebook import Codebook, Label, Sides, Task
from stancekit.errors import InputError, nearest

NO, YES = "no", "yes"


def learnable(codebook: Codebook, names: Sequence[str] = ()) -> Codebook:
    """A codebook of the named tasks and views; without names, of all tasks.

    A view becomes a task with the merged labels; a multi-label task `t` becomes a yes-or-no task `t_<label>` for each of
    its labels (binary relevance), since each may hold or not. Raises `InputError` for a name that is neither.
    """
    chosen = list(dict.fromkeys(names)) or list(codebook.tasks)
    tasks: dict[str, Task] = {}
    for name in chosen:
        if name in codebook.views:
            tasks[name] = _view(codebook, name)
        elif name not in codebook.tasks:
            known = [*codebook.tasks, *codebook.views]
            raise InputError("tasks", f"'{name}' is no task or view of the codebook{nearest(name, known)}", known)
        elif codebook.tasks[name].kind == "multi":
            tasks |= {f"{name}_{label}": _binary(codebook.tasks[name], label) for label in codebook.labels(name)}
        else:
            tasks[name] = codebook.tasks[name]
    if tasks == codebook.tasks:
        return codebook
    working = Codebook(**{**dict(codebook), "tasks": tasks, "views": {}})
    working._of = codebook.digest
    return working


def learnable_labels(labels: Mapping[str, str | tuple[str, ...]], codebook: Codebook, working: Codebook) -> dict[str, str]:
    """Labels by the codebook → labels by the codebook that `learnable` made of it; a task without label stays without."""
    binary = {f"{t}_{n}": (t, n) for t, entry in codebook.tasks.items() if entry.kind == "multi" for n in entry.labels}
    found: dict[str, str] = {}
    for task in working.tasks:
        if task in codebook.views:
            if (label := labels.get(codebook.views[task].of)) is not None:
                found[task] = _merged(codebook, task).get(str(label), str(label))
        elif task in codebook.tasks:
            if (label := labels.get(task)) is not None:
                found[task] = str(label)
        elif (several := labels.get(binary[task][0])) is not None:
            found[task] = YES if binary[task][1] in several else NO
    return found


def learnable_soft(soft: Mapping[str, Mapping[str, float]], codebook: Codebook, working: Codebook) -> dict[str, dict[str, float]]:
    """Probabilities by the codebook → those of the tasks and views of the working one that they speak of."""
    found: dict[str, dict[str, float]] = {}
    for task in working.tasks:
        source = codebook.views[task].of if task in codebook.views else task
        if source in soft:
            names = _merged(codebook, task) if task in codebook.views else {}
            shares: dict[str, float] = {}
            for label, share in soft[source].items():
                shares[names.get(label, label)] = shares.get(names.get(label, label), 0.0) + share
            found[task] = shares
    return found


def _merged(codebook: Codebook, view: str) -> dict[str, str]:
    """Label of the task → label of the view, for those that are merged."""
    return {label: name for name, labels in codebook.views[view].merge.items() for label in labels}


def _view(codebook: Codebook, name: str) -> Task:
    task, merged = codebook.tasks[codebook.views[name].of], _merged(codebook, name)
    labels: dict[str, Label] = {}
    for label, entry in task.labels.items():
        key = merged.get(label, label)
        before = labels.get(key)
        labels[key] = entry if before is None else Label(
            definition=f"{before.definition} {entry.definition}",
            examples=before.examples + entry.examples,
            keywords=before.keywords + entry.keywords,
        )  # fmt: skip
    return task.model_copy(update={"labels": labels, "also": False, "sides": _sides(task, merged)})


def _sides(task: Task, merged: Mapping[str, str]) -> Sides | None:
    """The sides by their merged labels; none where two of the three are merged into one."""
    if task.sides is None:
        return None
    three = {side: merged.get(label, label) for side, label in task.sides.model_dump(include={"favour", "against", "neither"}).items()}
    return task.sides.model_copy(update=three) if len(set(three.values())) == 3 else None


def _binary(task: Task, label: str) -> Task:
    entry = task.labels[label]
    negative = Label(definition=f"Does not hold: {entry.definition}")
    positive = Label(definition=entry.definition, examples=entry.examples, hypothesis=entry.hypothesis, keywords=entry.keywords)
    question, labels = f"{task.question} Is it {label}?", {NO: negative, YES: positive}
    return task.model_copy(update={"question": question, "kind": "single", "labels": labels})
