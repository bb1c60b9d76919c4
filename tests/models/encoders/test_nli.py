"""The entailment logit is the checkpoint's own, whatever is read beside a pair."""

import pytest

from stancekit.models.encoders.nli import entailment, load_cross_encoder

TEXTS = ["The union said the report is bad.", "The grades will start.", "A court vote."]


def test_entailment_is_the_checkpoint_s_own_logit(tiny_cross_encoder: str) -> None:
    import torch

    tokenizer, model, column = load_cross_encoder(tiny_cross_encoder)
    assert column == 1
    found = entailment(TEXTS, ["Good grades.", "A vote."], tiny_cross_encoder, 32)
    for i, premise in enumerate(TEXTS):
        for j, hypothesis in enumerate(["Good grades.", "A vote."]):
            with torch.inference_mode():
                expected = model(**tokenizer(premise, hypothesis, return_tensors="pt")).logits[0, 1]
            assert found[i, j] == pytest.approx(float(expected), abs=1e-6)


def test_a_long_statement_is_cut_and_the_hypothesis_kept(tiny_cross_encoder: str) -> None:
    long = "bad " * 10_000
    found = entailment([long], ["Good grades.", "A vote."], tiny_cross_encoder, 32)[0]
    assert found[0] != found[1]
