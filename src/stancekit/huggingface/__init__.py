"""Annotated statements as a Hugging Face data set: load, describe, save."""

from stancekit.huggingface.card import dataset_card
from stancekit.huggingface.load import load_dataset
from stancekit.huggingface.save import save_dataset

__all__ = ["dataset_card", "load_dataset", "save_dataset"]
