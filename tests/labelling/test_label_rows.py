"""Rows of labels from end to end: the table's date, outlet and kept columns, in every file that is written, as they stand."""

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from stancekit.actors import Actor, Actors
from stancekit.articles import ReadOptions
from stancekit.cli.main import app
from stancekit.crossval import fit_on_all
from stancekit.data.inputs import ROW_TARGETS
from stancekit.errors import InputError, MissingError, RefusedError
from stancekit.labelling import label, label_paths, run
from stancekit.labelling.rows import LabelRows
from stancekit.models.saved import TrainedModel, load_model, save_model
from stancekit.records import ROW_COLUMNS
from toy import codebook, dataset

ACTORS = Actors(actors=[Actor(name="Union Ka", kind="union", aliases=["UK Ka"]), Actor(name="Office Lo", kind="ministry")])
LONG = "00123456789012345678"


def saved(folder: Path, kind: str = "tfidf", columns: dict[str, str] | None = None, **params: Any) -> TrainedModel:
    save_model(folder, fit_on_all(dataset(), kind, params), recipe="r", codebook=codebook(), actors=ACTORS, columns=columns)
    return load_model(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TrainedModel:
    return saved(tmp_path_factory.mktemp("model") / "m", template="{text}")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "posts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "date", "outlet", "url", "party", "=note"])
        writer.writerow(
            [LONG, "UK Ka said the plan must wait.\nUK Ka and Office Lo said: “Fine.”", "3 March 2025", "Bugle", "", "Lab", "=1+1"]
        )
        writer.writerow(["3-4", "A café closed.", "2025-03-04", "Post", "https://a.example/1", "", "007"])
    return path


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]


