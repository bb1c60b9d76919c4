"""Letters reproduced in an article without quotation marks: extent and signatories."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from stancekit.statements.attribution.confidence import confidence
from stancekit.statements.discourse.document import Document
from stancekit.statements.names.cast import Mention
from stancekit.statements.segmentation.letters.find import Letter
from stancekit.statements.segmentation.letters.signatures import is_signatory, names_in, organisation_in
from stancekit.statements.segmentation.segment import Unit
from stancekit.statements.text.results import Hearing
from stancekit.statements.text.types import Speaker, Speakers, speaker_of

_READ = 200
_UNSIGNED = 0.6
"""How sure a letter's author is, among letters, whom neither a signature nor the article names."""

WRITERS = Speaker("letter writers", None, "group")
"""Speaker of a letter that names nobody."""


@dataclass(frozen=True, slots=True)
class Block:
    """A letter's body: the units from number `first` to `last`, exclusive."""

    first: int
    last: int
    letter: Letter


def letter_blocks(units: Sequence[Unit], letters: Iterable[Letter]) -> list[Block]:
    """Return each letter in order, from its salutation or the words that lead in to it to its sign-off or its signature, to where the
    article goes on, or to the end."""
    blocks = []
    for letter in letters:
        first, last = (bisect_left(units, place, key=attrgetter("start")) for place in (letter.start, letter.end))
        if first < last:
            blocks.append(Block(first, last, letter))
    return blocks


def writers(document: Document, letter: Letter, known: Speakers, last: Speakers) -> Hearing:
    """Attribute a letter to who signed it, else to who is `known` to have written it, else to who spoke `last`."""
    named = signatories(document, letter) or known
    return Hearing(named or last or (WRITERS,), None, "rule", confidence("letter", carried=letter.form if named else _UNSIGNED))


def signatories(document: Document, letter: Letter) -> Speakers:
    """Return who signed the letter: the people named under it, each with the organisation named beside or below; whoever else is named
    there where no person is; `()` without a signature."""
    people: list[Speaker] = []
    others: list[Speaker] = []
    line = ""
    for place in letter.signature:
        number = bisect_left(document.units, place, key=attrgetter("start"))
        unit, found = document.units[number], document.cast.mentions.get(number, ())
        line = document.text[unit.start : min(unit.end, unit.start + _READ)]
        bodies = [mention.entity.name for mention in found if mention.entity.kind == "organisation"]
        body = bodies[0] if bodies else organisation_in(line)
        named = _people(line, unit, found) if place in letter.names else []
        if named:
            people.extend(replace(speaker, organisation=speaker.organisation or body) for speaker in named)
        elif people and people[-1].organisation is None:
            people[-1] = replace(people[-1], organisation=body)
        elif not people:
            others.extend(speaker_of(mention.entity) for mention in found)
    if people or others:
        return tuple(dict.fromkeys(people or others))
    return (Speaker(line.removeprefix("The ").removesuffix(","), None, "group"),) if line else ()


def _people(line: str, unit: Unit, found: Sequence[Mention]) -> list[Speaker]:
    """The people whom a line of a signature begins with, as the article knows them or as the line has them."""
    people = []
    for name in names_in(line) if is_signatory(line) else []:
        start = unit.start + line.index(name)
        entity = next((m.entity for m in found if start <= m.start < start + len(name)), None)
        if entity is None or entity.kind != "organisation":
            people.append(speaker_of(entity) if entity is not None and entity.kind == "person" else Speaker(name, None, "person"))
    return people
