"""The records that pass between the stages: frozen, without behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

from stancekit.edits import Edit

Kind = Literal["sentence", "heading", "boilerplate"]
Mode = Literal["direct", "mixed", "indirect", "letter", "narrator"]
Attribution = Literal["rule", "parse", "corrected"]

NARRATOR = "narrator"
"""Speaker and holder of a statement where nobody else is reported as speaking or acting."""


@dataclass(frozen=True, slots=True)
class Article:
    """One document.

    `id` is unique among the articles read together. `text` is exactly the file's text: offsets count its code points from 0; of an
    export of many articles it is the article's slice, and offsets count from where that begins. `title`, `date` (ISO 8601 where the
    input's can be read), `outlet`, `url`, `section`, `byline` and `language` (ISO 639-1) are `None` where they are not known. `furniture`
    counts the words that the file has beside: menus, headers, footers, and of an export what stands before the first article and
    after the last. `repairs` are what was asked to be mended in `text`, which stays as it was read (see `edits`). `kept` has the
    columns of its row that were asked for (`--keep`), as text.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    section: str | None = None
    byline: str | None = None
    furniture: int = 0
    repairs: tuple[Edit, ...] = ()
    language: str | None = None
    kept: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence-level unit: `slice_text(article.text, start, end, joined) == text`, always.

    `id` is `<article_id>:<start>-<end>`, in code points of the article's text as it was read. `joined` are the edits in the span: lines
    that were joined, and repairs; without any `text` is `article.text[start:end]`. `kind` says whether it is a sentence, `mode` how
    speech is reported in it (`narrator` where none is), `cue` the word that reports it. `speaker` and `organisation` are one string
    each, joined by `"; "` for joint speakers; `holder` is a first guess at whose position is conveyed (annotation decides).
    `actor_kind` is the speaker's kind in the registry, or "person" or "organisation" where the form of the name tells; `attribution`
    says how the speaker was found and `attribution_confidence` (0 to 1) how often an attribution of its sort is right. `quotes` are the
    spans of quoted speech in the article, in code points, marks included, clipped to the statement. Units that are no sentences have
    no mode, speaker or holder, nor have those of an article in another language than English.
    """

    id: str
    article_id: str
    start: int
    end: int
    text: str
    kind: Kind = "sentence"
    mode: Mode | None = None
    speaker: str | None = None
    organisation: str | None = None
    cue: str | None = None
    holder: str | None = None
    actor_kind: str | None = None
    attribution: Attribution | None = None
    attribution_confidence: float | None = None
    quotes: tuple[tuple[int, int], ...] = ()
    joined: tuple[Edit, ...] = ()


ARTICLE_COLUMNS = ("date", "outlet", "title", "url", "language")
"""What a row of output has of the statement's article."""
ROW_COLUMNS = (*(field.name for field in fields(Statement)), *ARTICLE_COLUMNS, "target", "actor", "model")
"""All columns of a row of output but those of the tasks, and the user's own."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one of several annotators gave a statement, as in their own `Annotation`."""

    annotator: str
    holder: str
    labels: Mapping[str, str | tuple[str, ...]]
    also: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotator's labels for one statement under one codebook version.

    `statement_id`, `article_id`, `start`, `end`, `text` and `joined` are the statement's, offsets in code points of the article;
    `holder` is whose position it conveys; `annotator` who labelled it; `note` a free remark. `labels` maps each single-label task to
    its label and each multi-label task to its labels, in the codebook's order; a task that is not there is not labelled. `also` holds
    further labels of the task that allows them. `codebook_version` and `codebook_digest` are those of the definitions applied, the
    digest empty where it is not known. `soft` holds, where the row sums up several annotators, task → label → probability, and `given`
    what each of them gave, where they differ or have left a note.
    """

    statement_id: str
    article_id: str
    start: int
    end: int
    text: str
    holder: str
    labels: Mapping[str, str | tuple[str, ...]]
    annotator: str
    codebook_version: str
    also: tuple[str, ...] = ()
    note: str = ""
    codebook_digest: str = ""
    soft: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    joined: tuple[Edit, ...] = ()
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelInput:
    """What a model may read of one statement; its template picks from these. `None` is "not known".

    `text` is the statement, `context` the sentence before it; `speaker` and `organisation` are who says it, `holder` whose position it
    conveys, `target` what stances are towards. `actor_kind` is the holder's kind by the registry of actors, or that of the speaker who
    is the holder; `masked` the text with the names of registered actors replaced by what they are, empty where no registry was asked.
    """

    text: str
    context: str = ""
    speaker: str | None = None
    organisation: str | None = None
    holder: str | None = None
    target: str = ""
    actor_kind: str | None = None
    masked: str = ""
