"""Language of a document: as declared, looked up, or unknown; what is said of other languages than English. Texts are invented."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_files import articles, write
from stancekit.articles import ReadOptions, read_articles
from stancekit.errors import InputError
from stancekit.sources.languages import code, is_english, language_of

DATA = Path(__file__).parents[3] / "shared" / "data"
KNOWN = {
    "en": "The union said that the levy should wait, and that nobody had been asked.",
    "de": "Die Gewerkschaft lehnt die Abgabe ab und fordert einen Aufschub.",
    "fr": "Le syndicat refuse la taxe et demande un délai d’un an.",
    "es": "El sindicato rechaza la tasa y pide un aplazamiento de un año.",
    "pl": "Związek odrzuca opłatę i żąda jej odroczenia o rok.",
    "ru": "Профсоюз отвергает сбор и требует отложить его на год.",
    "el": "Το συνδικάτο απορρίπτει το τέλος και ζητά αναβολή.",
    "ar": "ترفض النقابة الرسوم وتطالب بتأجيلها لمدة عام.",
    "hi": "संघ ने शुल्क को खारिज किया और एक साल की देरी की माँग की।",
    "zh": "工会反对这项收费。",
    "ja": "組合は料金に反対している。",
    "ko": "노조는 부담금에 반대한다.",
    "th": "สหภาพคัดค้านค่าธรรมเนียม",
}


@pytest.mark.parametrize("language", KNOWN)
def test_a_sentence_is_enough_to_know_the_language(language: str) -> None:
    assert language_of(KNOWN[language]) == language
    assert language_of(KNOWN[language], "not a code") == language
    assert is_english(KNOWN[language], language) == (language == "en")


@pytest.mark.parametrize(
    "text", ["#StopTheLevy", "NAHT ASCL NEU", "Never!", "@ka https://w.example/nein-zum-plan", "12.5 %", "", "👍👍", "OK"]
)
def test_posts_of_a_few_words_are_of_unknown_language_and_read_as_english(text: str) -> None:
    assert language_of(text) is None
    assert is_english(text, None)


def test_short_english_is_hardly_ever_called_anything_else() -> None:
    if not DATA.is_dir():
        pytest.skip("the open data sets are not beside this checkout")
    rows = [json.loads(line) for line in (DATA / "ud_ewt_segmentation" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [row["text"][start:end] for row in rows for start, end in row["sentences"]]
    texts += [json.loads(line)["text"] for line in (DATA / "newsmtsc" / "dev_rw.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [language_of(text) for text in texts]
    assert len([name for name in found if name not in ("en", None)]) <= 1  # a French saying
    assert found.count("en") > 0.7 * len(texts)


@pytest.mark.parametrize(
    ("declared", "language"),
    [("en-GB", "en"), ("EN_us", "en"), (" de ", "de"), ("zho", "zh"), ("eng", "en"), ("zh-Hans", "zh"), ("und", None), ("x-default", None)],
)
def test_a_declared_code_is_shortened_and_comes_before_the_look_up(declared: str, language: str | None) -> None:
    assert code(declared) == language
    assert language_of(KNOWN["en"], declared) == (language or "en")


@pytest.mark.parametrize("declared", ["", "gb", "english", 5, None, float("nan"), ["en"]])
def test_what_is_no_code_is_not_taken(declared: object) -> None:
    assert code(declared) is None


def test_a_template_in_english_does_not_make_chinese_english() -> None:
    assert language_of(KNOWN["zh"], "en-US") == "zh"
    assert not is_english("ꗞꗡꔳ", None)


@given(st.text(max_size=60), st.text(max_size=4))
def test_of_any_text_it_is_a_code_or_none(text: str, declared: str) -> None:
    found = language_of(text, declared)
    assert found is None or (found == code(found) and len(found) == 2)


def test_each_file_tells_of_its_texts_in_other_languages_once(tmp_path: Path) -> None:
    rows = [{"id": name, "text": text} for name, text in KNOWN.items()]
    table, page = write(tmp_path / "a.csv", rows[:3] + rows[9:10]), tmp_path / "b.txt"
    page.write_text(KNOWN["zh"])
    said: list[str] = []
    found = articles(list(read_articles([table, page], ReadOptions(notice=said.append))))
    assert [article.language for article in found] == ["en", "de", "fr", "zh", "zh"]
    rest = "cut into sentences, without speakers and modes"
    assert said == [
        f"{table}: has texts that are not in English (1 de, 1 fr, 1 zh): {rest}",
        f"{page}: has texts that are not in English (1 zh): {rest}",
    ]


def test_a_column_of_languages_is_taken_and_what_the_user_says_comes_before_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [{"text": KNOWN["en"], "tongue": tongue} for tongue in ("fr-CA", "", 5, None)])
    found = list(read_articles([path], ReadOptions({"language": "tongue"})))
    assert [article.language for article in articles(found)] == ["fr", "en", "en", "en"]
    found = list(read_articles([path], ReadOptions({"language": "tongue"}, language="de_AT")))
    assert {article.language for article in articles(found)} == {"de"}
    with pytest.raises(InputError, match=r"language: 'xx' is no code of ISO 639-1 \(allowed: en, de, zh, any other"):
        ReadOptions(language="xx")


def test_english_is_known_without_the_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(KNOWN["en"])
    read = f"from stancekit.articles import read_articles; list(read_articles({str(tmp_path)!r}))"
    script = f"import sys; {read}; sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
