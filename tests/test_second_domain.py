"""The second, invented domain: what its data card says, and the tutorial on it from a folder of articles to dated labels."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from shell_blocks import blocks, run_shell
from stancekit.annotations import load_annotations
from stancekit.articles import read_articles
from stancekit.codebook import load_codebook
from stancekit.io.files import read_jsonl
from stancekit.records import Article

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "water_meters"
TUTORIAL = ROOT / "docs" / "tutorial.md"


def test_the_articles_are_invented_and_dated_and_the_data_card_counts_rightly() -> None:
    card = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert "**All of it is\ninvented**" in card or "**All of it is invented**" in card
    found = {a.id: a for a in read_articles([EXAMPLE / "articles", EXAMPLE / "new_articles"]) if isinstance(a, Article)}
    assert len(found) == 12 + 8 + 6
    assert len({a.outlet for a in found.values()}) == 6
    assert {str(a.date)[:7] for a in found.values()} == {f"2024-{month:02}" for month in range(1, 13)}
    book = load_codebook(EXAMPLE / "annotations" / "codebook.yaml")
    rows = load_annotations(EXAMPLE / "annotations" / "labels.jsonl", book, found)
    for task, entry in book.tasks.items():
        for label in entry.labels:
            n = sum(row.labels[task] == label for row in rows)
            assert re.search(rf"\b{n} {label}\b", card.replace("\n", " ")), (label, n)


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the tutorial's commands leave behind."""
    root = tmp_path_factory.mktemp("tutorial")
    (root / "examples").symlink_to(ROOT / "examples")
    done = run_shell(blocks(TUTORIAL, "sh"), root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "128 annotations by 'language_model', no errors" in done.stdout
    return root / "build" / "tutorial"


def test_every_command_of_the_tutorial_runs_and_all_documents_are_labelled(tutorial: Path) -> None:
    rows = [row for _, row in read_jsonl(tutorial / "build" / "labels" / "labels.jsonl")]
    assert len({row["article_id"] for row in rows}) == 26
    assert {row["stance"] for row in rows} == {"oppose", "neutral", "support"}


def test_labels_have_the_date_and_the_outlet_of_their_article(tutorial: Path) -> None:
    known = {a.id: a for a in read_articles([EXAMPLE / "articles", EXAMPLE / "new_articles"]) if isinstance(a, Article)}
    for _, row in read_jsonl(tutorial / "build" / "labels" / "labels.jsonl"):
        article = known[row["article_id"]]
        assert (row["date"], row["outlet"]) == (article.date, article.outlet)


def test_the_last_lines_of_the_tutorial_count_by_holder_and_quarter(tutorial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [code] = blocks(TUTORIAL, "python")
    monkeypatch.chdir(tutorial)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, "tutorial.md", "exec"), {})
    assert "Ellin Growers           2024 Q1  oppose" in out.getvalue()
    assert "Ellin Growers           2024 Q4  support" in out.getvalue()
    assert out.getvalue().endswith("6 outlets\n")
