"""Annotated statements as a Hugging Face data set: load, describe, save. A trained model described for the Hub."""

from stancekit.huggingface.card import dataset_card
from stancekit.huggingface.load import load_dataset
from stancekit.huggingface.model_card import Trained, model_card
from stancekit.huggingface.save import save_dataset

__all__ = ["Trained", "dataset_card", "load_dataset", "model_card", "save_dataset"]
