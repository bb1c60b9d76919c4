"""Damage to the files of a saved model, by a seeded generator; and the seal put right again over it."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load, save

from stancekit.io.files import sha256_of
from stancekit.models.manifest import MANIFEST, files_of, sealed

VALUES: tuple[Any, ...] = (None, True, -1, 0, 7, 10**30, 1e308, "x", "", [], {}, [[1.5]], ["a", "a"], {"a": {"b": [None]}}, [0.5, 0.5])
"""What is put in the place of a JSON value."""
Place = tuple[str | int, ...]


def reseal(folder: Path) -> None:
    """Make the manifest name the files that are there, with the digests that they have."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["digest"]
    manifest["files"] = {name: sha256_of(folder / name) for name in files_of(folder) if name != MANIFEST}
    (folder / MANIFEST).write_text(sealed(manifest), encoding="utf-8")


def rewrite(file: Path, at: Place, new: Any) -> None:
    """Put a value in the place of another in a JSON file."""
    content = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(placed(content, at, lambda parent, key: parent.__setitem__(key, new))), encoding="utf-8")


def damage(file: Path, chance: random.Random) -> str:
    """Damage a file in one of the ways that suit it; says how."""
    ways = ["bit", "cut"] if file.suffix != ".json" else ["bit", "cut", "value", "value", "value", "gone", "gone", "more", "deep"]
    if file.suffix == ".safetensors":
        ways += ["shape", "dtype", "number", "gone tensor", "header"]
    way = chance.choice(ways)
    data = file.read_bytes()
    if way == "bit":
        at = chance.randrange(len(data))
        file.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
    elif way == "cut":
        file.write_bytes(data[: chance.randrange(len(data))])
    elif way == "header":
        file.write_bytes((chance.randrange(2**63)).to_bytes(8, "little") + data[8:])
    elif file.suffix == ".json":
        file.write_text(json.dumps(_other_json(json.loads(data), way, chance)), encoding="utf-8")
    else:
        file.write_bytes(save(_other_tensors(load(data), way, chance), {"format": "pt"}))
    return way


def _other_json(content: Any, way: str, chance: random.Random) -> Any:
    at = chance.choice(list(_places(content)))
    if way == "deep":
        deep: Any = 1
        for _ in range(900):
            deep = [deep]
        return placed(content, at, lambda parent, key: parent.__setitem__(key, deep))
    if way == "gone":
        return placed(content, at, lambda parent, key: parent.__delitem__(key))
    if way == "more":
        return content | {"extra": chance.choice(VALUES)} if isinstance(content, dict) else content
    return placed(content, at, lambda parent, key: parent.__setitem__(key, chance.choice(VALUES)))


def _other_tensors(tensors: dict[str, Any], way: str, chance: random.Random) -> dict[str, Any]:
    name = chance.choice(sorted(tensors))
    found = tensors[name]
    if way == "shape":
        tensors[name] = chance.choice([found[..., :-1], found[None], found.reshape(-1), np.concatenate([found, found])]).copy()
    elif way == "dtype":
        tensors[name] = found.astype(chance.choice([np.float16, np.int64, np.uint8, np.float32, np.float64, np.bool_]))
    elif way == "gone tensor":
        del tensors[name]
    elif found.size:
        found.flat[chance.randrange(found.size)] = chance.choice([np.nan, np.inf, -np.inf, 1e38])
    return tensors


def _places(content: Any, at: Place = ()) -> Iterator[Place]:
    """The place of every value within the content."""
    yield at
    for key in content if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ():
        yield from _places(content[key], (*at, key))


def placed(content: Any, at: Place, change: Any) -> Any:
    """The content with what stands at a place changed."""
    outer = {"": content}
    parent: Any = outer
    for key in ("", *at)[:-1]:
        parent = parent[key]
    change(parent, ("", *at)[-1])
    return outer.get("")
