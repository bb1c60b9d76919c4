"""A fine-tuned transformer, saved as what plain `transformers` loads."""

from stancekit.models.transformer.model import Transformer

__all__ = ["Transformer"]
