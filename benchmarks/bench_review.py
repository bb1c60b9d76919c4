"""How many planted label errors the review queue finds, against looking at labels in any order: make bench-review.

A tenth of the labels of one task is replaced at random by another label; a model made without each statement judges it, and
as many statements are looked at as there are planted errors. What was wrong before counts as right, so the figures are low.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from stancekit.annotations import load_annotations
from stancekit.codebook import Codebook, Label, Task, load_codebook
from stancekit.experiment import fixed_threads
from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_jsonl, to_json
from stancekit.models.encoders.encode import encoding_cache
from stancekit.records import Annotation
from stancekit.suggest import review_queue
from stancekit.suggest.features import Reader
from stancekit.suggest.out_of_fold import fresh_predictions

ROOT = Path(__file__).parents[1]
SHARE = 0.1


def planted(rows: Sequence[Annotation], task: str, labels: Sequence[str], seed: int) -> tuple[list[Annotation], set[str]]:
    """The rows of one task, some with a wrong label, and the statements it is wrong in."""
    rng = np.random.default_rng(seed)
    found = [replace(a, labels={task: a.labels[task]}, also=()) for a in rows]
    wrong = rng.choice(len(rows), round(SHARE * len(rows)), replace=False).tolist()
    for i in wrong:
        others = [label for label in labels if label != rows[i].labels[task]]
        found[i] = replace(found[i], labels={task: str(rng.choice(others))})
    return found, {rows[i].statement_id for i in wrong}


def measure(name: str, rows: Sequence[Annotation], codebook: Codebook, task: str, model: Reader, seeds: int) -> dict[str, Any]:
    book = codebook.model_copy(update={"tasks": {task: codebook.tasks[task]}, "views": {}})
    shares = []
    for seed in range(seeds):
        given, wrong = planted(rows, task, book.labels(task), seed)
        queue = review_queue(given, fresh_predictions(given, book, model, seed=seed), book, n=len(wrong))
        shares.append(len({item.statement.id for item in queue} & wrong) / len(wrong))
    record = {
        "scenario": f"{name}: {SHARE:.0%} wrong labels planted", "method": model, "seeds": seeds, "n": len(rows),
        "found_mean": round(float(np.mean(shares)), 3), "found_sd": round(float(np.std(shares, ddof=1)), 3), "found_at_random": SHARE,
    }  # fmt: skip
    print(f"{record['scenario']:<45} {model:<10} {record['found_mean']:.2f} of them found (sd {record['found_sd']:.2f}; at random {SHARE})")
    return record


def coal(folder: Path) -> tuple[list[Annotation], Codebook]:
    rows = [row for _, row in read_jsonl(folder / "all.jsonl") if row["label"]]
    task = Task(question="-", labels={name: Label(definition="-") for name in sorted({r["label"] for r in rows})})
    annotations = [
        Annotation(r["id"], r["speech"], 0, len(r["text"]), r["text"], "", {"stance": r["label"]}, "crowd", "1.0.0") for r in rows
    ]
    return annotations, Codebook(name="coal", version="1.0.0", target="-", tasks={"stance": task})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of the coal debate, beside the project's own annotations")
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args()
    book = load_codebook(ROOT / "annotations" / "codebook.yaml")
    rows = load_annotations(ROOT / "annotations" / "ofsted.jsonl", book)
    sets: list[tuple[str, list[Annotation], Codebook, str]] = [(f"ofsted {task}", rows, book, task) for task in book.tasks]
    if options.data:
        sets.append(("coal debate stance", *coal(options.data), "stance"))
    readers: list[Reader] = ["tfidf", "embedding"]
    with fixed_threads(2), encoding_cache():
        found = [measure(name, rows, codebook, task, model, options.seeds) for name, rows, codebook, task in sets for model in readers]
    write_atomic(ROOT / "benchmarks" / "results" / "review.json", to_json(found))
    print("benchmarks/results/review.json")


if __name__ == "__main__":
    main()
