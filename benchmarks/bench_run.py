"""Speed and memory of `stancekit label` from files to shards: make bench-run (N="10000 300000"), into benchmarks/results/run.json.

Articles are drawn from the paragraphs of those in seeds/, each sentence made another by a number. Each row gives statements a second end to
end, start included, and the most memory that the run and its workers took together.
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stancekit import fit_on_all, load_actors, load_codebook, read_articles, read_dataset, save_model
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.labelling.executors.registry import EXECUTORS
from stancekit.records import Article

ROOT = Path(__file__).parents[1]
PARAGRAPHS, STATEMENTS = 12, 13
"""Of an article, the second about."""


def write_articles(path: Path, statements: int) -> None:
    """Articles of about so many statements, the same each time."""
    draw = random.Random(0)
    found = [a.text for a in read_articles(ROOT / "seeds") if isinstance(a, Article)]
    paragraphs = [part for text in found for part in re.split(r"\n+", text) if len(part) > 40]
    with path.open("w", encoding="utf-8") as file:
        for number in range(statements // STATEMENTS):
            text = "\n\n".join(draw.sample(paragraphs, PARAGRAPHS))
            text = re.sub(r"\. (?=[A-Z])", lambda _: f" in case {draw.randrange(10**9)}. ", text)
            file.write(json.dumps({"id": f"a{number}", "text": text}) + "\n")


def memory(process: int) -> int:
    """Bytes that a process and those below it take, shared ones counted once a process."""
    total = 0
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total = int(line.split()[1]) * 1024
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has ended
        return 0
    return total + sum(memory(int(child)) for child in below)


def measure(articles: Path, model: Path, out: Path, executor: str, workers: int) -> dict[str, Any]:
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "stancekit", "label", articles, "--model", model, "--out", out, "--executor", executor]
    peak, started = 0, time.perf_counter()
    with subprocess.Popen([*map(str, command), "--workers", str(workers)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        while run.poll() is None:
            peak = max(peak, memory(run.pid))
            time.sleep(0.1)
    seconds = time.perf_counter() - started
    n = json.loads((out / "_SUCCESS.json").read_text())["labelled"]
    rate = {"statements_per_second": round(n / seconds, 1), "peak_mib": round(peak / 2**20, 1)}
    return {"scenario": "label articles, tfidf", "executor": executor, "workers": workers, "n": n, **rate}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, nargs="+", default=[10_000, 300_000])
    wanted = parser.parse_args().statements
    actors, book = load_actors(ROOT / "annotations" / "actors.yaml"), load_codebook(ROOT / "annotations" / "codebook.yaml")
    data = read_dataset(ROOT / "seeds", ROOT / "annotations" / "ofsted.jsonl", book, actors)
    records = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        save_model(
            place / "model", fit_on_all(data, "tfidf", {"template": "{holder}: {text}"}), recipe="tfidf", codebook=book, actors=actors
        )
        for statements in wanted:
            write_articles(place / "articles.jsonl", statements)
            for executor in (name for name in EXECUTORS if name != "ray" or find_spec("ray")):
                for workers in (1, 2) if executor != "local" else (1,):
                    records.append(measure(place / "articles.jsonl", place / "model", place / "out", executor, workers))
                    print(records[-1], flush=True)
    write_atomic(ROOT / "benchmarks" / "results" / "run.json", to_json(records))


if __name__ == "__main__":
    main()
