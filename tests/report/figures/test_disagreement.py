"""The picture of who confuses what with what: its cells, its words, and that everything can be read."""

from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from stancekit.report.figures.disagreement import MOST, disagreement_picture, draw_disagreement, shown_labels
from stancekit.report.figures.style import FONT, WIDTH, to_png, to_svg


def task(name: str, labels: list[str], pairs: list[tuple[str, str, int]], annotators: int = 2) -> dict[str, Any]:
    return {
        "task": name,
        "labels": labels,
        "n_pairable": sum(n for *_, n in pairs),
        "annotators": {f"annotator_{i}": 9 for i in range(annotators)},
        "pairs": [{"first": a, "second": b, "n": n} for a, b, n in pairs],
    }


STANCE = task("stance", ["oppose", "neutral", "support"], [("oppose", "oppose", 40), ("oppose", "neutral", 7), ("neutral", "oppose", 2)])
CROWD = task("stance", ["oppose", "neutral", "support"], [("oppose", "oppose", 3411), ("oppose", "neutral", 1702)], 9)
HOLDERS = task(
    "holder",
    [f"The Very Long Name of Union Number {i}" for i in range(12)],
    [(f"The Very Long Name of Union Number {i}", f"The Very Long Name of Union Number {i + 1}", 12 - i) for i in range(11)],
)
SAME = task("tone", ["bad", "good"], [("bad", "bad", 5)])
UNREAD = task("frames", ["moral", "money"], [])
RESULT = {"tasks": [STANCE, HOLDERS, SAME, UNREAD]}


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for t in figure.findobj(Text) if t.get_text()]


def cells(result: dict[str, Any]) -> list[str]:
    axes = Figure().add_axes((0.3, 0.3, 0.6, 0.6))
    draw_disagreement(result, axes)
    return [t.get_text() for t in axes.texts]


def test_of_two_annotators_rows_are_the_first_ones_labels() -> None:
    assert cells(STANCE) == ["40", "7", "0", "2", "0", "0", "0", "0", "0"]


def test_of_more_a_pair_stands_below_the_diagonal() -> None:
    assert cells(CROWD) == ["3411", "1702", "0", "0", "0", "0"]


def test_a_task_of_many_labels_shows_those_most_confused() -> None:
    assert shown_labels(HOLDERS) == HOLDERS["labels"][:MOST]
    assert shown_labels(STANCE) == STANCE["labels"]


def test_it_says_what_it_shows() -> None:
    picture = disagreement_picture(RESULT)
    written = texts(picture.figure)
    for text in ("stance", "holder", "9 of 49 pairs of labels differ\nrows: annotator_0; columns: annotator_1"):
        assert text in written
    assert "No disagreement on tone\nLabelled by one annotator at most: frames" in written
    assert any("5 labels of fewer or no disagreements not shown" in text for text in written)
    assert picture.alt.startswith("Who confuses what with what. stance: oppose and neutral 7, neutral and oppose 2; holder: ")


@pytest.mark.parametrize("tasks", [[STANCE, HOLDERS, SAME, UNREAD], [CROWD], [SAME], [UNREAD], [HOLDERS]])
def test_everything_can_be_read(tasks: list[dict[str, Any]]) -> None:
    figure = disagreement_picture({"tasks": tasks}).figure
    assert min(t.get_fontsize() for t in figure.findobj(Text) if t.get_text()) * 358 / (WIDTH * 96) >= 10
    assert round(FONT * 358 / (figure.get_figwidth() * 96), 1) >= 10
    renderer = FigureCanvasAgg(figure).get_renderer()
    box = figure.get_tightbbox(renderer)
    assert min(box.x0, box.y0) >= 0
    assert box.x1 <= figure.get_figwidth()
    assert box.y1 <= figure.get_figheight()
    boxes = [t.get_window_extent(renderer) for t in figure.findobj(Text) if t.get_text() and t.get_visible()]
    overlapping = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.overlaps(b)]
    assert overlapping == []


def test_it_saves_the_same_bytes() -> None:
    picture, again = disagreement_picture(RESULT), disagreement_picture(RESULT)
    assert (to_png(picture), to_svg(picture)) == (to_png(again), to_svg(again))
