"""libyaml's events and PyYAML's give the same values, lines and faults; what is too much is refused by both."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.io import strict_yaml, yaml_events
from stancekit.io.yaml_events import MAX_DEPTH, read_values

PATH = Path("file.yaml")
PIECES = [
    "a", "b", "key", "yes", "no", ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", " ", "[", "]", "{", "}", ",", ", ", "'", '"', "''", " #",
    "|", "|\n", ">", "? ", "?", "!", "%", "@", "0", "1.5", "\\", "\\x41", "é", "\u2028", "\x85", "\r\n", "\n---\n", "---", "...", "<<",
    "|-\n", ">+\n", "|2\n", "😀", "a: b\n", "- a\n", "x:\n  y: z\n", "\ufeff", "&a ", "*a", "!t ", "! ", '"a b"', "'c d'", "\t", "true",
    "null", "[a, b]", "{a: 1}", "[x?]", "{\n?\n}", "\x01",
]  # fmt: skip


def read(text: str, *, libyaml: bool) -> Any:
    """The values with their types and lines, or what is wrong."""
    with pytest.MonkeyPatch.context() as patch:
        if not libyaml:
            patch.setattr(yaml, "__with_libyaml__", False)
        try:
            data, lines = read_values(text, PATH)
        except InputError as error:
            return str(error)
        except yaml.YAMLError as error:
            return f"{type(error).__name__}: {error}"
        return repr(data), lines


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_both_parsers_say_the_same(text: str) -> None:
    assert read(text, libyaml=True) == read(text, libyaml=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [Why, no?]", None),  # PyYAML ends a word at a question mark within brackets
        ("a: |#\n b", None),
        ("a: b\n\ufeff", None),
        ('a: "\t"', ({"a": "\t"}, {(): 1, ("a",): 1})),
        ("{name:, b: c}", ({"name": None, "b": "c"}, {(): 1, ("name",): 1, ("b",): 1})),  # which libyaml refuses
        ("- a\n- ? b", (["a", {"b": None}], {(): 1, (0,): 1, (1,): 2, (1, "b"): 2})),
        ("\n---\n", (None, {(): 3})),
        ("---", (None, {(): 1})),
        ("a:\n  - b\n  - c: |\n      d\n\n    e: 'f'\n", ({"a": ["b", {"c": "d\n", "e": "f"}]}, None)),
    ],
)
def test_where_the_parsers_differ_pyyaml_decides(text: str, expected: Any) -> None:
    found = read(text, libyaml=True)
    assert found == read(text, libyaml=False)
    if expected is None:
        assert found.startswith(("ScannerError: ", "ParserError: "))
        return
    assert found[0] == repr(expected[0])
    assert expected[1] is None or found[1] == expected[1]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")
@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a: 1\nb: [c\n", 3),
        ("a: 1\nb: yes\n", 2),
        ("a: 1\na: 2\n", 2),
        ("a: 1\nb: &c d\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
    ],
)
def test_of_a_large_file_libyaml_names_the_line(text: str, where: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=rf"file\.yaml:{where}: "):
        strict_yaml.load(path)
    monkeypatch.setattr(yaml_events, "ASKED_AGAIN", 0)
    monkeypatch.setattr(yaml, "SafeLoader", None)
    with pytest.raises(InputError, match=rf"file\.yaml:{where}: "):
        strict_yaml.load(path)


@pytest.mark.parametrize("libyaml", [True, False])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_what_is_nested_too_deeply_is_refused_before_all_of_it_is_read(opening: str, libyaml: bool) -> None:
    assert read(opening * 50_000, libyaml=libyaml) == f"file.yaml:1: is nested more than {MAX_DEPTH} levels deep"
    assert read("\n".join("  " * i + "a:" for i in range(500)), libyaml=libyaml).startswith("file.yaml:100: is nested more than 100")
    deep = MAX_DEPTH - 1
    assert read("[" * deep + "a" + "]" * deep, libyaml=libyaml)[0] == "[" * deep + "'a'" + "]" * deep


@pytest.mark.parametrize("libyaml", [True, False])
def test_more_keys_and_values_than_are_allowed(libyaml: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "MAX_NODES", 1_000)
    assert read("- a\n" * 5_000, libyaml=libyaml) == "file.yaml:1000: holds more than 1,000 keys and values"
    assert read("- a\n" * 999, libyaml=libyaml)[0].count("'a'") == 999


@pytest.mark.parametrize("libyaml", [True, False])
def test_long_scalars_are_read(libyaml: bool) -> None:
    for value in ("x" * 100_000, "1" * 100_000 + "x", "1_" * 50_000 + "x", "0" * 100_000 + "x", "1:" * 50_000 + "x"):
        assert read(f"a: {value}", libyaml=libyaml)[0] == repr({"a": value})


def test_what_is_no_yaml_goes_before_what_is_ambiguous() -> None:
    for libyaml in (True, False):
        assert read("a: yes\nb: 'c", libyaml=libyaml).startswith("ScannerError: ")
        assert read("a: yes\nb: no", libyaml=libyaml).startswith("file.yaml:1: `yes` is read as")
