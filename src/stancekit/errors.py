"""Every error a user can meet: where it is, what is wrong, what is allowed."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

MAX_ALLOWED = 20
"""So many allowed values are listed in a message."""


class StancekitError(Exception):
    """Something the user can put right. The command line prints it in one line and exits with `exit_code`."""

    exit_code = 1


class InputError(StancekitError):
    """Bad input or configuration: a file, a row or a value that breaks its contract."""

    exit_code = 3

    def __init__(self, where: object, what: str, allowed: Iterable[str] = ()) -> None:
        known = list(allowed)
        options = ", ".join(known[:MAX_ALLOWED]) + (f" and {len(known) - MAX_ALLOWED} more" if len(known) > MAX_ALLOWED else "")
        super().__init__(f"{where}: {what}" + (f" (allowed: {options})" if options else ""))


class RefusedError(StancekitError):
    """Going on would overwrite something, or mix results that do not belong together."""

    exit_code = 4


class MissingError(StancekitError):
    """An optional dependency or a model's weights are not installed."""

    exit_code = 5


EXTRAS = {"torch": "transformers", "transformers": "transformers", "datasets": "transformers", "huggingface_hub": "transformers",
          "sentence_transformers": "contrastive", "accelerate": "contrastive", "vaderSentiment": "lexicon",
          "matplotlib": "plots", "cleanlab": "review", "trafilatura": "html", "lxml_html_clean": "html", "ftfy": "repair"}  # fmt: skip
"""Package → the extra of stancekit that installs it."""


def missing_extra(error: ModuleNotFoundError) -> MissingError | None:
    """The error to show for an import that failed because an extra is not installed; `None` for any other import."""
    package = (error.name or "").partition(".")[0]
    return MissingError(f"this needs the package '{package}': pip install 'stancekit[{EXTRAS[package]}]'") if package in EXTRAS else None


MAX_SEARCHED = 2_000
"""Among more allowed values none is looked for that is close: the time it takes grows with them."""


def nearest(value: str, allowed: Iterable[str]) -> str:
    """` - did you mean 'x'?`, or nothing where no allowed value is close, or there are very many."""
    known = tuple(islice(allowed, MAX_SEARCHED + 1))
    return _nearest(value, known) if len(known) <= MAX_SEARCHED else ""


@lru_cache(maxsize=4_096)
def _nearest(value: str, known: tuple[str, ...]) -> str:
    """Kept, since the same mistake is often made in every row of a file."""
    close = get_close_matches(value, known, n=1)
    return f" - did you mean '{close[0]}'?" if close else ""
