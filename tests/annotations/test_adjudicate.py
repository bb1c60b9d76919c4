"""What is to be settled, what stands, and who labels which statements."""

from pathlib import Path

import pytest

from several import BOOK, annotation, stances
from stancekit.annotations import load_annotations, write_annotations
from stancekit.annotations.adjudicate import adjudication, differing
from stancekit.annotations.assign import assignments_text, parse_assignments
from stancekit.annotations.merge import merge_annotations
from stancekit.codebook import Codebook
from stancekit.errors import InputError

STANCE = Codebook(**{**dict(BOOK), "tasks": {"stance": BOOK.tasks["stance"]}, "views": {}})


def test_merged_rows_keep_what_each_annotator_gave_where_they_differ(tmp_path: Path) -> None:
    ann = stances("ann", "oppose", "neutral", "support")
    bob = stances("bob", "support", "neutral", "support")
    merged = merge_annotations({"ann": ann, "bob": bob}, STANCE).annotations
    assert [[(g.annotator, g.labels["stance"]) for g in a.given] for a in merged] == [[("ann", "oppose"), ("bob", "support")], [], []]
    write_annotations(tmp_path / "merged.jsonl", merged)
    assert load_annotations(tmp_path / "merged.jsonl", STANCE, partial=True) == merged
    found = adjudication(merged, STANCE)
    (item,) = found.items
    assert (item.statement.id, found.agreed[item.statement.id]["labels"], list(found.settled)) == (merged[0].statement_id, {}, [1, 2])
    assert "given" not in found.settled[1]
    assert "soft" not in found.settled[1]
    text = (tmp_path / "merged.jsonl").read_text()
    (tmp_path / "merged.jsonl").write_text(text.replace('"labels": {"stance": "oppose"}', '"labels": {"stance": "opose"}'))
    with pytest.raises(InputError, match="'given' by 'ann': label 'opose' is not in task 'stance'"):
        load_annotations(tmp_path / "merged.jsonl", STANCE, partial=True)


def test_further_labels_and_holders_are_differed_on_too() -> None:
    law, also = annotation("ann", 0, {"issue": "law"}), annotation("bob", 0, {"issue": "law"}, also=["cost"])
    (merged,) = merge_annotations({"ann": [law], "bob": [also]}, BOOK).annotations
    assert differing(merged.given, BOOK) == ["issue"]
    found = adjudication([merged], BOOK)
    assert "issue" not in found.agreed[merged.statement_id]["labels"]
    assert "also" not in found.agreed[merged.statement_id]


def test_dawid_skene_gives_a_label_that_nobody_gave_only_where_asked_and_says_what_it_overrules() -> None:
    passes = {"ann": stances("ann", "oppose", *["support"] * 30), "bob": stances("bob", "support", *["support"] * 30)}
    found = merge_annotations(passes, STANCE, "dawid_skene")
    assert found.annotations[0].labels == {"stance": "support"}
    assert found.outvoted == [(found.annotations[0].statement_id, "stance", ("oppose",))]
    assert merge_annotations(passes, STANCE).outvoted == []
    # Both annotators say "oppose" mostly of what is neutral, so that two such labels may mean it.
    turned = [["oppose", "neutral"], ["neutral", "oppose"]] * 30 + [["neutral", "neutral"]] * 60 + [["oppose", "oppose"]]
    ann, bob = ([pair[k] for pair in turned] for k in (0, 1))
    several = {"ann": stances("ann", *ann), "bob": stances("bob", *bob), "cid": stances("cid", *["neutral"] * 120)}
    kept, asked = (merge_annotations(several, STANCE, "dawid_skene", any_label=flag) for flag in (False, True))
    assert kept.overruled == asked.overruled == [(kept.annotations[-1].statement_id, "stance", "neutral")]
    assert (kept.annotations[-1].labels, asked.annotations[-1].labels) == ({"stance": "oppose"}, {"stance": "neutral"})


def test_statements_are_assigned_by_ranges() -> None:
    found = parse_assignments("Ann  B=1-3, bob=3-5,ann b=7-7", 8)
    assert found == {"Ann B": [0, 1, 2, 6], "bob": [2, 3, 4]}
    assert assignments_text(found, 8) == "Ann B 4, bob 3; 1 by more than one annotator; 2 by nobody"
    for text, message in [
        ("A", "is not NAME=FIRST-LAST"),
        ("A=0-3", "is no range"),
        ("A=5-9", "within the 8 statements"),
        ("A=5-4", "no range"),
    ]:
        with pytest.raises(InputError, match=message):
            parse_assignments(text, 8)
