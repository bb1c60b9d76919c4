"""Quotation spans in unseen paragraphs, in the punctuation of both sides of the Atlantic and of older wires."""

import pytest
from naming import Namer
from spans import SPANS
from unmarking import fill, quotations

from stancekit.statements.quotations import find_quotes
from stancekit.statements.text.quotation_spans import find_quotations


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("custom", SPANS)
def test_quotations_are_found_as_a_reader_finds_them(custom, seed):
    for template in SPANS[custom]:
        text, spans = quotations(fill(template, Namer(seed)))
        assert {(q.start, q.end, q.is_speech) for q in find_quotes(text)} == spans, text


def test_segments_are_the_lines_of_a_quotation():
    text = "They said: “One.\n“Two, ‘three’.\nFour.”\nFive."
    outer = next(q for q in find_quotations(text, [(0, 16), (17, 31), (32, 38), (39, 44)]) if not q.nested)
    assert [text[s:e] for s, e in outer.segments] == ["“One.", "“Two, ‘three’.", "Four.”"]


def test_a_closer_too_far_away_closes_nothing():
    text = "They said: “One.\n" + "Two.\n" * 9 + "Three.”\n"
    assert [text[q.start : q.end] for q in find_quotes(text)] == ["“One."]
    assert len(find_quotes(text.replace("Two.\n" * 9, "Two.\n" * 7))[0].segments) == 9


@pytest.mark.parametrize("run", ["“““", '"""', "'''", "’’’’", "```"])
def test_rows_of_marks_are_decoration(run):
    assert find_quotes(f"It ended.\n{run}\nIt {run} began {run} again.") == []
