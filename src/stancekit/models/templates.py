"""What a model reads of a statement: a template over the fields of `ModelInput`."""

from collections.abc import Iterable

from stancekit.codebook import template_fields
from stancekit.errors import InputError
from stancekit.records import ModelInput


def as_input(x: ModelInput | str) -> ModelInput:
    """A plain string counts as a text alone."""
    return ModelInput(x) if isinstance(x, str) else x


def fields(template: str) -> tuple[str, ...]:
    """The fields a template names, in order. Raises `InputError` for one that is not there."""
    try:
        return template_fields(template)
    except ValueError as error:
        raise InputError(f"template {template!r}", str(error)) from None


def render(template: str, inputs: Iterable[ModelInput | str]) -> list[str]:
    """One text an input. A field that is not known is empty, and a separator left hanging at the start goes with it.

    `masked` is the text itself where no registry of actors was asked.
    """
    names = fields(template)
    texts = []
    for x in map(as_input, inputs):
        text = template.format(**{name: getattr(x, name) or (x.text if name == "masked" else "") for name in names})
        texts.append(" ".join(text.split()).lstrip(":;,| "))
    return texts


def values(name: str, inputs: Iterable[ModelInput | str]) -> list[str]:
    """One field of each input as it stands, empty where it is not known."""
    return [getattr(as_input(x), name) or "" for x in inputs]
