"""Keywords are found as whole words, definitions give words where there are none, VADER's scores are VADER's."""

import math
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.codebook import Label, Task
from stancekit.errors import InputError, MissingError
from stancekit.models import make_model
from stancekit.models.lexical import lexicon
from stancekit.models.lexical.lexicon import READ, Lexicon, pattern_of, words_of
from stancekit.models.templates import as_inputs

TASK = Task(
    question="What about?",
    labels={
        "grading": Label(definition="Grades, report cards.", keywords=["grad*", "report cards", "Ofsted’s scale"]),
        "strikes": Label(definition="Ballots of members; refusals, duties and walk-out, or anything such as these."),
        "other": Label(definition="None of these."),
    },
).model_dump()


@pytest.mark.parametrize(
    ("keyword", "text", "hits"),
    [
        ("grade", "Grade by grade; upgrades and GRADES do not count.", 2),
        ("grad*", "Grade, grading, Graduates, but not upgraded.", 3),
        ("report cards", "Report  cards, report-cards; report. Cards.", 2),
        ("union's", "The union’s vote and the union's ballot.", 2),
        ("industr* action*", "Industrial actions and industry action.", 2),
        ("five-point", "A five-point scale, a five point scale.", 2),
        ("c++", "C# and c", 2),  # nothing but letters and digits is compared
    ],
)
def test_a_keyword_is_found_as_whole_words_in_any_case(keyword: str, text: str, hits: int) -> None:
    assert len(pattern_of([lexicon.plain(keyword)]).findall(lexicon.plain(text))) == hits


def test_of_overlapping_keywords_the_longer_is_found() -> None:
    assert pattern_of(["risk", "risk assessment", "risk assess*"]).findall("risk assessments, risk") == ["risk assessments", "risk"]


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_any_text_and_keywords_can_be_counted(text: str, keywords: list[str]) -> None:
    usable = [k for k in map(lexicon.plain, keywords) if lexicon._WORD.search(k)]
    found = pattern_of(usable).findall(lexicon.plain(text))
    assert len(found) <= len(text)
    assert usable or not found


def test_a_label_without_keywords_goes_by_the_content_words_of_its_definition() -> None:
    words = words_of(TASK)
    assert words["grading"] == ("grad*", "report cards", "ofsted's scale")
    assert words["strikes"] == ("ballot", "ballots", "member", "members", "refusal", "refusals", "duty", "duties", "walk", "walks")
    assert words["other"] == ()


@pytest.mark.parametrize(
    ("word", "both"),
    [("grades", "grade"), ("duties", "duty"), ("stress", "stresses"), ("touches", "touch"), ("analysis", "analysises"), ("day", "days")],
)
def test_singular_and_plural_go_by_the_ending(word: str, both: str) -> None:
    assert set(lexicon._numbers(word)) == {word, both}


def test_the_features_are_saturating_counts_of_every_label() -> None:
    model = Lexicon(task=TASK).fit(["A grade.", "A ballot."], ["grading", "strikes"])
    features = model._features(as_inputs(["Grades, graded; a ballot of members", ""]))
    np.testing.assert_allclose(features, [[math.log(3), math.log(3), 0], [0, 0, 0]])
    assert model.classes_.tolist() == ["grading", "strikes"]  # a label never seen has no column


def test_it_says_a_label_by_its_words_on_texts_it_has_not_seen() -> None:
    train = ["A grade.", "Report cards are here.", "A ballot.", "Members refuse.", "Spring."]
    model = Lexicon(task=TASK).fit(train, ["grading", "grading", "strikes", "strikes", "other"])
    assert model.predict(["They graduated.", "Duties and ballots.", "Nothing of it"]).tolist() == ["grading", "strikes", "other"]


def test_texts_without_any_known_word_leave_the_head_its_intercept() -> None:
    model = Lexicon(task=TASK, class_weight=None).fit(["x", "y", "z"], ["a", "a", "b"])
    np.testing.assert_allclose(model.predict_proba(["", "x"]), [[2 / 3, 1 / 3]] * 2, atol=1e-4)


def test_vader_gives_its_own_scores_and_reads_no_more_than_a_sentence_needs() -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    text = "This is a disaster, but the good will is GREAT!!!"
    expected = SentimentIntensityAnalyzer().polarity_scores(text)
    model = make_model("lexicon", lexicon="vader").fit([text, "Awful."], ["positive", "negative"])
    np.testing.assert_allclose(model._features(as_inputs([text]))[0], [expected[k] for k in ("neg", "neu", "pos", "compound")])
    long = "good " * READ
    np.testing.assert_array_equal(model._features(as_inputs([long])), model._features(as_inputs([long + "bad " * 10_000])))
    assert model.predict(["What a wonderful result.", "Dreadful harm."]).tolist() == ["positive", "negative"]


