"""Letters reproduced in an article without quotation marks: extent and signatories."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter

from stancekit.statements.discourse.document import Document
from stancekit.statements.segmentation.letters import Letter, is_signatory, read_signature
from stancekit.statements.segmentation.segment import Unit
from stancekit.statements.text.types import Speaker, Speakers, speaker_of

_READ = 200

WRITERS = Speaker("letter writers", None, "group")
"""Speaker of a letter that names nobody."""


@dataclass(frozen=True, slots=True)
class Block:
    """A letter's body: the units from number `first` to `last`, exclusive."""

    first: int
    last: int
    letter: Letter


def letter_blocks(units: Sequence[Unit], letters: Iterable[Letter]) -> list[Block]:
    """Return each letter in order."""
    number = partial(bisect_left, units, key=attrgetter("start"))
    blocks = (Block(number(letter.start), number(letter.end), letter) for letter in letters)
    return [block for block in blocks if block.first < block.last]


def signatories(document: Document, letter: Letter) -> Speakers:
    """Return who signed the letter: the people named under it, each with the organisation named beside or below; whoever else is named
    there where no person is; `()` without a signature."""
    known = {entity.name: speaker_of(entity) for entity in document.cast.people}
    people: list[Speaker] = []
    other: tuple[Speaker, ...] = ()
    for place in letter.signature:
        number = bisect_left(document.units, place, key=attrgetter("start"))
        line = document.text[place : min(document.units[number].end, place + _READ)]
        names, body = read_signature(line)
        if names and (is_signatory(line) or not people):
            own = [known.get(name, Speaker(name, None, "person")) for name in names]
            people.extend(replace(speaker, organisation=speaker.organisation or body) for speaker in own)
        elif people and people[-1].organisation is None:
            people[-1] = replace(people[-1], organisation=body)
        elif not people and not other:
            found = document.cast.mentions.get(number, ())
            bare = Speaker(line.removeprefix("The ").removesuffix(","), None, "group")
            other = tuple(speaker_of(mention.entity) for mention in found) or (bare,)
    return tuple(dict.fromkeys(people)) or other
