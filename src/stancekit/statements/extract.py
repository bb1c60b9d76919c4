"""Article → statements: every unit with its mode, its speaker and a first guess of the holder."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import starmap
from operator import itemgetter

from stancekit.actors import Actors
from stancekit.edits import Edited, Lines, slice_text
from stancekit.errors import refuse_paths
from stancekit.records import NARRATOR, Article, Statement
from stancekit.sources.languages import is_english
from stancekit.statements.attribution.attribute import attribute
from stancekit.statements.attribution.holders import holder_of
from stancekit.statements.attribution.kinds import Kinds
from stancekit.statements.attribution.modes import mode_of
from stancekit.statements.clauses.parser import Parser
from stancekit.statements.discourse.document import read_document
from stancekit.statements.quotations import Quote
from stancekit.statements.segmentation.lines import classify, stripped_lines
from stancekit.statements.segmentation.segment import Unit, segment_lines
from stancekit.statements.segmentation.wrapped import line_joins
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.results import Reading
from stancekit.statements.text.types import Speakers


def extract_statements(
    article: Article, actors: Actors | None = None, *, parser: Parser | None = None, lines: Lines = "auto"
) -> list[Statement]:
    """Cut an article into statements and attribute each: all units in order, `slice_text` of each span and its `joined` is its text.

    What is read is the text with its repairs and, where it is hard-wrapped, its lines joined. Units that are no sentences have no
    mode, speaker or anything that depends on it, nor have those of a text that is not `is_english`.

    Parameters
    ----------
    article : whose text is cut.
    actors : the registry of those whom the article calls by aliases; without it people and organisations are classified by name form.
    parser : of `stancekit.statements.clauses.parser.load_parser`, asked who speaks where the rules are not sure.
    lines : whether lines that were wrapped are joined: in a document that looks so, always or never.

    Returns
    -------
    A statement a unit: sentences, and what is none (`kind`).

    Raises
    ------
    InputError : `article` or `actors` is a text or a path. Nothing else, whatever the text of the article.
    """
    refuse_paths(article=article, actors=actors)
    edited = Edited(article.text, article.repairs)
    edited = edited.then(line_joins(edited.text, lines))
    if not is_english(edited.text, article.language):
        spans = list(stripped_lines(edited.text))
        units = segment_lines(edited.text, spans, classify(edited.text, spans), english=False, language=article.language)
        return [statement for _, _, statement in _bare(article, units, edited)]
    actors = actors if actors is not None else Actors()
    document = read_document(edited.text, actors)
    readings = attribute(document, parser).readings
    kinds = Kinds(document.cast, actors)
    return [
        _attributed(statement, unit, readings[number], document.quotes, kinds, edited) if number in readings else statement
        for number, unit, statement in _bare(article, document.units, edited)
    ]


def _bare(article: Article, units: Sequence[Unit], edited: Edited) -> Iterator[tuple[int, Unit, Statement]]:
    """Yield the units with their numbers as statements of the source; where two share a repair, the first has it."""
    until = 0
    for number, unit in enumerate(units):
        start, end = edited.span(unit.start, unit.end)
        start = max(start, until)
        if start < end:
            until = end
            joined = edited.within(start, end)
            text = slice_text(article.text, start, end, joined)
            yield number, unit, Statement(f"{article.id}:{start}-{end}", article.id, start, end, text, unit.kind, joined=joined)


def _attributed(bare: Statement, unit: Unit, reading: Reading, quotes: Sequence[Quote], kinds: Kinds, edited: Edited) -> Statement:
    return replace(
        bare,
        mode=mode_of(reading, quotes),
        speaker=_joined(reading.speakers) or NARRATOR,
        organisation=organisation_of(reading.speakers),
        cue=reading.heard.cue,
        holder=holder_of(reading),
        actor_kind=kinds.of(reading.speakers),
        attribution=reading.heard.attribution if reading.speakers else None,
        attribution_confidence=reading.heard.confidence if reading.speakers else None,
        quotes=tuple((max(bare.start, start), end) for start, end in starmap(edited.span, _clipped(reading, unit, quotes))),
    )  # fmt: skip


def _clipped(reading: Reading, unit: Unit, quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """What of the quoted speech lies in the unit."""
    clipped: list[Span] = []
    for q in dict.fromkeys(reading.quoted):
        segments = quotes[q].segments if quotes[q].is_speech else ()
        first, last = bisect_right(segments, unit.start, key=itemgetter(1)), bisect_left(segments, unit.end, key=itemgetter(0))
        clipped.extend((max(s, unit.start), min(e, unit.end)) for s, e in segments[first:last])
    return tuple(clipped)


def organisation_of(speakers: Speakers) -> str | None:
    """Join the speakers' organisations by `"; "`, None where none is known."""
    known = dict.fromkeys(speaker.organisation for speaker in speakers if speaker.organisation)
    return "; ".join(known) or None


def _joined(speakers: Speakers) -> str:
    return "; ".join(dict.fromkeys(speaker.name for speaker in speakers))
