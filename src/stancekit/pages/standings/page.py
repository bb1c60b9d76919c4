"""Summary page: one HTML file with labels counted by actor, month, issue and outlet, and the statements behind each figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from stancekit.pages.frame import web_page

SCRIPTS = ("tally.js", "state.js", "marks.js", "bars.js", "grids.js", "opened.js", "page.js")
"""Read in this order into one module."""


def standings_page(data: Mapping[str, Any], *, title: str, note: str, claims: Sequence[str]) -> str:
    """Write a self-contained page; the same arguments give the same bytes.

    Nothing on it can load or reach the network; its filters stand in the link, after `#`.

    Parameters
    ----------
    data : what `summary.encode.Encoder` gives.
    note : stands above everything, as where the coverage is invented; empty for none.
    claims : what the figures may be taken for: the first stands at the top, the others under it.
    """
    return web_page(
        "stancekit.pages.standings", title=title, scripts=SCRIPTS, data={"title": title, "note": note, "claims": claims, **data}
    )
