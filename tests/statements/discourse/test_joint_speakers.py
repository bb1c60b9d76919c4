"""Joint speakers with roles: everyone of them is heard, and nobody who is only mentioned."""

import pytest
from hearing import speakers

BOTH = [
    "Mayor {a} and councillor {b} said: “No.”",
    "Headteacher {a} and her deputy {b} said the school was “proud of its pupils”.",
    "Rail Guild leader {a} and PQR general secretary {b} called it “an insult”.",
    "On Monday {a} and {b} said: “No.”",
    "“We are proud,” said headteacher {a} and her deputy {b}.",
    "{a}, chair of the Rail Guild, and {b}, head of PQR, said the plan was “cruel”.",
    "{a}, a teacher, and {b}, a nurse, told reporters: “No.”",
    "The plan was condemned by Mayor {a} and councillor {b} as “cruel and unjust”.",
]


@pytest.mark.parametrize("text", BOTH)
def test_both_are_heard(text, namer):
    a, b = namer.person(), namer.person()
    assert speakers(text.format(a=a, b=b)) == [f"{a}; {b}"]


SOME = [
    ("{a}, who met the mayor and {b}, said: “No.”", "{a}"),
    ("{a}, a friend of {b} and {c}, said: “No.”", "{a}"),
    ("Police arrested {a}, a nurse, and {b} said it was “cruel”.", "{b}"),
    ("{a}, a nurse, met the mayor, and {b} said: “No.”", "{b}"),
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
