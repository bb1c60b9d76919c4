"""Labels are of the files whose digests are recorded: what changes, goes or comes on the way is said and rejected."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stancekit.actors import Actors
from stancekit.articles import ReadOptions
from stancekit.crossval import fit_on_all
from stancekit.edits import slice_text
from stancekit.errors import InputError, RefusedError
from stancekit.labelling import Labels, label_paths
from stancekit.labelling.label import Counts
from stancekit.models.saved import TrainedModel, load_model, save_model
from toy import dataset

ROWS = [{"id": str(i), "text": f"The plan number {i} is far too hasty, a union said."} for i in range(50)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TrainedModel:
    folder, data = tmp_path_factory.mktemp("model") / "model", dataset()
    save_model(folder, fit_on_all(data, "majority", {}), recipe="m", codebook=data.codebook, actors=Actors())
    return load_model(folder)


def as_jsonl(path: Path, rows: list[dict[str, str]]) -> Path:
    path.with_suffix(".jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path.with_suffix(".jsonl")


def as_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    path.with_suffix(".csv").write_text("id,text\n" + "".join(f'{row["id"]},"{row["text"]}"\n' for row in rows))
    return path.with_suffix(".csv")


def as_parquet(path: Path, rows: list[dict[str, str]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path.with_suffix(".parquet"))
    return path.with_suffix(".parquet")


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Lets something happen between the digests and the reading."""

    def let(happen: Callable[[], object]) -> None:
        from stancekit.labelling.inputs import Inputs

        real = Inputs.documents

        def documents(self: Inputs) -> Iterator[Any]:
            happen()
            return real(self)

        monkeypatch.setattr(Inputs, "documents", documents)

    return let


@pytest.mark.parametrize("make", [as_jsonl, as_csv, as_parquet])
def test_a_table_that_changes_is_never_labelled_under_another_digest(
    make: Callable[[Path, list[dict[str, str]]], Path], model: TrainedModel, tmp_path: Path, meanwhile: Any
) -> None:
    path, rows = make(tmp_path / "in", ROWS), [*ROWS[:-1], {"id": "x", "text": "Another text."}]
    meanwhile(lambda: make(tmp_path / "in", rows))
    with pytest.raises(InputError, match=rf"in{path.suffix}: has changed while it was read; run the same command again"):
        label_paths([path], model, tmp_path / "out", unit="statement", shard_rows=20)
    assert not (tmp_path / "out" / "_SUCCESS.json").exists()
    assert label_paths([path], model, tmp_path / "out", unit="statement", shard_rows=20) == Counts(50, 50, 0, 0)
    assert [row["text"] for row in Labels(tmp_path / "out")] == [row["text"] for row in rows]


def test_documents_that_change_go_or_come_are_rejected(model: TrainedModel, tmp_path: Path, meanwhile: Any) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("changes", "goes", "stays"):
        (folder / f"{name}.txt").write_text(f"The plan that {name} is far too hasty.")

    def happen() -> None:
        (folder / "changes.txt").write_text("Another text.")
        (folder / "goes.txt").unlink()
        (folder / "comes.txt").write_text("The plan that comes is far too hasty.")

    meanwhile(happen)
    assert label_paths([folder], model, tmp_path / "out") == Counts(4, 1, 3, 0)
    rejected = [json.loads(line)["reason"] for line in (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()]
    for reason in (
        "changes.txt: has changed while it was read; run the same command again",
        "goes.txt: was there when this began and has gone since",
        "comes.txt: was not there when this began; run the same command again",
    ):
        assert [said for said in rejected if reason in said], rejected


def test_another_spelling_of_a_path_is_the_same_input(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/x", "a/y", "b/x"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / f"{name}.txt").write_text(f"The plan of {name} is far too hasty.")
    (tmp_path / "link").symlink_to("in")
    done = label_paths([tmp_path / "in"], model, tmp_path / "out").labelled
    monkeypatch.chdir(tmp_path)
    for spelling in ("in", "./in/", "in/a/..", str(tmp_path / "in")):
        assert label_paths([Path(spelling)], model, tmp_path / "out") == Counts(done, 0, 0, done)
    assert label_paths([Path("in/a/x.txt")], model, tmp_path / "one", reading=ReadOptions()).labelled == 1
    assert label_paths([Path("link/a/x.txt")], model, tmp_path / "one") == Counts(1, 0, 0, 1)


def test_labels_of_files_that_came_and_went_are_made_again(model: TrainedModel, tmp_path: Path, meanwhile: Any, monkeypatch: Any) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"The plan of {name} is far too hasty.")
    kept = (folder / "b.txt").read_text()
    with monkeypatch.context():
        meanwhile(lambda: (folder / "b.txt").unlink())
        assert label_paths([folder], model, tmp_path / "out") == Counts(2, 1, 1, 0)
    monkeypatch.undo()
    assert label_paths([folder], model, tmp_path / "out") == Counts(1, 1, 0, 0)  # other files by now, and yet the same command
    (folder / "b.txt").write_text(kept)
    assert label_paths([folder], model, tmp_path / "out") == Counts(2, 1, 0, 1)


def test_labels_of_joined_lines_are_not_those_of_lines_as_they_are(model: TrainedModel, tmp_path: Path) -> None:
    text = "The committee of the union said that it would ask its members\nonce more before the summer, as no one had been\nheard."
    (tmp_path / "a.txt").write_text(text)
    label_paths([tmp_path / "a.txt"], model, tmp_path / "out", reading=ReadOptions(lines="join"))
    [row] = [json.loads(line) for line in (tmp_path / "out" / "labels.jsonl").read_text().splitlines()]
    assert row["text"] == text.replace("\n", " ")
    assert row["joined"] == [[at, at + 1, " "] for at in (61, 109)]
    [stored] = pq.read_table(tmp_path / "out" / "labels.parquet").to_pylist()
    assert json.loads(stored["joined"]) == row["joined"]
    assert '"[[61, 62, "" ""], [109, 110, "" ""]]"' in (tmp_path / "out" / "labels.csv").read_text()
    with pytest.raises(RefusedError, match="holds labels of another model or other input"):
        label_paths([tmp_path / "a.txt"], model, tmp_path / "out")


def test_labels_of_text_as_it_is_are_not_those_of_text_as_repaired(model: TrainedModel, tmp_path: Path) -> None:
    pytest.importorskip("ftfy")
    path = as_jsonl(tmp_path / "a", [{"id": "1", "text": "The unionâ€™s <b>chair</b> said no."}])
    label_paths([path], model, tmp_path / "out", unit="statement")
    with pytest.raises(RefusedError, match="holds labels of another model or other input"):
        label_paths([path], model, tmp_path / "out", unit="statement", reading=ReadOptions(repair=True))
    label_paths([path], model, tmp_path / "out", unit="statement", reading=ReadOptions(repair=True), overwrite=True)
    assert json.loads((tmp_path / "out" / "labels.jsonl").read_text())["text"] == "The union’s chair said no."
    row = json.loads((tmp_path / "out" / "labels.jsonl").read_text())
    assert slice_text("The unionâ€™s <b>chair</b> said no.", row["start"], row["end"], row["joined"]) == row["text"]
