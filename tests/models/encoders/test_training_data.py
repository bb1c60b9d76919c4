"""An encoder knows what it was trained on, and is refused where that is the test."""

import json
from pathlib import Path

import pytest

from stancekit.duplicates import RUN
from stancekit.errors import InputError
from stancekit.models.encoders.training_data import FILE, KEPT, Sources, fingerprint, refuse_tested, sources_of, write_sources
from stancekit.models.transformer import Transformer

A = [f"The union said the report number {i} is bad." for i in range(100)]
B = [f"A court vote, number {i}, will start." for i in range(100)]


def trained(directory: Path, encoder: str, name: str, texts: list[str]) -> str:
    Transformer(encoder=encoder, epochs=1).fit(texts[:4], ["a", "b"] * 2).save(directory)
    write_sources(directory, name, {f"{name}.jsonl": "0" * 64}, texts, [encoder])
    return str(directory)


def test_sources_are_kept_beside_the_encoder_and_handed_down(tiny_encoder: str, tmp_path: Path) -> None:
    first = trained(tmp_path / "first", tiny_encoder, "a", A)
    second = trained(tmp_path / "second", first, "b", B)
    assert sources_of(tiny_encoder) == Sources()
    assert sources_of(first) == Sources.of("a", {"a.jsonl": "0" * 64}, A)
    assert sources_of(first).texts == frozenset(map(fingerprint, A))
    assert sources_of(second).trained_on == ("a", "b")
    assert sources_of(second).texts == frozenset(map(fingerprint, A + B))
    assert sources_of(second).runs == Sources.of("", {}, A + B).runs > sources_of(first).runs
    assert not any(text in (tmp_path / "second" / "encoder" / "sources.json").read_text() for text in A)


def test_a_set_is_never_a_source_where_it_is_the_test(tiny_encoder: str, tmp_path: Path) -> None:
    first = trained(tmp_path / "first", tiny_encoder, "a", A)
    second = trained(tmp_path / "second", first, "b", B)
    refuse_tested([tiny_encoder, first], B)
    refuse_tested([first], [*A[:1], *B[:99]])  # one in a hundred is chance
    for encoder in (first, second):
        with pytest.raises(InputError, match=r"was trained on 2 of the 100 statements that it would be tested on \(by a"):
            refuse_tested([tiny_encoder, encoder], [*A[:2], *(["Nobody said this."] * 98)])


def test_another_file_case_or_punctuation_hides_nothing(tiny_encoder: str, tmp_path: Path) -> None:
    first = trained(tmp_path / "first", tiny_encoder, "a", A)
    with pytest.raises(InputError, match="100 of the 100"):
        refuse_tested([first], [text.upper().replace(".", " !") for text in A])


LONG = [" ".join(f"w{i}x{j}" for j in range(5 + i % 40)) + "." for i in range(200)]
"""Statements of 5 to 44 words that share no run."""


def test_words_put_around_a_statement_hide_nothing(tiny_encoder: str, tmp_path: Path) -> None:
    long_enough = [text for text in LONG if len(text.split()) >= RUN]
    reworded = trained(tmp_path / "reworded", tiny_encoder, "a", [f"Well, {text} indeed" for text in long_enough])
    with pytest.raises(InputError, match=f"was trained on {len(long_enough)} of the {len(long_enough)} statements"):
        refuse_tested([reworded], long_enough)
    plain = trained(tmp_path / "plain", tiny_encoder, "a", long_enough)
    with pytest.raises(InputError, match=f"was trained on {len(long_enough)} of the {len(long_enough)} statements"):
        refuse_tested([plain], [f"Well, {text} indeed" for text in long_enough])
    refuse_tested([reworded, plain], [*B, *(text.replace("x", "y") for text in LONG)])


def test_texts_of_less_than_a_run_are_known_whole_or_not_at_all() -> None:
    short = [text for text in LONG if len(text.split()) < RUN]
    found = Sources.of("a", {}, short)
    assert not found.runs
    assert [found.know(text) for text in short] == [True] * 5
    assert not any(found.know(f"Well, {text} indeed") for text in short)


def test_an_idiom_in_common_is_no_repeat() -> None:
    found = Sources.of("a", {}, ["The union says it is the right thing to do."])
    assert not found.know("A new court is the right thing to do for Monday, said nobody.")
    assert found.know("Nobody says it is the right thing to do on Monday.")


@pytest.mark.parametrize(("shared", "at_least"), [(0.5, 0.93), (0.25, 0.55), (0.1, 0.12)])
def test_a_part_is_found_as_often_as_is_said(shared: float, at_least: float) -> None:
    whole = [[f"t{i}w{j}" for j in range(RUN - 1 + 100)] for i in range(200)]  # of 100 runs each
    found = Sources.of("a", {}, map(" ".join, whole))
    assert len(found.runs) == KEPT * len(whole)
    known = [found.know(" ".join(words[: RUN - 1 + round(100 * shared)])) for words in whole]
    assert at_least < sum(known) / len(known)


def test_a_file_without_runs_is_read_and_finds_the_same_statements(tiny_encoder: str, tmp_path: Path) -> None:
    first = trained(tmp_path / "first", tiny_encoder, "a", A)
    path = tmp_path / "first" / "encoder" / FILE
    written = json.loads(path.read_text())
    path.write_text(json.dumps({key: value for key, value in written.items() if key != "runs"}))
    assert sources_of(first) == Sources(("a",), {"a.jsonl": "0" * 64}, frozenset(map(fingerprint, A)))
    refuse_tested([first], [f"Well, {text} indeed" for text in A])
    with pytest.raises(InputError, match="100 of the 100"):
        refuse_tested([first], A)


def test_a_damaged_record_is_said(tiny_encoder: str, tmp_path: Path) -> None:
    first = trained(tmp_path / "first", tiny_encoder, "a", A[:4])
    (tmp_path / "first" / "encoder" / FILE).write_text('{"trained_on": "a", "files": {}, "texts": []}')
    with pytest.raises(InputError, match=r"sources\.json: `trained_on`: Input should be a valid list"):
        refuse_tested([first], A)


def test_every_network_of_an_average_has_its_own(tiny_encoder: str, tmp_path: Path) -> None:
    Transformer(encoder=tiny_encoder, epochs=1, n_seeds=2).fit(A[:4], ["a", "b"] * 2).save(tmp_path / "model")
    write_sources(tmp_path / "model", "a", {}, A, [])
    assert [sources_of(str(tmp_path / "model" / f"seed{i}")).trained_on for i in range(2)] == [("a",), ("a",)]
