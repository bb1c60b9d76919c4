"""Sentences of unseen paragraphs on other beats, whoever is named in them."""

import pytest
from cuts import CUTS, LINES
from hypothesis import given
from hypothesis import strategies as st
from naming import Namer
from unmarking import fill

from stancekit.statements.segmentation.segment import segment

NAMES = range(4)


@pytest.mark.parametrize("seed", NAMES)
@pytest.mark.parametrize("beat", CUTS)
def test_paragraphs_are_cut_where_a_reader_cuts_them(beat, seed):
    for template in CUTS[beat]:
        check(fill(template, Namer(seed)))


@pytest.mark.parametrize("seed", NAMES)
@pytest.mark.parametrize("layout", LINES)
def test_lines_are_cut_too(layout, seed):
    check(fill(LINES[layout], Namer(seed)))


def check(marked: str) -> None:
    text = marked.replace("|", "")
    assert [text[u.start : u.end] for u in segment(text)] == [part.strip() for part in marked.split("|") if part.strip()]


@given(st.permutations([template for beat in CUTS.values() for template in beat if "|" in template]), st.integers(0, 50))
def test_a_paragraph_is_cut_alike_wherever_it_stands(templates, seed):
    parts = [fill(template, Namer(seed)) for template in templates[:4]]
    check("|\n\n".join(parts))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Acme Inc.", "Chief executive"),
        ("the U.K.", "Supreme Court"),
        ("at 9 p.m.", "Tuesday"),
        ("at No.", "10"),
        ("a boy of 5ft.", "2in."),
        ("in Sept.", "2021"),
        ("Mrs.", "Harrow"),
        ("St.", "Just"),
        ("J.", "Quill"),
        ("Lt.-Gov.", "Harrow"),
        ("Edwin Q.", "“Bud” Harrow"),
        ("Acme Inc.", "(“Acme”) shares"),
        ("Yahoo!", "Sports"),
        ("a plan [...]", "Harrow liked"),
    ],
)
def test_what_keeps_its_stop(before, after):
    text = f"They saw {before} {after} today."
    assert len(segment(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["Example.Com fell.", "Node.Js failed.", "v2.The", "It costs £1.The", "a.b.The end", "www.Example.The end"],
)
def test_a_name_with_a_stop_in_it_is_not_cut(text):
    assert len(segment(text)) == 1
