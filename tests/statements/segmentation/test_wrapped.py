"""Hard-wrapped text, constructed: joined where a document is; lines that mean something stay; statements as of plain text."""

import json
import re
import textwrap
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.edits import Edited, slice_text
from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.segmentation.segment import segment
from stancekit.statements.segmentation.wrapped import line_joins

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples" / "new_coverage").glob("*.txt"))
ONE = (
    "The county council has put off its decision on the harbour bridge until the spring, after a meeting at which forty residents "
    "spoke against the plan. The chair of the harbour committee, Ola Marsh, said that the engineers would be asked again."
)
TWO = (
    "Traders on the quay welcomed the delay. A spokesperson for the chamber said it had “asked for nothing else since June”, and "
    "that a report on the well-known weaknesses of the old bridge had been kept from them for too long by the county’s engineers."
)
LEFT_ALONE = {
    "verse": "The tide goes out, the tide comes in,\nthe bridge is old, the rail is thin,\nand all the council ever said\nwas wait until"
    " the spring instead,\n\nand when the spring came up the bay\nthey voted for another day.",
    "free verse": "what the river said\nto the quay that leaned on it\nnobody wrote down\nexcept the clerk, who liked\nthe sound of"
    " water under wood\nand kept a page of it\nin the drawer with the minutes\nand the keys",
    "a list": "The union wants\n- an end to night shifts\n- a pay rise, backdated to the first of April\n- a seat on the board\nIt will"
    " ballot in May.",
    "an address": "Harbour Committee\nThe Old Customs House\n12 Quay Street\nMarsh-on-Sea\nMS1 4QT",
    "a table": "Ward          For   Against   Turnout\nHarbour       312       401      44%\nOld Town      120       377      39%",
    "turns": "OLA MARSH: We have asked them again.\nREPORTER: When?\nOLA MARSH: In the spring, or when they have finished.\nREPORTER: Yes",
    "posts": "Our council wants to close the library on Mill Lane\nwe use it every week\nso do the kids from both schools\nsign here",
    "headings": "# The harbour\n## A decision put off\nNothing was built.",
}


def documents(name: str) -> list[str]:
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the open data sets are not beside the repository")
    if name == "news":
        return [path.read_text(encoding="utf-8") for path in sorted((data / "news_quotations" / "articles").glob("*.txt"))]
    folder = {"commons": "uk_commons_education_motions", "ewt": "ud_ewt_segmentation"}[name]
    return [
        json.loads(row)["text"] for path in sorted((data / folder).glob("*.jsonl")) for row in path.read_text(encoding="utf-8").splitlines()
    ]


def joined(text: str, lines: str = "auto") -> str:
    return Edited(text).then(line_joins(text, lines)).text  # type: ignore[arg-type]


def wrapped(text: str, width: int, apart: str = "\n") -> str:
    return apart.join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n") if line.strip() or apart == "\n")


def as_pairs(article: Article) -> list[tuple[str, str, str | None]]:
    statements = extract_statements(article)
    assert all(slice_text(article.text, s.start, s.end, s.joined) == s.text for s in statements)
    return [(s.kind, " ".join(s.text.split()), s.speaker) for s in statements]


def test_a_small_wrapped_text_has_its_four_sentences_and_speaker() -> None:
    text = (
        "The bus users' forum has called on the county to keep evening services, saying\nthat shift workers would otherwise be"
        " stranded.\n\n"
        '"People who clean hospitals at night do not own cars," the forum\'s secretary,\nDena Prowse, said. "Cutting the last bus cuts'
        ' their pay."\n\nThe county said no decision had been taken.\n'
    )
    statements = extract_statements(Article("a", text))
    assert [(s.kind, s.speaker) for s in statements[1:3]] == [("sentence", "Dena Prowse")] * 2
    assert [len(s.joined) for s in statements] == [1, 1, 0, 0]
    assert statements[0].joined == ((78, 79, " "),)
    assert [text[start:end] for s in statements for start, end in s.quotes] == [
        '"People who clean hospitals at night do not own cars,"', '"Cutting the last bus cuts their pay."',
    ]  # fmt: skip
    assert len(extract_statements(Article("a", text), lines="keep")) == 6


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_wrapped_have_the_texts_and_speakers_of_the_plain_text(path: Path, width: int, end: str) -> None:
    plain = path.read_text(encoding="utf-8")
    assert line_joins(plain) == []
    assert as_pairs(Article("a", wrapped(plain, width).replace("\n", end))) == as_pairs(Article("a", plain))


