"""How every figure looks, and how it is saved: the same input gives the same bytes."""

import io
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from stancekit.report.wording import shortened

# On a phone a figure is shown about 358 CSS pixels wide: at 4.6 inches, 12.5 points come out as 10.
WIDTH = 4.6
FONT = 12.5
LINE = 0.27  # inches a line of text takes
CHARACTERS = 45  # of FONT in a line of full width

# Okabe and Ito (2008), Color Universal Design; yellow and black left out, for lack of contrast and for text.
BLUE, VERMILLION, GREEN, ORANGE, SKY, PURPLE = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9", "#CC79A7"
INK, GREY, FAINT = "#1a1a1a", "#595959", "#d9d9d9"
FILLS = (VERMILLION, FAINT, BLUE, ORANGE, GREEN, PURPLE, SKY)
HATCHES = ("", "//", "xx", "\\\\", "..", "--", "++")

_RC: dict[str, Any] = {
    "font.family": "DejaVu Sans", "font.size": FONT, "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": GREY,
    "xtick.color": INK, "ytick.color": INK, "axes.labelsize": FONT, "xtick.labelsize": FONT, "ytick.labelsize": FONT,
    "legend.fontsize": FONT, "axes.spines.top": False, "axes.spines.right": False, "figure.facecolor": "white",
    "axes.facecolor": "white", "savefig.facecolor": "white", "hatch.linewidth": 0.8, "svg.fonttype": "path",
    "svg.hashsalt": "stancekit", "path.simplify": False,
    # Labels and words come from data: a dollar sign is a dollar sign.
    "text.parse_math": False, "text.usetex": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure. `name` is its file name without the ending; `alt` says in words what it shows.

    `task`, `recipe` and `scheme` say what it is of, where it is of one.
    """

    name: str
    title: str
    alt: str
    figure: Figure
    task: str = ""
    recipe: str = ""
    scheme: str = ""


@contextmanager
def styled() -> Iterator[None]:
    """Set the look of every figure, over matplotlib's own defaults, whatever the user's settings are."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_RC)
        yield


def canvas(
    title: str, body: float, *, keys: float = 0, foot: float = 0.75, left: float = 0.15, right: float = 0.15, across: float = WIDTH
) -> tuple[Figure, Axes]:
    """Make a figure with axes `body` inches high; their y-axis counts inches from the top.

    Parameters
    ----------
    keys : lines of legend or labels between title and axes. foot, left, right : margins in inches. across : width in inches.
    """
    lines = textwrap.wrap(title, int(CHARACTERS * across / WIDTH) - 6)
    head = 0.12 + LINE * (len(lines) + keys) + (0.16 if keys else 0.08)
    height = head + body + foot
    figure = Figure(figsize=(across, height))
    axes = figure.add_axes((left / across, foot / height, (across - left - right) / across, body / height))
    figure.text(0.1 / across, 1 - 0.1 / height, "\n".join(lines), va="top", ha="left", weight="bold", size=FONT + 0.5, linespacing=1.3)
    axes.set_ylim(body, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    return figure, axes


def legend(axes: Axes, handles: list[Any], columns: int, *, length: float = 1.4) -> None:
    """Put keys in the room that `canvas` left for them, above the axes; `length` of a handle in letters, for lines of several dashes."""
    axes.legend(
        handles=handles, ncols=columns, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, borderaxespad=0.4,
        handlelength=length, columnspacing=1.0, handletextpad=0.5, borderpad=0.1, labelspacing=0.35,
    )  # fmt: skip


def heading(axes: Axes, y: float, text: str, right: str = "") -> None:
    """Write a row's name on a line of its own, so that it never squeezes the picture; `right` stands at its end."""
    room = CHARACTERS - (len(right) + 2 if right else 0)
    axes.text(0, y, shortened(text, room), transform=axes.get_yaxis_transform(), va="center", ha="left")
    if right:
        axes.text(1, y, right, transform=axes.get_yaxis_transform(), va="center", ha="right", color=GREY)


def unit_axis(axes: Axes, label: str) -> None:
    """Set an x-axis from 0 to 1 with a light grid."""
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".5", ".75", "1"])
    axes.set_xlabel(label)
    axes.grid(axis="x", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)


def to_svg(picture: Picture) -> bytes:
    return _saved(picture, "svg", {"Date": None, "Creator": None})


def to_png(picture: Picture) -> bytes:
    return _saved(picture, "png", {"Software": None})


def _saved(picture: Picture, kind: str, metadata: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    with styled(), warnings.catch_warnings():
        # A script that the font lacks is drawn as boxes; the table beside the figure has the text.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        picture.figure.savefig(out, format=kind, dpi=150, metadata=metadata)
    return out.getvalue()
