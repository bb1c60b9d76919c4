"""What holds for every text there is: statements in order, apart, in the article, with nothing but white space between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.actors import Actor, Actors
from stancekit.edits import slice_text
from stancekit.records import Article, Statement
from stancekit.sources.languages import is_english
from stancekit.statements import extract_statements

REGISTRY = Actors(
    actors=[
        Actor(name="Union of Examples", kind="union", aliases=["UoE"]),
        Actor(name="Ann Example", kind="person", aliases=["Example"], organisation="Union of Examples"),
    ],
    nouns={"union": ["union"]},
)
PLANES = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
WITH_SURROGATES = st.text(st.characters(exclude_categories=()), max_size=40)
MARKS = [*"“”‘’\"'«»„`()[].!?…,;:—–-•* ", "''", "``", "...", "[…]", "’s ", "s’ "]
SPACES = ["\n", "\n\n", "\r\n", "\u2028", "\x0c", "\u200b", "\u00a0"]
WORDS = ["said", " said ", "“We lost,”", " he ", " she told ", "The union", "UoE", " Ann Example", "Example", "Mr. ", "U.S. ", "No. 1"]
PHRASES = [
    "p.m.",
    "the report",
    " and the ",
    "who",
    "according to ",
    "Dear all,",
    "Yours sincerely,",
    "Read the full letter:",
    "so-called ",
]
ITEMS = ["1. ", "• ", "a.b", "(a) ", "“[…] "]
PIECES = st.sampled_from([*MARKS, *SPACES, *WORDS, *PHRASES, *ITEMS])
GRAMMAR = st.lists(st.one_of(PIECES, PIECES, PIECES, st.characters(exclude_categories=("Cs",))), max_size=60).map("".join)


def check(text: str, language: str | None = None) -> list[Statement]:
    statements = extract_statements(Article("a", text, language=language), REGISTRY)
    end = 0
    for statement in statements:
        assert end <= statement.start < statement.end <= len(text)
        assert not text[end : statement.start].strip()
        assert slice_text(text, statement.start, statement.end, statement.joined) == statement.text == statement.text.strip()
        assert statement.id == f"a:{statement.start}-{statement.end}"
        assert all(statement.start <= start < stop <= statement.end for start, stop in statement.quotes)
        unheard = statement.kind != "sentence" or not is_english(text, language)
        assert (statement.mode is None) == (statement.speaker is None) == (statement.holder is None) == unheard
        assert statement.kind != "sentence" or any(c.isalnum() for c in statement.text)
        end = statement.end
    assert not text[end:].strip()
    return statements


@settings(max_examples=300, deadline=None)
@given(PLANES)
def test_any_text_of_any_plane(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(WITH_SURROGATES)
def test_lone_surrogates_too(text):
    check(text)


@settings(max_examples=500, deadline=None)
@given(GRAMMAR)
def test_any_row_of_marks_words_and_line_ends(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(GRAMMAR, GRAMMAR)
def test_extraction_is_a_function_of_the_text(first, second):
    before = check(first)
    check(second)
    assert check(first) == before


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\ufeff", "\x00", "”", "“", "’", ".", "…", "“\n”", "“\n“\n“", "\u0301", "𝔘𝔫𝔦", "ǅ said “ǅ”", "İ said “i̇”"]
)
def test_small_texts(text):
    check(text)
