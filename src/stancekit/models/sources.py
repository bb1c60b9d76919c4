"""What an encoder has been trained on, kept beside it, so that it is never tested there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from stancekit.errors import InputError
from stancekit.files import parse_object, read_text, sha256, to_json, write_atomic
from stancekit.models.weights import resolve_weights
from stancekit.repeats import words

FILE = "sources.json"
STRAY = 0.01
"""So large a share of the tested statements may be known: large public sets share a few with each other by chance."""


@dataclass(frozen=True)
class Sources:
    """`trained_on` names the experiments, `files` maps the files to their SHA-256, `texts` are fingerprints of the statements."""

    trained_on: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()

    def joined(self, other: "Sources") -> "Sources":
        """Of an encoder that was trained on the one and then on the other."""
        names = tuple(dict.fromkeys([*self.trained_on, *other.trained_on]))
        return Sources(names, {**self.files, **other.files}, self.texts | other.texts)

    @classmethod
    def read(cls, path: Path) -> Self:
        found = parse_object(read_text(path), path)
        return cls(tuple(found["trained_on"]), found["files"], frozenset(found["texts"]))


def fingerprint(text: str) -> str:
    """The same for texts of the same words, whatever their file, case and punctuation; it does not give the text away."""
    return sha256(" ".join(words(text)).encode())[:16]


def sources_of(encoder: str) -> Sources:
    """What an encoder was trained on by this package; empty for one that comes from elsewhere."""
    path = resolve_weights(encoder) / FILE
    return Sources.read(path) if path.is_file() else Sources()


def write_sources(directory: Path, name: str, files: Mapping[str, str], texts: Iterable[str], encoders: Iterable[str]) -> None:
    """Write `sources.json` beside every encoder that is saved in a model's directory.

    Parameters
    ----------
    name : of the experiment. files : file → SHA-256. texts : the statements trained on. encoders : what the model began with,
        whose own sources are taken over.
    """
    places = sorted(path.parent for path in directory.rglob("encoder/config.json"))
    if not places:
        return
    found = Sources((name,), dict(files), frozenset(map(fingerprint, texts)))
    for encoder in encoders:
        found = sources_of(encoder).joined(found)
    content = {"trained_on": list(found.trained_on), "files": dict(found.files), "texts": sorted(found.texts)}
    for place in places:
        write_atomic(place / FILE, to_json(content))


def refuse_tested(encoders: Iterable[str], texts: Sequence[str]) -> None:
    """Raise `InputError` where an encoder was trained on the statements that it would be tested on: a set is never a source there."""
    tested = [fingerprint(text) for text in texts]
    for encoder in encoders:
        sources = sources_of(encoder)
        known = sum(mark in sources.texts for mark in tested)
        if known > STRAY * len(tested):
            raise InputError(
                f"encoder '{encoder}'",
                f"was trained on {known} of the {len(tested)} statements that it would be tested on (by {', '.join(sources.trained_on)})",
            )
