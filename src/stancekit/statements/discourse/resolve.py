"""Reference resolution of subjects: names, roles, common nouns and pronouns."""

from collections.abc import Sequence

from stancekit.statements.clauses.verbs import has_verb
from stancekit.statements.discourse.descriptions import MAX_MENTION_WORDS, mention, written
from stancekit.statements.discourse.possessives import owner_of
from stancekit.statements.discourse.spokespeople import spokesperson
from stancekit.statements.discourse.state import Memory
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import ADVERBS, PREPOSITIONS
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.types import Entity, Speaker, Speakers, speaker_of
from stancekit.statements.text.wordlist import words

_TITLE_WORDS = 5
_BEFORE_NAMES = nouns.DETERMINERS | nouns.ROLE_MODIFIERS
_SOME = words("one another some several many most two three four")
_LEADS = words("but and however yet so meanwhile although though while also then still when as or nor because even")


def resolve(chunk: Sequence[Token], memory: Memory, *, anyone: bool, speaks: bool = False) -> Speakers:
    """Resolve a subject; `()` where it is nobody who speaks. `anyone` accepts a noun that is not known to.

    `speaks` tells that words of its own are quoted beside it, so that it is somebody.
    """
    words = _trim(chunk)
    if not words:
        return ()
    last = words[-1]
    if last.entity is None:
        pronoun = _pronoun(last.low, memory)
        if pronoun is not None:
            return pronoun
    if words[0].entity is None and words[0].low in PREPOSITIONS:
        return _named(words) or _last_name(words)
    if _ends_in_apposition(words):
        return _named(words)
    if len(words) > 2 and words[0].entity is None and words[0].low in _SOME and words[1].low == "of" and words[-1].entity is None:
        return (Speaker(written(words[:MAX_MENTION_WORDS]), None, "person" if words[0].low in ("one", "another") else "group"),)
    head, tail = _head(words)
    return _named(head) or _described(head, tail, memory, anyone=anyone, speaks=speaks)


def _ends_in_apposition(words: Sequence[Token]) -> bool:
    """`the former Speaker of the House X said`: a person named right after a role and what is said of it."""
    last = words[-1]
    if len(words) < 2 or last.entity is None or last.entity.kind != "person" or last.possessive:
        return False
    before = words[-2]
    if before.entity is not None:
        free = before.entity.kind == "organisation" and not before.possessive
    else:
        free = before.low not in PREPOSITIONS | nouns.DETERMINERS | {"and", "&", "or"}
    return free and any(nouns.is_role(word.low) for word in words[:-1])


def _trim(chunk: Sequence[Token]) -> list[Token]:
    words = [token for token in chunk if token.is_word and token.word != QUOTE]
    while (
        words
        and words[0].entity is None
        and (words[0].low in _LEADS or (words[0].low in ADVERBS and words[0].low not in ("both", "all", "on")))
    ):
        words = words[1:]
    return words


def _pronoun(low: str, memory: Memory) -> Speakers | None:
    if low in nouns.SPEAKER_SELF:
        return ()
    if low in ("he", "she"):
        return memory.he_or_she("m" if low == "he" else "f")
    if low == "it":
        return memory.it()
    if low == "they":
        return memory.they()
    return None


def _last_name(words: Sequence[Token]) -> Speakers:
    found = next((token.entity for token in reversed(words) if token.entity is not None and not token.possessive), None)
    return () if found is None else (speaker_of(found),)


