"""Sentences of other languages than English, parted by `|`; all text is invented. Nothing but white space is ever lost."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.segmentation.lines import classify, stripped_lines
from stancekit.statements.segmentation.other_languages import OWN_STOPS, other_sentences

CUT = [
    ("zh", "他说：“我们反对。|我们不同意！”|会议结束了。|记者问道：“为什么？”"),
    ("zh", "“我们反对这项收费。”主席说。|工会周二投票，周五公布。|“我们准备好了！”|“好！”"),
    ("ja", "「反対です。」と組合は述べた。|大臣は「検討する」と答えた。|本当に？|はい！"),
    ("ko", "노조는 부담금에 반대한다. |장관은 오지 않았다. |네. |끝났다!"),
    ("ar", "قال الوزير إن الخطة ستبدأ غدا. |هل توافق النقابة؟ |لا، قالت د. ليلى؛ سنرفض."),
    ("ur", "ہم مخالفت کرتے ہیں۔ |وزیر نہیں آئے۔"),
    ("hi", "संघ ने शुल्क को खारिज किया। |डॉ. शर्मा ने कहा, “हम विरोध करते हैं।” |क्या मंत्री सुनेंगे? |नहीं॥"),
    ("el", "Γιατί όχι; |Ο κ. Παππάς είπε «όχι»; |Τέλος."),
    ("hy", "Մենք դեմ ենք։ |Նախարարը չեկավ։"),
    ("am", "እኛ እንቃወማለን። |ሚኒስትሩ አልመጡም።"),
    ("my", "ကျွန်ုပ်တို့ ကန့်ကွက်သည်။ |ဝန်ကြီး မလာပါ။"),
    ("km", "យើងប្រឆាំង។ |រដ្ឋមន្ត្រីមិនមក។"),
    ("th", "สหภาพคัดค้านค่าธรรมเนียม รัฐมนตรีไม่ตอบ พ.ศ. 2563 เป็นปีที่ยาก"),
    ("de", "Der Minister sagte am 3. Oktober: „Das ist z. B. falsch.“ |Die Gewerkschaft lehnt ab. |Dr. Ka kommt bzw. Frau Li."),
    ("de", "»Nein!«, rief er. |»Doch.« |»Warum?« |Es gilt Nr. 5 der Liste. |Das war 2024. |Danach kam nichts."),
    ("de", "1. Die Abgabe entfällt. |„Warum?“ fragte sie. |Niemand weiß es…"),
    ("fr", "« Non ! » a-t-il dit. |Le ministre, M. Ka, refuse. |« Nous voterons mardi. » |Pourquoi ? |Personne ne sait."),
    ("es", "¿Por qué no? |¡Nunca! |El Sr. Ka dijo que no. |Luego vino la Dra. Li. |“¿Cuándo?”, preguntó."),
    ("ru", "«Нет!» — сказал он. |Профсоюз против. |А. С. Ка родился в 1799 г. в Москве. |Потом пришла зима."),
    ("pl", "Związek głosuje 3. Października. |Prof. Ka mówi."),
    (None, "ⲁⲛⲟⲕ ⲡⲉ. ⲛⲧⲟⲕ"),
]


@pytest.mark.parametrize(("language", "parted"), CUT)
def test_sentences(language: str | None, parted: str) -> None:
    text = parted.replace("|", "")
    found = [text[start:end] for start, end in other_sentences(text, 0, len(text), language)]
    assert found == [sentence.strip() for sentence in parted.split("|")]
    if language == "th":
        return  # where nothing ends in a stop, form alone does not tell a short line from a heading
    lines = extract_statements(Article("a", "\n".join([text] * 2), language=language))
    assert [s.text for s in lines if s.kind == "sentence"] == found * 2
    assert all(s.speaker is s.organisation is s.holder is s.mode is s.cue is s.attribution_confidence is None for s in lines)
    assert not any(s.quotes for s in lines)


MARKS = [*OWN_STOPS, *".!?…;\u037e", *"“”„«»「」』”’\"'()[]（）", *"，、：", " ", "\u00a0", "\n", "\u200b"]
LETTERS = ["他说", "と", "अ", "क्", "ا", "د", "a", "A", "Б", "б", "Ω", "ω", "ไ", "한", "3", "12", "z", "Dr"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(MARKS), st.sampled_from(LETTERS), st.characters(exclude_categories=("Cs",))), max_size=50).map(
        "".join
    )
)
def test_statements_cover_whatever_is_no_white_space(text: str) -> None:
    for language in ("zh", "de", None):
        end = 0
        for s in extract_statements(Article("a", text, language=language)):
            assert end <= s.start < s.end
            assert not text[end : s.start].strip()
            assert s.text == text[s.start : s.end] == s.text.strip()
            end = s.end
        assert not text[end:].strip()


def test_a_line_that_ends_in_a_stop_of_any_script_is_no_heading() -> None:
    for stop in ["。", "？", "！", "।", "؟", "۔", "።", "。”", "」"]:
        text = f"工会反对收费{stop}\n他们周二投票，反对收费的人很多，会议开到深夜才结束。"
        lines = list(stripped_lines(text))
        assert classify(text, lines) == ["heading" if stop == "」" else "sentence", "sentence"]


@pytest.mark.parametrize("piece", ["。", "“。”他说", "」", "A. ", ". ", "« ", ".»  ", "a", "3. ", "! ", "。 ", "; ", "ω;"])
def test_time_grows_in_line_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text, times = piece * (size // len(piece)), []
        for _ in range(3):
            started = time.process_time()
            list(other_sentences(text, 0, len(text), "de"))
            times.append(time.process_time() - started)
        return min(times)

    assert seconds(80_000) < 10 * seconds(20_000) + 0.02
