"""Several annotators' labels summed up: counts, posteriors, and ties that stay open."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from several import BOOK, annotation, stances
from stancekit.annotations import load_annotations, write_annotations
from stancekit.annotations.merge import METHODS, Method, merge_annotations
from stancekit.errors import InputError
from stancekit.evaluation.aggregation import dawid_skene
from stancekit.records import Annotation


def three(*rows: Annotation) -> dict[str, list[Annotation]]:
    return {a.annotator: [a] for a in rows}


def test_the_majority_decides_and_its_shares_are_kept() -> None:
    found = merge_annotations({"ann": stances("ann", "oppose"), "bob": stances("bob", "oppose"), "cid": stances("cid", "support")}, BOOK)
    (row,) = found.annotations
    assert (row.annotator, row.labels, found.open) == ("majority", {"stance": "oppose"}, [])
    assert row.soft == {"stance": {"oppose": 2 / 3, "neutral": 0.0, "support": 1 / 3}}


def test_ties_are_open_and_keep_their_shares() -> None:
    found = merge_annotations({"ann": stances("ann", "oppose", "neutral"), "bob": stances("bob", "support", "neutral")}, BOOK)
    assert found.open == [("a1:0-9", "stance")]
    assert [a.labels for a in found.annotations] == [{}, {"stance": "neutral"}]
    assert found.annotations[0].soft == {"stance": {"oppose": 0.5, "neutral": 0.0, "support": 0.5}}


def test_further_labels_are_those_that_more_than_half_give_first_or_further() -> None:
    rows = three(
        annotation("ann", 0, {"issue": "law"}, also=["time"]),
        annotation("bob", 0, {"issue": "law"}, also=["cost"]),
        annotation("cid", 0, {"issue": "time"}, also=["law"]),
        annotation("dot", 0, {"stance": "oppose"}),  # has not labelled the issue, so does not count
    )
    (row,) = merge_annotations(rows, BOOK).annotations
    assert (row.labels["issue"], row.also) == ("law", ("time",))


def test_no_further_labels_where_the_first_is_open() -> None:
    rows = three(annotation("ann", 0, {"issue": "law"}, also=["cost"]), annotation("bob", 0, {"issue": "cost"}, also=["law"]))
    found = merge_annotations(rows, BOOK)
    assert (found.open, found.annotations[0].labels, found.annotations[0].also) == ([("a1:0-9", "issue")], {}, ())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("moral",), ("moral", "order"), ("order", "moral")], ("moral", "order")),
        ([(), ("money",), ()], ()),
        ([("moral",), ()], None),  # half of them give it
        ([("moral", "money"), ("moral",)], None),
        ([(), ()], ()),
    ],
)
def test_any_number_of_labels(given: list[tuple[str, ...]], expected: tuple[str, ...] | None) -> None:
    found = merge_annotations(three(*(annotation(f"ann{i}", 0, {"frames": labels}) for i, labels in enumerate(given))), BOOK)
    assert found.annotations[0].labels.get("frames") == expected
    assert found.open == ([("a1:0-9", "frames")] if expected is None else [])
    assert found.annotations[0].soft == {}


def test_the_holder_is_whom_most_name() -> None:
    def holders(*names: str) -> tuple[str, list[tuple[str, str]]]:
        found = merge_annotations(
            three(*(annotation(f"ann{i}", 0, {"stance": "oppose"}, holder=name) for i, name in enumerate(names))), BOOK
        )
        return found.annotations[0].holder, found.open

    assert holders("Union Ka", "Union Ka", "narrator") == ("Union Ka", [])
    assert holders("Union Ka", "", "") == ("Union Ka", [])
    assert holders("Union Ka", "narrator", "") == ("", [("a1:0-9", "holder")])
    assert holders("", "") == ("", [])


def test_one_row_a_statement_whoever_has_it() -> None:
    found = merge_annotations({"ann": stances("ann", "oppose"), "bob": stances("bob", "", "support")}, BOOK)
    assert [(a.statement_id, dict(a.labels)) for a in found.annotations] == [
        ("a1:0-9", {"stance": "oppose"}),
        ("a1:10-19", {"stance": "support"}),
    ]


def test_the_codebook_is_the_one_they_share() -> None:
    first, second = stances("ann", "oppose")[0], stances("bob", "oppose")[0]
    stamped = [replace(a, codebook_version="0.9.0", codebook_digest="00") for a in (first, second)]
    (row,) = merge_annotations(three(*stamped), BOOK).annotations
    assert (row.codebook_version, row.codebook_digest) == ("0.9.0", "00")
    (row,) = merge_annotations(three(stamped[0], second), BOOK).annotations
    assert (row.codebook_version, row.codebook_digest) == ("1.0.0", "")


def test_dawid_skene_gives_its_posteriors() -> None:
    passes = {
        "ann": stances("ann", *["oppose", "neutral", "support"] * 4, "oppose"),
        "bob": stances("bob", *["oppose", "neutral", "support"] * 4, "oppose"),
        "cid": stances("cid", *["support", "support", "oppose"] * 4, ""),
    }
    votes = np.array([[["oppose", "neutral", "support"].index(p[i].labels["stance"]) if i < len(p) else -1 for p in passes.values()]
                      for i in range(13)])  # fmt: skip
    found = merge_annotations(passes, BOOK, "dawid_skene")
    soft = [[a.soft["stance"][label] for label in ("oppose", "neutral", "support")] for a in found.annotations]
    np.testing.assert_allclose(soft, dawid_skene(votes, 3).posteriors)
    assert {a.annotator for a in found.annotations} == {"dawid_skene"}
    assert [a.labels["stance"] for a in found.annotations[:3]] == ["oppose", "neutral", "support"]


def test_no_label_that_nobody_gave() -> None:
    """One who always errs the same way makes another label probable where both agree: it is said, and never given."""
    passes = {"ann": stances("ann", *["neutral"] * 8, "support"), "bob": stances("bob", *["support"] * 8, "support")}
    passes["cid"] = stances("cid", *["neutral"] * 8)
    found = merge_annotations(passes, BOOK, "dawid_skene")
    (last,) = (a for a in found.annotations if a.statement_id == passes["bob"][-1].statement_id)
    assert last.soft["stance"]["neutral"] > last.soft["stance"]["support"]
    assert last.labels["stance"] == "support"
    assert found.overruled == [(last.statement_id, "stance", "neutral")]
    assert not merge_annotations(passes, BOOK).overruled


@pytest.mark.parametrize("method", METHODS)
def test_what_is_written_is_read_back(method: Method, tmp_path: Path) -> None:
    passes = three(
        annotation("ann", 0, {"stance": "oppose", "issue": "law", "frames": ("moral",)}, also=["time"]),
        annotation("bob", 0, {"stance": "support", "issue": "law", "frames": ("moral", "order")}, also=["time"], holder="narrator"),
    )
    merged = merge_annotations(passes, BOOK, method)
    write_annotations(tmp_path / "merged.jsonl", merged)
    assert load_annotations(tmp_path / "merged.jsonl", BOOK, partial=True) == merged.annotations
    assert len(merged) == 1


def test_nothing_can_not_be_merged() -> None:
    with pytest.raises(InputError, match="passes: hold no annotations"):
        merge_annotations({}, BOOK)
