"""The tiny encoder of the models' tests."""

import pytest

from tiny import save_tiny


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    from transformers import BertModel

    return save_tiny(tmp_path_factory.mktemp("encoder"), BertModel)
