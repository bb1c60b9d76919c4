"""Every command's help ends with examples that parse, and those that need no earlier result run."""

import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from stancekit.cli.examples import EXAMPLES
from stancekit.cli.main import app

ROOT = Path(__file__).parents[2]
LINES = [f"stancekit {command} {words}" for command, examples in EXAMPLES.items() for words in examples]


def commands(command: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    if not hasattr(command, "commands"):
        return {path: command}
    return {name: leaf for key, entry in command.commands.items() for name, leaf in commands(entry, (*path, key)).items()}


COMMANDS = commands(typer.main.get_command(app))


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_explained_and_has_an_example_of_itself(name: tuple[str, ...]) -> None:
    command = COMMANDS[name]
    lines = [line for line in (command.epilog or "").split("\n") if line.startswith("stancekit ")]
    assert lines, "add one to cli/examples.py"
    assert all(tuple(shlex.split(line)[1 : 1 + len(name)]) == name for line in lines)
    assert (command.help or "").endswith(".")
    for parameter in command.params:
        if parameter.name != "help":
            assert getattr(parameter, "help", None), parameter.name


@pytest.mark.parametrize("group", ["codebook", "annotations"])
def test_a_group_of_commands_has_an_example(group: str) -> None:
    assert f"stancekit {group} " in (typer.main.get_command(app).commands[group].epilog or "")  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", LINES)
def test_an_example_parses(line: str) -> None:
    words = shlex.split(line)[1:]
    size = 2 if words[0] in ("codebook", "annotations") else 1
    COMMANDS[tuple(words[:size])].make_context(line, words[size:])


def test_the_examples_run_one_after_the_other(quick_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles").symlink_to(ROOT / "seeds")
    (tmp_path / "new_articles").symlink_to(ROOT / "examples" / "new_coverage")
    shutil.copytree(ROOT / "annotations", tmp_path / "annotations")
    shutil.copy(ROOT / "annotations" / "ofsted.jsonl", tmp_path / "annotations" / "labels.jsonl")
    for name, reader in (("first", "a"), ("second", "b")):
        shutil.copy(ROOT / "annotations" / "passes" / f"reader_{reader}.jsonl", tmp_path / f"{name}.jsonl")
    shutil.copytree(quick_run, tmp_path / "build" / "mine")
    (tmp_path / "coverage.csv").write_text("id,body\na,The union said it would sue.\n")
    shutil.copy(ROOT / "annotations" / "codebook.yaml", tmp_path / "new.yaml")
    shutil.copy(ROOT / "examples" / "new_coverage" / "events.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    for line in LINES:
        if not line.startswith(("stancekit run", "stancekit train", "stancekit report", "stancekit annotations check mine")):
            done = CliRunner().invoke(app, shlex.split(line)[1:], catch_exceptions=False)
            assert done.exit_code == 0, (line, done.output)
