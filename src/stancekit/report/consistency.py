"""What `metrics.json` says must fit together: names that are known, and lists as long as what they are of."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from stancekit.errors import InputError, nearest
from stancekit.report.contract import Metrics, Score
from stancekit.report.shape import shown

Fault = tuple[str, str, Collection[str]]
"""Where it is, what is wrong, what is allowed."""


def check_consistency(metrics: Metrics, path: object) -> None:
    """Raises `InputError` for the first part that does not fit the others, such as a score of a task that is not there."""
    for where, what, allowed in _faults(metrics):
        raise InputError(path, f"{where}: {what}", allowed)


def _faults(metrics: Metrics) -> Iterator[Fault]:
    tasks, schemes, recipes = metrics.tasks, metrics.schemes, metrics.recipes
    yield from _known("main_schemes", metrics.main_schemes, schemes)
    yield from _known("baselines", metrics.baselines, recipes)
    yield from _known("default", [metrics.default] if metrics.default else [], recipes)
    yield from _known("repeated", metrics.repeated, schemes)
    yield from _known("reads", metrics.reads, recipes)
    yield from _homes(metrics)
    yield from _words(metrics)
    yield from _scores(metrics)
    for key in ("differences", "default_differences"):
        for i, d in enumerate(getattr(metrics, key)):
            at = f"{key}[{i}]"
            yield from _known(f"{at}.task", [d.task], tasks)
            yield from _known(f"{at}.scheme", [d.scheme], schemes)
            yield from _known(f"{at}.model", [d.model], recipes)
            yield from _known(f"{at}.baseline", [d.baseline], recipes)
    for i, a in enumerate(metrics.ablation):
        at = f"ablation[{i}]"
        yield from _known(f"{at}.task", [a.task], tasks)
        yield from _known(f"{at}.scheme", [a.scheme], schemes)
        for name, recipe in (("text", a.text), ("with_holder", a.with_holder), ("actor", a.actor)):
            yield from _known(f"{at}.{name}", [recipe] if recipe is not None else [], recipes)
    yield from _statements(metrics)


def _homes(metrics: Metrics) -> Iterator[Fault]:
    yield from _known("homes", metrics.homes, metrics.tasks)
    for task, labels in metrics.tasks.items():
        if task not in metrics.homes:
            yield "homes", f"has no '{task}'", ()
            return
        homes = metrics.homes[task]
        yield from _known(f"homes.{task}", homes, labels)
        for label, articles in homes.items():
            yield from _known(f"homes.{task}.{label}", articles, metrics.articles)


def _words(metrics: Metrics) -> Iterator[Fault]:
    yield from _known("words", metrics.words, metrics.recipes)
    for recipe, tasks in metrics.words.items():
        yield from _known(f"words.{recipe}", tasks, metrics.tasks)
        for task, words in tasks.items():
            yield from _known(f"words.{recipe}.{task}", words, metrics.tasks.get(task, ()))


def _scores(metrics: Metrics) -> Iterator[Fault]:
    found: dict[tuple[str, str, str, str], int] = {}
    for i, s in enumerate(metrics.scores):
        at = f"scores[{i}]"
        yield from _known(f"{at}.recipe", [s.recipe], metrics.recipes)
        yield from _known(f"{at}.task", [s.task], metrics.tasks)
        yield from _known(f"{at}.scheme", [s.scheme], metrics.schemes)
        yield from _score(at, s, tuple(metrics.tasks.get(s.task, ())))
        key = (s.recipe, s.task, s.scheme, s.holder)
        if key in found:
            yield at, f"is of the same recipe, task, scheme and holder as scores[{found[key]}]", ()
        found.setdefault(key, i)
    for scheme in metrics.main_schemes or (["purged"] if "purged" in metrics.schemes else list(metrics.schemes)[:1]):
        for task in metrics.tasks:
            if not any((s.task, s.scheme) == (task, scheme) for s in metrics.scores):
                yield "scores", f"has none of task '{task}' under scheme '{scheme}'", ()


def _score(at: str, score: Score, labels: Sequence[str]) -> Iterator[Fault]:
    size = len(labels)
    if tuple(score.labels) != labels:
        yield f"{at}.labels", f"are not those of task '{score.task}'", labels
    if tuple(c.label for c in score.classes) != labels:
        yield f"{at}.classes", f"are not the labels of task '{score.task}'", labels
    if [len(row) for row in score.confusion] != [size] * size:
        yield f"{at}.confusion", f"is no table of {size} rows and columns, one a label", ()
    if len(score.by_seed) != len(score.seeds):
        yield f"{at}.by_seed", f"has {len(score.by_seed)} figures of {len(score.seeds)} seeds", ()
    for i, (_, label, _) in enumerate(score.unlearnable):
        yield from _known(f"{at}.unlearnable[{i}]", [label], labels)
    if (curve := score.coverage) is not None:
        if len(curve.accuracy) != len(curve.n):
            yield f"{at}.coverage.accuracy", f"has {len(curve.accuracy)} figures for {len(curve.n)} of n", ()
        if sorted(set(curve.n)) != curve.n or curve.n[0] < 1 or curve.n[-1] != score.n:
            yield f"{at}.coverage.n", f"does not rise to the n of the score, {score.n}", ()


def _statements(metrics: Metrics) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for i, s in enumerate(metrics.statements):
        at = f"statements[{i}]"
        if s.id in seen:
            yield f"{at}.id", f"'{s.id}' is that of statements[{seen[s.id]}] too", ()
        seen.setdefault(s.id, i)
        yield from _known(f"{at}.labels", s.labels, metrics.tasks)
        for task, labels in metrics.tasks.items():
            if task not in s.labels:
                yield f"{at}.labels", f"has no '{task}'", ()
                break
            yield from _known(f"{at}.labels.{task}", [s.labels[task]], labels)


def _known(where: str, names: Collection[str], known: Mapping[str, object] | Sequence[str]) -> Iterator[Fault]:
    """A name that is not among those known; one that stands there twice."""
    for name in names:
        if name not in known:
            yield where, f"{shown(name)} is not known{nearest(name, known)}", list(known)
    if len(set(names)) < len(names):
        yield where, "has a name twice", ()
