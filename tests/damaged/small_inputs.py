"""One small file of every kind that a command reads, all of them sound and fitting together."""

import gzip
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stancekit.annotations import write_annotations
from stancekit.codebook import Codebook, load_codebook
from stancekit.io.files import sha256, to_csv
from stancekit.records import Annotation, Article
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[2]
TEXTS = {
    "a": "A date was named on Monday.\n\n“The plan comes too soon,” said Jane Doe, of Union Ka.\n\nUnion Ka will vote on a strike.\n",
    "b": "Office Lo praised the plan as overdue.\n\n“Families deserve this change,” it said. Pay talks go on; nobody would comment.\n",
}
ROWS = [
    {"id": f"r{i}", "text": f"The {word} plan is {word} for {who}.", "label": label, "group": f"g{i % 4}", "holder": who}
    for i, (word, who, label) in enumerate(
        [("good", "Ka", "favour"), ("bad", "Lo", "against"), ("long", "Mi", "neither"), ("fair", "Nu", "favour")] * 5
    )
]
EXPERIMENT = """# Two models that need no encoder.
name: small
title: Small
data:
  articles: articles
  annotations: first.jsonl
  passes: [first.jsonl, second.jsonl]
  codebook: codebook.yaml
  actors: actors.yaml
schemes: [purged, kfold]
seed: 0
threads: 1
baselines: [majority]
default: actor
recipes:
  majority: {model: majority}
  actor: {model: actor}
  tfidf:
    model: tfidf
    params: {template: "{holder}: {text}", words: [1, 2], C: 1.0}
    tune: {C: [0.5, 1.0]}
    calibrate: temperature
"""
ROW_EXPERIMENT = """name: rows
data:
  train: rows.jsonl
  test: {near: rows.csv}
  columns: {id: id, label: label, text: text, group: group, holder: holder}
  labels: {favour: [favour], against: against, neither: neither}
  target: the plan
  drop: [null, unclear]
metric: {f1_mean: [favour, against]}
published: [{method: theirs, figure: 61.5, split: near, source: a paper}]
source: made up
baselines: [majority]
default: majority
recipes:
  majority: {model: majority}
  actor: {model: actor, per_target: false}
"""


def write_inputs(folder: Path) -> Path:
    """The folder with every file in it."""
    (folder / "articles").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "articles" / "manifest.yaml").write_text(_manifest(), encoding="utf-8")
    for name in ("codebook.yaml", "actors.yaml"):
        shutil.copy(ROOT / "annotations" / name, folder / name)
    book = load_codebook(folder / "codebook.yaml")
    articles = [Article(name, text) for name, text in TEXTS.items()]
    statements = [s for a in articles for s in extract_statements(a)]
    _jsonl(folder / "statements.jsonl", ({f: getattr(s, f) for f in s.__dataclass_fields__} for s in statements))
    for turn, name in enumerate(("first", "second")):
        write_annotations(folder / f"{name}.jsonl", [_annotation(s, i + turn * (i % 2), name, book) for i, s in enumerate(statements)])
    begun = (folder / "first.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:3]
    (folder / "begun.jsonl").write_text("".join(begun), encoding="utf-8")
    (folder / "experiment.yaml").write_text(EXPERIMENT, encoding="utf-8")
    (folder / "rows.yaml").write_text(ROW_EXPERIMENT, encoding="utf-8")
    _jsonl(folder / "rows.jsonl", ROWS)
    (folder / "rows.csv").write_text(to_csv(ROWS, list(ROWS[0])), encoding="utf-8", newline="")
    _tables(folder / "tables")
    return folder


def _annotation(s: Any, i: int, annotator: str, book: Codebook) -> Annotation:
    labels = {task: book.labels(task)[i % len(book.labels(task))] for task in book.tasks}
    also = (book.labels("issue")[(i + 1) % len(book.labels("issue"))],) if i % 3 == 0 else ()
    soft = {"stance": {labels["stance"]: 1.0}} if i % 4 == 0 else {}
    return Annotation(
        s.id, s.article_id, s.start, s.end, s.text, s.holder or "nobody", labels, annotator, book.version, also, "“so”", book.meaning, soft
    )  # fmt: skip


def _manifest() -> str:
    lines = ["# The articles, byte for byte.", "articles:"]
    for name, text in TEXTS.items():
        lines += [f"  - id: {name}", f"    file: {name}.txt", f"    sha256: {sha256(text.encode())}", "    outlet: A paper",
                  '    published: "2026-01-02"', "    notes: Made up."]  # fmt: skip
    return "\n".join(lines) + "\n"


def _tables(folder: Path) -> None:
    """The articles in every other form."""
    folder.mkdir()
    rows = [{"id": name, "text": text, "title": "A title", "date": "2026-01-02", "outlet": "A paper"} for name, text in TEXTS.items()]
    _jsonl(folder / "articles.jsonl", rows)
    (folder / "articles.csv").write_text(to_csv(rows, list(rows[0])), encoding="utf-8", newline="")
    pq.write_table(pa.Table.from_pylist(rows), folder / "articles.parquet")
    (folder / "articles.jsonl.gz").write_bytes(gzip.compress((folder / "articles.jsonl").read_bytes(), mtime=0))
    (folder / "article.md").write_text(f"# A title\n\n{TEXTS['a']}", encoding="utf-8")
    (folder / "article.txt").write_text(TEXTS["b"], encoding="utf-8")


def _jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
