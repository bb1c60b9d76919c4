"""Batch labelling: counts add up, nothing twice, nothing lost."""

import csv
import gzip
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stancekit.actors import Actors
from stancekit.articles import ReadOptions
from stancekit.crossval import fit_on_all
from stancekit.errors import InputError, RefusedError
from stancekit.labelling import Labels, label_paths, run
from stancekit.labelling.label import Counts
from stancekit.labelling.rows import table_of
from stancekit.models.manifest import sealed
from stancekit.models.saved import TrainedModel, load_model, save_model
from stancekit.records import ModelInput
from stancekit.statements.clauses.parser import load_parser
from toy import codebook, dataset

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TrainedModel:
    folder = tmp_path_factory.mktemp("model")
    fitted = fit_on_all(dataset(), "tfidf", {"template": "{holder}: {text}"})
    save_model(folder, fitted, recipe="r", codebook=codebook(), actors=Actors())
    return load_model(folder)


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    folder = tmp_path / "coverage"
    folder.mkdir()
    (folder / "one.txt").write_text("The union said the plan must wait. “It is far too hasty,” it added.\nYour thoughts")
    (folder / "two.txt").write_bytes("Caf\u00e9 owners said no.".encode("latin-1"))
    (folder / "three.txt").write_text("=SUM(A1) was the answer.")
    return folder


def rows_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_every_sentence_has_a_row_with_all_fields_and_probabilities(model: TrainedModel, coverage: Path, tmp_path: Path) -> None:
    counts = label_paths([coverage], model, tmp_path / "out")
    assert counts == Counts(rows_in=4, labelled=3, rejected=1, already_done=0)
    rows = rows_of(tmp_path / "out" / "labels.jsonl")
    assert list(rows[0])[:11] == ["id", "article_id", "start", "end", "text", "kind", "mode", "speaker", "organisation", "cue", "holder"]
    assert list(rows[0])[11:16] == ["actor_kind", "attribution", "attribution_confidence", "quotes", "joined"]
    assert list(rows[0])[16:24] == ["date", "outlet", "title", "url", "language", "target", "actor", "model"]
    assert list(rows[0])[24:29] == ["stance", "stance_probability", "stance_oppose", "stance_neutral", "stance_support"]
    assert list(rows[0])[29:] == ["tone", "tone_probability", "tone_bad", "tone_good"]
    assert all(row["stance_probability"] == row[f"stance_{row['stance']}"] for row in rows)
    assert {(row["target"], row["actor"], row["model"], row["date"]) for row in rows} == {("the plan", None, model.digest[:12], None)}
    assert all(r["stance_oppose"] + r["stance_neutral"] + r["stance_support"] == pytest.approx(1) for r in rows)  # type: ignore[operator]
    assert pq.read_table(tmp_path / "out" / "labels.parquet", page_checksum_verification=True).to_pylist() == [
        row | {"joined": "[]"} for row in rows
    ]
    [rejected] = rows_of(tmp_path / "out" / "rejected.jsonl")
    assert Path(str(rejected["file"])).name == "two.txt"
    assert "not UTF-8" in str(rejected["reason"])


def test_a_model_that_may_abstain_says_so_in_columns_of_their_own(coverage: Path, tmp_path: Path) -> None:
    params = {"model": "tfidf", "params": {"template": "{holder}: {text}"}, "method": "none", "abstain": 1.0}
    fitted = fit_on_all(dataset(), "calibrated", params)
    fitted.models[0].threshold_, fitted.models[1].threshold_ = 0.4, None
    save_model(tmp_path / "model", fitted, recipe="r", codebook=codebook(), actors=Actors())
    abstaining = load_model(tmp_path / "model")
    label_paths([coverage], abstaining, tmp_path / "out")
    rows = rows_of(tmp_path / "out" / "labels.jsonl")
    assert list(rows[0])[25:30] == ["stance_probability", "stance_oppose", "stance_neutral", "stance_support", "stance_abstained"]
    assert "tone_abstained" not in rows[0]
    for row in rows:
        top = max(row["stance_oppose"], row["stance_neutral"], row["stance_support"])  # type: ignore[type-var]
        assert row["stance_abstained"] is (top < 0.4)  # type: ignore[operator]
    table = pq.read_table(tmp_path / "out" / "labels.parquet", page_checksum_verification=True)
    assert table.schema.field("stance_abstained").type == pa.bool_()
    assert table.to_pylist() == [row | {"joined": "[]"} for row in rows]
    with (tmp_path / "out" / "labels.csv").open(newline="", encoding="utf-8-sig") as file:
        assert {row["stance_abstained"] for row in csv.DictReader(file)} <= {"True", "False"}
    clash = replace(abstaining, tasks={"stance": ("oppose", "neutral", "abstained"), "tone": ("bad", "good")})
    with pytest.raises(InputError, match="already has the column 'stance_abstained'"):
        label_paths([coverage], clash, tmp_path / "clash")


