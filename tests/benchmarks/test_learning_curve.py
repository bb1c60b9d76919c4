"""Learning curves: every number is drawn where it belongs, and said in words."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from stancekit.report.figures.style import to_png


@pytest.fixture
def curves(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return import_module("learning_curve")


@pytest.fixture
def result(curves: Any) -> Any:
    first = curves.Curve("suggested", (10, 20, 30), (0.3, 0.52, 0.55), (0.25, 0.48, 0.5), (0.35, 0.56, 0.6), reached=20)
    second = curves.Curve("at $random$", (10, 20, 30), (0.2, 0.3, 0.45), (0.1, 0.2, 0.4), (0.3, 0.4, 0.5))
    return curves.LearningCurves("A made-up pool", "macro-F1", 7, 0.54, 0.95, (first, second))


def test_lines_level_and_mark(curves: Any, result: Any) -> None:
    drawn = result.curves
    axes = curves.learning_picture("curve", result).figure.axes[0]
    level, first, mark, second = axes.lines
    np.testing.assert_allclose(level.get_ydata(), 0.95 * 0.54)
    assert (tuple(first.get_xdata()), tuple(first.get_ydata())) == (drawn[0].labels, drawn[0].mean)
    assert (list(mark.get_xdata()), list(mark.get_ydata())) == ([20], [0.52])
    assert tuple(second.get_ydata()) == drawn[1].mean
    low, high = axes.get_ylim()
    assert low < 0.1
    assert high > 0.6


def test_words(curves: Any, result: Any) -> None:
    picture = curves.learning_picture("curve", result)
    FigureCanvasAgg(picture.figure).draw()
    written = "\n".join(text.get_text() for text in picture.figure.findobj(Text))
    for text in (
        "A made-up pool",
        "suggested: there with 20",
        "at $random$",
        "95 % of what all labels give, 0.54",
        "middle half of 7 seeds",
        ".50",
    ):
        assert text in written
    assert picture.alt == (
        "A made-up pool. Mean macro-F1: suggested 0.30 with 10 labels, 0.55 with 30; at $random$ 0.20 with 10 labels, 0.45 with 30. "
        "95 % of the 0.54 that all labels give: suggested with 20."
    )


def test_the_same_bytes_again(curves: Any, result: Any) -> None:
    assert to_png(curves.learning_picture("curve", result)) == to_png(curves.learning_picture("curve", result))
