"""Encodings: whatever one makes of a document, no record holds what can't be written, and no document ends the run."""

import encodings
import pkgutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article_files import SINGLE, TEXTUAL, articles, rejected, write
from stancekit.articles import ReadOptions, Rejected, read_articles
from stancekit.errors import InputError
from stancekit.sources.reader import Row
from stancekit.sources.rows import Found
from stancekit.sources.source import UnreadableError, source_of

OTHER = "A date was named on Monday by Office Lo, which said that nothing would change before the spring of next year."
LONE = "\ud800x"
SPELLED = {
    "utf-7": b"+2AA-",
    "unicode_escape": rb"\ud800",
    "raw_unicode_escape": rb"\ud800",
    "utf-16": LONE.encode("utf-16", "surrogatepass"),
}


def known() -> list[str]:
    """Every text encoding that Python has."""
    found = []
    for name in sorted(module.name for module in pkgutil.iter_modules(encodings.__path__)):
        try:
            ReadOptions(encoding=name)
        except InputError:
            continue
        found.append(name)
    return found


@pytest.mark.parametrize("encoding", SPELLED)
@pytest.mark.parametrize("ending", sorted(set(SINGLE) & set(TEXTUAL) - {".htm", ".html"}))
def test_a_document_that_spells_what_is_no_character_is_rejected_alone(tmp_path: Path, ending: str, encoding: str) -> None:
    (tmp_path / f"a{ending}").write_bytes(SPELLED[encoding])
    (tmp_path / f"b{ending}").write_bytes(OTHER.encode(encoding))
    found = list(read_articles([tmp_path], ReadOptions(encoding=encoding)))
    assert [(a.id, a.text) for a in articles(found)] == [("b", OTHER)]
    [bad] = rejected(found)
    assert "surrogate" in bad.reason


@pytest.mark.parametrize(("ending", "row"), [(".csv", b'%s,"%s"\n'), (".jsonl", b'{"id": "%s", "text": "%s"}\n')])
@pytest.mark.parametrize("spelled", [b"+2AA-", b"+AAAA!", b"+AAA-"])
def test_a_row_of_which_no_character_can_be_made_hides_no_other(tmp_path: Path, ending: str, row: bytes, spelled: bytes) -> None:
    path = tmp_path / f"a{ending}"
    head = b"id,text\n" * (ending == ".csv")
    path.write_bytes(head + row % (b"a", b"One.") + row % (b"b", spelled) + row % (b"c", b"Three."))
    found = list(read_articles([path], ReadOptions(encoding="utf-7")))
    assert [a.id for a in articles(found)] == ["a", "c"]
    assert [r.line for r in rejected(found)] == [2 + len(head) // 8]


@pytest.mark.filterwarnings("ignore:invalid escape sequence:DeprecationWarning")
@pytest.mark.parametrize("encoding", known())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_an_encoding_makes_of_a_document_can_be_written(tmp_path: Path, encoding: str, data: bytes) -> None:
    for ending, begun in [(".txt", b""), (".csv", b"id,text\na,"), (".jsonl", b'{"text": "')]:
        path = tmp_path / f"a{ending}"
        path.write_bytes(begun + data)
        try:
            found = list(read_articles([path], ReadOptions(encoding=encoding)))
        except InputError as error:  # a table without the column
            str(error).encode()
            continue
        for item in found:
            (item.reason if isinstance(item, Rejected) else f"{item.id} {item.text}").encode()


@pytest.mark.parametrize("name", ["id", "text", "title", "date", "outlet", "url"])
def test_a_field_with_nul_is_rejected(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.parquet"
    row = {"id": "b", "text": "One.", "title": "T", "date": "2025", "outlet": "O", "url": "u"}
    pq.write_table(pa.Table.from_pylist([row | {"id": "a"}, row | {name: "x\0y"}]), path)
    found = list(read_articles([path]))
    assert [a.id for a in articles(found)] == ["a"]
    assert [r.reason for r in rejected(found)] == [f"{path}:2: '{name}' holds a NUL character: no text has one"]


@pytest.mark.parametrize(("value", "said"), [("a\0", "holds a NUL character"), ("\ud800", "holds a lone surrogate, which is no character")])
@pytest.mark.parametrize("name", ["text", "speaker", "label", "id.0"])
def test_what_no_record_can_hold_is_no_field_whatever_read_it(tmp_path: Path, name: str, value: str, said: str) -> None:
    source = source_of(write(tmp_path / "a.csv", [{"text": "One."}]))
    assert source is not None
    with pytest.raises(UnreadableError, match=f"a.csv:7: 'column' {said}"):
        Found(source, Row(7, {name: value})).text(name, "column")
