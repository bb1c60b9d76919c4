"""The words by which English news text reports what somebody said, thought or wrote."""

import re
from dataclasses import dataclass
from typing import Literal

from stancekit.statements.english.calendar import DAYS
from stancekit.statements.text.wordlist import words

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
    " beg thank apologise apologize fume hint advocate regret doubt vote blame reckon indicate assure clarify speculate"
    " remember recount characterise characterize portray chide scold ridicule counsel caution affirm rule deem"
)
_FOUND = "find show conclude estimate read underline outline"
_BESIDE = (
    "continue go begin finish laugh smile sigh shout cry scream whisper mutter snap exclaim plead muse wonder put"
    " agree enthuse gush gloat grumble groan interject intone offer opine post shrug summarise summarize snort chuckle grin nod yell"
    " bellow bark hiss murmur mumble correct counsel figure guess reason volunteer venture chant thunder deadpan beam recite reflect"
    " sob weep sniff scoff sneer crow roar rage storm text email message type sign sing preach lecture quaver gasp wail"
)
_WEAK = (
    "want consider hope fear expect decide determine resolve seek plan call agree accept need know see feel refuse"
    " support oppose back threaten commit ensure require order rule instruct invite encourage list set lay label cite"
    " quote point raise speak talk refer hit make give provide use offer feature include liken mock brand term rate"
    " judge embrace tout paint cast"
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
    "show shows showed showing, plead pleads pleaded pleading, nod nods nodded nodding, grin grins grinned grinning, "
    "weep weeps wept weeping, sing sings sang singing, cast casts cast casting, sob sobs sobbed sobbing"
)
# Forms that are more often something else: nouns, adjectives, nouns of states and plans.
_NEVER = words(
    "state states question stress air voice brand report reports comment comments blast dubs note notes reading"
    " finding findings rules list lists plan orders meaning objects stress needs seeing setting use uses back"
    " backs thinking writing reporting feeling beginning text texts email emails message messages type types sign signs figure figures"
    " reason reasons rule rules ruling rage storm storms crow crows cast bark lecture lectures venture ventures counsel guess paint cast"
)


# Of those, what reports before "that" or a quotation: "the report states that", "campaigners stress that".
CLAUSAL = {
    "states": Cue("state", "s", "report"), "reports": Cue("report", "s", "report"), "notes": Cue("note", "s", "report"),
    "stress": Cue("stress", "base", "report"), "report": Cue("report", "base", "report"),
    "writing": Cue("write", "ing", "report"), "reading": Cue("read", "ing", "report"),
}  # fmt: skip


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
    "point": frozenset({"out", "to"}),
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
# Nouns of saying: "X’s “…” comments", "his claim that “…”".
SAYING_NOUNS = words(
    "comment comments remark remarks claim claims assertion statement warning promise pledge description jibe jab quip joke tweet post"
    " speech call demand suggestion accusation allegation boast insult line phrase words question answer reply response prediction"
    " declaration verdict assessment argument complaint apology plea vow threat criticism message quote admission denial"
)
ISSUES = words("issue issues issued issuing release released publish published")

AUXILIARIES = words(
    "has have had will would can could may might must shall should do does did am is are was were be been being ’s 's"
    " ’ve 've ’d 'd ’ll 'll hasn’t hadn’t haven’t cannot"
)
BE = words("am is are was were be been being get got")
# Irregular pasts of things that are done rather than things that are so.
DID = words(
    "told took won made began gave went met held set left led sent wrote cut put lost built brought bought sold paid fought spent chose"
    " spoke grew ran saw"
)
ADVERBS = DAYS | words(
    "also now then later again still already just even only ever never not today yesterday tonight once since soon"
    " often always here there too both all each however meanwhile further rather so thus instead though himself"
    " herself itself themselves earlier last this week month year on"
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