@pytest.mark.parametrize("width", [60, 72])
@pytest.mark.parametrize("kind", LEFT_ALONE)
def test_lines_that_mean_something_stay_alone_and_amid_wrapped_paragraphs(kind: str, width: int) -> None:
    text = LEFT_ALONE[kind]
    assert line_joins(text) == []
    between = f"{wrapped(ONE, width)}\n\n{text}\n\n{TWO}\n\n{wrapped(TWO, width)}\n"
    assert joined(between) == f"{ONE}\n\n{text}\n\n{TWO}\n\n{TWO}\n"
    assert joined(between, "keep") == between


def test_layouts_of_wrapped_paragraphs() -> None:
    plain = f"{ONE}\n{TWO}"
    assert joined(wrapped(plain, 70)) == plain  # no blank line between
    indented = "\n".join(textwrap.fill(p, 70, initial_indent="    ") for p in (ONE, TWO))
    assert joined(indented) == f"    {ONE}\n    {TWO}"
    mail = "\n>\n".join(textwrap.fill(p, 70, initial_indent="> ", subsequent_indent="> ") for p in (ONE, TWO))
    assert joined(mail) == f"> {ONE}\n>\n> {TWO}"
    items = "\n".join(textwrap.fill(p, 70, initial_indent="- ", subsequent_indent="  ") for p in (ONE, TWO))
    assert joined(items) == f"- {ONE}\n- {TWO}"
    page = wrapped(ONE, 70).split("\n")
    assert joined("\n".join([*page[:1], "\f" + page[1], *page[2:], "", *wrapped(TWO, 70).split("\n")])) == f"{ONE}\n\n{TWO}"
    assert joined(wrapped(ONE.upper(), 70)) == ONE.upper()
    chinese = "港口委员会主席说工程师将再次被询问" * 12 + "。"
    assert joined("\n".join(textwrap.wrap(chinese, 40))) == chinese


def test_hyphens_at_line_ends() -> None:
    text = (
        "The inspec-\ntion of the pier showed long-\nterm damage to well-known mem-\nbers of the bridge. The inspec-\ntors said so, and so"
        " did cross-\nparty groups, of pre- and post-\nwar councils, and the Anglo-\nDutch firm, for whom mem\xad\nbers of a river-\nboat"
        " and a tug-\nboat club voted, the riverboat\nand the tug-boat one as well."
    )
    expected = (
        "The inspection of the pier showed long-term damage to well-known members of the bridge. The inspectors said so, and so did"
        " cross-party groups, of pre- and post-war councils, and the Anglo-Dutch firm, for whom members of a riverboat and a tug-boat"
        " club voted, the riverboat and the tug-boat one as well."
    )
    assert joined(text, "join") == expected


def test_join_takes_the_lines_of_a_text_whose_margin_is_not_sure() -> None:
    text = "A short post that was wrapped by hand\nsomewhere here, and goes on.\n\nAn end."
    assert line_joins(text) == []
    assert joined(text, "join") == text.replace("hand\n", "hand ")


def test_one_line_is_believed_where_the_next_begins_with_a_small_letter() -> None:
    text = "Councillor Vera Holm said she would vote against meters. My ward has forty\n{} families of six, she said."
    assert joined(text.format("large")) == text.format("large").replace("\n", " ")
    assert not line_joins(text.format("Large"))
    assert not line_joins(text.format("(a) large"))