def emoji() -> list[str]:
    return [character for character in lexicon.vader().emojis if len(character) == 1]


def vader_seen(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What of a text VADER is given to read."""
    seen: list[str] = []
    analyser = lexicon.vader()
    with monkeypatch.context() as patched:
        patched.setattr(
            analyser, "polarity_scores", lambda text: seen.append(text) or dict.fromkeys(("neg", "neu", "pos", "compound"), 0.0)
        )
        lexicon._vader_scores.__wrapped__(text)
    return seen[0]


@pytest.mark.parametrize("text", ["😂", "😀", "so GOOD😂", "good " * 500 + "é" * 20_000 + " ", "É" * 10_000_000, "©" * 10, "bad😹 😹"])
def test_a_text_of_one_word_is_read_in_no_time_however_long(text: str) -> None:
    started = time.monotonic()
    scores = lexicon._vader_scores.__wrapped__(text * max(1, 25_000 // len(text)))
    assert time.monotonic() - started < 1
    assert sum(scores[:3]) == pytest.approx(1, abs=0.01)


def test_words_and_emoji_count_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    half = READ // 2
    for text, read in [
        ("a" * 3 + " b" * 5 * READ, "aaa" + " b" * (READ - 1)),
        ("a" + "€" * 99 + " b" * 5 * READ, "a" + "€" * 99 + " b" * (READ - 1)),  # as long as a word may be
        ("😀" * 5 * READ, "😀" * half),  # "grinning face"
        ("b©" * 5 * READ, "b©" * half),
        ("a " * (READ - 100) + "©" * 5 * READ, "a " * (READ - 100) + "©" * 100),
        ("x" * 500 * READ, "x" * 100 * READ),
    ]:
        assert vader_seen(text, monkeypatch).rstrip() == read


@given(st.data())
def test_a_text_that_is_not_too_long_is_read_as_it_stands(data: st.DataObject) -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    word = st.sampled_from(
        ["good", "BAD", "but", "not", "very", "Union’s", ":)", "!!!", "wait?", "x" * 90, "😂", "ok😀", "😹😹", "e\u0301", "©"]
    )
    words = data.draw(st.lists(word, max_size=READ // 12))
    text = data.draw(st.sampled_from([" ", "  \n", "\u00a0"])).join(words)
    expected = lexicon.vader().polarity_scores(" ".join(text.split()))
    assert isinstance(lexicon.vader(), SentimentIntensityAnalyzer)
    assert lexicon._vader_scores.__wrapped__(text) == [expected[k] for k in ("neg", "neu", "pos", "compound")]


def test_no_emoji_stands_for_more_words_than_a_sentence_can_do_with() -> None:
    assert max(len(lexicon.vader().emojis[character].split()) for character in emoji()) <= 6
    assert not any(character.isspace() for character in emoji())


def test_another_word_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Lexicon(lexicon="vader").fit(["good", "bad"], ["p", "n"]).save(tmp_path / "m")
    monkeypatch.setattr(lexicon, "vader_digest", lambda: "0" * 64)
    with pytest.raises(InputError, match="vaderSentiment: has another word list"):
        Lexicon.load(tmp_path / "m")


def test_a_missing_package_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon.vader.cache_clear()
    monkeypatch.setitem(sys.modules, "vaderSentiment.vaderSentiment", None)
    monkeypatch.setitem(sys.modules, "vaderSentiment", None)
    with pytest.raises(MissingError, match=r"pip install 'stancekit\[lexicon\]'"):
        Lexicon(lexicon="vader").fit(["a"], ["b"])


def _with(**labels: Label) -> dict[str, Any]:
    return Task(question="Q?", labels=labels).model_dump()


@pytest.mark.parametrize(
    ("task", "message"),
    [
        (None, "has no task to take keywords from"),
        (_with(a=Label(definition="x", keywords=["*"]), b=Label(definition="y")), "label 'a': keyword '\\*' has neither letter nor digit"),
        (_with(a=Label(definition="None of these."), b=Label(definition="Any other.")), "no label of 'Q\\?' has keywords"),
    ],
)
def test_what_gives_no_words_is_refused(task: dict[str, Any] | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Lexicon(task=task).fit(["a"], ["b"])
