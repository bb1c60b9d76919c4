"""What a paragraph reports of others: what an article does and a letter seldom does."""

import pytest
from naming import Namer

from stancekit.statements.segmentation.letters.reported import report_in, speaks_for_itself
from stancekit.statements.text.quotation_spans import find_quotations

NAMES = Namer(11)
A, PLACE = NAMES.person(), NAMES.word(3)


def report(text: str) -> str:
    line = (0, len(text))
    return report_in(text, line, sorted(span for quote in find_quotations(text, [line]) if not quote.nested for span in quote.segments))


@pytest.mark.parametrize(
    "text",
    [
        f"“It is a joke,” said {A}, a porter.",
        f"The leader of the council, {A}, said it was “a kick in the teeth”.",
        f"It rained. “No,” one said. “Why?” {A} asked.",
        f"A spokesperson for {PLACE} Council said: “We will reply. It is ours.”",
        f"I saw it. “Shocking,” said {A}.",
    ],
)
def test_somebody_is_quoted(text):
    assert report(text) == "quoted"


@pytest.mark.parametrize(
    "text", ["The bank said footfall had fallen.", f"Nobody came, according to {A}.", f"{A} told the council to stop."]
)
def test_somebody_is_said_to_speak(text):
    assert report(text) == "told"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It has rained for nine days.",
        "Nobody has told anyone why it is late.",
        f"I said no, and {A} told us that it was late.",
        "We told the minister that the rule was “not fit for any purpose at all”.",
        f"My neighbour, {A}, says the same.",
        "You said that “nothing will change for any of them”.",
        "The words “clinical reasons” are not enough.",
        "Patients were told last week.",
    ],
)
def test_a_writer_s_own_words_report_nobody(text):
    assert report(text) == ""


def test_who_speaks_for_itself():
    assert all(map(speaks_for_itself, ("I came.", "It is ours.", "They told us.", "I’m here.", "We left.")))
    assert not any(map(speaks_for_itself, ("Part I", "It went to the US.", "we-ness", "They left.")))
