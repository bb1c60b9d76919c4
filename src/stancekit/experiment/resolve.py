"""A config as one document: with the configs that it extends and the packaged recipes that it names."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stancekit.errors import InputError, nearest
from stancekit.io.strict_yaml import Document, load
from stancekit.io.yaml_events import Location

PACKAGED = Path(__file__).with_name("recipes.yaml")
MAX_EXTENDED = 8
"""At most this many configs are extended, one by another."""
BESIDE_CONFIG = ("codebook", "actors")
OF_DATA = ("articles", "annotations", "passes", "train", "dev", "test")
"""The keys of `data` that hold paths: those that are always from the config's folder, and those that `--data` may move."""
Places = dict[Location, str]


@dataclass(frozen=True)
class Resolved(Document):
    """A config with what it inherits. `places`: location → `file:line`. `files`: what else was read, from its folder → SHA-256."""

    places: Mapping[Location, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def where(self, location: Location = ()) -> str:
        while location not in self.places and location:
            location = location[:-1]
        return self.places.get(location, f"{self.path}:1")

    def file(self, location: Location) -> str:
        """Return the path of the config in which a part stands."""
        return self.where(location).rpartition(":")[0]


@contextmanager
def placed(document: Document, *location: str | int, recipe: str = "") -> Iterator[None]:
    """Say an `InputError` from within of a part of the config; of the recipe that is named."""
    try:
        yield
    except InputError as error:
        what = str(error)
        raise InputError(document.where(location), f"recipe '{recipe}': {what}" if recipe else what) from None


def resolve(path: Path, elsewhere: bool = False) -> Resolved:
    """Read a config, what it extends and the packaged recipes that it names.

    `extends: other.yaml`, a path from the file that says so: what the other config says holds as if it stood in this one, but its
    paths of data are from its own folder, unless the data lie `elsewhere` (`--data`). Own keys override: mappings merge by key,
    anything else is replaced. A recipe that is `null` is removed, and one that says its `model` or `recipe` replaces the inherited
    one. `recipe: NAME` merges the entry's other keys into the packaged recipe in the same way; a name in the place of an entry
    stands for that recipe unchanged.

    Raises `InputError` with file and line for a file that is missing, a cycle, or a packaged recipe that there is not.
    """
    document = load(path)
    files: dict[str, str] = {}
    data, places = _inherited(document, [path], files)
    found = Resolved(path, data, document.lines, document.digest, places, files)
    if _names(data, "data") and isinstance(said := data["data"], dict):
        moved = BESIDE_CONFIG if elsewhere or said.get("hub") is not None else BESIDE_CONFIG + OF_DATA
        data["data"] = {key: _moved(value, ("data", key), found) if key in moved else value for key, value in said.items()}
    recipes = data.get("recipes") if isinstance(data, dict) else None
    if isinstance(recipes, dict) and any(_names(entry, "recipe") for entry in recipes.values()):
        packaged = load(PACKAGED)
        files[f"stancekit/experiment/{PACKAGED.name}"] = packaged.digest
        for name, entry in recipes.items():
            if _names(entry, "recipe"):
                recipes[name] = from_packaged(entry, packaged.data, found.where(("recipes", name, "recipe")))
    return found


def from_packaged(entry: Mapping[str, Any], packaged: Mapping[str, Any], where: str = "recipe") -> dict[str, Any]:
    """Return a recipe's entry with the packaged recipe that it names; its other keys are merged into that one's.

    Raises `InputError` where there is no such recipe, or the entry names a model as well.
    """
    own = dict(entry)
    base = own.pop("recipe")
    if not isinstance(base, str) or base not in packaged:
        raise InputError(where, f"no packaged recipe is called '{base}'{nearest(str(base), packaged)}", packaged)
    if "model" in own:
        raise InputError(where, "has both a `model` and the packaged `recipe` that it changes")
    merged: dict[str, Any] = _merged(packaged[base], own, ("recipes", base), set())
    return merged


def _inherited(document: Document, chain: Sequence[Path], files: dict[str, str]) -> tuple[Any, Places]:
    """The data of a config over those of what it extends, and location → `file:line`."""
    own, places = _named(document)
    if not _names(own, "extends"):
        return own, places
    name, where = own.pop("extends"), document.where(("extends",))
    if not isinstance(name, str):
        raise InputError(where, "`extends` should be the path of one config, `extends: other.yaml`")
    path = document.path.parent / name
    if not path.is_file():
        raise InputError(where, f"extends '{name}': {path}: {'is a folder, not a config' if path.is_dir() else 'no such file'}")
    if path.resolve() in [earlier.resolve() for earlier in chain]:
        raise InputError(where, f"extends '{name}', which extends this file in turn")
    if len(chain) > MAX_EXTENDED:
        raise InputError(where, f"extends '{name}': more than {MAX_EXTENDED} configs extend one another")
    base = load(path)
    files[Path(os.path.relpath(path, chain[0].parent)).as_posix()] = base.digest
    data, below = _inherited(base, [*chain, path], files)
    if not isinstance(data, dict):
        raise InputError(base.where(), "is extended, and holds no mapping")
    replaced: set[Location] = set()
    if isinstance(document.data.get("recipes"), list):
        data.pop("recipes", None)
        replaced.add(("recipes",))
    merged = _merged(data, own, (), replaced)
    kept = {at: place for at, place in below.items() if not any(at[:length] in replaced for length in range(1, len(at) + 1))}
    return merged, kept | places


def _named(document: Document) -> tuple[Any, Places]:
    """A document's data and places with `recipes` as a mapping of mappings: `tfidf` stands for `tfidf: {recipe: tfidf}`."""
    places = {at: document.where(at) for at in document.lines}
    recipes = document.data.get("recipes") if isinstance(document.data, dict) else None
    if isinstance(recipes, list):
        listed, recipes = recipes, {}
        places |= {("recipes", *at[2:]): place for at, place in places.items() if at[:1] == ("recipes",) and len(at) > 2}
        for index, item in enumerate(listed):
            entries = {item: item} if isinstance(item, str) else item
            where = document.where(("recipes", index))
            if not isinstance(entries, dict):
                raise InputError(where, f"recipes.{index}: should be the name of a packaged recipe, or NAME: RECIPE")
            if twice := entries.keys() & recipes.keys():
                raise InputError(where, f"recipes.{index}: the recipe '{min(twice)}' occurs twice")
            recipes |= entries
            places |= {("recipes", name): where for name in entries}
    if isinstance(recipes, str):
        raise InputError(document.where(("recipes",)), f"recipes: should be a list, even of one name: `recipes: [{recipes}]`")
    if not isinstance(recipes, dict):
        return document.data, places
    return {**document.data, "recipes": {name: {"recipe": e} if isinstance(e, str) else e for name, e in recipes.items()}}, places


def _moved(value: Any, at: Location, document: Resolved) -> Any:
    """Paths as the config that was asked for would write them, from the folder of the file in which they stand."""
    if isinstance(value, dict):
        return {key: _moved(one, (*at, key), document) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, (*at, index), document) for index, one in enumerate(value)]
    folder, own = Path(document.file(at)).parent, document.path.parent
    if not isinstance(value, str) or folder == own:
        return value
    return ((folder.relative_to(own) if folder.is_relative_to(own) else folder.absolute()) / value).as_posix()


def _names(value: Any, key: str) -> bool:
    return isinstance(value, dict) and key in value


def _merged(base: Any, own: Any, at: Location, replaced: set[Location]) -> Any:
    """`own` over `base`. Locations at which nothing of the base is left are added to `replaced`."""
    anew = at[:1] == ("recipes",) and (_names(own, "model") or _names(own, "recipe"))
    if anew or not isinstance(base, dict) or not isinstance(own, dict):
        replaced.add(at)
        return own
    result = base | {key: _merged(base[key], value, (*at, key), replaced) if key in base else value for key, value in own.items()}
    return {key: value for key, value in result.items() if at != ("recipes",) or value is not None or key not in base}
