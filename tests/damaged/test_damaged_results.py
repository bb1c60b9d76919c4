"""Damaged files of a finished run: the report refuses them by name, and leaves the earlier one as it was."""

import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from commands import CODES, content, run
from damage import copies
from small_inputs import write_inputs

import made_up
from stancekit.errors import InputError
from stancekit.io.files import to_json
from stancekit.predictions import save_predictions
from stancekit.report.load import load_run

EARLIER = "an earlier report"
RAN = {
    ("actor", "purged"), ("words_only", "purged"), ("words_only", "unpurged"), ("words_holder", "purged"), ("tuned", "purged"),
}  # fmt: skip
"""Recipes and schemes enough for every section of a report."""
DRAWN = 2
"""Reports are drawn whole of so many damaged copies: each takes seconds."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run with a report made before, to be damaged and mended again."""
    folder = made_up.write_run(tmp_path_factory.mktemp("damaged") / "run")
    data = made_up.dataset()
    ran = [found for found in made_up.predictions(data) if (found[0][0].model, found[0][0].scheme) in RAN]
    (folder / "metrics.json").write_text(to_json(made_up.metrics(data, ran)), encoding="utf-8")
    shutil.rmtree(folder / "predictions")
    for predictions in (p for several, _ in ran for p in several):
        save_predictions(predictions, folder / "predictions" / predictions.model / predictions.name)
    (folder / "report" / "figures").mkdir(parents=True)
    for name in ("index.html", "report.md", "figures/comparison_stance.svg", "figures/confusion_stance_gone.png"):
        (folder / "report" / name).write_text(EARLIER, encoding="utf-8")
    return folder


def faults(folder: Path, name: str, spoilt: Iterable[bytes]) -> tuple[list[str], int]:
    """What went wrong with which damaged copy of a file, and how many of them a report was made of."""
    found, made = [], 0
    target = folder / name
    sound = target.read_bytes()
    for i, copy in enumerate(spoilt):
        target.write_bytes(copy)
        before = content(folder)
        code, said = run("report", folder)
        after = content(folder)
        what = []
        if code not in CODES:
            what.append("the exit code is none of the README's")
        if code == 0:
            made += 1
            after = {key: value for key, value in after.items() if not key.startswith("report/")}
            before = {key: value for key, value in before.items() if not key.startswith("report/")}
        elif code == 3 and Path(name).name not in said:
            what.append("the file is not named")
        if after != before:
            what.append(f"changed: {set(after.items()) ^ set(before.items())}")
        found += [f"copy {i}: exit {code}, {fault}: {said.strip()[-300:]}" for fault in what]
    target.write_bytes(sound)
    return found, made


NAMES = ["metrics.json", "run.json", "predictions/words_only/stance.purged.none.seed0.jsonl"]


@pytest.mark.parametrize("name", NAMES)
def test_200_damaged_copies_of_a_run_s_file(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Drawing takes a second a run, so it is left out here; the next test draws some."""
    monkeypatch.setattr("stancekit.report.figures.FIGURES", {})
    found, made = faults(folder, name, copies((folder / name).read_bytes(), Path(name).suffix))
    assert found == []
    assert made < 100, "these copies are hardly damaged"


def test_damaged_metrics_that_pass_the_check_can_be_drawn(folder: Path) -> None:
    target = folder / "metrics.json"
    sound = target.read_bytes()
    passing = []
    for copy in copies(sound, ".json", 200, seed=7):
        target.write_bytes(copy)
        with suppress(InputError):
            if load_run(folder).metrics != json.loads(sound):
                passing.append(copy)
    target.write_bytes(sound)
    found, made = faults(folder, "metrics.json", passing[:DRAWN])
    assert found == []
    assert made


@pytest.mark.parametrize("config", [[], {}, {"content": None}, {"content": {}}, {"content": []}])
def test_a_run_to_ask_for_suggestions_whose_config_is_damaged(folder: Path, tmp_path: Path, config: object) -> None:
    inputs = write_inputs(tmp_path / "inputs")
    other = tmp_path / "run"
    shutil.copytree(folder, other)
    about = json.loads((other / "run.json").read_text(encoding="utf-8"))
    (other / "run.json").write_text(json.dumps(about | {"config": config}), encoding="utf-8")
    code, said = run("suggest", inputs / "statements.jsonl", "--labelled", inputs / "first.jsonl", "--review", "--run", other,
                     "--codebook", inputs / "codebook.yaml", "-o", tmp_path / "queue.jsonl")  # fmt: skip
    assert (code, "run.json" in said) == (3, True), said
