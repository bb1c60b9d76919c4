"""What the figures may claim: the model, its score, what is doubtful or missing, and how far the coverage is from training."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from counted_rows import press, row
from stancekit import load_model, summarise
from stancekit.cli.main import app
from stancekit.errors import InputError
from stancekit.labelling import label_paths
from stancekit.models.profile import FILE, Profile
from stancekit.models.state import read_state

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def labels(quick_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Labels of articles of which one has words of the training data, and one is in another language."""
    folder = tmp_path_factory.mktemp("new")
    (folder / "one.txt").write_text("A made-up union is against it. The Bakers’ Guild said: “It comes far too soon for us.”\n")
    (folder / "two.txt").write_text(
        "Die Schulen sind mit dem neuen Plan der Behörde überhaupt nicht einverstanden, sagte der Verband am Montag.\n"
    )
    seed = next(path for path in sorted((ROOT / "seeds").glob("*.txt")))
    (folder / "three.txt").write_text("\n".join(seed.read_text(encoding="utf-8").splitlines()[:12]))
    label_paths([folder], load_model(quick_run / "models" / "default"), folder.parent / "labels")
    return folder.parent / "labels"


@pytest.mark.articles
def test_a_model_keeps_a_profile_of_its_training_data(quick_run: Path) -> None:
    profile = read_state(quick_run / "models" / "default" / FILE, Profile)
    assert (profile.statements, sum(profile.labels["stance"].values()), profile.languages) == (130, 130, {"en": 130})
    assert profile.sides == {"stance": ["oppose", "neutral", "support"]}
    assert "NAHT" in profile.holders
    scores = json.loads((quick_run / "metrics.json").read_text())["scores"]
    [wanted] = [s for s in scores if (s["recipe"], s["task"], s["scheme"], s["holder"]) == ("tfidf_holder", "stance", "purged", "found")]
    [found] = [s for s in profile.scores if (s.task, s.scheme, s.holder) == ("stance", "purged", "found")]
    assert (found.macro_f1, found.n, found.articles) == (wanted["macro_f1"]["point"], 130, 5)
    assert "unpurged" not in {s.scheme for s in profile.scores}


@pytest.mark.articles
def test_the_first_line_names_model_and_score_and_the_rest_how_far_the_coverage_is(labels: Path, quick_run: Path) -> None:
    summary = summarise(labels)
    digest = load_model(quick_run / "models" / "default").digest
    assert summary.claims.first.startswith(f"Raw machine labels of 'stance' by one model (recipe tfidf_holder, {digest[:12]}); macro-F1 0.")
    assert "by cross-validation (purged, holders as found) on 130 statements of 5 articles" in summary.claims.first
    facts = summary.claims.facts
    assert facts["languages_not_trained_on"] == {"de": 1}
    assert facts["near_duplicates_of_training"] >= 5
    assert facts["unseen_holders"] >= 1
    said = " ".join(summary.claims.lines)
    assert "can be far off for a single actor" in summary.claims.first
    for words in ("languages not met before: de (1)", "in cross-validation 0.", "here and"):
        assert words in said
    doubtful = sum(value < 0.5 for value in summary.probability)
    assert f"{doubtful} of {len(summary)} statements" in said


@pytest.mark.articles
def test_label_ends_with_it(quick_run: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A made-up union said that it was against the plan.\n")
    done = CliRunner().invoke(
        app, ["label", str(tmp_path / "a.txt"), "--model", str(quick_run / "models" / "default"), "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0
    assert "Raw machine labels of 'stance' by one model" in done.stdout
    assert f"summarise {tmp_path / 'out'} --out" in done.stdout


def test_labels_without_their_model_say_that_nothing_is_known() -> None:
    claims = summarise(press(50)).claims
    assert claims.first == (
        "Raw machine labels of 'stance' by one model (0123456789ab); how well it does is not measured here: "
        "what it was trained on is not kept with it. Raw shares of machine labels can be far off for a single actor: "
        "read the statements behind a figure before you quote it."
    )
    assert "is not known" in claims.lines[-1]


def test_an_abstaining_model_says_which_are_doubtful() -> None:
    rows = [row(i, f"Text number {i}.", stance_abstained=i < 3, probability=0.9) for i in range(5)]
    assert summarise(rows).claims.facts["doubtful"] == 3


@pytest.mark.articles
def test_a_damaged_record_of_the_model_is_said(labels: Path, tmp_path: Path) -> None:
    rows = (labels / "labels.jsonl").read_text()
    (tmp_path / "labels.jsonl").write_text(rows)
    about = json.loads((labels / "model.json").read_text())
    (tmp_path / "model.json").write_text(json.dumps(about | {"training": {"statements": "many"}}))
    with pytest.raises(InputError, match=r"model.json: is damaged"):
        summarise(tmp_path / "labels.jsonl")
    (tmp_path / "model.json").write_text(json.dumps(about | {"training": None}))
    assert "is not known" in summarise(tmp_path / "labels.jsonl").claims.lines[-1]
