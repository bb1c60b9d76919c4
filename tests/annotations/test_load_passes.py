"""Several annotators' files read together: what may be missing, and what is refused."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from several import BOOK, annotation, stances
from stancekit.annotations import write_annotations
from stancekit.annotations.passes import label_numbers, label_sets, load_passes, side_by_side
from stancekit.errors import InputError
from stancekit.records import Annotation


def written(folder: Path, *passes: Sequence[Annotation]) -> list[Path]:
    files = [folder / f"{i}.jsonl" for i in range(len(passes))]
    for path, rows in zip(files, passes, strict=True):
        write_annotations(path, rows)
    return files


def test_statements_tasks_and_holders_may_be_missing(tmp_path: Path) -> None:
    files = written(
        tmp_path, [annotation("ann", 0, {"stance": "oppose", "frames": ("moral",)}, holder="")], stances("bob", "support", "neutral")
    )
    passes = load_passes(files, BOOK)
    assert list(passes) == ["ann", "bob"]
    assert [a.statement_id for a in passes["bob"]] == ["a1:0-9", "a1:10-19"]
    assert passes["ann"][0].labels == {"stance": "oppose", "frames": ("moral",)}


def test_two_files_of_one_annotator(tmp_path: Path) -> None:
    files = written(tmp_path, stances("ann", "oppose"), stances("ann", "neutral"))
    with pytest.raises(InputError, match=r"1\.jsonl: is by annotator 'ann', and so is .*0\.jsonl"):
        load_passes(files, BOOK)


def test_a_file_that_shares_nothing(tmp_path: Path) -> None:
    files = written(tmp_path, stances("ann", "oppose"), stances("bob", "oppose"), stances("cid", "", "oppose"))
    with pytest.raises(InputError, match=r"2\.jsonl: shares no statement with the other files"):
        load_passes(files, BOOK)


def test_one_statement_with_two_texts(tmp_path: Path) -> None:
    other = replace(stances("bob", "oppose")[0], text="something")
    files = written(tmp_path, stances("ann", "oppose"), [other])
    with pytest.raises(InputError, match=r"1\.jsonl: statement 'a1:0-9' has another text than in .*0\.jsonl: 'something'"):
        load_passes(files, BOOK)


def test_one_file_is_not_enough(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is alone; give the files of two annotators or more"):
        load_passes(written(tmp_path, stances("ann", "oppose")), BOOK)
    with pytest.raises(InputError, match=r"0\.jsonl: is alone"):
        load_passes(str(tmp_path / "0.jsonl"), BOOK)
    with pytest.raises(InputError, match="give the files of two annotators"):
        load_passes([], BOOK)


def test_side_by_side_and_as_numbers() -> None:
    passes = {
        "ann": [annotation("ann", 1, {"stance": "support", "issue": "law", "frames": ()}, also=["cost"])],
        "bob": [annotation("bob", 0, {"stance": "oppose"}), annotation("bob", 1, {"frames": ("money", "order")})],
    }
    units = side_by_side(passes)
    assert [[a and a.annotator for a in unit] for unit in units] == [["ann", "bob"], [None, "bob"]]
    assert label_numbers(units, "stance", BOOK).tolist() == [[2, -1], [-1, 0]]
    assert label_sets(units, "issue", BOOK) == [[frozenset({0, 2}), None], [None, None]]
    assert label_sets(units, "frames", BOOK) == [[frozenset(), frozenset({1, 2})], [None, None]]


def test_progress_is_told_once_a_file(tmp_path: Path) -> None:
    files = written(tmp_path, stances("ann", "oppose"), stances("bob", "oppose", "neutral"))
    told: list[str] = []
    load_passes(files, BOOK, told.append)
    assert told == [f"{files[0]}: 1 annotation by 'ann'", f"{files[1]}: 2 annotations by 'bob'"]