def test_a_spreadsheet_sees_text(model: TrainedModel, coverage: Path, tmp_path: Path) -> None:
    label_paths([coverage], model, tmp_path / "out")
    with (tmp_path / "out" / "labels.csv").open(newline="", encoding="utf-8-sig") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert "'=SUM(A1) was the answer." in texts


def test_rows_that_are_statements_keep_their_ids(model: TrainedModel, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    lines = [
        {"id": "007", "text": "The plan must wait.", "holder": "Union Ka", "context": "Before."},
        {"id": "b", "text": "The plan must wait."},
        {"id": "007", "text": "Again."},
        {"id": "c", "text": " "},
        {"id": "d", "text": "Fine.", "holder": 3},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines) + "{broken\n")
    counts = label_paths([file], model, tmp_path / "out", unit="statement")
    assert (counts.rows_in, counts.labelled, counts.rejected) == (6, 2, 4)
    rows = rows_of(tmp_path / "out" / "labels.jsonl")
    assert [row["id"] for row in rows] == ["007", "b"]
    expected = model.predict_proba([ModelInput("The plan must wait.", "Before.", holder="Union Ka", target="the plan")])
    assert rows[0]["stance_oppose"] == expected["stance"][0, 0]
    assert [r["line"] for r in rows_of(tmp_path / "out" / "rejected.jsonl")] == [3, 4, 5, 6]


