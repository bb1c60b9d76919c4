"""Load tokenizers and networks by `transformers`: local files, safetensors, no code of a model, no prompt.

Everything that reads an encoder's folder goes through here. What the library raises on a damaged folder, or on what a damaged
one gives, is turned into an `InputError` that names the folder.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stancekit.errors import InputError, StancekitError, missing_extra
from stancekit.models.encoders.folder import check_folder

LOCAL = {"trust_remote_code": False, "local_files_only": True}
"""What every `from_pretrained` is called with: where the first is left out, `transformers` asks on standard input."""


@contextmanager
def blaming(folder: Path | str) -> Iterator[None]:
    """Whatever is raised within is the folder's fault: an `InputError` that names it, with the reason."""
    try:
        yield
    except StancekitError:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":  # that is how tokenizers end that are Rust
            raise
        if isinstance(error, ModuleNotFoundError) and (missing := missing_extra(error)):
            raise missing from None
        said = " ".join(str(error).split())[:300]
        raise InputError(folder, f"can't be used: {type(error).__name__}{f': {said}' if said else ''}") from error


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Loading without progress bars and reports; the caller's settings are put back."""
    from transformers.utils import logging

    level, bar = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bar:
            logging.enable_progress_bar()


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """A checked folder, read quietly."""
    import transformers  # noqa: F401 - a missing package is no fault of the folder

    with blaming(folder), quiet_transformers():
        check_folder(folder)
        yield


def read_config(folder: Path) -> Any:
    """The configuration of a folder's network."""
    with reading(folder):
        return _from_pretrained("AutoConfig", folder)


def read_tokenizer(folder: Path) -> Any:
    """The tokenizer of a folder."""
    with reading(folder):
        return _from_pretrained("AutoTokenizer", folder)


def read_model(folder: Path, auto: str = "AutoModel", **options: Any) -> Any:
    """The network of a folder, in evaluation mode.

    Parameters
    ----------
    auto : the class of `transformers` that picks the architecture.

    Raises `InputError` where the weights are not those of the network that the configuration describes: it would be filled up with
    random ones. An encoder may lack its pooler, which no model here reads.
    """
    import torch

    with reading(folder):
        _check_size(folder, auto)
        model, report = _from_pretrained(
            auto, folder, use_safetensors=True, output_loading_info=True, ignore_mismatched_sizes=True, **options
        )
        if lacking := sorted(name for name in report["missing_keys"] if auto != "AutoModel" or "pooler" not in name):
            raise InputError(folder, f"lacks {len(lacking)} tensors of the network that config.json describes, first '{lacking[0]}'")
        if other := sorted(report["mismatched_keys"]):
            name, *shapes = other[0]
            stored, wanted = map(tuple, shapes)
            raise InputError(folder, f"tensor '{name}' is {stored}; the network that config.json describes has {wanted} there")
        if strange := [name for name, tensor in model.named_parameters() if not torch.isfinite(tensor).all()]:
            raise InputError(folder, f"tensor '{strange[0]}' holds values that are no finite numbers")
    return model.eval()


def _check_size(folder: Path, auto: str) -> None:
    """Raise `InputError` for a network far larger than its weights, before memory is taken for it."""
    import torch
    import transformers
    from safetensors import safe_open

    from stancekit.models.encoders.weights import weight_files

    stored = 0
    for file in weight_files(folder):
        with safe_open(file, framework="numpy") as tensors:
            stored += sum(torch.Size(tensors.get_slice(name).get_shape()).numel() for name in tensors.keys())  # noqa: SIM118 - no mapping
    with torch.device("meta"):
        described = getattr(transformers, auto).from_config(_from_pretrained("AutoConfig", folder), trust_remote_code=False)
    size = sum(parameter.numel() for parameter in described.parameters())
    if size > 2 * stored:
        raise InputError(folder / "config.json", f"describes a network of {size:,} numbers, and the weights are {stored:,}")


def _from_pretrained(auto: str, folder: Path, **options: Any) -> Any:
    import transformers

    return getattr(transformers, auto).from_pretrained(folder, **LOCAL, **options)
