"""Configs are strict; every shipped one runs or is sound; two runs give the same bytes."""

import csv
import json
from pathlib import Path

import pytest

from stancekit.errors import InputError, RefusedError
from stancekit.experiment import load_experiment, run, train
from stancekit.models.saved import load_model
from stancekit.predictions import load_predictions

ROOT = Path(__file__).parents[1]
CONFIGS = sorted((ROOT / "experiments").glob("*.yaml"))


def config(tmp_path: Path, old: str = "", new: str = "") -> Path:
    text = (ROOT / "tests" / "quick.yaml").read_text().replace("../", f"{ROOT}/")
    path = tmp_path / "config.yaml"
    path.write_text(text.replace(old, new) if old else text)
    return path


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_every_shipped_config_is_sound(path: Path) -> None:
    experiment = load_experiment(path)
    assert experiment.config.name == path.stem
    assert len(experiment.dataset.examples) == 130


def test_a_run_writes_what_it_promises(quick_run: Path) -> None:
    made = json.loads((quick_run / "run.json").read_text())
    assert made["status"] == "done"
    assert {"config", "packages", "data", "code", "timings_seconds", "codebook"} <= made.keys()
    metrics = json.loads((quick_run / "metrics.json").read_text())
    assert {(s["scheme"], s["holder"]) for s in metrics["scores"] if s["recipe"] == "actor"} == {
        (scheme, holder) for scheme in ("purged", "unpurged", "kfold") for holder in ("annotated", "found")
    }
    for score in metrics["scores"]:
        for seed in score["seeds"]:
            file = quick_run / "predictions" / score["recipe"] / f"{score['task']}.{score['scheme']}.{score['holder']}.seed{seed}.jsonl"
            assert len(load_predictions(file).ids) == score["n"] == 130
    assert {p.name for p in (quick_run / "models").iterdir()} == {*metrics["recipes"], "default"}
    assert load_model(quick_run / "models" / "default").recipe == "tfidf_holder"


def test_two_runs_give_the_same_bytes(quick_run: Path, tmp_path: Path) -> None:
    run(load_experiment(ROOT / "tests" / "quick.yaml"), tmp_path / "again")
    files = [p.relative_to(quick_run) for p in quick_run.rglob("*") if p.is_file() and "report" not in p.parts and p.name != "run.json"]
    assert len(files) > 50
    for file in files:
        assert (tmp_path / "again" / file).read_bytes() == (quick_run / file).read_bytes(), file


def test_counting_baselines_are_what_they_say(quick_run: Path) -> None:
    scores = {
        (s["recipe"], s["task"], s["holder"]): s
        for s in json.loads((quick_run / "metrics.json").read_text())["scores"]
        if s["scheme"] == "purged"
    }
    majority = scores["majority", "stance", "none"]
    oppose = majority["classes"][0]
    assert oppose["label"] == "oppose"
    assert majority["macro_f1"]["point"] == pytest.approx((2 * oppose["n"] / (130 + oppose["n"])) / 3)


def test_train_makes_one_model(tmp_path: Path) -> None:
    experiment = load_experiment(config(tmp_path))
    train(experiment, "actor", tmp_path / "model")
    assert load_model(tmp_path / "model").kind == "actor"
    with pytest.raises(RefusedError, match="holds a model of another recipe"):
        train(experiment, "majority", tmp_path / "model")
    with pytest.raises(InputError, match="no recipe is called 'actr' - did you mean 'actor'"):
        train(experiment, "actr", tmp_path / "other")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schemes:", "scheme:", r"config\.yaml:10: unknown key 'scheme' - did you mean 'schemes'"),
        ("[purged, unpurged, kfold]", "[purgd]", r":10: schemes\.0: .*'purged'"),
        ("model: actor", "model: acter", r":\d+: unknown model type 'acter' - did you mean 'actor'.*allowed: majority"),
        ("words:", "wrods:", r":\d+: .*unknown parameter 'wrods' - did you mean 'words'"),
        ('"{text}"', '"{txet}"', r":\d+: .*unknown field '{txet}' - did you mean 'text'"),
        ("default: tfidf_holder", "default: tfdif_holder", r":\d+: no recipe is called 'tfdif_holder' - did you mean"),
        ("baselines: [majority, actor]", "baselines: [nobody]", r"no recipe is called 'nobody'"),
        ("threads: 2", "threads: no", r"`no` is read as a boolean"),
        ("threads: 2", "threads: 0", r"threads: .*greater than or equal to 1"),
        ("  actor: {model: actor}", "  actor: {model: actor, schemes: {purged: []}}", r"schemes\.purged: .*at least 1"),
        ("  actor: {model: actor}", "  actor: {model: actor, schemes: {}}", r"schemes: .*at least 1"),
        ("  actor: {model: actor}", "  actor: {model: actor, schemes: {purged: [0, 0]}}", r"an entry occurs twice"),
        ("  actor:", "  default:", r"the name 'default' is kept"),
        ("C: 1.0", "C: big", r"parameter 'C' is 'big'"),
        ("seeds\n", "nowhere\n", r"no such file or folder"),
    ],
)
def test_wrong_configs_name_line_and_nearest(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load_experiment(config(tmp_path, old, new))


def test_a_folder_of_another_experiment_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    about = {"experiment": "another", "config": {"file": "x.yaml", "sha256": "", "content": {}}}
    (tmp_path / "out" / "run.json").write_text(json.dumps(about))
    with pytest.raises(RefusedError, match="holds a run of experiment 'another'"):
        run(load_experiment(config(tmp_path)), tmp_path / "out")


def test_a_run_of_another_program_is_none_of_ours(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "report").mkdir(parents=True)
    mine = {"run.json": '{"experiment": {"name": "mine"}, "status": "COMPLETED"}', "metrics.json": "{}", "report/index.html": "mine"}
    for name, text in mine.items():
        (out / name).write_text(text)
    for overwrite in (False, True):
        with pytest.raises(RefusedError, match="was not made by `run`"):
            run(load_experiment(config(tmp_path)), out, overwrite=overwrite)
    assert {name: (out / name).read_text() for name in mine} == mine


def test_articles_may_lie_in_a_table_with_columns_of_other_names(tmp_path: Path) -> None:
    with (tmp_path / "coverage.csv").open("w", encoding="utf-16", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["key", "body"])
        writer.writerows((path.stem, path.read_bytes().decode()) for path in sorted((ROOT / "seeds").glob("*.txt")))
    columns = "coverage.csv\n  columns: {id: key, text: body}\n  encoding: utf-16\n"
    loaded = load_experiment(config(tmp_path, f"{ROOT}/seeds\n", columns))
    assert loaded.dataset.ids == load_experiment(ROOT / "tests" / "quick.yaml").dataset.ids
    for old, new, message in [
        ("body", "bdy", r"coverage.csv: has no column 'bdy' - did you mean 'body'"),
        ("text:", "txet:", r"config.yaml:\d+: .*txet"),
        ("utf-16", "utf-17", r"config.yaml:\d+: .*'utf-17' is no text encoding"),
    ]:
        with pytest.raises(InputError, match=message):
            load_experiment(config(tmp_path, f"{ROOT}/seeds\n", columns.replace(old, new)))