def test_a_table_keeps_its_dates_and_the_users_columns_in_every_file(model: TrainedModel, table: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    out, reading = tmp_path / "out", ReadOptions(keep=("party", "=note"))
    label_paths(table, model, out, reading=reading, xlsx=True)
    rows = rows_of(out)
    assert list(rows[0])[15:26] == ["joined", "date", "outlet", "title", "url", "language", "party", "=note", "target", "actor", "model"]
    assert [(r["article_id"], r["date"], r["outlet"], r["url"], r["party"], r["=note"], r["actor"]) for r in rows] == [
        (LONG, "2025-03-03", "Bugle", None, "Lab", "=1+1", "Union Ka"),
        (LONG, "2025-03-03", "Bugle", None, "Lab", "=1+1", "Union Ka; Office Lo"),
        ("3-4", "2025-03-04", "Post", "https://a.example/1", None, "007", None),
    ]  # fmt: skip
    assert pq.read_table(out / "labels.parquet").to_pylist() == [row | {"joined": "[]"} for row in rows]

    data = (out / "labels.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,article_id,")  # without the mark Excel takes UTF-8 for the machine's own code page
    cells = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert [(c["article_id"], c["date"], c["'=note"], c["actor"]) for c in cells] == [
        (LONG, "2025-03-03", "'=1+1", "Union Ka"), (LONG, "2025-03-03", "'=1+1", "Union Ka; Office Lo"), ("3-4", "2025-03-04", "007", ""),
    ]  # fmt: skip
    frame = pd.read_csv(out / "labels.csv", dtype={"article_id": str})
    assert frame["article_id"].tolist() == [LONG, LONG, "3-4"]
    assert frame["stance_probability"].tolist() == [r["stance_probability"] for r in rows]

    header, *values = openpyxl.load_workbook(out / "labels.xlsx")["labels"].iter_rows()
    assert [cell.value for cell in header] == list(rows[0])
    for row, found in zip(rows, values, strict=True):
        assert {cell.data_type for cell, value in zip(found, row.values(), strict=True) if isinstance(value, str)} == {"s"}
        assert [cell.value for cell in found] == [
            json.dumps(v) if isinstance(v, list) else pytest.approx(v) if isinstance(v, float) else v for v in row.values()
        ]

    assert label_paths(out / "labels.csv", model, tmp_path / "again", unit="statement").labelled == 3  # our reader takes it too
    assert label_paths(table, model, out, reading=reading, xlsx=True).already_done == 3
    (out / "labels.xlsx").unlink()
    assert label_paths(table, model, out, reading=reading, xlsx=True).already_done == 3  # made of what is labelled
    assert (out / "labels.xlsx").exists()
    for other in ({"xlsx": True}, {"reading": reading, "xlsx": True, "headings": True}):
        with pytest.raises(RefusedError, match="another model or other input"):
            label_paths(table, model, out, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keep", "message"),
    [
        ("partei", r"--keep: no table has a column 'partei' - did you mean 'party'\? \(allowed: id, .*"),
        ("speaker", "--keep: 'speaker' is a column of the output already: rename that of the table"),
        ("stance", "--keep: 'stance' is a column of the labels already: rename that of the table"),
    ],
)
def test_a_column_that_no_table_has_or_that_is_ours_is_refused(
    model: TrainedModel, table: Path, tmp_path: Path, keep: str, message: str
) -> None:
    table.write_text(table.read_text().replace("party", "stance" if keep == "stance" else "party"))
    with pytest.raises(InputError, match=message):
        label_paths(table, model, tmp_path / "out", reading=ReadOptions(keep=(keep,)))
    assert not (tmp_path / "out" / "labels.parquet").exists()


def test_a_kept_column_need_not_be_in_every_table(model: TrainedModel, table: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "more.jsonl").write_text('{"id": "m", "text": "It rains."}\n{"id": "n", "text": "It pours.", "place": ["Ka"]}\n')
    counts = label_paths([table, tmp_path / "in"], model, tmp_path / "out", reading=ReadOptions(keep=("party", "place")))
    assert counts.rejected == 0
    found = {row["article_id"]: (row["party"], row["place"]) for row in rows_of(tmp_path / "out")}
    assert found == {LONG: ("Lab", None), "3-4": (None, None), "m": (None, None), "n": (None, '["Ka"]')}

    piped = ["statements", "-", "--format", "jsonl", "--keep", "place", "--keep", "plaice"]  # of which nothing is known before it is read
    done = CliRunner().invoke(app, piped, input=(tmp_path / "in" / "more.jsonl").read_text(), catch_exceptions=False)
    assert "--keep: no row has a column 'plaice'" in done.output
    assert "column 'place'" not in done.output


def test_the_language_of_rows_that_are_statements_is_a_code(model: TrainedModel, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,language\nIt rains.,EN-gb\nEs regnet.,deu\nOh.,\nAh.,here\n")
    for language, expected in ((None, ["en", "de", None, None]), ("fr", ["fr"] * 4)):
        out = tmp_path / str(language)
        label_paths(tmp_path / "a.csv", model, out, unit="statement", reading=ReadOptions(language=language))
        assert [row["language"] for row in rows_of(out)] == expected


def test_kept_values_of_any_type_are_text(model: TrainedModel, tmp_path: Path) -> None:
    values: list[Any] = [3, 0.5, True, "x", None, float("nan")]
    rows = [{"text": f"Text {n}.", "n": value} for n, value in enumerate(values)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row).replace("NaN", "[1]") + "\n" for row in rows))
    pq.write_table(
        pa.table({"text": ["One.", "Two."], "n": [0.5, None], "day": [pd.Timestamp("2025-03-04"), None]}), tmp_path / "b.parquet"
    )
    label_paths(tmp_path / "a.jsonl", model, tmp_path / "a", unit="statement", reading=ReadOptions(keep=("n",)))
    assert [row["n"] for row in rows_of(tmp_path / "a")] == ["3", "0.5", "true", "x", None, "[1]"]
    label_paths(tmp_path / "b.parquet", model, tmp_path / "b", unit="statement", reading=ReadOptions(keep=("n", "day")))
    assert [(row["id"], row["n"], row["day"]) for row in rows_of(tmp_path / "b")] == [("b-1", "0.5", "2025-03-04"), ("b-2", None, None)]


