"""Seconds that agreement of five annotators takes, reading included, and how they grow with the rows: make bench-agreement.

The passes are made up by the shipped codebook, fifty statements an article. `growth` is seconds a row against those of the
fewest rows: 1 where the time is linear. For other sizes: python benchmarks/bench_agreement.py --rows 2000 50000 --articles 20
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from stancekit.annotations.agreement import measure_agreement
from stancekit.annotations.passes import load_passes
from stancekit.codebook import load_codebook

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from crowd import crowd, write_crowd  # noqa: E402 - what the tests make up serves here too

CODEBOOK = ROOT / "annotations" / "codebook.yaml"
AN_ARTICLE = 50


def measure(rows: int, articles: int, annotators: int, holders: int) -> tuple[float, float]:
    """Seconds to read the passes and to measure them."""
    book = load_codebook(CODEBOOK)
    with tempfile.TemporaryDirectory() as folder:
        files = write_crowd(Path(folder), crowd(book, rows, articles, annotators=annotators, holders=holders))
        started = time.perf_counter()
        passes = load_passes(files, book)
        read = time.perf_counter()
        measure_agreement(passes, book)
        return read - started, time.perf_counter() - read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000, 8_000, 20_000], help="statements, once a measurement")
    parser.add_argument("--articles", type=int, help=f"how many articles; without it one for {AN_ARTICLE} statements")
    parser.add_argument("--annotators", type=int, default=5)
    parser.add_argument("--holders", type=int, default=20)
    asked = parser.parse_args()
    measure(200, 4, 2, 2)  # imports
    print(f"{'rows':>8} {'articles':>8} {'read':>8} {'measure':>8} {'seconds':>8} {'growth':>8}")
    first = 0.0
    for rows in asked.rows:
        articles = asked.articles or max(2, rows // AN_ARTICLE)
        read, measured = measure(rows, articles, asked.annotators, asked.holders)
        a_row = (read + measured) / rows
        first = first or a_row
        print(f"{rows:>8} {articles:>8} {read:>8.1f} {measured:>8.1f} {read + measured:>8.1f} {a_row / first:>8.2f}", flush=True)


if __name__ == "__main__":
    main()
