"""Whom "he", "she" and "the striker" mean, from what a reader has in mind."""

import pytest
from hearing import speakers

from stancekit.statements.discourse.pronouns import People
from stancekit.statements.text.types import Entity, Speaker

ANA, LIN = Entity("Ana Boro", "person"), Entity("Lin Teka", "person", "Rail Guild", role="striker")


def reading(*sentences: list[tuple[Entity, str]]) -> People:
    """People in mind after sentences in which each was `named` or spoke (`heard`)."""
    people = People()
    for sentence in sentences:
        people.sentence += 1
        for place, (entity, how) in enumerate(sentence):
            people.see(entity, place)
            if how == "heard":
                people.hear(Speaker(entity.name, entity.organisation, "person", entity.gender))
    return people


def she(people: People, cast: tuple[Entity, ...] = ()) -> list[str]:
    return [speaker.name for speaker in people.he_or_she("f", cast)]


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        ([[(ANA, "heard")], [(LIN, "named")]], "Ana Boro"),  # who spoke comes before who is only mentioned
        ([[(ANA, "heard")], [], [], [(LIN, "named")]], "Lin Teka"),  # but not for ever
        ([[(ANA, "heard")], [(LIN, "heard")]], "Lin Teka"),
        ([[(ANA, "named"), (LIN, "named")]], "Ana Boro"),  # the first of a sentence
        ([[(ANA, "heard")], [(Entity("Mr X", "person", gender="m"), "heard")]], "Ana Boro"),  # a gender that was told
        ([[(ANA, "named"), (Entity("Boro", "unknown"), "named")]], "Ana Boro"),  # a bare name may be a place's
        ([[(ANA, "heard")], [(Entity("Rail Guild", "organisation"), "named")]], "Ana Boro"),
    ],
)
def test_a_pronoun(sentences, name):
    assert she(reading(*sentences)) == [name]


def test_one_who_comes_later_is_meant_only_if_there_is_no_other():
    assert she(People(), cast=(ANA,)) == ["Ana Boro"]
    assert she(People(), cast=(ANA, LIN)) == []
    assert she(People(), cast=(Entity("Dame Ana Boro", "person", gender="f"), LIN)) == ["Dame Ana Boro"]


def test_a_pronoun_teaches_the_gender():
    people = reading([(ANA, "heard")], [(LIN, "named")])
    assert she(people) == ["Ana Boro"]
    assert [speaker.name for speaker in people.he_or_she("m", ())] == ["Lin Teka"]


@pytest.mark.parametrize(
    ("sentences", "name", "guess"),
    [
        ([[(ANA, "named"), (LIN, "named")]], "Ana Boro", True),  # nothing but their order
        ([[(ANA, "heard")], [(LIN, "named")]], "Ana Boro", False),  # one of them spoke
    ],
)
def test_a_guess_is_known_for_one(sentences, name, guess):
    people = reading(*sentences)
    [speaker] = people.he_or_she("f", ())
    assert (speaker.name, people.is_guess(speaker)) == (name, guess)
    assert people.genders.get(name) == (None if guess else "f")
    people.sentence += 1
    assert [(v.name, people.is_guess(v)) for v in people.he_or_she("f", ())] == [(name, guess)]


@pytest.mark.parametrize(
    ("noun", "organisation", "expected"),
    [
        ("striker", None, ["Lin Teka"]),
        ("striker", "Rail Guild", ["Lin Teka"]),
        ("striker", "Westmere Town", []),
        ("goalkeeper", None, []),  # another's role
        ("newcomer", None, ["Lin Teka"]),  # no role at all
    ],
)
def test_a_definite_noun(noun, organisation, expected):
    assert [speaker.name for speaker in reading([(LIN, "heard")]).the(noun, organisation)] == expected


def test_the_mother_is_no_man():
    people = reading([(Entity("Mr X", "person", gender="m"), "heard")], [(ANA, "named")])
    assert [speaker.name for speaker in people.the("mother", None)] == ["Ana Boro"]


def test_the_noun_of_somebody_named_long_ago_is_not_resolved():
    assert reading([(LIN, "heard")], *[[]] * 6).the("striker", None) == ()


PRONOUNS = [
    # who is a man by a title, a role or a pronoun is no "she"
    ("Mr {s} resigned. {b} {t} wept. “We lost,” she said.", "{b} {t}"),
    ("{a} {s} said he was tired. {b} {t} was there. {a} {s} left. “We lost,” she said.", "{b} {t}"),
    ("{a} {s}, a father of two, said no. {b} {t} was there. “We lost,” she said.", "{b} {t}"),
    ("{b} {t} was there. Her son, {a}, spoke. “We lost,” she said.", "{b} {t}"),
    ("{a} {s} and his daughter, {b}, came. “We lost,” he said.", "{a} {s}"),
    ("Dame {a} {s} said no. {b} {t} was there. “We lost,” he said.", "{b} {t}"),
    ("{a} {s}, a businesswoman, said no. {b} {t} was there. “We lost,” he said.", "{b} {t}"),
    # the pronoun of an apposition is somebody else's
    ("Health secretary Keith {s} said no. Shadow minister {b} {t} disagreed. “How many?” she asked.", "{b} {t}"),
    # but not against what is said more than once
    ("Michael {s} said she was tired. “We lost,” she said.", "Michael {s}"),
    # nobody who was named can be meant
    ("Mr {s} said no. “We lost,” she said.", "she"),
    ("Mrs {s} said no. “We lost,” he said.", "he"),
    ("David {s} resigned. A nurse spoke up. “We lost,” she said.", "nurse"),
]


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_a_pronoun_keeps_to_its_gender(text, expected, namer):
    for _ in range(5):
        names = {key: namer.word() for key in "abst"}
        if len(set(names.values())) == len(names):
            assert speakers(text.format(**names)) == [expected.format(**names)]
