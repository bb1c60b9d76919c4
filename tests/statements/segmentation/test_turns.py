import pytest

from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.segmentation.lines import classify, stripped_lines
from stancekit.statements.segmentation.turns import find_turns


def labels(text: str) -> list[str]:
    lines = list(stripped_lines(text))
    return [text[turn.start : turn.end] for turn in find_turns(text, lines, classify(text, lines))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HOST: Why?\nANN TULL: We lost.\n\nIt is sad.\nHOST: And now?", ["HOST:", "ANN TULL:", "HOST:"]),
        ("Q. Why?\nA. We lost.\nQ. And now?\nA. Nothing.", ["Q.", "A.", "Q.", "A."]),
        ("Chair: Welcome.\nDr Tull, for the union: We lost.\nChair: Thank you.", ["Chair:", "Dr Tull, for the union:", "Chair:"]),
        ("Ann Tull (Acme) (Lab): Why?\nThe Chair (Bo): So.\nAnn Tull: Ah.", ["Ann Tull (Acme) (Lab):", "The Chair (Bo):", "Ann Tull:"]),
        ("00:01 Ann: We lost.\n00:09 Bo: Why?\n[00:12] Ann: Who knows.", ["00:01 Ann:", "00:09 Bo:", "[00:12] Ann:"]),
        ("<v Ann Tull>We lost.</v>\n<v Bo Reith>Why?</v>\n<v Ann Tull>Ah.", ["<v Ann Tull>", "<v Bo Reith>", "<v Ann Tull>"]),
        ("Ann Tull\nWe lost.\nBo Reith\nWhy so?\nAnn Tull\nAh well.\nBo Reith\nOh.", ["Ann Tull", "Bo Reith", "Ann Tull", "Bo Reith"]),
        ("Ann Tull (A)\nWhy?\nA Chair (Bo Li)\nSo.\nAnn Tull\nAh.\nBo Li\nOh.", ["Ann Tull (A)", "A Chair (Bo Li)", "Ann Tull", "Bo Li"]),
    ],
)  # fmt: skip
def test_labels_that_recur_make_a_transcript(text, expected):
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Monday: it closed six branches.\nThe reaction: anger.\nWhat next: a vote.\nTom Tull said: “We lost.”",
        "From: Ann Tull\nTo: Bo Reith\nSubject: Levy\nWe lost.\nFrom: Bo Reith\nTo: Ann Tull\nSubject: Re: Levy\nAh.",
        "Pros: cheap.\nCons: slow.\nPros: small.\nCons: loud.",
        "Ann Tull\nWe lost.\nBo Reith\nWhy?",
    ],
)
def test_lead_ins_fields_and_single_names_are_none(text):
    assert labels(text) == []


def test_a_turn_lasts_until_the_next_label_and_the_label_is_no_part_of_it():
    text = "HOST: Why?\nANN TULL: We lost. Critics say it is a tax.\n\nIt is sad.\n[Laughter]\nHOST: Yes\n\nThis interview has been edited."
    found = [(s.kind, s.speaker, s.mode, s.text) for s in extract_statements(Article("a", text))]
    assert found == [
        ("boilerplate", None, None, "HOST:"),
        ("sentence", "host", "direct", "Why?"),
        ("boilerplate", None, None, "ANN TULL:"),
        ("sentence", "Ann Tull", "direct", "We lost."),
        ("sentence", "Ann Tull", "direct", "Critics say it is a tax."),
        ("sentence", "Ann Tull", "direct", "It is sad."),
        ("boilerplate", None, None, "[Laughter]"),
        ("boilerplate", None, None, "HOST:"),
        ("sentence", "host", "direct", "Yes"),
        ("sentence", "narrator", "narrator", "This interview has been edited."),
    ]
