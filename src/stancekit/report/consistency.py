"""What `metrics.json` says must fit together: names that are known, and lists as long as what they are of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from stancekit.errors import InputError, nearest
from stancekit.report.contract import shown

Fault = tuple[str, str, Collection[str]]
"""Where it is, what is wrong, what is allowed."""

NAMES: tuple[tuple[str, tuple[str | int, ...]], ...] = (
    ("main_schemes", ("schemes",)), ("baselines", ("recipes",)), ("default", ("recipes",)), ("repeated", ("schemes",)),
    ("reads", ("recipes",)), ("homes", ("tasks",)), ("homes.*", ("tasks", 0)), ("homes.*.*", ("articles",)),
    ("words", ("recipes",)), ("words.*", ("tasks",)), ("words.*.*", ("tasks", 1)),
    ("scores.*.recipe", ("recipes",)), ("scores.*.task", ("tasks",)), ("scores.*.scheme", ("schemes",)),
    *((f"{key}.*.{end}", (names,)) for key in ("differences", "default_differences") for end, names in (
        ("task", "tasks"), ("scheme", "schemes"), ("model", "recipes"), ("baseline", "recipes"))),
    ("ablation.*.task", ("tasks",)), ("ablation.*.scheme", ("schemes",)), ("ablation.*.text", ("recipes",)),
    ("ablation.*.with_holder", ("recipes",)), ("ablation.*.actor", ("recipes",)),
    ("statements.*.labels", ("tasks",)), ("statements.*.labels.*", ("tasks", 1)),
)  # fmt: skip
"""Where names stand, and what must have them: a number stands for the key that this `*` matched."""
WHOLE = ("homes", "statements.*.labels")
"""Where every task must have its entry."""


def check_consistency(metrics: Mapping[str, Any], path: object) -> None:
    """Raises `InputError` for the first part that does not fit the others, such as a score of a task that is not there."""
    for where, what, allowed in chain(_names(metrics), _scores(metrics), _statements(metrics)):
        raise InputError(path, f"{where}: {what}", allowed)


def _names(metrics: Mapping[str, Any]) -> Iterator[Fault]:
    for place, (names, *inside) in NAMES:
        for where, keys, value in _parts({**metrics, "default": metrics.get("default") or None}, place.split(".")):
            known = metrics[str(names)]
            for number in inside:
                known = known[keys[int(number)]]
            yield from _known(where, [value] if isinstance(value, str) else value, known)
            if place in WHOLE and (missing := [task for task in metrics["tasks"] if task not in value]):
                yield where, f"has no '{missing[0]}'", ()


def _parts(value: Any, way: Sequence[str], where: str = "", keys: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    """(place, what each `*` stands for, value) of all that a way leads to; nothing where a part of it is missing."""
    if not way:
        yield where.removeprefix("."), keys, value
    elif way[0] != "*":
        if value.get(way[0]) is not None:
            yield from _parts(value[way[0]], way[1:], f"{where}.{way[0]}", keys)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _parts(inner, way[1:], f"{where}.{key}", (*keys, key))
    else:
        for i, inner in enumerate(value):
            yield from _parts(inner, way[1:], f"{where}[{i}]", (*keys, i))


def _scores(metrics: Mapping[str, Any]) -> Iterator[Fault]:
    found: dict[tuple[str, ...], int] = {}
    for i, s in enumerate(metrics["scores"]):
        yield from _score(f"scores[{i}]", s, list(metrics["tasks"].get(s["task"], ())))
        first = found.setdefault((s["recipe"], s["task"], s["scheme"], s["holder"]), i)
        if first < i:
            yield f"scores[{i}]", f"is of the same recipe, task, scheme and holder as scores[{first}]", ()
    schemes = metrics["schemes"]
    for scheme in metrics.get("main_schemes") or (["purged"] if "purged" in schemes else list(schemes)[:1]):
        for task in metrics["tasks"]:
            if not any((s["task"], s["scheme"]) == (task, scheme) for s in metrics["scores"]):
                yield "scores", f"has none of task '{task}' under scheme '{scheme}'", ()


def _score(at: str, score: Mapping[str, Any], labels: list[str]) -> Iterator[Fault]:
    size = len(labels)
    if score["labels"] != labels:
        yield f"{at}.labels", f"are not those of task '{score['task']}'", labels
    if [c["label"] for c in score["classes"]] != labels:
        yield f"{at}.classes", f"are not the labels of task '{score['task']}'", labels
    if [len(row) for row in score["confusion"]] != [size] * size:
        yield f"{at}.confusion", f"is no table of {size} rows and columns, one a label", ()
    if len(score["by_seed"]) != len(score["seeds"]):
        yield f"{at}.by_seed", f"has {len(score['by_seed'])} figures of {len(score['seeds'])} seeds", ()
    for i, (_, label, _) in enumerate(score["unlearnable"]):
        yield from _known(f"{at}.unlearnable[{i}]", [label], labels)
    if curve := score.get("coverage"):
        n, accuracy = curve["n"], curve["accuracy"]
        if len(accuracy) != len(n):
            yield f"{at}.coverage.accuracy", f"has {len(accuracy)} figures for {len(n)} of n", ()
        if sorted(set(n)) != n or n[0] < 1 or n[-1] != score["n"]:
            yield f"{at}.coverage.n", f"does not rise to the n of the score, {score['n']}", ()


def _statements(metrics: Mapping[str, Any]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for i, s in enumerate(metrics["statements"]):
        first = seen.setdefault(s["id"], i)
        if first < i:
            yield f"statements[{i}].id", f"'{s['id']}' is that of statements[{first}] too", ()


def _known(where: str, names: Collection[str], known: Collection[str]) -> Iterator[Fault]:
    """A name that is not among those known; one that stands there twice."""
    for name in names:
        if name not in known:
            yield where, f"{shown(name)} is not known{nearest(name, known)}", list(known)
    if len(set(names)) < len(names):
        yield where, "has a name twice", ()
