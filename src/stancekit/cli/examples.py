"""Examples of every command, shown below its help, for a project with `articles/`, `annotations/` and `experiment.yaml`."""

EXAMPLES: dict[str, list[str]] = {
    "init": ["my_project"],
    "statements": ["articles -o build/statements.jsonl", "coverage.csv --column text=body --page build/page.html"],
    "label": [
        "new_articles --model build/mine/models/default --out build/labels",
        "coverage.csv --column text=body --model build/mine/models/default --out build/coverage --workers 2",
    ],
    "plan": [
        "new_articles --model build/mine/models/default",
        "new_articles --model build/mine/models/default --workers 4 -o build/plan.json",
    ],
    "status": ["build/labels"],
    "export": ["build/labels --format xlsx -o build/labels.xlsx"],
    "summarise": [
        "build/labels --out build/summary",
        "build/labels --by holder,month,outlet --of stance --events events.yaml --out build/summary",
    ],
    "run": ["experiment.yaml --out build/mine"],
    "train": ["experiment.yaml --recipe tfidf --out build/tfidf"],
    "report": ["build/mine"],
    "recipes": ["", "default"],
    "codebook check": ["annotations/codebook.yaml"],
    "codebook show": ["annotations/codebook.yaml", "--schema"],
    "codebook diff": ["annotations/codebook.yaml new.yaml"],
    "annotations check": ["annotations/labels.jsonl --articles articles", "mine.jsonl --partial --articles articles"],
    "annotations agreement": ["first.jsonl second.jsonl --scale stance=ordinal"],
    "annotations merge": ["first.jsonl second.jsonl -o build/merged.jsonl"],
    "annotations export": ["annotations/labels.jsonl --to csv -o build/labels.csv"],
    "annotations import": ["build/labels.csv --from csv -o build/mine.jsonl"],
    "annotate": [
        "build/statements.jsonl --articles articles --annotator ann -o build/annotate.html",
        "--adjudicate build/merged.jsonl --articles articles -o build/adjudicate.html",
    ],
    "suggest": [
        "build/statements.jsonl -n 30 -o build/queue.jsonl",
        "build/statements.jsonl --labelled annotations/labels.jsonl --review --run build/mine -o build/review.jsonl",
    ],
}
"""Command → the arguments of its examples."""


def epilog_of(command: str) -> str | None:
    """Return the text below the help of a command, a paragraph for each example; `None` where it has none."""
    lines = [f"stancekit {command} {words}".rstrip() for words in EXAMPLES.get(command, ())]
    return "\n\n".join(["Examples:", *lines]) if lines else None
