"""Corrections by hand: applied where they fit, named where they do not, refused where the file is no such file."""

import json
from pathlib import Path
from typing import Any

import pytest

from stancekit import load_corrections
from stancekit.actors import Actor, Actors
from stancekit.errors import InputError
from stancekit.records import Article, Statement

TEXT = "Ka said no.\n“Why?”\nLo and Ka left."
ARTICLE = Article("a", TEXT)
HEARD = {"mode": "indirect", "attribution": "rule", "attribution_confidence": 0.5}
FOUND = [
    Statement("a:0-11", "a", 0, 11, TEXT[:11], speaker="Ka", organisation="Ka", holder="Ka", actor_kind="union", **HEARD),
    Statement("a:12-18", "a", 12, 18, TEXT[12:18], mode="narrator", speaker="narrator", holder="narrator", quotes=((12, 18),)),
    Statement("a:19-34", "a", 19, 34, TEXT[19:], speaker="Lo; Ka", organisation="Lo; Ka", holder="Lo; Ka", **HEARD),
]
UNIT = {"id": "a:0-11", "text": TEXT[:11], "was": {"speaker": "Ka", "organisation": "Ka", "holder": "Ka"}}
RIGHT = UNIT | {"speaker": "Mo", "organisation": None, "holder": "Mo", "actor_kind": "person"}


def applied(folder: Path, *rows: dict[str, Any], actors: Actors | None = None) -> tuple[list[Statement], list[str]]:
    """The statements as corrected, and what was not applied, by line."""
    file = folder / "c.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    corrections = load_corrections(file)
    found = corrections.apply(ARTICLE, FOUND, actors)
    return found, [line.removeprefix(f"{file}:") for line in corrections.not_applied]


def test_a_corrected_statement_has_the_names_given_and_says_so(tmp_path: Path) -> None:
    heard = UNIT | {"id": "a:12-18", "text": "“Why?”", "was": {"speaker": "narrator", "organisation": None, "holder": "narrator"}}
    rows = [RIGHT, heard | {"speaker": "Lo", "organisation": "Lo", "holder": "Lo"}]
    (first, second, third), left = applied(tmp_path, *rows)
    assert (first.speaker, first.organisation, first.holder, first.actor_kind) == ("Mo", None, "Mo", "person")
    assert (first.mode, first.attribution, first.attribution_confidence) == ("indirect", "corrected", 1.0)
    assert (second.speaker, second.mode, second.quotes) == ("Lo", "direct", ((12, 18),))
    assert (third, left) == (FOUND[2], [])
    [silent, *_], _ = applied(tmp_path, UNIT | {"speaker": "narrator", "organisation": None, "holder": "Ka"})
    assert (silent.mode, silent.speaker, silent.holder) == ("narrator", "narrator", "Ka")


def test_merged_names_are_one_wherever_they_stand_and_no_surer(tmp_path: Path) -> None:
    found, left = applied(tmp_path, RIGHT, {"merge": "Ka", "into": "Lo"}, {"merge": "Mo", "into": "Moe"}, {"merge": "L", "into": "Lo"})
    assert [(s.speaker, s.organisation, s.holder, s.attribution_confidence) for s in found] == [
        ("Moe", None, "Moe", 1.0), ("narrator", None, "narrator", None), ("Lo", "Lo", "Lo", 0.5),
    ]  # fmt: skip
    assert left == ["4: no statement names 'L'"]


def test_what_is_not_as_it_was_stays_as_it_is(tmp_path: Path) -> None:
    other = UNIT | {"was": UNIT["was"] | {"holder": "Lo"}}
    for row, why in [
        (RIGHT | {"id": "a:0-10"}, "there is no statement 'a:0-10'"),
        (RIGHT | {"text": "Ka said yes."}, "the text of 'a:0-11' is another"),
        (RIGHT | other, "the holder of 'a:0-11' was 'Lo', and is 'Ka'"),
    ]:
        assert applied(tmp_path, row) == (FOUND, [f"1: {why}"])
    # What is so already, and what the registry calls otherwise, is.
    assert applied(tmp_path, other | {"speaker": "Ka", "organisation": "Ka", "holder": "Ka"})[1] == []
    actors = Actors(actors=[Actor(name="Ka", kind="union", aliases=["K."])])
    assert applied(tmp_path, RIGHT | {"was": dict.fromkeys(UNIT["was"], "K.")}, actors=actors)[0][0].speaker == "Mo"
    assert applied(tmp_path, {"merge": "K.", "into": "Ka"}, actors=actors) == (FOUND, [])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([RIGHT, RIGHT], "c.jsonl:2: statement 'a:0-11' is corrected in line 1 already"),
        ([{"merge": "A", "into": "B"}, {"merge": "A", "into": "C"}], "c.jsonl:2: name 'A' is corrected in line 1 already"),
        ([{"merge": "A", "into": "B"}, {"merge": "B", "into": "C"}], "c.jsonl:1: 'B' is itself merged in line 2"),
        ([{"merge": "A", "into": "A"}], "c.jsonl:1: 'A' is itself merged in line 1"),
        ([{"merge": "narrator", "into": "A"}], "c.jsonl:1: merge: should be a single name, and not the narrator's"),
        ([{"merge": "A; B", "into": "C"}], "c.jsonl:1: merge: should be a single name"),
        ([RIGHT | {"speaker": " "}], "c.jsonl:1: speaker: "),
        ([RIGHT | {"holder": None}], "c.jsonl:1: holder: "),
        ([RIGHT | {"spaeker": "Mo"}], "c.jsonl:1: unknown key 'spaeker' - did you mean 'speaker'"),
        ([UNIT], "c.jsonl:1: the key 'speaker' is missing"),
        ([RIGHT | {"was": "Ka"}], "c.jsonl:1: was: should be a mapping"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_line(rows: list[dict[str, Any]], message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        applied(tmp_path, *rows)
    assert str(raised.value).startswith(f"{tmp_path}/{message}")


def test_a_line_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(f"{json.dumps(RIGHT)}\nspeaker: Mo\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"c\.jsonl:2: not a JSON object"):
        load_corrections(tmp_path / "c.jsonl")


def test_headings_are_nobodys(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(json.dumps(RIGHT) + "\n", encoding="utf-8")
    corrections = load_corrections(tmp_path / "c.jsonl")
    heading = Statement("a:0-11", "a", 0, 11, TEXT[:11], kind="heading")
    assert corrections.apply(ARTICLE, [heading]) == [heading]
    assert corrections.not_applied == [f"{tmp_path}/c.jsonl:1: 'a:0-11' is a heading, which nobody says"]
