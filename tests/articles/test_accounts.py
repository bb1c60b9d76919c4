"""Every word of a file, as it was built, ends in a statement, a heading, boilerplate, furniture or a rejection."""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article_files import ENDINGS, EXPORTS, docx_of, pdf_of, write
from stancekit.articles import READERS, ReadOptions, Rejected, read_articles
from stancekit.articles.accounts import Accounts, Words, doubts_of, words_of
from stancekit.errors import StancekitError
from stancekit.records import Article
from stancekit.sources.damage import Damage
from stancekit.sources.reader import Row
from stancekit.sources.registry import TABLES
from stancekit.statements import extract, extract_statements

PROSE = [
    "The guild said that the ward would close in spring, and that nobody had been asked about it by the trust.",
    "“We were not asked,” its chair said on Monday. “We will fight it in every town of the county.”",
    "The trust, which runs three hospitals, declined to comment on what the guild had called a gamble with lives.",
]
OTHER = [
    "Ward to close", "What happens now", "Share this", "20 October 2025", "18.42 BST", "• a cap on hours", "Dear members,",
    "Yours sincerely,", "#SaveTheWard now", "NEWS RELEASE", "ENDS", "Notes to editors", "1. The guild has 40 members.",
    "From: Press Office", "To: News Desk", "> Will you comment?", "--", "Page 3 of 7", "The guild wants:",
]  # fmt: skip
DOCUMENTS = st.lists(st.sampled_from(PROSE + OTHER), max_size=8).map(lambda lines: "\n".join([PROSE[0], *lines, PROSE[1]]))
Built = tuple[Path, int]
"""A file and how many visible words were put in it, those of columns that are no text left aside."""


def count(text: str) -> int:
    return len(text.split())


def table(path: Path, texts: Sequence[str]) -> Built:
    """Rows with a text, one without (its word stands for none), and one whose id has occurred."""
    rows = [{"id": f"r{n}", "text": text} for n, text in enumerate([*texts, "[removed]"])]
    return write(path, [*rows, {"id": "r0", "text": texts[0]}]), sum(map(count, texts)) + 1 + count(texts[0])


def page(path: Path, texts: Sequence[str]) -> Built:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in texts[0].split("\n"))
    menu = "<nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"
    path.write_text(f"<html><head><title>x</title></head><body>{menu}<article>{body}</article><footer>© The Weekly</footer></body></html>")
    return path, count(texts[0]) + 5


def word(path: Path, texts: Sequence[str]) -> Built:
    body, header = (
        "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in t.split("\n")) for t in (texts[0], "The Weekly 1")
    )
    path.write_bytes(docx_of(body, header1=header))
    return path, count(texts[0]) + 3


def pages(path: Path, texts: Sequence[str]) -> Built:
    """Each text on a page of its own, all with a header."""
    put = [[(20.0, 780.0, "The Weekly"), *((20.0, 740.0 - 12 * n, line) for n, line in enumerate(t.split("\n")))] for t in texts]
    path.write_bytes(pdf_of(put))
    return path, sum(map(count, texts)) + 2 * len(texts)


def plain(path: Path, texts: Sequence[str]) -> Built:
    path.write_text(texts[0], encoding="utf-8")
    return path, count(texts[0])


def export(layout: Callable[[str, int], str]) -> Callable[[Path, Sequence[str]], Built]:
    """An export of these articles and of one without a text, below a list of contents."""

    def build(path: Path, texts: Sequence[str]) -> Built:
        whole = "".join(layout(text, n) for n, text in enumerate([*texts, ""], 1))
        return plain(path, [whole])

    return build


BUILDERS: Mapping[str, Callable[[Path, Sequence[str]], Built]] = {
    **{
        ending: {".html": page, ".htm": page, ".docx": word, ".pdf": pages, ".txt": plain, ".md": plain, ".srt": plain, ".vtt": plain}.get(
            ending, table
        )
        for ending in ENDINGS
    },
    **{f"{layout.__name__}.txt": export(layout) for layout in EXPORTS},
}


def accounted(path: Path, reading: ReadOptions | None = None) -> Accounts:
    accounts = Accounts()
    for item in read_articles(path, reading):
        if isinstance(item, Rejected):
            accounts.see_rest(rejected=item.words)
        else:
            accounts.see(item, extract_statements(item))
    return accounts


def check(built: Built) -> Words:
    words = accounted(built[0]).words
    assert words.total == built[1]
    return words


def test_every_reader_and_layout_has_a_builder() -> None:
    assert {name for name in BUILDERS if name[0] == "."} == set(ENDINGS) <= set(READERS)


