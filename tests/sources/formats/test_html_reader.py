"""Web pages: the article's text and what the page declares; a page that can't be read takes no more than its time."""

import shutil
import sys
import time
from pathlib import Path

import made_pages
import pytest

from article_files import articles, rejected
from stancekit.articles import read_articles
from stancekit.errors import MissingError
from stancekit.records import Article
from stancekit.sources.formats import html
from stancekit.sources.formats.html import PageProcess

bare_extraction, load_html = (getattr(pytest.importorskip("trafilatura"), name) for name in ("bare_extraction", "load_html"))
blocks_of = pytest.importorskip("stancekit.sources.formats.html_blocks").blocks_of
extract = pytest.importorskip("stancekit.sources.formats.html_worker").extract

BODY = "".join(
    f"<p>“Part {i} of the plan is far too hasty,” said a spokesperson for Union Ka, adding that members’ views would be heard.</p>"
    for i in range(4)
)
HEAD = (
    "<title>Union Ka objects | The Weekly</title><meta property='og:site_name' content='theWeekly'>"
    "<link rel='canonical' href='https://weekly.example/news/union-ka-objects'>"
    "<meta property='article:published_time' content='2025-10-01T09:00:00Z'>"
)
JSON_LD = '{"@type": "NewsArticle", "datePublished": "2025-09-18T01:00"}'


def page(head: str = "", body: str = BODY, foot: str = "") -> str:
    article = f"<article><h1>Union Ka objects</h1>{body}</article>"
    below = f"<nav><a href='/'>Home</a></nav>{article}<footer>{foot}</footer>"
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{below}</body></html>"


def read(path: Path, content: str) -> list[Article]:
    path.write_text(content, encoding="utf-8")
    return articles(list(read_articles([path])))


def test_the_article_is_kept_with_what_the_page_declares(tmp_path: Path) -> None:
    [found] = read(tmp_path / "a.html", page(HEAD))
    assert (found.id, found.title, found.outlet) == ("a", "Union Ka objects", "theWeekly")
    assert (found.date, found.url) == ("2025-10-01", "https://weekly.example/news/union-ka-objects")
    assert found.text.count("members’ views would be heard.\n") == 3
    assert "Home" not in found.text


def test_the_author_is_the_byline_and_the_language_is_given_for_whoever_has_a_place_for_it(tmp_path: Path) -> None:
    content = page("<meta name='author' content='Ann Reporter'><meta property='og:locale' content='cy_GB'>")
    [found] = extract(content)["articles"]
    assert found["language"] == "en"
    (tmp_path / "a.html").write_text(content, encoding="utf-8")
    [article] = articles(list(read_articles([tmp_path / "a.html"])))
    assert (article.byline, article.furniture) == ("Ann Reporter", found["furniture"])
    unsaid = page("<meta property='og:locale' content='cy_GB'>").replace(" lang='en'", "")
    assert extract(unsaid)["articles"][0]["language"] == "cy"


@pytest.mark.parametrize(
    ("content", "date"),
    [
        (page("<title>The report of 3 May 2021</title>", foot="Copyright 2019-2024. Updated 3 May 2021"), None),
        (page(body=BODY + "<p>Published on 3 May 2021, the report was withdrawn.</p>"), None),
        (page(foot="<ul><li>Another story <time datetime='2022-01-01'>1 January</time></li></ul>"), None),
        (page(body="<time datetime='2021-05-03T10:00'>3 May</time>" + BODY), "2021-05-03"),
        (page(f"<script type='application/ld+json'>{JSON_LD}</script>"), "2025-09-18"),
        (page("<link rel='canonical' href='https://weekly.example/2025/09/18/x'>"), "2025-09-18"),
    ],
)
def test_a_date_is_declared_or_there_is_none(tmp_path: Path, content: str, date: str | None) -> None:
    [found] = read(tmp_path / "a.html", content)
    assert found.date == date


