"""A run whose files are damaged is refused: the file, where in it, and what is wrong; an earlier report stays whole."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stancekit.errors import InputError, RefusedError
from stancekit.report import write_report
from stancekit.report.load import load_run

Content = dict[str, Any]


@pytest.fixture
def run(made_up_run: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    shutil.copytree(made_up_run, folder)
    return folder


def put(content: Any, place: str, value: Any) -> None:
    """`put(metrics, "scores 3 task", "x")`."""
    *way, last = [int(part) if part.isdigit() else part for part in place.split()]
    for part in way:
        content = content[part]
    content[last] = value


def drop(content: Any, place: str) -> None:
    *way, last = place.split()
    for part in way:
        content = content[int(part) if part.isdigit() else part]
    del content[last]


def changed(path: Path, change: Callable[[Content], object]) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


METRICS: list[tuple[Callable[[Content], object], str]] = [
    (lambda m: put(m, "n", "13"), "n: should be a whole number, not '13'"),
    (lambda m: put(m, "n", True), "n: should be a whole number, not True"),
    (lambda m: put(m, "n", -1), "n: should be greater than or equal to 0, not -1"),
    (lambda m: put(m, "n", 10**400), "n: should be less than or equal to 9007199254740992, not 1000000"),
    (lambda m: put(m, "tasks", ["stance"]), "tasks: should be an object, not a list"),
    (lambda m: put(m, "tasks", {}), "tasks: should have at least 1 item"),
    (lambda m: put(m, "tasks", {"../x": {"a": 1}}), "tasks.../x.[key]: should match pattern"),
    (lambda m: put(m, "scores", {}), "scores: should be a list, not an object"),
    (lambda m: put(m, "scores", []), "scores: has none of task 'stance' under scheme 'purged'"),
    (lambda m: put(m, "scores 3", None), "scores[3]: should be an object, not null"),
    (lambda m: put(m, "scores 3 task", 3), "scores[3].task: should be text, not 3"),
    (lambda m: put(m, "scores 3 task", "stanse"), "scores[3].task: 'stanse' is not known - did you mean 'stance'? (allowed: stance, tone)"),
    (lambda m: put(m, "scores 3 recipe", "other"), "scores[3].recipe: 'other' is not known"),
    (lambda m: put(m, "scores 3 scheme", "purge"), "scores[3].scheme: 'purge' is not known - did you mean 'purged'?"),
    (lambda m: put(m, "scores 3 holder", "nobody"), "scores[3].holder: should be 'none', 'annotated' or 'found', not 'nobody'"),
    (lambda m: put(m, "scores 3 seeds", []), "scores[3].seeds: should have at least 1 item"),
    (lambda m: put(m, "scores 3 labels", ["a", "b"]), "scores[3].labels: are not those of task"),
    (lambda m: put(m, "scores 3 by_seed", [0.1, 0.2]), "scores[3].by_seed: has 2 figures of 1 seeds"),
    (lambda m: put(m, "scores 3 confusion 0", [1]), "scores[3].confusion: is no table of"),
    (lambda m: put(m, "scores 3 classes 0 label", "x"), "scores[3].classes: are not the labels of task"),
    (lambda m: put(m, "scores 3 unlearnable", [["a1", "x", 1]]), "scores[3].unlearnable[0]: 'x' is not known"),
    (lambda m: put(m, "scores 0 coverage accuracy", [0.5]), "scores[0].coverage.accuracy: has 1 figures for 13 of n"),
    (lambda m: put(m, "scores 0 coverage n 3", 3), "scores[0].coverage.n: does not rise to the n of the score, 13"),
    (lambda m: put(m, "scores 3 chosen", [{"seed": 0, "fold": "a", "chosen": {"tried": []}}]), "should have a number for 'tried'"),
    (lambda m: put(m, "scores 3", m["scores"][2]), "scores[3]: is of the same recipe, task, scheme and holder as scores[2]"),
    (lambda m: drop(m, "scores 0 macro_f1"), "scores[0].macro_f1: is missing"),
    (lambda m: put(m, "scores 0 macro_f1 point", float("nan")), "NaN is not JSON"),
    (lambda m: put(m, "scores 0 macro_f1 point", 1.5), "scores[0].macro_f1.point: should be less than or equal to 1"),
    (lambda m: put(m, "scores 0 macro_f1 low", None), "scores[0].macro_f1: should have both ends of its interval, or neither"),
    (lambda m: put(m, "scores 0 macro_f1 low", 1.0), "scores[0].macro_f1: should have a point, and an interval that begins below its end"),
    (lambda m: put(m, "scores 0 macro_f1", [1]), "scores[0].macro_f1: should be an object, not a list"),
    (lambda m: put(m, "scores 0 folds", [1, 2]), "scores[0].folds[0]: should be an object, not 1; and 1 further fault"),
    (lambda m: put(m, "baselines", ["majority", "nobody"]), "baselines: 'nobody' is not known"),
    (lambda m: put(m, "baselines", ["actor", "actor"]), "baselines: has a name twice"),
    (lambda m: put(m, "main_schemes", ["pruged"]), "main_schemes: 'pruged' is not known - did you mean 'purged'?"),
    (lambda m: put(m, "default", "best"), "default: 'best' is not known"),
    (lambda m: put(m, "unit", "word"), "unit: should be 'article', 'group' or 'statement', not 'word'"),
    (lambda m: drop(m, "homes stance"), "homes: has no 'stance'"),
    (lambda m: put(m, "homes stance oppose", {"a9": 1}), "homes.stance.oppose: 'a9' is not known"),
    (lambda m: put(m, "differences 0 baseline", "x"), "differences[0].baseline: 'x' is not known"),
    (lambda m: put(m, "ablation 0 text", "x"), "ablation[0].text: 'x' is not known"),
    (lambda m: put(m, "words words_only stance oppose 0", ["w"]), "words.words_only.stance.oppose[0][1]: is missing"),
    (lambda m: put(m, "words words_only stance", {"x": []}), "words.words_only.stance: 'x' is not known"),
    (lambda m: put(m, "statements 0 id", m["statements"][1]["id"]), "statements[1].id: 'a1:1-2' is that of statements[0] too"),
    (lambda m: put(m, "statements 0 labels stance", "x"), "statements[0].labels.stance: 'x' is not known"),
    (lambda m: drop(m, "statements 0 labels stance"), "statements[0].labels: has no 'stance'"),
    (lambda m: drop(m, "agreement tasks 0 figures raw"), "agreement.tasks[0]: should have the raw agreement among its figures"),
    (lambda m: drop(m, "agreement tasks 0 by_label 0 cohen"), "agreement.tasks[0]: should have Cohen's kappa of every label, or of none"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), METRICS, ids=[message[:40] for _, message in METRICS])
def test_metrics_that_are_damaged(run: Path, change: Callable[[Content], object], message: str) -> None:
    changed(run / "metrics.json", change)
    with pytest.raises(InputError, match=re.escape(f"{run / 'metrics.json'}: ") + ".*" + re.escape(message)):
        load_run(run)


ABOUT: list[tuple[Callable[[Content], object], str]] = [
    (lambda r: put(r, "config", []), "config: should be an object, not a list"),
    (lambda r: put(r, "config content", "x"), "config.content: should be an object, not 'x'"),
    (lambda r: put(r, "packages", {"numpy": 2}), "packages.numpy: should be text, not 2"),
    (lambda r: put(r, "timings_seconds", {"x": "1"}), "timings_seconds.x: should be a number, not '1'"),
    (lambda r: drop(r, "seconds 0 fits"), "seconds[0].fits: is missing"),
]


@pytest.mark.parametrize(("change", "message"), ABOUT, ids=[message[:40] for _, message in ABOUT])
def test_provenance_that_is_damaged(run: Path, change: Callable[[Content], object], message: str) -> None:
    changed(run / "run.json", change)
    with pytest.raises(InputError, match=re.escape(f"{run / 'run.json'}: {message}")):
        load_run(run)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("metrics.json", '"n": 13,', "", "has no 'n', so it was not made by a run of this version"),
        ("metrics.json", '"level": 0.95', '"level": 1e999', "1e999|finite number|less than 1"),
        ("run.json", '"purged"', "1e999", "1e999|Out of range float values are not JSON compliant"),
        ("run.json", '"purged"', "[" * 500 + "]" * 500, "recursion limit exceeded|nested too deeply"),
    ],
)
def test_json_that_no_writer_writes(run: Path, name: str, old: str, new: str, message: str) -> None:
    path = run / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=f"{name}: .*({message})"):
        load_run(run)


PREDICTIONS = "predictions/words_only/stance.purged.none.seed0.jsonl"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows[0].update(scheme="kfold"), ":1: the header says that these are 'stance.kfold.none.seed0.jsonl' of 'words_only'"),
        (lambda rows: rows[0].update(model="tuned"), ":1: the header says that these are 'stance.purged.none.seed0.jsonl' of 'tuned'"),
        (lambda rows: rows[0].update(labels=["oppose", "support", "neutral"]), ":1: the header has other labels than metrics.json"),
        (lambda rows: rows[0].update(labels={"oppose": 1}), ":1: 'labels' of the header must be a list of different texts"),
        (lambda rows: rows[0].update(seed="0"), ":1: 'seed' of the header must be a whole number, not '0'"),
        (lambda rows: rows[0].update(task=None), ":1: 'task' of the header must be text, not None"),
        (lambda rows: rows[1].update(proba=[True, False, False]), ":2: 'proba' must be 3 numbers from 0 to 1"),
        (lambda rows: rows[1].update(id="a9:0-1"), ": predicts statement 'a9:0-1', which metrics.json does not have"),
        (lambda rows: rows.pop(), ": predicts 12 statements; by metrics.json it is 13"),
        (lambda rows: rows.clear(), ": is empty"),
    ],
)  # fmt: skip
def test_predictions_that_are_damaged(run: Path, change: Callable[[list[Content]], object], message: str) -> None:
    path = run / PREDICTIONS
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    change(rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(f"{path}{message}")):
        write_report(run)


def test_what_the_check_lets_through_is_said_to_be_damaged(run: Path) -> None:
    chosen = {"params": {"tried": ["x"]}}  # parameters of a grid may be called anything
    changed(run / "metrics.json", lambda m: put(m, "scores 0 chosen", [{"seed": 0, "fold": "a1", "chosen": chosen}]))
    load_run(run)
    with pytest.raises(InputError, match=r"metrics\.json: is damaged: no report can be made of it \(TypeError: int") as raised:
        write_report(run)
    assert isinstance(raised.value.__cause__, TypeError)


def test_an_earlier_report_is_left_whole_where_a_new_one_fails(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stancekit.report.figures.FIGURES", {"words": "stancekit.report.figures.words:word_pictures"})
    write_report(run)
    before = {path: path.read_bytes() for path in (run / "report").rglob("*") if path.is_file()}
    assert len(before) > 4
    changed(run / "metrics.json", lambda m: put(m, "experiment", "another"))
    with monkeypatch.context() as patch:
        patch.setattr("stancekit.report.write.to_html", lambda *_: 1 / 0)  # the last thing that is made
        with pytest.raises(InputError, match=r"is damaged: no report can be made of it \(ZeroDivisionError"):
            write_report(run)
    (run / PREDICTIONS).unlink()
    with pytest.raises(InputError, match="no such file"):
        write_report(run)
    assert {path: path.read_bytes() for path in (run / "report").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(("link", "target"), [("report/index.html", "metrics.json"), ("report", "elsewhere")])
def test_a_report_is_not_written_through_links(run: Path, link: str, target: str) -> None:
    shutil.rmtree(run / "report", ignore_errors=True)
    (run / "elsewhere").mkdir()
    (run / link).parent.mkdir(exist_ok=True)
    (run / link).symlink_to(run / target)
    before = (run / "metrics.json").read_bytes()
    with pytest.raises(RefusedError, match=f"{link}: is a link, which would be written through; move it away"):
        write_report(run)
    assert (run / "metrics.json").read_bytes() == before
    assert not list((run / "elsewhere").iterdir())
