"""What runs and models leave in their folders, so that the same command may replace it and nothing else."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stancekit.errors import InputError, RefusedError
from stancekit.io.files import parse_object, read_text
from stancekit.io.output_folder import Kind

_OF_A_RUN = ("predictions", "models", "report")


def about_of(path: Path) -> dict[str, Any]:
    """What a `run.json` or a `manifest.json` says; nothing where it can't be read."""
    try:
        return parse_object(read_text(path), path)
    except InputError:
        return {}


def refuse_another_run(about: Mapping[str, Any], out: Path, name: str, data: Mapping[str, str]) -> None:
    """Raise `RefusedError` for an earlier run of another experiment, or on other data. `data` : file → SHA-256."""
    earlier, before = about.get("experiment"), about.get("data")
    if earlier != name:
        raise RefusedError(f"{out}: holds a run of experiment '{earlier}', not of '{name}'; choose another, or --overwrite")
    if isinstance(before, dict) and (other := sorted(file for file in {*before, *data} if before.get(file) != data.get(file))):
        raise RefusedError(f"{out}: holds a run of '{name}' on other data: '{other[0]}' differs; choose another, or --overwrite")


def _run_made(folder: Path) -> list[str]:
    about = about_of(folder / "run.json")
    if "experiment" not in about:
        return []
    files = about.get("files")
    if not isinstance(files, list):  # of before runs listed what they made
        files = ["metrics.json", *_below(folder, _OF_A_RUN)]
    return ["run.json", *(name for name in files if isinstance(name, str))]


def _below(folder: Path, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from (path.relative_to(folder).as_posix() for path in (folder / name).rglob("*") if not path.is_dir())


RUN = Kind("run", ("run.json", "metrics.json"), _run_made, owns=lambda name: name.startswith("report/"))
"""`report` draws the report of a run again, whose figures may then be others."""