def test_a_declared_encoding_is_not_believed(tmp_path: Path) -> None:
    for head in ("<meta charset='iso-8859-1'>", "<meta http-equiv='content-type' content='text/html; charset=iso-8859-1'>"):
        [found] = read(tmp_path / "a.html", '<?xml version="1.0" encoding="ISO-8859-1"?>' + page(head))
        assert "“Part 0 of the plan" in found.text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<html></html>", "no article was found in it"),
        ("{}", "no article was found in it"),
        (page(body="<p>" + "\ufffd" * 300 + "</p>"), "is no text: too many of its characters can't be printed"),
        (page(body=BODY + "<p>" + "\x01\x02\x03" * 300 + "</p>"), "is no text: too many of its characters can't be printed"),
    ],
)
def test_none_and_rubbish_are_rejections(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.html").write_text(content, encoding="utf-8")
    [found] = rejected(list(read_articles([tmp_path / "a.html"])))
    assert message in found.reason


@pytest.mark.parametrize("name", made_pages.ONE_ARTICLE)
def test_all_blocks_of_an_article_are_read_and_nothing_beside_it_is_added(name: str) -> None:
    page = made_pages.ONE_ARTICLE[name]
    [found] = extract(page)["articles"]
    lines = found["text"].split("\n")
    assert [line for line in lines if line in made_pages.SAYS] == made_pages.SAYS
    first = bare_extraction(load_html(page), include_comments=False, include_tables=False).text.split("\n")
    assert [line for line in lines if line not in first and line not in made_pages.SAYS] == []
    visible = sum(len(block.text.split()) for block in blocks_of(load_html(page)))
    assert len(found["text"].split()) + found["furniture"] == visible
    assert found["language"] == "en"


@pytest.mark.parametrize("name", made_pages.LIVE_BLOGS)
def test_a_live_blog_is_one_article_with_the_text_of_every_post(tmp_path: Path, name: str) -> None:
    [found] = read(tmp_path / "a.html", made_pages.LIVE_BLOGS[name])
    lines = found.text.split("\n")
    said = [*made_pages.SAYS[:3], made_pages.SHORT, *made_pages.SAYS[3:]]
    assert [line for line in lines if line in said] == said
    assert not set(made_pages.STAMPS) & set(lines)
    assert found.date == "2025-10-01"


@pytest.mark.parametrize("name", made_pages.SEVERAL)
def test_several_articles_of_their_own_on_a_page_are_articles(tmp_path: Path, name: str) -> None:
    one, two = read(tmp_path / "a.html", made_pages.SEVERAL[name])
    assert (one.id, one.title, one.date, one.outlet) == ("a-1", "Post 1", "2025-10-01", "The Weekly")
    assert (two.id, two.title, two.date, two.outlet) == ("a-2", "Post 2", "2025-10-02", "The Weekly")
    assert [text in one.text for text in made_pages.SAYS] == [True] * 4 + [False] * 4
    assert [text in two.text for text in made_pages.SAYS] == [False] * 4 + [True] * 4
    assert two.url in (None, "https://weekly.example/2025/10/02/post-2/")


@pytest.mark.parametrize("name", made_pages.NO_ARTICLE)
def test_a_page_that_is_no_article_is_rejected_with_what_it_is(tmp_path: Path, name: str) -> None:
    page, reason = made_pages.NO_ARTICLE[name]
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    [found] = rejected(list(read_articles([tmp_path / "a.html"])))
    assert f"no article was found in it: it is {reason}" in found.reason


def test_articles_about_walls_and_short_ones_are_articles(tmp_path: Path) -> None:
    about = (
        "The regulator said we and our partners should ask for consent to cookies again.",
        "It fined two sites over personal data and privacy.",
        "You can keep reading for free, the publisher told us, and register or subscribe later.",
    )
    [found] = read(tmp_path / "a.html", page(body="".join(f"<p>{text}</p>" for text in about)))
    assert found.text.split("\n")[-3:] == list(about)


def test_a_page_that_takes_too_long_is_rejected_in_time_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "SECONDS", 1.0)
    (tmp_path / "a.html").write_text("<html><body>" + "<p>a " * 100_000)  # ten seconds and more, without an end in Python code
    (tmp_path / "b.html").write_text(page())
    started = time.monotonic()
    found = list(read_articles([tmp_path]))
    assert time.monotonic() - started < 60  # two starts of the process are in it
    assert [a.id for a in articles(found)] == ["b"]
    assert [r.reason for r in rejected(found)] == [f"{tmp_path / 'a.html'}: no article was found in it within 1 seconds"]


def test_a_page_that_ends_its_process_ends_nothing_else() -> None:
    pages = PageProcess(20.0)
    try:
        assert pages.extract(page())["articles"][0]["title"] == "Union Ka objects"
        assert pages._process is not None
        pages._process.kill()
        pages._process.wait()
        with pytest.raises(ChildProcessError, match="ended the process"):
            pages.extract(page())
        assert pages.extract(page())["articles"][0]["title"] == "Union Ka objects"
    finally:
        pages.close()


def test_a_process_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(MissingError, match=r"web pages can't be read: .* says why; perhaps pip install 'stancekit\[html\]' helps"):
        PageProcess(20.0).extract(page())


@pytest.mark.parametrize("package", ["trafilatura", "lxml_html_clean"])
def test_a_missing_extra_is_named_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.html").write_text(page())
    monkeypatch.setattr("stancekit.errors.find_spec", lambda name: None if name == package else object())
    with pytest.raises(MissingError, match=rf"needs the package '{package}': pip install 'stancekit\[html\]'"):
        next(read_articles([tmp_path]))
    assert len(list(read_articles([tmp_path / "a.txt"]))) == 1