@pytest.mark.parametrize("name", BUILDERS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(DOCUMENTS, min_size=2, max_size=2, unique=True))
def test_the_accounts_of_every_reader_add_up(tmp_path: Path, name: str, texts: list[str]) -> None:
    words = check(BUILDERS[name](tmp_path / f"a{name}", texts))
    assert bool(words.furniture) == (name not in (*TABLES, ".txt", ".md", ".srt", ".vtt"))
    assert bool(words.rejected) == (name in TABLES or name.startswith("as_"))


@pytest.mark.parametrize("name", BUILDERS)
def test_a_reader_that_drops_a_paragraph_is_found_out(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def see(damage: Damage, row: Row) -> Row:
        text = str(row.values["text"])
        return replace(row, values={**row.values, "text": text.strip().rpartition("\n")[0] or text})

    path, words = BUILDERS[name](tmp_path / f"a{name}", ["\n".join(PROSE), "The court rose.\nIts clerk said so."])
    assert accounted(path).words.total == words
    monkeypatch.setattr(Damage, "see", see)
    assert accounted(path).words.total < words


def test_a_cut_that_drops_a_paragraph_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = plain(tmp_path / "a.txt", ["\n".join(PROSE)])
    whole = extract.read_document

    def without_a_unit(text: str, *rest: Any) -> Any:
        document = whole(text, *rest)
        return replace(document, units=[unit for unit in document.units if not text.startswith(PROSE[1][:9], unit.start)])

    monkeypatch.setattr(extract, "read_document", without_a_unit)
    with pytest.raises(StancekitError, match=r"'“We were not asked,” its chair said on Monday\.' is in no statement"):
        check(built)


def test_the_mark_of_a_text_that_was_cut_is_furniture(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": f"{PROSE[0]} [+2412 chars]"}))
    assert accounted(tmp_path / "a.jsonl").words == Words(statements=count(PROSE[0]), furniture=2)


def test_what_a_repair_takes_out_between_statements_is_furniture_and_what_it_mended_no_doubt(tmp_path: Path) -> None:
    built = write(tmp_path / "a.jsonl", [{"id": "a", "text": f"<p>{PROSE[0]}</p> <b>â€œNobody</b> knew.â€\x9d <br>\n<i>{PROSE[2]}</i>"}])
    accounts = accounted(built, ReadOptions(repair=True))
    assert accounts.words == Words(statements=count(PROSE[0]) + 2 + count(PROSE[2]), furniture=6)
    assert [line for line in accounts.lines() if "doubtful" in line] == []
    assert any("damaged text" in line for line in accounted(built).lines())


def test_the_marks_of_quoted_lines_that_were_joined_are_furniture_between_statements() -> None:
    text = "> The guild said that it would fight on.\n> The trust said nothing at all to us here.\n> It rains."
    article = Article("a", text)
    statements = extract_statements(article, lines="join")
    assert [s.text for s in statements][1:] == ["The trust said nothing at all to us here.", "It rains."]
    assert words_of(article, statements) == Words(statements=count(text) - 2, furniture=2)


def test_the_shares_are_said_in_one_line() -> None:
    words = Words(2741, 120, 60, 91) + Words()
    assert str(words) == "3,012 read = 91 % statements + 4 % headings + 2 % boilerplate + 3 % furniture"
    assert str(words + Words(rejected=1)).endswith("+ 3 % furniture + <1 % rejected")


def test_documents_are_doubtful_by_what_is_left_out_by_language_and_by_damage() -> None:
    sound, notes = "\n".join(PROSE), f"{PROSE[0]}\nNotes to editors\n" + "The guild has 40 members in all. " * 3
    found = {}
    for text in (sound, notes, PROSE[0].replace("The", "â€œThe"), f"{sound} \ufffd" * 2):
        article = Article("a", text)
        found[text] = doubts_of(article, words_of(article, extract_statements(article)))
    assert list(found.values()) == [
        [],
        ["53 % of its 45 words are headings, boilerplate or furniture"],
        ["damaged text: 1 mojibake"],
        ["damaged text: 2 lost characters (U+FFFD)"],
    ]
    for text, language in (("Die Gilde sagt nein.", "de"), ("Гильдия против.", None)):
        article = Article("a", text, language=language)
        doubts = doubts_of(article, words_of(article, extract_statements(article)))
        assert doubts == [f"language: {language or 'unknown'}, so that nobody is named as a speaker"]


def test_many_doubtful_documents_are_folded_and_the_first_named() -> None:
    accounts = Accounts()
    for n in range(1_100):
        article = Article(f"a{n}", "Share this\nIt ends. " + "word " * (n % 2))
        accounts.see(article, extract_statements(article))
    first, *more = (line for line in accounts.lines() if line.startswith("doubtful"))
    assert len(more) <= 2
    assert first == "doubtful: a0: 50 % of its 4 words are headings, boilerplate or furniture (550 times: also a2, a4 …)"
    assert accounts.receipt()["words"]["doubtful"] == sorted(f"a{n}" for n in range(1_000))
    assert Accounts().lines() == []
