"""Configuration of models within models: checked, made and filled in."""

from collections.abc import Mapping
from typing import Any

from stancekit.errors import InputError, nearest
from stancekit.models.registry import make_for, model_class

_ENTRY = ("model", "params")


def check_entry(where: str, entry: Any) -> None:
    """Raise `InputError` where an entry is not `model` and, where wanted, `params`."""
    if not isinstance(entry, dict):
        raise InputError(where, f"is {entry!r}, not `model` and `params`")
    for key in entry:
        if key not in _ENTRY:
            raise InputError(where, f"unknown key '{key}'{nearest(key, _ENTRY)}", _ENTRY)
    if not isinstance(entry.get("model"), str):
        raise InputError(where, "needs `model`, the name of a model type")
    if not isinstance(entry.get("params", {}), dict):
        raise InputError(where, f"`params` is {entry['params']!r}, not a mapping of parameters")


def make_nested(where: str, kind: str, params: Mapping[str, Any], task: Mapping[str, Any] | None) -> Any:
    """A new model of one task. Raises `InputError` saying where it is nested."""
    try:
        return make_for(kind, params, task)
    except InputError as error:
        raise InputError(where, str(error)) from None


def params_for(kind: str, params: Mapping[str, Any], *, template: str, seed: int) -> dict[str, Any]:
    """A recipe's parameters for one seed; where it names no template, the codebook's. The same in all models nested in it."""
    taken = model_class(kind)._get_param_names()
    found = {"template": template, **params} if "template" in taken else dict(params)
    if "seed" in taken:
        found["seed"] = seed
    if isinstance(members := found.get("members"), dict):
        found["members"] = {name: _filled(entry, template, seed) for name, entry in members.items()}
    if {"model", "params"} <= set(taken) and isinstance(found.get("model"), str):
        found |= _filled({"model": found["model"], "params": found.get("params", {})}, template, seed)
    return found


def _filled(entry: Any, template: str, seed: int) -> Any:
    """An entry that is at fault stays as it is: making the model says what is wrong."""
    try:
        check_entry("", entry)
        return {**entry, "params": params_for(entry["model"], entry.get("params", {}), template=template, seed=seed)}
    except InputError:
        return entry
