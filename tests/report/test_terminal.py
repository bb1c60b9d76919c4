"""The table that a run ends with says what it is of."""

from typing import Any

from stancekit.report.terminal import summary


def score(recipe: str, scheme: str, point: float, **more: Any) -> dict[str, Any]:
    interval = {"point": point, "low": point - 0.1, "high": point + 0.1}
    return {"recipe": recipe, "scheme": scheme, "holder": "none", "task": "stance", "n": 30, "seeds": [0], "macro_f1": interval, **more}


def metrics(schemes: dict[str, str], scores: list[dict[str, Any]]) -> dict[str, Any]:
    return {"schemes": schemes, "scores": scores, "tasks": {"stance": {}}, "articles": {"a": 10, "b": 20}}


def test_purged_comes_first_and_says_what_it_is_over() -> None:
    text = summary(metrics({"kfold": "folds", "purged": "left out"}, [score("m", "kfold", 0.9), score("m", "purged", 0.5)]))
    assert "n = 30 statements of 2 articles" in text
    assert ".50 [.40, .60]" in text
    assert ".90" not in text
    grouped = metrics({"groups": "left out"}, [score("m", "groups", 0.5)]) | {"unit": "group"}
    assert "of 2 groups" in summary(grouped)
    assert "n = 30 statements; folds" in summary(metrics({"kfold": "folds"}, [score("m", "kfold", 0.5)]) | {"unit": "statement"})


def test_official_test_sets_have_a_table_each_with_their_own_metric() -> None:
    official = {"point": 0.7, "low": None, "high": None}
    scores = [score("m", "official_rw", 0.5, official=official), score("m", "official_mt", 0.4, official=official)]
    rw, mt = summary(metrics({"official_rw": "as given; rw", "official_mt": "as given; mt"}, scores)).split("\n\nMacro")
    assert "as given; rw" in rw
    assert "stance, official" in rw
    assert ".70 [no interval]" in rw
    assert ".40 [.30, .50]" in mt
