"""An encoder knows what it was trained on, and is refused where that is the test."""

from pathlib import Path

import pytest

from stancekit.errors import InputError
from stancekit.models.sources import Sources, fingerprint, refuse_tested, sources_of, write_sources
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
    assert sources_of(first) == Sources(("a",), {"a.jsonl": "0" * 64}, frozenset(map(fingerprint, A)))
    assert sources_of(second).trained_on == ("a", "b")
    assert sources_of(second).texts == frozenset(map(fingerprint, A + B))
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


def test_every_network_of_an_average_has_its_own(tiny_encoder: str, tmp_path: Path) -> None:
    Transformer(encoder=tiny_encoder, epochs=1, n_seeds=2).fit(A[:4], ["a", "b"] * 2).save(tmp_path / "model")
    write_sources(tmp_path / "model", "a", {}, A, [])
    assert [sources_of(str(tmp_path / "model" / f"seed{i}")).trained_on for i in range(2)] == [("a",), ("a",)]
