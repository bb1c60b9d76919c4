"""Annotated statements as a `datasets.DatasetDict`: columns, labels, splits, the card, a folder that reads back the same."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import datasets
import pyarrow.parquet as pq
import pytest
import yaml

from stancekit.annotations import write_annotations
from stancekit.articles import read_articles
from stancekit.codebook import Codebook, Label, Task, load_codebook
from stancekit.duplicates import repeating
from stancekit.errors import InputError, MissingError, RefusedError
from stancekit.huggingface import dataset_card, load_dataset, save_dataset
from stancekit.io.files import read_jsonl
from stancekit.records import Annotation, Article
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[2]
FILES = ROOT / "annotations" / "ofsted.jsonl", ROOT / "seeds", ROOT / "annotations" / "codebook.yaml"
BOOK = load_codebook(FILES[2])
ROWS = {row["statement_id"]: row for _, row in read_jsonl(FILES[0])}
TEST = "000_d45af0aa024d1bca"


@pytest.fixture(scope="module")
def whole() -> datasets.DatasetDict:
    return load_dataset(*map(str, FILES), actors=str(ROOT / "annotations" / "actors.yaml"))


@pytest.fixture(scope="module")
def parted() -> datasets.DatasetDict:
    return load_dataset(*FILES, actors=ROOT / "annotations" / "actors.yaml", test_article=TEST)


def read_back(directory: Path, cache: Path) -> datasets.DatasetDict:
    datasets.disable_progress_bars()
    try:
        return datasets.load_dataset(str(directory), cache_dir=str(cache))
    finally:
        datasets.enable_progress_bars()


def test_every_annotation_is_a_row_with_its_labels_by_name(whole: datasets.DatasetDict) -> None:
    assert list(whole) == ["train"]
    assert set(whole["train"]["id"]) == set(ROWS)
    features = whole["train"].features
    for row in whole["train"]:
        was = ROWS[row["id"]]
        assert (row["text"], row["holder"]) == (was["text"], was["holder"])
        assert {task: features[task].int2str(row[task]) for task in BOOK.tasks} == was["labels"]
        assert features["issue_also"].feature.int2str(row["issue_also"]) == was["also"]


def test_the_columns(whole: datasets.DatasetDict) -> None:
    features = whole["train"].features
    assert list(features) == [
        "id", "article_id", "outlet", "date", "text", "context", "speaker", "organisation", "holder", "found_holder",
        "stance", "issue", "sentiment", "issue_also",
    ]  # fmt: skip
    assert features["stance"] == datasets.ClassLabel(names=list(BOOK.labels("stance")))
    assert features["issue_also"] == datasets.List(datasets.ClassLabel(names=list(BOOK.labels("issue"))))
    first = whole["train"][0]
    assert (first["outlet"], first["date"], first["context"]) == ("Schools Week", None, "")
    assert whole["train"][1]["context"] == first["text"]


def test_what_repeats_the_test_article_is_taken_out(parted: datasets.DatasetDict) -> None:
    assert list(parted) == ["train", "test", "purged"]
    assert sum(len(part) for part in parted.values()) == len(ROWS)
    assert set(parted["test"]["article_id"]) == {TEST}
    assert TEST not in {*parted["train"]["article_id"], *parted["purged"]["article_id"]}
    seen = [*parted["test"]["text"], *parted["test"]["context"]]
    for name, repeats in (("train", False), ("purged", True)):
        found = [any(repeating([row["text"], row["context"]], seen)) for row in parted[name]]
        assert found == [repeats] * len(found)
    assert len(parted["purged"]) > 0


def test_an_unknown_test_article() -> None:
    with pytest.raises(
        InputError, match=rf"test_article: there is no article '000' .*allowed: {TEST}|there is no article '000' \(allowed: "
    ):
        load_dataset(*FILES, test_article="000")


def test_a_saved_data_set_reads_back_the_same(parted: datasets.DatasetDict, tmp_path: Path) -> None:
    save_dataset(parted, dataset_card(parted, BOOK), tmp_path / "out")
    assert sorted(str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*.*")) == [
        "README.md", "data/purged.parquet", "data/test.parquet", "data/train.parquet",
    ]  # fmt: skip
    back = read_back(tmp_path / "out", tmp_path / "cache")
    assert list(back) == list(parted)
    for name, part in parted.items():
        assert back[name].features == part.features
        assert back[name][:] == part[:]


def test_the_card_alone_says_the_features(parted: datasets.DatasetDict) -> None:
    card = yaml.safe_load(dataset_card(parted, BOOK).split("---\n")[1])
    info = datasets.DatasetInfo.from_dict({"features": datasets.Features._from_yaml_list(card["dataset_info"]["features"]).to_dict()})
    assert info.features == parted["train"].features


def test_saving_again_leaves_no_split_behind_and_nothing_else_is_touched(
    parted: datasets.DatasetDict, whole: datasets.DatasetDict, tmp_path: Path
) -> None:
    save_dataset(parted, dataset_card(parted, BOOK), tmp_path / "out")
    before = (tmp_path / "out" / "data" / "test.parquet").read_bytes()
    save_dataset(parted, dataset_card(parted, BOOK), tmp_path / "out")
    assert (tmp_path / "out" / "data" / "test.parquet").read_bytes() == before
    save_dataset(whole, dataset_card(whole, BOOK), tmp_path / "out")
    assert [p.name for p in (tmp_path / "out" / "data").iterdir()] == ["train.parquet"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "README.md").write_text("My own.")
    with pytest.raises(RefusedError, match="was not made by"):
        save_dataset(whole, "card", tmp_path / "mine")
    assert (tmp_path / "mine" / "README.md").read_text() == "My own."


def test_a_data_set_of_somebody_else_is_none_of_ours(parted: datasets.DatasetDict, tmp_path: Path) -> None:
    card = dataset_card(parted, BOOK)
    (tmp_path / "data").mkdir()
    (tmp_path / "README.md").write_text(card)
    (tmp_path / "data" / "train.parquet").write_bytes(b"my own")
    for overwrite in (False, True):
        with pytest.raises(RefusedError, match=r"README\.md: was not made by"):
            save_dataset(parted, card, tmp_path, overwrite=overwrite)
    assert (tmp_path / "data" / "train.parquet").read_bytes() == b"my own"


def test_copies_and_edits_of_splits_are_not_lost(parted: datasets.DatasetDict, tmp_path: Path) -> None:
    card, data = dataset_card(parted, BOOK), tmp_path / "out" / "data"
    save_dataset(parted, card, tmp_path / "out")
    shutil.copy(data / "train.parquet", data / "backup.parquet")
    save_dataset(parted, card, tmp_path / "out")
    assert (data / "backup.parquet").exists()
    pq.write_table(pq.read_table(data / "train.parquet").slice(0, 1), data / "train.parquet")
    edited = (data / "train.parquet").read_bytes()
    with pytest.raises(RefusedError, match=r"train\.parquet: was not made by"):
        save_dataset(parted, card, tmp_path / "out")
    assert (data / "train.parquet").read_bytes() == edited


def test_a_card_that_somebody_has_edited_is_not_lost(parted: datasets.DatasetDict, tmp_path: Path) -> None:
    save_dataset(parted, dataset_card(parted, BOOK), tmp_path / "out")
    (tmp_path / "out" / "README.md").write_text("Edited.")
    with pytest.raises(RefusedError, match=r"README\.md: has been changed since"):
        save_dataset(parted, dataset_card(parted, BOOK), tmp_path / "out")


def test_the_front_matter(parted: datasets.DatasetDict) -> None:
    front = yaml.safe_load(dataset_card(parted, BOOK, title="Ofsted: the reforms").split("---\n")[1])
    assert front["pretty_name"] == "Ofsted: the reforms"
    assert (front["language"], front["task_categories"], "license" in front) == (["en"], ["text-classification"], False)
    assert yaml.safe_load(dataset_card(parted, BOOK, licence="cc0-1.0").split("---\n")[1])["license"] == "cc0-1.0"
    assert (front["size_categories"], "annotations_creators" in front) == (["n<1K"], False)
    assert [s["num_examples"] for s in front["dataset_info"]["splits"]] == [len(part) for part in parted.values()]


def test_the_card_counts_labels_and_says_what_rests_on_little(whole: datasets.DatasetDict) -> None:
    card = dataset_card(whole, BOOK)
    counts = Counter(row["labels"]["stance"] for row in ROWS.values())
    also = Counter(label for row in ROWS.values() for label in row["also"])
    for label, n in counts.items():
        assert f"| `{label}` | {n} | " in card
    issues = Counter(row["labels"]["issue"] for row in ROWS.values())
    assert f"| `grading` | {issues['grading']} | {also['grading']} | " in card
    homes = {row["article_id"] for row in ROWS.values() if row["labels"]["stance"] == "support"}
    assert f"- `stance`: `support` rests on {counts['support']} statements of {len(homes)} articles." in card
    assert "It has 5 articles." in card
    assert "Of the articles, outlet known of 2 (Schools Week) and date known of 1 (2025-09-18)." in card
    assert "belong to the publishers" in card
    assert "It is not stated whether people or a model made the labels" in card
    assert "made by a model, not by people" in dataset_card(whole, BOOK, creators="machine-generated")
    assert "## Splits\n" in card
    assert "purged" not in card


def test_agreement_and_creators(whole: datasets.DatasetDict) -> None:
    assert "Nothing is said here of how far annotators agree." in dataset_card(whole, BOOK)
    card = dataset_card(whole, BOOK, agreement="Alpha .81 on stance.\n", creators="expert-generated")
    assert "## Agreement\n\nAlpha .81 on stance.\n\n## What it can't show" in card
    assert "Nothing is said here" not in card
    assert "made by a model" not in card
    with pytest.raises(InputError, match=r"creators: unknown 'machine-made' - did you mean 'machine-generated'\?"):
        dataset_card(whole, BOOK, creators="machine-made")


def made_up(folder: Path, name: str = "topics") -> tuple[Path, Path, Path]:
    """Two articles of invented text with a multi-label task, labels by turns; one label that no statement has."""
    folder.joinpath("articles").mkdir()
    for article, text in (("x", "The plan has five parts. Pay talks go on."), ("y", "A date was named on Monday.")):
        (folder / "articles" / f"{article}.txt").write_text(text)
    labels = {label: Label(definition=f"About <{label}> | so.") for label in ("null", "true", "never")}
    book = Codebook(name="made up", version="1.0.0", target="the plan", tasks={name: Task(question="Topics?", kind="multi", labels=labels)})
    (folder / "codebook.yaml").write_text(json.dumps(book.model_dump(mode="json")))
    turns: list[tuple[str, ...]] = [(), ("null",), ("null", "true")]
    rows = []
    for article in read_articles([folder / "articles"]):
        assert isinstance(article, Article)
        for s in extract_statements(article):
            labelled: Any = {name: turns[len(rows) % 3]}
            rows.append(Annotation(s.id, s.article_id, s.start, s.end, s.text, "narrator", labelled, "coder_1", "1.0.0"))
    write_annotations(folder / "labels.jsonl", rows)
    return folder / "labels.jsonl", folder / "articles", folder / "codebook.yaml"


def test_multi_label_tasks_are_lists(tmp_path: Path) -> None:
    made = load_dataset(*made_up(tmp_path), test_article="y")
    book = load_codebook(tmp_path / "codebook.yaml")
    assert made["train"]["topics"][:] == [[], [0]]
    assert made["test"]["topics"][:] == [[0, 1]]
    assert made["train"][0]["outlet"] is None
    assert len(made["purged"]) == 0
    card = dataset_card(made, book)
    assert "| `null` | 1 | 1 | 0 | About &lt;null> \\| so. |" in card
    assert "- `topics`: no statement is labelled `never`." in card
    save_dataset(made, card, tmp_path / "out")
    back = read_back(tmp_path / "out", tmp_path / "cache")
    assert back["train"].features == made["train"].features
    assert {name: part[:] for name, part in back.items()} == {name: part[:] for name, part in made.items() if len(part)}


def test_a_test_article_that_leaves_nothing_to_train_on(tmp_path: Path) -> None:
    annotations, articles, codebook = made_up(tmp_path)
    (articles / "y.txt").unlink()
    annotations.write_text("".join(line for line in annotations.read_text().splitlines(keepends=True) if '"y:' not in line))
    with pytest.raises(InputError, match="without 'x', and its near-duplicates, nothing is left to train on"):
        load_dataset(annotations, articles, codebook, test_article="x")


def test_a_task_that_has_the_name_of_a_column(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'context' is another column of the data set; rename the task"):
        load_dataset(*made_up(tmp_path, "context"))


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(MissingError, match=r"this needs the package 'datasets': pip install 'stancekit\[transformers\]'"):
        load_dataset(*FILES)


def test_nothing_is_cached_and_nothing_fetched(tmp_path: Path) -> None:
    """In a fresh process with a home of its own, where every connection fails."""
    script = f"""
import socket
def refuse(*_): raise AssertionError("network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from pathlib import Path
from stancekit.codebook import load_codebook
from stancekit.huggingface import dataset_card, load_dataset, save_dataset
d = load_dataset(*{[str(f) for f in FILES]!r}, test_article={TEST!r})
save_dataset(d, dataset_card(d, load_codebook(Path({str(FILES[2])!r}))), {str(tmp_path / "out")!r})
"""
    home = tmp_path / "home"
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "XDG_"))}
    environment |= {"HOME": str(home), "TMPDIR": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, cwd=home, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert [p for p in home.rglob("*") if p.is_file()] == []
