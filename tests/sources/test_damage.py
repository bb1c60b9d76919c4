"""Damage of text: told once a file with the remedy, never repaired in silence, and no alarm over sound text of any language."""

import sys
import time
from pathlib import Path

import pytest

from article_files import articles, write
from stancekit.articles import ReadOptions, read_articles
from stancekit.edits import slice_text
from stancekit.errors import MissingError
from stancekit.sources.damage import damage_of
from stancekit.statements import extract_statements

SOUND = (
    "“Déjà vu”, said Zoë – the ‘café’… cost £5 or €6½, at 20 °C; R&D, Q&A, AT&T; 3 < 5 and x<y && y>z; I <3 it; <Name> said § 5; © ™ √2",
    "NÃO À INFLAÇÃO: “A MAÇÔ, «AMANHû, A ‘IRMÒ… JÁ DISSE: SÃO PAULO – NAÇÃO",
    "« L’ÂGE D’OR » de la forêt ; l’âge, “Â”… Pâine și „coborâ”… la hotărâre, „a urî” – Câmpulung Ä” Å–",
    "»Maß« „Spaß“ ‚Ärger‘ – Straße; Škoda, Žižek’s, Łódź; Đà Nẵng, TRẦN “Ê”; Ñ“ Ú” Ö… É” ÀS",
    "Привет, «мир»! 中文。“好” 「さようなら」 مرحبا عربي\u200cفارسی Ελλάδα “Ό” ไทย\u200bไทย 👩\u200d👧 हिन्दी",
)
DAMAGED = {
    "mojibake": (
        "The tenantsâ€™ union: â€œno,â€\ufffd cafÃ©, MÃ¶lzer, Å\x81Ã³dÅº, Ð¿Ñ€Ð¸Ð²ÐµÑ‚",
        "The tenants’ union: “no,” café, Mölzer, Łódź, привет",
    ),
    "C1 control characters": ("\x93No,\x94 she said \x96 it\x92s late", "“No,” she said – it’s late"),
    "HTML tags": ("<p class='a'>No.</p>\n<P>“Never” <b>ever</b></P><script>if (a<b) {}</script>", "No.\n“Never” ever"),
    "HTML entities": ("R&amp;D, &ldquo;no&rdquo;, &#8217;tis, &amp;quot;so&amp;quot;", 'R&D, “no”, ’tis, "so"'),
    "ligatures": ("the ﬁrst oﬃce of “ﬂoods”", "the first office of “floods”"),
    "soft hyphens": ("the govern\xadment", "the government"),
    "zero-width characters": ("the\u200b levy\ufeff", "the levy"),
}


def told(path: Path, **reading: object) -> tuple[list[str], list[str]]:
    notices: list[str] = []
    found = articles(list(read_articles([path], ReadOptions(notice=notices.append, language="en", **reading))))  # type: ignore[arg-type]
    return [slice_text(article.text, 0, len(article.text), article.repairs) for article in found], notices


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_raises_no_alarm_and_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "a.csv", [{"id": "a", "text": text}])
    assert told(path) == ([text], [])
    pytest.importorskip("ftfy")
    assert told(path, repair=True) == ([text], [])


@pytest.mark.parametrize("kind", DAMAGED)
def test_damage_is_named_with_the_remedy_and_repaired_only_where_that_is_asked_for(tmp_path: Path, kind: str) -> None:
    damaged, mended = DAMAGED[kind]
    path = write(tmp_path / "a.csv", [{"id": "a", "text": "Nothing."}, {"id": "b", "text": damaged}, {"id": "c", "text": damaged}])
    texts, [notice] = told(path)
    assert texts == ["Nothing.", damaged, damaged]
    count = 2 * damage_of(damaged)[kind]
    assert f"{path}: damaged text: {count} {kind} (first " in notice
    assert "in line 3): read as it is; --repair mends it" in notice
    pytest.importorskip("ftfy")
    texts, [notice] = told(path, repair=True)
    assert texts == ["Nothing.", mended, mended]
    assert f"{count} {kind}" in notice
    assert notice.endswith(": repaired, all of it")
    article = articles(list(read_articles([path], ReadOptions(repair=True))))[1]
    assert article.text == damaged  # as it was read: what was repaired is recorded as edits
    assert all(slice_text(damaged, s.start, s.end, s.joined) == s.text for s in extract_statements(article))


def test_the_remedy_is_another_encoding_where_one_was_named_and_none_for_what_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("One line.\n“No,” she said, and the café closed.".encode())
    _, [notice] = told(path, encoding="latin-1")
    assert "in line 2): read as it is; it may not be latin-1: try another --encoding, as utf-8; --repair mends it" in notice
    path.write_bytes("“No,” she said.".encode("cp1252"))
    assert "it may not be latin-1: try another --encoding, as cp1252; --repair mends it" in told(path, encoding="latin-1")[1][0]
    path.write_text("What she s\ufffdid", encoding="utf-8")
    assert told(path)[1][0].endswith("(first '\ufffd' in line 1): read as it is; lost characters are only where the text comes from")
    pytest.importorskip("ftfy")
    assert told(path, repair=True)[1][0].endswith("repaired, but for 1 lost characters (U+FFFD)")


def test_two_tables_are_told_once_each_though_they_are_read_twice_and_ids_stay(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.csv", [{"id": "x&amp;y", "text": f"The tenantsâ€™ union {name}."}])
    notices: list[str] = []
    found = articles(list(read_articles([tmp_path], ReadOptions(notice=notices.append))))
    assert [article.id for article in found] == ["a/x&amp;y", "b/x&amp;y"]
    assert len([notice for notice in notices if "damaged" in notice]) == 2


def test_a_repair_that_is_not_installed_is_said_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stancekit.errors.find_spec", lambda _: None)
    with pytest.raises(MissingError, match=r"needs the package 'ftfy': pip install 'stancekit\[repair\]'"):
        ReadOptions(repair=True)


def test_searching_and_repairing_take_time_in_proportion_to_the_text() -> None:
    pytest.importorskip("ftfy")
    damage = sys.modules["stancekit.sources.damage"]
    for piece in ("<!--", '<p "', "<script>", " \n", "<p '\"", "&#", "Ã", "é”"):
        started = time.monotonic()
        damage_of(piece * 50_000)
        damage.repaired(f"{piece * 20_000}<p>")
        damage.repaired(f"{piece} Ã© the x{piece}" * 5_000)
        assert time.monotonic() - started < 10, piece


def test_question_marks_for_apostrophes_are_told_and_questions_are_not() -> None:
    assert damage_of("The union?s leader won?t say. They?re out.") == {"lost apostrophes (won?t)": 3}
    assert not damage_of("Why? so be it. https://w.example/a?s=1 What?Really")
