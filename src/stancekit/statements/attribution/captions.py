"""Lines that say whose words the ones beside them are: `Name, role:` or `Response from X` before a quotation, `— Name` after one."""

import re
from collections.abc import Collection, Sequence

from stancekit.statements.clauses.subjects import Chunk, main_subject, right_subject
from stancekit.statements.clauses.verbs import has_verb
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import PREPOSITIONS, SAYING_NOUNS
from stancekit.statements.segmentation.lines import is_signature
from stancekit.statements.segmentation.segment import Unit
from stancekit.statements.text.tokens import QUOTE, Token

_WORDS_OF = re.compile(r"(?:Those|These) (?:were|are) the words of |So (?:said|says|wrote) ")
_DASHES = frozenset("—–-")


def is_signed(tokens: Sequence[Token]) -> bool:
    """Whether a sentence is a quotation, a dash and a name: `“…” — X, role`."""
    return len(tokens) > 2 and tokens[0].word == QUOTE and tokens[1].word in _DASHES and not has_verb(tokens[2:])


def signed_units(text: str, units: Sequence[Unit], names: Collection[int] = ()) -> dict[int, int]:
    """Map the numbers of sentences to that of the dash and the name after them: those of the line before it, or of its own line.

    The `names` under testimonials, by where they begin, need no dash.
    """
    found: dict[int, int] = {}
    for number, unit in enumerate(units):
        if number and (unit.start in names or _signs(text, unit)):
            last = number - 1
            while last >= 0 and units[last].kind == "sentence" and not (units[last].start in names or _signs(text, units[last])):
                found[last] = number
                if not last or "\n" in text[units[last - 1].end : units[last].start]:
                    break
                last -= 1
    return found


def _signs(text: str, unit: Unit) -> bool:
    if text[unit.start] in "TS":
        return bool(_WORDS_OF.match(text, unit.start, unit.end))
    return text[unit.start] in "—–―-" and is_signature(text[unit.start : unit.end])


def signatory(tokens: Sequence[Token]) -> Chunk:
    """Find the name after the dash or `the words of`, or the words that stand for one."""
    after = (
        0 if not tokens[0].is_word else next((i for i, token in enumerate(tokens) if token.low in ("of", "said", "says", "wrote")), -1) + 1
    )
    return right_subject(tokens, next((i for i in range(after, len(tokens)) if tokens[i].is_word and tokens[i].word != QUOTE), len(tokens)))


def captioned(tokens: Sequence[Token], *, colon: bool) -> Chunk:
    """Find whose words come next by a line that reports nothing: `Response from X`, `X, role`, `X’s statement`, `Here is X:`; `()` where it
    tells nobody.

    Without a `colon` a name alone or another heading tells nobody.
    """
    words = tokens[:-1] if tokens and tokens[-1].word == ":" else tokens
    if not words or any(token.word == QUOTE for token in words):
        return ()
    if has_verb(words) or words[0].low in ("here", "please"):
        return _presented(words) if colon else ()
    for index, token in enumerate(words[:-1]):
        if token.entity is None and token.low in ("from", "by", "of") and (index == 0 or _is_saying(words[index - 1])):
            return right_subject(words, index + 1)
    posted = words[0].entity is not None and len(words) > 2 and words[1].word in (",", "(") and any(nouns.is_role(t.low) for t in words[2:])
    if posted:
        return (words[0],)
    owner = next((i for i, token in enumerate(words) if token.possessive), None)
    if owner is not None and any(map(_is_saying, words[owner + 1 :])):
        return (*words[:owner], words[owner]._replace(possessive=False))
    subject = main_subject(words) if colon else ()
    speaks = any(t.entity is not None or nouns.is_role(t.low) or nouns.singular(t.low) in nouns.ORGANISATION_NOUNS for t in subject)
    return subject if speaks else ()


def _presented(tokens: Sequence[Token]) -> Chunk:
    """The person last named in a sentence but after a preposition, else the first: `Here is X:`, `Please attribute this to X of Y:`."""
    people = [i for i, t in enumerate(tokens) if t.entity is not None and t.entity.kind == "person" and not t.possessive]
    free = [i for i in people if not i or tokens[i - 1].low not in PREPOSITIONS]
    return (tokens[(free[-1:] or people)[0]],) if people else ()


def _is_saying(token: Token) -> bool:
    return not token.possessive and (token.low in SAYING_NOUNS or token.low in nouns.DOCUMENTS or token.low in ("this", "verdict", "word"))
