"""Every command declares what it does with its paths, and none lets an output take the place of an input."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from stancekit.cli.declared import command, declared
from stancekit.cli.main import app
from stancekit.errors import RefusedError, StancekitError

ROOT = Path(__file__).parents[2]


def commands(under: typer.Typer = app, prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], typer.models.CommandInfo]]:
    for info in under.registered_commands:
        name = info.name or (info.callback.__name__ if info.callback else "")
        yield (*prefix, name), info
    for group in under.registered_groups:
        if group.typer_instance is not None:
            yield from commands(group.typer_instance, (*prefix, str(group.name)))


ALL = dict(commands())


@pytest.mark.parametrize("name", ALL)
def test_every_path_of_a_command_is_declared(name: tuple[str, ...]) -> None:
    callback = ALL[name].callback
    assert callback is not None
    assert hasattr(callback, "__wrapped__"), "hang it with `command`, which stands the guard before it"
    assert None not in declared(callback).values(), declared(callback)


@dataclass
class Call:
    """How a command is called: its words, and of its paths (option or number of the argument) what each is in a sound call."""

    words: list[str]
    paths: dict[str, str] = field(default_factory=dict)


BOOK = "codebook.yaml"
PASSES = ["passes/a.jsonl", "passes/b.jsonl"]
CALLS: dict[tuple[str, ...], Call] = {
    ("codebook", "check"): Call([], {"0": "codebook.yaml"}),
    ("codebook", "show"): Call([], {"0": "codebook.yaml"}),
    ("codebook", "diff"): Call([], {"0": "codebook.yaml", "1": "codebook.yaml"}),
    ("annotations", "check"): Call([], {"0": "labels.jsonl", "--codebook": "codebook.yaml", "--articles": "seeds"}),
    ("annotations", "agreement"): Call(
        [], {"0": PASSES[0], "1": PASSES[1], "--codebook": "codebook.yaml", "-o": "new.json", "--plot": "new.png"}
    ),
    ("annotations", "merge"): Call([], {"0": PASSES[0], "1": PASSES[1], "--codebook": "codebook.yaml", "-o": "new.jsonl"}),
    ("annotations", "export"): Call(
        ["--to", "labelstudio"],
        {
            "0": "statements.jsonl",
            "--annotations": "labels.jsonl",
            "--codebook": "codebook.yaml",
            "--actors": "actors.yaml",
            "-o": "new.json",
        },
    ),
    ("annotations", "import"): Call(["--from", "csv"], {"0": "labels.csv", "--codebook": "codebook.yaml", "-o": "new.jsonl"}),
    ("annotate",): Call(
        [],
        {
            "0": "statements.jsonl",
            "--articles": "seeds",
            "--actors": "actors.yaml",
            "--adjudicate": "merged.jsonl",
            "--codebook": "codebook.yaml",
            "-o": "new.html",
        },
    ),
    ("suggest",): Call([], {"0": "statements.jsonl", "--labelled": PASSES[0], "--codebook": "codebook.yaml", "-o": "new.jsonl"}),
    ("statements",): Call(
        [], {"0": "seeds", "--actors": "actors.yaml", "--corrections": "corrections.jsonl", "-o": "new.jsonl", "--page": "new.html"}
    ),
    ("label",): Call([], {"0": "seeds", "--model": "model", "--codebook": "codebook.yaml", "--plan": "plan.json", "--out": "new"}),
    ("plan",): Call([], {"0": "seeds", "--model": "model", "-o": "new.json"}),
    ("status",): Call([], {"0": "labels"}),
    ("export",): Call(["--format", "csv"], {"0": "labels", "-o": "new.csv"}),
    ("summarise",): Call([], {"0": "labels/labels.csv", "--events": "events.yaml", "--codebook": "codebook.yaml", "--out": "new"}),
    ("run",): Call([], {"0": "experiment.yaml", "--out": "new"}),
    ("train",): Call([], {"0": "experiment.yaml", "--out": "new"}),
    ("report",): Call([], {"0": "run"}),
    ("recipes",): Call(["default"]),
    ("init",): Call([], {"0": "new"}),
}
"""`--data` is left out: it names no input itself."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, quick_run: Path) -> Path:
    """A folder with a sound input for every path of every command."""
    folder = tmp_path_factory.mktemp("declared") / "place"
    annotations = ROOT / "annotations"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    (folder / "passes").mkdir()
    for name, source in [("a", "reader_a"), ("b", "reader_b")]:
        shutil.copy(annotations / "passes" / f"{source}.jsonl", folder / "passes" / f"{name}.jsonl")
    for name, source in [("codebook.yaml",) * 2, ("actors.yaml",) * 2, ("labels.jsonl", "ofsted.jsonl")]:
        shutil.copy(annotations / source, folder / name)
    shutil.copytree(quick_run / "models" / "majority", folder / "model")
    shutil.copytree(quick_run, folder / "run")
    config = (ROOT / "tests" / "quick.yaml").read_text(encoding="utf-8")
    for old, new in [("../seeds", "seeds"), ("../annotations/ofsted.jsonl", "labels.jsonl"), ("../annotations/passes/reader_", "passes/")]:
        config = config.replace(old, new)
    config = config.replace("../annotations/", "")
    shutil.copy(ROOT / "examples" / "new_coverage" / "events.yaml", folder)
    (folder / "experiment.yaml").write_text(config, encoding="utf-8")
    (folder / "corrections.jsonl").write_text('{"merge": "NEU", "into": "National Education Union"}\n', encoding="utf-8")
    runner = CliRunner()
    for arguments in [
        ["statements", folder / "seeds", "-o", folder / "statements.jsonl"],
        ["plan", folder / "seeds", "--model", folder / "model", "-o", folder / "plan.json"],
        ["label", folder / "seeds", "--model", folder / "model", "--out", folder / "labels"],
        [
            "annotations",
            "export",
            folder / "labels.jsonl",
            "--to",
            "csv",
            "--codebook",
            folder / "codebook.yaml",
            "-o",
            folder / "labels.csv",
        ],
        [
            *("annotations", "merge", *(folder / name for name in PASSES), "--codebook", folder / "codebook.yaml"),
            *("-o", folder / "merged.jsonl"),
        ],
    ]:
        done = runner.invoke(app, list(map(str, arguments)))
        assert done.exit_code == 0, done.output
    return folder


