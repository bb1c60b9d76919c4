"""Results as tables: a short `repr`, HTML that shows nothing but text, a DataFrame on request."""

import sys

import pytest

from stancekit.actors import Actors
from stancekit.annotations.items import Item, Queue
from stancekit.annotations.merge import Merged
from stancekit.errors import MissingError
from stancekit.records import Statement
from stancekit.tables import SHOWN
from toy import dataset


def test_a_result_is_short_in_a_terminal_and_a_table_in_a_notebook_and_a_frame() -> None:
    data = dataset()
    assert repr(data) == "<Dataset: toy 1.0.0, 12 statements of 3 articles, tasks stance, tone>"
    assert repr(Merged([], [("a", "stance")], [])) == "<Merged: 0 rows>"
    assert repr(data.codebook) == "<Codebook: toy 1.0.0, tasks stance, tone>"
    assert repr(Actors()) == "<Actors: 0 actors>"
    frame = data.to_frame()
    assert (len(frame), frame["tone"].tolist()) == (12, data.labels("tone"))
    assert data._repr_html_().count("<tr>") == 13


def test_html_shows_text_and_at_most_so_many_rows() -> None:
    queue = Queue(Item(Statement(f"a:{i}-1", "a", i, 1, "<script>"), reason="why") for i in range(SHOWN + 3))
    html = queue._repr_html_()
    assert "<script>" not in html
    assert (html.count("&lt;script&gt;"), html.endswith("<p>… and 3 more</p>")) == (SHOWN, True)
    assert queue == list(queue)


def test_without_pandas_it_is_said_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingError, match=r"needs the package 'pandas': pip install 'stancekit\[pandas\]'"):
        dataset().to_frame()
