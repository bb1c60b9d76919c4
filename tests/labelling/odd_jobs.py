"""Jobs that die or hang at documents that say so, and the model and rows that tests of labelling share; loaded by worker processes too."""

import json
import os
import signal
import time
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from stancekit.actors import Actors
from stancekit.articles.accounts import Account
from stancekit.crossval import fit_on_all
from stancekit.labelling.executors.registry import EXECUTORS
from stancekit.labelling.inputs import Document, Item
from stancekit.labelling.job import Job
from stancekit.models.saved import TrainedModel, load_model, save_model
from toy import codebook, dataset

HAS_RAY = find_spec("ray") is not None
NEEDS_RAY = pytest.mark.skipif(not HAS_RAY, reason="ray is not installed: make test-extras")
ALL = [pytest.param(name, marks=NEEDS_RAY if name == "ray" and not HAS_RAY else ()) for name in EXECUTORS]


def save_small(folder: Path) -> TrainedModel:
    """A TF-IDF model of the toy data that reads the text alone."""
    save_model(folder, fit_on_all(dataset(), "tfidf", {"template": "{text}"}), recipe="r", codebook=codebook(), actors=Actors())
    return load_model(folder)


def write_rows(path: Path, count: int, texts: Iterable[tuple[int, str]] = (), first: int = 0) -> Path:
    """Rows that are statements, some with texts of their own."""
    odd = dict(texts)
    rows = ({"id": str(i), "text": odd.get(i, f"The plan number {i} is far too hasty, a union said.")} for i in range(first, first + count))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def write_articles(folder: Path, names: Iterable[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"The union said the plan of {name} must wait. “It is far too hasty,” it added.")
    return folder


def content(folder: Path, *, rejected: bool = True) -> dict[str, bytes]:
    """Every file of a folder of labels, which are all to be the same for the same input."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


class OddJob(Job):
    """Dies at a text with DIE, hangs at one with HANG, raises at one with RAISE."""

    def _items(self, document: Document, account: Account) -> list[Item]:
        text = str(getattr(document.content, "known", {}).get("text"))
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in text:
            time.sleep(600)
        if "RAISE" in text:
            raise ZeroDivisionError("a fault of the program")
        return super()._items(document, account)


def rejected_in(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "rejected.jsonl").read_text().splitlines()]


def save_other(folder: Path) -> TrainedModel:
    """Another model of the same tasks."""
    save_model(folder, fit_on_all(dataset(), "tfidf", {"template": "{text}", "C": 0.5}), recipe="s", codebook=codebook(), actors=Actors())
    return load_model(folder)
