"""What is in training repeats nothing of the test rows, checked against the definition; planted leaks are found."""

from dataclasses import replace

import pytest

from stancekit.data.leaks import leaks, official_notes, repeated_tests
from stancekit.data.splits import LEFT_OUT, Fold, scheme_text, scored_rows, split, unit_of
from stancekit.duplicates import repeats
from toy import ROWS, dataset


@pytest.mark.parametrize("scheme", ["purged", "unpurged", "kfold"])
def test_every_row_is_tested_once_and_never_in_its_own_training(ofsted, scheme: str) -> None:  # type: ignore[no-untyped-def]
    folds = split(ofsted, scheme)  # type: ignore[arg-type]
    assert sorted(i for fold in folds for i in fold.test) == list(range(130))
    for fold in folds:
        assert not set(fold.train) & set(fold.test)
        assert sorted([*fold.train, *fold.test, *fold.purged]) == list(range(130))


@pytest.mark.parametrize("reads", [("text",), ("text", "context")])
@pytest.mark.parametrize("scheme", ["purged", "kfold"])
def test_exactly_the_repeats_are_purged(ofsted, scheme: str, reads: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    def texts(i: int) -> list[str]:
        return [getattr(ofsted.examples[i].input, field) for field in reads]

    def touches(i: int, test: tuple[int, ...]) -> bool:
        return any(repeats(a, b) for a in texts(i) for j in test for b in texts(j))

    for fold in split(ofsted, scheme, reads)[:2]:  # type: ignore[arg-type]
        assert not any(touches(i, fold.test) for i in fold.train)
        assert all(touches(i, fold.test) for i in fold.purged)


def test_the_purge_takes_what_was_measured(ofsted) -> None:  # type: ignore[no-untyped-def]
    assert [len(fold.purged) for fold in split(ofsted, "purged")] == [19, 11, 1, 8, 9]


def test_the_seed_moves_the_k_fold_and_nothing_else(ofsted) -> None:  # type: ignore[no-untyped-def]
    assert split(ofsted, "kfold", seed=0) == split(ofsted, "kfold", seed=0)
    assert split(ofsted, "kfold", seed=0) != split(ofsted, "kfold", seed=1)
    assert split(ofsted, "purged", seed=0) == split(ofsted, "purged", seed=1)


def test_an_official_split_trains_on_its_own_rows_and_tells_its_leaks() -> None:
    data = replace(dataset(), tests={"one": (4, 5), "two": (9,)})
    assert split(data, "official") == [Fold(name, (0, 1, 2, 3, 6, 7, 8, 10, 11), rows) for name, rows in data.tests.items()]
    assert scored_rows(data, "official") == {"official_one": (4, 5), "official_two": (9,)}
    assert scored_rows(replace(data, tests={"test": (9,)}), "official") == {"official": (9,)}
    assert scheme_text("kfold", 2).startswith("duplicate-grouped stratified 2-fold")
    assert scheme_text("official_two") == scheme_text("official") + "; test set 'two'"
    notes = official_notes(data)
    assert notes[:-2] == [
        f"1 group has rows both in training and in test set '{name}', such as {a}" for name, a in (("one", "a2"), ("two", "a3"))
    ]
    assert notes[-2].startswith("1 of 2 rows of test set 'one' repeat a training row")  # row 4 repeats row 0
    assert notes[-1].startswith("1 of 1 rows of test set 'two' repeat a training row")  # row 9 is row 1
    assert repeated_tests(data) == {"one": 1, "two": 1}
    assert not any("LK0" in note or "published" in note for note in notes)  # a fact is told once, and what others published is not known


def test_what_counts_as_independent() -> None:
    data = dataset()
    assert unit_of(data) == "article"
    rows = replace(data, segmented=False)
    assert unit_of(rows) == "group"
    assert unit_of(replace(rows, examples=tuple(replace(e, article_id=e.id) for e in rows.examples))) == "statement"


def test_groups_are_left_out_one_at_a_time_and_many_are_dealt_to_ten_folds() -> None:
    assert split(dataset(), "groups") == split(dataset(), "purged")
    many = dataset([(f"g{i // 2}", f"text number {i} of its own", *ROWS[i % len(ROWS)][2:]) for i in range(2 * LEFT_OUT + 4)])
    folds = split(many, "groups")
    assert len(folds) == 10
    assert sorted(i for fold in folds for i in fold.test) == list(range(len(many.examples)))
    assert leaks(many, folds) == []
