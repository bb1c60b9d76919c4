"""The registry of models."""

from stancekit.models.registry import MODELS, make_model

__all__ = ["MODELS", "make_model"]
