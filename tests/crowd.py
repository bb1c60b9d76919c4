"""Made-up passes of several annotators over many articles, as large as one likes, by any codebook."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from stancekit.annotations import write_annotations
from stancekit.codebook import Codebook
from stancekit.records import Annotation

WORDS = [
    "the", "a", "of", "to", "and", "in", "that", "it", "is", "was", "for", "on", "with", "as", "by", "at", "from", "this", "be",
    "will", "has", "have", "they", "said", "plan", "schools", "union", "members", "inspection", "grade", "report", "council",
    "minister", "parents", "heads", "staff", "leaders", "concern", "support", "change", "reform", "delay", "pressure", "public",
    "evidence", "system", "local", "national", "week", "year", "ballot", "action", "court", "claim", "pilot", "card", "service",
]  # fmt: skip
KNOWN = 0.93
"""The share of statements an annotator has."""
RIGHT = 0.85


def crowd(
    codebook: Codebook, n: int, articles: int, *, annotators: int = 5, holders: int = 20, repeated: float = 0.1, seed: int = 0
) -> dict[str, list[Annotation]]:
    """`n` statements in so many articles.

    A share `repeated` of them comes from one pool of press releases: some word for word, some within other words. Each
    annotator lacks a few statements and tasks, and errs on some of the others; holders are of very unequal frequency.
    """
    random = np.random.default_rng(seed)
    names = [f"Body {i}" for i in range(holders)]
    weights = 1 / np.arange(1, holders + 1)
    pool = [_sentence(random) for _ in range(max(1, n // 40))]
    passes: dict[str, list[Annotation]] = {f"reader_{i}": [] for i in range(annotators)}
    homes = np.sort(random.integers(0, articles, n)).tolist()
    start = 0
    for i, home in enumerate(homes):
        start = 0 if i and home != homes[i - 1] else start
        text = _sentence(random)
        if random.random() < repeated:
            said = pool[int(random.integers(len(pool)))]
            text = said if random.random() < 0.5 else f"{text} {said}"
        where = (f"a{home:05}:{start}-{start + len(text)}", f"a{home:05}", start, start + len(text), text)
        truth = {task: int(random.integers(len(entry.labels))) for task, entry in codebook.tasks.items()}
        holder = int(random.choice(holders, p=weights / weights.sum()))
        for name, rows in passes.items():
            if random.random() > KNOWN:
                continue
            labels = {task: _answer(random, codebook, task, k) for task, k in truth.items() if random.random() < KNOWN}
            also = _further(random, codebook, labels)
            said_by = names[holder if random.random() < RIGHT else int(random.integers(holders))] if random.random() < KNOWN else ""
            rows.append(Annotation(*where, said_by, labels, name, codebook.version, also, codebook_digest=""))
        start += len(text) + 1
    return passes


def write_crowd(folder: Path, passes: dict[str, list[Annotation]]) -> list[Path]:
    files = [folder / f"{name}.jsonl" for name in passes]
    for path, rows in zip(files, passes.values(), strict=True):
        write_annotations(path, rows)
    return files


def _sentence(random: np.random.Generator) -> str:
    length = int(random.integers(8, 30))
    return " ".join([WORDS[i] for i in random.integers(0, len(WORDS), length).tolist()]).capitalize() + "."


def _answer(random: np.random.Generator, codebook: Codebook, task: str, truth: int) -> Any:
    names = codebook.labels(task)
    if codebook.tasks[task].kind == "multi":
        chosen = {truth, int(random.integers(len(names)))} if random.random() > RIGHT else {truth}
        return tuple(names[k] for k in sorted(chosen)) if random.random() > 0.1 else ()
    return names[truth if random.random() < RIGHT else int(random.integers(len(names)))]


def _further(random: np.random.Generator, codebook: Codebook, labels: dict[str, Any]) -> Sequence[str]:
    task = codebook.also_task
    if task is None or task not in labels or random.random() < 0.8:
        return ()
    return tuple(name for name in random.choice(codebook.labels(task), 2, replace=False).tolist() if name != labels[task])
