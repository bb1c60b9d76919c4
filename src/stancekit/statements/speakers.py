"""Who says each quotation and each sentence: one pass in reading order over the clues, with a memory of who is who."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stancekit.statements import nouns
from stancekit.statements.cast import Cast
from stancekit.statements.choices import choose_clue, main_clue
from stancekit.statements.clues import Clue, find_clues
from stancekit.statements.entities import Voice, Voices, voice_of
from stancekit.statements.holders import actors_in
from stancekit.statements.letters import letter_blocks, signature
from stancekit.statements.memory import Memory
from stancekit.statements.quotes import Quote
from stancekit.statements.readings import Reading
from stancekit.statements.references import resolve
from stancekit.statements.segment import Unit
from stancekit.statements.subjects import Chunk, main_subject
from stancekit.statements.tokens import QUOTE, Token, attach, mask, tokenise
from stancekit.statements.wordlist import words

_AUTHORING = words("written wrote write writes sent sends published publishes issued issues penned produced signed drafted")
_LONG = 60
"""A quotation of so many characters is kept out of the sentence's own words even where it is no speech."""

Inside = Sequence[tuple[int, int, int]]


@dataclass(slots=True)
class Attributions:
    """`readings` by unit number (sentences only); `quotes` by number of the quotation, `()` where nobody was found."""

    readings: dict[int, Reading] = field(default_factory=dict)
    quotes: dict[int, Voices] = field(default_factory=dict)


