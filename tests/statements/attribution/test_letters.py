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
OPENINGS = ("Dear Sir\n", "Dear Editor,\n", "Sir,\n")
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
    assert letters(f"Dear Sir,\n{BODY[0]}\n{end}")[0][0] == f"{A}; {B}"
    assert letters(f"Dear Sir,\n{BODY[0]}\nYours,\nYours sincerely,\n{A} and {B}, {TOWN} Trust") == [(f"{A}; {B}", f"{TOWN} Trust")]


@pytest.mark.parametrize("lead", ["The union has written to the minister.\nDear Minister,\n", "The union’s open letter says:\n"])
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


UNION, GUILD = f"{NAMES.word(3)} Guild", f"{NAMES.word(3)} Union"
SAYINGS = [
    "Staff were furious. “It is a joke,” said {a}, a porter.",
    "“It is a joke,” {a}, a porter, told this newspaper.",
    "{a}, of the {u}, said members would “never forgive such a thing”.",
    "“We were not asked,” one said. {a} added: “Nor was I.”",
    "A spokesperson for the {u} said: “We will reply.”",
    "{a} said that nobody had been asked.",
]


def modes(text: str) -> list[str]:
    return [s.mode or "" for s in read(text) if s.kind == "sentence"]


@pytest.mark.parametrize("saying", SAYINGS)
@pytest.mark.parametrize(
    "opening",
    ["Dear colleagues,", "Hi there,", "Hello,", "Dear reader,", "Staff were sent this:\nHi all,", "Full statement:", "The letter in full:"],
)
def test_a_letter_without_sign_off_ends_where_the_article_goes_on(opening, saying):
    """Its author is nobody for sure; whoever is quoted after it says what is quoted."""
    after = saying.format(a=A, u=UNION)
    found = [s for s in read(f"{opening}\nWe will close the site in May.\nOur plans are ready. You will hear from us.\n{after}") if s.mode]
    assert [s.mode for s in found[:3]] == ["letter"] * 3
    assert "letter" not in [s.mode for s in found[3:]]
    assert all((s.attribution_confidence or 0) <= 0.7 for s in found[:3])
    assert sum(len(s.quotes) for s in found) == after.count("“")


@pytest.mark.parametrize("saying", SAYINGS)
def test_an_article_that_greets_its_readers_is_no_letter(saying):
    text = f"Dear reader,\nThe council has closed the pool. {saying.format(a=A, u=UNION)}\nIt will not open again."
    assert "letter" not in modes(text)


@pytest.mark.parametrize(
    "closing", ["Best,", "All the best,", "Thanks for reading,", "Thank you,", "In solidarity,", "Yours,", "Warm regards"]
)
@pytest.mark.parametrize("saying", SAYINGS)
def test_a_closing_phrase_of_any_kind_ends_a_letter(closing, saying):
    text = f"An email went out.\nHi all,\nWe are letting many of you go. I am sorry.\n{closing}\n{B}\n{saying.format(a=A, u=UNION)}"
    assert letters(text) == [(B, None)]
    assert modes(text)[1:3] == ["letter"] * 2
    assert "letter" not in modes(text)[3:]


@pytest.mark.parametrize(
    "lead", ["The letter in full:", "An open letter to the prime minister:", "She resigned last night. Here is her letter:"]
)
@pytest.mark.parametrize(
    ("signature", "organisations"),
    [
        (f"{A}, general secretary, {GUILD}\n{B}, president, {UNION}", f"{GUILD}; {UNION}"),
        (f"{A}\nGeneral secretary, {GUILD}\n{B}\nPresident, {UNION}", f"{GUILD}; {UNION}"),
        (f"Dr {A}\nProf {B} and 40 others", None),
    ],
)
def test_what_follows_the_signatories_is_the_article(lead, signature, organisations):
    letter = "It has been an honour to serve. We have waited long enough.\nI can no longer wait. Our members are tired."
    for after in (
        "",
        "\nThe prime minister’s spokesman said: “We will reply.”",
        f"\n{NAMES.person()} said: “No.” It was late.\nA vote is due.",
    ):
        found = read(f"{lead}\n{letter}\n{signature}{after}")
        assert {(s.speaker, s.organisation) for s in found if s.mode == "letter"} == {(f"{A}; {B}", organisations)}
        assert sum(s.mode == "letter" for s in found) == 4
        assert sum(len(s.quotes) for s in found) == after.count("“")


