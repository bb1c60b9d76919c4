"""Projects in which only some statements are labelled: constructed articles, whose words give their labels away."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from stancekit.cli.main import app
from stancekit.errors import InputError
from stancekit.experiment import load_experiment
from stancekit.io.files import read_jsonl

BOOK = """
name: invented bypass
version: 1.0.0
target: the bypass
tasks:
  stance:
    question: What is the position on the bypass?
    labels: {oppose: {definition: Against it.}, support: {definition: For it.}}
"""
CONFIG = """
name: it
data: {articles: articles, annotations: mine.jsonl, codebook: book.yaml, partial: true}
schemes: [kfold]
default: tfidf
recipes: [majority, tfidf]
"""
SAID = {"oppose": ["noisy", "ruinous", "needless", "hasty"], "support": ["welcome", "overdue", "sensible", "popular"]}


def stancekit(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def stance_of(text: str) -> str:
    return "oppose" if any(word in text for word in SAID["oppose"]) else "support"


def labelled(row: dict[str, Any], **labels: str) -> dict[str, Any]:
    kept = {name: row[name] for name in ("article_id", "start", "end", "text", "holder")} | {"statement_id": row["id"]}
    return kept | {"labels": labels or {"stance": stance_of(row["text"])}, "annotator": "ann", "codebook_version": "1.0.0"}


def write(name: str, rows: list[dict[str, Any]]) -> None:
    Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Twenty articles of ten sentences; gives their 200 statements."""
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    chance = random.Random(0)
    for n in range(20):
        said = [chance.choice(SAID[chance.choice(list(SAID))]) for _ in range(10)]
        text = "\n\n".join(f"Resident{n} Number{k} called plan{n}x{k} {word}." for k, word in enumerate(said))
        Path(f"articles/a{n:02}.txt").write_text(text, encoding="utf-8")
    Path("book.yaml").write_text(BOOK)
    Path("it.yaml").write_text(CONFIG)
    stancekit("statements", "articles", "-o", "statements.jsonl")
    return [row for _, row in read_jsonl(Path("statements.jsonl"))]


def test_sixty_of_two_hundred_statements_train_a_model_that_labels_the_rest(project: list[dict[str, Any]]) -> None:
    assert len(project) == 200
    write("first.jsonl", [labelled(row) for row in project[:25]])
    stancekit("suggest", "statements.jsonl", "--labelled", "first.jsonl", "--codebook", "book.yaml", "-n", 35, "-o", "queue.jsonl")
    queue = [row for _, row in read_jsonl(Path("queue.jsonl"))]
    write("mine.jsonl", [labelled(row) for row in [*project[:25], *queue]])
    said = stancekit("run", "it.yaml", "--out", "out")
    note = "60 of 200 statements are labelled; the others take no part. Only partly labelled: a02 ("
    assert f"Note: {note}" in " ".join(said.split())
    assert note in Path("out/report/index.html").read_text(encoding="utf-8")
    assert json.loads(Path("out/metrics.json").read_text())["n"] == 60
    assert "note: 60 of 200" in stancekit("train", "it.yaml", "--out", "model")
    stancekit("label", "articles", "--model", "out/models/default", "--out", "labels")
    rows = [row for _, row in read_jsonl(Path("labels/labels.jsonl"))]
    rest = [row for row in rows if row["id"] not in {a["statement_id"] for _, a in read_jsonl(Path("mine.jsonl"))}]
    assert (len(rows), len(rest)) == (200, 140)
    assert sum(row["stance"] == stance_of(row["text"]) for row in rest) > 130


def test_what_is_not_labelled_takes_no_part_whatever_the_data(project: list[dict[str, Any]]) -> None:
    write("mine.jsonl", [labelled(row) for row in project[:60]])
    for wrong, message in [
        ({"labels": {"stance": "oppose", "tone": "bad"}}, "task 'tone' is not in the codebook"),
        ({"statement_id": "a00:0-5", "end": 5, "text": project[0]["text"][:5]}, "is no sentence of its article as read here"),
    ]:
        write("mine.jsonl", [labelled(row) for row in project[1:60]] + [labelled(project[0]) | wrong])
        with pytest.raises(InputError, match=message):
            load_experiment(Path("it.yaml"))
    begun = [labelled(row) for row in project[:60]] + [labelled(project[60]) | {"labels": {}}]
    write("mine.jsonl", begun)
    over_articles = load_experiment(Path("it.yaml"))
    write("rows.jsonl", [{"id": r["id"], "text": r["text"], "stance": None, "group": r["article_id"]} for r in project])
    rows = [row for _, row in read_jsonl(Path("rows.jsonl"))]
    write("rows.jsonl", [row | ({"stance": stance_of(row["text"])} if k < 60 else {}) for k, row in enumerate(rows)])
    Path("rows.yaml").write_text(
        "name: rows\ndata: {train: rows.jsonl, partial: true, columns: {label: stance}}\ndefault: m\nrecipes: {m: {model: majority}}\n"
    )
    over_rows = load_experiment(Path("rows.yaml"))
    assert over_rows.dataset.ids == over_articles.dataset.ids
    said = "60 of 200 statements are labelled; the others take no part. Only partly labelled: no {0}; not at all: 14 {0}s"
    assert over_articles.notes == (said.format("article"),)
    assert said.format("group") in over_rows.notes
    text = Path("it.yaml").read_text()
    Path("queue.yaml").write_text(text.replace("articles: articles", "statements: statements.jsonl"))
    over_queue = load_experiment(Path("queue.yaml"))
    assert over_queue.dataset.examples == over_articles.dataset.examples
    assert over_queue.notes == over_articles.notes
    write("statements.jsonl", list(reversed([row for _, row in read_jsonl(Path("statements.jsonl"))])))
    write("mine.jsonl", [begun[0] | {"text": begun[0]["text"].replace("called", "CALLED")}, *begun[1:]])
    with pytest.raises(InputError, match="has another text than in statements"):
        load_experiment(Path("queue.yaml"))
    write("mine.jsonl", begun)
    Path("both.yaml").write_text(text.replace("articles: articles", "statements: statements.jsonl, articles: articles"))
    with pytest.raises(InputError, match="name `articles`, or in their place the `statements`"):
        load_experiment(Path("both.yaml"))
    Path("it.yaml").write_text(text.replace(", partial: true", ""))
    with pytest.raises(InputError, match="no label for task 'stance'"):
        load_experiment(Path("it.yaml"))
