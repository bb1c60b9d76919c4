"""Data sets: statements, labels and articles joined."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from stancekit.actors import Actors
from stancekit.annotations import load_annotations
from stancekit.annotations.items import read_items
from stancekit.articles import ReadOptions, Rejected, read_articles
from stancekit.codebook import Codebook
from stancekit.codebook.single_label import learnable, learnable_labels, learnable_soft
from stancekit.data.inputs import kind_of_holder, model_inputs
from stancekit.errors import InputError, counted, refuse_paths
from stancekit.io.files import read_bytes, sha256
from stancekit.records import Annotation, Article, ModelInput, Statement
from stancekit.statements import extract_statements
from stancekit.statements.clauses.parser import Parser
from stancekit.tables import Table

HolderSource = Literal["annotated", "found"]
_SHOWN = 20
"""Partly labelled articles that a note names."""


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated statement. `input.holder` is as annotated; `found_holder` and its kind are what segmentation found.

    `labels` holds one label for each task of the data set's codebook; `also` and `soft` are the annotation's.
    """

    id: str
    article_id: str
    input: ModelInput
    found_holder: str | None
    labels: Mapping[str, str]
    also: tuple[str, ...] = ()
    soft: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    found_kind: str | None = None


@dataclass(frozen=True, repr=False)
class Dataset(Table):
    """The `examples` in the order of the articles and their text. `digests`: file → SHA-256.

    `codebook` holds the tasks that are modelled: of the annotations' codebook, what `learnable` makes of it. `undecided`
    are statements on which several annotators tie: there are shares to learn from, and no label to be scored against.
    `tests` names official test sets: name → row numbers, which never train. `segmented` says whether segmentation
    guessed the holders too; labelled rows that come without their articles have but the one they name. `notes` are what a reader of
    figures on the data should know of what was left out.
    """

    codebook: Codebook
    examples: tuple[Example, ...]
    digests: Mapping[str, str]
    undecided: tuple[Example, ...] = ()
    tests: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    segmented: bool = True
    notes: tuple[str, ...] = ()

    def about(self) -> str:
        size = counted(len(self.examples), "statement"), counted(len(set(self.article_ids)), "article")
        return f"{self.codebook.name} {self.codebook.version}, {size[0]} of {size[1]}, tasks {', '.join(self.codebook.tasks)}"

    def rows(self) -> list[dict[str, Any]]:
        """A row a statement: its id, its article's, what a model may read of it, and the label of each task."""
        return [{"id": e.id, "article_id": e.article_id, **asdict(e.input), **e.labels} for e in self.examples]

    def inputs(self, holder: HolderSource = "annotated") -> list[ModelInput]:
        """Return model inputs, (n,): with the annotated holder, or with the one that new coverage would have."""
        if holder == "annotated":
            return [e.input for e in self.examples]
        return [replace(e.input, holder=e.found_holder, actor_kind=e.found_kind) for e in self.examples]

    def labels(self, task: str) -> list[str]:
        """Return the labels of one task, (n,)."""
        return [e.labels[task] for e in self.examples]

    @cached_property
    def ids(self) -> list[str]:
        return [e.id for e in self.examples]

    @cached_property
    def article_ids(self) -> list[str]:
        return [e.article_id for e in self.examples]

    @cached_property
    def training(self) -> tuple[int, ...]:
        """The rows that may train a final model: all that are in no official test set."""
        tested = {row for rows in self.tests.values() for row in rows}
        return tuple(i for i in range(len(self.examples)) if i not in tested)


def join(
    statements: Sequence[Statement],
    annotations: Iterable[Annotation],
    codebook: Codebook,
    working: Codebook | None = None,
    actors: Actors | None = None,
    contexts: Sequence[str] | None = None,
) -> tuple[Example, ...]:
    """Return examples for the annotated sentences, in the order of the statements, with labels for the tasks of `working`.

    `contexts` : the sentence before each, where that is not the one before it among the statements.
    """
    working, actors = working or learnable(codebook), actors or Actors()
    by_id = {a.statement_id: a for a in annotations}
    sentences = [s for s in statements if s.kind == "sentence"]
    examples: list[Example] = []
    inputs = model_inputs(statements, codebook.target, actors)
    if contexts is not None:
        inputs = [replace(found, context=context) for found, context in zip(inputs, contexts, strict=True)]
    for s, found in zip(sentences, inputs, strict=True):
        if (a := by_id.get(s.id)) is not None:
            labels, soft = learnable_labels(a.labels, codebook, working), learnable_soft(a.soft, codebook, working)
            holder = a.holder or found.holder  # annotators can tie on the holder too
            shown = replace(found, holder=holder, actor_kind=kind_of_holder(holder, s, actors))
            examples.append(Example(s.id, s.article_id, shown, found.holder, labels, a.also, soft, found.actor_kind))
    return tuple(examples)


