"""Who says each quotation and each sentence: one pass in reading order over the clues, with a memory of who is who."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stancekit.statements import nouns
from stancekit.statements.cast import Cast
from stancekit.statements.clauses import Clue, find_clues, main_subject
from stancekit.statements.entities import Voice, Voices, voice_of
from stancekit.statements.letters import letter_blocks, signature
from stancekit.statements.memory import Memory
from stancekit.statements.quotes import Quote
from stancekit.statements.references import resolve
from stancekit.statements.segment import Unit
from stancekit.statements.tokens import QUOTE, Token, attach, tokenise

_AUTHORING = frozenset("written wrote write writes sent sends published publishes issued issues penned produced signed drafted commissioned led".split())
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """Who speaks in a sentence, by which cue, and who acts in it where the narrator speaks.

    `clues` are the number of reports in the sentence, `outside` the words of it outside quotation marks.
    """

    voices: Voices
    cue: str | None
    actor: Voices = ()
    letter: bool = False
    clues: int = 0
    quoted: tuple[int, ...] = ()
    tokens: tuple[Token, ...] = ()


@dataclass(slots=True)
class Attributions:
    """`readings` by unit number (sentences only); `quotes` by number of the quotation."""

    readings: dict[int, Reading] = field(default_factory=dict)
    quotes: dict[int, Voices] = field(default_factory=dict)


def attribute(text: str, units: Sequence[Unit], quotes: Sequence[Quote], cast: Cast) -> Attributions:
    """Read the units in order; every speech quotation gets its voices, `()` where nobody can be found."""
    reader = _Reader(text, units, quotes, cast)
    return reader.read()


class _Reader:
    def __init__(self, text: str, units: Sequence[Unit], quotes: Sequence[Quote], cast: Cast) -> None:
        self.text, self.units, self.quotes, self.cast = text, units, quotes, cast
        self.memory = Memory(cast)
        self.out = Attributions()
        self.cues: dict[int, str | None] = {}
        self.letter_of = {n: block for block in letter_blocks(text, units) for n in range(*block)}
        self.signatories: dict[int, Voices] = {}

    def read(self) -> Attributions:
        spans = [(s, e, n) for n, quote in enumerate(self.quotes) if quote.type not in ("nested", "heading") for s, e in quote.segments]
        spans.sort()
        position = 0
        pending: list[tuple[int, Reading]] = []
        for number, unit in enumerate(self.units):
            while position < len(spans) and spans[position][1] <= unit.start:
                position += 1
            here = position
            inside: list[tuple[int, int, int]] = []
            while here < len(spans) and spans[here][0] < unit.end:
                inside.append(spans[here])
                here += 1
            if unit.kind == "sentence":
                self._sentence(number, unit, inside)
        return self._settle()

    def _settle(self) -> Attributions:
        """A sentence without a clue of its own, inside a quotation, has the quotation's voices, known once it has ended."""
        for number, reading in self.out.readings.items():
            speech = [q for q in reading.quoted if self.quotes[q].is_speech]
            if not reading.voices and speech and not reading.letter:
                first = next((q for q in speech if self.out.quotes.get(q)), speech[0])
                self.out.readings[number] = Reading(
                    self.out.quotes.get(first, ()), self.cues.get(first), (), False, reading.clues, reading.quoted, reading.tokens
                )
        return self.out

    def _sentence(self, number: int, unit: Unit, inside: Sequence[tuple[int, int, int]]) -> None:
        masked = [(max(s, unit.start), min(e, unit.end), q) for s, e, q in inside if self._is_masked(q)]
        tokens = tokenise(self.text, unit.start, unit.end, [(s, e) for s, e, _ in masked])
        tokens = attach(tokens, [(m.start, m.end, m.entity) for m in self.cast.mentions.get(number, ())])
        if number in self.letter_of:
            self._letter(number, tokens)
            return
        clues, voices = self._clues(tokens, bool(masked))
        speech = [(i, q) for i, q in enumerate(q for _, _, q in masked) if self.quotes[q].is_speech]
        places = [i for i, token in enumerate(tokens) if token.word == QUOTE]
        subject = resolve(main_subject(tokens), self.memory, anyone=False)
        main = _main_clue(clues, voices)
        for order, q in speech:
            self._quote(q, unit, places[order] if order < len(places) else 0, tokens, clues, voices, subject)
        speaker = voices[main] if main is not None else ()
        cue = clues[main].text if main is not None else None
        if main is not None and clues[main].group == "weak" or not speaker:
            speaker, cue = (), None
        if speech and not speaker:
            heard = [q for _, q in speech if self.out.quotes.get(q)]
            if heard:
                speaker, cue = self.out.quotes[heard[0]], self.cues.get(heard[0])
        self._look(tokens)
        self.memory.hear(speaker or subject, spoke=bool(speaker))
        self._documents(tokens, speaker or subject)
        strong = sum(1 for clue, v in zip(clues, voices, strict=True) if v and clue.group != "weak")
        self.out.readings[number] = Reading(
            speaker, cue, subject, False, strong, tuple(q for _, _, q in inside), tuple(tokens)
        )

    def _look(self, tokens: Sequence[Token]) -> None:
        """Names, and the members of a body, are in mind from now on."""
        for index, token in enumerate(tokens):
            if token.entity is None:
                continue
            self.memory.see(token.entity)
            if index + 1 < len(tokens) and tokens[index + 1].low == "members" and token.entity.kind != "person":
                self.memory.group = Voice(f"{token.entity.name} members", token.entity.name, "group")

    def _is_masked(self, q: int) -> bool:
        quote = self.quotes[q]
        return quote.is_speech or quote.end - quote.start > 60

    def _clues(self, tokens: Sequence[Token], quoted: bool) -> tuple[list[Clue], list[Voices]]:
        """The sentence's clues and the voices of each; names are seen as far as the cue, so "it" looks back."""
        clues = find_clues(tokens)
        voices: list[Voices] = []
        seen = 0
        for number, clue in enumerate(clues):
            begin = clue.subject[0].start if clue.subject else tokens[clue.index].start
            while seen < len(tokens) and tokens[seen].start < begin:
                entity = tokens[seen].entity
                if entity is not None:
                    self.memory.see(entity)
                seen += 1
            voices.append(self._voices(clue, clues[:number], voices, tokens, quoted))
        return clues, voices

    def _voices(self, clue: Clue, before: Sequence[Clue], known: Sequence[Voices], tokens: Sequence[Token], quoted: bool) -> Voices:
        if clue.side == "inherit":
            prior = [v for c, v in zip(before, known, strict=True) if v and not c.subordinate]
            return prior[-1] if prior else resolve(main_subject(tokens), self.memory, anyone=False) or (known[-1] if known else ())
        anyone = clue.group == "say" or clue.beside_quote or clue.text == "according to"
        pronoun = clue.subject[-1].low if clue.subject else ""
        if clue.subordinate and pronoun in nouns.PRONOUNS and not before:
            cataphor = self._cataphor(pronoun, clue, tokens)
            if cataphor:
                return cataphor
        return resolve(clue.subject, self.memory, anyone=anyone)

    def _cataphor(self, pronoun: str, clue: Clue, tokens: Sequence[Token]) -> Voices:
        """`While she said …, X added`: the pronoun of an opening clause is the subject of the main one."""
        if clue.index > 6:
            return ()
        for later in find_clues(tokens):
            if later.index > clue.index and later.side == "before" and later.subject[-1].entity is not None:
                entity = later.subject[-1].entity
                if (entity.kind == "person") == (pronoun in ("he", "she")) or entity.kind == "unknown":
                    return (voice_of(entity),)
        return ()

    def _quote(
        self, q: int, unit: Unit, place: int, tokens: Sequence[Token], clues: Sequence[Clue], voices: Sequence[Voices], subject: Voices
    ) -> None:
        """Give a quotation its voices, from the unit it begins in or, failing that, the unit it ends in."""
        quote = self.quotes[q]
        if self.out.quotes.get(q):
            return
        begins, ends = unit.start <= quote.start, quote.end <= unit.end
        chosen = _choose(place, tokens, clues, voices, begins=begins)
        if chosen is not None:
            self.out.quotes[q], self.cues[q] = voices[chosen], clues[chosen].text
        elif begins and subject and any(t.is_word and t.word != QUOTE for t in tokens[:place]):
            self.out.quotes[q], self.cues[q] = subject, None
        elif ends:
            outside = any(t.is_word and t.word != QUOTE for t in tokens)
            after = subject if outside else ()
            self.out.quotes[q], self.cues[q] = self.memory.speakers or after or self.memory.subject, None

    def _letter(self, number: int, tokens: Sequence[Token]) -> None:
        block = self.letter_of[number]
        if block[0] not in self.signatories:
            self.signatories[block[0]] = self._signed(block)
        signed = self.signatories[block[0]]
        named = {t.entity.name for t in tokens if t.entity is not None and not t.possessive}
        acting = tuple(v for v in signed if v.name in named)
        actor = acting if len(signed) > 1 and len(acting) == 1 else ()
        self.out.readings[number] = Reading(signed, None, actor, True)

    def _signed(self, block: tuple[int, int]) -> Voices:
        """Who signed: the names under the letter, else who the article says wrote it, else who spoke last."""
        names = [m.entity for n in signature(self.text, self.units, block[1]) for m in self.cast.mentions.get(n, ())]
        if names:
            return tuple(dict.fromkeys(voice_of(entity) for entity in names))
        return self.memory.documents.get("letter") or self.memory.speakers or (Voice("letter writers", None, "group"),)

    def _documents(self, tokens: Sequence[Token], voices: Voices) -> None:
        """Remember who wrote a document: `X has written a letter`, `In a letter to Y, X said`."""
        if not voices:
            return
        for index, token in enumerate(tokens):
            single = nouns.singular(token.low)
            if token.entity is None and single in nouns.DOCUMENTS:
                before = [t.low for t in tokens[max(0, index - 5) : index]]
                if "in" in before[-4:] or any(low in _AUTHORING for low in before):
                    self.memory.write([single], voices)


