"""Invented news articles with the speaker of each quotation known by construction.

The articles are in `invented_articles`: a half to write rules by, and a half held out, looked at for measuring only.
An article is written with a line a paragraph. `{a}` is a generated person's full name, `{a.last}` the surname, `{a.first}`
the given name; `{X}` is a generated organisation, place or product. `<a:“…”>` marks a quotation and who says it: a key,
several keys joined by `+`, or after `=` words that name somebody who has no name, alternatives parted by `/`. The marks
are taken off and the speakers kept. Nobody in these articles exists.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stancekit.actors import fold

FOLDER = Path(__file__).parent / "invented_articles"

_FIRST = (
    "Mar Jon El Tam Ros Dav Kel Bren Sal Vin Per Lor Nad Ger Hol Im Or Thea Cas Dor",
    "in a eth iel by o ka ren ette an is win y dra mund",
)
_LAST = (
    "Har Whit Brad Cal Ost Ren Dun Thorn Mal Pick Sto Wex Fen Gar Lang Rush Kes Ald Corn Vos",
    "well ton ford ley mond wick man shaw gate by ser dale nard kins ova itz",
)
_PLACE = (
    "North East West Old Brack Larch Mill Stone Gray Winter Ash Copper Hazel Elm Raven",
    "field mere bury haven port combe bridge stead wood minster vale ham",
)
_MARK = re.compile(r"<(=?[^<>:]+):([“‘\"][^<>]*)>", re.DOTALL)
_FIELD = re.compile(r"\{(\w+)(?:\.(first|last))?\}")


@dataclass(frozen=True)
class Saying:
    """`text[start:end]` is a quotation with its marks; any of `accepted` names who says it, all of a tuple's together."""

    start: int
    end: int
    accepted: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Invented:
    id: str
    text: str
    sayings: tuple[Saying, ...]


def build(id: str, source: str, seed: int = 0) -> Invented:
    """The article with names drawn by `seed`. Its first line declares organisations: `X = % Hospital; Y = ^^^`.

    In a declaration `%` is a made-up place-like word and each `^` a capital letter.
    """
    draw = random.Random(f"{id}:{seed}")
    header, _, body = source.rstrip().partition("\n")
    names: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in header.split(";"))):
        key, _, pattern = part.partition(" = ")
        names[key] = re.sub(r"\^", lambda _: draw.choice("BCDFGHKLMNPRTVW"), re.sub("%", lambda _: _join(draw, _PLACE), pattern))
    taken: set[str] = set()

    def name(field: re.Match[str]) -> str:
        key, part = field.groups()
        if key not in names:
            first, last = _join(draw, _FIRST), _join(draw, _LAST)
            while last in taken or first in taken:
                first, last = _join(draw, _FIRST), _join(draw, _LAST)
            taken.update((first, last))
            names[key] = f"{first} {last}"
        full = names[key]
        return full if part is None else full.split()[0 if part == "first" else -1]

    marked = _FIELD.sub(name, body)
    text, sayings, end = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[end : found.start()]
        who, said = found.groups()
        named = tuple(names[key] for key in who.split("+")) if who[0] != "=" else ()
        accepted = (named,) if named else tuple((word,) for word in who[1:].split("/"))
        sayings.append(Saying(len(text), len(text) + len(said), accepted))
        text += said
        end = found.end()
    return Invented(id, text + marked[end:], tuple(sayings))


def straight(article: Invented) -> Invented:
    """The same with typewriter's quotation marks."""
    return Invented(article.id, article.text.translate(str.maketrans("“”‘’", "\"\"''")), article.sayings)


def says(found: str, saying: Saying) -> bool:
    """Whether names joined by `"; "` are those of the gold: equal when folded, or one the words of the other."""
    heard = [name for name in found.split("; ") if name]
    return any(
        len(heard) == len(names) and all(any(_alike(name, wanted) for name in heard) for wanted in names) for names in saying.accepted
    )


def _alike(found: str, wanted: str) -> bool:
    if fold(found) == fold(wanted):
        return True
    a, b = ({fold(word) for word in re.findall(r"[\w’'-]+", name.replace("’s", ""))} for name in (found, wanted))
    return bool(a and b) and (a <= b or b <= a)


def _join(draw: random.Random, parts: tuple[str, str]) -> str:
    return "".join(draw.choice(part.split()) for part in parts)


def articles(half: str, seed: int = 0) -> Iterator[Invented]:
    """The articles of the `development` or the `held_out` half; every third with typewriter's marks."""
    for number, path in enumerate(sorted((FOLDER / half).glob("*.txt"))):
        article = build(path.stem, path.read_text(encoding="utf-8"), seed)
        yield straight(article) if number % 3 == 2 else article
