"""Time grows in line with the text, however odd the text is, and ordinary text is read fast enough."""

import time
from collections.abc import Callable

import pytest

from stancekit.records import Article
from stancekit.statements import extract_statements

ODD = {
    "openers": "“",
    "stops": ".",
    "initials": "A. ",
    "middle initials": "Ann A. Example ",
    "newlines": "\n",
    "one word": "x",
    "closers": "”",
    "straight marks": '"',
    "apostrophes": "'",
    "quotations": "“a” ",
    "single marks": "‘a ",
    "possessives": "s’ ",
    "paragraphs of one quotation": "“We lost.\n",
    "short lines in marks": "“a\n",
    "questions in marks": "“Why?” Ann Example ",
    "bullets": "•a ",
    "ellipses": "… [...] ",
    "enumerators": "1. A. ",
    "names": "Ann Example, ",
    "cues": "he said that she said ",
    "attributions": "Ann Example, chair of the Union of Examples, said. ",
    "letters": "Dear Ann,\n",
    "headings": "Ann Example\n",
    "letters without end": "Dear Ann,\nWe lost.\nAnn Example\nWe won.\n",
    "letters signed": "We lost it.\nAnn Example, Exampletown\n",
    "letters closed": "We lost it.\nYours faithfully,\nAnn Example\n",
    "brackets in turn": ")(",
    "dashes": "-- ",
    "marks of two": "''``",
    "years": "of '90 ",
    "turns": "ANN EXAMPLE: We lost.\nBOB: We won.\n",
    "answers": "Q. Why?\nA. We lost.\n",
    "names above": "Ann Example\nWe lost.\nBob Example\nWe won.\n",
    "stamps": "18:30\nVote delayed\nShe said so.\n",
    "capitals": "ANN EXAMPLE OF THE UNION SAID IT. ",
}


def text_of(name: str, size: int) -> str:
    if name == "nested brackets":
        return "(" * (size // 2) + ")" * (size // 2)
    return ODD[name] * (size // len(ODD[name]))


def seconds(call: Callable[[], object], rounds: int = 2) -> float:
    """Processor time of the faster of two rounds."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


def extract(text: str) -> Callable[[], object]:
    return lambda: extract_statements(Article("a", text))


@pytest.mark.parametrize("name", [*ODD, "nested brackets"])
def test_odd_texts_take_time_in_line_with_their_length(name):
    small, large = (seconds(extract(text_of(name, size))) for size in (4_000, 16_000))
    assert large <= 7 * small + 0.05  # four times as long; sixteen where the time grew with the square


@pytest.mark.slow
@pytest.mark.parametrize("name", [*ODD, "nested brackets"])
def test_a_megabyte_of_anything(name):
    assert seconds(extract(text_of(name, 1_000_000)), rounds=1) < 90


@pytest.fixture
def prose(seeds: dict[str, str]) -> list[str]:
    return list(seeds.values())


@pytest.mark.articles
def test_speed(prose, registry):
    """A fifth of what is asked of an idle machine: this one is shared."""
    size = sum(len(text.encode()) for text in prose)
    assert size / seconds(lambda: [extract_statements(Article("a", text), registry) for text in prose], rounds=3) >= 0.06e6


@pytest.mark.slow
def test_time_grows_in_line_with_the_number_of_articles(prose):
    """From 1 to 1 000 articles, within 1.2, all that was found being kept."""
    kept, times = [], []
    for _ in range(200):
        started = time.process_time()
        kept.append([extract_statements(Article("a", text)) for text in prose])
        times.append(time.process_time() - started)
    assert min(times[-50:]) <= 1.2 * min(times[:50])  # the fastest: others' work on the machine disturbs a mean


@pytest.mark.slow
def test_time_grows_in_line_with_the_length_of_an_article(prose, registry):
    page = "\n".join(prose)
    article = page * (1_000_000 // len(page))
    short = seconds(lambda: extract_statements(Article("a", page), registry), rounds=9)
    long = seconds(lambda: extract_statements(Article("a", article), registry))
    assert long <= 1.6 * short * (len(article) / len(page))


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ["x", "“", "The club, the union said on Friday, would “not be sold” before the season is over. "])
def test_a_line_of_twenty_megabytes(pattern):
    line = pattern * (20_000_000 // len(pattern))
    assert len(extract_statements(Article("a", line))) == max(1, line.count("."))
