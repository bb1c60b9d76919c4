"""The words by which English news text reports what somebody said, thought or wrote."""

import re
from dataclasses import dataclass
from typing import Literal

from stancekit.statements.wordlist import words

CueClass = Literal["say", "report", "found", "beside", "weak"]
Form = Literal["base", "s", "past", "ing"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a cue verb.

    `say` accepts any subject; `report` only one that can speak; `found` one that can speak or a document; `beside` only
    next to a quotation; `weak` (wants, plans, acts) counts only for quoted words.
    """

    lemma: str
    form: Form
    group: CueClass


_SAY = "say tell warn insist argue explain tweet retort quip"
_REPORT = (
    "add claim announce admit acknowledge deny confirm reply respond comment declare reiterate stress emphasise"
    " emphasize note remark recall joke write complain concede conclude contend assert allege maintain urge demand ask"
    " question pledge promise vow accuse criticise criticize condemn praise welcome lambast slam blast hail describe"
    " dub brand express voice air repeat predict believe think reject dismiss propose recommend highlight reveal"
    " disclose testify mention observe boast lament caution counter applaud denounce decry deplore reaffirm stipulate"
    " advise protest object rebuke rubbish laud commend defend attack dispute echo suggest signal state report implore"
    " beg thank apologise apologize fume hint advocate regret doubt vote blame"
)
_FOUND = "find show conclude estimate read underline outline"
_BESIDE = (
    "continue go begin finish laugh smile sigh shout cry scream whisper mutter snap exclaim plead muse wonder put"
    " agree recall enthuse gush gloat grumble groan interject intone offer opine post shrug summarise summarize"
)
_WEAK = (
    "want consider hope fear expect decide determine resolve seek plan call agree accept need know see feel refuse"
    " support oppose back threaten commit ensure require order rule instruct invite encourage list set lay label cite"
    " quote point raise speak talk refer hit make give provide use offer feature include liken mock brand term rate"
    " deem judge"
)
# Base, third person, past and -ing form.
_IRREGULAR = (
    "say says said saying, tell tells told telling, write writes wrote writing, think thinks thought thinking, "
    "find finds found finding, read reads read reading, go goes went going, begin begins began beginning, "
    "put puts put putting, seek seeks sought seeking, know knows knew knowing, see sees saw seeing, "
    "feel feels felt feeling, set sets set setting, lay lays laid laying, speak speaks spoke speaking, "
    "hit hits hit hitting, make makes made making, give gives gave giving, plan plans planned planning, "
    "refer refers referred referring, quip quips quipped quipping, slam slams slammed slamming, "
    "dub dubs dubbed dubbing, admit admits admitted admitting, beg begs begged begging, "
    "commit commits committed committing, snap snaps snapped snapping, shrug shrugs shrugged shrugging, "
    "show shows showed showing, plead pleads pleaded pleading"
)
# Forms that are more often something else: nouns, adjectives, nouns of states and plans.
_NEVER = words(
    "state states question stress air voice brand report reports comment comments blast dubs note notes reading"
    " finding findings rules list lists plan orders meaning objects stress needs seeing setting use uses back"
    " backs thinking writing reporting feeling beginning"
)


def _inflect(verb: str) -> tuple[str, str, str]:
    """Third person, past and -ing form of a regular verb."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), verb + "ed", verb + "ing"


def _build() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    groups: list[tuple[CueClass, str]] = [
        ("weak", _WEAK), ("beside", _BESIDE), ("found", _FOUND), ("report", _REPORT), ("say", _SAY),
    ]  # fmt: skip
    irregular = {base: (s, past, ing) for base, s, past, ing in (forms.split() for forms in _IRREGULAR.split(", "))}
    for group, verbs in groups:
        for verb in verbs.split():
            s, past, ing = irregular.get(verb) or _inflect(verb)
            forms: list[tuple[str, Form]] = [(verb, "base"), (ing, "ing"), (s, "s"), (past, "past")]
            for word, form in forms:
                if word not in _NEVER:
                    table[word] = Cue(verb, form, group)
    return table


CUES = _build()
"""Casefolded verb form → what it is."""

# "called for", "called on", "pointed out": a weak verb that reports with its particle.
PARTICLES = {
    "call": frozenset({"for", "on", "upon", "it"}),
    "point": frozenset({"out"}),
    "set": frozenset({"out"}),
    "lay": frozenset({"out"}),
    "hit": frozenset({"out", "back"}),
    "speak": frozenset({"out"}),
    "raise": frozenset({"concerns", "concern", "fears", "alarm", "questions", "objections", "doubts", "serious", "grave"}),
    "refer": frozenset({"to"}),
    "make": frozenset({"clear"}),
}
# Nouns that make a report of a verb: "issued a statement", "raised serious concerns".
STATEMENT_NOUNS = words("statement concerns concern warning call fears objections objection criticism criticisms")
ISSUES = words("issue issues issued issuing release released publish published")

AUXILIARIES = words(
    "has have had will would can could may might must shall should do does did is are was were be been being ’s 's"
    " ’ve 've ’d 'd ’ll 'll hasn’t hadn’t haven’t cannot"
)
BE = words("is are was were be been being get got")
ADVERBS = words(
    "also now then later again still already just even only ever never not today yesterday tonight once since soon"
    " often always here there too both all each however meanwhile further rather so thus instead though himself"
    " herself itself themselves earlier last this week month year monday tuesday wednesday thursday friday saturday"
    " sunday on"
)
SUBORDINATORS = words(
    "that which who whom whose because if when while whilst although though as unless after before since until till"
    " despite where wherever whether how what why than once following amid so"
)
PREPOSITIONS = words(
    "of from at for in on by to with among amongst behind under over within about against between during into across"
    " near through without alongside outside inside around like via upon towards toward including"
)

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*+")
_ACCORDING = re.compile(r"\b(?:according to|in the words of)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


def has_cue(sentence: str) -> bool:
    """Whether any word of the sentence outside its quotation marks may report speech."""
    outside = _QUOTED.sub(" ", sentence)
    for word in _WORD.findall(outside):
        cue = CUES.get(word.lower())
        if cue is not None and (cue.group in ("say", "report", "found") or (cue.group == "weak" and cue.lemma in _WEAK_SPEECH)):
            return True
    return bool(_ACCORDING.search(outside))


_WEAK_SPEECH = words("call want speak refer label term liken mock cite quote rate deem judge")
