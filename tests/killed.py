"""Kills a command at random moments and runs it again: `python killed.py SEED TIMES OUT COMMAND...` prints a line a kill.

With DRAW=no in the environment `run` draws no report, which takes most of its time.

The package is imported once; each command runs in a child of its own, as it would from a shell. What it leaves in OUT must be, but
for timings, what an undisturbed run leaves, and there must never be a moment at which the earlier result is not whole.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import sklearn.linear_model  # noqa: F401 - the children find imported what takes seconds to import
import torch  # noqa: F401

from stancekit.cli import experiments, main
from stancekit.models.linear import tfidf  # noqa: F401

TIMED = {"timings_seconds", "seconds", "recipes"}


def start(arguments: list[str]) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(null, stream)
    sys.argv = ["stancekit", *arguments]
    try:
        main.main()
    except SystemExit as end:
        os._exit(int(end.code or 0))
    os._exit(0)


def content(folder: Path) -> dict[str, object]:
    """Every file, without the time it took."""
    found: dict[str, object] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            data, name = path.read_bytes(), path.relative_to(folder).as_posix()
            if path.name == "run.json":
                about = {key: value for key, value in json.loads(data).items() if key not in TIMED}
                about["files"] = {file: "" if file.startswith("report/") else digest for file, digest in about.get("files", {}).items()}
                found[name] = about
            elif path.suffix in (".html", ".md", ".svg", ".png"):
                found[name] = None  # the report shows timings
            else:
                found[name] = data
    return found


def wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test(seed: int, times: int, out: Path, arguments: list[str]) -> None:
    draw = random.Random(seed)
    assert wait(start(arguments)) == 0
    began = time.perf_counter()
    assert wait(start(arguments)) == 0
    took = time.perf_counter() - began
    sound = content(out)
    for number in range(times):
        fresh = number % 2 == 1
        if fresh:
            shutil.rmtree(out)
        child = start(arguments)
        time.sleep(draw.uniform(0, took))
        os.kill(child, signal.SIGKILL)
        wait(child)
        left = content(out)
        moving = ".stancekit.moves" in left
        kept = {name: data for name, data in left.items() if not name.startswith(".stancekit.")}
        assert fresh or moving or kept == sound, f"kill {number}: the earlier result is no longer whole"
        assert wait(start(arguments)) == 0, f"kill {number}: the same command did not end well"
        now = content(out)
        other = [name for name in {**now, **sound} if now.get(name) != sound.get(name)]
        assert not other, f"kill {number}: other files than of an undisturbed run: {other}"
        print(number, "fresh" if fresh else "again", "while moving" if moving else "", flush=True)


if __name__ == "__main__":
    if os.environ.get("DRAW") == "no":
        experiments._report = lambda _: None
    test(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
