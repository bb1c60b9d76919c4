"""Scoring and encoding speed against what one would use instead, measured in the same run: make bench.

Each row gives statements a second and the ratio to its baseline. Times on a shared machine move; the ratios hold better.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path

import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from transformers import pipeline

from stancekit import read_articles
from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_jsonl, to_json
from stancekit.models import make_model
from stancekit.models.encoders.encode import encode, load_encoder
from stancekit.models.encoders.weights import PACKAGED
from stancekit.records import Article
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[1]
ROUNDS = 3


def best(action: Callable[[], object]) -> float:
    """Seconds of the fastest of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return min(times)


def main() -> None:
    torch.set_num_threads(2)
    rows = [row for _, row in read_jsonl(ROOT / "annotations" / "ofsted.jsonl")]
    texts = [row["text"] for row in rows]
    labels = [row["labels"]["stance"] for row in rows]
    unseen = [f"{text} ({i})" for i in range(10) for text in texts]
    records = []

    def record(scenario: str, method: str, items: int, seconds: float, baseline: float) -> None:
        records.append(
            {"scenario": scenario, "method": method, "items_per_second": round(items / seconds, 1), "ratio": round(baseline / seconds, 2)}
        )

    union = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), TfidfVectorizer(analyzer="char", ngram_range=(2, 5), sublinear_tf=True)
    )
    reference = make_pipeline(union, LogisticRegression(max_iter=5_000, class_weight="balanced"))
    ours = make_model("tfidf")
    slow = best(lambda: reference.fit(texts, labels))
    record("tfidf: fit 130 statements", "scikit-learn pipeline", len(texts), slow, slow)
    record("tfidf: fit 130 statements", "stancekit", len(texts), best(lambda: ours.fit(texts, labels)), slow)
    slow = best(lambda: reference.predict_proba(unseen))
    record("tfidf: label 1300 statements", "scikit-learn pipeline", len(unseen), slow, slow)
    record("tfidf: label 1300 statements", "stancekit", len(unseen), best(lambda: ours.predict_proba(unseen)), slow)

    tokenizer, model = load_encoder(PACKAGED)
    extractor = pipeline("feature-extraction", model=model, tokenizer=tokenizer)
    slow = best(lambda: [extractor(text) for text in texts])
    record("encode 130 statements", "transformers pipeline", len(texts), slow, slow)
    record("encode 130 statements", "stancekit", len(texts), best(lambda: encode(texts, PACKAGED)), slow)

    articles = [a for a in read_articles([ROOT / "seeds"]) if isinstance(a, Article)]
    characters = sum(len(a.text) for a in articles)
    seconds = best(lambda: [extract_statements(a) for a in articles])
    record("statements and speakers: characters", "stancekit", characters, seconds, seconds)

    width = max(len(r["scenario"]) for r in records)
    for r in records:
        print(f"{r['scenario']:<{width}}  {r['method']:<22} {r['items_per_second']:>10} a second   {r['ratio']:>5} x")
    target = ROOT / "benchmarks" / "results" / "models.json"
    write_atomic(target, to_json(records))
    print(json.dumps(str(target.relative_to(ROOT))))


if __name__ == "__main__":
    main()
