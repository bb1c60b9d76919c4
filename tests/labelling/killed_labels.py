"""Kills `stancekit label` at random moments, itself or a worker: `python killed_labels.py SEED TIMES EXECUTOR`.

The folder that it is run in holds `in` and `model`. The package is imported once; a run is a child of its own. Shards that were
finished stay byte for byte, the same command goes on with them, and the result is that of an undisturbed run.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from stancekit.cli import main
from stancekit.labelling import executors, label  # noqa: F401 - the children find it imported
from stancekit.labelling.executors import process  # noqa: F401
from stancekit.models.linear import tfidf  # noqa: F401

OUT = Path("out")


def start(executor: str, out: Path = OUT) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(null, stream)
    os.dup2(os.open("said.txt", os.O_CREAT | os.O_TRUNC | os.O_WRONLY), 2)
    words = ["in", "--unit", "statement", "--model", "model", "--out", str(out), "--shard-rows", "100", "--executor", executor]
    sys.argv = ["stancekit", "label", *words, *(["--workers", "2"] if executor != "local" else [])]
    try:
        main.main()
    except SystemExit as end:
        os._exit(int(end.code or 0))
    os._exit(0)


def wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def receipts() -> dict[str, bytes]:
    """The finished shards: those with a receipt, and their receipts."""
    done = [path.with_suffix("") for path in (OUT / "shards").glob("[0-9]*.json")]
    return {file.name: file.read_bytes() for path in done for file in (path.with_suffix(".json"), path.with_suffix(".parquet"))}


def workers_of(parent: int) -> list[int]:
    """The worker processes of a run; with Ray, its actors and the processes that label for them."""
    lines = subprocess.run(["ps", "-ww", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True).stdout.splitlines()
    above = {int(pid): (int(up), args) for pid, up, args in (line.split(maxsplit=2) for line in lines)}

    def is_below(pid: int) -> bool:
        return pid in above and (above[pid][0] == parent or is_below(above[pid][0]))

    return [pid for pid, (_, args) in above.items() if ("process_worker" in args or "ray::_Labeller" in args) and is_below(pid)]


def test(seed: int, times: int, executor: str) -> None:
    draw = random.Random(seed)
    began = time.perf_counter()
    assert wait(start(executor, Path("whole"))) == 0, Path("said.txt").read_text()
    took = time.perf_counter() - began
    whole, kills = content(Path("whole")), 0
    while kills < times:
        child, before = start(executor), receipts()
        time.sleep(draw.uniform(0, took))
        workers = workers_of(child) if executor != "local" and draw.random() < 0.5 else []
        target = draw.choice(workers) if workers else child
        with contextlib.suppress(ProcessLookupError):
            os.kill(target, signal.SIGKILL)
        kills += 1
        code = wait(child)
        assert code == 0 or (code == -9 and not workers), (kills, code, Path("said.txt").read_text())
        now = receipts()
        assert {name: now.get(name) for name in before} == before, f"kill {kills}: finished shards were made again"
        if code == 0:
            assert content(OUT) == whole, f"kill {kills}: not what an undisturbed run leaves"
            shutil.rmtree(OUT)
    assert wait(start(executor)) == 0, Path("said.txt").read_text()
    other = [name for name in {**content(OUT), **whole} if content(OUT).get(name) != whole.get(name)]
    assert not other, f"other files than of an undisturbed run: {other}"
    print(f"{kills} kills")


if __name__ == "__main__":
    test(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
