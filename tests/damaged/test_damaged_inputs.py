"""Damaged files of every kind through the commands that read them: an exit code of the README's, a word on it, nothing half."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Trial, run
from damage import copies
from small_inputs import write_inputs

from stancekit.annotations import load_annotations
from stancekit.annotations.items import read_items
from stancekit.codebook import load_codebook

Words = Callable[[Path, Path], list[object]]
"""The command on the inputs in a folder, with its outputs in another."""


def table(name: str) -> Words:
    return lambda i, out: ["statements", i / "tables" / name, "-o", out / "out.jsonl", "--actors", i / "actors.yaml"]


def imported(name: str, tool: str) -> Words:
    def words(i: Path, out: Path) -> list[object]:
        return ["annotations", "import", i / name, "--from", tool, "-o", out / "out.jsonl", "--codebook", i / "codebook.yaml"]

    return words


def exported(tool: str, name: str = "statements.jsonl") -> Words:
    def words(i: Path, out: Path) -> list[object]:
        made = ["annotations", "export", i / name, "--to", tool, "-o", out / "out.json", "--codebook", i / "codebook.yaml"]
        return made if name != "statements.jsonl" else [*made, "--annotations", i / "first.jsonl"]

    return words


def codebook_check(i: Path, out: Path) -> list[object]:
    return ["codebook", "check", i / "codebook.yaml"]


def codebook_diff(i: Path, out: Path) -> list[object]:
    return ["codebook", "diff", i / "codebook.yaml", i / "other.yaml"]


def annotate(i: Path, out: Path) -> list[object]:
    return ["annotate", i / "statements.jsonl", "-o", out / "out.html", "--codebook", i / "codebook.yaml"]


def extract(i: Path, out: Path) -> list[object]:
    return ["statements", i / "articles", "-o", out / "out.jsonl", "--actors", i / "actors.yaml"]


def check(i: Path, out: Path) -> list[object]:
    return ["annotations", "check", i / "first.jsonl", "--codebook", i / "codebook.yaml", "--articles", i / "articles"]


def merge(i: Path, out: Path) -> list[object]:
    return ["annotations", "merge", i / "first.jsonl", i / "second.jsonl", "-o", out / "out.jsonl", "--codebook", i / "codebook.yaml"]


def agreement(i: Path, out: Path) -> list[object]:
    return ["annotations", "agreement", i / "first.jsonl", i / "second.jsonl", "-o", out / "out.json", "--codebook", i / "codebook.yaml"]


def suggest(i: Path, out: Path) -> list[object]:
    return ["suggest", i / "statements.jsonl", "-o", out / "out.jsonl", "--codebook", i / "codebook.yaml", "--labelled", i / "begun.jsonl"]


def train(config: str) -> Words:
    return lambda i, out: ["train", i / config, "--out", out / "model"]


KINDS: dict[str, tuple[str, list[Words]]] = {
    "manifest of articles": ("articles/manifest.yaml", [extract]),
    "codebook": ("codebook.yaml", [codebook_check, codebook_diff, annotate, merge]),
    "registry of actors": ("actors.yaml", [extract]),
    "experiment": ("experiment.yaml", [train("experiment.yaml")]),
    "annotations": ("first.jsonl", [check, merge, agreement, exported("labelstudio", "first.jsonl")]),
    "statements": ("statements.jsonl", [annotate, suggest, exported("labelstudio"), exported("doccano"), exported("csv")]),
    "Label Studio's JSON": ("labelstudio.json", [imported("labelstudio.json", "labelstudio")]),
    "doccano's JSON Lines": ("doccano.jsonl", [imported("doccano.jsonl", "doccano")]),
    "CSV of labels": ("labels.csv", [imported("labels.csv", "csv")]),
}
"""Kind → a file of it, and the commands that read it, which take turns."""
FURTHER: dict[str, tuple[str, list[Words]]] = {
    "experiment over rows": ("rows.yaml", [train("rows.yaml")]),
    "rows, JSON Lines": ("rows.jsonl", [train("rows.yaml")]),
    "rows, CSV": ("rows.csv", [train("rows.yaml")]),
    "annotations trained on": ("first.jsonl", [train("experiment.yaml")]),
    "annotations begun": ("begun.jsonl", [suggest]),
    "articles, JSON Lines": ("tables/articles.jsonl", [table("articles.jsonl")]),
    "articles, CSV": ("tables/articles.csv", [table("articles.csv")]),
    "articles, Parquet": ("tables/articles.parquet", [table("articles.parquet")]),
    "articles, packed": ("tables/articles.jsonl.gz", [table("articles.jsonl.gz")]),
    "article, Markdown": ("tables/article.md", [table("article.md")]),
    "article, text": ("tables/article.txt", [table("article.txt")]),
}
"""What has tests of its own beside these, or takes longer."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of file, those of other tools as they are exported."""
    folder = write_inputs(tmp_path_factory.mktemp("sound") / "inputs")
    shutil.copy(folder / "codebook.yaml", folder / "other.yaml")
    for name, tool in (("labelstudio.json", "labelstudio"), ("doccano.jsonl", "doccano"), ("labels.csv", "csv")):
        book = ["--codebook", folder / "codebook.yaml"]
        assert run("annotations", "export", folder / "first.jsonl", "--to", tool, "-o", folder / name, *book)[0] == 0
    return folder


def read_again(path: Path) -> None:
    """Read an output as the next command would, or as anybody may."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        assert text.endswith("</html>\n")
    for line in filter(None, text.split("\n")) if path.suffix == ".jsonl" else ():
        json.loads(line)


@pytest.mark.parametrize("kind", KINDS)
def test_200_damaged_copies(sound: Path, tmp_path: Path, kind: str) -> None:
    assert faults(sound, tmp_path, *KINDS[kind], number=200) == []


@pytest.mark.parametrize("kind", FURTHER)
def test_40_damaged_copies(sound: Path, tmp_path: Path, kind: str) -> None:
    assert faults(sound, tmp_path, *FURTHER[kind], number=40) == []


def faults(sound: Path, folder: Path, name: str, commands: list[Words], number: int) -> list[str]:
    """What goes wrong with which damaged copy of a file."""
    inputs, out = folder / "inputs", folder / "out"
    shutil.copytree(sound, inputs)
    trials = []
    for words in commands:
        told = words(inputs, out)
        output = next((word.name for word in told if isinstance(word, Path) and word.parent == out), "")
        trials.append(Trial(inputs, name, told, output, read_again))
    spoilt = enumerate(copies((sound / name).read_bytes(), Path(name).suffix, number))
    return [f"copy {i}: {fault}" for i, copy in spoilt for fault in trials[i % len(trials)].faults(copy)]


def test_the_sound_files_pass(sound: Path, tmp_path: Path) -> None:
    """Else the copies would say nothing."""
    book = load_codebook(sound / "codebook.yaml")
    assert len(load_annotations(sound / "first.jsonl", book)) == len(read_items(sound / "statements.jsonl", book)) == 6
    for number, words in enumerate(words for _, commands in [*KINDS.values(), *FURTHER.values()] for words in commands):
        out = tmp_path / str(number)
        out.mkdir()
        told = words(sound, out)
        code, said = run(*told)
        assert code == 0, f"{told}: {said}"
