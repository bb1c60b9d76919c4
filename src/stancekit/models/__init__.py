"""The registry of models, and the Protocol that each of them meets."""

from stancekit.models.registry import MODELS, Model, make_model

__all__ = ["MODELS", "Model", "make_model"]