def spelled(name: tuple[str, ...], paths: dict[str, str], folder: Path) -> list[str]:
    given = [str(folder / path) for option, path in sorted(paths.items()) if option.isdigit()]
    options = [part for option, path in paths.items() if not option.isdigit() for part in (option, str(folder / path))]
    return [*name, *given, *CALLS[name].words, *options]


def digest(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_there_is_a_call_of_every_command() -> None:
    assert set(CALLS) == set(ALL)
    for name, call in CALLS.items():
        options = {use for use in declared(ALL[name].callback or (lambda: None)).values() if use and use.how in ("writes", "fills")}
        assert len(options) <= len([path for path in call.paths.values() if path.startswith("new")]), name


@pytest.mark.parametrize("name", CALLS, ids=" ".join)
def test_naming_one_file_twice_never_changes_it(name: tuple[str, ...], place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For every pair of path arguments: the second is given the path of the first, and the other way round."""
    monkeypatch.chdir(place)
    before = digest(place)
    call = CALLS[name]
    for one, other in itertools.permutations(call.paths, 2):
        twice = call.paths | {other: call.paths[one]}
        done = CliRunner().invoke(app, spelled(name, twice, place))
        assert done.exception is None or isinstance(done.exception, SystemExit | StancekitError), (one, other, done.exception)
        after = digest(place)
        assert {path: after.get(path) for path in before} == before, (one, other)
        for path in set(after) - set(before):
            (place / path).unlink()
        shutil.rmtree(place / "new", ignore_errors=True)


@pytest.mark.parametrize(
    "arguments",
    [
        "annotate statements.jsonl --codebook codebook.yaml -o codebook.yaml",
        "annotations agreement passes/a.jsonl passes/b.jsonl --codebook codebook.yaml -o codebook.yaml",
        "annotations merge passes/a.jsonl passes/b.jsonl --codebook codebook.yaml -o ./passes/../codebook.yaml",
        "annotations export labels.jsonl --to csv --codebook codebook.yaml -o codebook.yaml",
        "annotations export statements.jsonl --to csv --annotations labels.jsonl --codebook codebook.yaml -o labels.jsonl",
        "annotations export labels.xml --to labelstudio --codebook codebook.yaml -o labels.json",
        "annotations export labels.jsonl --to labelstudio --codebook codebook.yaml -o new.xml",
        "annotations import labels.csv --from csv --codebook codebook.yaml -o codebook.yaml",
        "suggest statements.jsonl --codebook codebook.yaml -o codebook.yaml",
        "statements seeds --actors actors.yaml -o actors.yaml",
        "statements seeds --actors actors.yaml --page actors.yaml",
        "statements seeds -o new.jsonl --page new.jsonl",
        "statements seeds --corrections corrections.jsonl -o corrections.jsonl",
        "label seeds --model model --out model/labels",
        "label seeds --model model --out model --overwrite",
        "label seeds --model model --codebook codebook.yaml --out . --overwrite",
        "train experiment.yaml --out passes --overwrite",
        "run experiment.yaml --out seeds --overwrite",
    ],
)
def test_an_output_in_the_place_of_an_input_is_refused(arguments: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    shutil.copy("labels.jsonl", "labels.xml")
    before = digest(place)
    done = CliRunner().invoke(app, arguments.split())
    assert isinstance(done.exception, RefusedError), done.output
    assert digest(place) == before


def test_the_default_files_are_inputs_too(place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    for name in ("codebook.yaml", "actors.yaml"):
        shutil.copy(place / name, tmp_path / "annotations" / name)
    monkeypatch.chdir(tmp_path)
    for arguments in (
        f"annotate {place / 'statements.jsonl'} -o annotations/codebook.yaml",
        f"statements {place / 'seeds'} -o annotations/actors.yaml",
    ):
        done = CliRunner().invoke(app, arguments.split())
        assert isinstance(done.exception, RefusedError), done.output


def test_a_command_without_a_declaration_is_seen() -> None:
    def bare(path: Path, paths: list[Path] | None = None, name: str = "") -> None: ...

    assert declared(bare) == {"path": None, "paths": None}
    uses = {use and use.how for info in ALL.values() for use in declared(info.callback or bare).values()}
    assert uses == {"reads", "writes", "fills", "renews", "within"}
    assert callable(command(typer.Typer())(bare))
