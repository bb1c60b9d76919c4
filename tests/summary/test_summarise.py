"""Labels counted: the figures equal what pandas counts, near-duplicates once and as printed; what nothing is known of stays empty."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counted_rows import ISSUE, STANCE, press, row
from stancekit import summarise
from stancekit.duplicates import groups
from stancekit.errors import InputError
from stancekit.io.files import BOM, to_csv, to_jsonl
from stancekit.summary.source import Source

TEXTS = [
    "The plan comes far too soon for small schools.", "We say the plan comes far too soon for us.", "No.", "no", "Yes, it is fair.", "",
    "校長会は新しい評価制度に強く反対すると述べた。", "校長会は新しい評価制度に強く反対すると語った。",
    "ครูไม่เห็นด้วยกับแผนการตรวจโรงเรียนใหม่ของรัฐบาล",
]  # fmt: skip
ROWS = st.lists(
    st.builds(
        dict,
        text=st.sampled_from(TEXTS),
        stance=st.sampled_from([*STANCE, None]),
        issue=st.sampled_from(ISSUE[:2]),
        probability=st.one_of(st.none(), st.sampled_from([0.34, 0.4999, 0.5, 0.75, 1.0])),
        holder=st.sampled_from(["A", "the A", "B", "narrator", None]),
        date=st.sampled_from(["2025-01-31", "2025-04-01", "2025-04", None, "soon"]),
        outlet=st.sampled_from(["X", "Y", None]),
    ),
    min_size=1,
    max_size=25,
)


def counted_by_pandas(rows: Sequence[dict[str, Any]], by: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["holder"] = frame["actor"].where(frame["actor"].notna(), frame["holder"])
    frame["month"] = frame["date"].where(frame["date"].astype(str).str.match(r"\d{4}-\d\d")).str[:7]
    frame["time"] = frame["date"].where(frame["month"].notna()).fillna("9999")
    frame["group"] = groups(list(frame["text"]))
    frame = frame[frame["stance"].notna()].sort_values("time", kind="stable")
    frame["once"] = ~frame["group"].duplicated()
    # Texts without a word repeat nothing.
    kept = frame[by].fillna("–")
    result = pd.crosstab([kept[name] for name in by], frame["stance"]).reindex(columns=STANCE, fill_value=0)
    single = frame[frame["once"]]
    once = pd.crosstab([kept.loc[single.index, name] for name in by], single["stance"]).reindex(
        index=result.index, columns=STANCE, fill_value=0
    )
    return pd.concat({"printed": result, "once": once}, axis=1)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from([["holder"], ["month", "issue"], ["holder", "month", "issue"], ["outlet", "holder"]]))
def test_figures_are_those_that_pandas_counts_to_the_digit(made: list[dict[str, Any]], by: list[str]) -> None:
    rows = [row(i, **one, actor="A" if one["holder"] == "the A" else None) for i, one in enumerate(made)]
    if all(one["stance"] is None for one in rows):
        return
    found, wanted = summarise(rows, by).to_frame(), counted_by_pandas(rows, by)
    assert len(found) == len(wanted) * len(STANCE)
    for _, line in found.iterrows():
        key = tuple("–" if pd.isna(line[name]) else line[name] for name in by)
        counts = wanted.loc[key if len(by) > 1 else key[0]]
        assert line["statements"] == counts["printed", line["stance"]]
        assert line["n"] == counts["printed"].sum()
        assert line["share"] == counts["printed", line["stance"]] / counts["printed"].sum()
        assert line["n_once"] == counts["once"].sum()
        if line["n_once"]:
            assert line["statements_once"] == counts["once", line["stance"]]
            assert line["share_once"] == counts["once", line["stance"]] / counts["once"].sum()
        else:
            assert pd.isna(line["statements_once"])
            assert pd.isna(line["share_once"])


def test_a_month_without_statements_is_empty_and_not_zero() -> None:
    rows = [row(1, "One.", date="2025-01-05"), row(2, "Two.", date="2025-03-05", stance="support"), row(3, "Three.")]
    found = summarise(rows, ["month"]).rows()
    assert [(r["month"], r["n"]) for r in found if r["stance"] == "oppose"] == [("2025-01", 1), ("2025-02", 0), ("2025-03", 1), (None, 1)]
    february, march = found[3], found[6]
    assert {name: february[name] for name in ("statements", "share", "statements_once", "share_once", "mean_probability")} == dict.fromkeys(
        ("statements", "share", "statements_once", "share_once", "mean_probability")
    )
    assert (march["stance"], march["statements"], march["share"]) == ("oppose", 0, 0.0)


def test_the_first_of_near_duplicates_is_the_earliest_with_a_label() -> None:
    text = "The plan comes far too soon for small schools."
    rows = [
        row(1, text, date="2025-02-01"),
        row(2, text, date="2025-01-01", stance=None),
        row(3, f"{text} Yes.", date="2025-01-15"),
        row(4, text),
    ]
    found = summarise(rows)
    assert found.first.tolist() == [2, 2, 2, 2]
    assert found.claims.facts["near_duplicates"] == 2
    assert found.claims.facts["unlabelled"] == 1


def test_a_far_off_month_makes_no_century_of_empty_ones() -> None:
    rows = [row(i, f"Text {i}.", date=date) for i, date in enumerate(["0001-01-02", "2025-03", "2025-05"])]
    assert [line["month"] for line in summarise(rows, ["month"]).rows()][::3] == ["0001-01", "2025-03", "2025-05"]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_a_file_of_labels_gives_the_same_figures(tmp_path: Path, ending: str) -> None:
    rows, path = list(press(300)), tmp_path / f"labels.{ending}"
    if ending == "jsonl":
        path.write_text(to_jsonl(rows))
    elif ending == "csv":
        path.write_text(BOM + to_csv(rows, list(rows[0])))
    else:
        pd.DataFrame(rows).to_parquet(path)
    assert summarise(path).rows() == summarise(rows).rows()
    assert Source(path).tasks == {"stance": STANCE, "issue": ISSUE}


def test_a_table_that_a_spreadsheet_saved_is_read_and_what_is_not_utf8_is_said(tmp_path: Path) -> None:
    rows, path = [row(i, f"Text, {i}; by Zoë.") for i in range(3)], tmp_path / "labels.csv"
    kept = [{key: value for key, value in one.items() if key != "date"} for one in rows]
    lines = to_csv(kept, list(kept[0])).splitlines()
    path.write_text(BOM + "\n".join([lines[0].replace(",", ";"), *lines[1:]]))
    with pytest.raises(InputError, match="cells of the header"):
        summarise(path)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(kept[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(kept)
    found = summarise(path)
    assert found.by == ("holder", "issue")
    assert found.rows() == summarise(kept).rows()
    path.write_text(path.read_text(), encoding="cp1252", errors="replace")
    with pytest.raises(InputError, match="is not UTF-8; save the file as UTF-8"):
        summarise(path)


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    rows = list(press(20))
    with pytest.raises(InputError, match=r"no column 'isue' in labels to count 'stance' by - did you mean 'issue'"):
        summarise(rows, ["isue"])
    with pytest.raises(InputError, match="'stance' is what is counted"):
        summarise(rows, ["stance"])
    with pytest.raises(InputError, match="names no column"):
        summarise(rows, [])
    with pytest.raises(InputError, match=r"'mood' is no task of labels"):
        summarise(rows, of="mood")
    with pytest.raises(InputError, match=r"2.0 is no probability"):
        summarise([row(1, "One.", stance_probability=2.0)])
    with pytest.raises(InputError, match="has no labels"):
        summarise([{"id": "1", "text": "One."}])
    with pytest.raises(InputError, match="holds no labelled statement"):
        summarise([])
    with pytest.raises(InputError, match="'abstain' is no label of 'stance'"):
        summarise([row(1, "One.", stance="abstain")])
    events = tmp_path / "events.yaml"
    events.write_text("events:\n  - date: 2025-13\n    event: Never\n")
    with pytest.raises(InputError, match=r"events.yaml:2"):
        summarise(rows, events=events)
    (tmp_path / "labels.txt").write_text("")
    with pytest.raises(InputError, match="is no folder that `stancekit label` wrote"):
        summarise(tmp_path / "labels.txt")
