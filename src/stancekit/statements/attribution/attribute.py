"""Speaker attribution: one pass in reading order over the reporting clauses, with a discourse state."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stancekit.statements.attribution.captions import captioned, is_signed, signatory, signed_units
from stancekit.statements.attribution.confidence import SURE, confidence, naming, sort_of
from stancekit.statements.attribution.holders import actors_in
from stancekit.statements.attribution.letters import WRITERS, Block, letter_blocks, signatories
from stancekit.statements.attribution.select import choose_clue, is_unsaid, main_clue
from stancekit.statements.attribution.turns import turn_readings
from stancekit.statements.clauses.dependency import ParsedSentence
from stancekit.statements.clauses.parser import MAX_PARSED, Parser
from stancekit.statements.clauses.passives import is_told_of
from stancekit.statements.clauses.reporting_clauses import Clue, documents, find_clues
from stancekit.statements.clauses.subjects import Chunk, main_subject
from stancekit.statements.discourse.document import Document
from stancekit.statements.discourse.frames import Frame, captions, find_frames, frame_of
from stancekit.statements.discourse.gender import told_genders
from stancekit.statements.discourse.resolve import resolve
from stancekit.statements.discourse.state import Memory
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import CUES
from stancekit.statements.names.cast import KEEP_TOKENS
from stancekit.statements.quotations import Quote
from stancekit.statements.segmentation.lines import signed_below
from stancekit.statements.segmentation.lists import introduction, leads_in
from stancekit.statements.text.results import Hearing, Reading
from stancekit.statements.text.tokens import QUOTE, SPOKEN, Token
from stancekit.statements.text.types import Speaker, Speakers

_UNSIGNED = 0.6
"""How sure a letter's author is whom neither a signature nor the article names."""


@dataclass(slots=True)
class Attributions:
    """`readings` by unit number (sentences only); `quotes` by number of the quotation, without speakers where nobody was found."""

    readings: dict[int, Reading] = field(default_factory=dict)
    quotes: dict[int, Hearing] = field(default_factory=dict)


