"""What stands beside a name and tells whose it is."""

import pytest

from stancekit.actors import Actors
from stancekit.statements.names.cast import Cast, find_cast
from stancekit.statements.names.context import is_body
from stancekit.statements.segmentation.segment import segment
from stancekit.statements.text.types import Entity


def cast(text: str) -> Cast:
    return find_cast(text, segment(text), Actors())


def named(text: str, name: str) -> Entity | None:
    found = (m.entity for row in cast(text).mentions.values() for m in row)
    return next((entity for entity in found if entity.name == name), None)


@pytest.mark.parametrize(
    "text",
    [
        "Vol Tare’s lawyer said: “No.”",
        "A statement by Vol Tare's solicitor said: “No.”",
        "Vol Tare’s defence attorney, Ana Boro, said: “No.”",
        "Vol Tare’s spokesman said: “No.”",
        "Vol Tare's press secretary said: “No.”",
        "Vol Tare’s foreign minister said: “No.”",
        "Vol Tare’s team said: “No.”",
        "Vol Tare’s sister, Ana Boro, said: “No.”",
    ],
)
def test_what_people_have_makes_no_organisation(text):
    entity = named(text, "Vol Tare")
    assert entity is not None
    assert not (entity.kind == "organisation" and entity.sure)
    lawyer = named(text, "Ana Boro")
    assert lawyer is None or lawyer.organisation is None


@pytest.mark.parametrize(
    "text",
    [
        "Fenport’s chief executive said: “No.”",
        "Fenport’s board said: “No.”",
        "Fenport’s trustees met. Fenport members said no.",
        "Fenport's general secretary, Ana Boro, said: “No.”",
        "Fenport’s director of care said: “No.”",
        "The VRT’s solicitor said: “No.”",
    ],
)
def test_what_people_have_not_makes_one(text):
    organisation = next(iter(cast(text).organisations))
    assert organisation.name in ("Fenport", "VRT")
    assert organisation.sure


@pytest.mark.parametrize(
    "text",
    [
        "The council’s leader, Vol Tare, said: “No.”",
        "“No,” said its treasurer, Vol Tare.",
        "Vol Tare, the club’s former goalkeeper, warns: “No.”",
        "Vol Tare left early. Tare said: “No.”",
    ],
)
def test_a_role_a_pronoun_or_the_surname_alone_make_a_person(text):
    entity = named(text, "Vol Tare")
    assert entity is not None
    assert (entity.kind, entity.sure) == ("person", True)


@pytest.mark.parametrize(
    "text",
    [
        "“No,” said the mayor, Fenport Carers and the rest.",
        "Fenport Carers, the parents’ charity, said: “No.”",
    ],
)
def test_a_role_before_something_else_makes_none(text):
    entity = named(text, "Fenport Carers")
    assert entity is None or not (entity.kind == "person" and entity.sure)


@pytest.mark.parametrize("word", ["Hungarian", "Kenyan", "Health", "Opposition", "Climate", "Former", "Housing"])
def test_a_word_that_describes_a_role_is_nobody(word):
    text = f"{word} campaigner Ana Boro said: “No.” {word} officials said nothing. {word} campaigners left."
    found = cast(text)
    assert not found.organisations
    assert [(person.name, person.organisation) for person in found.people] == [("Ana Boro", None)]


def test_a_name_before_a_role_stays_one_where_the_article_has_it_elsewhere():
    text = "Fenport boss Ana Boro said: “No.” Shares in Fenport fell."
    assert [(person.name, person.organisation) for person in cast(text).people] == [("Ana Boro", "Fenport")]


@pytest.mark.parametrize("party", ["Labour", "Conservative"])
def test_a_party_speaks_under_its_adjective(party):
    assert [o.name for o in cast(f"{party} said it would vote against. {party} leader Ana Boro said: “No.”").organisations] == [party]


@pytest.mark.parametrize("text", ["Vol Tare (D-Va.), who voted no, left.", "Vol Tare (R) voted no, and Vol Tare left."])
def test_a_party_in_brackets_is_not_short_for_the_name(text):
    entity = named(text, "Vol Tare")
    assert entity is not None
    assert entity.kind == "person"


@pytest.mark.parametrize(
    ("name", "body"),
    [("VRT", True), ("Friends of Fenport", True), ("Fenport Council", True), ("Vol Tare", False), ("Fenport", False), ("V", False)],
)
def test_names_that_only_organisations_have(name, body):
    assert is_body(name) is body


@pytest.mark.parametrize("first", ["Mother-of-two", "Ex-soldier", "Brazilian", "Pensioner", "Dad"])
def test_a_noun_before_a_name_is_no_part_of_it(first):
    assert [p.name for p in cast(f"{first} Vol Tare left. Tare said: “No.”").people] == ["Vol Tare"]


def test_a_pensioner_may_be_the_driver():
    from hearing import speakers

    text = "Dana Pemo left early. Pensioner Vol Tare waited. “It was cold,” the former bus driver said."
    assert speakers(text) == ["Vol Tare"]


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("Paws First chief executive Ana Boro said no.", "Paws First"),
        ("Lake Lions director Ana Boro said no.", "Lake Lions"),
        ("The chief executive of the Lake Trust, Ana Boro, said no.", "Lake Trust"),
        ("The chief executive of Vol Port, Ana Boro, said no.", "Vol Port"),
        ("The lawyer of Vol Tare, Ana Boro, said no.", None),
        ("The chair of the council, Ana Boro, said no.", None),
        ("Vol Tare lawyer Ana Boro said no.", None),
        ("Foreign Affairs Minister Ana Boro said no.", None),
    ],
)
def test_a_name_before_a_role_and_a_name(text, organisation):
    person = named(text, "Ana Boro")
    assert person is not None
    assert person.organisation == organisation
