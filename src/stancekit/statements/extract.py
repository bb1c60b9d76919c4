"""Article → statements: every unit with its mode, its speaker and a first guess of the holder."""

from stancekit.actors import Actors
from stancekit.records import NARRATOR, Article, Statement
from stancekit.statements.cast import find_cast
from stancekit.statements.entities import Voices
from stancekit.statements.holders import holder_of
from stancekit.statements.modes import mode_of
from stancekit.statements.quotes import Quote, find_quotes
from stancekit.statements.readings import Reading
from stancekit.statements.segment import Unit, segment
from stancekit.statements.speakers import attribute


def extract_statements(article: Article, actors: Actors | None = None) -> list[Statement]:
    """All units of the article in order; `article.text[s.start:s.end] == s.text` for each. Never raises.

    `actors` names those whom the article calls by aliases; without it people and organisations are told by their form.
    Units that are no sentences have no mode, speaker, organisation, cue or holder.
    """
    units = segment(article.text)
    quotes = find_quotes(article.text, units)
    cast = find_cast(article.text, units, actors if actors is not None else Actors())
    found = attribute(article.text, units, quotes, cast)
    return [_statement(article, unit, found.readings.get(number), quotes) for number, unit in enumerate(units)]


def _statement(article: Article, unit: Unit, reading: Reading | None, quotes: list[Quote]) -> Statement:
    identity = f"{article.id}:{unit.start}-{unit.end}"
    text = article.text[unit.start : unit.end]
    if reading is None:
        return Statement(identity, article.id, unit.start, unit.end, text, unit.kind)
    return Statement(
        identity, article.id, unit.start, unit.end, text, unit.kind,
        mode=mode_of(reading, quotes),
        speaker=_joined(reading.voices) or NARRATOR,
        organisation=organisation_of(reading.voices),
        cue=reading.cue,
        holder=holder_of(reading),
    )  # fmt: skip


def organisation_of(voices: Voices) -> str | None:
    """The voices' organisations joined by `"; "`, None where none is known."""
    known = dict.fromkeys(voice.organisation for voice in voices if voice.organisation)
    return "; ".join(known) or None


def _joined(voices: Voices) -> str:
    return "; ".join(dict.fromkeys(voice.name for voice in voices))