def write_rows(folder: Path) -> list[Path]:
    """The same rows in every kind of table, under names of their own."""
    rows = [{"key": "007", "sentence": "The plan must wait.", "who": "Union Ka"}, {"key": "NA", "sentence": "Fine.", "who": None}]
    folder.mkdir()
    with (folder / "rows.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pq.write_table(pa.Table.from_pylist(rows), folder / "rows.parquet")
    (folder / "rows.jsonl.gz").write_bytes(gzip.compress((folder / "rows.jsonl").read_bytes()))
    return sorted(folder.iterdir())


def test_every_table_gives_the_same_labels(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = ReadOptions({"id": "key", "text": "sentence", "holder": "who"})
    files = write_rows(tmp_path / "rows")
    for file in files:
        assert label_paths([file], model, tmp_path / f"{file.name}.out", unit="statement", reading=reading).labelled == 2
    data = files[0].read_bytes()
    for counts in (Counts(2, 2, 0, 0), Counts(2, 0, 0, 2)):  # the second time standard input holds the same
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        piped = replace(reading, format="csv")
        assert label_paths([Path("-")], model, tmp_path / "stdin.out", unit="statement", reading=piped) == counts
    written = {(out / "labels.jsonl").read_text() for out in tmp_path.glob("*.out")}
    assert len(written) == 1
    assert [(row["id"], row["holder"]) for row in rows_of(tmp_path / "stdin.out" / "labels.jsonl")] == [("007", "Union Ka"), ("NA", None)]


def test_where_the_words_went_is_kept_and_said(model: TrainedModel, coverage: Path, tmp_path: Path) -> None:
    (coverage / "three.txt").write_text("Notes to editors\n1. The guild has members.\nThe end is near.")
    (coverage / "four.jsonl").write_text('{"id": "a", "text": "[removed]"}\n')
    said: list[str] = []
    label_paths([coverage], model, tmp_path / "out", progress=said.append)
    kept = json.loads((tmp_path / "out" / "_SUCCESS.json").read_text())["words"]
    assert kept == {"statements": 14, "headings": 0, "boilerplate": 14, "furniture": 0, "rejected": 1, "doubtful": ["three"]}
    doubtful = "doubtful: three: 100 % of its 12 words are headings, boilerplate or furniture"
    assert said[-2:] == [doubtful, "words: 29 read = 48 % statements + 0 % headings + 48 % boilerplate + 0 % furniture + 3 % rejected"]


def test_the_words_of_rows_that_are_statements_are_all_theirs(model: TrainedModel, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Share this", "holder": "B"}\n{"id": "a", "text": "It is late now"}\n')
    label_paths([tmp_path / "a.jsonl"], model, tmp_path / "out", unit="statement")
    kept = json.loads((tmp_path / "out" / "_SUCCESS.json").read_text())["words"]
    assert kept == {"statements": 2, "headings": 0, "boilerplate": 0, "furniture": 0, "rejected": 4, "doubtful": []}


def test_another_reading_of_the_same_file_is_another_input(model: TrainedModel, tmp_path: Path) -> None:
    [file, *_] = write_rows(tmp_path / "rows")
    label_paths([file], model, tmp_path / "out", reading=ReadOptions({"text": "sentence"}))
    with pytest.raises(RefusedError, match="another model or other input"):
        label_paths([file], model, tmp_path / "out", reading=ReadOptions({"text": "who"}))


def test_past_a_limit_there_is_parquet_only(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "SMALL", 5)
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps({"id": str(i), "text": f"Text {i}.", "holder": ""}) + "\n" for i in range(6)))
    label_paths([file], model, tmp_path / "out", unit="statement")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["_SUCCESS.json", "model.json", "rejected.jsonl", "run.json", "shards"]
    assert len(Labels(tmp_path / "out")) == len(list(Labels(tmp_path / "out"))) == 6
    (tmp_path / "out" / "labels.csv").write_text("mine")
    assert label_paths([file], model, tmp_path / "out", unit="statement") == Counts(6, 0, 0, 6)
    (tmp_path / "out" / "labels.csv").unlink()
    file.write_text("".join(json.dumps({"id": str(i), "text": f"Text {i}.", "holder": ""}) + "\n" for i in range(5)))
    label_paths([file], model, tmp_path / "out", unit="statement", overwrite=True)
    assert [row["id"] for row in rows_of(tmp_path / "out" / "labels.jsonl")] == ["0", "1", "2", "3", "4"]
    assert (tmp_path / "out" / "labels.csv").read_text().count("\n") == 6


def test_a_finished_run_is_not_done_again_and_another_is_refused(model: TrainedModel, coverage: Path, tmp_path: Path) -> None:
    label_paths([coverage], model, tmp_path / "out")
    before = (tmp_path / "out" / "labels.jsonl").stat().st_mtime_ns
    assert label_paths([coverage], model, tmp_path / "out") == Counts(4, 0, 0, 4)
    assert (tmp_path / "out" / "labels.jsonl").stat().st_mtime_ns == before
    (coverage / "three.txt").write_text("Changed.")
    with pytest.raises(RefusedError, match="another model or other input"):
        label_paths([coverage], model, tmp_path / "out")
    assert label_paths([coverage], model, tmp_path / "out", overwrite=True).labelled == 3


def test_a_changed_file_of_the_same_name_elsewhere_is_seen(model: TrainedModel, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(f"The text of {folder}.")
    paths = [tmp_path / "a" / "x.txt", tmp_path / "b"]
    assert label_paths(paths, model, tmp_path / "out") == Counts(2, 2, 0, 0)
    (tmp_path / "a" / "x.txt").write_text("Changed.")
    with pytest.raises(RefusedError, match="another model or other input"):
        label_paths(paths, model, tmp_path / "out")


@pytest.mark.parametrize("damage", ["labels.csv", "labels.parquet", "_SUCCESS.json"])
def test_a_changed_output_is_said_and_made_again_where_it_is_asked_for(
    model: TrainedModel, coverage: Path, tmp_path: Path, damage: str
) -> None:
    label_paths([coverage], model, tmp_path / "out")
    before = (tmp_path / "out" / "labels.csv").read_bytes()
    (tmp_path / "out" / damage).write_text("{}")
    with pytest.raises(RefusedError, match=f"{damage}: has been changed since `label` made it; move it away, or --overwrite"):
        label_paths([coverage], model, tmp_path / "out")
    assert (tmp_path / "out" / damage).read_text() == "{}"
    assert label_paths([coverage], model, tmp_path / "out", overwrite=True).labelled == 3
    assert (tmp_path / "out" / "labels.csv").read_bytes() == before


def test_labels_that_are_gone_are_made_again(model: TrainedModel, coverage: Path, tmp_path: Path) -> None:
    label_paths([coverage], model, tmp_path / "out")
    for path in (tmp_path / "out").glob("labels.[cjp]*"):
        path.unlink()
    receipt = json.loads((tmp_path / "out" / "_SUCCESS.json").read_text())
    del receipt["digest"]
    (tmp_path / "out" / "_SUCCESS.json").write_text(sealed(receipt | {"files": {}}))
    (tmp_path / "out" / "rejected.jsonl").unlink()
    assert label_paths([coverage], model, tmp_path / "out") == Counts(4, 0, 1, 3)
    assert len(rows_of(tmp_path / "out" / "labels.jsonl")) == 3


def test_a_mistaken_call_leaves_nothing_in_the_way(model: TrainedModel, coverage: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no file that a reader knows \(allowed: .jsonl, .csv"):
        label_paths([coverage], model, tmp_path / "out", unit="statement")
    with pytest.raises(InputError, match="none is among the inputs"):
        label_paths([coverage], model, tmp_path / "out", reading=ReadOptions({"text": "body"}))
    assert not (tmp_path / "out").exists()
    assert label_paths([coverage], model, tmp_path / "out").labelled == 3


def test_labels_never_land_among_the_articles(model: TrainedModel, coverage: Path) -> None:
    for out in (coverage, coverage / "labels"):
        with pytest.raises(RefusedError, match=r"(is|lies within) the input"):
            label_paths([coverage], model, out, overwrite=True)
    assert len(list(coverage.iterdir())) == 3


def test_an_article_without_sentences_is_rejected(model: TrainedModel, tmp_path: Path) -> None:
    (tmp_path / "h.txt").write_text("Your thoughts")
    assert label_paths([tmp_path / "h.txt"], model, tmp_path / "out") == Counts(1, 0, 1, 0)


def test_an_interrupted_run_is_begun_again(model: TrainedModel, coverage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(TrainedModel, "predict_proba", interrupted)
        with pytest.raises(KeyboardInterrupt, match=r"^$"):
            label_paths([coverage], model, tmp_path / "out")
    assert not (tmp_path / "out" / "_SUCCESS.json").exists()
    assert label_paths([coverage], model, tmp_path / "out").labelled == 3
    assert not list((tmp_path / "out").glob(".*tmp"))


def test_equal_inputs_are_computed_once(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[int] = []
    original = TrainedModel.predict_proba

    def spy(self: TrainedModel, X: list[ModelInput]) -> object:
        computed.append(len(X))
        return original(self, X)

    monkeypatch.setattr(TrainedModel, "predict_proba", spy)
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps({"id": str(i), "text": f"Text {i % 3}.", "holder": None}) + "\n" for i in range(30)))
    assert label_paths([file], model, tmp_path / "out", unit="statement").labelled == 30
    assert computed == [3]


def test_mistakes_of_the_call(model: TrainedModel, coverage: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        label_paths([tmp_path / "none"], model, tmp_path / "out")
    with pytest.raises(InputError, match=r"rows that are statements come in tables \(allowed: .jsonl, .csv"):
        label_paths([coverage / "one.txt"], model, tmp_path / "out2", unit="statement")


def test_a_model_labels_with_the_parser_it_was_trained_with(model: TrainedModel, tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    parsed = replace(model, parser=load_parser().name)
    assert label_paths([ROOT / "examples" / "new_coverage"], parsed, tmp_path / "out").labelled > 20
    with pytest.raises(InputError, match="is not the one the model was trained with"):
        label_paths([ROOT / "examples" / "new_coverage"], replace(model, parser="another-1.0"), tmp_path / "other")


def test_a_short_label_imports_no_pandas(model: TrainedModel, coverage: Path, tmp_path: Path) -> None:
    paths = f"[{str(coverage)!r}], stancekit.load_model({str(model.folder)!r}), {str(tmp_path / 'out')!r}"
    code = f"import sys, stancekit; stancekit.label_paths({paths}); assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    table = pq.read_table(tmp_path / "out" / "labels.parquet")
    odd = {
        "text": "“Caf\u00e9\u2028” \\ \t\U0001f600",
        "speaker": None,
        "attribution_confidence": None,
        "quotes": [],
        "stance_oppose": 5e-324,
        "tone_bad": 0.1 + 0.2,
    }
    rows = [*table.to_pylist(), table.to_pylist()[0] | odd]
    assert table_of([row | {"joined": []} for row in rows], table.schema).equals(pa.Table.from_pylist(rows, table.schema))
