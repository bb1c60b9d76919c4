"""The packaged English lexicon: evaluative words, the words that shift them, and stop words, read from `english.yaml`."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from stancekit.io import strict_yaml


@lru_cache(maxsize=1)
def content() -> dict[str, Any]:
    """The file as it stands; comments and layout do not count."""
    return dict(strict_yaml.load(Path(__file__).with_name("english.yaml")).data)


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """List → its words, in lower case."""
    return {name: frozenset(text.split()) for name, text in content().items() if name != "phrases"}


def shifters() -> frozenset[str]:
    """Words that shift what others say, and evaluate nothing on their own account."""
    return words()["change"] | words()["reject"] | words()["reduce"]


@lru_cache(maxsize=1)
def phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of phrases, over lower case, each with the word that it is replaced by, in the order to apply them."""
    return tuple((re.compile(pattern), f" {word} ") for pattern, word in content()["phrases"].items())
