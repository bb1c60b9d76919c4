"""An article as it is read, filled stage by stage: units, quotations, and the cast of people and organisations."""

from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.actors import Actors
from stancekit.statements.names.cast import Cast, find_cast
from stancekit.statements.names.recase import recase
from stancekit.statements.quotations import Quote, find_quotes
from stancekit.statements.segmentation.entries import find_entries
from stancekit.statements.segmentation.letters import Letter, find_letters
from stancekit.statements.segmentation.lines import classify, stripped_lines
from stancekit.statements.segmentation.segment import Unit, segment_lines
from stancekit.statements.segmentation.turns import Turn, find_turns, split_lines


@dataclass(frozen=True, slots=True)
class Document:
    """What is found in `text` before anybody is heard in it; quotations and units are in the order of their start.

    `text` has the length of the source, but sentence case where that is in capitals. `entries` are where those of a live blog begin.
    """

    text: str
    letters: Sequence[Letter]
    turns: Sequence[Turn]
    entries: Sequence[int]
    units: Sequence[Unit]
    quotes: Sequence[Quote]
    cast: Cast


def read_document(text: str, actors: Actors) -> Document:
    """Read a text as far as who is named in it."""
    lines = list(stripped_lines(text))
    kinds = classify(text, lines)
    entries = find_entries(text, lines)
    turns = find_turns(text, lines, kinds, entries)
    text = recase(text, lines, [turn.who for turn in turns], actors)
    if turns:
        lines, labels = split_lines(text, lines, turns)
        kinds = [labels.get(line[0], kind) for line, kind in zip(lines, classify(text, lines), strict=True)]
    letters = find_letters(text, lines, kinds) if len(turns) < 2 else []
    units = segment_lines(text, lines, kinds, letters)
    cast = find_cast(text, units, actors, {turn.start for turn in turns})
    return Document(text, letters, turns, entries, units, find_quotes(text, units), cast)
