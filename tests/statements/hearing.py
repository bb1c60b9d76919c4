"""Who is heard in each quotation of a text, and how that compares with the gold reading."""

from typing import Any

from stancekit.actors import Actors, fold
from stancekit.statements.attribution.attribute import attribute
from stancekit.statements.clauses.parser import Parser
from stancekit.statements.discourse.document import read_document

Heard = dict[tuple[int, int], tuple[tuple[str, ...], tuple[str, ...]]]


def heard(text: str, actors: Actors | None = None, parser: Parser | None = None) -> Heard:
    """Span of each speech quotation → names and organisations of those who say it."""
    document = read_document(text, actors or Actors())
    found, quotes = attribute(document, parser).quotes, document.quotes
    speakers = {n: found[n].speakers if n in found else () for n, q in enumerate(quotes) if q.is_speech}
    return {
        (quotes[n].start, quotes[n].end): (tuple(v.name for v in said), tuple(v.organisation for v in said if v.organisation))
        for n, said in speakers.items()
    }


def speakers(text: str, actors: Actors | None = None) -> list[str]:
    """Who says each speech quotation, in order."""
    return ["; ".join(names) for names, _ in heard(text, actors).values()]


def missed(
    texts: dict[str, str], gold: dict[str, list[dict[str, Any]]], extracting: Actors, folding: Actors, parser: Parser | None = None
) -> list[tuple[str, tuple[str, ...]]]:
    """Ids of the gold's quotations whose speaker or organisation is not found; every one of joint speakers counts."""
    lost = []
    for file, rows in gold.items():
        found = heard(texts[file], extracting, parser)
        for row in rows:
            names, bodies = found.get((row["start"], row["end"]), ((), ()))
            known = {fold(folding.canonical(name)) for name in names}
            homes = {fold(folding.canonical(name)) for name in bodies}
            wanted = {fold(folding.canonical(name.strip())) for name in row["organisation"].split(";")}
            if not names or not (known == {fold(folding.canonical(row["speaker"]))} or wanted in (known, homes)):
                lost.append((row["id"], names))
    return lost
