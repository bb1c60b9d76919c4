"""What runs leave in their folders, so that the same command may replace it and nothing else."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stancekit.errors import InputError, RefusedError
from stancekit.io.files import parse_object, read_text
from stancekit.io.output_folder import Kind


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


def _run_made(folder: Path) -> dict[str, str | None]:
    about = about_of(folder / "run.json")
    config = about.get("config")
    if not isinstance(about.get("experiment"), str) or not isinstance(config, dict) or not {"file", "sha256", "content"} <= config.keys():
        return {}
    files = about.get("files")
    if isinstance(files, dict):
        return {"run.json": None, **{name: digest for name, digest in files.items() if isinstance(digest, str)}}
    # Runs of before listed no files: what is certain to be theirs is replaced, and anything else stays.
    found = ["run.json", "metrics.json", *(name for name in _below(folder, "report") if _is_of_report(name))]
    for model in (folder / "models").glob("*/manifest.json"):
        listed = about_of(model).get("files")
        base = model.parent.relative_to(folder).as_posix()
        found += [f"{base}/{name}" for name in ["manifest.json", *(listed if isinstance(listed, dict) else ())]]
    found += [name for name in _below(folder, "predictions") if _PREDICTIONS.fullmatch(name)]
    return dict.fromkeys(found)


def _below(folder: Path, name: str) -> Iterator[str]:
    yield from (path.relative_to(folder).as_posix() for path in (folder / name).rglob("*") if not path.is_dir())


def _is_of_report(name: str) -> bool:
    """Whether `report` makes files of this name: it draws the report of a run again, whose figures may then be others."""
    return re.fullmatch(r"report/(?:index\.html|report\.md|figures/[a-z0-9_-]+\.(?:png|svg))", name) is not None


_PREDICTIONS = re.compile(r"predictions/[a-z0-9_-]+/[a-z0-9_-]+\.[a-z0-9_-]+\.(?:none|annotated|found)\.seed[0-9]+\.jsonl")
RUN = Kind("run", ("run.json", "metrics.json"), _run_made, owns=_is_of_report)
