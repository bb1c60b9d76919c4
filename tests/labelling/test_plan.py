"""The forecast of a run: exact where all was read, and a range that holds what happens where not."""

import random
from pathlib import Path

import pytest
from odd_jobs import save_small, write_rows
from typer.testing import CliRunner, Result

from stancekit import InputError, TrainedModel, label_paths
from stancekit.cli.main import app
from stancekit.labelling import plan
from stancekit.labelling.plan import Forecast, _Drawn, _scaled, plan_paths


@pytest.fixture
def model(tmp_path: Path) -> TrainedModel:
    return save_small(tmp_path / "model")


def write_articles(folder: Path, count: int, seed: int = 0) -> Path:
    """Articles of one to thirty sentences."""
    folder.mkdir(parents=True)
    draw = random.Random(seed)
    for number in range(count):
        said = [f"The union of district {number} said that plan {number}-{n} was far too hasty." for n in range(draw.randint(1, 30))]
        (folder / f"{number:04}.txt").write_text(" ".join(said))
    return folder


def called(words: str) -> Result:
    return CliRunner().invoke(app, words.split())


def test_what_is_read_and_labelled_whole_is_forecast_exactly(model: TrainedModel, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 30)
    (folder / "empty.txt").write_text(" ")
    found = plan_paths(folder, model)
    counts = label_paths(folder, model, tmp_path / "out")
    assert found.statements == (counts.labelled,) * 3
    assert (found.documents, found.rejected, found.read, found.sampled) == (30, 1, 1, 30)
    disk = sum(path.stat().st_size for path in (tmp_path / "out").rglob("*.*") if path.suffix in (".parquet", ".jsonl", ".csv"))
    assert found.disk == pytest.approx(disk, rel=0.1)
    assert found.repeated == 0
    assert found.seconds(1)[0] > found.seconds(2)[0] >= found.seconds(8)[0] > 0


def test_the_rest_is_reckoned_from_a_sample(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_articles(tmp_path / "in", 200)
    monkeypatch.setattr(plan, "SAMPLE", 60)
    found = plan_paths(folder, model)
    about, least, most = found.statements
    labelled = label_paths(folder, model, tmp_path / "out").labelled
    assert (found.documents, found.sampled) == (200, 60)
    assert least < labelled < most
    assert about == pytest.approx(labelled, rel=0.05)
    early = plan_paths(folder, model, seconds=0.001)
    assert early.read < 1
    assert early.documents == pytest.approx(200, rel=0.9)


def test_the_range_holds_the_truth_about_nineteen_times_of_twenty() -> None:
    draw = random.Random(0)
    population = [(x * draw.uniform(0.5, 1.5), float(x)) for x in (draw.randint(100, 5_000) for _ in range(5_000))]
    size, truth = sum(x for _, x in population), sum(y for y, _ in population)
    held = 0
    for _ in range(400):
        _, least, most = _scaled(draw.sample(population, 100), size)
        held += least <= truth <= most
    assert 0.92 <= held / 400 <= 0.98


def test_every_document_is_as_likely_in_the_sample(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stancekit.articles import ReadOptions
    from stancekit.labelling.inputs import Inputs

    monkeypatch.setattr(plan, "SAMPLE", 100)
    drawn = _Drawn(float("inf"))
    assert drawn.read(Inputs([write_rows(tmp_path / "a.jsonl", 1_000)], ReadOptions(), "statement"))
    lines = [one.line or 0 for one in drawn.sample]
    assert (len(lines), len({*lines})) == (100, 100)
    assert 400 < sum(lines) / 100 < 600


def test_near_duplicates_across_documents_are_counted(model: TrainedModel, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "a.jsonl", 10, [(i, "The same words of one press release again.") for i in (2, 5)] + [(7, "Quite other.")])
    rows.write_text("".join(line for line in rows.read_text().splitlines(keepends=True) if "hasty" not in line))
    assert plan_paths(rows, model, unit="statement").repeated == pytest.approx(2 / 3)


def test_a_forecast_is_written_and_compared_with_what_happens(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_articles(tmp_path / "in", 5)
    done = called("plan in --model model --workers 3 -o plan.json")
    assert done.exit_code == 0, done.output
    assert "documents    5 (all read), 0 rejected" in done.stdout
    assert "; 3 workers " in done.stdout
    done = called("label in --model model --out out --plan plan.json")
    assert [line for line in done.stdout.splitlines() if line.startswith("forecast     ") and " statements: " in line], done.output
    done = called("label in --model model --out out --plan plan.json")
    assert "forecast     is of all the input at once, and is not compared with a part of it" in done.stdout
    (tmp_path / "plan.json").write_text("{}")
    done = called("label in --model model --out out --plan plan.json")
    assert str(done.exception) == "plan.json: is no forecast that `stancekit plan -o` wrote"


def test_nothing_to_read_is_an_error(model: TrainedModel, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ")
    with pytest.raises(InputError, match=r"a\.txt: no document of the input could be read \(1 rejected\)"):
        plan_paths(tmp_path / "a.txt", model)


def test_times_are_said_in_their_units() -> None:
    found = Forecast(
        documents=1, rejected=0, sampled=1, read=0.25, statements=(10, 9, 11), repeated=0,
        reading=30, labelling=(7_200, 3_600, 400_000), idle=0.5, disk=1, memory=1,
    )  # fmt: skip
    assert "time         1 worker about 2.0 h (60.5 min to 4.6 days)" in "\n".join(found.lines([1]))
    assert "for reading; the machine is busy: on an idle one about 50% of it" in "\n".join(found.lines([1]))
    assert "25% of the bytes read" in found.lines([1])[0]
    assert found.compared(10, 5, 1) == "about 10 (9 to 11) statements: 10; about 2.0 h (60.5 min to 4.6 days) with 1 worker: 5.0 s"