def _head(words: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The noun phrase before its first preposition, and the rest."""
    for index, token in enumerate(words):
        if index and token.entity is None and token.low in PREPOSITIONS:
            return list(words[:index]), list(words[index:])
    return list(words), []


def _named(head: Sequence[Token]) -> Speakers:
    """Names that end the phrase: a person, an organisation, or several joined by "and" or before that by commas."""
    last = head[-1]
    if last.entity is None or last.possessive:
        return ()
    joined = [last.entity]
    index = len(head) - 2
    while index >= 0 and len(joined) < 6:
        at = index
        while at and index - at < _TITLE_WORDS and _is_title(head[at], at < index):
            at -= 1
        listed = len(joined) > 1 and at == index
        joins = head[at].entity is None and head[at].low in ("and", "&")
        earlier = _free_name(head, at - 1) if joins else _free_name(head, at) if listed else None
        if earlier is None:
            break
        joined.append(earlier)
        index = at - 1 - joins
    if len(joined) > 1 and has_verb(head):
        return (speaker_of(last.entity),)  # `X met Y and Z said`
    return tuple(speaker_of(entity) for entity in dict.fromkeys(reversed(joined)))


def _is_title(token: Token, titled: bool) -> bool:
    """What stands between "and" and a name: `X and the Y`, `X and her deputy Y`, `X and ABC chair Y`."""
    if token.entity is not None:
        return titled and token.entity.kind == "organisation"
    return token.low in _BEFORE_NAMES or nouns.is_role(token.low)


def _free_name(head: Sequence[Token], index: int) -> Entity | None:
    """Whom the token names, unless it is a possessive or no name."""
    return head[index].entity if index >= 0 and not head[index].possessive else None


def _described(head: list[Token], tail: list[Token], memory: Memory, *, anyone: bool, speaks: bool) -> Speakers:
    """A phrase that ends in a common noun: a spokesperson, a document, members, a role, a kind of organisation."""
    last = head[-1]
    low, single = last.low, nouns.singular(last.low)
    plural = single != low
    if low in nouns.SPOKES:
        return spokesperson(head, tail, memory)
    owner = owner_of(head[:-1], tail, memory)
    if single in nouns.DOCUMENTS:
        return _document(head, single, owner or _author(tail), memory)
    if low in ("members", "membership"):
        bodies = owner or tuple(v for v in memory.subject if v.organisation) or memory.it()
        return tuple(Speaker(f"{v.organisation} members", v.organisation, "group") for v in bodies if v.organisation) or mention(head)
    if low in ("leadership", "executive", "committee", "council", "board", "members", "conference", "team", "bosses", "chiefs") and owner:
        return owner
    if low in nouns.ORGANS and owner and low not in nouns.ORGANISATION_NOUNS:
        return owner
    if single in memory.cast.kinds and (not plural or single not in ("team", "force", "school")):
        named = _organisations(head, single, plural, memory)
        if named:
            return named
        return mention(head, "organisation")
    if nouns.is_role(low) or low.endswith("-year-old"):
        return _role(head, low, owner, memory)
    if low in nouns.PEOPLE or nouns.is_role(single):
        return _group(head, owner)
    if low in ("cent", "percent", "half", "third", "thirds", "quarter", "quarters", "majority"):
        return (memory.group,) if memory.group is not None else ()
    if owner and last.entity is None and not anyone:
        return ()
    if speaks and not plural and last.entity is None and head[0].low in ("the", "this", "that") and (heard := memory.people.the(low, None)):
        return heard  # whatever "the Scot" and "the top seed" are, they are people
    if low in memory.described:
        return memory.described[low]
    anyone = anyone or head[0].low in ("one", "another")
    return mention(head) if anyone and len(head) <= MAX_MENTION_WORDS and not last.possessive else ()


def _author(tail: Sequence[Token]) -> Speakers:
    """`the post by an unknown author on the site`: an author without a name."""
    if not tail or tail[0].low not in ("by", "from"):
        return ()
    end = next((i for i, token in enumerate(tail) if i and token.entity is None and token.low in PREPOSITIONS), len(tail))
    author = tail[1:end]
    return mention(author, "person" if nouns.is_role(author[-1].low) else "group") if author else ()


def _document(head: list[Token], noun: str, owner: Speakers, memory: Memory) -> Speakers:
    """The authors of a document, where the phrase or an earlier sentence names them."""
    if owner:
        memory.write([noun], owner)
        memory.thing = owner  # "it" is the document from here on
        return owner
    known = memory.documents.get(noun) if head[0].low in nouns.DETERMINERS and head[-1].low == noun else None
    return known or mention(head, "document")


def _organisations(head: list[Token], noun: str, plural: bool, memory: Memory) -> Speakers:
    """The organisation named in the phrase, or whom the noun means: one before, or after an indefinite article one to come."""
    bodies = (t.entity for t in reversed(head[:-1]) if t.entity is not None and t.entity.kind != "person")
    named = next((entity for entity in bodies if entity.name.lower() not in nouns.NATIONALITIES), None)
    if named is not None:
        own = next(token for token in head if token.entity is named)
        return mention(head, "organisation") if own.possessive and not named.sure and noun not in nouns.ORGANS else (speaker_of(named),)
    if plural:
        return memory.organisations(noun)
    if head[0].low in ("a", "an", "one", "another"):
        return memory.next_organisation(noun) if head[0].low != "another" else ()
    members = {token.low for token in head[:-1] if token.possessive}
    found = memory.organisation(noun) or memory.next_organisation(noun)
    return () if members and any(_is_another(speaker.name, noun, members, memory) for speaker in found) else found


def _is_another(name: str, noun: str, members: set[str], memory: Memory) -> bool:
    """Whether a name is no body of these members: a `Drivers’ Union` of nurses, or a body in full that nothing calls by the noun."""
    own = {word.strip("’'") for word in name.lower().split() if word.endswith(("s’", "s'")) or nouns.is_role(nouns.singular(word))}
    if own:
        return own.isdisjoint(members)
    return not name.isupper() and name in memory.entities and noun not in memory.entities[name].nouns


def _role(head: list[Token], role: str, owner: Speakers, memory: Memory) -> Speakers:
    """A role without a name: the person last named in it, the person last heard ("the striker"), or the words themselves."""
    known = memory.roles.get(role)
    organisation = next((v.organisation for v in owner if v.organisation), None)
    definite = head[0].low not in ("a", "an", "one", "another")
    if known is not None and definite and (organisation is None or known.organisation in (organisation, None)):
        return (known,)
    if head[0].low in ("the", "this", "that") and role not in nouns.OFFICES and (heard := memory.people.the(role, organisation)):
        return heard
    return tuple(Speaker(v.name, organisation, "person", nouns.gender_of(role)) for v in mention(head, "person"))


def _group(head: list[Token], owner: Speakers) -> Speakers:
    organisation = next((v.organisation for v in owner if v.organisation and v.kind == "organisation"), None)
    return tuple(Speaker(v.name, organisation, "group") for v in mention(head, "group"))
