"""Repeats by shingles against the definition, word by word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit import duplicates as module
from stancekit.duplicates import RUN, groups, repeated_in, repeating, repeats, shingles, strip_attribution, words

TEXTS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=12).map(" ".join)


def by_definition(a: str, b: str) -> bool:
    left, right = words(a), words(b)
    runs = {left[i : i + RUN] for i in range(len(left) - RUN + 1)}
    return any(right[i : i + RUN] in runs for i in range(len(right) - RUN + 1)) or (left == right and bool(left))


@given(TEXTS, TEXTS)
def test_equals_the_definition(a: str, b: str) -> None:
    assert repeats(a, b) == by_definition(a, b) == repeats(b, a)
    assert repeating([a], [b]) == [repeats(a, b)]


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_groups_are_the_chains_of_repeats(texts: list[str]) -> None:
    found = groups(texts)
    linked = [{i} for i in range(len(texts))]
    for i in range(len(texts)):
        for j in range(i):
            if repeats(texts[i], texts[j]):
                union = linked[i] | linked[j]
                for k in union:
                    linked[k] = union
    assert [found[i] == found[j] for i in range(len(texts)) for j in range(i)] == [
        j in linked[i] for i in range(len(texts)) for j in range(i)
    ]


def test_who_says_it_does_not_make_a_repeat() -> None:
    lead = "The general secretary of the very large union said: “{}”"
    assert not repeats(lead.format("One thing is plain."), lead.format("Quite another matter."))
    assert strip_attribution("“No,” the general secretary of the union said.") == "“No,”"
    assert strip_attribution("It said: “No.”") == "“No.”"


def test_what_follows_the_attribution_still_repeats() -> None:
    tail = "head teachers across the country plan to strike"
    assert repeats(f"“We will fight,” he said, as {tail}.", f"Thousands of {tail} over pay.")


def test_other_scripts_repeat_too() -> None:
    text = "Союз заявил что новый план слишком поспешен"
    assert repeats(text, f"Вчера {text}")


def test_embedded_quotes_repeat() -> None:
    a = "The union said members “expressed concerns that the office had lost sight of it”."
    assert repeats(a, "Members expressed concerns that the office had lost sight of it – again.")


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["x", "y", "z"])), max_size=8))
def test_repeated_in_names_every_home_of_a_repeat(rows: list[tuple[str, str]]) -> None:
    texts, homes = [text for text, _ in rows], [home for _, home in rows]
    expected = [{home} | {other for known, other in rows if repeats(text, known)} for text, home in rows]
    assert repeated_in(texts, homes) == expected


def test_a_text_is_taken_apart_once_and_what_recurs_in_the_same_homes_is_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setattr(module, "shingles", lambda text, real=module.shingles: taken.append(text) or real(text))
    said = ["One two three four five six seven.", "Eight nine ten eleven twelve thirteen."]
    texts = [*(said * 50), *(f"{said[0]} More {i}." for i in range(50))]
    homes = [*(f"a{i // 2}" for i in range(100)), *(f"a{i}" for i in range(50))]
    found = repeated_in(texts, homes)
    assert len(taken) == 52
    assert set(found) == {frozenset(f"a{i}" for i in range(50))}
    assert len({id(held) for held in found}) == 1


SPACELESS = {  # two texts on one topic, and how many characters stand for six words
    "zh": (
        "教育部周二宣布，全国学校的收费改革将于十一月开始，工会对此表示反对。",
        "工会周二宣布，会员将就学校收费改革举行投票，教育部对此表示遗憾。",
        12,
    ),
    "ja": (
        "教育省は火曜日、全国の学校の料金改革を十一月に始めると発表した。",
        "組合は火曜日、学校の料金改革について会員の投票を行うと発表した。",
        12,
    ),
    "th": ("สหภาพครูประกาศว่าจะคัดค้านการปฏิรูปค่าธรรมเนียมในเดือนพฤศจิกายน", "สหภาพครูประกาศว่าสมาชิกจะลงคะแนนเสียงเรื่องค่าธรรมเนียมในสัปดาห์หน้า", 24),
    "my": ("ဆရာများသမဂ္ဂက အခကြေးငွေ ပြုပြင်ပြောင်းလဲမှုကို ကန့်ကွက်မည်ဟု ကြေညာသည်။", "ဆရာများသမဂ္ဂက အဖွဲ့ဝင်များ မဲပေးမည်ဟု ယနေ့ ကြေညာသည်။", 24),
}


@pytest.mark.parametrize("language", SPACELESS)
def test_characters_stand_for_words_where_no_spaces_part_them(language: str) -> None:
    text, other, size = SPACELESS[language]
    assert len(words(text)) > 20
    assert {len(run) for run in shingles(text)} == {size}
    assert repeats(text, f"2025, {text[:-3]} new")
    assert repeats(text[: size + 8], text[3:])
    assert not repeats(text, other)
    assert repeats(text[:5], text[:5] + "!")
    assert not repeats(text[:5], text[:6])


@given(
    st.text("学校收费改革工会反对，12 aก", max_size=40),
    st.text("学校收费改革工会反对，12 aก", max_size=40),
    st.text("学校收费改革工会反对", min_size=12),
)
def test_what_shares_a_run_of_such_characters_repeats(before: str, after: str, run: str) -> None:
    assert repeats(run, before + run + after)


def test_vowel_signs_belong_to_their_word() -> None:
    assert words("संघ ने शुल्क को खारिज किया।") == ("संघ", "ने", "शुल्क", "को", "खारिज", "किया")
    assert not repeats("संघ ने शुल्क को खारिज किया", "मंत्री ने शुल्क को खारिज नहीं किया")
