"""How the default recipe and its text-only form take to invented statements and minimal pairs: make bench-behaviour.

The statements are those of tests/behaviour, which no model is trained on. Figures are macro-F1; of the pairs it is counted how
often a label stays where nothing may change, turns where stance must, and at least moves towards the right label.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sklearn.metrics import f1_score

from stancekit.crossval import fit_on_all
from stancekit.data.inputs import statement_from_row
from stancekit.experiment import load_experiment, model_of, params_of
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.saved import align, top_labels
from stancekit.records import ModelInput

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "tests" / "behaviour"
RESULTS = ROOT / "benchmarks" / "results" / "behaviour.json"


def main() -> None:
    experiment = load_experiment(ROOT / "experiments" / "ofsted_demo.yaml")
    sets = {letter: _rows(f"statements_{letter}.jsonl") for letter in "abcd"}
    pairs = _rows("pairs.jsonl")
    records: list[dict[str, Any]] = []

    def shown(row: Mapping[str, Any], text: str = "text", holder: str = "holder") -> ModelInput:
        known = {name: row.get(name) for name in ("context", "speaker", "organisation")}
        known = {**known, "text": row[text], "holder": row.get(holder)}
        return statement_from_row("row", known, experiment.actors, experiment.codebook.target)[1]

    with encoding_cache():
        for name in dict.fromkeys([experiment.config.default.removesuffix("_holder"), experiment.config.default]):
            recipe = experiment.config.recipes[name]
            model = fit_on_all(experiment.dataset, model_of(recipe), params_of(recipe, experiment.config.seed, experiment.codebook.input))
            said = _sayer(model, experiment.dataset.codebook)
            for letter, rows in sets.items():
                found = said([shown(row) for row in rows])
                for task, (labels, proba) in found.items():
                    gold = [row["labels"][task] for row in rows]
                    score = f1_score(gold, top_labels(proba, labels), average="macro", zero_division=0)
                    records.append({"scenario": f"{task}, set {letter}", "method": name, "figure": round(score, 4), "n": len(rows)})
            before, after = said([shown(p, "a") for p in pairs]), said([shown(p, "b", "holder_b") for p in pairs])
            records += _pairs(name, pairs, before, after)
    for record in records:
        print(f"{record['method']:16} {record['scenario']:44} {record['figure']:6.2f}   n = {record['n']}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROWS / name).read_text(encoding="utf-8").splitlines()]


def _sayer(model: Any, codebook: Any) -> Any:
    """Inputs → task → (labels, probabilities in their order)."""

    def said(inputs: Sequence[ModelInput]) -> dict[str, Any]:
        found = zip(codebook.tasks, model.predict_proba(inputs), model.classes_, strict=True)
        return {task: (codebook.labels(task), align(proba, classes, codebook.labels(task))) for task, proba, classes in found}

    return said


def _pairs(name: str, pairs: Sequence[Mapping[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    counts: dict[str, list[bool]] = {}
    for i, pair in enumerate(pairs):
        labels, a, b = *before[pair["task"]], after[pair["task"]][1]
        turned = bool(a[i].argmax() != b[i].argmax())
        if pair["changes"]:
            k = labels.index(pair["b_label"])
            counts.setdefault("pairs: stance must change, and turns", []).append(turned)
            counts.setdefault("pairs: stance must change, moves rightly", []).append(bool(b[i, k] > a[i, k]))
        else:
            which = "another union's name" if pair["kind"] == "name" else "anything else"
            counts.setdefault(f"pairs: {which} changes nothing", []).append(not turned)
    return [{"scenario": what, "method": name, "figure": sum(c) / len(c), "n": len(c)} for what, c in counts.items()]


if __name__ == "__main__":
    main()
