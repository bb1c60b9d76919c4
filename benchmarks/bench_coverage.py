"""What reading makes of real text that came otherwise than as clean English prose: make bench-coverage.

Three questions, on the open data sets. Languages: how many English sentences are called another language. Wrapped lines: how many
documents that are not wrapped are joined, and how many statements of one that is, at a width, are those of the plain text (blank lines
between paragraphs). Capitals: how many quotations go to whoever says them in text put in capitals, with and without `recase`, and as is.
"""

import argparse
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_jsonl, to_json
from stancekit.records import Article
from stancekit.sources.languages import ENGLISH, language_of
from stancekit.statements import extract_statements
from stancekit.statements.discourse import document
from stancekit.statements.segmentation.wrapped import line_joins

sys.path.insert(0, str(Path(__file__).parent))
from bench_rules import _widest, scorer

WIDTHS = (45, 60, 72, 80)
Record = dict[str, Any]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder of the open data sets")
    options.add_argument("--cases", type=Path, required=True, help="folder of score_quotes.py")
    options.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "coverage.json")
    chosen = options.parse_args()
    news = {path.stem: path.read_bytes().decode() for path in sorted((chosen.data / "news_quotations" / "articles").glob("*.txt"))}
    web = [row for name in ("dev", "test") for _, row in read_jsonl(chosen.data / "ud_ewt_segmentation" / f"{name}.jsonl")]
    motions = [row["text"] for _, row in read_jsonl(chosen.data / "uk_commons_education_motions" / "all.jsonl")]
    mentions = [
        row["text"]
        for name in ("train", "dev_rw", "dev_mt", "test_rw", "test_mt")
        for _, row in read_jsonl(chosen.data / "newsmtsc" / f"{name}.jsonl")
    ]
    sentences = [row["text"][start:end] for row in web for start, end in row["sentences"]] + list(dict.fromkeys(mentions))
    records = [languages(sentences)]
    for name, texts in (("news", list(news.values())), ("web", [row["text"] for row in web]), ("motions", motions)):
        records += wrapping(name, texts)
    rows = [row for _, row in read_jsonl(chosen.data / "news_quotations" / "quotes.jsonl") if row["kind"] != "not_speech"]
    records += capitals(news, rows, chosen.cases)
    for record in records:
        print(" · ".join(f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}" for key, value in record.items()))
    write_atomic(chosen.out, to_json(records))
    print(f"results → {chosen.out}")


def languages(sentences: list[str]) -> Record:
    """Of English sentences, those called English, another language, and none."""
    found = Counter(language_of(text) or "unknown" for text in sentences)
    other = sum(found.values()) - found[ENGLISH] - found["unknown"]
    return {"scenario": "languages", "n": len(sentences), "english": found[ENGLISH], "unknown": found["unknown"], "other": other}


def wrapping(name: str, texts: list[str]) -> list[Record]:
    """Documents that are joined though they are as written, then the share of their statements that come back from each width."""
    found = [{"scenario": f"unwrapped {name}", "n": len(texts), "joined": sum(bool(line_joins(text)) for text in texts)}]
    plain = [Counter(_statements(text)) for text in texts]
    for width in WIDTHS:
        back = total = 0
        for text, known in zip(texts, plain, strict=True):
            lines = (textwrap.fill(line, width) for line in text.split("\n") if line.strip())
            back += (known & Counter(_statements("\n\n".join(lines)))).total()
            total += known.total()
        found.append({"scenario": f"wrapped {name}", "width": width, "n": total, "back": back / total})
    return found


def _statements(text: str) -> list[str]:
    return [" ".join(s.text.split()) for s in extract_statements(Article("a", text, language=ENGLISH))]


def capitals(news: dict[str, str], rows: list[Record], cases: Path) -> list[Record]:
    """Quotations that go to whoever says them, of those whose text has the same length in capitals."""
    right = scorer(cases / "score_quotes.py", rows)
    upper = {name: "".join(c.upper() if len(c.upper()) == 1 else c for c in text) for name, text in news.items()}
    off = mock.patch.object(document, "recase", lambda text, *_: text)
    found = []
    for name, texts, switch in (("as is", news, None), ("capitals", upper, None), ("capitals, not recased", upper, off)):
        with switch or mock.patch.object(document, "recase", document.recase):
            read = {key: extract_statements(Article(key, text)) for key, text in texts.items()}
        said = [_widest(read[row["article_id"]], row["start"], row["end"]) for row in rows]
        marks = [right(row, {"speaker": at.speaker, "organisation": at.organisation}) for row, at in zip(rows, said, strict=True)]
        found.append({"scenario": f"quotations, {name}", "n": len(marks), "right": sum(marks)})
    return found


if __name__ == "__main__":
    main()
