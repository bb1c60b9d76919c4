"""The example script and the README's lines do what they say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from stancekit.articles import read_articles
from stancekit.io.files import read_jsonl
from stancekit.records import Article

ROOT = Path(__file__).parents[1]


@pytest.mark.articles
def test_train_and_compare_goes_the_whole_way(tmp_path: Path) -> None:
    script = ROOT / "examples" / "train_and_compare.py"
    done = subprocess.run([sys.executable, str(script), str(tmp_path / "out")], capture_output=True, text=True, check=True)
    assert "130 statements of 5 articles" in done.stdout
    rows = list(read_jsonl(tmp_path / "out" / "labels" / "labels.jsonl"))
    assert f"{len(rows)} statements labelled" in done.stdout


def test_the_readmes_lines_print_probabilities(quick_run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    exec(compile(code.replace("build/demo/models/default", str(quick_run / "models" / "default")), "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 3 + 6 + 3
    assert sum(float(line.split()[-1]) for line in lines[1:4]) == pytest.approx(1, abs=0.02)


def test_the_invented_coverage_is_marked_dated_and_never_annotated() -> None:
    articles = [a for a in read_articles([ROOT / "examples" / "new_coverage"]) if isinstance(a, Article)]
    assert len(articles) == 5
    assert all(a.date for a in articles)
    assert "invented" in (ROOT / "examples" / "new_coverage" / "README.md").read_text()
    annotated = {row["article_id"] for _, row in read_jsonl(ROOT / "annotations" / "ofsted.jsonl")}
    assert not annotated & {a.id for a in articles}
