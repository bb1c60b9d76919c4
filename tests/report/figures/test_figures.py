"""One contract for every figure: it draws from a small made-up run, says what it shows, and saves the same bytes twice."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from stancekit.report.figures import FIGURES, NAMES, names_figure, pictures
from stancekit.report.figures.style import FONT, WIDTH, Picture, to_png, to_svg
from stancekit.report.view import Counts, folded
from stancekit.report.wording import listed, number, percent, shortened, visible, wrapped

EXPECTED = {
    "comparison": ["words_only", "tuned", "baselines", "majority", "n = 13, 3 articles", "single seeds", "no interval"],
    "ablation": ["words_holder, annotated holder", "words_holder, found holder", "who speaks alone (actor)", "n = 13, 3 articles"],
    "reliability": ["probability of the label", "share right", "n = 13, 3 articles"],
    "coverage": ["words_holder", "tuned", "what the model stands by", "share labelled, the most certain first", "n = 13, 3 articles"],
    "leak": ["words_only", "tuned", "majority (baseline)", "n = 13, 3 articles"],
    "confusion": ["predicted →", "oppose", "rows: annotated; n = 13, 3 seeds added up"],
    "crossed": ["bad", "good", "statements (n = 13)"],
    "holders": ["narrator", "Union <b>Mi</b>; $y$", "statements (n = 13)"],
    "words": ["oppose", "oppose w0", "$z_2$"],
    "disagreement": ["stance", "rows: first; columns: second <b>", "of 13 pairs", "No disagreement on tone"],
}


@pytest.fixture(scope="session")
def metrics(made_up_run: Path) -> dict[str, Any]:
    return json.loads((made_up_run / "metrics.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def drawn(metrics: dict[str, Any]) -> dict[str, Sequence[Picture]]:
    return {name: pictures(name, metrics) for name in FIGURES}


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for t in figure.findobj(Text) if t.get_text()]


def test_every_figure_has_an_expectation() -> None:
    assert set(EXPECTED) == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_pictures_are_called_as_the_registry_says(name: str, metrics: dict[str, Any], drawn: dict[str, Sequence[Picture]]) -> None:
    """By its name a figure of an earlier report is told from somebody's own picture."""
    several = metrics | {"main_schemes": ["kfold", "official_near"]}
    several["scores"] = [s | {"scheme": {"purged": "official_near"}.get(s["scheme"], s["scheme"])} for s in metrics["scores"]]
    for picture in (*drawn[name], *(p for p in pictures(name, several) if p.scheme != "kfold")):
        form = re.escape(NAMES[name]).replace(r"\{scheme\}", "(_official_near)?")
        assert re.fullmatch(re.sub(r"\\{\w+\\}", "[a-z0-9_]+", form), picture.name)
        assert names_figure(picture.name, metrics["tasks"])
        assert not names_figure(picture.name, ["mood"]) or name == "disagreement"


def test_the_registry_names_every_figure() -> None:
    assert set(NAMES) == set(FIGURES)
    assert not any(names_figure(name, ["stance"]) for name in ("", "stance", "photo", "comparison", "comparison_stance_old", "stance_by_x"))


@pytest.mark.parametrize("name", FIGURES)
def test_labels(name: str, drawn: dict[str, Sequence[Picture]]) -> None:
    written = "\n".join(text for picture in drawn[name] for text in texts(picture.figure))
    assert [text for text in EXPECTED[name] if text not in written] == []


@pytest.mark.parametrize("name", FIGURES)
def test_saves_the_same_bytes(name: str, metrics: dict[str, Any], drawn: dict[str, Sequence[Picture]]) -> None:
    first, again = drawn[name][0], pictures(name, metrics)[0]
    svg, png = to_svg(first), to_png(first)
    assert (svg, png) == (to_svg(again), to_png(again))
    assert png.startswith(b"\x89PNG")
    assert b"<dc:date>" not in svg


@pytest.mark.parametrize("name", FIGURES)
def test_readable_on_a_phone(name: str, drawn: dict[str, Sequence[Picture]]) -> None:
    """A figure is shown 358 CSS pixels wide there; an inch is 96 of them."""
    for picture in drawn[name]:
        scale = 358 / (picture.figure.get_figwidth() * 96)
        smallest = min(t.get_fontsize() for t in picture.figure.findobj(Text) if t.get_text())
        assert round(smallest * scale, 1) >= 10


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_cut_off(name: str, drawn: dict[str, Sequence[Picture]]) -> None:
    for picture in drawn[name]:
        box = picture.figure.get_tightbbox(FigureCanvasAgg(picture.figure).get_renderer())
        assert min(box.x0, box.y0) >= 0, picture.name
        assert box.x1 <= picture.figure.get_figwidth(), picture.name
        assert box.y1 <= picture.figure.get_figheight(), picture.name


@pytest.mark.parametrize("name", FIGURES)
def test_says_in_words_what_it_shows(name: str, drawn: dict[str, Sequence[Picture]]) -> None:
    assert drawn[name]
    assert len({picture.name for picture in drawn[name]}) == len(drawn[name])
    for picture in drawn[name]:
        assert re.fullmatch(r"[A-Za-z0-9_-]+", picture.name)
        assert picture.alt.startswith(picture.title)
        assert len(picture.alt) > len(picture.title) + 20


@pytest.mark.parametrize("name", FIGURES)
def test_leaves_matplotlib_as_it_was(name: str, metrics: dict[str, Any]) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    to_svg(pictures(name, metrics)[0])
    assert dict(matplotlib.rcParams) == before


def test_one_task_and_one_scheme(metrics: dict[str, Any]) -> None:
    """A run with less in it has fewer figures, not broken ones."""
    small = metrics | {
        "tasks": {"tone": metrics["tasks"]["tone"]},
        "schemes": {"kfold": "k"},
        "main_schemes": ["kfold"],
        "scores": [s for s in metrics["scores"] if s["task"] == "tone" and s["scheme"] == "kfold"],
        "words": {},
        "agreement": None,
    }
    counts = {name: len(pictures(name, small)) for name in FIGURES}
    assert counts == {"comparison": 1, "leak": 0, "confusion": 1, "crossed": 0, "holders": 1, "words": 0, "disagreement": 0,
                      "ablation": 0, "reliability": 0, "coverage": 0}  # fmt: skip


def test_a_script_that_the_font_lacks_is_no_warning(metrics: dict[str, Any]) -> None:
    statements = [s | {"holder": "教育部"} for s in metrics["statements"]]
    (picture,) = pictures("holders", metrics | {"statements": statements})
    assert to_png(picture)


def test_unknown_figure() -> None:
    with pytest.raises(KeyError, match="no figure is called 'leaks' - did you mean 'leak'"):
        pictures("leaks", {})


def test_importing_the_package_loads_no_matplotlib() -> None:
    code = "import sys, stancekit.report.figures, stancekit.report; assert 'matplotlib' not in sys.modules"
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
