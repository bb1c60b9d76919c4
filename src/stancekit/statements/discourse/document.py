"""An article as it is read, filled stage by stage: units, quotations, and the cast of people and organisations."""

from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.actors import Actors
from stancekit.statements.names.cast import Cast, find_cast
from stancekit.statements.quotations import Quote, find_quotes
from stancekit.statements.segmentation.letters import Letter, find_letters
from stancekit.statements.segmentation.lines import stripped_lines
from stancekit.statements.segmentation.segment import Unit, segment_lines


@dataclass(frozen=True, slots=True)
class Document:
    """What is found in `text` before anybody is heard in it; quotations and units are in the order of their start."""

    text: str
    letters: Sequence[Letter]
    units: Sequence[Unit]
    quotes: Sequence[Quote]
    cast: Cast


def read_document(text: str, actors: Actors) -> Document:
    """Read a text as far as who is named in it."""
    lines = list(stripped_lines(text))
    letters = find_letters(text, lines)
    units = segment_lines(text, lines, letters)
    return Document(text, letters, units, find_quotes(text, units), find_cast(text, units, actors))
