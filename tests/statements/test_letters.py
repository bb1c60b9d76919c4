"""Letters without quotation marks: where they begin and end, who signed them, and what is no letter though it looks like one."""

from itertools import product

import pytest
from naming import Namer

from stancekit.records import Article, Statement
from stancekit.statements import extract_statements

NAMES = Namer(7)
A, B, TOWN, PLACE = NAMES.person(), NAMES.person(), NAMES.word(3), NAMES.word(3)
BODY = (
    "We have waited nine years for a crossing on this road. Nobody has told us why it is late.\nI ask the council to think again.",
    "The plan for the meadow pleases nobody. My neighbours and I were never asked.\nOur path is to go.\nIt must not.",
    "As a midwife of thirty years, I read of the ward’s closing with dismay; the words “clinical reasons” tell us little.",
)
OPENINGS = ("", "Letter to the editor\n", "Letters: a road and a ward\n", "Dear Sir\n", "Dear Editor,\n", "Sir,\n")
REPORT = (
    "The ward will close in May, the trust said on Monday. Patients were told last week.\n"
    "“We had no choice,” its chair said. “I am sorry.”\nThe council votes on it next week."
)


def read(text: str) -> list[Statement]:
    return extract_statements(Article("a", text))


def letters(text: str) -> list[tuple[str, str | None]]:
    """(speaker, organisation) of each letter in turn."""
    return list(dict.fromkeys((s.speaker or "", s.organisation) for s in read(text) if s.mode == "letter"))


@pytest.mark.parametrize(
    ("signature", "organisation"),
    [
        (A, None),
        (f"{A}, {TOWN}", None),
        (f"{A}\n{TOWN}", None),
        (f"Dr {A}, headteacher, {TOWN} Primary School", f"{TOWN} Primary School"),
        (f"{A}\nChair of governors\n{TOWN} Academy Trust", f"{TOWN} Academy Trust"),
    ],
)
def test_a_letter_is_signed_in_any_form(signature: str, organisation: str | None) -> None:
    for body, opening, closing in product(BODY, OPENINGS, ("", "Yours faithfully,\n", "Kind regards\n")):
        found = read(opening + body + "\n" + closing + signature)
        sentences = [s for s in found if s.kind == "sentence"]
        assert " ".join(s.text for s in sentences) == body.replace("\n", " ")
        assert {(s.mode, s.speaker, s.organisation) for s in sentences} == {("letter", A, organisation)}
        assert [s.text for s in found if s.kind == "heading"] == (opening + closing + signature).splitlines()


def test_joint_signatories_are_all_heard():
    end = f"{A}, general secretary, {TOWN} Teachers’ Union\n{B}, chair, {PLACE} Governors’ Association"
    assert letters(f"{BODY[0]}\n{end}")[0][0] == f"{A}; {B}"
    assert letters(f"{BODY[0]}\nYours,\nYours sincerely,\n{A} and {B}, {TOWN} Trust") == [(f"{A}; {B}", f"{TOWN} Trust")]


@pytest.mark.parametrize("opening", ["Letters to the editor\n", ""])
def test_a_page_of_letters(opening):
    text = f"{opening}{BODY[0]}\n{A}, {TOWN}\n{BODY[1]}\n{B}, {PLACE}"
    assert letters(text) == [(A, None), (B, None)]
    assert {s.mode for s in read(text) if s.kind == "sentence"} == {"letter"}


def test_on_a_page_of_letters_one_need_not_say_i_and_may_withhold_its_name():
    page = f"Readers’ letters\n{BODY[0]}\n{A}\n{TOWN}\nBins overflow\nThe bins are never emptied. The council must act.\n{{end}}"
    assert letters(page.format(end=f"{B}, {PLACE}")) == [(A, None), (B, None)]
    assert letters(page.format(end="Name and address supplied")) == [(A, None), ("letter writers", None)]


@pytest.mark.parametrize("lead", ["The union has written to the minister.\n", "The union’s open letter says:\n"])
def test_the_article_around_a_letter_is_no_part_of_it(lead):
    after = "\nThe minister has not replied. A vote is due."
    for signature in (f"Yours faithfully,\n{A}", f"Yours faithfully,\n{A}, general secretary, {TOWN} Union"):
        found = read(f"{lead}{BODY[0]}\n{signature}{after}")
        assert [s.mode == "letter" for s in found if s.kind == "sentence"] == [False, True, True, True, False, False]


def test_a_letter_with_a_salutation_ends_with_a_name_and_place():
    found = read(f"A reader has written.\nDear Sir,\n{BODY[0]}\n{A}, {TOWN}\nThe trust has not replied. It meets in May.")
    assert [s.mode == "letter" for s in found if s.kind == "sentence"] == [False, True, True, True, False, False]
    assert letters("\n".join(s.text for s in found)) == [(A, None)]


def test_sub_headings_do_not_end_a_letter():
    text = f"Dear parents,\n{BODY[0]}\nSchool Meals\nWe will charge for meals at school.\n{{end}}{A}\nHeadteacher"
    for end in ("", "Yours sincerely,\n"):
        assert {(s.mode, s.speaker) for s in read(text.format(end=end)) if s.kind == "sentence"} == {("letter", A)}


@pytest.mark.parametrize(
    "text",
    [
        f"{REPORT}\n{A}",
        f"{REPORT}\n{A}, {TOWN}",
        f"By {A}\n{REPORT}",
        f"{REPORT}\nWe have asked the trust for comment.\n{A}",
        f"“We are tired of it,” one said.\n“I had no choice,” said a nurse. “My ward is shut.”\n{A}, {TOWN}",
        f"{BODY[0]}\n{A}, education correspondent",
        f"{BODY[0]}\n{A}, pictured in {TOWN}, has run the school for years",
        f"{BODY[0]}\nSchool Meals\n{BODY[1]}\nThe meals at the school are dear.",
        f"{BODY[0]}\n{A}, headteacher\n{BODY[1]}",  # under a picture in a column
        f"{BODY[0]}\nThe council, {TOWN}",
        f"{BODY[0]}\n{A} said no",
    ],
)
def test_what_is_no_letter(text):
    assert not letters(text)
