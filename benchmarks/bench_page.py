"""How fast the page to annotate on answers a key: from the key's event to the next painted frame, in headless Chromium.

Every statement is labelled by keyboard: three digits and Enter. A browser paints a frame each 16.7 ms, so up to that much of a
figure is waiting for the next one; `script` is the time spent in the page itself.
"""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright

from stancekit import read_articles
from stancekit.actors import load_actors
from stancekit.annotations.items import Item, items_of
from stancekit.codebook import load_codebook
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.pages.annotate import annotation_page
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-quic"]  # fmt: skip
# The first listener on the way down starts the clock, the last on the way up ends the script's time, and a task queued
# in the frame's own callback runs once the frame is painted.
CLOCK = """
  window.times = [];
  let started = 0, script = 0;
  addEventListener("keydown", () => { started = performance.now(); }, true);
  addEventListener("keydown", () => {
    const [from, took] = [started, performance.now() - started];
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.times.push([performance.now() - from, took]); };
      channel.port2.postMessage(0);
    });
  });
"""
PAINTED = "n => new Promise((done) => { const look = () => (window.times.length >= n ? done() : setTimeout(look, 2)); look(); })"
KEYS = ("1", "5", "3", "Enter")


def seeds() -> list[Item]:
    actors = load_actors(ROOT / "annotations" / "actors.yaml")
    articles = [a for a in read_articles([ROOT / "seeds"]) if isinstance(a, Article)]
    return items_of([s for a in articles for s in extract_statements(a, actors)])


def repeated(items: list[Item], count: int) -> list[Item]:
    """So many items, by going round; each has an article of its own name."""
    found = []
    for i in range(count):
        item = items[i % len(items)]
        s, article = item.statement, f"copy{i // len(items)}_{item.statement.article_id}"
        found.append(
            Item(
                Statement(f"{article}:{s.start}-{s.end}", article, s.start, s.end, s.text, mode=s.mode, speaker=s.speaker, holder=s.holder),
                item.before,
                item.after,
            )
        )
    return found


def measure(browser: Any, items: list[Item], folder: Path) -> np.ndarray:
    """(n_keys, 2) milliseconds: to the painted frame, and in the script."""
    path = folder / f"{len(items)}.html"
    path.write_text(annotation_page(items, load_codebook(ROOT / "annotations" / "codebook.yaml"), annotator="bench"), encoding="utf-8")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(CLOCK)
    page.goto(path.as_uri())
    page.keyboard.press("Enter")
    page.wait_for_selector("#desk:not([hidden])")
    page.wait_for_timeout(200)
    page.evaluate("window.times = []")
    pressed = 0
    for _ in items:
        for key in KEYS:
            page.keyboard.press(key)
            pressed += 1
            page.evaluate(PAINTED, pressed)
    assert page.text_content("#counts") == f"{len(items)} done · 0 skipped · 0 left"
    found = np.array(page.evaluate("window.times"))
    page.context.close()
    return found


def main() -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    records = []
    items = seeds()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for several in (items, repeated(items, 2_000)):
            times = measure(browser, several, Path(folder))
            (median, script), (p95, script95) = np.median(times, axis=0), np.percentile(times, 95, axis=0)
            record = {
                "scenario": f"annotate {len(several)} statements", "method": "stancekit annotate", "keys": len(times),
                "median_ms": round(float(median), 1), "p95_ms": round(float(p95), 1),
                "script_median_ms": round(float(script), 1), "script_p95_ms": round(float(script95), 1),
            }  # fmt: skip
            records.append(record)
            print(f"{record['scenario']:<26} {record['keys']:>5} keys")
            print(f"  key to painted frame: median {record['median_ms']} ms, p95 {record['p95_ms']} ms")
            print(f"  of it in the script : median {record['script_median_ms']} ms, p95 {record['script_p95_ms']} ms")
        browser.close()
    target = ROOT / "benchmarks" / "results" / "page.json"
    write_atomic(target, to_json(records))
    print(json.dumps(str(target.relative_to(ROOT))))


if __name__ == "__main__":
    main()
