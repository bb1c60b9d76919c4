"""UTF-16 and UTF-32 that were not named are said to be such, with the encoding to name, in every format of text."""

from pathlib import Path

import pytest

from article_files import TEXTUAL, articles, rejected, write
from stancekit.articles import ReadOptions, read_articles

TEXT = "One sentence of some length. And another one of it."


@pytest.mark.parametrize(
    ("encoding", "kind", "named"),
    [
        ("utf-16", "UTF-16", "utf-16"), ("utf-16-le", "UTF-16", "utf-16-le"), ("utf-16-be", "UTF-16", "utf-16-be"),
        ("utf-32", "UTF-32", "utf-32"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", TEXTUAL)
def test_wide_text_is_said_to_be_such(tmp_path: Path, ending: str, encoding: str, kind: str, named: str) -> None:
    path = write(tmp_path / f"a{ending}", [{"text": TEXT}])
    path.write_bytes(path.read_bytes().decode().replace("\n", "\r\n").encode(encoding))
    for taken_for, shown in [("utf-8", "UTF-8"), ("cp1252", "cp1252")]:
        [bad] = rejected(list(read_articles([path], ReadOptions(encoding=taken_for))))
        assert (
            f"looks like {kind} and is not {shown}; save the file as UTF-8, or name its encoding: --encoding NAME (here: {named})"
            in bad.reason
        )
    [found] = articles(list(read_articles([path], ReadOptions(encoding=named))))
    assert TEXT in found.text


def test_a_table_of_several_rows_is_rejected_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\r\na,One.\r\nb,Two.\r\n".encode("utf-16"))
    [bad] = rejected(list(read_articles([path])))
    assert "looks like UTF-16" in bad.reason
    assert "new-line" not in bad.reason