@pytest.mark.parametrize(("name", "wrongly", "share"), [("commons", 1, 0.97), ("news", 0, 0.99), ("ewt", 0, 0.97)])
def test_real_documents_stay_as_they_are_and_come_back_from_wrapping(name: str, wrongly: int, share: float) -> None:
    texts = documents(name)
    assert sum(bool(line_joins(text)) for text in texts) <= wrongly
    for width in (72, 80):
        found = of = 0
        for text in (text for text in texts if len(text) > 3 * width):
            plain, again = (
                Counter(" ".join(t[u.start : u.end].split()) for u in segment(t)) for t in (text, joined(wrapped(text, width, "\n\n")))
            )
            found, of = found + (plain & again).total(), of + plain.total()
        assert found / of >= share


WORDS = st.sampled_from(
    ["the", "bridge", "said", "“We", "lost,", "Ann", "Marsh.", "well-known", "-", "1.", "NAME:", "in-\u00adspec", "a\u00ad", "”", "I"]
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=60).map(" ".join), max_size=5)


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, st.integers(20, 90), st.sampled_from(["\n", "\r\n", "\n\f", "\n  ", "\n> "]), st.sampled_from(["auto", "join", "keep"]))
def test_whatever_is_wrapped_its_statements_cover_the_text_with_their_edits(
    paragraphs: list[str], width: int, end: str, lines: str
) -> None:
    text = "\n\n".join(wrapped(paragraph, width).replace("\n", end) for paragraph in paragraphs)
    statements = extract_statements(Article("a", text), lines=lines)  # type: ignore[arg-type]
    assert len({s.id for s in statements}) == len(statements)
    place, edits = 0, {edit for s in statements for edit in s.joined}
    for s in statements:
        assert s.text == slice_text(text, s.start, s.end, s.joined) == s.text.strip()
        assert re.fullmatch(r"[\s>\xad-]*", text[place : s.start]), "nothing but line ends that were joined lies between"
        assert all(s.start <= start < stop <= s.end for start, stop in s.quotes)
        place = s.end
    assert not text[place:].strip("> \r\n\f\xad")
    assert all(re.fullmatch(r"[-\xad]?\s+(>[> ]*)?|", text[start:stop]) and new in ("", " ") for start, stop, new in edits)


def test_the_decision_takes_time_in_proportion_to_the_text() -> None:
    for piece in (
        "a-\n",
        "a-\n\n",
        "A. \n",
        "A.A B" * 20 + "\n",
        "> \n",
        "x" * 70 + "\n",
        "word " * 15 + "\n",
        "\n",
        "a" * 100_000 + "-\nb\n",
    ):
        started = time.process_time()
        line_joins(piece * (100_000 // len(piece)), "join")
        line_joins(piece * (50_000 // len(piece)))
        assert time.process_time() - started < 5, piece


def test_the_lines_of_one_subtitle_are_joined_and_no_others() -> None:
    cues = ["The stadium will cost the city\nthree hundred million.", "It will bring jobs.", "- Will it?\n- No.", "We were\nnever asked."]
    text = "WEBVTT\n\n" + "\n\n".join(f"{n}\n00:00:0{n}.000 --> 00:00:0{n}.900\n{cue}" for n, cue in enumerate(cues, 1))
    assert joined(text) == text.replace("city\nthree", "city three").replace("were\nnever", "were never")
    assert joined(text, "keep") == text


def test_where_hyphens_part_words_a_prefix_is_joined_too() -> None:
    text = "The health board has pub-\nlished its plan for mater-\nnity care, to in-\ncrease the number of staff re-\nelected in May by"
    assert joined(text, "join").endswith("published its plan for maternity care, to increase the number of staff re-elected in May by")
    assert "pre-war" in joined("The county has sold a number of pre-\nwar houses.", "join")


def test_a_very_narrow_column_is_joined_where_it_is_long() -> None:
    assert joined(wrapped(ONE, 24)) == ONE
    assert joined(short := "\n".join(wrapped(ONE, 24).split("\n")[:5])) == short
