"""Planted leaks are found, clean splits have none, and schemes that leak by design show theirs."""

from stancekit.data.leaks import leaks
from stancekit.data.splits import Fold, split
from toy import dataset


def test_clean_splits_have_no_leaks_and_unpurged_ones_show_theirs(ofsted) -> None:  # type: ignore[no-untyped-def]
    assert leaks(ofsted, split(ofsted, "purged")) == []
    assert {leak.code for leak in leaks(ofsted, split(ofsted, "unpurged"))} == {"LK003"}
    assert {leak.code for leak in leaks(ofsted, split(ofsted, "kfold"))} == {"LK001"}
    assert {leak.code for leak in leaks(ofsted, split(ofsted, "purged"), ("text", "context"))} == {"LK003"}


def test_planted_leaks_have_their_codes() -> None:
    data = dataset()
    found = leaks(data, [Fold("f", (0, 1, 5), (4, 5))])
    assert [leak.code for leak in found] == ["LK001", "LK002", "LK003"]
    assert "1 statements in train and test, such as a2:5-6" in found[1].message
