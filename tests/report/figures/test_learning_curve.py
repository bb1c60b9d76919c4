"""Learning curves: every number is drawn where it belongs, and said in words."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from stancekit.report.figures.learning_curve import Curve, LearningCurves, learning_picture
from stancekit.report.figures.style import to_png

FIRST = Curve("suggested", (10, 20, 30), (0.3, 0.52, 0.55), (0.25, 0.48, 0.5), (0.35, 0.56, 0.6), reached=20)
SECOND = Curve("at $random$", (10, 20, 30), (0.2, 0.3, 0.45), (0.1, 0.2, 0.4), (0.3, 0.4, 0.5))
RESULT = LearningCurves("A made-up pool", "macro-F1", 7, 0.54, 0.95, (FIRST, SECOND))


def test_lines_level_and_mark() -> None:
    axes = learning_picture("curve", RESULT).figure.axes[0]
    level, first, mark, second = axes.lines
    np.testing.assert_allclose(level.get_ydata(), 0.95 * 0.54)
    assert (tuple(first.get_xdata()), tuple(first.get_ydata())) == (FIRST.labels, FIRST.mean)
    assert (list(mark.get_xdata()), list(mark.get_ydata())) == ([20], [0.52])
    assert tuple(second.get_ydata()) == SECOND.mean
    low, high = axes.get_ylim()
    assert low < 0.1
    assert high > 0.6


def test_words() -> None:
    picture = learning_picture("curve", RESULT)
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


def test_the_same_bytes_again() -> None:
    assert to_png(learning_picture("curve", RESULT)) == to_png(learning_picture("curve", RESULT))