def attribute(document: Document, parser: Parser | None = None) -> Attributions:
    """Attribute each sentence and each speech quotation. The `parser` is asked where the rules are not sure."""
    reader = _Reader(document, parser)
    frames = list(find_frames(document)) if len(document.text) <= KEEP_TOKENS else None
    reader.memory.people.genders.update(told_genders(find_frames(document) if frames is None else frames))
    for frame in find_frames(document) if frames is None else frames:
        reader.read(frame)
    return reader.settle()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence's words and what they report; `main` are the words of its main clause's subject, `subject` whom they mean."""

    frame: Frame
    clues: list[Clue]
    speakers: list[Speakers]
    main: Chunk
    subject: Speakers

    @property
    def tokens(self) -> list[Token]:
        return self.frame.tokens


class _Reader:
    """Reads the sentences in order."""

    def __init__(self, document: Document, parser: Parser | None) -> None:
        self.document, self.text, self.quotes, self.parser = document, document.text, document.quotes, parser
        self.memory = Memory(document.cast)
        self.out = Attributions()
        self.letter_of = {n: block for block in letter_blocks(document.units, document.letters) for n in range(block.first, block.last)}
        self.turns = turn_readings(document)
        self.signed: dict[int, Hearing] = {}
        self.carried = 1.0
        self.led_in, self.leader = Hearing(), -1
        self.testimonials = frozenset(signed_below(self.text).values())
        self.signed_by = signed_units(self.text, document.units, self.testimonials)
        self.signatures = frozenset(self.signed_by.values())
        self.captioned: tuple[int, Speakers] = (-1, ())

    def settle(self) -> Attributions:
        """A sentence inside a quotation has the quotation's speakers, known once the quotation has ended."""
        for number, reading in self.out.readings.items():
            speech = [q for q in reading.quoted if self.quotes[q].is_speech]
            if speech and not reading.speakers and not reading.letter:
                self.out.readings[number] = replace(reading, heard=self._first(speech), actor=())
        return self.out

    def _first(self, quotations: Sequence[int]) -> Hearing:
        """Return the attribution of the first of these quotations that has a speaker."""
        heard = (self.out.quotes[q] for q in quotations if q in self.out.quotes)
        return next((hearing for hearing in heard if hearing.speakers), Hearing())

    def read(self, frame: Frame) -> None:
        """One sentence, or a heading that leads in to a list or a quotation."""
        self.memory.enter(bisect_right(self.document.entries, frame.unit.start))
        if frame.number in self.letter_of:
            if frame.unit.kind == "sentence":
                self._letter(frame)
            return
        if frame.number in self.turns:
            self.out.readings[frame.number] = self.turns[frame.number]
            self.memory.hear(self.turns[frame.number].speakers, spoke=True)
            return
        if frame.number in self.signatures or (frame.number in self.signed_by and not frame.masked):
            if frame.unit.kind == "sentence":
                self.out.readings[frame.number] = Reading(self._signed_line(frame), quoted=frame.quoted, frame=frame.words)
            return
        sentence = self._understand(frame)
        self._quotations(sentence)
        heard = self._speaker(sentence)
        if heard.cue is not None:
            self.carried = heard.confidence
        if frame.unit.kind != "heading" and heard.cue is None and self.led_in.speakers:
            heard = self._listed(frame) or heard
        self._remember(sentence, heard.speakers)
        if leads_in(self.text, frame.unit):
            self.led_in, self.leader = (heard, frame.number) if heard.speakers else (Hearing(), -1)  # for the items of a list
        self._caption(sentence, heard)
        if frame.unit.kind == "heading":
            return
        self.out.readings[frame.number] = Reading(
            heard,
            () if heard.speakers else self._actors(sentence),
            reports=sum(1 for clue, v in zip(sentence.clues, sentence.speakers, strict=True) if v and clue.group != "weak"),
            quoted=frame.quoted,
            frame=frame.words,
        )

    def _listed(self, frame: Frame) -> Hearing | None:
        """Return the attribution of an item of a list, from the list's introduction; None for any other sentence."""
        if introduction(self.text, self.document.units, frame.number) != self.leader:
            return None
        heard = replace(self.led_in, confidence=min(self.led_in.confidence, confidence("shared")))
        self.out.quotes.update({q: heard for q in frame.masked if self.quotes[q].is_speech})
        return heard

    def _understand(self, frame: Frame) -> _Sentence:
        """Clues and their speakers. Names are seen as far as each clue's subject, so that "it" looks back."""
        tokens = frame.tokens
        if frame.words:
            self.memory.people.sentence += 1
        clues = find_clues(tokens)
        main = main_subject(tokens)
        speakers: list[Speakers] = []
        named = [index for index, token in enumerate(tokens) if token.entity is not None]
        seen = 0
        for number, clue in enumerate(clues):
            begin = clue.subject[0].start if clue.subject else tokens[clue.index].start
            while seen < len(named) and tokens[named[seen]].start < begin:
                self._note(tokens, named[seen])
                seen += 1
            speakers.append(self._speakers(clue, clues[:number], speakers, tokens, main))
        subject = resolve(main, self.memory, anyone=False) if main else ()
        return _Sentence(frame, clues, speakers, main, subject)

    def _speakers(self, clue: Clue, before: Sequence[Clue], known: Sequence[Speakers], tokens: Sequence[Token], main: Chunk) -> Speakers:
        if clue.side == "inherit":
            prior = [v for c, v in zip(before, known, strict=True) if v and not c.subordinate and c.side != "by"]
            return prior[-1] if prior else resolve(main, self.memory, anyone=False) or next((v for v in reversed(known) if v), ())
        cue = CUES.get(clue.text.lower())
        doubtful = cue is not None and cue.group == "beside"  # things begin and go on too
        anyone = clue.group == "say" or (clue.beside_quote and not doubtful) or clue.text == "according to"
        speaks = clue.beside_quote and clue.group != "weak" and any(token.low == SPOKEN for token in tokens)
        return resolve(clue.subject, self.memory, anyone=anyone, speaks=speaks)

    def _quotations(self, sentence: _Sentence) -> None:
        """Give each quotation its speakers, from the sentence it begins in or, failing that, the one it ends in."""
        places = [i for i, token in enumerate(sentence.tokens) if token.word == QUOTE]
        for order, q in enumerate(sentence.frame.masked):
            quote = self.quotes[q]
            if not quote.is_speech or self.out.quotes.get(q):
                continue
            found = self._clued(quote, places[order], sentence) if order < len(places) else None
            if found is None and (whose := self._captioned(sentence.frame, quote)):
                found = Hearing(whose, None, "rule", confidence("led"))
            if found is None and quote.end <= sentence.frame.unit.end:
                speakers = self.memory.floating() or sentence.subject or self.memory.subject
                found = Hearing(speakers, None, "rule", confidence("floating", carried=self.carried))
            if found is not None:
                self.out.quotes[q] = found

    def _captioned(self, frame: Frame, quote: Quote) -> Speakers:
        """Whose words a quotation is by the line before it, or by the one under it."""
        if frame.number in self.signed_by:
            return self._signed_line(frame).speakers
        if is_signed(frame.tokens):
            return resolve(signatory(frame.tokens[1:]), self.memory, anyone=True)
        number, speakers = self.captioned
        return speakers if number == frame.number - 1 and quote.start == frame.unit.start else ()

    def _signed_line(self, frame: Frame) -> Hearing:
        """The name after the dash under a line, for the line; nobody for the name itself."""
        if frame.number in self.signatures:
            return Hearing()
        line = frame_of(self.document, self.signed_by[frame.number])
        signers = resolve(signatory(line.tokens), self.memory, anyone=True)
        if line.unit.start in self.testimonials:  # a first name alone
            signers = tuple(Speaker(v.name, None, "person") if v.name == v.organisation and " " not in v.name else v for v in signers)
        return Hearing(signers, None, "rule", confidence("led"))

    def _caption(self, sentence: _Sentence, heard: Hearing) -> None:
        """Keep whose words come next, where the unit is a line that says so."""
        frame = sentence.frame
        colon = leads_in(self.text, frame.unit)
        if captions(self.document, frame.number) and (colon or frame.unit.kind == "heading"):
            tells = sentence.main and sentence.main[-1].low in nouns.PRONOUNS  # `She was harder on X:`
            whose = () if tells else captioned(frame.tokens, colon=colon)
            speakers = heard.speakers or resolve(whose, self.memory, anyone=True)
            self.captioned = (frame.number, speakers)

    def _clued(self, quote: Quote, place: int, sentence: _Sentence) -> Hearing | None:
        """Who says a quotation by the sentence's clues or, where they are not sure, its parse; by the words that lead in to it."""
        begins = sentence.frame.unit.start <= quote.start
        chosen = choose_clue(place, sentence.tokens, sentence.clues, sentence.speakers, begins=begins)
        if begins and is_unsaid(place, sentence.clues, sentence.speakers, chosen):
            return Hearing() if quote.end <= sentence.frame.unit.end else None
        found, sure = None, False
        if chosen is not None:
            clue, speakers = sentence.clues[chosen], sentence.speakers[chosen]
            sort = sort_of(clue, place, sentence.tokens)
            found, sure = Hearing(speakers, clue.text, "rule", confidence(sort, naming(clue, speakers, self.memory))), sort in SURE
        if not sure and self.parser is not None and sentence.frame.words > 1:
            found = self._parsed(self.parser, place, sentence) or found
        led_in = begins and any(token.is_word and token.word != QUOTE for token in sentence.tokens[:place])
        if found is None and led_in and sentence.subject:
            told_of = is_told_of(sentence.tokens, sentence.main)
            return Hearing() if told_of else Hearing(sentence.subject, None, "rule", confidence("led"))
        return found

    def _parsed(self, parser: Parser, place: int, sentence: _Sentence) -> Hearing | None:
        """Who says a quotation by the parse: the subject of the verb above it."""
        start, end = sentence.frame.unit.start, sentence.frame.unit.end
        clue = ParsedSentence(sentence.tokens, parser.parse(self.text[start : min(end, start + MAX_PARSED)]), start).governor(place)
        speakers = self._speakers(clue, (), (), sentence.tokens, sentence.main) if clue is not None else ()
        if clue is None or not speakers:
            return None
        return Hearing(speakers, clue.text, "parse", confidence("parsed", naming(clue, speakers, self.memory)))

    def _actors(self, sentence: _Sentence) -> Speakers:
        """Who acts where nobody speaks: those who have a name ("Unions cannot …" is about no union in particular)."""
        if is_told_of(sentence.tokens, sentence.main, passives=False):
            return ()
        named = tuple(speaker for speaker in sentence.subject if speaker.name in self.memory.entities)
        return actors_in(sentence.tokens, sentence.main, named)

    def _speaker(self, sentence: _Sentence) -> Hearing:
        """Who speaks in the sentence by its own report, else in the first quotation in it."""
        main = main_clue(sentence.clues, sentence.speakers)
        if main is None or sentence.clues[main].group == "weak":
            return self._first(sentence.frame.masked)
        clue, speakers = sentence.clues[main], sentence.speakers[main]
        quoted = next((self.out.quotes[q] for q in sentence.frame.masked if q in self.out.quotes), None)
        if quoted is not None and quoted.speakers == speakers:
            return replace(quoted, cue=clue.text)
        return Hearing(
            speakers, clue.text, "rule", confidence("shared" if clue.side == "inherit" else "near", naming(clue, speakers, self.memory))
        )

    def _remember(self, sentence: _Sentence, speakers: Speakers) -> None:
        tokens = sentence.tokens
        for index, token in enumerate(tokens):
            if token.entity is not None:
                self._note(tokens, index)
        heard = speakers or sentence.subject
        self.memory.hear(heard, spoke=bool(speakers))
        if heard:
            self.memory.write(documents(tokens), heard)

    def _note(self, tokens: Sequence[Token], index: int) -> None:
        """A name has been read, or the members of a body."""
        entity = tokens[index].entity
        if entity is None:
            return
        self.memory.see(entity, tokens[index].start)
        if index + 1 < len(tokens) and tokens[index + 1].low == "members" and entity.kind != "person":
            self.memory.group = Speaker(f"{entity.name} members", entity.name, "group")

    def _letter(self, frame: Frame) -> None:
        heard = self._signed(self.letter_of[frame.number])
        named = {t.entity.name for t in frame.tokens if t.entity is not None and not t.possessive}
        acting = tuple(v for v in heard.speakers if v.name in named)
        self.out.readings[frame.number] = Reading(heard, acting if len(acting) == 1 < len(heard.speakers) else (), letter=True)

    def _signed(self, block: Block) -> Hearing:
        """Who signed: the names under the letter, else who the article says wrote it, else who spoke last."""
        if block.first not in self.signed:
            letter = block.letter
            known = signatories(self.document, letter) or self.memory.documents.get(letter.noun, ())
            speakers = known or self.memory.speakers or (WRITERS,)
            self.signed[block.first] = Hearing(speakers, None, "rule", confidence("letter", carried=1.0 if known else _UNSIGNED))
        return self.signed[block.first]
