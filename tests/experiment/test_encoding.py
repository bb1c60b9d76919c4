"""Over a whole experiment a frozen encoder reads every text once, however many recipes, folds, members and grids ask for it."""

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("torch")

from labelled import config, rows, write
from transformers import BertModel

from stancekit.experiment import load_experiment, run
from stancekit.models.encoders import encode as encoder
from tiny import save_tiny

CONFIG = """\
name: once
data:
  train: train.jsonl
  labels: [favor, against, none]
schemes: [kfold]
default: all
recipes:
  embedding: {model: embedding, params: {encoder: ENCODER, C: 0.1}}
  tuned: {model: embedding, params: {encoder: ENCODER}, tune: {C: [0.01, 0.1]}}
  all:
    model: ensemble
    params:
      members:
        text: {model: embedding, params: {encoder: ENCODER, C: 0.1}}
        target: {model: embedding, params: {encoder: ENCODER, C: 0.1, template: "{target}: {text}"}}
    calibrate: temperature
"""


def test_no_text_is_encoded_twice_in_an_experiment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = save_tiny(tmp_path / "encoder", BertModel)
    made = rows(20, 1)
    write(tmp_path / "train.jsonl", made)
    experiment = load_experiment(config(tmp_path, CONFIG.replace("ENCODER", tiny)))
    read: Counter[str] = Counter()
    forward = encoder._forward

    def counted(texts: list[str], name: str, max_length: int) -> object:
        read.update(texts)
        return forward(texts, name, max_length)

    monkeypatch.setattr(encoder, "_forward", counted)
    run(experiment, tmp_path / "out")
    texts = {" ".join(row["text"].split()) for row in made}
    assert texts <= set(read)
    assert len(read) == 2 * len(texts)
    assert set(read.values()) == {1}
