import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.segmentation.segment import segment


def sentences(text: str) -> list[str]:
    return [text[u.start : u.end] for u in segment(text)]


def kinds(text: str) -> list[str]:
    return [u.kind for u in segment(text)]


def test_all_units_of_the_gold_reading(seeds, gold_statements):
    for file, rows in gold_statements.items():
        text = seeds[file]
        found = {(u.start, u.end): u.kind for u in segment(text) if u.kind != "boilerplate"}
        assert found == {(r["start"], r["end"]): "sentence" if r["kind"] == "sentence" else "heading" for r in rows}
    assert sum(map(len, gold_statements.values())) == 140


def test_five_boilerplate_lines_in_the_seeds(seeds):
    found = [text[u.start : u.end] for text in seeds.values() for u in segment(text) if u.kind == "boilerplate"]
    assert found == ["Your thoughts", "First published 18 September 2025", *["Your thoughts"] * 3]


@pytest.mark.parametrize(
    "text",
    [
        "Mr Harrow met Dr. Quill at St. Agnes Hospital on Sept. 3 at No. 10.",
        "The U.K. Treasury and the U.S. Senate agreed, e.g. on tax.",
        "J. R. Harrow and Mary K. Quill signed it.",
        "It cost $3.5 million, or £2.1m, at 4.5 per cent.",
        "See www.example.org/a.b?c=d! or mail a.b@example.org for more",
        "He waited... and waited… and left.",
        "“Why?” she said.",
        "“Will it work?” asked the union.",
        "“Is this the end?” Dr Harrow asked.",
        '"Stop!" the coach shouted.',
        "The plan (see p. 12 of the report) is dead.",
        "Acme Inc. said so at 5 p.m. London time.",
        "Harrow v. Quill was heard in the High Court.",
        "She is 5 ft. 6 in. tall.",
        "My right hon. Friend told the hon. Member and the rt. hon. Lady so in col. 12.",
    ],
)
def test_one_sentence_stays_one(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["It ended.", "They left."],
        ["“It is over,” she said.", "“We lost.”"],
        ['"It\'s over," the coach said.', '"We lost."'],
        ["They came from the U.K.", "The rest did not."],
        ["It closed at 5 p.m.", "Nobody minded."],
        ["The club gave no reason…", "Fans were furious."],
        ["“We will appeal.", "This is wrong.”", "The court adjourned."],
        ["(He had left.)", "Then it rained."],
        ["“Is that all?”", "The room fell silent."],
        ["It grew.", "£2m was lost."],
        ["What now?", "Who knows!", "Nobody."],
        ["The union’s plan was Plan B.", "The board rejected it."],
        ["He read out ‘nothing left to lose.’”", "Then he left."],
    ],
)
def test_sentences_are_parted(parts):
    assert sentences(" ".join(parts)) == parts


def test_every_kind_of_line_end_is_a_hard_break():
    assert sentences("One is here.\r\nTwo is\rThree is.\u2028Four is.\n\n\n  Five is.  ") == [
        "One is here.",
        "Two is",
        "Three is.",
        "Four is.",
        "Five is.",
    ]


def test_headings_stand_before_prose_without_a_stop():
    text = "Hospital trust faces inquiry\nThe regulator has opened an inquiry.\n‘We were not told’\nPatients said so."
    assert kinds(text) == ["heading", "sentence", "heading", "sentence"]


def test_a_lost_full_stop_is_still_prose():
    text = "“We are sorry for all that has happened to the families in our care\n“We will do better.”\nThe trust did not say how"
    assert kinds(text) == ["sentence"] * 3


def test_letters_have_a_marker_and_a_salutation():
    text = "Read the full letter:\nDear members of the committee,\nWe write to you about the ward.\nYours sincerely,\nThe staff"
    assert kinds(text)[:4] == ["heading", "heading", "sentence", "heading"]


def test_list_items_are_sentences_with_or_without_marks():
    assert kinds("The guild wants:\n• a cap on hours\n• more staff\nNo reply has come.") == ["heading"] + ["sentence"] * 3
    assert kinds("The guild said it wants:\n1. A cap on hours\n2. More staff\nNo reply has come.") == ["sentence"] * 4


def test_a_cue_before_a_colon_is_no_heading():
    assert kinds("The coach said:\n“We lost.”") == ["sentence", "sentence"]


@pytest.mark.parametrize(
    "line",
    [
        "Your thoughts",
        "Have your say",
        "First published 3 May 2024",
        "Updated: 12 June 2023",
        "Read more",
        "Read more: Rail strike latest",
        "Share this",
        "Advertisement",
        "Sign up for our newsletter",
        "Follow us on Instagram",
        "12 comments",
        "3 hours ago",
        "* * *",
        "© The Courier 2024. All rights reserved.",
        "Image: Press Agency",
        "Comments are closed.",
        "18 September 2025",
        "4 min read",
    ],
)
def test_boilerplate(line):
    assert kinds(f"The court rose.\n{line}\nThe judge left.") == ["sentence", "boilerplate", "sentence"]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell sharply.",
        "Comments by the coach caused anger.",
        "Published figures show a rise.",
        "Related claims were dropped.",
        "More on this will follow in court.",
        "Follow the money, he said.",
        "Read the report and weep, she said.",
    ],
)
def test_prose_that_begins_like_a_button(line):
    assert kinds(line) == ["sentence"]


ANY_TEXT = st.text(
    alphabet=st.one_of(st.sampled_from(list("aAIx .!?…\n\r“”‘’\"'()—:;,0£")), st.characters(exclude_categories=())), max_size=120
)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
def test_units_partition_any_text(text):
    end = 0
    for unit in segment(text):
        assert end <= unit.start < unit.end <= len(text)
        assert not text[end : unit.start].strip()
        assert text[unit.start : unit.end] == text[unit.start : unit.end].strip()
        end = unit.end
    assert not text[end:].strip()


def steps(call: Callable[[], Any]) -> int:
    """Lines of Python executed by a call: a measure of work that no clock disturbs."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


PATTERNS = [
    "The guild said it would “fight on”. ",
    "said ",
    "“a ",
    "'a ",
    '"a ',
    "a’ ",
    "Aa. ",
    "A, ",
    "( ",
    "...",
    "x",
    "the union said ",
    "Abc Def, ",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_work_grows_in_line_with_one_long_line(pattern):
    small, large = (pattern * (size // len(pattern)) for size in (6_000, 24_000))
    work = [steps(lambda text=text: extract_statements(Article("a", text))) for text in (small, large)]
    assert work[1] <= 4.6 * work[0] + 2_000
