"""YAML's traps are refused with the line they stand on."""

import contextlib
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from stancekit.errors import InputError
from stancekit.io import strict_yaml


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: no", r"file\.yaml:2: `no` is read as a boolean.*write 'no' in quotes"),
        ("[a,\n on]", r":2: `on` is read"),
        ("a: 012", r":1: `012` is read"),
        ("a: 0x1F", r":1: `0x1F` is read"),
        ("a: 12:30", r":1: `12:30` is read"),
        ("a: 1_000", r":1: `1_000` is read"),
        ("a: 1\nb: 2\na: 3", r":3: the key 'a' occurs twice"),
        ("a: &x 1\nb: *x", r":1: anchors and aliases are not accepted"),
        ("a: !!python/name:os.system x", r":1: the tag .* is not accepted"),
        ("1: a", r":1: the key 1 is not text"),
        ("true: a", r":1: the key True is not text"),
        ("a: [b", r"file\.yaml:1: "),
        ("", r"file\.yaml: is empty"),
        ("[" * 5000, r"file\.yaml:1: is nested more than 100 levels deep"),
        ("a: b\n---\nc: d", r"file\.yaml:2: but found another document"),
        ("a: \x01", r"not YAML"),
    ],
)
def test_traps_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        strict_yaml.load(written(tmp_path, text))


def test_plain_values(tmp_path: Path) -> None:
    text = "a: 'no'\nb: 1\nc: 0.5\nd: true\ne: null\nf: plain words\ng: 2025-11-10\nh: [1e-4, -3]"
    expected = {"a": "no", "b": 1, "c": 0.5, "d": True, "e": None, "f": "plain words", "g": "2025-11-10", "h": [1e-4, -3]}
    assert strict_yaml.load(written(tmp_path, text)).data == expected


@given(st.text(max_size=60))
def test_any_text_loads_or_is_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("yaml") / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(InputError):
        assert strict_yaml.load(path).path == path


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    size: int


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: str
    parts: dict[str, Inner]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: x\nparts:\n  a:\n    sise: 1", r":4: unknown key 'parts\.a\.sise' - did you mean 'size'\? \(allowed: size\)"),
        ("nam: x\nparts: {}", r":1: unknown key 'nam' - did you mean 'name'\? \(allowed: name, parts\)"),
        ("parts: {}", r":1: the key 'name' is missing"),
        ("name: x\nparts:\n  a:\n    size: big", r":4: parts\.a\.size: .*integer.*got 'big'"),
    ],
)
def test_validation_names_line_and_nearest_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        strict_yaml.validate(strict_yaml.load(written(tmp_path, text)), Outer)


class Either(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    metric: Literal["plain"] | Inner | None = None
    labels: Annotated[list[str], Field(min_length=2)] | dict[str, str | list[str]] | None = None
    inner: Inner | None = None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("metric: other", "metric: should be 'plain', or a mapping with keys of size (got 'other')"),
        ("metric: {size: big}", "metric.size: should be a valid integer (got 'big')"),
        ("metric: {sise: 1}", "the key 'metric.size' is missing\nFILE:1: unknown key 'metric.sise' - did you mean 'size'? (allowed: size)"),
        ("labels: 3", "labels: should be a valid list, or a mapping (got 3)"),
        ("labels: {a: 1}", 'labels.a: should be a valid string, or a valid list (got 1); write it in quotes: "1"'),
        ("labels: [a, 1.0]", 'labels.1: should be a valid string (got 1.0); write it in quotes: "1.0"'),
        ("labels: [a, true]", 'labels.1: should be a valid string (got True); write it in quotes: "true"'),
        ("labels: [a]", "labels: List should have at least 2 items after validation, not 1, or a mapping"),
        ("inner: here", "inner: should be a mapping with keys of size (got 'here')"),
        ("here", "should be a mapping with keys of inner, labels, metric (got 'here')"),
    ],
)
def test_what_may_stand_in_a_place_is_said_without_the_names_of_types(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        strict_yaml.validate(strict_yaml.load(path), Either)
    said = str(caught.value)
    assert said == f"{path}:1: {message}".replace("FILE", str(path))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a: " + "b" * 100)
    monkeypatch.setattr(strict_yaml, "MAX_BYTES", 50)
    with pytest.raises(InputError, match="has more than 50 bytes, which is too many for a YAML file"):
        strict_yaml.load(path)
    with pytest.raises(InputError, match="no such file"):
        strict_yaml.load(tmp_path / "none.yaml")


def test_two_hundred_faults_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    path = written(tmp_path, "name: x\nparts:\n" + "".join(f"  p{i}: {{sise: 1}}\n" for i in range(400)))
    with pytest.raises(InputError) as caught:
        strict_yaml.validate(strict_yaml.load(path), Outer)
    lines = str(caught.value).splitlines()
    assert len(lines) == 201
    assert lines[0] == f"{path}:3: the key 'parts.p0.size' is missing"
    assert lines[1] == f"{path}:3: unknown key 'parts.p0.sise' - did you mean 'size'? (allowed: size)"
    assert lines[-1] == "... and 600 more"
