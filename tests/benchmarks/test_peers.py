"""The comparison with peers: its figures against the report's own, its parts kept, and both peers on a tiny encoder."""

import json
import sys
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import toy
from stancekit.crossval import out_of_fold
from stancekit.data.dataset import Dataset
from stancekit.errors import InputError
from stancekit.evaluation import compare, score
from stancekit.experiment import load_experiment
from stancekit.models.registry import MODELS, make_model
from stancekit.records import ModelInput
from tiny import save_tiny

ROOT = Path(__file__).parents[2]
TEXTS = ["the union said no", "a bad report", "delay the start", "good grades", "the court vote", "a report will start"]
Y = ["a", "b", "a", "b", "a", "b"]
RECIPES = """
default: actor
recipes:
  majority: {model: majority}
  actor: {model: actor}
  tfidf: {model: tfidf, params: {template: "{text}", words: [1, 1], chars: [2, 2]}}
  tfidf_holder: {model: tfidf, params: {template: "{holder}: {text}"}}
"""


@pytest.fixture(scope="module", autouse=True)
def beside_the_benchmarks() -> Any:
    """The benchmarks import one another by name, as they do when they are run."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture
def bench() -> ModuleType:
    return import_module("bench_peers")


@pytest.fixture
def figures() -> ModuleType:
    return import_module("peer_figures")


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    from transformers import BertModel

    return save_tiny(tmp_path_factory.mktemp("encoder"), BertModel)


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    """The seeds with recipes that take no time."""
    head = (ROOT / "tests" / "quick.yaml").read_text(encoding="utf-8").partition("default:")[0]
    path = tmp_path / "quick.yaml"
    path.write_text(head.replace("../", f"{ROOT}/") + RECIPES, encoding="utf-8")
    return path


def run(bench: ModuleType, experiment: Path, *more: str) -> list[dict[str, Any]]:
    out = experiment.parent / "peers.json"
    options = ["--experiment", str(experiment), "--text-only", "tfidf", "--work", str(experiment.parent / "work"), "--out", str(out)]
    assert bench.main([*options, *more]) == 0
    return list(json.loads(out.read_text(encoding="utf-8")))


def outcomes_of(figures: ModuleType, dataset: Dataset, kinds: dict[str, str]) -> Any:
    """Of each method, with two seeds: the second says of each statement what the first says of the next."""
    found: Any = {}
    for name, kind in kinds.items():
        predictions, facts = out_of_fold(dataset, name, kind, {}, "purged")
        for p in predictions:
            shown = f"{name}{figures.FOUND}" if p.holder == "found" else name
            seeds = [p, replace(p, seed=1, predicted=(*p.predicted[1:], p.predicted[0]))]
            missing = {f.name: f.missing[p.task] for f in facts}
            found[shown, p.task] = figures.Outcome(seeds, [2.0, 3.0], [1.0, 1.0], missing)
    return found


def test_the_figures_are_those_of_the_report(figures: ModuleType) -> None:
    dataset = load_experiment(ROOT / "tests" / "quick.yaml").dataset
    tasks = list(dataset.codebook.tasks)
    outcomes = outcomes_of(figures, dataset, {"setfit": "majority", "default": "actor", "default_text_only": "majority"})
    records = {(r["scenario"], r["method"]): r for r in figures.records_of(dataset, outcomes, tasks)}
    groups = dict(zip(dataset.ids, dataset.article_ids, strict=True))
    for task in tasks:
        gold = dict(zip(dataset.ids, dataset.labels(task), strict=True))
        seeds = {name: outcomes[name, task].seeds for name in ("setfit", "default", "default_found_holder", "default_text_only")}
        for name, of_name in seeds.items():
            expected, found = score(of_name, gold, groups, {task: outcomes[name, task].missing}), records[task, name]
            wanted = (expected.macro_f1.point, expected.macro_f1.low, expected.macro_f1.high, expected.macro_f1_learnable.point)
            assert tuple(found[key] for key in ("macro_f1", "low", "high", "macro_f1_learnable")) == pytest.approx(wanted, abs=5e-5)
            assert (found["train_seconds"], found["label_seconds"], found["seeds"]) == (2.5, 1.0, 2)
            lowest, highest = sorted(value for value in expected.by_seed if value is not None)
            assert (found["seed_low"], found["seed_high"]) == pytest.approx((lowest, highest), abs=5e-5)
        for d in compare(seeds, ["setfit"], gold, groups):
            found = records[task, f"{d.model} - setfit"]
            wanted = (d.difference.point, d.difference.low, d.difference.high)
            assert (found["macro_f1"], found["low"], found["high"]) == pytest.approx(wanted, abs=5e-5)
    assert {method for _, method in records if " - " in method} == {f"{name} - setfit" for name in seeds if name != "setfit"}


def test_the_mean_of_the_tasks_by_hand(figures: ModuleType) -> None:
    """Each article is left out of all tasks at once, and macro-F1 is scikit-learn's."""
    from scipy.stats import t
    from sklearn.metrics import f1_score

    dataset = toy.dataset()
    outcomes = outcomes_of(figures, dataset, {"setfit": "majority", "default": "tfidf"})
    records = {(r["scenario"], r["method"]): r for r in figures.records_of(dataset, outcomes, ["stance", "tone"])}
    articles = np.array(dataset.article_ids)

    def mean_difference(rows: Any) -> float:
        def mean(name: str) -> float:
            said = [(task, np.array(seed.predicted)) for task in ("stance", "tone") for seed in outcomes[name, task].seeds]
            gold = {task: np.array(dataset.labels(task)) for task, _ in said}
            return float(np.mean([f1_score(gold[task][rows], labels[rows], average="macro", zero_division=0.0) for task, labels in said]))

        return mean("default") - mean("setfit")

    left_out = np.array([mean_difference(articles != a) for a in dict.fromkeys(articles.tolist())])
    margin = t.ppf(0.975, 2) * np.sqrt(2 / 3 * ((left_out - left_out.mean()) ** 2).sum())
    point = mean_difference(articles == articles)
    found = records["mean", "default - setfit"]
    wanted = (point, max(-1, point - margin), min(1, point + margin))
    assert (found["macro_f1"], found["low"], found["high"]) == pytest.approx(wanted, abs=5e-5)
    one, two = records["stance", "default"]["macro_f1"], records["tone", "default"]["macro_f1"]
    assert records["mean", "default"]["macro_f1"] == pytest.approx((one + two) / 2, abs=1e-4)
    assert records["mean", "default"]["train_seconds"] == 5.0


