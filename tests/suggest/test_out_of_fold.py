"""Out-of-fold predictions: a run's, or fresh ones."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pools import BOOK, annotations, items
from stancekit.errors import InputError
from stancekit.io.files import parse_object, read_text, to_json
from stancekit.suggest.out_of_fold import fresh_predictions, run_predictions


@pytest.fixture
def folder(made_up_run: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_up_run, tmp_path / "run")
    return tmp_path / "run"


def test_a_run_gives_one_scheme_with_all_its_seeds(folder: Path) -> None:
    assert {(p.scheme, p.seed) for p in run_predictions(folder, "words_only")} == {("kfold", 0)}
    found = run_predictions(folder, "tuned")  # which ran without k-fold
    assert {(p.scheme, p.holder) for p in found} == {("purged", "annotated")}
    assert sorted((p.task, p.seed) for p in found) == [(task, seed) for task in ("stance", "tone") for seed in (0, 1, 2)]


def test_the_configs_default_without_a_name(folder: Path) -> None:
    about = parse_object(read_text(folder / "run.json"), "run.json")
    about["config"]["content"]["default"] = "words_only"
    (folder / "run.json").write_text(to_json(about), encoding="utf-8")
    assert {p.model for p in run_predictions(folder)} == {"words_only"}


def test_what_is_no_run(folder: Path) -> None:
    with pytest.raises(InputError, match=r"has no predictions of a recipe 'tunde' - did you mean 'tuned'\?"):
        run_predictions(folder, "tunde")
    with pytest.raises(InputError, match=r"run\.json: no such file"):
        run_predictions(folder / "predictions")
    about = parse_object(read_text(folder / "run.json"), "run.json")
    (folder / "run.json").write_text(to_json({**about, "status": "running"}), encoding="utf-8")
    with pytest.raises(InputError, match="is of a run that has not finished"):
        run_predictions(folder, "tuned")


def test_fresh_predictions_cover_every_task_and_label() -> None:
    rows = annotations(items({"oppose": 30, "neutral": 30, "support": 20}), frames=True)
    rows[0] = replace(rows[0], labels={"frames": rows[0].labels["frames"]})
    found = {p.task: p for p in fresh_predictions(rows, BOOK, "tfidf")}
    assert list(found) == ["stance", "frames_moral", "frames_money", "frames_order"]
    assert len(found["stance"].ids) == 79
    assert set(found["frames_money"].ids) == {a.statement_id for a in rows}
    right = [said == a.labels["stance"] for said, a in zip(found["stance"].predicted, rows[1:], strict=True)]
    assert np.mean(right) > 0.9


def test_repeats_share_a_fold() -> None:
    rows = annotations(items({"oppose": 20, "neutral": 20, "support": 10}))
    twice = rows + [replace(a, statement_id=f"again:{i}") for i, a in enumerate(rows)]
    [stance] = fresh_predictions(twice, BOOK, "tfidf")
    fold = dict(zip(stance.ids, stance.folds, strict=True))
    assert all(fold[a.statement_id] == fold[f"again:{i}"] for i, a in enumerate(rows))


def test_too_little_for_folds() -> None:
    with pytest.raises(InputError, match="needs two groups of statements"):
        fresh_predictions(annotations(items({"oppose": 1})), BOOK, "tfidf")
    assert fresh_predictions([], BOOK, "tfidf") == []
