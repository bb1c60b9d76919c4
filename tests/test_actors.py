"""The registry of actors."""

from pathlib import Path

import pytest

from stancekit.actors import Actor, Actors, fold, load_actors
from stancekit.errors import InputError

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("a", "b"), [("Sinéad Mc Brearty", "Sinead McBrearty"), ("the NAHT", "NAHT"), ("Headteachers’ Roundtable", "Headteachers' roundtable")]
)
def test_case_accents_spacing_and_the_article_are_folded(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_joint_names_are_canonical_one_by_one() -> None:
    actors = Actors(actors=[Actor(name="ASCL", kind="union", aliases=["Association of Leaders"])])
    assert actors.canonical("association of leaders; Somebody Else") == "ASCL; Somebody Else"


def test_a_holder_s_actor_is_the_entry_whichever_alias_is_written() -> None:
    registry = Actors(actors=[Actor(name="Rail Guild", kind="union", aliases=["RG"]), Actor(name="Ana Boro", kind="union")])
    held = {"RG": "Rail Guild", "the rail guild": "Rail Guild", "Boro": None, "narrator": None, None: None}
    held |= {"Ana Boro; RG": "Ana Boro; Rail Guild", "RG; Rail Guild": "Rail Guild", "RG; Nobody": "Rail Guild"}
    assert {holder: registry.actor_of(holder) for holder in held} == held


def test_the_shipped_registry_loads() -> None:
    actors = load_actors(ROOT / "annotations" / "actors.yaml")
    found = actors.find("association of school and college leaders")
    assert found is not None
    assert found.name == "ASCL"


def test_an_alias_has_one_owner(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("actors:\n  - {name: A, kind: union, aliases: [X]}\n  - {name: B, kind: union, aliases: [the x]}\n")
    with pytest.raises(InputError, match=r"a\.yaml:3: 'the x' already names A"):
        load_actors(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    ("entry", "person", "unsettled"),
    [
        ({"kind": "person"}, True, False),
        ({"kind": "union"}, False, False),
        ({"kind": "union", "organisation": "B"}, True, False),
        ({"kind": "union", "organisation": "A"}, False, False),
        ({"kind": "Unknown"}, False, True),
        ({"kind": "unknown", "organisation": "B"}, True, False),
    ],
)
def test_an_entry_says_whether_it_is_a_person_or_leaves_it_to_the_text(entry: dict[str, str], person: bool, unsettled: bool) -> None:
    actor = Actor.model_validate({"name": "A", **entry})
    assert (actor.is_person, actor.is_open) == (person, unsettled)
