"""What `summarise` writes: the same figures in every format, the statements with what they repeat, and nothing over what is not its own."""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from chromium import Reader
from counted_rows import press, row
from stancekit import load_codebook, summarise
from stancekit.cli.main import app
from stancekit.errors import RefusedError
from stancekit.io.files import to_jsonl
from stancekit.summary import encode
from stancekit.summary import write as writing
from stancekit.summary.write import write_summary

ROOT = Path(__file__).parents[2]


def test_every_format_has_the_same_figures(tmp_path: Path) -> None:
    summary = summarise(press(400), codebook=load_codebook(ROOT / "annotations" / "codebook.yaml"))
    write_summary(summary, tmp_path / "out", note="Made up")
    for name, rows in summary.tables.items():
        content = json.loads((tmp_path / "out" / "tables" / f"{name}.json").read_text())
        assert content == {"claims": [summary.claims.first, *summary.claims.lines], "rows": rows}
        assert (tmp_path / "out" / "tables" / f"{name}.json").read_text().splitlines()[0].startswith('{"claims": ["Raw machine labels')
        frame = pd.read_csv(tmp_path / "out" / "tables" / f"{name}.csv", encoding="utf-8-sig")
        pd.testing.assert_frame_equal(frame, pd.DataFrame(rows), check_dtype=False)
    book = load_workbook(tmp_path / "out" / "tables.xlsx", read_only=True)
    assert book.sheetnames == ["claims", *(name[:31] for name in summary.tables)]
    assert [cell.value for cell in next(book["holder"].iter_rows(min_row=2))] == [
        pytest.approx(value) if isinstance(value, float) else value for value in summary.table("holder")[0].values()
    ]
    book.close()
    statements = pd.read_csv(tmp_path / "out" / "statements.csv", encoding="utf-8-sig")
    assert len(statements) == 400
    once = statements[statements["repeats"].isna()]
    found = summary.table("outlet")
    for line in found:
        assert (once[once["outlet"] == line["outlet"]]["stance"] == line["stance"]).sum() == line["statements_once"]
    assert set(statements["repeats"].dropna()) <= set(once["id"])
    figures = {path.name for path in (tmp_path / "out" / "figures").iterdir()}
    assert {
        f"stance_by_{what}.{end}"
        for what in ("holder", "outlet", "month", "holder_and_month", "holder_and_issue")
        for end in ("png", "svg")
    } == figures
    page = (tmp_path / "out" / "index.html").read_text()
    assert "connect-src" not in Reader(page).policy
    assert Reader(page).policy.startswith("default-src 'none'")


def test_the_same_labels_give_the_same_bytes_and_a_result_is_replaced_whole(tmp_path: Path) -> None:
    for _ in range(2):
        write_summary(summarise(press(60)), tmp_path / "out")
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.suffix != ".xlsx"}
    write_summary(summarise(press(60), ["holder"]), tmp_path / "out")
    assert not (tmp_path / "out" / "tables" / "month.csv").exists()
    write_summary(summarise(press(60)), tmp_path / "out")
    again = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.suffix != ".xlsx"}
    first.pop("summary.json")  # which has the digest of the workbook, and that its time
    assert {name: again[name] for name in first} == first
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    with pytest.raises(RefusedError, match=r"it holds 'mine\.txt'"):
        write_summary(summarise(press(60)), tmp_path / "other")


def test_text_beyond_the_room_of_a_page_is_counted_there_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "MAX_STATEMENTS", 30)
    said: list[str] = []
    write_summary(summarise(press(200)), tmp_path / "out", say=said.append)
    data = Reader((tmp_path / "out" / "index.html").read_text()).data
    assert len(data["text"]) == len(data["columns"]["label"]) == 30
    assert sum(key[-1] for key in data["more"]) == data["left_out"] == 170
    assert [line for line in said if "170 statements found no room; it is in statements.csv" in line]


def test_without_matplotlib_and_openpyxl_the_rest_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "find_spec", lambda name: None)
    said: list[str] = []
    write_summary(summarise(press(30)), tmp_path / "out", say=said.append)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["index.html", "statements.csv", "summary.json", "tables"]
    assert [line.partition(":")[0] for line in said] == ["tables.xlsx", "figures"]


def test_the_command_counts_a_file_of_one_task_without_dates(tmp_path: Path) -> None:
    keep = ("id", "text", "holder", "stance", "stance_probability", "stance_oppose", "stance_neutral", "stance_support")
    rows = [{name: row(i, f"=Text {i}", holder="=A")[name] for name in keep} for i in range(4)]
    (tmp_path / "labels.jsonl").write_text(to_jsonl(rows))
    done = CliRunner().invoke(app, ["summarise", str(tmp_path / "labels.jsonl"), "--by", "holder", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert f"page         {tmp_path / 'out' / 'index.html'}" in done.stdout
    assert (tmp_path / "out" / "tables" / "holder.csv").read_text().splitlines()[1].startswith("'=A,oppose,4,4,1.0,4,4,1.0")
    assert "matplotlib" in sys.modules
