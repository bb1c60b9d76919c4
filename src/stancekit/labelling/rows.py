"""Rows of labels: a statement with its article, the label of each task and the probabilities."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.json as pj

from stancekit.codebook import OWN
from stancekit.errors import InputError
from stancekit.io.files import to_jsonl
from stancekit.labelling.inputs import Item
from stancekit.models.saved import TrainedModel, top_labels
from stancekit.records import ARTICLE_COLUMNS, ROW_COLUMNS
from stancekit.statements.rows import Rows

_INT = pa.int64()
_TYPES = {"start": _INT, "end": _INT, "quotes": pa.list_(pa.list_(_INT)), "attribution_confidence": pa.float64()}
"""Columns that are not text."""


class LabelRows:
    """Makes the rows of one model; `keep` names columns of the input that are carried along.

    `columns` are those of the statement, its article, the kept ones, `target`, `actor` and `model`, then for each task `<task>`, its
    label; `<task>_probability`, that label's own; `<task>_<label>` for every label; and where the model may abstain
    `<task>_abstained`. Raises `InputError` where two of them would have one name.
    """

    def __init__(self, model: TrainedModel, keep: Sequence[str] = ()) -> None:
        self._model, self._rows = model, Rows(model.actors, keep)
        last = ROW_COLUMNS.index(ARTICLE_COLUMNS[-1]) + 1
        self.columns = [*ROW_COLUMNS[:last], *keep, *ROW_COLUMNS[last:]]
        numbers: list[str] = []
        flags = {task: f"{task}_abstained" for task in model.thresholds}
        for task, labels in model.tasks.items():
            scores = [f"{task}_{name}" for name in (OWN, *labels)]
            numbers += scores
            self.columns += [task, *scores, *([flags[task]] if task in flags else [])]
        if twice := [name for name in self.columns if self.columns.count(name) > 1]:
            if twice[0] in keep:
                raise InputError("--keep", f"'{twice[0]}' is a column of the labels already: rename that of the table")
            what = f"a task or label of its codebook already has the column '{twice[0]}'; rename that, and train it again"
            raise InputError("the model", what)
        kinds = _TYPES | dict.fromkeys(numbers, pa.float64()) | dict.fromkeys(flags.values(), pa.bool_())
        self.schema = pa.schema([(name, kinds.get(name, pa.string())) for name in self.columns])

    def of(self, items: Sequence[Item]) -> list[dict[str, Any]]:
        """Label unique inputs, and scatter the labels to all that share them: the same text is never computed twice."""
        model, unique = self._model, {item.input: None for item in items}
        place = {found: i for i, found in enumerate(unique)}
        probas = model.predict_proba(list(unique)) if unique else {}
        names = {task: top_labels(proba, model.tasks[task]) for task, proba in probas.items()}
        thresholds = model.thresholds
        rows = []
        for item in items:
            i = place[item.input]
            row = self._rows.of(item.statement, item.article)
            row["target"] = item.input.target or None
            row["actor"] = self._rows.actor(item.statement.holder)
            row["model"] = model.digest[:12]
            for task, labels in model.tasks.items():
                own = float(probas[task][i].max())
                row |= {task: names[task][i], f"{task}_{OWN}": own}
                row |= {f"{task}_{label}": float(probas[task][i, k]) for k, label in enumerate(labels)}
                if task in thresholds:
                    row[f"{task}_abstained"] = own < thresholds[task]
            rows.append(row)
        return rows


def table_of(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table, one block; `joined`, which has numbers and text in one list, as JSON, and null for what a row does not have."""
    if not rows:
        return schema.empty_table()
    # By way of JSON: what makes Arrow's arrays of Python's objects imports pandas, which takes longer than a short label.
    lines = to_jsonl({**row, "joined": json.dumps(row["joined"], ensure_ascii=False)} if "joined" in row else row for row in rows).encode()
    options = pj.ReadOptions(use_threads=False, block_size=len(lines))
    return pj.read_json(pa.BufferReader(lines), options, pj.ParseOptions(explicit_schema=schema))
