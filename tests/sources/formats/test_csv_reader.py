"""CSV as it is met: every cell as it stands, faults with their line, nothing padded and nothing guessed."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article_files import articles, rejected, write
from stancekit.articles import ReadOptions, read_articles
from stancekit.errors import InputError
from stancekit.sources.rows import NO_TEXT

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20).filter(
    lambda cell: cell.strip() and cell.strip().casefold() not in NO_TEXT
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.csv"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5, unique_by=lambda row: row[0]), separator=st.sampled_from(",;\t"))
def test_what_is_written_comes_back(file: Path, rows: list[tuple[str, str]], separator: str) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=separator).writerows([("id", "text"), *rows])
    assert [(a.id, a.text) for a in articles(list(read_articles([file])))] == rows


def test_rows_of_another_length_are_rejected_and_the_rest_is_read(file: Path) -> None:
    file.write_text('id,text\na,One.\nb\n\nc,Two.,too many\nd,"Three\nlines, with a\ncomma."\ne,Four.\n')
    found = list(read_articles([file]))
    assert [(a.id, a.text) for a in articles(found)] == [("a", "One."), ("d", "Three\nlines, with a\ncomma."), ("e", "Four.")]
    assert [r.reason for r in rejected(found)] == [f"{file}:3: has 1 cells, the header 2", f"{file}:5: has 3 cells, the header 2"]


def test_a_row_without_an_id_is_called_by_the_line_where_it_begins(file: Path) -> None:
    file.write_bytes(b'text\r\n"One\r\nand more."\r\nTwo.\r\n')
    assert [(a.id, a.text) for a in articles(list(read_articles([file])))] == [("a-2", "One\r\nand more."), ("a-4", "Two.")]


def test_a_cell_has_no_limit_of_131072_characters_and_the_limit_of_others_stays(file: Path) -> None:
    limit, text = csv.field_size_limit(), "word " * 60_000
    write(file, [{"id": "a", "text": text}])
    [found] = articles(list(read_articles([file])))
    assert found.text == text
    assert csv.field_size_limit() == limit


def test_a_badly_encoded_row_is_rejected_alone(file: Path) -> None:
    file.write_bytes(
        'id,text\na,"One,\nd\u00e9j\u00e0\nvu."\nb,Two.\n'.encode().replace("\u00e9".encode(), b"\xe9") + b"c,nul\0\nd,Three.\n"
    )
    found = list(read_articles([file]))
    assert [a.id for a in articles(found)] == ["b", "d"]
    assert [r.line for r in rejected(found)] == [2, 6]
    assert "byte 0xe9 at offset 1 is not UTF-8" in rejected(found)[0].reason
    assert "NUL" in rejected(found)[1].reason


@pytest.mark.parametrize(
    ("row", "message"),
    [('b,"He said "no" to it."', "expected after"), ('b,"Never closed', "a quote is opened and never closed")],
)
def test_after_a_stray_quote_no_paragraph_is_taken_for_an_article(file: Path, row: str, message: str) -> None:
    file.write_text(f"id,text\na,One.\n{row}\nA second paragraph, with one comma.\n")
    found = list(read_articles([file]))
    assert [a.id for a in articles(found)] == ["a"]
    [bad] = rejected(found)
    assert bad.line == 3
    assert message in bad.reason
    assert "the file is not read from here on" in bad.reason


def test_a_column_that_occurs_twice_is_said_where_it_matters(file: Path) -> None:
    file.write_text("id,text,text\na,One.,Two.\n")
    with pytest.raises(InputError, match="column 'text' occurs twice"):
        list(read_articles([file]))
    file.write_text("id,text,x,x\na,One.,1,2\n")
    assert [a.id for a in articles(list(read_articles([file])))] == ["a"]


def test_a_header_alone_is_a_rejection(file: Path) -> None:
    file.write_text("id,text\n\n")
    assert [r.reason for r in rejected(list(read_articles([file])))] == [f"{file}: has a header and no rows"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_header_tells_the_separator(file: Path, separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([("id", "body"), ("a", "One, two; three\tfour.")])
    file.write_text(out.getvalue())
    assert [a.text for a in articles(list(read_articles([file], ReadOptions({"text": "body"}))))] == ["One, two; three\tfour."]
