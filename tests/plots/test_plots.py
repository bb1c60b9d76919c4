"""One contract for every figure: it draws from a small made-up run, says what it shows, and saves the same bytes twice."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from stancekit.plots import FIGURES, pictures
from stancekit.plots.rows import Counts, folded
from stancekit.plots.style import FONT, WIDTH, save, to_png, to_svg
from stancekit.plots.wording import listed, number, percent, shortened, visible, wrapped

EXPECTED = {
    "comparison": ["words_only", "tuned", "baselines", "majority", "n = 13, 3 articles", "single seeds", "no interval"],
    "leak": ["words_only", "tuned", "majority (baseline)", "n = 13, 3 articles"],
    "confusion": ["predicted →", "oppose", "rows: annotated; n = 13, 3 seeds added up"],
    "crossed": ["bad", "good", "statements (n = 13)"],
    "holders": ["narrator", "Union <b>Mi</b>; $y$", "statements (n = 13)"],
    "words": ["oppose", "oppose w0", "$z_2$"],
}


@pytest.fixture(scope="session")
def metrics(made_up_run: Path) -> dict[str, Any]:
    return json.loads((made_up_run / "metrics.json").read_text(encoding="utf-8"))


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for t in figure.findobj(Text) if t.get_text()]


def test_every_figure_has_an_expectation() -> None:
    assert set(EXPECTED) == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_labels(name: str, metrics: dict[str, Any]) -> None:
    written = "\n".join(text for picture in pictures(name, metrics) for text in texts(picture.figure))
    assert [text for text in EXPECTED[name] if text not in written] == []


@pytest.mark.parametrize("name", FIGURES)
def test_saves_the_same_bytes(name: str, metrics: dict[str, Any], tmp_path: Path) -> None:
    for first, second in zip(pictures(name, metrics), pictures(name, metrics), strict=True):
        assert to_svg(first) == to_svg(second) == to_svg(first)
        assert to_png(first) == to_png(second)
        assert b"<dc:date>" not in to_svg(first)
        save(first, tmp_path)
        assert (tmp_path / f"{first.name}.png").read_bytes().startswith(b"\x89PNG")
        assert (tmp_path / f"{first.name}.svg").read_bytes() == to_svg(first)


@pytest.mark.parametrize("name", FIGURES)
def test_readable_on_a_phone(name: str, metrics: dict[str, Any]) -> None:
    """A figure is shown 358 CSS pixels wide there; a point is 4/3 of a pixel."""
    for picture in pictures(name, metrics):
        scale = 358 / (picture.figure.get_figwidth() * 96)
        smallest = min(t.get_fontsize() for t in picture.figure.findobj(Text) if t.get_text())
        assert round(smallest * scale, 1) >= 10


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_cut_off(name: str, metrics: dict[str, Any]) -> None:
    for picture in pictures(name, metrics):
        canvas = picture.figure.bbox
        renderer = picture.figure._get_renderer()  # type: ignore[attr-defined]
        for text in picture.figure.findobj(Text):
            # Tick labels outside the axis limits exist but are not drawn.
            if text.get_text() and text.get_visible() and text.axes is None or text in getattr(text.axes, "texts", []):
                box = text.get_window_extent(renderer)
                assert box.x0 >= canvas.x0 - 1, text
                assert box.x1 <= canvas.x1 + 1, text
                assert box.y0 >= canvas.y0 - 1, text
                assert box.y1 <= canvas.y1 + 1, text


@pytest.mark.parametrize("name", FIGURES)
def test_says_in_words_what_it_shows(name: str, metrics: dict[str, Any]) -> None:
    found = list(pictures(name, metrics))
    assert found
    assert len({picture.name for picture in found}) == len(found)
    for picture in found:
        assert re.fullmatch(r"[A-Za-z0-9_-]+", picture.name)
        assert picture.alt.startswith(picture.title)
        assert len(picture.alt) > len(picture.title) + 20


@pytest.mark.parametrize("name", FIGURES)
def test_leaves_matplotlib_as_it_was(name: str, metrics: dict[str, Any]) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    for picture in pictures(name, metrics):
        to_svg(picture)
    assert dict(matplotlib.rcParams) == before


def test_one_task_and_one_scheme(metrics: dict[str, Any]) -> None:
    """A run with less in it has fewer figures, not broken ones."""
    small = metrics | {
        "tasks": {"tone": metrics["tasks"]["tone"]},
        "schemes": {"kfold": "k"},
        "scores": [s for s in metrics["scores"] if s["task"] == "tone" and s["scheme"] == "kfold"],
        "words": {},
    }
    counts = {name: len(pictures(name, small)) for name in FIGURES}
    assert counts == {"comparison": 1, "leak": 0, "confusion": 1, "crossed": 0, "holders": 1, "words": 0}


def test_a_script_that_the_font_lacks_is_no_warning(metrics: dict[str, Any]) -> None:
    statements = [s | {"holder": "教育部"} for s in metrics["statements"]]
    (picture,) = pictures("holders", metrics | {"statements": statements})
    assert to_png(picture)


def test_unknown_figure() -> None:
    with pytest.raises(KeyError, match="no figure is called 'leaks' - did you mean 'leak'"):
        pictures("leaks", {})


def test_importing_the_package_loads_no_matplotlib() -> None:
    code = "import sys, stancekit.plots, stancekit.report; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_folded_sums_the_rest() -> None:
    counts = Counts(tuple("abcd"), ("x", "y"), ((4, 0), (2, 1), (1, 0), (0, 1)))
    assert folded(counts, 2) == Counts(("a", "b", "2 others"), ("x", "y"), ((4, 0), (2, 1), (1, 1)))
    assert folded(counts, 3) == counts


def test_wording() -> None:
    assert visible("a\u202eb\x07\n") == "a[U+202E]b[U+0007]\n"
    assert [number(v) for v in (None, 0.41849, -0.5, -0.0001)] == ["–", "0.418", "\u22120.500", "0.000"]
    assert (percent(1, 3), percent(0, 0)) == ("33 %", "–")
    assert shortened("abcdef", 4) == "abc…"
    assert wrapped("collective_action", 10) == "collective\naction"
    assert [listed(n) for n in ([], ["a"], ["a", "b", "c"])] == ["none", "a", "a, b and c"]


def test_font_and_width_belong_together() -> None:
    assert FONT * 358 / (WIDTH * 96) >= 10
