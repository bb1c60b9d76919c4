"""Joint speakers with roles: everyone of them is heard, and nobody who is only mentioned."""

import pytest
from hearing import speakers

from stancekit.statements.clauses.coordination import conjuncts, joint_end, joint_start
from stancekit.statements.text.tokens import Token, attach, tokenise
from stancekit.statements.text.types import Entity

PEOPLE = {"Ana Boro": Entity("Ana Boro", "person"), "Lin Teka": Entity("Lin Teka", "person")}
BODIES = {"Rail Guild": Entity("Rail Guild", "organisation"), "PQR": Entity("PQR", "organisation")}


def read(text: str) -> list[Token]:
    """Tokens with the four names put together."""
    found = sorted((text.find(name), name, entity) for name, entity in (PEOPLE | BODIES).items() if name in text)
    return attach(tokenise(text, 0, len(text)), [(at, at + len(name), entity) for at, name, entity in found])


def parts(text: str) -> list[str]:
    return [" ".join(token.word for token in part) for part in conjuncts(read(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Ana Boro and councillor Lin Teka", ["Mayor Ana Boro", "councillor Lin Teka"]),
        ("headteacher Ana Boro and her deputy, Lin Teka", ["headteacher Ana Boro", "Lin Teka"]),
        ("the Rail Guild, the PQR and Ana Boro", ["the Rail Guild", "the PQR", "Ana Boro"]),
        ("the Rail Guild and the union", ["the Rail Guild", "the union"]),
        # one person or body, whatever "and" joins
        ("the former mayor and councillor Ana Boro", []),
        ("Ana Boro, chair and founder of PQR", []),
        ("Ana Boro, who met the mayor and Lin Teka", []),
        ("the parents of Ana Boro and Lin Teka", []),
        ("the chair of the Rail Guild and PQR", []),
        ("Mayor Ana Boro met a friend of Lin Teka and the mayor", []),
        ("Ana Boro, Lin Teka", []),
        ("Ana Boro", []),
    ],
)
def test_parts(text, expected):
    assert parts(text) == expected


def test_where_they_begin_and_end():
    tokens = read("In May, Ana Boro and Lin Teka.")
    words = [token.word for token in tokens]
    first, last = words.index("Ana Boro"), words.index("Lin Teka")
    assert joint_start(tokens, last, last + 1) == first
    assert joint_end(tokens, first, first + 1) == last + 1


def test_a_clause_before_is_no_part():
    tokens = read("Police arrested Ana Boro, 41, and Lin Teka")
    assert joint_start(tokens, len(tokens) - 1, len(tokens)) == len(tokens) - 1


BOTH = [
    "Mayor {a} and councillor {b} said: “No.”",
    "Headteacher {a} and her deputy {b} said the school was “proud of its pupils”.",
    "Headteacher {a} and her deputy, {b}, said the school was “proud of its pupils”.",
    "{a}, the chair of the Ward Alliance, and {b}, head of Clean Rivers Now, said: “We are tired.”",
    "Rail Guild leader {a} and PQR general secretary {b} called it “an insult”.",
    "On Monday {a} and {b} said: “No.”",
    "“We are proud,” said headteacher {a} and her deputy {b}.",
    "“We are proud,” said its chair, {a}, and her deputy, {b}.",
    "The plan was condemned by Mayor {a} and councillor {b} as “cruel and unjust”.",
    "“No,” said the mayor, {a}, and her predecessor, {b}.",
]


@pytest.mark.parametrize("text", BOTH)
def test_both_are_heard(text, namer):
    a, b = namer.person(), namer.person()
    assert speakers(text.format(a=a, b=b)) == [f"{a}; {b}"]


SOME = [
    ("Mayor {a}, councillor {b} and nurse {c} said: “No.”", "{a}; {b}; {c}"),
    ("{a} and her deputy said: “No.”", "{a}; deputy"),
    ("The Rail Guild and its leader, {a}, said: “No.”", "Rail Guild; {a}"),
    ("The mayor and his deputy, {a}, said: “No.”", "mayor; {a}"),
    ("{a}, who met the mayor and {b}, said: “No.”", "{a}"),
    ("{a}, a friend of {b} and {c}, said: “No.”", "{a}"),
    ("{a} resigned, and {b} said: “No.”", "{b}"),
    ("Police arrested {a}, 41, and {b} said it was “cruel”.", "{b}"),
    ("“No,” said {a}, a nurse, and the ward fell silent.", "{a}"),
    ("“No,” said {a}, a friend of {b} and {c}.", "{a}"),
    ("“No,” said {a}, president of Lenox Fit in Lenox, Westmere.", "{a}"),
    ("Health and social care secretary {a} said: “No.”", "{a}"),
    ("{a} met {b} and {c} said: “No.”", "{c}"),
    ("{a} met {b} and the Rail Guild said: “No.”", "Rail Guild"),
    ("Mayor {a} met nurse {b} and councillor {c} said: “No.”", "{c}"),
]


@pytest.mark.parametrize(("text", "expected"), SOME)
def test_all_and_only_those_who_speak(text, expected, namer):
    names = {key: namer.person() for key in "abc"}
    assert speakers(text.format(**names)) == [expected.format(**names)]
