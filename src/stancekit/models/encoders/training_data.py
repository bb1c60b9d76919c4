"""Training-data fingerprints of an encoder (contamination check)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from stancekit.duplicates import runs, words
from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import sha256, to_json
from stancekit.models.encoders.weights import resolve_weights
from stancekit.models.state import State, read_state

FILE = "sources.json"
STRAY = 0.01
"""At most this share of the tested statements may be known: large public sets share a few with each other by chance."""
KEPT = 8
"""At most this many runs of six words are kept of each statement trained on, those of the lowest fingerprints.

Which runs have the lowest is as good as drawn by lot, and the same whatever stands around them (bottom-k sampling; Broder 1997,
doi:10.1109/SEQUEN.1997.666900). In 10 000 statements the file grows by 1.4 megabytes at the most.
"""
SHARED = 2
"""A tested statement is known by at least this many of the runs kept, or by all of its own: one alone is often an idiom.

A statement trained on of six words or more that stands whole in a tested one is always found, whatever was put around it, and
so is such a tested one in a statement trained on of up to 13 words. Where half the runs of a longer one trained on are shared, 96
in 100 are found, of a quarter 63, of a tenth 19. A shorter statement is known whole or not at all.
"""


class _Kept(State):
    """`sources.json`."""

    trained_on: list[str]
    files: dict[str, str]
    texts: list[str]
    runs: str = ""


@dataclass(frozen=True)
class Sources:
    """`trained_on` names the experiments, `files` maps the files to their SHA-256.

    `texts` are fingerprints of the statements, `runs` of some of their runs of six words; a file of before there were `runs` has
    none.
    """

    trained_on: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, files: Mapping[str, str], texts: Iterable[str]) -> Self:
        """What an experiment of that name trains on."""
        texts = list(texts)
        kept = (mark for text in texts for mark in sorted(run_marks(text))[:KEPT])
        return cls((name,), dict(files), frozenset(map(fingerprint, texts)), frozenset(kept))

    def joined(self, other: "Sources") -> "Sources":
        """Of an encoder that was trained on the one and then on the other."""
        names = tuple(dict.fromkeys([*self.trained_on, *other.trained_on]))
        return Sources(names, {**self.files, **other.files}, self.texts | other.texts, self.runs | other.runs)

    def know(self, text: str) -> bool:
        """Whether a statement of the same words was trained on, or one that shares enough of its runs (`SHARED`)."""
        marks = run_marks(text)
        if fingerprint(text) in self.texts or not self.texts.isdisjoint(marks):  # a statement of six words is a run itself
            return True
        return bool(marks) and len(self.runs & marks) >= min(SHARED, len(marks))

    @classmethod
    def read(cls, path: Path) -> Self:
        found = read_state(path, _Kept)
        return cls(tuple(found.trained_on), found.files, frozenset(found.texts), frozenset(found.runs.split()))

    def write(self, path: Path) -> None:
        """`runs` stand in one string: a line each would double the file."""
        content = {"trained_on": list(self.trained_on), "files": dict(self.files), "texts": sorted(self.texts)}
        write_atomic(path, to_json({**content, "runs": " ".join(sorted(self.runs))}))


def fingerprint(text: str) -> str:
    """The same for texts of the same words, whatever their file, case and punctuation; it does not give the text away."""
    return sha256(" ".join(words(text)).encode())[:16]


def run_marks(text: str) -> frozenset[str]:
    """Fingerprints of its runs of six words; none of a shorter text."""
    return frozenset(sha256(" ".join(run).encode())[:16] for run in runs(words(text)))


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
    found = Sources.of(name, files, texts)
    for encoder in encoders:
        found = sources_of(encoder).joined(found)
    for place in places:
        found.write(place / FILE)


def refuse_tested(encoders: Iterable[str], texts: Sequence[str]) -> None:
    """Raise `InputError` where an encoder was trained on the statements that it would be tested on: a set is never a source there.

    A statement that repeats one trained on, as `Sources.know` finds it, counts as that one.
    """
    for encoder in encoders:
        sources = sources_of(encoder)
        known = sum(map(sources.know, texts)) if sources.texts else 0
        if known > STRAY * len(texts):
            raise InputError(
                f"encoder '{encoder}'",
                f"was trained on {known} of the {len(texts)} statements that it would be tested on "
                f"(by {', '.join(sources.trained_on)}); a statement that repeats one counts as that one",
            )
