"""A tiny encoder with random weights, so that the tests of the machinery need no real one."""

import pytest

from tiny import save_tiny


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    from transformers import BertModel

    return save_tiny(tmp_path_factory.mktemp("encoder"), BertModel)


@pytest.fixture(scope="session")
def tiny_cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """With the labels that checkpoints of natural language inference have."""
    from transformers import BertForSequenceClassification

    labels = {0: "contradiction", 1: "entailment", 2: "neutral"}
    return save_tiny(tmp_path_factory.mktemp("cross-encoder"), BertForSequenceClassification, id2label=labels)
