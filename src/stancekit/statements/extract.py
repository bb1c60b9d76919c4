"""Article → statements: every unit with its mode, its speaker and a first guess of the holder."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from stancekit.actors import Actors
from stancekit.errors import refuse_paths
from stancekit.records import NARRATOR, Article, Statement
from stancekit.statements.attribution.attribute import attribute
from stancekit.statements.attribution.holders import holder_of
from stancekit.statements.attribution.kinds import Kinds
from stancekit.statements.attribution.modes import mode_of
from stancekit.statements.clauses.parser import Parser
from stancekit.statements.discourse.document import read_document
from stancekit.statements.quotations import Quote
from stancekit.statements.segmentation.segment import Unit
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.results import Reading
from stancekit.statements.text.types import Speakers


def extract_statements(article: Article, actors: Actors | None = None, *, parser: Parser | None = None) -> list[Statement]:
    """Cut an article into statements and attribute each: all units in order, `article.text[s.start:s.end] == s.text` for each.

    Units that are no sentences have no mode, speaker or anything that depends on it.

    Parameters
    ----------
    article : whose text is cut.
    actors : the registry of those whom the article calls by aliases; without it people and organisations are classified by name form.
    parser : of `stancekit.statements.clauses.parser.load_parser`, asked who speaks where the rules are not sure.

    Returns
    -------
    A statement a unit: sentences, and what is none (`kind`).

    Raises
    ------
    InputError : `article` or `actors` is a text or a path. Nothing else, whatever the text of the article.
    """
    refuse_paths(article=article, actors=actors)
    actors = actors if actors is not None else Actors()
    document = read_document(article.text, actors)
    readings = attribute(document, parser).readings
    kinds = Kinds(document.cast, actors)
    return [_statement(article, unit, readings.get(number), document.quotes, kinds) for number, unit in enumerate(document.units)]


def _statement(article: Article, unit: Unit, reading: Reading | None, quotes: Sequence[Quote], kinds: Kinds) -> Statement:
    identity = f"{article.id}:{unit.start}-{unit.end}"
    text = article.text[unit.start : unit.end]
    if reading is None:
        return Statement(identity, article.id, unit.start, unit.end, text, unit.kind)
    return Statement(
        identity, article.id, unit.start, unit.end, text, unit.kind,
        mode=mode_of(reading, quotes),
        speaker=_joined(reading.speakers) or NARRATOR,
        organisation=organisation_of(reading.speakers),
        cue=reading.heard.cue,
        holder=holder_of(reading),
        actor_kind=kinds.of(reading.speakers),
        attribution=reading.heard.attribution if reading.speakers else None,
        attribution_confidence=reading.heard.confidence if reading.speakers else None,
        quotes=_clipped(reading, unit, quotes),
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
