"""Models by name, such as `from stancekit.models import Tfidf, Embedding, Ensemble`; each is imported on use."""

from typing import Any

from stancekit.models.registry import MODELS, make_model, model_class

_TYPES = {path.partition(":")[2]: kind for kind, path in MODELS.items()}

__all__ = ["MODELS", "make_model", *_TYPES]


def __getattr__(name: str) -> Any:
    if name not in _TYPES:
        raise AttributeError(f"module 'stancekit.models' has no attribute '{name}'")
    return model_class(_TYPES[name])


def __dir__() -> list[str]:
    return __all__
