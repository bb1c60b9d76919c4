"""JSON Lines: one bad line hides no other."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article_files import articles, rejected
from stancekit.articles import ReadOptions, read_articles
from stancekit.sources.rows import NO_TEXT

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30).filter(
    lambda text: text.strip() and text.strip().casefold() not in NO_TEXT
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5, unique_by=lambda row: row[0]), ascii_only=st.booleans())
def test_what_is_written_comes_back(tmp_path: Path, rows: list[tuple[str, str]], ascii_only: bool) -> None:
    lines = (json.dumps({"id": name, "text": text}, ensure_ascii=ascii_only) for name, text in rows)
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8", newline="")
    assert [(a.id, a.text) for a in articles(list(read_articles([tmp_path / "a.jsonl"])))] == rows


def test_every_bad_line_is_rejected_and_every_good_one_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    good = [
        b'{"id": "a", "text": "One."}',
        b"",
        b'\xef\xbb\xbf{"id": "c", "text": "Two."}\r',
        b'{"text": "Three."}',
        b'{"id": 17, "text": "4."}',
    ]
    bad = {
        b'{"id": "x", "text": "D\xe9j\xe0."}': "byte 0xe9",
        b'{"id": "x", "text": ': "not a JSON object",
        b'["x"]': "not a JSON object but list",
        b'{"text": "a", "text": "b"}': "occurs twice",
        b'{"id": null, "text": "x"}': "'id' is missing or empty",
        b'{"id": 1.0, "text": "x"}': "'id' is 1.0, not text",
        b'{"id": true, "text": "x"}': "'id' is True, not text",
        b'{"id": "x", "text": 3}': "'text' is missing, empty or not text",
        b'{"id": "x", "text": "y", "title": 3}': "'title' is 3, not text",
        b'{"id": "x", "text": "\\ud800"}': "lone surrogate",
        b"[" * 100_000: "not a JSON object",
    }
    file.write_bytes(b"\n".join([*good, *bad]))
    found = list(read_articles([file]))
    assert [a.id for a in articles(found)] == ["a", "c", "a-4", "17"]
    assert [r.line for r in rejected(found)] == list(range(len(good) + 1, len(good) + len(bad) + 1))
    for item, message in zip(rejected(found), bad.values(), strict=True):
        assert item.reason.startswith(f"{file}:{item.line}: ")
        assert message in item.reason


def test_a_named_id_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"key": "k", "text": "One."}\n{"text": "Two."}\n')
    found = list(read_articles([tmp_path / "a.jsonl"], ReadOptions({"id": "key"})))
    assert [a.id for a in articles(found)] == ["k"]
    assert "'key' is missing or empty" in rejected(found)[0].reason
