"""From a folder of press coverage to who stands where, on what, with evaluations that do not leak.

The names below load on first use, so that `import stancekit` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stancekit.actors import load_actors as load_actors
    from stancekit.articles import read_articles as read_articles
    from stancekit.codebook import load_codebook as load_codebook
    from stancekit.crossval import fit_on_all as fit_on_all
    from stancekit.crossval import out_of_fold as out_of_fold
    from stancekit.data.dataset import read_dataset as read_dataset
    from stancekit.evaluation import score as score
    from stancekit.huggingface import load_dataset as load_dataset
    from stancekit.labelling import label_paths as label_paths
    from stancekit.models.saved import load_model as load_model
    from stancekit.models.saved import save_model as save_model
    from stancekit.records import ModelInput as ModelInput
    from stancekit.statements import extract_statements as extract_statements

_HOMES = {
    "ModelInput": "stancekit.records",
    "extract_statements": "stancekit.statements",
    "fit_on_all": "stancekit.crossval",
    "label_paths": "stancekit.labelling",
    "load_actors": "stancekit.actors",
    "load_codebook": "stancekit.codebook",
    "load_dataset": "stancekit.huggingface",
    "read_dataset": "stancekit.data.dataset",
    "load_model": "stancekit.models.saved",
    "out_of_fold": "stancekit.crossval",
    "read_articles": "stancekit.articles",
    "save_model": "stancekit.models.saved",
    "score": "stancekit.evaluation",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'stancekit' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return list(_HOMES)
