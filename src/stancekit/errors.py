"""Every error a user can meet: where it is, what is wrong, what is allowed."""

import copyreg
import re
from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

MAX_ALLOWED = 20
"""At most this many allowed values are listed in a message."""


class StancekitError(Exception):
    """Base of the errors that a user can fix. The command line prints the message and exits with `exit_code`."""

    exit_code = 1

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the finished message, which is no argument of a subclass: worker processes send their errors so."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class InputError(StancekitError):
    """Bad input or configuration: `where` (file and line, or parameter), `what` is wrong, which values are `allowed`."""

    exit_code = 3

    def __init__(self, where: object, what: str, allowed: Iterable[str] = ()) -> None:
        known = list(allowed)
        options = ", ".join(known[:MAX_ALLOWED]) + (f" and {len(known) - MAX_ALLOWED} more" if len(known) > MAX_ALLOWED else "")
        super().__init__(f"{where}: {what}" + (f" (allowed: {options})" if options else ""))


class RefusedError(StancekitError):
    """Going on would overwrite something, or mix results that do not belong together; nothing was written."""

    exit_code = 4


class MissingError(StancekitError):
    """An optional dependency or the weights of a model are not installed; the message says what installs them."""

    exit_code = 5


EXTRAS = {"torch": "transformers", "transformers": "transformers", "datasets": "transformers", "huggingface_hub": "transformers",
          "sentence_transformers": "contrastive", "accelerate": "contrastive", "vaderSentiment": "lexicon",
          "matplotlib": "plots", "pandas": "pandas", "cleanlab": "review", "trafilatura": "html", "lxml_html_clean": "html",
          "openpyxl": "office", "pypdfium2": "office", "ftfy": "repair", "ray": "ray", "fsspec": "ray"}  # fmt: skip
"""Package → the extra of stancekit that installs it."""


def missing_extra(error: ModuleNotFoundError) -> MissingError | None:
    """The error to show for an import that failed because an extra is not installed; `None` for any other import."""
    package = (error.name or "").partition(".")[0]
    return MissingError(f"this needs the package '{package}': pip install 'stancekit[{EXTRAS[package]}]'") if package in EXTRAS else None


def require_extra(*packages: str) -> None:
    """Raise `MissingError` for the first of these packages that is not installed, before anything is done."""
    for package in packages:
        if find_spec(package) is None and (missing := missing_extra(ModuleNotFoundError(name=package))):
            raise missing


_MADE_BY = {
    "codebook": "load_codebook(path)", "actors": "load_actors(path)", "model": "load_model(folder)",
    "dataset": "read_dataset(...)", "article": "one of read_articles(path), or Article(id, text)",
    "passes": "load_passes(files, codebook)", "items": "read_items(path, codebook)",
    "annotations": "load_annotations(path, codebook)", "labelled": "load_annotations(path, codebook)",
}  # fmt: skip


def refuse_paths(**given: object) -> None:
    """Raise `InputError` where a path or a text is given in the place of what is made of it: names the function that makes it."""
    for name, value in given.items():
        if isinstance(value, str | Path):
            raise InputError(name, f"is a {'text' if isinstance(value, str) else 'path'}; pass {_MADE_BY[name]}")


def counted(n: int, noun: str) -> str:
    """`1 article`, `2 articles`: a number with its noun, whose plural takes an s."""
    return f"{n} {noun}" + ("" if n == 1 else "s")


FEW = 3
"""At most this many places of a message are named."""


_VALUES = re.compile(r"(?<!\w)(['\"]).*?\1(?!\w)|\d+")
"""What differs between messages of one kind: quoted values and numbers."""


class Tally:
    """Messages `place: what`, each `what` said once with how often and where first. At most `most` kinds are kept; of those that
    differ in quoted values and numbers alone the first few are said, the others counted."""

    def __init__(self, most: int = 200) -> None:
        self._most, self._more = most, 0
        self._places: dict[str, list[str]] = {}
        self._times: Counter[str] = Counter()
        self._said: dict[str, list[str]] = {}
        self._alike: Counter[str] = Counter()

    def add(self, message: str) -> None:
        where, _, what = message.partition(": ")
        if what not in self._places:
            kind = _VALUES.sub("", what)
            if kind not in self._said and len(self._said) >= self._most:
                self._more += 1
                return
            said = self._said.setdefault(kind, [])
            if len(said) == FEW:
                self._alike[kind] += 1
                return
            said.append(what)
        self._times[what] += 1
        if self._times[what] <= FEW:
            self._places.setdefault(what, []).append(where)

    def lines(self) -> list[str]:
        found = []
        alike = {said[-1]: self._alike[kind] for kind, said in self._said.items() if self._alike[kind]}
        for what, (first, *also) in self._places.items():
            n = self._times[what]
            found.append(f"{first}: {what}" + (f" ({n} times: also {', '.join(also)}{' …' if n > FEW else ''})" if also else ""))
            found += [f"... and {alike[what]:,} more like it"] if what in alike else []
        return found + ([f"... and {self._more:,} more"] if self._more else [])

    def error(self) -> "InputError":
        where, _, what = "\n".join(self.lines()).partition(": ")
        return InputError(where, what)


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
