"""What to go on with in a folder, and what is new since: or why that may not be."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.errors import InputError, RefusedError, counted
from stancekit.io.atomic import refused
from stancekit.io.files import read_jsonl
from stancekit.io.moves import PREFIX
from stancekit.io.output_folder import OutputFolder
from stancekit.labelling.inputs import InputFile
from stancekit.labelling.ledger import RUN, SUCCESS, Part, Run, Success, read_ledger
from stancekit.labelling.shards import Shards

REJECTED = "rejected.jsonl"
NEXT = f"{PREFIX}next"
"""What the folder is called in which a run is made that will replace another when it is whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the settings, the files and manifests that there are, and how to take what is there."""

    settings: Mapping[str, Any]
    files: Sequence[InputFile]
    listings: Mapping[str, str]
    retry: bool
    overwrite: bool
    say: Callable[[str], object]


def begin(folder: OutputFolder, shown: Path, asked: Asked) -> tuple[Path, Run]:
    """Return where to work and at what: a run that is there and fits, with a part for what is new, or another.

    Raises `RefusedError` where what is there is of other settings or input, and may not be replaced.
    """
    why: list[str] = []
    for root in (folder.path, folder.path / NEXT):
        run, success = read_ledger(root / RUN, Run), read_ledger(root / SUCCESS, Success)
        if run is None and root == folder.path and folder.earlier:
            why = [f"{RUN} is damaged or gone"]
        if run is None or (asked.overwrite and (root / SUCCESS).exists()):
            continue
        if run.unsteady or (success is not None and (success.unsteady or not success.labelled)):
            continue  # of what was not what it seemed, or of nothing: whoever asks again gets it made again
        part, may_change = _rejected(root, shown, run, success, asked) if asked.retry else (Part(files={}), {})
        found = run.changed(asked.settings) or run.missed(asked.files, may_change)
        if not found:
            return root, _grown(shown, run, part, may_change, asked)
        why = why or found
    what = "; ".join(why[:3]) + (f" and {len(why) - 3} more" if len(why) > 3 else "")
    if asked.retry:
        raise RefusedError(f"{shown}: holds no labels of this input whose rejected documents could be tried again ({what or 'none'})")
    if why and not asked.overwrite:
        raise RefusedError(f"{shown}: holds labels of another model or other input ({what}); choose another folder, or --overwrite")
    with refused(shown):
        shutil.rmtree(folder.path / NEXT, ignore_errors=True)
    files = {file.name: file.digest for file in asked.files}
    run = Run(settings=asked.settings, parts=(Part(files=files),), listings=asked.listings)
    return folder.path / NEXT if folder.earlier else folder.path, run


def _rejected(root: Path, shown: Path, run: Run, success: Success | None, asked: Asked) -> tuple[Part, dict[str, str]]:
    """What was rejected and is tried again, and the files that may have changed for that: name → digest."""
    if success is None or success.run != run.digest:
        raise RefusedError(f"{shown}: is not finished; run the same command without --retry-rejected first")
    shards = Shards(root)
    unlabelled = {(one.file, one.line) for name in shards for one in shards.receipt(name).rejected}
    files = {file.shown: file for file in asked.files}
    places = {(row["file"], row["line"]) for _, row in read_jsonl(root / REJECTED)}
    if strange := next((file for file, _ in sorted(places, key=str) if file not in files and file not in success.unused), None):
        raise InputError(shown / REJECTED, f"names {strange}, which is not among the inputs: name these as before")
    whole = {files[file].name: files[file].digest for file in success.unused if file in files}
    unread = {(file, line) for file, line in places - unlabelled if files[file].name not in whole}
    may_change = whole | {files[file].name: files[file].digest for file, _ in unread}
    return Part(files=whole, unread=tuple(sorted(unread, key=str)), unlabelled=tuple(sorted(unlabelled, key=str))), may_change


def _grown(shown: Path, run: Run, retried: Part, may_change: Mapping[str, str], asked: Asked) -> Run:
    """The run with a part for the files that came since and for what is tried again."""
    known = {name for part in run.parts for name in part.files}
    new = {file.name: file.digest for file in asked.files if file.name not in known}
    if new and asked.settings["limit"] is not None:
        raise RefusedError(f"{shown}: holds the first {asked.settings['limit']:,} documents of an input that has other files now")
    parts = [
        part.model_copy(update={"files": {n: may_change.get(n, d) for n, d in part.files.items() if n not in retried.files}})
        for part in run.parts
    ]
    part = retried.model_copy(update={"files": {**new, **retried.files}})
    if part.files or part.unread or part.unlabelled:
        parts.append(part)
        asked.say(f"{shown}: {counted(len(new), 'new file')}; what is labelled stays as it is")
    return run.model_copy(update={"parts": tuple(parts), "listings": asked.listings})
