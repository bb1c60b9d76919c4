"""The seeds and the gold reading with every person and organisation under a generated name."""

import random
import re
from collections.abc import Callable
from typing import Any

from stancekit.actors import Actor, Actors

Gold = dict[str, list[dict[str, Any]]]

# Persons as (given names, surname); other spellings and short forms follow from the parts.
PERSONS = [
    ("Paul", "Whiteman"), ("Angi", "Gibson"), ("Pepe", "Di’Iasio"), ("Martyn", "Oliver"), ("Christine", "Gilbert"),
    ("Bridget", "Phillipson"), ("Steve", "Rollet"), ("Flora", "Cooper"), ("Ruth", "Perry"),
]  # fmt: skip
BODIES = ["NAHT", "ASCL", "NEU", "NASUWT", "Ofsted", "CST", "DfE"]


def rename(seeds: dict[str, str], gold: Gold, actors: Actors, style: str, seed: int) -> tuple[dict[str, str], Gold, Actors]:
    """Texts, gold rows with moved offsets, and the registry, all under generated names.

    `style` "acronyms" keeps acronyms acronyms and descriptive names descriptive; "words" makes all of them one word.
    """
    names = _names(style, seed)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(old)}(?![A-Za-z])" for old in sorted(names, key=len, reverse=True)))

    def renamed(text: str) -> str:
        return pattern.sub(lambda found: names[found.group()], text)

    texts = {file: renamed(text) for file, text in seeds.items()}
    rows: Gold = {}
    for file, old in gold.items():
        move = _mover(seeds[file], pattern, names)
        rows[file] = [
            row | {"start": move(row["start"]), "end": move(row["end"])} | {key: renamed(row[key]) for key in ("speaker", "organisation")}
            for row in old
        ]
    entries = [
        Actor(
            name=renamed(a.name),
            kind=a.kind,
            organisation=a.organisation and renamed(a.organisation),
            aliases=sorted({renamed(alias) for alias in a.aliases}),
        )
        for a in actors.actors
    ]
    return texts, rows, Actors(actors=entries)


def _mover(text: str, pattern: re.Pattern[str], names: dict[str, str]) -> Callable[[int], int]:
    shifts = [(found.end(), len(names[found.group()]) - len(found.group())) for found in pattern.finditer(text)]
    return lambda position: position + sum(shift for end, shift in shifts if end <= position)


def _names(style: str, seed: int) -> dict[str, str]:
    source = random.Random(seed)

    def word(syllables: int) -> str:
        return "".join(source.choice("bdfgklmnprstvz") + source.choice("aeiou") for _ in range(syllables)).capitalize()

    names: dict[str, str] = {}
    for body in BODIES:
        names[body] = "".join(source.choice("BCDFGHJKLMNPRTVW") for _ in body) if style == "acronyms" else word(3)
    names["Association of School and College Leaders"] = f"Association of {word(3)} Leaders" if style == "acronyms" else word(4)
    names["National Education Union"] = f"{word(2)} {word(2)} Union" if style == "acronyms" else names["NEU"]
    names["Confederation of School Trusts"] = f"Confederation of {word(2)} Trusts" if style == "acronyms" else word(4)
    names["Education Support"] = f"{word(3)} {word(2)}"
    names["Department for Education"] = f"Department for {word(3)}"
    names["Headteachers’ Roundtable"] = f"{word(3)} Roundtable"
    names["Schools Week"] = f"{word(2)} Week"
    names["John Ranking"] = f"{word(2)} {word(2)}"
    for given, surname in PERSONS:
        first, last = word(2), word(2)
        names |= {f"{given} {surname}": f"{first} {last}", surname: last, given: first}
    first, last = word(2), word(3)
    names |= {
        "Sinéad Mc Brearty": f"{first} {last}",
        "Sinead Mc Brearty": f"{first} {last}",
        "McBrearty": last,
        "Mc Brearty": last,
    }
    return names
