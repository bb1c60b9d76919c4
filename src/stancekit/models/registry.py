"""Registry: model type → class, imported on use, so that asking for `majority` loads no torch."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from stancekit.errors import InputError, nearest
from stancekit.models.params import check_params

MODELS: dict[str, str] = {
    "majority": "stancekit.models.baselines.majority:Majority",
    "actor": "stancekit.models.baselines.actor:Actor",
    "lexicon": "stancekit.models.lexical.lexicon:Lexicon",
    "sides": "stancekit.models.lexical.stance_rules:Sides",
    "tfidf": "stancekit.models.linear.tfidf:Tfidf",
    "embedding": "stancekit.models.encoders.embedding:Embedding",
    "zeroshot": "stancekit.models.encoders.zeroshot:Zeroshot",
    "contrastive": "stancekit.models.encoders.contrastive:Contrastive",
    "transformer": "stancekit.models.transformer:Transformer",
    "ensemble": "stancekit.models.composite.ensemble:Ensemble",
    "tuned": "stancekit.models.composite.tuned:Tuned",
    "calibrated": "stancekit.models.composite.calibrated:Calibrated",
    "per_target": "stancekit.models.composite.per_target:PerTarget",
}
"""Model type → `module:Class`."""


def model_class(kind: str, where: object = "model type", what: str = "unknown") -> Any:
    """The class of a model type. Raises `InputError` for an unknown one, saying where it is named."""
    if kind not in MODELS:
        raise InputError(where, f"{what} '{kind}'{nearest(kind, MODELS)}", MODELS)
    module, _, name = MODELS[kind].partition(":")
    return getattr(import_module(module), name)


def make_model(kind: str, /, **params: Any) -> Any:
    """A new, unfitted model.

    Raises `InputError` for a parameter, or a value, that the type does not take, and for parameters that contradict each
    other, in the models nested in it as well.
    """
    cls = model_class(kind)
    check_params(cls, params)
    model = cls(**params)
    model.check()
    return model


def make_for(kind: str, params: Mapping[str, Any], task: Mapping[str, Any] | None) -> Any:
    """A new model of one task, given its codebook entry where its constructor takes `task` and is not given one."""
    tells = task is not None and "task" in model_class(kind)._get_param_names()
    return make_model(kind, **({"task": task, **params} if tells else params))


def load_saved(kind: str, directory: Path) -> Any:
    """A saved single-task model. Raises `InputError` where the folder holds none of this type."""
    model = model_class(kind, directory, "is said to be of the unknown model type").load(directory)
    if not isinstance(model.classes_, np.ndarray):
        raise InputError(directory, "is a model of several tasks; one of a single task is needed")
    return model