def read_dataset(
    articles: str | Path,
    annotations: str | Path,
    codebook: Codebook,
    actors: Actors | None = None,
    tasks: Sequence[str] = (),
    reading: ReadOptions | None = None,
    *,
    soft: bool = False,
    partial: bool = False,
    queue: bool = False,
    parser: Parser | None = None,
) -> Dataset:
    """Read articles and annotations, check them and join them. Every sentence must be annotated once, but for `partial` data.

    Parameters
    ----------
    articles : a file or folder of articles. annotations : a JSON Lines file.
    codebook : that the labels are checked against.
    actors : the registry by which speakers are named.
    tasks : the tasks and views to model; all tasks by default.
    reading : how the articles are read.
    soft : take statements on which several annotators tie as `undecided`; without it they are an error.
    partial : sentences without a row, or without a label for one of the tasks, take no part; `notes` says how many.
    queue : `articles` is a file of statements that were found in some, all or a queue of them, in the place of articles.
    parser : as for `extract_statements`.

    Returns
    -------
    Dataset : an example an annotated sentence, in the order of the articles and their text.

    Raises
    ------
    InputError : A file is not sound, a sentence is not annotated once, or none has a label for every task.
    """
    refuse_paths(codebook=codebook, actors=actors)
    articles, annotations, reading = Path(articles), Path(annotations), reading or ReadOptions()
    working = learnable(codebook, tasks)
    found, contexts = None, None
    if queue:
        items = read_items(articles, codebook)
        statements, contexts = [item.statement for item in items], [item.before for item in items]
        digests = {articles.name: sha256(read_bytes(articles))}
    else:
        read = list(read_articles([articles], reading))
        for item in read:
            if isinstance(item, Rejected):
                raise InputError(articles, item.reason)
        found = {a.id: a for a in read if isinstance(a, Article)}
        statements = [s for a in found.values() for s in extract_statements(a, actors, parser=parser, lines=reading.lines)]
        digests = {a.id: sha256(a.text.encode()) for a in found.values()}
    rows = load_annotations(annotations, codebook, found, statements, partial=soft or partial, complete=not partial)
    digests |= {annotations.name: sha256(read_bytes(annotations))}
    joined = join(statements, rows, codebook, working, actors, contexts)
    texts = {a.statement_id: a.text for a in rows}
    if others := [e.id for e in joined if e.input.text != texts[e.id]]:
        raise InputError(annotations, f"statement '{others[0]}' has another text than in {articles}")
    if partial:
        joined = tuple(e for e in joined if all(task in e.labels or (soft and task in e.soft) for task in working.tasks))
    for e in joined:
        if lost := [task for task in working.tasks if task not in e.labels and task not in e.soft]:
            raise InputError(annotations, f"statement '{e.id}' has neither a label nor shares for task '{lost[0]}'")
    decided = tuple(e for e in joined if len(e.labels) == len(working.tasks))
    if not decided:
        raise InputError(annotations, "holds no statement with a label for every task, so nothing can be scored")
    undecided = tuple(e for e in joined if len(e.labels) < len(working.tasks))
    notes = unlabelled([s.article_id for s in statements if s.kind == "sentence"], [e.article_id for e in joined], "article")
    return Dataset(working, decided, digests, undecided, notes=(*notes, *(_contested(decided, undecided) if soft else ())))


def unlabelled(every: Sequence[str], labelled: Sequence[str], unit: str) -> list[str]:
    """Say how many statements take no part for want of a label, and in which units; nothing where all are labelled.

    `every` and `labelled` : the article, or group, of each statement.
    """
    if len(every) == len(labelled):
        return []
    total, done = Counter(every), Counter(labelled)
    partly = [f"{name} ({done[name]} of {n})" for name, n in total.items() if 0 < done[name] < n]
    shown = ", ".join(partly[:_SHOWN]) + (f" and {len(partly) - _SHOWN} more" if len(partly) > _SHOWN else "")
    untouched = counted(sum(name not in done for name in total), unit)
    return [
        f"{len(labelled)} of {counted(len(every), 'statement')} are labelled; the others take no part. "
        f"Only partly labelled: {shown or f'no {unit}'}; not at all: {untouched}"
    ]


def _contested(decided: Sequence[Example], undecided: Sequence[Example]) -> list[str]:
    """Say on how many statements annotators differ, and how many of these no label can score."""
    differ = sum(any(max(shares.values()) < 1 for shares in e.soft.values()) for e in (*decided, *undecided))
    if not differ:
        return []
    left = f"on {len(undecided)} of these they tie: these train by their shares and are not scored" if undecided else "none is a tie"
    return [f"annotators differ on {differ} of {counted(len(decided) + len(undecided), 'statement')}; {left}"]
