"""Lists that a report leads in to, an item a line."""

import pytest
from naming import Namer

from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.segmentation.lists import introduction, is_item, leads_in
from stancekit.statements.segmentation.segment import segment

BULLETS = ["• ", "- ", "– ", "* ", "·", "1. ", "(a) "]


def read(text: str) -> list[tuple[str, str | None, int]]:
    """Speaker, mode and number of quotations of each sentence."""
    found = extract_statements(Article("a", text))
    return [(s.speaker or "", s.mode, len(s.quotes)) for s in found if s.kind == "sentence"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("bullet", BULLETS)
@pytest.mark.parametrize(
    "lead",
    [
        "{} called for:",
        "{}, which has 900 members, called for:",
        "{} is demanding:",
        "{} said:",
    ],
)
def test_the_items_have_the_speaker_of_what_leads_in_to_them(lead, bullet, seed):
    guild = f"{Namer(seed).word()} Guild"
    item, plain = f"{bullet}“an end to the culture of fear”", f"{bullet}better pay."
    found = read(f"The {lead.format(guild)}\n{item}\n{plain}\nMinisters declined.")[-3:]
    assert [speaker for speaker, _, _ in found] == [guild, guild, "narrator"]
    assert [quotes for _, _, quotes in found] == [1, 0, 0]
    assert found[1][1] == "indirect"


def test_few_words_in_marks_are_speech_in_such_a_list():
    assert [quotes for _, _, quotes in read("The Rail Guild called for:\n• “a new pool”\n• “a rise”")][-2:] == [1, 1]


def test_an_item_may_have_a_speaker_of_its_own(namer):
    a, b = namer.person(), namer.person()
    text = f"{a} called for:\n• “a new pool”\n• {b}, the mayor, said: “No.”\n• “a new park”"
    assert [speaker for speaker, _, _ in read(text)] == [a, b, a]


def test_the_sentence_after_knows_who_led_in(namer):
    a = namer.person()
    assert read(f"{a} called for:\nShe said: “Now.”") == [(a, "direct", 1)]


def test_a_list_that_nobody_speaks_is_the_narrators():
    assert {speaker for speaker, _, _ in read("What happens next:\n• The pool will close.\n• The park will open.")} == {"narrator"}


def test_a_heading_in_a_letter_has_no_speaker():
    found = extract_statements(Article("a", "Dear all,\nRead the full letter:"))
    assert {s.speaker for s in found if s.kind != "sentence"} <= {None}


def test_introductions_and_items():
    text = "The Rail Guild called for:\n• a pool\n• a park\nIt got none.\n• Late"
    units = segment(text)
    assert [leads_in(text, unit) for unit in units] == [True, False, False, False, False]
    assert [is_item(text, unit) for unit in units] == [False, True, True, False, True]
    assert [introduction(text, units, n) for n in range(5)] == [0, 0, 0, 3, 4]
