"""Whose spokesperson it is, and how a mention without a name is written."""

import pytest
from hearing import heard, speakers

SPOKESPEOPLE = [
    # the organisation of that kind that was named last
    ("The Vale Trust met Westmere Council. {a} said: “No.” A spokesperson for the trust said: “Yes.”", "Vale Trust"),
    ("{A} worked at Larkhill Infirmary. “I was pushed,” {A} said. “Not so,” a spokesman for the hospital said.", "Larkhill Infirmary"),
    ("{a}, a porter at Larkhill Hospital, said: “No.” The hospital’s spokeswoman said: “Yes.”", "Larkhill Hospital"),
    ("BCD struck again. {a} said: “No.” A spokesperson for the union said: “Yes.”", "BCD"),
    ("{a}, chair of the Rail Guild, resigned. “We thank her,” a spokeswoman said.", "Rail Guild"),
    # none of that kind was named: the noun stands, and no person
    ("“It is awful,” {a} said. A spokesperson for the trust said: “We are sorry.”", "trust"),
    ("“I was pushed,” said {A}. A council spokeswoman said: “We wish her well.”", "council"),
    ("{a} said: “No.” {b} said: “Yes.” A spokesperson for the company said: “Perhaps.”", "company"),
    ("“It was cruel,” {A} said. “It was kind,” said a spokesperson for the school.", "school"),
    ("{a}, chair of the Rail Guild, said: “No.” A school spokesman said: “Yes.”", "school"),
    ("{a}, chair of the Rail Guild, said: “No.” A spokesman for the council said: “Yes.”", "council"),
    ("“It was cruel,” {A} said. A spokesperson for the hospital trust said it was “sorry”.", "hospital trust"),
    ("{a} said: “No.” A spokesperson for the parents’ charity said it was “tired”.", "parents’ charity"),
    # a name that may be a person's but has not been heard as one
]


@pytest.mark.parametrize(("text", "organisation"), SPOKESPEOPLE)
def test_a_spokesperson_is_an_organisations(text, organisation, namer):
    a, b = namer.person(), namer.person()
    last = list(heard(text.format(a=a, b=b, A=a.split()[-1])).values())[-1]
    assert last == ((f"{organisation} spokesperson",), (organisation,))


SENDERS = [
    ("A spokesman for the charity {o} said: “No.”", ["{o}"]),
    ("“No,” said a spokeswoman for the {w}-based charity {o}.", ["{o}"]),
    ("A spokesperson for the {w}-based {o} Trust said: “No.”", ["{o} Trust"]),
    ("A spokesman for the retailer {o} said: “No.”", ["{o}"]),
    ("A spokesperson for the Rail Guild and the Ward Alliance said: “No.”", ["Rail Guild", "Ward Alliance"]),
    ("“No,” said a spokesman for {w} NHS Trust and {v} NHS Trust.", ["{w} NHS Trust", "{v} NHS Trust"]),
]


@pytest.mark.parametrize(("text", "bodies"), SENDERS)
def test_whose_spokesperson_by_name(text, bodies, namer):
    names = {"o": f"{namer.word()} Waters", "w": namer.word(), "v": namer.word(3)}
    expected = tuple(body.format(**names) for body in bodies)
    assert list(heard(text.format(**names)).values()) == [(tuple(f"{body} spokesperson" for body in expected), expected)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“I quit,” {a} said. “We wish her well,” a spokesperson for {a} said.", "{a} spokesperson"),
        ("{a}, chair of the Rail Guild, said: “No.” A spokesman for the family said: “Yes.”", "family spokesperson"),
        ("{a}, chair of the Rail Guild, said: “No.” A palace spokesman said: “Yes.”", "palace spokesman"),
        ("{A} resigned. He said it was “time”. “We thank him,” a spokeswoman said.", "spokeswoman"),
    ],
)
def test_where_no_organisation_is_told_there_is_none(text, name, namer):
    a = namer.person()
    last = list(heard(text.format(a=a, A=a.split()[-1])).values())[-1]
    assert last == ((name.format(a=a),), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The parents’ charity said it was “tired”.", "parents’ charity"),
        ("A parents' charity said it was “tired”.", "parents’ charity"),
        ("The women’s charity said it was “tired”.", "women’s charity"),
        ("The teachers’ union’s members said they were “tired”.", "teachers’ union members"),
        ("The governors’ chair said it was “tired”.", "governors’ chair"),
        ("The bus company’s boss said it was “tired”.", "bus company’s boss"),
    ],
)
def test_a_possessive_is_written_as_it_was(text, name):
    assert speakers(text) == [name]