def attribute(text: str, units: Sequence[Unit], quotes: Sequence[Quote], cast: Cast) -> Attributions:
    """Who speaks in each sentence and each speech quotation of `text`."""
    reader = _Reader(text, units, quotes, cast)
    spans = sorted((s, e, n) for n, q in enumerate(quotes) if q.type not in ("nested", "heading") for s, e in q.segments)
    position = 0
    for number, unit in enumerate(units):
        while position < len(spans) and spans[position][1] <= unit.start:
            position += 1
        here = position
        while here < len(spans) and spans[here][0] < unit.end:
            here += 1
        if unit.kind == "sentence":
            reader.read(number, unit, spans[position:here])
    return reader.settle()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence's words and what they report; `main` are the words of its main clause's subject, `subject` whom they mean."""

    unit: Unit
    tokens: list[Token]
    clues: list[Clue]
    voices: list[Voices]
    main: Chunk
    subject: Voices


class _Reader:
    """Reads the sentences in order. `cues` holds the cue of each attributed quotation."""

    def __init__(self, text: str, units: Sequence[Unit], quotes: Sequence[Quote], cast: Cast) -> None:
        self.text, self.units, self.quotes, self.cast = text, units, quotes, cast
        self.memory = Memory(cast)
        self.out = Attributions()
        self.cues: dict[int, str | None] = {}
        self.letter_of = {n: block for block in letter_blocks(text, units) for n in range(*block)}
        self.signatories: dict[int, Voices] = {}

    def settle(self) -> Attributions:
        """A sentence inside a quotation has the quotation's voices, known once the quotation has ended."""
        for number, reading in self.out.readings.items():
            speech = [q for q in reading.quoted if self.quotes[q].is_speech]
            if speech and not reading.voices and not reading.letter:
                first = next((q for q in speech if self.out.quotes.get(q)), speech[0])
                voices = self.out.quotes.get(first, ())
                self.out.readings[number] = replace(reading, voices=voices, cue=self.cues.get(first), actor=())
        return self.out

    def read(self, number: int, unit: Unit, inside: Inside) -> None:
        """One sentence; `inside` are the quotation segments in it: start, end, number of the quotation."""
        masked = [(max(s, unit.start), min(e, unit.end), q) for s, e, q in inside if self._is_masked(q)]
        tokens = self.cast.tokens.get(number) or tokenise(self.text, unit.start, unit.end)
        if masked:
            tokens = mask(tokens, [(s, e) for s, e, _ in masked])
        if number in self.cast.mentions:
            tokens = attach(tokens, [(m.start, m.end, m.entity) for m in self.cast.mentions[number]])
        if number in self.letter_of:
            self._letter(number, tokens)
            return
        sentence = self._parse(unit, tokens)
        self._quotations([q for _, _, q in masked], sentence)
        speaker, cue = self._speaker([q for _, _, q in masked], sentence)
        self._remember(sentence, speaker)
        reports = sum(1 for clue, v in zip(sentence.clues, sentence.voices, strict=True) if v and clue.group != "weak")
        self.out.readings[number] = Reading(
            speaker,
            cue,
            () if speaker else self._actors(sentence),
            reports=reports,
            quoted=tuple(q for _, _, q in inside),
            frame=sum(1 for token in tokens if token.is_word and token.word != QUOTE),
        )

    def _is_masked(self, q: int) -> bool:
        quote = self.quotes[q]
        return quote.is_speech or quote.end - quote.start > _LONG

    def _parse(self, unit: Unit, tokens: list[Token]) -> _Sentence:
        """Clues and their voices. Names are seen as far as each clue's subject, so that "it" looks back."""
        clues = find_clues(tokens)
        main = main_subject(tokens)
        voices: list[Voices] = []
        seen = 0
        for number, clue in enumerate(clues):
            begin = clue.subject[0].start if clue.subject else tokens[clue.index].start
            while seen < len(tokens) and tokens[seen].start < begin:
                self._note(tokens, seen)
                seen += 1
            voices.append(self._voices(clue, clues[:number], voices, tokens, main))
        subject = resolve(main, self.memory, anyone=False) if main else ()
        return _Sentence(unit, tokens, clues, voices, main, subject)

    def _voices(self, clue: Clue, before: Sequence[Clue], known: Sequence[Voices], tokens: Sequence[Token], main: Chunk) -> Voices:
        if clue.side == "inherit":
            prior = [v for c, v in zip(before, known, strict=True) if v and not c.subordinate]
            return prior[-1] if prior else resolve(main, self.memory, anyone=False) or (known[-1] if known else ())
        pronoun = clue.subject[-1].low if clue.subject else ""
        if clue.subordinate and pronoun in nouns.PRONOUNS and not before:
            later = _cataphor(pronoun, clue, tokens)
            if later:
                return later
        anyone = clue.group == "say" or clue.beside_quote or clue.text == "according to"
        return resolve(clue.subject, self.memory, anyone=anyone)

    def _quotations(self, masked: Sequence[int], sentence: _Sentence) -> None:
        """Give each quotation its voices, from the sentence it begins in or, failing that, the one it ends in."""
        places = [i for i, token in enumerate(sentence.tokens) if token.word == QUOTE]
        for order, q in enumerate(masked):
            quote = self.quotes[q]
            if not quote.is_speech or self.out.quotes.get(q):
                continue
            found = self._clued(quote, places[order], sentence) if order < len(places) else None
            if found is None and quote.end <= sentence.unit.end:
                found = self.memory.speakers or sentence.subject or self.memory.subject, None
            if found is not None:
                self.out.quotes[q], self.cues[q] = found

    def _clued(self, quote: Quote, place: int, sentence: _Sentence) -> tuple[Voices, str | None] | None:
        """Voices and cue of a quotation by the sentence's clues, or by the subject of the words before it."""
        begins = sentence.unit.start <= quote.start
        chosen = choose_clue(place, sentence.tokens, sentence.clues, sentence.voices, begins=begins)
        if chosen is not None:
            return sentence.voices[chosen], sentence.clues[chosen].text
        led_in = begins and any(token.is_word and token.word != QUOTE for token in sentence.tokens[:place])
        return (sentence.subject, None) if led_in and sentence.subject else None

    def _actors(self, sentence: _Sentence) -> Voices:
        """Who acts where nobody speaks: those who have a name ("Unions cannot …" is about no union in particular)."""
        named = tuple(voice for voice in sentence.subject if voice.name in self.memory.voices)
        return actors_in(sentence.tokens, sentence.main, named)

    def _speaker(self, masked: Sequence[int], sentence: _Sentence) -> tuple[Voices, str | None]:
        """The sentence's own speaker and cue, else those of the first quotation in it."""
        main = main_clue(sentence.clues, sentence.voices)
        if main is not None and sentence.clues[main].group != "weak":
            return sentence.voices[main], sentence.clues[main].text
        for q in masked:
            if self.out.quotes.get(q):
                return self.out.quotes[q], self.cues.get(q)
        return (), None

    def _remember(self, sentence: _Sentence, speaker: Voices) -> None:
        tokens = sentence.tokens
        for index in range(len(tokens)):
            self._note(tokens, index)
        heard = speaker or sentence.subject
        self.memory.hear(heard, spoke=bool(speaker))
        if heard:
            self.memory.write(_documents(tokens), heard)

    def _note(self, tokens: Sequence[Token], index: int) -> None:
        """A name has been read, or the members of a body."""
        entity = tokens[index].entity
        if entity is None:
            return
        self.memory.see(entity)
        if index + 1 < len(tokens) and tokens[index + 1].low == "members" and entity.kind != "person":
            self.memory.group = Voice(f"{entity.name} members", entity.name, "group")

    def _letter(self, number: int, tokens: Sequence[Token]) -> None:
        block = self.letter_of[number]
        if block[0] not in self.signatories:
            self.signatories[block[0]] = self._signed(block)
        signed = self.signatories[block[0]]
        named = {t.entity.name for t in tokens if t.entity is not None and not t.possessive}
        acting = tuple(v for v in signed if v.name in named)
        self.out.readings[number] = Reading(signed, None, acting if len(acting) == 1 < len(signed) else (), letter=True)

    def _signed(self, block: tuple[int, int]) -> Voices:
        """Who signed: the names under the letter, else who the article says wrote it, else who spoke last."""
        names = [m.entity for n in signature(self.text, self.units, block[1]) for m in self.cast.mentions.get(n, ())]
        if names:
            return tuple(dict.fromkeys(voice_of(entity) for entity in names))
        return self.memory.documents.get("letter") or self.memory.speakers or (Voice("letter writers", None, "group"),)


def _cataphor(pronoun: str, clue: Clue, tokens: Sequence[Token]) -> Voices:
    """`While she said …, X added`: the pronoun of an opening clause is the subject of the main one."""
    if clue.index > 6:
        return ()
    for later in find_clues(tokens):
        entity = later.subject[-1].entity if later.index > clue.index and later.side == "before" else None
        if entity is not None and (entity.kind == "unknown" or (entity.kind == "person") == (pronoun in ("he", "she"))):
            return (voice_of(entity),)
    return ()


def _documents(tokens: Sequence[Token]) -> list[str]:
    """Kinds of document that the sentence's subject wrote: `X has written a letter`, `In a letter to Y, X said`."""
    found = []
    for index, token in enumerate(tokens):
        if token.entity is None and nouns.singular(token.low) in nouns.DOCUMENTS:
            before = [t.low for t in tokens[max(0, index - 5) : index]]
            if "in" in before[-4:] or any(low in _AUTHORING for low in before):
                found.append(nouns.singular(token.low))
    return found
