"""What runs leave in their folders, so that the same command may replace it and nothing else."""

import re
from collections.abc import Mapping
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
    listed = files.items() if isinstance(files, dict) else ()
    return {"run.json": None, **{name: digest for name, digest in listed if isinstance(digest, str)}}


def _is_of_report(name: str) -> bool:
    """Whether `report` makes files of this name: it draws the report of a run again, whose figures may then be others."""
    return re.fullmatch(r"report/(?:index\.html|report\.md|figures/[a-z0-9_-]+\.(?:png|svg))", name) is not None


RUN = Kind("run", ("run.json", "metrics.json"), _run_made, owns=_is_of_report, resumes=True)