def _main_clue(clues: Sequence[Clue], voices: Sequence[Voices]) -> int | None:
    """The clue of the sentence as a whole: the first that is no subordinate or weak one, else the first that reports."""
    heard = [i for i, v in enumerate(voices) if v]
    for strong in (True, False):
        for i in heard:
            if clues[i].group != "weak" and (not strong or not clues[i].subordinate and clues[i].side != "inherit"):
                return i
    return heard[0] if heard else None


def _choose(place: int, tokens: Sequence[Token], clues: Sequence[Clue], voices: Sequence[Voices], *, begins: bool) -> int | None:
    """Which clue a quotation at token `place` belongs to."""
    heard = [i for i, v in enumerate(voices) if v]
    after = [i for i in heard if clues[i].index > place]
    before = [i for i in heard if clues[i].index < place]
    opens = not any(token.is_word and token.word != QUOTE for token in tokens[:place])
    near = [i for i in after if not any(t.word == QUOTE for t in tokens[place + 1 : clues[i].index])]
    if (opens or not begins) and near:
        return next((i for i in near if clues[i].group != "weak"), near[0])
    strong = [i for i in before if clues[i].group != "weak"] if begins else []
    if strong:
        last = strong[-1]
        later_weak = [i for i in before if clues[i].group == "weak" and i > last and clues[i].side == "before"]
        return later_weak[-1] if later_weak and voices[later_weak[-1]][0].kind != "document" and _clause_between(tokens, clues, last, later_weak[-1]) else last
    if near:
        strong_near = [i for i in near if clues[i].group != "weak"]
        if strong_near and not (begins and before):
            return strong_near[0]
    if begins and before:
        return before[-1]
    return near[0] if near else None


def _clause_between(tokens: Sequence[Token], clues: Sequence[Clue], first: int, second: int) -> bool:
    """Whether a new main clause begins between two cues (`X said no, but Y wants "…"`)."""
    return any(t.low in ("but", ";", "while", "whereas") for t in tokens[clues[first].index : clues[second].index])
