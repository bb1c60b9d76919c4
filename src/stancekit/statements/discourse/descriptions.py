"""Descriptions as names of speakers whom the article does not name."""

from collections.abc import Sequence

from stancekit.statements.english import nouns
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.types import Speaker, Speakers

MAX_MENTION_WORDS = 7


def mention(head: Sequence[Token], kind: str = "document") -> Speakers:
    """Name a speaker by the description, without article or count."""
    words = [token for token in head if token.is_word]
    while len(words) > 1 and (
        words[0].low in nouns.DETERMINERS or words[0].word[0].isdigit() or words[0].low in ("nearly", "almost", "about", "over", "around")
    ):
        words = words[1:]
    name = written(words[-MAX_MENTION_WORDS:])
    if kind == "person":
        return (Speaker(name, None, "person"),)
    if kind == "organisation":
        return (Speaker(name, name, "organisation"),)
    return (Speaker(name, None, "group" if kind == "group" else "document"),)


def written(words: Sequence[Token]) -> str:
    """Write the words with their possessives: `parents’ charity`, `women’s charity`."""
    return " ".join(t.word + ("" if not t.possessive else "’" if _is_plural(t) else "’s") for t in words)


def _is_plural(owner: Token) -> bool:
    """Whether a possessive is an apostrophe alone: so it is written, or of a name so it is put."""
    return owner.low.endswith("s") and (owner.entity is not None or owner.end - owner.start == len(owner.word) + 1)
