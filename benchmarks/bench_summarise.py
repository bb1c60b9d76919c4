"""Time `summarise` on made-up labels: tables, page, and how long the page takes to open in headless Chromium."""

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from chromium import CHROMIUM, FLAGS  # noqa: E402
from counted_rows import press  # noqa: E402
from stancekit import load_codebook, summarise  # noqa: E402
from stancekit.io.files import to_jsonl  # noqa: E402
from stancekit.summary.write import write_summary  # noqa: E402


def opened(page: Path) -> dict[str, float]:
    """Seconds until the figures are there, and those of the page's own thread at work; none without a browser."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        return {}
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        tab = browser.new_page()
        tab.goto("about:blank")
        session = tab.context.new_cdp_session(tab)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        began = time.perf_counter()
        tab.goto(page.as_uri(), timeout=120_000)
        tab.wait_for_selector("#outlet-bars .mark")
        seconds = time.perf_counter() - began
        found = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
        browser.close()
    return {"opens_seconds": round(seconds, 2), "opens_cpu_seconds": round(found["TaskDuration"], 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--actors", type=int, default=200)
    parser.add_argument("--months", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        labels, out = Path(folder) / "labels.jsonl", Path(folder) / "out"
        labels.write_text(to_jsonl(press(asked.statements, asked.actors, asked.months)), encoding="utf-8")
        began, used = time.perf_counter(), time.process_time()
        summary = summarise(labels, codebook=load_codebook(ROOT / "annotations" / "codebook.yaml"))
        rows = {name: len(found) for name, found in summary.tables.items()}
        counted, busy = time.perf_counter() - began, time.process_time() - used
        write_summary(summary, out, say=print)
        record = {
            "scenario": "who stands where", "statements": asked.statements, "actors": asked.actors, "months": asked.months,
            "tables_seconds": round(counted, 1), "tables_cpu_seconds": round(busy, 1),
            "all_seconds": round(time.perf_counter() - began, 1), "all_cpu_seconds": round(time.process_time() - used, 1),
            "page_megabytes": round((out / "index.html").stat().st_size / 1e6, 1), **opened(out / "index.html"),
            "load": round(os.getloadavg()[0], 1), "rows": sum(rows.values()),
            "memory_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }  # fmt: skip
    print(json.dumps(record, indent=2))
    (ROOT / "benchmarks" / "results" / "summarise.json").write_text(json.dumps([record], indent=2) + "\n")


if __name__ == "__main__":
    main()
