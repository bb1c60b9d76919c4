import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.statements.quotations import find_quotes


def spans(text: str) -> list[tuple[str, str]]:
    return [(text[q.start : q.end], q.type) for q in find_quotes(text)]


def test_all_speech_of_the_gold_reading(seeds, gold_quotes):
    total = 0
    for file, rows in gold_quotes.items():
        found = {(q.start, q.end, q.segments) for q in find_quotes(seeds[file]) if q.is_speech}
        assert found == {(r["start"], r["end"], tuple(map(tuple, r["segments"]))) for r in rows}
        total += len(rows)
    assert total == 58


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The guild said: “We will strike.”", [("“We will strike.”", "direct")]),
        ('The guild said: "We will strike."', [('"We will strike."', "direct")]),
        ("‘We will strike,’ said the guild’s chair.", [("‘We will strike,’", "direct")]),
        ("'We will strike,' said the guild's chair.", [("'We will strike,'", "direct")]),
        ("«We will strike,» the guild said.", [("«We will strike,»", "direct")]),
        ("The guild said it was “beyond angry” about it.", [("“beyond angry”", "partial")]),
        ("The so-called “smart ward” opens soon.", [("“smart ward”", "scare")]),
        (
            "It has three grades, ‘good’ and ‘fair’ among them, the “best of its kind” in Europe, a source said.",
            [("‘good’", "term"), ("‘fair’", "term"), ("“best of its kind”", "partial")],
        ),
        (
            "She said: “They told us ‘wait your turn’ and left.”",
            [("“They told us ‘wait your turn’ and left.”", "direct"), ("‘wait your turn’", "nested")],
        ),
        (
            "She said: \"They told us 'wait your turn' and left.\"",
            [("\"They told us 'wait your turn' and left.\"", "direct"), ("'wait your turn'", "nested")],
        ),
        ("She said: “They told us “no” and left.”", [("“They told us “no” and left.”", "direct"), ("“no”", "nested")]),
    ],
)
def test_quotations_and_their_types(text, expected):
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan of {} is ‘smart’ and cheap.", "term"),
        ("{} rates schools ‘Good,’ or worse.", "term"),
    ],
)
@pytest.mark.parametrize("double", ["The move was “unfair”, a nurse said.", 'The move was "unfair", a nurse said.'])
def test_few_words_in_single_marks_in_a_text_that_has_double_ones(text, expected, double, namer):
    straight = '"' in double
    written = f"{double}\n{text.format(namer.person())}"
    found = spans(written.replace("‘", "'").replace("’", "'") if straight else written)
    assert [kind for _, kind in found] == ["partial", expected]


def test_a_double_quotation_in_single_marks_is_nested():
    text = "The move was “unfair”, a nurse said.\n‘When the minister said, “Trust me,” we did.’"
    assert [kind for _, kind in spans(text)] == ["partial", "direct", "nested"]


def test_quoted_headings_are_no_speech():
    assert spans("‘We were not told’\nThe patients said so.")[0] == ("‘We were not told’", "heading")


@pytest.mark.parametrize(
    "text",
    [
        "The nurses’ pay and the doctors’ pay rose.",
        "It was the ’90s and the '80s again.",
        "Rock 'n' roll isn't dead, it's 'ere.",
        "The judge’s clerk’s note wasn’t read.",
        "He is 6'2\" tall.",
        "O’Example’s and D'Example's houses.",
    ],
)
def test_apostrophes_are_no_quotations(text):
    assert spans(text) == []


def test_a_plural_possessive_inside_single_marks():
    assert spans("‘The nurses’ plan is dead,’ said the guild.") == [("‘The nurses’ plan is dead,’", "direct")]


def test_a_quotation_over_paragraphs_is_one():
    text = "The coach said: “We lost.\n“We deserved it.\n\n“We will learn.”\n“Not us,” said the captain."
    first, second = find_quotes(text)
    assert [text[s:e] for s, e in first.segments] == ["“We lost.", "“We deserved it.", "“We will learn.”"]
    assert text[second.start : second.end] == "“Not us,”"


def test_straight_marks_over_paragraphs():
    text = 'The coach said: "We lost.\n"We deserved it."\nThe crowd left.'
    assert [[text[s:e] for s, e in q.segments] for q in find_quotes(text)] == [['"We lost.', '"We deserved it."']]


def test_a_lost_closer_ends_at_its_paragraph():
    text = "The coach said: “We lost.\nThe crowd left. “Never again,” said one fan."
    assert [text[q.start : q.end] for q in find_quotes(text)] == ["“We lost.", "“Never again,”"]


def test_a_closed_paragraph_and_a_new_one_are_two():
    assert len(find_quotes("The guild was “angry”.\n“It is wrong. It is sad.”")) == 2


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from(list("aB .,\n“”‘’\"'«»s9")), st.characters(exclude_categories=())), max_size=100))
def test_quotations_of_any_text_are_well_formed(text):
    outer_end = 0
    for quote in find_quotes(text):
        assert 0 <= quote.start < quote.end <= len(text)
        assert quote.segments[0][0] == quote.start
        assert quote.segments[-1][1] == quote.end
        assert all(s < e for s, e in quote.segments)
        assert all(a[1] <= b[0] for a, b in zip(quote.segments, quote.segments[1:], strict=False))
        if quote.type != "nested":
            assert quote.start >= outer_end or quote.type == "heading"
            outer_end = quote.end
