"""Who says each quotation and each sentence: one pass in reading order over the clues, with a memory of who is who."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stancekit.statements import nouns
from stancekit.statements.cast import KEEP_TOKENS, Cast
from stancekit.statements.choices import choose_clue, main_clue
from stancekit.statements.clues import Clue, find_clues
from stancekit.statements.confidence import SURE, Naming, confidence, sort_of
from stancekit.statements.conjuncts import may_be_several
from stancekit.statements.cues import ADVERBS, AUXILIARIES, CUES
from stancekit.statements.entities import Voice, Voices, voice_of
from stancekit.statements.frames import SPOKEN, Frame, find_frames
from stancekit.statements.genders import told_genders
from stancekit.statements.governors import ParsedSentence
from stancekit.statements.holders import actors_in
from stancekit.statements.letters import letter_blocks, signatories
from stancekit.statements.memory import Memory
from stancekit.statements.parse import MAX_PARSED, Parser
from stancekit.statements.quotes import Quote
from stancekit.statements.readings import Hearing, Reading
from stancekit.statements.references import resolve
from stancekit.statements.segment import Unit
from stancekit.statements.subjects import Chunk, main_subject
from stancekit.statements.tokens import QUOTE, Token
from stancekit.statements.wordlist import words

_AUTHORING = words("written wrote write writes sent sends published publishes issued issues penned produced signed drafted")


@dataclass(slots=True)
class Attributions:
    """`readings` by unit number (sentences only); `quotes` by number of the quotation, without voices where nobody was found."""

    readings: dict[int, Reading] = field(default_factory=dict)
    quotes: dict[int, Hearing] = field(default_factory=dict)


def attribute(text: str, units: Sequence[Unit], quotes: Sequence[Quote], cast: Cast, parser: Parser | None = None) -> Attributions:
    """Who speaks in each sentence and each speech quotation of `text`. The `parser` is asked where the rules are not sure."""
    reader = _Reader(text, units, quotes, cast, parser)
    frames = list(find_frames(text, units, quotes, cast)) if len(text) <= KEEP_TOKENS else None
    reader.memory.people.genders.update(told_genders(frames if frames is not None else find_frames(text, units, quotes, cast)))
    for frame in frames if frames is not None else find_frames(text, units, quotes, cast):
        reader.read(frame)
    return reader.settle()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence's words and what they report; `main` are the words of its main clause's subject, `subject` whom they mean."""

    frame: Frame
    clues: list[Clue]
    voices: list[Voices]
    main: Chunk
    subject: Voices

    @property
    def tokens(self) -> list[Token]:
        return self.frame.tokens


