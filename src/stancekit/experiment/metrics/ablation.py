"""Text against speaker: an ablation of the same model with the words alone, with the holder too, and of the holder alone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import product
from typing import Any

from stancekit.crossval import model_reads
from stancekit.evaluation import difference
from stancekit.experiment.metrics.pooled import Pooled

Made = tuple[str, Mapping[str, Any]]
"""A model's type and parameters."""
WHO = frozenset({"speaker", "organisation", "holder", "actor_kind"})
"""The fields of a statement that say who speaks."""
TEMPLATES = ("template", "pair_template")


def ablation(pool: Pooled, kinds: Mapping[str, str], models: Mapping[str, Made], shown: Sequence[str]) -> list[dict[str, Any]]:
    """Compare recipes that differ by who speaks alone: a record for each task, pair of recipes and holder shown.

    `text` is the recipe that reads words alone, `with_holder` the same model also given the speaker, `actor` the recipe that knows
    nothing else. `over_text` and `over_actor` are paired differences of `with_holder` from them, the latter `None` where no
    recipe is of type `actor`.
    """
    found = []
    actor = next((recipe for recipe, kind in kinds.items() if kind == "actor"), None)
    for scheme, task, (text, informed), holder in product(pool.main_schemes, pool.gold, pairs_of(models), shown):
        of = pool.models(task, scheme, holder)
        if text in of and informed in of:
            over = {
                key: asdict(difference(of[informed], of[other], pool.gold[task], pool.groups, unit=pool.unit)) if other in of else None
                for key, other in (("over_text", text), ("over_actor", actor))
            }
            head: dict[str, Any] = {"task": task, "scheme": scheme, "holder": holder, "text": text, "with_holder": informed}
            found.append(head | {"actor": actor if actor in of else None} | over)
    return found


def pairs_of(models: Mapping[str, Made]) -> list[tuple[str, str]]:
    """Pair recipes, (words alone, speaker too): alike in all but their templates, and in what these name but for who speaks."""
    reads = {recipe: frozenset(model_reads(*made)) for recipe, made in models.items()}
    bare = {recipe: (kind, _without_templates(params)) for recipe, (kind, params) in models.items()}
    return [
        (text, informed)
        for informed in models
        for text in models
        if not reads[text] & WHO and reads[informed] - WHO == reads[text] < reads[informed] and bare[text] == bare[informed]
    ]


def _without_templates(value: Any) -> Any:
    """Remove templates from parameters, those of nested models too."""
    if isinstance(value, Mapping):
        return {key: _without_templates(inner) for key, inner in value.items() if key not in TEMPLATES}
    return [_without_templates(inner) for inner in value] if isinstance(value, list | tuple) else value
