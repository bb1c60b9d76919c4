"""Accents written apart from their letters, and characters that do not show: part of the word, at its place in the text."""

import unicodedata

import pytest
from hearing import speakers
from hypothesis import given
from hypothesis import strategies as st

from stancekit.actors import Actor, Actors, fold
from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.text.characters import is_plain, shown
from stancekit.statements.text.tokens import tokenise

ACCENTED = ["Zoë García", "Ngọc Nguyễn", "Ọmọ́lará Ọ̀ṣunbọ̀", "Émile Éluard", "Çağla Şahin", "Jürgen Ångström", "Siân Štefánik"]
FRAMES = [
    "{a} said: “No.”",
    "{a}, head of the Société Générale, said: “No.” Mr {s} added: “Yes.”",
    "“No,” said {a}. “Yes,” {s} added.",
    "{b}’s solicitor, {a}, called it “cruel”.",
    "A spokesman for {b} and {a}'s family said: 'No.'",
    "The plan was condemned by {a} and {b} as “cruel and unjust”.",
]
UNSEEN = ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u200e"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", ACCENTED)
def test_names_are_the_same_however_accents_are_written(frame, name, namer):
    text = frame.format(a=name, s=name.split()[-1], b=namer.person())
    heard = speakers(unicodedata.normalize("NFC", text))
    apart = speakers(unicodedata.normalize("NFD", text))
    assert [unicodedata.normalize("NFC", who) for who in apart] == [unicodedata.normalize("NFC", who) for who in heard]
    assert name.split()[-1] in unicodedata.normalize("NFC", heard[0]) or "spokesperson" in heard[0]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ACCENTED)
def test_a_name_is_as_it_stands_in_the_text(form, name):
    name = unicodedata.normalize(form, name)
    (statement,) = extract_statements(Article("x", f"{name} said: “No.”"))
    assert statement.speaker == name


@pytest.mark.parametrize("name", ACCENTED)
def test_a_registered_name_is_found_in_either_form(name):
    registry = Actors(actors=[Actor(name=unicodedata.normalize("NFC", name), kind="person")])
    (statement,) = extract_statements(Article("x", unicodedata.normalize("NFD", f"{name} said: “No.”")), registry)
    assert statement.speaker == unicodedata.normalize("NFC", name)
    assert fold(unicodedata.normalize("NFD", name)) == fold(name)


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize(
    ("frame", "second"),
    [
        ("{a}{u} {b}{u} said: “No.”", False),
        ("{a} {b1}{u}{b2} said: “No.” Ms {b} added: “Yes.”", True),
        ("{u}{a} {u}{b} said: “No.”", False),
    ],
)
def test_what_does_not_show_is_no_part_of_a_name(frame, second, unseen, namer):
    first, last = namer.word(), namer.word(3)
    text = frame.format(a=first, b=last, b1=last[:3], b2=last[3:], u=unseen)
    assert speakers(text) == [f"{first} {last}"] * (1 + second)


@given(st.text(st.sampled_from("aé\u0301\u0323s’' \u00ad\u200b\n“”.,A1-&"), max_size=40))
def test_tokens_lie_where_they_stand(text):
    end = 0
    for token in tokenise(text, 0, len(text)):
        assert end <= token.start < token.end <= len(text)
        assert shown(text[token.start : token.end]).startswith(token.word)
        assert not shown(text[end : token.start]).strip()
        end = token.end
    assert not shown(text[end:]).strip()


def test_where_characters_hide():
    assert [is_plain("ab\u00adc", start) for start in (0, 3)] == [False, True]
    assert [is_plain(text) for text in ("é", "e\u0301")] == [True, False]
    assert shown("ab\u00adc\u200b") == "abc"
