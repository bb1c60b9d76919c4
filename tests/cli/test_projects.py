"""`init`: a project whose README leads from a dozen articles to labels, command by command."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shell_blocks import blocks, run_shell
from stancekit.actors import load_actors
from stancekit.cli.main import app
from stancekit.cli.projects import MADE, PROJECT
from stancekit.codebook import load_codebook
from stancekit.errors import RefusedError
from stancekit.io.files import read_jsonl

EXAMPLE = Path(__file__).parents[2] / "examples" / "water_meters"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    done = CliRunner().invoke(app, ["init", str(tmp_path / "my project")], catch_exceptions=False)
    assert done.exit_code == 0
    assert f"cd '{tmp_path / 'my project'}'" in done.output
    return tmp_path / "my project"


def test_what_is_made_is_sound_and_told(project: Path) -> None:
    files = {p.relative_to(project).as_posix() for p in project.rglob("*") if p.is_file()}
    assert files == {*(name for name in MADE if not name.endswith("/")), *(f"{name}README.md" for name in MADE if name.endswith("/"))}
    assert all(name in (project / "README.md").read_text(encoding="utf-8") for name in MADE if name != "README.md")
    assert list(load_codebook(project / "annotations" / "codebook.yaml").tasks) == ["stance", "issue"]
    assert load_actors(project / "annotations" / "actors.yaml").find("ETC")


def test_a_folder_that_holds_something_is_refused_and_left_alone(project: Path, tmp_path: Path) -> None:
    (project / "README.md").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(RefusedError, match=r"my project: is not empty: it holds 'README.md'"):
        CliRunner().invoke(app, ["init", str(project)], catch_exceptions=False)
    with pytest.raises(RefusedError, match="cannot be written"):
        CliRunner().invoke(app, ["init", str(project / "README.md")], catch_exceptions=False)
    assert sorted(tmp_path.rglob("*")) == before
    assert (project / "README.md").read_text() == "mine"


def test_an_empty_folder_is_filled_whatever_an_operating_system_left_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".DS_Store").touch()
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["init", "."], catch_exceptions=False).exit_code == 0
    assert (tmp_path / "experiment.yaml").is_file()


@pytest.mark.parametrize("shipped", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_each_step_of_the_readme_runs_on_a_dozen_articles(project: Path, shipped: bool) -> None:
    """The experiment as it comes, or as its comment says for those without weights. What a person does is copied from the example."""
    commands = blocks(project / "README.md", "sh")
    for name in ("codebook.yaml", "actors.yaml"):
        shutil.copy(EXAMPLE / "annotations" / name, project / "annotations" / name)
    shutil.copytree(EXAMPLE / "articles", project / "articles", dirs_exist_ok=True)
    shutil.copytree(EXAMPLE / "new_articles", project / "new_articles", dirs_exist_ok=True)
    if not shipped:
        config = project / "experiment.yaml"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace("\ndefault: default", "\ndefault: tfidf").replace("tfidf, default]", "tfidf]"), encoding="utf-8")
    [check] = [place for place, block in enumerate(commands) if block.startswith("stancekit annotations check")]
    commands.insert(check, f"cp '{EXAMPLE}/annotations/labels.jsonl' annotations/labels.jsonl\n")
    done = run_shell(commands, project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "is sound: 2 tasks" in done.stdout
    assert "128 annotations by 'language_model', no errors" in done.stdout
    rows = [row for _, row in read_jsonl(project / "build" / "labels" / "labels.jsonl")]
    assert len({row["article_id"] for row in rows}) == 26
    assert {row["stance"] for row in rows} == {"oppose", "neutral", "support"}


def test_the_manifest_of_the_readme_is_read(project: Path) -> None:
    [manifest] = blocks(project / "README.md", "yaml")
    (project / "articles" / "manifest.yaml").write_text(manifest, encoding="utf-8")
    (project / "articles" / "council_vote.txt").write_text("The council said no.")
    (project / "articles" / "posts.csv").write_text("id,date,text\np1,2025-02-03,It is late.\n")
    done = CliRunner().invoke(app, ["statements", str(project / "articles")], catch_exceptions=False)
    rows = {row["id"]: (row["date"], row["outlet"]) for row in map(json.loads, re.findall(r"^\{.*$", done.output, re.M))}
    assert rows == {"council_vote:0-20": ("2025-03-31", "The Gazette"), "p1:0-11": ("2025-02-03", None)}


def test_the_files_are_part_of_the_wheel(tmp_path: Path) -> None:
    builder = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed").WheelBuilder
    names = {file.distribution_path for file in builder(str(Path(__file__).parents[2])).recurse_included_files()}
    here = {f"stancekit/cli/project/{p.relative_to(PROJECT).as_posix()}" for p in PROJECT.rglob("*") if p.is_file()}
    assert here
    assert here <= names, sys.path
