"""Sides follow from what is appraised; without sides a head learns from the same counts."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("vaderSentiment")

from stancekit.codebook import Label, Sides, Task
from stancekit.errors import InputError
from stancekit.models import make_model
from stancekit.models.lexical import english
from stancekit.models.registry import load_saved

TASK = Task(
    question="Where does it stand?",
    labels={name: Label(definition=name) for name in ("pro", "con", "none", "unsure")},
    sides=Sides(favour="pro", against="con", neither="none", target=["bypass"], rival=["old road"], action=["blockade"]),
).model_dump()
LABELS = ["pro", "con", "none", "unsure"]


def test_sides_follow_from_what_is_appraised() -> None:
    model = make_model("sides", task=TASK).fit(["a", "b", "c", "d"], LABELS)
    said = {
        "The council backs the bypass.": "pro",
        "The council opposes the bypass.": "con",
        "The old road is dangerous.": "pro",
        "The blockade was a disgrace.": "pro",
        "Farmers began a blockade of the bypass.": "con",
        "The bypass is four miles long.": "none",
        "": "none",
    }
    assert dict(zip(said, model.predict(list(said)).tolist(), strict=True)) == said


def test_what_it_says_does_not_depend_on_how_often_labels_were_seen() -> None:
    text = ["The council opposes the bypass."]
    few, many = (make_model("sides", task=TASK).fit([""] * n, [*LABELS, *["pro"] * (n - 4)]) for n in (4, 40))
    assert few.predict_proba(text).tobytes() == many.predict_proba(text).tobytes()


def test_a_label_that_training_lacks_is_never_said() -> None:
    model = make_model("sides", task=TASK).fit(["a", "b"], ["con", "none"])
    assert model.classes_.tolist() == ["con", "none"]
    assert model.predict(["The council backs the bypass."]).tolist() == ["none"]


def test_without_sides_a_head_learns_from_the_counts() -> None:
    texts = ["A cruel, unfair plan.", "A lovely, welcome plan.", "The plan.", "A shameful mess.", "A splendid gain.", "It began."]
    model = make_model("sides", C=100.0).fit(texts, ["bad", "good", "plain"] * 2)
    assert model.predict(["What a disgrace.", "We are delighted.", "On Monday."]).tolist() == ["bad", "good", "plain"]


def test_a_model_made_with_other_words_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = make_model("sides", task=TASK).fit(["a", "b", "c", "d"], LABELS)
    model.save(tmp_path / "m")
    assert np.array_equal(load_saved("sides", tmp_path / "m").predict_proba(["No bypass."]), model.predict_proba(["No bypass."]))
    monkeypatch.setattr(english, "content", lambda: {"positive": "lekker"})
    with pytest.raises(InputError, match="other evaluative words"):
        load_saved("sides", tmp_path / "m")


@pytest.mark.parametrize("name", ["20mph limit", "welfare cuts", "free school meals", "clean air zone", "no-fault eviction ban"])
def test_the_words_of_a_name_neither_appraise_nor_turn(name: str) -> None:
    model = make_model("sides", task=TASK | {"sides": TASK["sides"] | {"target": [name]}}).fit(["a", "b", "c", "d"], LABELS)
    said = [f"The {name} is excellent.", f"The {name} is terrible.", f"The {name} starts in May."]
    assert model.predict(said).tolist() == ["pro", "con", "none"]


def test_names_without_a_letter_are_read() -> None:
    model = make_model("sides", task=TASK | {"sides": TASK["sides"] | {"target": ["2030"], "action": ["50501"]}})
    assert len(model.fit(["a", "b", "c", "d"], LABELS).predict(["We back 2030 50501.", "2030 50501"])) == 2


def test_words_of_the_domain_are_read_as_it_means_them_and_kept_with_the_model(tmp_path: Path) -> None:
    text = ["The bypass is Outstanding.", "The bypass is lekker.", "The bypass is gridlocked."]
    model = make_model("sides", task=TASK).fit(["a", "b", "c", "d"], LABELS)
    assert model.predict(text).tolist() == ["pro", "none", "none"]
    domain = {"evaluative_words": {"outstanding": "neutral", "Lekker": "positive", "gridlocked": "negative"}}
    model = make_model("sides", task=TASK | domain).fit(["a", "b", "c", "d"], LABELS)
    assert model.predict(text).tolist() == ["none", "pro", "con"]
    model.save(tmp_path / "m")
    assert load_saved("sides", tmp_path / "m").predict_proba(text).tobytes() == model.predict_proba(text).tobytes()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"very good": "positive"}, "task: `evaluative_words.very good`: String should match pattern"),
        ({"good": "fine"}, "task: `evaluative_words.good`: Input should be 'positive', 'neutral' or 'negative'"),
        ({"delay": "neutral"}, "task: `evaluative_words`: 'delay' shifts what other words say"),
    ],
)
def test_words_that_no_codebook_may_have_are_refused(words: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        make_model("sides", task=TASK | {"evaluative_words": words})


@pytest.mark.parametrize("sides", ["x", {}, {"favour": "pro"}])
def test_sides_that_no_codebook_may_have_are_refused(sides: object) -> None:
    with pytest.raises(InputError, match="task: `sides"):
        make_model("sides", task=TASK | {"sides": sides}).fit(["a"], ["pro"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"action": ["Bypass"]}, "'bypass' in two lists"),
        ({"favour": "prro"}, "`sides` names 'prro' - did you mean 'pro'"),
        ({"favour": "con"}, "`sides` names a label twice"),
        ({"rival": ["old road", "–"]}, "has neither letter nor digit"),
    ],
)
def test_sides_that_make_no_sense_are_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Task.model_validate(TASK | {"sides": TASK["sides"] | change})


def test_a_task_of_many_labels_a_statement_has_no_sides() -> None:
    with pytest.raises(ValueError, match="of kind `single`"):
        Task.model_validate(TASK | {"kind": "multi"})
