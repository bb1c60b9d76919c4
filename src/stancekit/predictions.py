"""Predictions: the contract between models and everything after them. A file made elsewhere is scored the same way."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_jsonl
from stancekit.tables import Table


@dataclass(frozen=True, repr=False)
class Predictions(Table):
    """One task's predictions for n statements.

    `ids` are the statements', `folds` where each was predicted, `predicted` the labels, each one of `labels`; `task`, `model`
    (a recipe), `scheme` and `seed` say what was asked. `proba` is (n, n_labels) with rows that sum to 1, or `None` where
    only labels are known. `holder` says which holder the model was shown: `annotated`, `found` by segmentation, or `none` where
    it reads none. `kept` says of each statement whether the model stands by its label; `None` where it never abstains.
    """

    task: str
    labels: tuple[str, ...]
    model: str
    scheme: str
    holder: str
    seed: int
    ids: tuple[str, ...]
    folds: tuple[str, ...]
    predicted: tuple[str, ...]
    proba: NDArray[np.float64] | None = None
    kept: tuple[bool, ...] | None = None

    @property
    def name(self) -> str:
        """File name: every coordinate of the predictions but the model."""
        return f"{self.task}.{self.scheme}.{self.holder}.seed{self.seed}.jsonl"

    def about(self) -> str:
        return f"{self.task}, recipe {self.model}, scheme {self.scheme}, holder {self.holder}, {len(self.ids)} statements"

    def rows(self) -> list[dict[str, Any]]:
        """A row a statement: id, fold, label, whether it is kept (for a model that abstains) and the probability of each label."""
        found = []
        for i, (identity, fold, label) in enumerate(zip(self.ids, self.folds, self.predicted, strict=True)):
            row = {"id": identity, "fold": fold, "label": label} | ({} if self.kept is None else {"kept": self.kept[i]})
            shares = () if self.proba is None else zip(self.labels, self.proba[i].tolist(), strict=True)
            found.append(row | {f"proba_{name}": share for name, share in shares})
        return found


_HEADER = ("task", "labels", "model", "scheme", "holder", "seed")


def is_official(scheme: str) -> bool:
    """Whether a scheme, as predictions and scores call it, is of an official test set (`official`, `official_rw`)."""
    return scheme.partition("_")[0] == "official"


def save_predictions(predictions: Predictions, path: Path) -> None:
    """Write a header line, then a line a statement: id, fold, label and, where known, its probabilities in label order and `kept`."""
    lines = [json.dumps({key: getattr(predictions, key) for key in _HEADER}, ensure_ascii=False)]
    for i, (identity, fold, label) in enumerate(zip(predictions.ids, predictions.folds, predictions.predicted, strict=True)):
        row: dict[str, object] = {"id": identity, "fold": fold, "label": label}
        if predictions.proba is not None:
            row["proba"] = predictions.proba[i].tolist()
        if predictions.kept is not None:
            row["kept"] = predictions.kept[i]
        lines.append(json.dumps(row, ensure_ascii=False))
    write_atomic(path, "\n".join(lines) + "\n")


def load_predictions(path: Path) -> Predictions:
    """Read and check a file of predictions. Raises `InputError` with file and line."""
    rows = list(read_jsonl(path))
    if not rows:
        raise InputError(path, "is empty")
    line, header = rows[0]
    _check_header(header, f"{path}:{line}")
    labels = tuple(header["labels"])
    proba = []
    seen: set[str] = set()
    for line, row in rows[1:]:
        where = f"{path}:{line}"
        if not all(isinstance(row.get(key), str) for key in ("id", "fold", "label")):
            raise InputError(where, "'id', 'fold' and 'label' must be text")
        if row["label"] not in labels:
            raise InputError(where, f"label '{row['label']}' is not in task '{header['task']}'", labels)
        if row["id"] in seen:
            raise InputError(where, f"the id '{row['id']}' occurs twice")
        seen.add(row["id"])
        if "proba" in row:
            proba.append(_row(row["proba"], len(labels), where))
        if "kept" in row and not isinstance(row["kept"], bool):
            raise InputError(where, "'kept' must be true or false")
    if proba and len(proba) != len(rows) - 1:
        raise InputError(path, f"has probabilities on {len(proba)} of {len(rows) - 1} rows; give them on all or none")
    kept = tuple(row["kept"] for _, row in rows[1:] if "kept" in row)
    if kept and len(kept) != len(rows) - 1:
        raise InputError(path, f"says of {len(kept)} of {len(rows) - 1} rows whether they are kept; say it of all or none")
    body = [row for _, row in rows[1:]]
    return Predictions(
        header["task"], labels, header["model"], header["scheme"], header["holder"], header["seed"],
        tuple(r["id"] for r in body), tuple(r["fold"] for r in body), tuple(r["label"] for r in body),
        np.array(proba, dtype=np.float64) if proba else None, kept or None,
    )  # fmt: skip


def _check_header(header: Mapping[str, Any], where: str) -> None:
    for key in _HEADER:
        if key not in header:
            raise InputError(where, f"the header has no '{key}'", _HEADER)
    for key in ("task", "model", "scheme", "holder"):
        if not isinstance(header[key], str):
            raise InputError(where, f"'{key}' of the header must be text, not {header[key]!r}")
    if type(header["seed"]) is not int:
        raise InputError(where, f"'seed' of the header must be a whole number, not {header['seed']!r}")
    labels = header["labels"]
    if not isinstance(labels, list) or not labels or not all(isinstance(v, str) for v in labels) or len(set(labels)) < len(labels):
        raise InputError(where, "'labels' of the header must be a list of different texts")


def _row(values: object, size: int, where: str) -> Sequence[float]:
    if not isinstance(values, list) or len(values) != size or not all(type(v) in (int, float) and 0 <= v <= 1 for v in values):
        raise InputError(where, f"'proba' must be {size} numbers from 0 to 1")
    if abs(sum(values) - 1) > 1e-6:
        raise InputError(where, f"'proba' sums to {sum(values)}, not 1")
    return values