def test_no_interval_where_a_class_has_one_home(figures: ModuleType) -> None:
    rows = [row if row[0] == "a1" or row[3] != "support" else (*row[:3], "oppose", row[4]) for row in toy.ROWS]
    dataset = toy.dataset(rows)
    outcomes = outcomes_of(figures, dataset, {"setfit": "majority", "default": "tfidf"})
    records = figures.records_of(dataset, outcomes, ["stance", "tone"])
    by = {(r["scenario"], r["method"]): r for r in records}
    for scenario, method in [("stance", "setfit"), ("mean", "default"), ("mean", "default - setfit")]:
        assert by[scenario, method]["low"] is None
        assert "undefined without a1" in by[scenario, method]["note"]
    assert by["tone", "default"]["low"] is not None
    line = next(text for text in figures.table(records).splitlines() if text.startswith("stance     setfit"))
    assert "[     –,     –]" in line
    assert "2.5 s train    1.00 s label" in line


@pytest.mark.articles
def test_a_run_is_kept_and_resumed_where_nothing_changed(bench: ModuleType, experiment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "code_digest", lambda: "one")
    before = dict(MODELS)
    chosen = ["--methods", "majority,actor,default_text_only,default", "--tasks", "stance,sentiment"]
    first = run(bench, experiment, *chosen)
    assert before == MODELS
    shown = ["majority", "actor", "actor_found_holder", "default_text_only", "default", "default_found_holder"]
    assert [(r["scenario"], r["method"]) for r in first] == [(s, m) for s in ("stance", "sentiment", "mean") for m in shown]
    fitted: list[tuple[str, ...]] = []
    whole = bench.out_of_fold

    def counting(dataset: Dataset, name: str, *rest: Any, **more: Any) -> Any:
        fitted.append((name, *dataset.codebook.tasks))
        return whole(dataset, name, *rest, **more)

    monkeypatch.setattr(bench, "out_of_fold", counting)
    assert run(bench, experiment, *chosen, "--resume") == first
    assert fitted == []
    (experiment.parent / "work" / "actor-seed0-sentiment" / "done.json").unlink()
    experiment.write_text(experiment.read_text(encoding="utf-8").replace("chars: [2, 2]", "chars: [2, 3]"), encoding="utf-8")
    second = run(bench, experiment, *chosen, "--resume")
    assert fitted == [("actor", "sentiment"), ("default_text_only", "stance"), ("default_text_only", "sentiment")]
    timed = ("train_seconds", "label_seconds")
    for old, new in zip(first, second, strict=True):
        same = {k: v for k, v in old.items() if k not in timed} == {k: v for k, v in new.items() if k not in timed}
        assert same == (old["method"] != "default_text_only")


