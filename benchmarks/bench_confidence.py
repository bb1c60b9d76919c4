"""How often an attribution is right, by the confidence it is given: make bench-confidence.

The real articles (26 of Wikinews, read by hand) are those on which the confidence of each sort of attribution was set, so its figure is
in-sample. Beside it stands what these articles can say of others: the share right by confidence is fitted without one article (isotonic
regression) and asked of that one, article by article. The half of the articles that is kept back is not known here. Intervals are
Wilson's, of single attributions; those of one article are not independent, so they are too narrow, if anything.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.isotonic import IsotonicRegression

from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_jsonl, to_json
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
from bench_rules import _widest, scorer  # noqa: E402

EDGES = (0.0, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Of the bins; where most attributions are they are narrow. The last one has both its ends."""
SHIPPED, LEFT_OUT = "as given (set on these)", "fitted without the article"
Record = dict[str, Any]
Floats = NDArray[np.float64]


def attributions(news: Path, right: Callable[[Record, Record], bool], rows: Sequence[Record]) -> list[tuple[str, float | None, bool]]:
    """(article, confidence, whether the speaker is right) of each quotation and reported statement; no confidence where none is named."""
    articles = [Article(path.stem, path.read_bytes().decode()) for path in sorted((news / "articles").glob("*.txt"))]
    found = {article.id: extract_statements(article) for article in articles}

    def judged(row: Record) -> tuple[str, float | None, bool]:
        at: Statement = _widest(found[row["article_id"]], row["start"], row["end"])
        return row["article_id"], at.attribution_confidence, right(row, {"speaker": at.speaker, "organisation": at.organisation})

    return [judged(row) for row in rows]


def left_out(groups: NDArray[np.str_], given: Floats, right: Floats) -> Floats:
    """The share right at each confidence, as the other articles have it."""
    out = np.empty_like(given)
    for group in np.unique(groups):
        here = groups == group
        out[here] = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(given[~here], right[~here]).predict(given[here])
    return out


def bins(method: str, confidence: Floats, right: Floats) -> list[Record]:
    """A record a bin that holds any: n, how many are right, the share with its 95 % interval, and the mean confidence."""
    place = np.clip(np.searchsorted(EDGES, confidence, side="right") - 1, 0, len(EDGES) - 2)
    found = []
    for k in np.unique(place):
        inside = place == k
        hits, n = int(right[inside].sum()), int(inside.sum())
        interval = binomtest(hits, n).proportion_ci(0.95, "wilson")
        found.append({
            "scenario": "real development half", "method": method, "from": EDGES[k], "to": EDGES[k + 1], "n": n, "right": hits,
            "confidence": round(float(confidence[inside].mean()), 3), "share": round(hits / n, 3),
            "low": round(interval.low, 3), "high": round(interval.high, 3),
        })  # fmt: skip
    return found


def summary(method: str, confidence: Floats, right: Floats, sure: float = 0.9) -> Record:
    """All together: the Brier score, the gap between mean confidence and share right, and what is at `sure` and above."""
    above = confidence >= sure
    return {
        "scenario": "real development half, all", "method": method, "n": len(right), "right": int(right.sum()),
        "confidence": round(float(confidence.mean()), 3), "share": round(float(right.mean()), 3),
        "brier": round(float(((confidence - right) ** 2).mean()), 4), "n_sure": int(above.sum()), "right_sure": int(right[above].sum()),
    }  # fmt: skip


def picture(records: Sequence[Record]) -> bytes:
    """The reliability diagram: the share right with its interval at the mean confidence of each bin, n above."""
    from stancekit.report.figures.style import BLUE, FAINT, GREY, INK, VERMILLION, Picture, canvas, legend, styled, to_png

    title = "Confidence of an attribution"
    with styled():
        figure, axes = canvas(title, 3.2, keys=2, foot=1.3, left=0.66, right=0.2)
        axes.spines["left"].set_visible(True)
        ticks = ([0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], [".4", ".5", ".6", ".7", ".8", ".9", "1"])
        axes.set_xticks(*ticks)
        axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0", ".2", ".4", ".6", ".8", "1"])
        axes.plot([0, 1], [0, 1], color=GREY, linewidth=1.2, linestyle=(0, (4, 3)))
        handles = []
        for method, colour, mark, aside in ((SHIPPED, BLUE, "o", -0.004), (LEFT_OUT, VERMILLION, "s", 0.004)):
            of = [r for r in records if r["method"] == method]
            share = np.array([r["share"] for r in of])
            margins = np.abs(np.array([[r["low"], r["high"]] for r in of]).T - share)
            x = [r["confidence"] + aside for r in of]
            handles.append(axes.errorbar(x, share, margins, fmt=mark, color=colour, markersize=6, capsize=3, linewidth=1.4, label=method))
            for r in of if method == SHIPPED else []:
                axes.text(r["confidence"] + aside, max(0.02, r["low"] - 0.08), str(r["n"]), ha="center", va="bottom", color=INK, size=10)
        axes.set_xlim(0.4, 1.01)
        axes.set_ylim(0, 1.02)
        axes.tick_params(color=FAINT)
        axes.set_ylabel("share right")
        axes.set_xlabel("confidence (mean of the bin; below: its n)\n26 real articles; 95 % Wilson intervals\nnot those that are kept back")
        legend(axes, handles, 1)
        return to_png(Picture("confidence", title, title, figure))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of news_quotations, beside cases")
    parser.add_argument("-o", type=Path, default=ROOT / "benchmarks" / "results" / "confidence.json", help="where the records go")
    parser.add_argument("--plot", type=Path, default=ROOT / "docs" / "confidence.png", help="where the figure goes")
    options = parser.parse_args()
    news = options.data / "news_quotations"
    rows = [row for _, row in read_jsonl(news / "quotes.jsonl") if row["kind"] != "not_speech"]
    every = attributions(news, scorer(options.data.parent / "cases" / "score_quotes.py", rows), rows)
    named = [(article, sure, right) for article, sure, right in every if sure is not None]
    groups, given, right = np.array([a for a, _, _ in named]), np.array([c for _, c, _ in named]), np.array([float(r) for _, _, r in named])
    fitted = left_out(groups, given, right)
    of_all = [summary(SHIPPED, given, right), summary(LEFT_OUT, fitted, right)]
    for record in of_all:
        record["unattributed"] = len(every) - len(named)
    records = [*bins(SHIPPED, given, right), *bins(LEFT_OUT, fitted, right)]
    for r in records:
        interval = f"{r['share']:.2f} [{r['low']:.2f}, {r['high']:.2f}]"
        print(f"{r['method']:<28} {r['from']:.2f} to {r['to']:.2f}  {r['right']:>3} of {r['n']:>3}  {interval}")
    for r in of_all:
        print(
            f"{r['method']:<28} Brier {r['brier']:.3f}, at .9 and above {r['right_sure']} of {r['n_sure']}, of {r['n'] + r['unattributed']}"
        )
    write_atomic(options.o, to_json([*of_all, *records]))
    write_atomic(options.plot, picture(records))


if __name__ == "__main__":
    main()
