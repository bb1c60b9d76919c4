"""Pairs of recipes that differ by who speaks alone, and what their records say."""

from typing import Any

import pytest

import made_up
from stancekit.experiment.metrics.ablation import pairs_of

TFIDF = {"words": [1, 2], "C": 1.0}


def test_pairs_are_alike_in_all_but_who_speaks() -> None:
    nested = {"text": {"model": "tfidf", "params": {"template": "{text}"}}}
    models: dict[str, tuple[str, dict[str, Any]]] = {
        "text": ("tfidf", {**TFIDF, "template": "{text}"}),
        "holder": ("tfidf", {**TFIDF, "template": "{holder}: {text}"}),
        "kind": ("tfidf", {**TFIDF, "template": "{actor_kind}: {text}"}),
        "other C": ("tfidf", {**TFIDF, "C": 2.0, "template": "{holder}: {text}"}),
        "context too": ("tfidf", {**TFIDF, "template": "{holder}: {context} {text}"}),
        "nobody": ("tfidf", {**TFIDF, "template": "{context} {text}"}),
        "ensemble": ("ensemble", {"members": nested}),
        "ensemble with holder": (
            "ensemble",
            {"members": {"text": {"model": "tfidf", "params": {"template": "{holder} {text}"}}}},
        ),
    }
    assert pairs_of(models) == [
        ("text", "holder"), ("text", "kind"), ("nobody", "context too"), ("ensemble", "ensemble with holder"),
    ]  # fmt: skip


def test_records_are_the_differences_of_the_scores() -> None:
    data = made_up.dataset()
    metrics = made_up.metrics(data, made_up.predictions(data))
    points = {(s["recipe"], s["task"], s["holder"]): s["macro_f1"]["point"] for s in metrics["scores"] if s["scheme"] == "purged"}
    assert [(r["task"], r["text"], r["with_holder"], r["actor"], r["holder"]) for r in metrics["ablation"]] == [
        (task, "words_only", "words_holder", "actor", shown) for task in ("stance", "tone") for shown in ("annotated", "found")
    ]
    for r in metrics["ablation"]:
        both = points["words_holder", r["task"], r["holder"]]
        assert r["over_text"]["difference"]["point"] == pytest.approx(both - points["words_only", r["task"], "none"])
        assert r["over_actor"]["difference"]["point"] == pytest.approx(both - points["actor", r["task"], r["holder"]])
