"""Edits: what they make of a text, where a place in it comes from, and edits of edited text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stancekit.edits import Edit, Edited, are_edits, slice_text

TEXTS = st.text("abc \n", max_size=30)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [span for span in pairwise(places) if draw(st.booleans())]
    return [(start, end, draw(st.text("XYZ", max_size=3))) for start, end in spans]


def applied(text: str, edits: list[Edit]) -> str:
    """Apply edits from the last to the first, which needs no mapping."""
    for start, end, replacement in reversed(edits):
        text = text[:start] + replacement + text[end:]
    return text


@given(st.data(), TEXTS)
def test_the_text_is_the_source_with_each_edit_applied(data: st.DataObject, source: str) -> None:
    edits = data.draw(edits_of(source))
    assert Edited(source, edits).text == applied(source, edits) == slice_text(source, 0, len(source), edits)
    assert are_edits([list(edit) for edit in edits], 0, len(source))


@given(st.data(), TEXTS)
def test_a_span_comes_from_where_its_edits_give_its_text(data: st.DataObject, source: str) -> None:
    edited = Edited(source, data.draw(edits_of(source)))
    start, end = sorted(data.draw(st.lists(st.integers(0, len(edited.text)), min_size=2, max_size=2, unique=True), "span")) \
        if len(edited.text) > 1 else (0, 0)  # fmt: skip
    if start == end:
        return
    first, last = edited.span(start, end)
    assert 0 <= first < last <= len(source)
    found = slice_text(source, first, last, edited.within(first, last))
    before = len(slice_text(source, 0, first, edited.within(0, first)))
    assert edited.text[start:end] in found
    assert edited.text[before : before + len(found)] == found
    cuts = [(a, b) for (a, b) in edited._places if a < start < b or a < end < b]
    assert found == edited.text[start:end] or cuts  # more of it only where a replacement was cut into


@given(st.data(), TEXTS)
def test_further_edits_of_the_edited_text_are_edits_of_the_source(data: st.DataObject, source: str) -> None:
    first = Edited(source, data.draw(edits_of(source)))
    further = data.draw(edits_of(first.text))
    both = first.then(further)
    assert both.text == applied(first.text, further) == applied(source, list(both.edits))
    assert are_edits([list(edit) for edit in both.edits], 0, len(source))
    third = data.draw(edits_of(both.text))
    assert both.then(third).text == applied(both.text, third)


def test_what_was_deleted_at_an_end_is_left_out_and_what_was_replaced_is_taken_whole() -> None:
    edited = Edited("<b>No</b> &amp; yes", [(0, 3, ""), (5, 9, ""), (10, 15, "&")])
    assert edited.text == "No & yes"
    assert edited.span(0, 2) == (3, 5)
    assert edited.span(0, 4) == (3, 15)
    assert edited.within(3, 15) == ((5, 9, ""), (10, 15, "&"))
    assert edited.then([(1, 6, "ever")]).edits == ((0, 3, ""), (4, 17, "ever"))


def test_what_is_no_list_of_edits_is_known_as_such() -> None:
    for value in (None, {}, [[1, 2]], [[1, 2, 3]], [[True, 2, ""]], [[2, 2, "a"]], [[3, 4, ""], [1, 2, ""]], [[0, 9, ""]], [["1", 2, ""]]):
        assert not are_edits(value, 1, 5)
    assert are_edits([[1, 2, " "], [2, 5, ""]], 1, 5)
