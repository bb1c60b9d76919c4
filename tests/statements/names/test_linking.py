"""Names and the registry: an entry of unknown kind is what the text says, and a surname is whose the article says."""

import pytest
from hearing import heard, speakers

from stancekit.actors import Actor, Actors
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements

OPEN = Actors(actors=[Actor(name="Vol Tare", kind="unknown", aliases=["Tare"]), Actor(name="Fenport", kind="Unknown", aliases=["FPT"])])


def read(text: str, registry: Actors) -> list[Statement]:
    return [s for s in extract_statements(Article("a", text), registry) if s.kind == "sentence"]


PEOPLE = [
    "Vol Tare, 54, said: “No.” Tare said he was tired. “I left,” he said.",
    "Mr Tare said: “No.” “I left,” he added.",
    "The club’s captain, Vol Tare, said: “No.” “I left,” he said.",
    "Vol Tare says he is tired. “I left,” Tare said.",
    "Tare said: “No.” The council’s leader, Vol Tare, said: “Never.”",
    "Cllr Tare said: “No.”",
]


@pytest.mark.parametrize("text", PEOPLE)
def test_what_the_text_says_decides_for_a_person(text):
    rows = read(text, OPEN)
    assert {s.speaker for s in rows} == {"Vol Tare"}
    assert {s.actor_kind for s in rows} == {"person"}
    assert {s.organisation for s in rows} == {None}


@pytest.mark.parametrize("text", PEOPLE)
def test_an_entry_of_unknown_kind_changes_nothing_but_the_name(text):
    with_entry, without = read(text, OPEN), read(text, Actors())
    assert [(s.cue, s.mode, s.actor_kind) for s in with_entry] == [(s.cue, s.mode, s.actor_kind) for s in without]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The charity Fenport said: “No.” The charity said it would sue.", "charity"),
        ("Fenport’s chief executive left. Fenport said: “No.”", "organisation"),
        ("The Fenport said it would sue. “It is late,” it said.", "organisation"),
        ("FPT said: “No.” Fenport, the bus operator, said: “Never.”", "operator"),
    ],
)
def test_what_the_text_says_decides_for_an_organisation(text, kind):
    said = [s for s in read(text, OPEN) if s.speaker != "narrator"]
    assert {s.speaker for s in said} == {"Fenport"}
    assert {s.actor_kind for s in said} == {kind}
    assert {s.organisation for s in said} == {"Fenport"}


def test_where_the_text_tells_nothing_the_kind_is_not_known():
    (row,) = read("Vol Tare said: “No.”", OPEN)
    assert (row.speaker, row.organisation, row.actor_kind) == ("Vol Tare", None, None)
    (row,) = read("Tare said: “No.”", OPEN)
    assert (row.speaker, row.organisation, row.actor_kind) == ("Vol Tare", None, None)


def test_a_title_tells_the_gender_of_an_entry_of_unknown_kind():
    rows = read("Lin Boro left. Vol Tare came. Mrs Tare and Mr Boro spoke. “I left,” she said.", OPEN)
    assert [s.speaker for s in rows][-1] == "Vol Tare"


def test_an_entry_with_an_organisation_is_a_person():
    registry = Actors(actors=[Actor(name="Vol Tare", kind="unknown", organisation="Fenport", aliases=["Tare"])])
    assert set(heard("Tare said: “No.”", registry).values()) == {(("Vol Tare",), ("Fenport",))}


def test_the_text_gives_the_organisation_that_the_registry_does_not():
    registry = Actors(actors=[Actor(name="Vol Tare", kind="person")])
    (row,) = read("Vol Tare, chair of the Rail Guild, said: “No.”", registry)
    assert (row.speaker, row.organisation) == ("Vol Tare", "Rail Guild")


@pytest.mark.parametrize("kind", ["person", "unknown", "union"])
def test_a_registered_surname_is_whose_the_article_says(kind):
    registry = Actors(actors=[Actor(name="Vol Tare", kind=kind, organisation="Guild" if kind == "union" else None, aliases=["Tare"])])
    namesake = "Lin Tare, 40, said: “No.” Tare said: “Never.”"
    assert [s.speaker for s in read(namesake, registry)] == ["Lin Tare", "Lin Tare"]
    assert [s.speaker for s in read("Vol Tare said: “No.” Tare said: “Never.”", registry)] == ["Vol Tare", "Vol Tare"]
    assert [s.speaker for s in read("Tare said: “No.”", registry)] == ["Vol Tare"]


RELATIVES = [
    # the text, with {a} and {b} for given names and {s} and {t} for surnames; who says each quotation
    ("{a} {s}, the husband of {b} {t}, wept. “Why?” she asked. “I am ill,” he said.", ["{b} {t}", "{a} {s}"]),
    ("“We are tired,” Mrs {s} said. Her husband, {a}, nodded. “Very,” he said.", ["{s}", "{a}"]),
    # the first name tells
    ("Sarah {s} and David {s} are rivals. Ms {s} said: “No.” Mr {s} said: “Yes.”", ["Sarah {s}", "David {s}"]),
    # two who are no couple
    ("David {s} and John {s} resigned. “No,” said Mr {s}. “Yes,” he added.", ["David {s}", "David {s}"]),
    ("{S} and {b} {t} were split. Mr {t} said: “No.”", ["{b} {t}"]),
]


@pytest.mark.parametrize(("text", "expected"), RELATIVES)
def test_of_two_the_right_one_is_meant(text, expected, namer):
    for _ in range(5):
        names = {key: namer.word() for key in "abcdst"} | {"S": namer.word(3)}
        if len(set(names.values())) == len(names):
            assert speakers(text.format(**names)) == [name.format(**names) for name in expected]


def test_a_name_of_the_registry_with_an_and_in_it_is_one():
    charity = Actor(name="Paws and Shore Trust", kind="charity", aliases=["Paws and Shore"])
    found = extract_statements(Article("a", "Paws and Shore said no. “No,” said Ann Reed of Paws and Shore."), Actors(actors=[charity]))
    assert found[0].speaker == "Paws and Shore Trust"


@pytest.mark.parametrize(
    "text",
    [
        "A spokesperson for the pond council said no.",
        "Pond council chair Ann Reed said no.",
        "The POND COUNCIL said no.",
        "Lake Council said no. The chair of the pond council, Ann Reed, said no.",
    ],
)
def test_a_name_of_the_registry_is_found_in_small_letters(text):
    council = Actor(name="Fenshire Council", kind="council", aliases=["Pond Council"])
    *_, last = extract_statements(Article("a", text), Actors(actors=[council]))
    assert (last.organisation, last.actor_kind) == ("Fenshire Council", "council")


@pytest.mark.parametrize("kicker", ["BREAKING:", "BREAKING NEWS:", "EXCLUSIVE:", "UPDATE:"])
def test_what_kicks_off_a_post_is_no_speaker(kicker):
    [found] = extract_statements(Article("a", f"{kicker} union rejects tax deal #tax", language="en"))
    assert found.speaker == "union"
