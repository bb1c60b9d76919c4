"""Zero-shot scores equal what the encoders give by hand, and no label of a training row moves them."""

from pathlib import Path

import numpy as np
import pytest

from stancekit.codebook import Label, Task
from stancekit.errors import InputError
from stancekit.models.encoders import nli
from stancekit.models.encoders.encode import encode, encoding_cache
from stancekit.models.encoders.nli import entailment
from stancekit.models.encoders.weights import PACKAGED
from stancekit.models.encoders.zeroshot import Zeroshot, descriptions

TASK = Task(
    question="What is the position?",
    labels={
        "oppose": Label(definition="Stress, delay; bad reports.", hypothesis="The report is bad."),
        "support": Label(definition="Good grades.", hypothesis="The report is good."),
        "other": Label(definition="A vote."),
    },
).model_dump()
TEXTS = ["The union said the report is bad.", "The grades will start.", "A court vote."]
Y = ["oppose", "support", "other"]


def softmax(scores: np.ndarray) -> np.ndarray:
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("by", "oppose", "other"),
    [
        ("definition", ("Stress", "delay", "bad reports"), ("A vote",)),
        ("hypothesis", ("The report is bad.",), ("A vote",)),
        ("both", ("Stress", "delay", "bad reports", "The report is bad."), ("A vote",)),
        ("nli", ("The report is bad.",), ("A vote.",)),
    ],
)
def test_a_label_is_described_by_its_clauses_or_its_hypothesis(by: str, oppose: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert descriptions(TASK["labels"]["oppose"], by) == oppose  # type: ignore[arg-type]
    assert descriptions(TASK["labels"]["other"], by) == other  # type: ignore[arg-type]


def test_a_comma_or_point_within_a_number_ends_no_clause() -> None:
    assert descriptions({"definition": "1,000 or 2.5 times; more.", "hypothesis": ""}, "definition") == ("1,000 or 2.5 times", "more")


def test_the_best_fitting_description_decides(tiny_encoder: str) -> None:
    model = Zeroshot(encoder=tiny_encoder, temperature=0.5, task=TASK).fit(TEXTS, Y)
    columns = [(encode(TEXTS, tiny_encoder) @ encode(model.descriptions_[label], tiny_encoder).T).max(axis=1) for label in sorted(Y)]
    np.testing.assert_allclose(model.predict_proba(TEXTS), softmax(np.stack(columns, axis=1) / 0.5), atol=1e-6)


def test_no_label_is_read_and_one_never_seen_has_no_column(tiny_encoder: str) -> None:
    model = Zeroshot(encoder=tiny_encoder, task=TASK).fit(TEXTS, Y)
    expected = model.predict_proba(TEXTS)
    np.testing.assert_array_equal(model.fit(TEXTS * 3, [*Y, "other", "oppose", "support", *Y[::-1]]).predict_proba(TEXTS), expected)
    two = model.fit(TEXTS[:2], Y[:2])
    assert two.classes_.tolist() == ["oppose", "support"]
    left = expected[:, [0, 2]]
    np.testing.assert_allclose(two.predict_proba(TEXTS), left / left.sum(axis=1, keepdims=True))


def test_the_temperature_moves_no_label(tiny_encoder: str) -> None:
    cold, warm = (Zeroshot(encoder=tiny_encoder, temperature=t, task=TASK).fit(TEXTS, Y).predict_proba(TEXTS) for t in (0.01, 1.0))
    assert (cold.argmax(axis=1) == warm.argmax(axis=1)).all()
    assert (cold.max(axis=1) > warm.max(axis=1)).all()


def test_with_the_packaged_encoder_a_definition_finds_what_it_defines() -> None:
    task = Task(
        question="What about?",
        labels={
            "wellbeing": Label(definition="Stress, workload, mental health."),
            "legal": Label(definition="Court challenges, legal claims."),
            "timing": Label(definition="Timetable, start date, delay."),
        },
    ).model_dump()
    texts = ["Heads are exhausted and anxious.", "Judges will hear the case.", "It begins next November."]
    labels = ["wellbeing", "legal", "timing"]
    assert Zeroshot(task=task).fit(texts, labels[::-1]).predict(texts).tolist() == labels


def test_entailment_goes_through_a_softmax_over_the_labels(tiny_cross_encoder: str) -> None:
    model = Zeroshot(encoder=tiny_cross_encoder, kind="nli", max_length=32, task=TASK).fit(TEXTS, Y)
    assert model.classes_.tolist() == ["oppose", "other", "support"]
    expected = softmax(entailment(TEXTS, ["The report is bad.", "A vote.", "The report is good."], tiny_cross_encoder, 32))
    np.testing.assert_allclose(model.predict_proba(TEXTS), expected, atol=1e-12)


def test_a_pair_is_read_once_within_a_cache(tiny_cross_encoder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[tuple[str, str]] = []
    original = nli._forward
    monkeypatch.setattr(nli, "_forward", lambda pairs, *rest: read.extend(pairs) or original(pairs, *rest))
    model = Zeroshot(encoder=tiny_cross_encoder, kind="nli", max_length=32, task=TASK)
    with encoding_cache():
        for _ in range(2):
            model.fit(TEXTS, Y).predict(TEXTS)
            model.predict(TEXTS[:1])
    assert len(read) == len(set(read)) == 9


def test_a_checkpoint_without_entailment_is_refused(tiny_encoder: str) -> None:
    for encoder, hint in [(tiny_encoder, "LABEL_0, LABEL_1"), (PACKAGED, "the packaged encoder is one for kind: bi")]:
        with pytest.raises(InputError, match=rf"is no cross-encoder of entailment: its labels are .*{hint}.*\(allowed: entailment\)"):
            Zeroshot(encoder=encoder, kind="nli", task=TASK).fit(TEXTS, Y)


def test_another_encoder_under_the_same_name_is_refused(tiny_encoder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Zeroshot(encoder=tiny_encoder, task=TASK).fit(TEXTS, Y).save(tmp_path / "m")
    for digest in ("encoder_digest", "tokenizer_digest"):
        with monkeypatch.context() as patch:
            patch.setattr(f"stancekit.models.encoders.weights.{digest}", lambda name: "0" * 64)
            with pytest.raises(InputError, match="is not the one this model was trained with"):
                Zeroshot.load(tmp_path / "m")


def test_without_a_task_or_with_a_label_that_it_lacks_it_is_refused(tiny_encoder: str) -> None:
    with pytest.raises(InputError, match="has no task to take definitions from"):
        Zeroshot(encoder=tiny_encoder).fit(TEXTS, Y)
    with pytest.raises(InputError, match=r"label 'against' is not in the task .* \(allowed: oppose, support, other\)"):
        Zeroshot(encoder=tiny_encoder, task=TASK).fit(TEXTS, ["against", "support", "other"])
