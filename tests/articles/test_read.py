"""Articles from files and folders; what can't be read is rejected with a reason and the reading goes on."""

from pathlib import Path

import pytest

from stancekit.articles import ReadOptions, Rejected, read_articles
from stancekit.errors import InputError
from stancekit.records import Article

ROOT = Path(__file__).parents[2]


def test_the_seeds_come_byte_for_byte_with_what_the_manifest_says() -> None:
    found = list(read_articles([ROOT / "seeds"]))
    assert [a.id[:3] for a in found if isinstance(a, Article)] == ["000", "001", "002", "003", "004"]
    for article in found:
        assert isinstance(article, Article)
        assert article.text.encode() == (ROOT / "seeds" / f"{article.id}.txt").read_bytes()
    assert [a.date for a in found if isinstance(a, Article)] == [None, "2025-09-18", None, None, None]


def test_a_changed_article_is_refused(tmp_path: Path) -> None:
    for file in (ROOT / "seeds").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    target = tmp_path / "003_cc952757a94b202f.txt"
    target.write_bytes(target.read_bytes().replace(b"ASCL", b"ACSL", 1))
    with pytest.raises(InputError, match=r"manifest\.yaml:\d+: 003_cc952757a94b202f\.txt has changed"):
        list(read_articles([tmp_path]))


def test_bad_documents_are_rejected_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fine.")
    (tmp_path / "b.txt").write_bytes("Caf\u00e9.".encode("latin-1"))
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_bytes(bytes(range(256)))
    (tmp_path / "e.md").write_text("Also fine.")
    (tmp_path / "a.jsonl").write_text(
        '{"id": "a", "text": "The same id."}\n{"id": 7, "text": "x"}\n{"text": ""}\nnonsense\n{"text": "NA"}\n'
    )
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("Hidden.")
    (tmp_path / "README.md").write_text("About the folder.")
    found = list(read_articles([tmp_path]))
    articles = [a for a in found if isinstance(a, Article)]
    rejected = [(Path(r.file).name, r.line) for r in found if isinstance(r, Rejected)]
    assert [a.id for a in articles] == ["a/a", "a/7", "a-5", "a", "e"]
    assert articles[2].text == "NA"
    assert rejected == [
        ("a.jsonl", 3),
        ("a.jsonl", 4),
        ("b.txt", 1),
        ("c.txt", None),
        ("d.txt", 2),
        ("picture.png", None),
    ]


def test_rows_keep_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "007", "text": "T.", "title": "null", "date": "2025-10-01", "outlet": "O", "url": "u", "x": 1}\n'
    )
    assert list(read_articles([tmp_path / "a.jsonl"])) == [Article("007", "T.", "null", "2025-10-01", "O", "u")]


@pytest.mark.parametrize(("name", "message"), [("none.txt", "no such file"), ("a.odt", "no reader for '.odt' files.*allowed: .txt")])
def test_mistakes_of_the_call_are_errors(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "a.odt").write_text("x")
    with pytest.raises(InputError, match=message):
        list(read_articles([tmp_path / name]))


def test_folders_are_read_to_the_bottom_and_dead_links_said(tmp_path: Path) -> None:
    (tmp_path / "2025" / "10").mkdir(parents=True)
    (tmp_path / "2025" / "10" / "deep.txt").write_text("Deep down.")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = list(read_articles([tmp_path]))
    assert [a.id for a in found if isinstance(a, Article)] == ["deep"]
    assert [r.reason for r in found if isinstance(r, Rejected)] == [f"{tmp_path / 'gone.txt'}: is no file that can be opened"]


def test_a_folder_without_articles_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file that a reader knows"):
        list(read_articles([tmp_path]))


def test_files_that_a_manifest_does_not_list_are_said(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md", "README.md", "notes.pages"):
        (tmp_path / name).write_text("One sentence.")
    (tmp_path / "manifest.yaml").write_text("articles:\n- {id: a, file: a.txt}\n- {id: c, file: c.md}\n")
    notices: list[str] = []
    found = list(read_articles(tmp_path, ReadOptions(notice=notices.append)))
    assert [article.id for article in found if isinstance(article, Article)] == ["a", "c"]
    assert notices == [f"{tmp_path / 'manifest.yaml'}: does not list 1 file of its folder, such as b.txt: not read"]

    for name in ("more/.hidden/d.txt", "more/e.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("id,text\ne,It is so.\n")
    notices.clear()
    assert len(list(read_articles([tmp_path / "b.txt", tmp_path], ReadOptions(notice=notices.append)))) == 3
    assert notices == [f"{tmp_path / 'manifest.yaml'}: does not list 1 file of its folder, such as more/e.csv: not read"]