def test_new_code_makes_our_parts_again_and_no_peer_s(bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = bench.Bench(toy.dataset(), tmp_path, True, lambda _: None)
    methods = [bench.Method("ours", "tfidf", {0: {}}), bench.Method("setfit", "setfit", {0: {}})]
    before = [made._key(method, 0, ["stance"]) for method in methods]
    monkeypatch.setattr(bench, "code_digest", lambda: "another")
    assert [made._key(method, 0, ["stance"]) == key for method, key in zip(methods, before, strict=True)] == [False, True]
    relabelled = bench.Bench(toy.dataset([(*row[:3], "neutral", row[4]) for row in toy.ROWS]), tmp_path, True, lambda _: None)
    assert relabelled._key(methods[1], 0, ["stance"]) != before[1]


@pytest.mark.articles
def test_a_quick_try_reads_the_first_articles_and_leaves_the_committed_file(bench: ModuleType, experiment: Path, capsys: Any) -> None:
    committed = bench.RESULTS.read_bytes() if bench.RESULTS.exists() else None
    options = ["--experiment", str(experiment), "--text-only", "tfidf", "--work", str(experiment.parent / "work")]
    assert bench.main([*options, "--methods", "majority", "--tasks", "stance", "--limit-folds", "3"]) == 0
    printed = capsys.readouterr()
    assert printed.err.count("[peers] stance · majority") == 3
    assert printed.out.splitlines()[-1] == str(experiment.parent / "work" / "peers.json")
    assert committed == (bench.RESULTS.read_bytes() if bench.RESULTS.exists() else None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--methods", "setfitt"], "--methods: unknown 'setfitt' - did you mean 'setfit'?"),
        (["--tasks", "stanse"], "--tasks: unknown 'stanse' - did you mean 'stance'?"),
        (["--limit-folds", "1"], "--limit-folds: needs two or more"),
        (["--text-only", "tfidff"], "no recipe is called 'tfidff' - did you mean 'tfidf'?"),
        (["--text-only", "tfidf_holder"], "recipe 'tfidf_holder' reads the holder, so it is no text-only form"),
    ],
)
def test_what_is_wrong_is_said(bench: ModuleType, experiment: Path, capsys: Any, options: list[str], message: str) -> None:
    assert bench.main(["--experiment", str(experiment), "--text-only", "tfidf", *options]) == 3
    assert message in capsys.readouterr().err


