"""Every reader of the registry passes this suite; a new one is covered by its registry line and a line in `article_files`."""

import contextlib
import gzip
import io
import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article_files import ENDINGS, NEEDS, SINGLE, TEXTUAL, WRITERS, articles, rejected, write
from stancekit.articles import READERS, ReadOptions, Rejected, read_articles
from stancekit.errors import InputError
from stancekit.records import Article
from stancekit.sources.reader import Reader
from stancekit.sources.registry import TABLES

TEXT = (
    "“The plan is far too hasty,” said a spokesperson for Union Ka. 她说：不。 Naïve café, Zoë – 🏫 e\u0301.\nMembers’ views will be heard."
)
OTHER = "A date was named on Monday by Office Lo, which said that nothing would change before the spring of next year."


def read(*paths: Path, reading: ReadOptions | None = None) -> list[Article | Rejected]:
    return list(read_articles(paths, reading))


@pytest.mark.parametrize("ending", sorted(READERS))
def test_every_entry_is_a_reader_and_has_a_writer_here(ending: str) -> None:
    module, _, name = READERS[ending].partition(":")
    reader = getattr(import_module(module), name)
    assert issubclass(reader, Reader)
    assert reader.tabular == (ending in TABLES)
    assert ending in WRITERS
    if ending in NEEDS:
        pytest.importorskip(NEEDS[ending], reason="the extra `office` is not installed")
    assert ending in ENDINGS


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_text_comes_as_it_was_written(tmp_path: Path, ending: str, packed: str) -> None:
    [found] = read(write(tmp_path / f"one{ending}{packed}", [{"text": TEXT}]))
    assert isinstance(found, Article)
    assert found.text == TEXT
    assert found.id.partition("-")[0] == "one"


