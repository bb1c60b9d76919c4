"""The packaged word lists: no entry that does nothing, and a domain's words over them."""

import pytest

pytest.importorskip("vaderSentiment")

from stancekit.models.lexical import english
from stancekit.models.lexical.lexicon import vader
from stancekit.models.lexical.targeted_sentiment import _WORD, values_of

VADER = vader().lexicon


@pytest.mark.parametrize("name", ["positive", "negative", "other_sense"])
def test_every_entry_changes_what_some_word_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, entries = values_of(VADER, {}), english.words()[name]
    for word in entries:
        monkeypatch.setitem(english.words(), name, entries - {word})
        assert values_of(VADER, {}) != expected, word


def test_entries_are_words_as_they_are_read_and_patterns_of_lower_case() -> None:
    for name, entries in english.words().items():
        assert all(_WORD.fullmatch(word) and word == word.casefold() for word in entries), name
    assert all(pattern.pattern == pattern.pattern.replace("’", "'").casefold() for pattern, _ in english.phrases())


def test_a_word_of_the_domain_has_the_polarity_that_it_has_there() -> None:
    known = values_of(VADER, {"outstanding": "neutral", "welcome": "negative", "lekker": "positive", "gaps": "negative"})
    assert (known.get("outstanding"), known["welcome"], known["lekker"], known["gaps"]) == (None, -1.0, 1.0, -1.0)
    changed = values_of(VADER, {}).items() ^ known.items()
    assert {word for word, _ in changed} == {"outstanding", "welcome", "lekker", "gaps"}
