"""What is saved is read by plain `transformers`, and gives the same probabilities."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from stancekit.models.encoders.weights import PACKAGED
from stancekit.models.transformer import Transformer
from stancekit.models.transformer.stock import stock_classifier
from stancekit.records import ModelInput

TEXTS = ["The union said the report is bad.", "Good grades.", "The stress will not be good, it said. The vote.", "", "word " * 500]
STANCE = ["oppose", "support", "neutral", "support", "oppose"]
TONE = ["bad", "good", "bad", "good", "bad"]
INPUTS = [ModelInput(text, target="the report") for text in TEXTS]


def by_pipeline(folder: Path, inputs: Any, labels: list[str], **options: Any) -> np.ndarray:
    """(n, n_labels) from `transformers` alone."""
    from transformers import pipeline
    from transformers.utils import logging

    logging.disable_progress_bar()
    classify = pipeline("text-classification", model=str(folder), device="cpu", **options)
    rows = [classify(x, top_k=None, truncation=True) for x in inputs]
    return np.array([[{found["label"]: found["score"] for found in row}[label] for label in labels] for row in rows])


def test_the_folder_of_one_task_is_what_a_pipeline_loads(tiny_encoder: str, tmp_path: Path) -> None:
    model = Transformer(encoder=tiny_encoder, epochs=2, max_length=32).fit(INPUTS, STANCE)
    model.save(tmp_path / "model")
    found = by_pipeline(tmp_path / "model", TEXTS, model.classes_.tolist())
    np.testing.assert_allclose(found, model.predict_proba(INPUTS), atol=1e-6)


def test_each_task_has_a_classifier_and_the_weights_are_there_once(tiny_encoder: str, tmp_path: Path) -> None:
    y = np.array([STANCE, TONE]).T
    model = Transformer(encoder=tiny_encoder, epochs=2, max_length=32, tasks=["stance", "tone"], pair_template="{target}")
    model.fit(INPUTS, y).save(tmp_path / "model")
    pairs = [{"text": text, "text_pair": "the report"} for text in TEXTS]
    for folder, classes, proba in zip(["", "tone"], model.classes_, model.predict_proba(INPUTS), strict=True):
        found = by_pipeline(tmp_path / "model" / folder, pairs, classes.tolist())
        np.testing.assert_allclose(found, proba, atol=1e-6)
    shards = [tmp_path / "model" / place / "model-00001-of-00002.safetensors" for place in ("", "tone")]
    assert len({file.stat().st_ino for file in [*shards, tmp_path / "model" / "encoder" / "model.safetensors"]}) == 1
    assert Transformer.load(tmp_path / "model").predict(INPUTS).tolist() == model.predict(INPUTS).tolist()


def test_an_empty_second_text_is_as_one_left_out(tiny_encoder: str, tmp_path: Path) -> None:
    inputs = [ModelInput(text, context=context) for text in TEXTS for context in ("", "The vote.", "word " * 40)]
    model = Transformer(encoder=tiny_encoder, epochs=2, max_length=32, pair_template="{context}")
    model.fit(inputs, [label for label in STANCE for _ in range(3)]).save(tmp_path / "model")
    expected = model.predict_proba(inputs)
    given = [{"text": x.text, "text_pair": x.context} for x in inputs]
    left_out = [{"text": x.text, "text_pair": x.context} if x.context else x.text for x in inputs]
    for rows in (given, left_out):
        np.testing.assert_allclose(by_pipeline(tmp_path / "model", rows, model.classes_.tolist()), expected, atol=1e-6)


def test_batches_with_padding_give_the_same(tiny_encoder: str, tmp_path: Path) -> None:
    from transformers import pipeline

    model = Transformer(encoder=tiny_encoder, epochs=1, max_length=32).fit(INPUTS, STANCE)
    model.save(tmp_path / "model")
    rows = pipeline("text-classification", model=str(tmp_path / "model"), device="cpu")(TEXTS, top_k=None, truncation=True, batch_size=5)
    found = [[{r["label"]: r["score"] for r in row}[label] for label in model.classes_] for row in rows]
    np.testing.assert_allclose(found, model.predict_proba(INPUTS), atol=1e-6)


def test_with_the_packaged_encoder(tmp_path: Path) -> None:
    model = Transformer(encoder=PACKAGED, epochs=1).fit(INPUTS, STANCE)
    model.save(tmp_path / "model")
    found = by_pipeline(tmp_path / "model", TEXTS, model.classes_.tolist())
    np.testing.assert_allclose(found, model.predict_proba(INPUTS), atol=1e-6)


@pytest.mark.parametrize("scale", [0.01, 0.3, 2.0])
@pytest.mark.parametrize("kind", ["bert", "roberta", "xlm-roberta"])
def test_every_known_architecture_at_small_and_large_logits(kind: str, scale: float) -> None:
    import transformers

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        size = {"vocab_size": 40, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 48}
        config = transformers.AutoConfig.for_model(kind, **size)
        encoder = transformers.AutoModel.from_config(config).eval()
        head = torch.nn.Linear(32, 6)
        torch.nn.init.normal_(head.weight, std=scale)
        ids = torch.randint(5, 40, (4, 12))
    mask = (torch.arange(12) < torch.tensor([[12], [7], [3], [1]])).long()
    made, weights = stock_classifier(encoder, head, list("abcdef")) or (None, {})
    classifier = getattr(transformers, made.architectures[0])(made).eval()
    state = {f"{encoder.base_model_prefix}.{name}": tensor for name, tensor in encoder.state_dict().items() if "pooler" not in name}
    assert classifier.load_state_dict(state | weights, strict=True)
    with torch.inference_mode():
        hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        logits = head((hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True))
        torch.testing.assert_close(classifier(input_ids=ids, attention_mask=mask).logits.softmax(1), logits.softmax(1), atol=1e-6, rtol=0)


def test_other_architectures_have_an_encoder_and_no_classifier(tmp_path: Path, tiny_encoder: str) -> None:
    from transformers import AutoTokenizer, DistilBertConfig, DistilBertModel

    AutoTokenizer.from_pretrained(tiny_encoder).save_pretrained(tmp_path / "other")
    with torch.random.fork_rng(devices=[]):
        DistilBertModel(DistilBertConfig(vocab_size=22, dim=16, n_layers=1, n_heads=2, hidden_dim=16)).save_pretrained(tmp_path / "other")
    model = Transformer(encoder=str(tmp_path / "other"), epochs=1, max_length=32).fit(INPUTS, STANCE)
    model.save(tmp_path / "model")
    assert not (tmp_path / "model" / "config.json").exists()
    assert Transformer.load(tmp_path / "model").predict_proba(INPUTS).tobytes() == model.predict_proba(INPUTS).tobytes()
