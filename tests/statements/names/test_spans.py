"""Names by their form and by the noun beside them."""

import pytest
from hearing import speakers

from stancekit.statements.names.spans import find_names
from stancekit.statements.text.tokens import tokenise


def names(text: str, lower: tuple[str, ...] = ()) -> list[tuple[str, str, str | None]]:
    """Each name's words, kind and noun."""
    tokens = tokenise(text, 0, len(text))
    return [(text[tokens[n.first].start : tokens[n.last].end], n.kind, n.noun) for n in find_names(tokens, lower)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Nurses’ Guild said so.", "Nurses’ Guild"),
        ("The Nurses' Guild said so.", "Nurses' Guild"),
        ("Nurses’ Guild members said so.", "Nurses’ Guild"),
        ("The Women’s Guild said so.", "Women’s Guild"),
        ("The Bakers’ Brotherhood said so.", "Bakers’ Brotherhood"),
        ("The Writers’ Circle said so.", "Writers’ Circle"),
        ("The Carers’ Welfare Trust said so.", "Carers’ Welfare Trust"),
    ],
)
def test_a_plural_that_owns_is_part_of_a_body(text, name):
    assert [row[:2] for row in names(text)] == [(name, "organisation")]


def test_a_common_noun_of_the_article_is_part_of_a_body():
    assert names("The Glaziers’ Hearth said so.", ("glaziers",))[0][0] == "Glaziers’ Hearth"


@pytest.mark.parametrize("owner", ["Lakers’", "Jones’", "Democrats’"])
def test_an_owner_is_no_part_of_a_persons_name(owner, namer):
    name = namer.person()
    assert speakers(f"The {owner} {name} said: “No.”") == [name]


@pytest.mark.parametrize(
    ("text", "kind", "noun"),
    [
        ("Her husband, {A}, wept.", "person", "husband"),
        ("The widow’s solicitor, {A}, wept.", "person", "solicitor"),
        ("His wife, the actor {a}, wept.", "person", "wife"),
        ("The regulator, {A}, fined it.", "organisation", "regulator"),
    ],
)
def test_the_noun_before_the_comma_tells(text, kind, noun, namer):
    name = namer.person()
    written = text.format(a=name, A=name.split()[0])
    assert names(written)[-1][1:] == (kind, noun)


PRONOUNS = [
    ("Mr {B} said it was “over”. Her husband, {A}, wept.", "he"),
    ("Mr {B} said it was “over”. Her eldest son, {A}, 14, wept.", "he"),
    ("Mr {B} said it was “over”. {c}’s father, {A}, looked on.", "he"),
    ("Mr {B} said it was “over”. Outside, the boy’s uncle, {A}, looked on.", "he"),
    ("{b} said he was sorry. “It is over,” he said. Her father, retired baker {a}, looked on.", "he"),
    ("{b} said he was sorry. “It is over,” he said. A colleague, {a}, shook his head.", "he"),
    ("Mrs {B} said it was “over”. His wife, {A}, wept.", "she"),
    ("Ms {B} said it was “over”. Their daughter, {A}, aged nine, looked on.", "she"),
    ("Mrs {B} said it was “over”. The girl’s mother, {A}, looked on.", "she"),
    ("Ms {B} said it was “over”. His solicitor, {A}, shook her head.", "she"),
]


@pytest.mark.parametrize(("text", "pronoun"), PRONOUNS)
def test_a_pronoun_means_whom_the_noun_introduced(text, pronoun, namer):
    a, b, c = namer.person(), namer.person(), namer.person()
    alone = "{a}" not in text
    written = text.format(a=a, b=b, c=c, A=a.split()[0], B=b.split()[-1])
    assert speakers(f"{written} “It is cruel,” {pronoun} said.")[-1] == (a.split()[0] if alone else a)


def test_a_pronoun_of_another_gender_means_the_earlier_one(namer):
    a, b = namer.person().split()[0], namer.person().split()[-1]
    assert speakers(f"Mr {b} said it was “over”. His wife, {a}, wept. “It is cruel,” he said.")[-1] == b


@pytest.mark.parametrize("dateline", ["{p} –", "{p} —", "{p}, Iowa —", "{p} (PA) -", "{p}, Iowa (AP) —"])
def test_a_dateline_names_nobody(dateline, namer):
    line = dateline.format(p=namer.word(3).upper())
    assert names(f"{line} Trams stopped on Monday.", ("trams",)) == []
    name = namer.person()
    assert names(f"{line} Mayor {name} stopped the trams.")[0][0] == name


def test_capitals_before_a_dash_that_are_a_name():
    assert names("BCDFG — the biggest union — said so.")[0][0] == "BCDFG"
    assert names("BCDFG – which is a union – said so.")[0][0] == "BCDFG"
