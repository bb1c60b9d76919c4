"""Names with an "and" in them, against several names."""

import pytest
from hearing import heard, speakers

from stancekit.actors import Actor, Actors
from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.names.compounds import Compounds

BODIES = ["NHS Foundation Trust", "Council", "City Council", "Police", "University Hospitals Trust", "Health Partnership"]
WITH_BODY = [
    ("{n} said: “No.”", "{n}"),
    ("A spokesman for {n} said: “No.”", "{n} spokesperson"),
    ("“No,” said a spokeswoman for {n}.", "{n} spokesperson"),
    ("The {n} said: “No.”", "{n}"),
    ("{n}’s chief executive, {a}, said: “No.”", "{a}"),
    ("{a}, chair of {n}, said: “No.”", "{a}"),
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(("frame", "expected"), WITH_BODY)
def test_two_places_are_one_body(body, frame, expected, namer):
    name, person = f"{namer.word()} and {namer.word()} {body}", namer.person()
    (((names, bodies)),) = heard(frame.format(n=name, a=person)).values()
    assert names == (expected.format(n=name, a=person),)
    assert bodies == (name,)


def test_a_firm_that_everybody_knows():
    assert speakers("Marks and Spencer said: “No.”") == ["Marks and Spencer"]


SEVERAL = [
    ("{a} and {b} said: “No.”", "{a}; {b}"),
    ("{a} and the {b} Council said: “No.”", "{a}; {b} Council"),
    ("The {a} Guild, {b} Union and {c} Watch said: “No.”", "{a} Guild; {b} Union; {c} Watch"),
    ("The {a} Union and {b} Watch said: “No.”", "{a} Union; {b} Watch"),
    ("{a} Alliance and {b} Watch said: “No.”", "{a} Alliance; {b} Watch"),
    ("Teachers’ Guild and Parents First said: “No.”", "Teachers’ Guild; Parents First"),
    ("The {a} Guild, {b} and {c} Council said: “No.”", "{a} Guild; {b}; {c} Council"),
    ("{a} said it was sorry. {a} and {b} Council clashed. {a} and {b} Council said: “No.”", "{a}; {b} Council"),
    ("{c} {a} was ill. {a} and {b} Council said: “No.”", "{c} {a}; {b} Council"),
    ("Mr {a} and {b} Council said: “No.”", "{a}; {b} Council"),
    ("{c} {a} and {b} Council said: “No.”", "{c} {a}; {b} Council"),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_names(text, expected, namer):
    words = {key: namer.word(3) for key in "abc"}
    assert speakers(text.format(**words))[-1] == expected.format(**words)


def test_what_a_text_tells():
    found = Compounds("Bo and Ka is shut. The war between Li and Mo is over. Tu said so. Ana Ve left.")
    assert {"Tu", "Ve"} <= found.apart


def test_a_name_of_the_registry_is_one():
    charity = Actor(name="Paws and Shore Trust", kind="charity", aliases=["Paws and Shore"])
    found = extract_statements(Article("a", "Paws and Shore said no. “No,” said Ann Reed of Paws and Shore."), Actors(actors=[charity]))
    assert found[0].speaker == "Paws and Shore Trust"