@pytest.mark.parametrize("link", ["Read the letter in full", "Read the full letter", "See the statement in full"])
@pytest.mark.parametrize("saying", SAYINGS)
def test_a_link_to_a_letter_opens_none(link, saying):
    assert "letter" not in modes(f"The ward will close.\n{link}\n{saying.format(a=A, u=UNION)}\nIt closes in May.")


def test_a_letter_in_quotation_marks_is_a_quotation():
    assert modes(f"The letter in full:\n“We ask for a delay. We have waited.”\n{A} said: “No.”").count("direct") == 3


NEWS = [
    "Our High Street is to lose its last bank, the paper can reveal.\nWe asked shoppers what they made of it. Most had not heard.\n"
    "The bank said footfall had fallen by 60%.\nIts leader, {b}, said it was “a kick in the teeth”.\nWe have asked the bank for the date.",
    "The council closed the pool. We understand that it will not reopen.\n“We have no money,” said its leader, {b}.",
    "We arrived late and I was starving.\nMy trout was raw. I sent it back.\n“Chef is new,” said the waiter, {b}.\nWe paid and left.",
    "We went to see the flood. We met {b}.\n“I lost everything,” she said.\nWe also met her neighbour. We gave him tea.",
]
OWN = [
    "I have covered courts for years. I never saw a judge cry until we sat in court four.\nWe all looked down. My pen stopped.",
    "My father, {b}, who has died aged 84, drove a bus. I recall his cap.\nWe lived by the sea, where he met my mother.\nMy sisters wept.",
]
BYLINES = [
    "{a}",
    "{a}, food critic",
    "{a}, The Guardian",
    "{a}, Political Editor",
    "{a}, a barrister, writes about crime",
    "{a}, {t}, 1974",
]


@pytest.mark.parametrize("byline", [*BYLINES, "{a}\n{t}@example.org"])
@pytest.mark.parametrize("article", [*NEWS, *OWN])
def test_an_author_s_name_signs_no_letter(article, byline):
    text = f"{article}\n{byline}".format(a=A, b=B, t=TOWN)
    assert "letter" not in modes(text)
    assert sum(len(s.quotes) for s in read(text)) == article.count("“")


@pytest.mark.parametrize("article", NEWS)
def test_what_reports_others_is_no_letter_whoever_is_named_under_it(article):
    for under in (f"{A}, {TOWN}", f"{A}\n{TOWN}", f"{A}, headteacher, {TOWN} School"):
        assert "letter" not in modes(f"{article}\n{under}".format(b=B))


def test_confidence_tells_how_sure_the_form_is():
    def sure(text: str) -> float:
        return min(s.attribution_confidence or 0 for s in read(text) if s.mode == "letter")

    full = sure(f"Dear Sir,\n{BODY[0]}\nYours faithfully,\n{A}")
    assert full == sure(f"Dear Sir,\n{BODY[0]}\n{A}, {TOWN}") > 0.85
    assert full > 0.7 > sure(f"Dear Sir,\n{BODY[0]}")


def test_letters_that_answer_each_other():
    first = f"Dear Minister,\nI resign. I have had enough.\nYours ever,\n{A}"
    second = f"Dear {A.split()[0]},\nThank you. I was sorry.\nYours,\n{B}"
    found = [(s.speaker, s.mode) for s in read(f"{first}\n{second}\nIt was late.") if s.kind == "sentence"]
    assert found == [(A, "letter")] * 2 + [(B, "letter")] * 2 + [("narrator", "narrator")]


@pytest.mark.parametrize(
    "lead", ["Here is the full text of her letter:", "The letter to parents reads:", f"The {UNION} said in a statement:"]
)
@pytest.mark.parametrize("saying", SAYINGS)
def test_words_that_lead_in_to_a_letter_open_one_in_the_first_person(lead, saying):
    after = saying.format(a=A, u=UNION)
    assert modes(f"{lead}\nWe will close.\nWe are sorry. It will pass.\n{after}").count("letter") == 3
    assert "letter" not in modes(f"{lead}\n{after}\nIt rained.")
    assert "letter" not in modes(f"{lead}\n“We will close.”\nWe asked the council. {after}")
