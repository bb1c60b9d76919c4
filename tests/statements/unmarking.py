"""Templates with marks for sentences and quotations in them, filled with names and read."""

from naming import Namer

Span = tuple[int, int]


def fill(template: str, namer: Namer) -> str:
    """`{p}`, `{q}` are people and `{ps}`, `{qs}` their surnames; `{o}` is an acronym, `{t}`, `{u}` are places."""
    p, q = namer.person(), namer.person()
    return template.format(p=p, q=q, ps=p.split()[1], qs=q.split()[1], o=namer.acronym(), t=namer.word(), u=namer.word(3))


def quotations(marked: str) -> tuple[str, set[tuple[int, int, bool]]]:
    """The text without `⟦⟧` (speech) and `⟨⟩` (no speech), and the spans that they marked, with whether it is speech."""
    text, opened, spans = "", [], set()
    for character in marked:
        if character in "⟦⟨":
            opened.append(len(text))
        elif character in "⟧⟩":
            spans.add((opened.pop(), len(text), character == "⟧"))
        else:
            text += character
    return text, spans
