"""The frozen encoder: against plain transformers, and never twice for one text."""

import numpy as np
import pytest
import torch

from stancekit.models.encoders import encode as encoder
from stancekit.models.encoders.embedding import Embedding
from stancekit.models.encoders.encode import encode, encoding_cache, fixed_batches, load_encoder
from stancekit.models.encoders.weights import PACKAGED

TEXTS = ["Unions will vote.", "It is disappointing that unions are taking legal action.", "Five grades."]


def test_the_packaged_encoder_equals_plain_mean_pooling() -> None:
    tokenizer, model = load_encoder(PACKAGED)
    for text, vector in zip(TEXTS, encode(TEXTS, PACKAGED), strict=True):
        with torch.inference_mode():
            hidden = model(**tokenizer(text, return_tensors="pt")).last_hidden_state[0].mean(0)
        np.testing.assert_allclose(vector, torch.nn.functional.normalize(hidden, dim=0).numpy(), atol=1e-6)


def test_a_text_is_encoded_once_within_a_cache(tiny_encoder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    forwarded: list[str] = []
    original = encoder._forward
    monkeypatch.setattr(encoder, "_forward", lambda texts, *rest: forwarded.extend(texts) or original(texts, *rest))
    with encoding_cache():
        for rows in ([0, 1], [1, 2], [0, 2, 2]):
            Embedding(encoder=tiny_encoder).fit([TEXTS[i] for i in rows], ["a", *["b"] * (len(rows) - 1)]).predict(TEXTS)
    assert sorted(forwarded) == sorted(TEXTS)


def test_another_length_or_encoder_is_another_vector(tiny_encoder: str) -> None:
    with encoding_cache() as vectors:
        encode(TEXTS[:1], tiny_encoder, 8)
        encode(TEXTS[:1], tiny_encoder, 4)
        assert len(vectors) == 2


def test_batches_cover_every_row_once_at_few_widths() -> None:
    batches = list(fixed_batches([3, 40, 16, 17, 0, 3], batch=2))
    assert sorted(i for rows, _ in batches for i in rows) == list(range(6))
    assert all(width % encoder.STEP == 0 and len(rows) <= 2 for rows, width in batches)
