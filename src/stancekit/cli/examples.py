"""Examples of every command, shown below its help; most run from the project's root."""

_PASSES = "annotations/passes/reader_a.jsonl annotations/passes/reader_b.jsonl"
EXAMPLES: dict[str, list[str]] = {
    "statements": ["seeds -o build/statements.jsonl", "coverage.csv --column text=body --page build/page.html"],
    "label": ["examples/new_coverage --model build/demo/models/default --out build/labels"],
    "run": ["experiments/ofsted_quick.yaml --out build/quick"],
    "train": ["experiments/ofsted_quick.yaml --recipe tfidf --out build/tfidf"],
    "report": ["build/quick"],
    "codebook check": ["annotations/codebook.yaml"],
    "codebook show": ["annotations/codebook.yaml", "--schema"],
    "codebook diff": ["annotations/codebook.yaml new.yaml"],
    "annotations check": ["annotations/ofsted.jsonl", "mine.jsonl --partial --articles coverage"],
    "annotations agreement": [f"{_PASSES} --scale stance=ordinal"],
    "annotations merge": [f"{_PASSES} -o build/merged.jsonl"],
    "annotations export": ["annotations/ofsted.jsonl --to csv -o build/labels.csv"],
    "annotations import": ["build/labels.csv --from csv -o build/mine.jsonl"],
    "annotate": ["build/statements.jsonl --annotator ann -o build/annotate.html"],
    "suggest": [
        "build/statements.jsonl -n 30 -o build/queue.jsonl",
        "build/statements.jsonl --labelled annotations/ofsted.jsonl --review --run build/quick -o build/review.jsonl",
    ],
}
"""Command → the arguments of its examples."""


def epilog_of(command: str) -> str | None:
    """The text below the help of a command, a paragraph an example; `None` where it has none."""
    return "\n\n".join(["Examples:", *(f"stancekit {command} {words}" for words in EXAMPLES[command])]) if command in EXAMPLES else None