def test_the_committed_experiment_has_what_is_compared(bench: ModuleType) -> None:
    experiment = load_experiment(ROOT / "experiments" / "ofsted.yaml")
    methods = bench.methods_of(experiment)
    assert list(methods) == ["majority", "actor", "tfidf", "embedding", "setfit", "trainer", "default_text_only", "default"]
    assert methods["default"].kind == bench.model_of(experiment.config.recipes[experiment.config.default])


def test_the_text_only_form_is_the_recipe_of_that_name_without_the_holder(bench: ModuleType, experiment: Path) -> None:
    config = experiment.read_text(encoding="utf-8").replace("default: actor", "default: tfidf_holder")
    experiment.write_text(config, encoding="utf-8")
    assert bench.methods_of(load_experiment(experiment))["default_text_only"].seeds[0]["chars"] == [2, 2]
    experiment.write_text(config.replace("  majority:", "  text_only: {model: tfidf, params: {C: 7.0}}\n  majority:"), encoding="utf-8")
    assert bench.methods_of(load_experiment(experiment))["default_text_only"].seeds[0]["C"] == 7.0


QUICK = {"setfit": {"num_iterations": 1}, "trainer": {"epochs": 1}}
"""Peer → what makes it train for a moment only."""


@pytest.mark.parametrize("name", QUICK)
def test_a_peer_trains_quietly_and_the_same_way_each_time(bench: ModuleType, name: str, tiny_encoder: str, capfd: Any) -> None:
    if name == "setfit" and find_spec("setfit") is None:
        pytest.skip("the extra 'peers' is not installed (make bench-peers installs it)")
    with bench.registered(bench.PEERS):
        model = make_model(name, encoder=tiny_encoder, max_length=32, seed=3, **QUICK[name])
    unseen = [ModelInput(text, holder="Union Ka") for text in [*TEXTS, "", "word " * 1000]]
    state = np.random.get_state()[1].copy()  # type: ignore[union-attr]
    first = model.fit([ModelInput(text) for text in TEXTS], Y).predict_proba(unseen)
    again = model.fit(TEXTS, Y).predict_proba(unseen)
    assert first.tobytes() == again.tobytes()
    assert model.classes_.tolist() == ["a", "b"]
    assert first.shape == (8, 2)
    np.testing.assert_allclose(first.sum(axis=1), 1)
    assert (np.random.get_state()[1] == state).all()
    assert capfd.readouterr().out == ""


def test_what_a_peer_cannot_train_on(bench: ModuleType) -> None:
    with bench.registered(bench.PEERS):
        for name in QUICK:
            assert make_model(name).fit(TEXTS[:2], ["a", "a"]).predict(TEXTS).tolist() == ["a"] * 6
            with pytest.raises(InputError, match="sample_weight: is not what SetFit or the Trainer take"):
                make_model(name).fit(TEXTS, Y, np.ones(6))


@pytest.mark.parametrize("name", QUICK)
def test_a_peer_goes_through_the_folds_like_any_model(bench: ModuleType, name: str, tiny_encoder: str, tmp_path: Path) -> None:
    if name == "setfit" and find_spec("setfit") is None:
        pytest.skip("the extra 'peers' is not installed (make bench-peers installs it)")
    dataset = bench.first_articles(toy.dataset(), 2)
    assert set(dataset.article_ids) == {"a1", "a2"}
    params = {"encoder": tiny_encoder, "max_length": 32, **QUICK[name]}
    with bench.registered(bench.PEERS):
        outcomes = bench.Bench(dataset, tmp_path, False, lambda _: None).measure(bench.Method(name, name, {0: params}), ["stance"])
    (predictions,) = outcomes[name, "stance"].seeds
    assert (predictions.holder, predictions.ids) == ("none", tuple(dataset.ids))
    assert predictions.labels == dataset.codebook.labels("stance")
    assert outcomes[name, "stance"].train[0] > 0
