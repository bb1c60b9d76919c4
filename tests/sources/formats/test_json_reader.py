"""JSON arrays and the answers of NewsAPI and Event Registry, constructed from their documented layouts."""

import json
from pathlib import Path
from typing import Any

import pytest

from article_files import articles, rejected
from stancekit.articles import ReadOptions, Rejected, read_articles
from stancekit.errors import InputError
from stancekit.records import Article

TEXT = "“The plan is far too hasty,” said a spokesperson for Union Ka."


def newsapi(number: int, content: str = TEXT) -> dict[str, Any]:
    page = {"url": f"https://w.example/{number}", "urlToImage": None, "publishedAt": f"2025-10-0{number}T09:00:00Z", "content": content}
    return {"source": {"id": None, "name": "The Weekly"}, "author": "A. Writer", "title": "Ka objects", "description": "Short.", **page}


def event_registry(number: int) -> dict[str, Any]:
    known = {"uri": str(number), "lang": "eng", "date": "2025-10-01", "time": "09:00:00", "dateTime": "2025-10-01T09:00:00Z"}
    return {
        **known,
        "url": "https://w.example/1",
        "title": "Ka objects",
        "body": TEXT,
        "source": {"uri": "w.example", "title": "The Weekly"},
    }


def read(path: Path, content: object, **options: Any) -> tuple[list[Article | Rejected], list[str]]:
    said: list[str] = []
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return list(read_articles([path], ReadOptions(notice=said.append, **options))), said


@pytest.mark.parametrize("ending", [".json", ".jsonl"])
def test_answers_are_known_by_their_keys_whole_or_an_article_a_line(tmp_path: Path, ending: str) -> None:
    answer = {"status": "ok", "totalResults": 2, "articles": [newsapi(1), newsapi(2)]}
    found, said = read(tmp_path / f"a{ending}", answer)
    assert [(a.text, a.title, a.date, a.outlet, a.url) for a in articles(found)] == [
        (TEXT, "Ka objects", f"2025-10-0{n}T09:00:00Z", "The Weekly", f"https://w.example/{n}") for n in (1, 2)
    ]
    assert len({a.id for a in articles(found)}) == 2
    assert not said
    undated = {key: value for key, value in event_registry(8).items() if key != "dateTime"}
    answer = {"articles": {"results": [event_registry(7), undated], "totalResults": 250, "page": 1, "pages": 3}}
    found, said = read(tmp_path / f"b{ending}", answer)
    assert found == [Article(n, TEXT, "Ka objects", "2025-10-01", "The Weekly", "https://w.example/1", language="en") for n in ("7", "8")]
    assert said == [f"{tmp_path / f'b{ending}'}: holds 2 of the 250 articles that were found: fetch the other pages of results too"]
    single, _ = read(tmp_path / f"c{ending}", "\n".join(json.dumps(event_registry(n)) for n in (7, 8)))
    assert single == found


def test_texts_that_were_cut_are_counted_and_the_mark_is_no_part_of_them(tmp_path: Path) -> None:
    found, said = read(tmp_path / "a.json", [newsapi(1, f"{TEXT}… [+2412 chars]"), newsapi(2)])
    assert [a.text for a in articles(found)] == [f"{TEXT}…", TEXT]
    assert len(said) == 1
    assert "1 of its texts are cut" in said[0]
    assert "fetch the pages at their addresses" in said[0]
    assert [a.text for a in articles(read(tmp_path / "a.json", [newsapi(1)], columns={"text": "description"})[0])] == ["Short."]


@pytest.mark.parametrize("content", ["nan", "[Removed]", "NULL", " N/A\n", "<NA>"])
def test_words_that_stand_for_no_text_are_rejected(tmp_path: Path, content: str) -> None:
    [found], _ = read(tmp_path / "a.json", [newsapi(1, content)])
    assert isinstance(found, Rejected)
    assert "which stands for no text" in found.reason


@pytest.mark.parametrize(
    ("content", "good", "reason"),
    [
        ('[{"text": "One."}, {"text": "Two."', 1, "is no JSON"),
        ('[{"text": "One."}', 1, "the array does not end: the file is cut"),
        ('[{"text": "One."} {"text": "Two."}]', 1, "a comma is missing"),
        ('[{"text": "One.", "text": "Two."}, {"text": "Three."}]', 1, "key 'text' occurs twice"),
        ('[{"text": "One."}, 7]', 1, "not a JSON object but int"),
        ('[{"text": "One."}, {"text": ' + "[" * 100_000, 1, "the file is not read from here on"),
        ('[{"text": "One."}]\n[{"text": "Two."}]', 1, "more comes behind the end of the array"),
        ("[]", 0, "holds no documents"),
        ('[{"text": "One."}, {"status": "error", "code": "rateLimited", "message": "Too many."}]', 1, "error of NewsAPI: Too many."),
    ],
)
def test_what_is_damaged_is_rejected_and_the_rest_is_read(tmp_path: Path, content: str, good: int, reason: str) -> None:
    found, _ = read(tmp_path / "a.json", content)
    [bad] = rejected(found)
    assert len(articles(found)) == good
    assert reason in bad.reason


MEDIA_CLOUD = "stories_id,publish_date,title,url,language,media_name\n1,2025-10-01,T,https://w.example/1,en,W\n"
GKG = "GKGRECORDID\tDATE\tDocumentIdentifier\tV2Tone\n20251001000000-1\t20251001000000\thttps://w.example/1\t1.2\n"
EVENTS = "\t".join(["1270000001", "20251001", "202510", "2025", "2025.75", *["x"] * 52, "https://w.example/1"]) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", MEDIA_CLOUD, "is a Media Cloud list of stories without their texts: fetch the pages at 'url'"),
        ("a.tsv", GKG, "is a table of GDELT without texts: fetch the pages at 'DocumentIdentifier'"),
        ("a.export.CSV", EVENTS, "is a table of GDELT without texts and without a header: fetch the pages at the addresses in it"),
        (
            "a.csv",
            "headline,body,published,source,link\nT,B,2025,W,u\n",
            "perhaps --column text=body --column title=headline --column date=published --column outlet=source --column url=link",
        ),
        ("a.csv", "title,url\nT,u\n", "--column text=NAME; if none does, fetch the pages at 'url'"),
    ],
)
def test_a_table_without_a_column_of_texts_is_refused_with_what_would_work(tmp_path: Path, name: str, content: str, reason: str) -> None:
    with pytest.raises(InputError) as raised:
        read(tmp_path / name, content)
    assert reason in str(raised.value)
