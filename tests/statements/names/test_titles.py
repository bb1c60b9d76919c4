"""What stands before and behind a person's name is no part of it, and the name goes on to be known by its surname."""

import pytest
from hearing import heard, speakers

from stancekit.statements.names.titles import is_title, surname, untitled, without_letters
from stancekit.statements.text.tokens import tokenise

BEFORE = [
    "PC",
    "DCI",
    "DC",
    "Det Insp",
    "Det Supt",
    "Councilman",
    "Councilwoman",
    "Alderman",
    "Assemblywoman",
    "Trooper",
    "Pastor",
    "the Rev",
    "the Rt Rev",
    "Sgt",
    "Professor",
    "Cllr",
]


@pytest.mark.parametrize("title", BEFORE)
@pytest.mark.parametrize("frame", ["{T} {a} said: “No.” {b} added: “Yes.”", "“No,” said {t} {a}. “Yes,” {t} {b} added."])
def test_before_a_name(title, frame, namer):
    name = namer.person()
    text = frame.format(t=title, T=title[0].upper() + title[1:], a=name, b=name.split()[-1])
    assert speakers(text) == [name, name]


@pytest.mark.parametrize("letters", ["KC", "OBE", "QC", "MBE", "PhD"])
@pytest.mark.parametrize(
    "frame",
    [
        "{a} {l} said: “No.” Mr {b} added: “Yes.”",
        "“No,” said {a}, {l}. “Yes,” {b} added.",
        "Judge {a} {l} told him: “No.” “Yes,” said Judge {b}.",
    ],
)
def test_behind_a_name(letters, frame, namer):
    name = namer.person()
    assert speakers(frame.format(a=name, l=letters, b=name.split()[-1])) == [name, name]


@pytest.mark.parametrize("later", ["Jr", "Jr.", "Sr", "III"])
def test_who_is_later_keeps_it_and_goes_by_the_surname(later, namer):
    name = namer.person()
    assert speakers(f"{name} {later} said: “No.” Mr {name.split()[-1]} added: “Yes.”") == [f"{name} {later.strip('.')}"] * 2


@pytest.mark.parametrize("body", ["DC Council", "PC World", "DC Comics"])
def test_capitals_that_begin_the_name_of_a_body(body):
    assert speakers(f"The {body} said: “No.”") == [body]


@pytest.mark.parametrize("particles", ["von der", "van der", "de la", "van", "von", "de", "dos", "van den"])
@pytest.mark.parametrize(
    "frame",
    [
        "{a} {p} {b} said: “No.” Ms {p} {b} added: “Yes.”",
        "“No,” said {a} {p} {b}, a nurse. “Yes,” said {p} {b}.",
        "{a} {p} {b} said: “No.” {P} {b} added: “Yes.”",
    ],
)
def test_particles_are_part_of_a_surname(particles, frame, namer):
    a, b = namer.word(), namer.word(3)
    text = frame.format(a=a, b=b, p=particles, P=particles[0].upper() + particles[1:])
    assert speakers(text) == [f"{a} {particles} {b}"] * 2


@pytest.mark.parametrize("peer", ["Duke", "Duchess", "Earl", "Marquess", "Countess"])
def test_a_peer_goes_by_a_place(peer, namer):
    place = namer.word()
    (((names, bodies)),) = heard(f"The {peer} of {place} said: “No.”").values()
    assert (names, bodies) == ((f"{peer} of {place}",), ())


@pytest.mark.parametrize(
    "frame",
    [
        "Det Insp {a} of {p} Police said: “No.”",
        "“No,” said {a} of the {p} Guild.",
        "Ms {a} of {p} Council said: “No.”",
        "{a} of {p} Police said: “No.”",
    ],
)
def test_of_is_no_part_of_a_persons_name(frame, namer):
    name, place = namer.person(), namer.word()
    (((names, bodies)),) = heard(frame.format(a=name, p=place)).values()
    assert names == (name,)
    assert len(bodies) == 1
    assert bodies[0].startswith(place)


def test_of_between_people(namer):
    a, b = namer.person(), namer.person()
    assert list(heard(f"“No,” said {a} of {b}.").values()) == [((a,), ())]


def test_a_saints_school(namer):
    name = f"St {namer.word(3)}’s Primary"
    assert speakers(f"{name} said: “No.”") == [name]


def test_words():
    assert [is_title(word) for word in ("DCI", "Di", "Alderman", "mr", "Lake")] == [True, False, True, True, False]
    assert untitled("Det. Insp. Bo Ka") == ["Bo", "Ka"]
    assert without_letters("Bo Ka KC OBE") == "Bo Ka"
    assert surname("Bo Ka Jr.") == "Ka"


def test_the_name_lies_where_it_stands(namer):
    text = f"{namer.person()} KC said: “No.”"
    assert [text[t.start : t.end] for t in tokenise(text, 0, len(text))][2] == "KC"