class _Reader:
    """Reads the sentences in order."""

    def __init__(self, text: str, units: Sequence[Unit], quotes: Sequence[Quote], cast: Cast, parser: Parser | None) -> None:
        self.text, self.units, self.quotes, self.cast, self.parser = text, units, quotes, cast, parser
        self.memory = Memory(cast)
        self.out = Attributions()
        self.letter_of = {n: block for block in letter_blocks(text, units) for n in range(*block)}
        self.signatories: dict[int, Voices] = {}
        self.carried = 1.0

    def settle(self) -> Attributions:
        """A sentence inside a quotation has the quotation's voices, known once the quotation has ended."""
        for number, reading in self.out.readings.items():
            speech = [q for q in reading.quoted if self.quotes[q].is_speech]
            if speech and not reading.voices and not reading.letter:
                self.out.readings[number] = replace(reading, heard=self._first(speech), actor=())
        return self.out

    def _first(self, quotations: Sequence[int]) -> Hearing:
        """What is heard of the first of these quotations that anybody is heard in."""
        heard = (self.out.quotes[q] for q in quotations if q in self.out.quotes)
        return next((hearing for hearing in heard if hearing.voices), Hearing())

    def read(self, frame: Frame) -> None:
        """One sentence."""
        if frame.number in self.letter_of:
            self._letter(frame)
            return
        sentence = self._understand(frame)
        self._quotations(sentence)
        heard = self._speaker(sentence)
        if heard.cue is not None:
            self.carried = heard.confidence
        self._remember(sentence, heard.voices)
        self.out.readings[frame.number] = Reading(
            heard,
            () if heard.voices else self._actors(sentence),
            reports=sum(1 for clue, v in zip(sentence.clues, sentence.voices, strict=True) if v and clue.group != "weak"),
            quoted=frame.quoted,
            frame=frame.words,
        )

    def _understand(self, frame: Frame) -> _Sentence:
        """Clues and their voices. Names are seen as far as each clue's subject, so that "it" looks back."""
        tokens = frame.tokens
        if frame.words:
            self.memory.people.sentence += 1
        clues = find_clues(tokens)
        main = main_subject(tokens)
        voices: list[Voices] = []
        named = [index for index, token in enumerate(tokens) if token.entity is not None]
        seen = 0
        for number, clue in enumerate(clues):
            begin = clue.subject[0].start if clue.subject else tokens[clue.index].start
            while seen < len(named) and tokens[named[seen]].start < begin:
                self._note(tokens, named[seen])
                seen += 1
            voices.append(self._voices(clue, clues[:number], voices, tokens, main))
        subject = resolve(main, self.memory, anyone=False) if main else ()
        return _Sentence(frame, clues, voices, main, subject)

    def _voices(self, clue: Clue, before: Sequence[Clue], known: Sequence[Voices], tokens: Sequence[Token], main: Chunk) -> Voices:
        if clue.side == "inherit":
            prior = [v for c, v in zip(before, known, strict=True) if v and not c.subordinate]
            return prior[-1] if prior else resolve(main, self.memory, anyone=False) or (known[-1] if known else ())
        pronoun = clue.subject[-1].low if clue.subject else ""
        if pronoun in ("he", "she"):
            for earlier, heard in zip(reversed(before), reversed(known), strict=True):
                if earlier.side == "before" and self.memory.may_be(heard, "m" if pronoun == "he" else "f"):
                    return heard  # `X told Y that he …`
        if clue.subordinate and pronoun in nouns.PRONOUNS and not before:
            later = _cataphor(pronoun, clue, tokens)
            if later:
                return later
        cue = CUES.get(clue.text.lower())
        doubtful = cue is not None and cue.group == "beside"  # things begin and go on too
        anyone = clue.group == "say" or (clue.beside_quote and not doubtful) or clue.text == "according to"
        speaks = clue.beside_quote and clue.group != "weak" and any(token.low == SPOKEN for token in tokens)
        but = _others(tokens, clue) if pronoun in ("he", "she") else ()
        return resolve(clue.subject, self.memory, anyone=anyone, speaks=speaks, but=but)

    def _quotations(self, sentence: _Sentence) -> None:
        """Give each quotation its voices, from the sentence it begins in or, failing that, the one it ends in."""
        places = [i for i, token in enumerate(sentence.tokens) if token.word == QUOTE]
        for order, q in enumerate(sentence.frame.masked):
            quote = self.quotes[q]
            if not quote.is_speech or self.out.quotes.get(q):
                continue
            found = self._clued(quote, places[order], sentence) if order < len(places) else None
            if found is None and quote.end <= sentence.frame.unit.end:
                voices = self.memory.floating() or sentence.subject or self.memory.subject
                found = Hearing(voices, None, "rule", confidence("floating", carried=self.carried))
            elif found is not None:
                self.carried = found.confidence
            if found is not None:
                self.out.quotes[q] = found

    def _clued(self, quote: Quote, place: int, sentence: _Sentence) -> Hearing | None:
        """Who says a quotation by the sentence's clues or, where they are not sure, its parse; by the words that lead in to it."""
        begins = sentence.frame.unit.start <= quote.start
        chosen = choose_clue(place, sentence.tokens, sentence.clues, sentence.voices, begins=begins)
        found, sure = None, False
        if chosen is not None:
            clue, voices = sentence.clues[chosen], sentence.voices[chosen]
            sort = sort_of(clue, place, sentence.tokens)
            found, sure = Hearing(voices, clue.text, "rule", confidence(sort, self._naming(clue, voices))), sort in SURE
        if not sure and self.parser is not None and sentence.frame.words > 1:
            found = self._parsed(self.parser, place, sentence) or found
        led_in = begins and any(token.is_word and token.word != QUOTE for token in sentence.tokens[:place])
        if found is None and led_in and sentence.subject:
            return Hearing(sentence.subject, None, "rule", confidence("led"))
        return found

    def _parsed(self, parser: Parser, place: int, sentence: _Sentence) -> Hearing | None:
        """Who says a quotation by the parse: the subject of the verb above it."""
        start, end = sentence.frame.unit.start, sentence.frame.unit.end
        clue = ParsedSentence(sentence.tokens, parser.parse(self.text[start : min(end, start + MAX_PARSED)]), start).governor(place)
        voices = self._voices(clue, (), (), sentence.tokens, sentence.main) if clue is not None else ()
        if clue is None or not voices:
            return None
        return Hearing(voices, clue.text, "parse", confidence("parsed", self._naming(clue, voices)))

    def _naming(self, clue: Clue, voices: Voices) -> Naming:
        last = clue.subject[-1] if clue.subject else None
        if len(voices) == 1 and may_be_several(clue.subject):
            return "words"  # `the mayor and councillor X said`: one person or two
        if last is None or last.entity is not None:
            return "name"
        if last.low in nouns.PRONOUNS | nouns.RELATIVES:
            return "pronoun"
        return "noun" if voices[0].name in self.memory.voices else "words"

    def _actors(self, sentence: _Sentence) -> Voices:
        """Who acts where nobody speaks: those who have a name ("Unions cannot …" is about no union in particular)."""
        named = tuple(voice for voice in sentence.subject if voice.name in self.memory.voices)
        return actors_in(sentence.tokens, sentence.main, named)

    def _speaker(self, sentence: _Sentence) -> Hearing:
        """Who speaks in the sentence by its own report, else in the first quotation in it."""
        main = main_clue(sentence.clues, sentence.voices)
        if main is None or sentence.clues[main].group == "weak":
            return self._first(sentence.frame.masked)
        clue, voices = sentence.clues[main], sentence.voices[main]
        quoted = next((self.out.quotes[q] for q in sentence.frame.masked if q in self.out.quotes), None)
        if quoted is not None and quoted.voices == voices:
            return replace(quoted, cue=clue.text)
        return Hearing(voices, clue.text, "rule", confidence("shared" if clue.side == "inherit" else "near", self._naming(clue, voices)))

    def _remember(self, sentence: _Sentence, speaker: Voices) -> None:
        tokens = sentence.tokens
        for index, token in enumerate(tokens):
            if token.entity is not None:
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
        self.memory.see(entity, tokens[index].start, acts=_acts(tokens, index))
        if index + 1 < len(tokens) and tokens[index + 1].low == "members" and entity.kind != "person":
            self.memory.group = Voice(f"{entity.name} members", entity.name, "group")

    def _letter(self, frame: Frame) -> None:
        block = self.letter_of[frame.number]
        if block[0] not in self.signatories:
            self.signatories[block[0]] = self._signed(block)
        signed = self.signatories[block[0]]
        named = {t.entity.name for t in frame.tokens if t.entity is not None and not t.possessive}
        acting = tuple(v for v in signed if v.name in named)
        heard = Hearing(signed, None, "rule", confidence("letter"))
        self.out.readings[frame.number] = Reading(heard, acting if len(acting) == 1 < len(signed) else (), letter=True)

    def _signed(self, block: tuple[int, int]) -> Voices:
        """Who signed: the names under the letter, else who the article says wrote it, else who spoke last."""
        signed = signatories(self.text, self.units, block[1], self.cast.mentions)
        return signed or self.memory.documents.get("letter") or self.memory.speakers or (Voice("letter writers", None, "group"),)


def _acts(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb seems to follow the name."""
    following = next((t for t in tokens[index + 1 : index + 3] if not (t.low in ADVERBS or t.low.endswith("ly"))), None)
    if following is None or following.entity is not None or tokens[index].possessive:
        return False
    return following.low in AUXILIARIES or following.low in CUES or following.low.endswith("ed")


def _others(tokens: Sequence[Token], clue: Clue) -> tuple[str, ...]:
    """Whom a pronoun does not mean: those named after it in the sentence (`She told X`), and of `X, whom she called` X."""
    start = next((i for i, token in enumerate(tokens) if clue.subject and token.start == clue.subject[0].start), clue.index)
    named = [token.entity.name for token in tokens[start:] if token.entity is not None]
    if start > 2 and tokens[start - 1].low in ("whom", "who") and (entity := tokens[start - 3].entity or tokens[start - 2].entity):
        named.append(entity.name)
    return tuple(named)


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