@pytest.mark.parametrize("ending", ENDINGS)
def test_standard_input_is_read_like_a_file(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for packed in ("", ".gz"):
        path = write(tmp_path / f"stdin{ending}{packed}", [{"text": TEXT}])
        expected = read(path)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        assert read(Path("-"), reading=ReadOptions(format=f"{ending[1:]}{packed}")) == expected


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("content", [b"", b" \n\n"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_empty_is_one_document_rejected(tmp_path: Path, ending: str, content: bytes, packed: str) -> None:
    path = tmp_path / f"a{ending}{packed}"
    path.write_bytes(gzip.compress(content) if packed else content)
    assert read(path) == [Rejected(str(path), None, f"{path}: is empty")]


@pytest.mark.parametrize("ending", TEXTUAL)
def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"a{ending}", [{"text": TEXT}])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    [found] = read(path)
    assert isinstance(found, Article)
    assert found.text == TEXT


@pytest.mark.parametrize("ending", TEXTUAL)
def test_another_encoding_is_read_where_it_is_named_and_nowhere_else(tmp_path: Path, ending: str) -> None:
    text = OTHER + " Déjà vu."
    path = write(tmp_path / f"a{ending}", [{"text": text}])
    path.write_bytes(path.read_bytes().decode().encode("cp1252"))
    [found] = read(path)
    assert isinstance(found, Rejected)
    assert found.line is not None
    assert "is not UTF-8; save the file as UTF-8" in found.reason
    assert [a.text for a in articles(read(path, reading=ReadOptions(encoding="cp1252")))] == [text]
    path.write_bytes(path.read_bytes().decode("cp1252").encode("utf-16"))
    assert [a.text for a in articles(read(path, reading=ReadOptions(encoding="utf-16")))] == [text]


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_of_one_stem_go_by_their_folders_too(tmp_path: Path, ending: str) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / f"a{ending}", [{"text": f"{TEXT} {folder}"}])
    found = read(tmp_path)
    assert [a.text.rpartition(" ")[2] for a in articles(found)] == ["one", "two"]
    assert [a.id.partition("-")[0] for a in articles(found)] == ["one/a", "two/a"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_comes_twice_is_rejected_the_second_time(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"a{ending}", [{"text": TEXT}])
    first, second = read(path, path)
    assert isinstance(first, Article)
    assert isinstance(second, Rejected)
    assert (second.file, first.id.partition("-")[0]) == (str(path), "a")
    assert f"the id '{first.id}' has occurred before, with the same text" in second.reason


@pytest.mark.parametrize("ending", ENDINGS)
def test_packed_data_that_end_or_break_half_way_are_rejected_and_the_next_file_is_read(tmp_path: Path, ending: str) -> None:
    whole = write(tmp_path / f"a{ending}.gz", [{"text": TEXT}]).read_bytes()
    damaged = bytearray(whole)
    damaged[-6] ^= 0xFF  # the checksum
    for number, data in enumerate([whole[: len(whole) // 2], whole[:5], bytes(damaged), b"no gzip at all"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / f"a{ending}.gz").write_bytes(data)
        write(folder / "b.txt", [{"text": OTHER}])
        found = read(folder)
        assert [a.id for a in articles(found)][-1] == "b"
        [bad] = rejected(found)
        assert bad.file.endswith(f"a{ending}.gz")
        assert "gzip" in bad.reason


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_manifest_lists_files_of_every_reader(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"a{ending}", [{"text": TEXT}])
    write(tmp_path / "unlisted.txt", [{"text": OTHER}])
    digest = sha256(path.read_bytes()).hexdigest()
    entry = f"- {{id: '007', file: a{ending}, sha256: {digest}, outlet: The Weekly, published: '2025-10-01'}}"
    (tmp_path / "manifest.yaml").write_text(f"articles:\n{entry}\n")
    [found] = read(tmp_path)
    assert isinstance(found, Article)
    assert (found.text, found.outlet, found.date) == (TEXT, "The Weekly", "2025-10-01")
    assert found.id == (
        "007" if ending in SINGLE else "a-1" if ending == ".parquet" else "a-2" if ending in (".csv", ".tsv", ".xlsx") else "a-1"
    )


@pytest.mark.parametrize("ending", TABLES)
def test_rows_come_in_order_with_ids_and_fields_that_stay_text(tmp_path: Path, ending: str) -> None:
    names = ["007", "NA", "null", "1e3", "True", "café", "a,b", 'x"y']
    documents = [{"id": name, "text": f"{name} said so.", "title": "null", "date": "2025", "outlet": "N/A", "url": "-"} for name in names]
    found = read(write(tmp_path / f"a{ending}", documents))
    assert found == [Article(name, f"{name} said so.", "null", "2025", "N/A", "-") for name in names]


@pytest.mark.parametrize("ending", TABLES)
def test_columns_of_other_names_are_mapped(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"a{ending}", [{"doc": "7", "body": OTHER, "text": "A teaser.", "paper": "The Weekly"}])
    reading = ReadOptions({"text": "body", "id": "doc", "outlet": "paper"})
    assert read(path, reading=reading) == [Article("7", OTHER, outlet="The Weekly", language="en")]


@pytest.mark.parametrize("ending", TABLES)
def test_a_column_that_is_not_there_is_a_mistake_of_the_call(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"a{ending}", [{"id": "7", "body": OTHER}])
    with pytest.raises(InputError, match=r"has no column 'text'; it has 'id', 'body'; say which holds the text: --column text=NAME"):
        read(path)
    with pytest.raises(InputError, match=r"has no column 'bdy' - did you mean 'body'"):
        read(path, reading=ReadOptions({"text": "bdy"}))
    with pytest.raises(InputError, match=r"has no column 'paper'"):
        read(path, reading=ReadOptions({"text": "body", "outlet": "paper"}))


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".parquet"])
def test_one_table_of_several_without_the_column_is_rejected(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"a{ending}", [{"id": "a", "body": OTHER}])
    write(tmp_path / f"b{ending}", [{"id": "b", "text": OTHER}])
    bad, good = read(tmp_path)
    assert isinstance(bad, Rejected)
    assert "has no column 'text'" in bad.reason
    assert isinstance(good, Article)
    (tmp_path / f"b{ending}").unlink()
    write(tmp_path / "c.txt", [{"text": OTHER}])
    assert [type(item) for item in read(tmp_path)] == [Rejected, Article]


@pytest.mark.parametrize("ending", TABLES)
def test_a_row_that_is_no_document_is_rejected_with_its_line(tmp_path: Path, ending: str) -> None:
    documents = [{"id": "a", "text": OTHER}, {"id": "b", "text": " "}, {"id": "", "text": OTHER}, {"id": "d", "text": OTHER}]
    path = write(tmp_path / f"a{ending}", documents)
    found = read(path)
    assert [a.id for a in articles(found)] == ["a", "d"]
    offset = 1 if ending in (".csv", ".tsv", ".xlsx") else 0
    assert [(r.file, r.line) for r in rejected(found)] == [(str(path), 2 + offset), (str(path), 3 + offset)]
    assert "'text' is missing, empty or not text" in rejected(found)[0].reason
    assert "'id' is missing or empty" in rejected(found)[1].reason


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_no_bytes_end_the_reading(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(data)
    with contextlib.suppress(InputError):  # a table without the column
        assert read(path)