def test_headings_are_labelled_where_they_are_kept_and_change_no_other_row(model: TrainedModel, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The plan is discussed.\n\nWhat the union says\n\nUnion Ka said no. It will sue.")
    label_paths(tmp_path / "a.txt", model, tmp_path / "without")
    label_paths(tmp_path / "a.txt", model, tmp_path / "with", headings=True)
    rows = rows_of(tmp_path / "with")
    assert [(r["kind"], r["holder"]) for r in rows] == [
        ("sentence", "narrator"), ("heading", None), ("sentence", "Union Ka"), ("sentence", "narrator"),
    ]  # fmt: skip
    assert [r for r in rows if r["kind"] == "sentence"] == rows_of(tmp_path / "without")
    with pytest.raises(InputError, match="'headings' are of articles"):
        label_paths(tmp_path / "a.txt", model, tmp_path / "no", unit="statement", headings=True)


def test_columns_are_as_in_training_where_the_table_has_them(tmp_path: Path) -> None:
    model = saved(tmp_path / "m", columns={"text": "body", "date": "day", "label": "gold", "outlet": "paper"})
    (tmp_path / "a.csv").write_text("id,body,day,text\na,Union Ka said no.,2025,Other words.\n")
    said: list[str] = []
    label_paths(tmp_path / "a.csv", model, tmp_path / "a", progress=said.append)
    assert [said for said in said if "training" in said] == ["columns as in training: text=body, date=day"]
    assert [(row["text"], row["date"]) for row in rows_of(tmp_path / "a")] == [("Union Ka said no.", "2025")]
    label_paths(tmp_path / "a.csv", model, tmp_path / "b", reading=ReadOptions({"text": "text"}), unit="statement")
    assert [(row["text"], row["date"]) for row in rows_of(tmp_path / "b")] == [("Other words.", "2025")]
    assert saved(tmp_path / "n").columns == {}


@pytest.mark.parametrize(
    ("kind", "params", "lacking"),
    [
        ("tfidf", {"template": "{holder}: {text}"}, "holder"),
        ("tfidf", {"template": "{speaker}: {text}"}, "speaker"),
        ("actor", {"by": "actor_kind"}, "holder"),  # the registry knows its kind
        ("calibrated", {"model": "tfidf", "params": {"template": "{organisation} {text}"}, "method": "none"}, "organisation"),
        ("tfidf", {"template": "{context} {text}"}, "context"),
        ("tfidf", {"template": "{masked} {target}"}, ""),
    ],
)
def test_a_model_is_refused_a_table_without_a_column_that_it_reads(tmp_path: Path, kind: str, params: dict[str, Any], lacking: str) -> None:
    model = saved(tmp_path / "m", kind, **params)
    (tmp_path / "bare.csv").write_text("text\nUnion Ka said no.\n")
    if lacking:
        what = rf"bare.csv: has no column '{lacking}'; it has 'text'; the model reads the {lacking}: say which holds it, --column"
        with pytest.raises(InputError, match=what):
            label_paths(tmp_path / "bare.csv", model, tmp_path / "out", unit="statement")
    (tmp_path / "full.csv").write_text(f"text,{lacking or 'any'}\nUnion Ka said no.,\n")
    assert label_paths(tmp_path / "full.csv", model, tmp_path / "out", unit="statement").labelled == 1
    assert label_paths(tmp_path / "bare.csv", model, tmp_path / "articles").labelled == 1  # of articles it is found


def test_a_model_of_rows_with_their_targets_needs_them(tmp_path: Path) -> None:
    model = replace(saved(tmp_path / "m", template="{target}: {text}"), target=ROW_TARGETS)
    (tmp_path / "a.csv").write_text("text\nNo.\n")
    with pytest.raises(InputError, match="the model reads the target"):
        label_paths(tmp_path / "a.csv", model, tmp_path / "out", unit="statement")
    (tmp_path / "a.csv").write_text("text,target\nNo.,the ferry\nYes.,\n")
    label_paths(tmp_path / "a.csv", model, tmp_path / "out", unit="statement")
    assert [(row["id"], row["target"]) for row in rows_of(tmp_path / "out")] == [("a-2", "the ferry"), ("a-3", None)]


def test_an_old_model_with_a_label_called_probability_is_refused(model: TrainedModel) -> None:
    with pytest.raises(InputError, match="a task or label of its codebook already has the column 'stance_probability'; rename that"):
        LabelRows(replace(model, tasks={"stance": ("oppose", "probability"), "tone": ("bad", "good")}))


def test_the_command_names_what_was_written_and_no_more(
    model: TrainedModel, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-m", "stancekit", "label", table, "--model", model.folder, "--out", "out", "--keep", "party"]
    done = subprocess.run([*map(str, command), "--xlsx"], cwd=tmp_path, capture_output=True, text=True, check=True)
    names = ["labels.parquet", "labels.jsonl", "labels.csv", "labels.xlsx"]
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("labels ")] == [f"out/{name}" for name in names]
    monkeypatch.setattr(run, "SMALL", 2)
    label_paths(table, model, tmp_path / "large")
    (tmp_path / "large" / "labels.csv").write_text("mine")
    assert label.written_in(tmp_path / "large") == ["shards"]


def test_the_documentation_names_every_column() -> None:
    text = (Path(__file__).parents[2] / "docs" / "columns.md").read_text()
    assert [name for name in ROW_COLUMNS if f"`{name}`" not in text] == []
    for name in ("", "_probability", "_<label>", "_abstained"):
        assert f"`<task>{name}`" in text


def test_a_workbook_needs_its_extra(model: TrainedModel, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stancekit.errors.find_spec", lambda _: None)
    with pytest.raises(MissingError, match=r"pip install 'stancekit\[office\]'"):
        label_paths(table, model, tmp_path / "out", xlsx=True)
    assert not (tmp_path / "out").exists()
