"""Articles in other languages than English, from file to label: no speaker, which every model takes for an unknown one."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from stancekit.cli import main
from stancekit.data.inputs import model_inputs
from stancekit.models.saved import load_model
from stancekit.models.templates import render
from stancekit.records import ModelInput, Statement

ENGLISH, CHINESE = "The union said that the levy must wait. It will not.", "“我们反对。”主席说。会议结束了。"
TEXTS = {"en.txt": ENGLISH, "post.txt": "No way!", "zh.txt": CHINESE}


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("recipe", ["actor", "tfidf_holder"])
def test_labels_of_texts_without_speakers(quick_run: Path, coverage: Path, tmp_path: Path, recipe: str) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(main.app, ["label", str(coverage), "--model", str(quick_run / "models" / recipe), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "zh.txt: has texts that are not in English (1 zh)" in done.output
    assert "languages: 1 en, 1 unknown, 1 zh" in done.output
    assert json.loads((out / "_SUCCESS.json").read_text())["languages"] == {"en": 1, "unknown": 1, "zh": 1}
    rows = [json.loads(line) for line in (out / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["speaker"] is None for row in rows] == [False, False, False, True, True]
    assert [row["text"] for row in rows[3:]] == ["“我们反对。”主席说。", "会议结束了。"]
    unknown = ("organisation", "holder", "mode", "cue", "actor_kind", "attribution_confidence")
    assert all(row[name] is None for row in rows[3:] for name in unknown)


def test_the_language_of_all_texts_is_said_by_the_user(coverage: Path) -> None:
    done = CliRunner().invoke(main.app, ["statements", str(coverage), "--language", "en-GB"])
    assert done.exit_code == 0, done.output
    assert "languages: 3 en" in done.output
    assert "not in English" not in done.output
    assert '"speaker": null' not in done.output


@pytest.mark.parametrize("recipe", ["majority", "actor", "tfidf", "tfidf_holder"])
def test_no_holder_is_an_unknown_one_and_not_the_narrator(quick_run: Path, recipe: str) -> None:
    model = load_model(quick_run / "models" / recipe)
    [unknown] = model_inputs([Statement("a:0-5", "a", 0, 5, "我们反对。")], model.target, model.actors)
    assert (unknown.speaker, unknown.organisation, unknown.holder, unknown.actor_kind) == (None, None, None, None)
    assert render("{speaker} {holder} ({actor_kind}): {text}", [unknown]) == ["(): 我们反对。"]
    narrated = ModelInput(unknown.text, target=unknown.target, speaker="narrator", holder="narrator")
    stranger = ModelInput(unknown.text, target=unknown.target, speaker="Qq", holder="Qq")
    proba = dict(model.predict_proba([unknown, narrated, stranger]).items())
    for rows in proba.values():
        assert np.isfinite(rows).all()
        assert np.allclose(rows[0], rows[2], atol=0.05)
        assert recipe in ("majority", "tfidf") or not np.allclose(rows[0], rows[1], atol=0.05)
