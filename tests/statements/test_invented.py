"""Attribution on invented news: paraphrase, other beats, British and American marks, names that belong to nobody."""

from collections.abc import Iterator

import pytest
from invented import Saying, articles, build, says, straight

from stancekit.errors import MissingError
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements
from stancekit.statements.clauses.parser import Parser, load_parser

SEEDS = (0, 1, 2)


@pytest.fixture(scope="module")
def parser() -> Parser:
    try:
        return load_parser()
    except MissingError as error:
        pytest.skip(str(error))


def read(half: str, parser: Parser | None = None) -> Iterator[tuple[Saying, Statement]]:
    """Each quotation with the statement in which it begins."""
    for seed in SEEDS:
        for article in articles(half, seed):
            statements = extract_statements(Article(article.id, article.text), parser=parser)
            for saying in article.sayings:
                yield saying, next(s for s in statements if s.start <= saying.start < s.end)


def right(half: str, parser: Parser | None = None) -> float:
    results = [says(statement.speaker or "", saying) for saying, statement in read(half, parser)]
    return sum(results) / len(results)


def test_there_are_enough_of_them():
    halves = {half: list(articles(half)) for half in ("development", "held_out")}
    assert {half: len(found) for half, found in halves.items()} == {"development": 26, "held_out": 16}
    assert {half: sum(len(a.sayings) for a in found) for half, found in halves.items()} == {"development": 232, "held_out": 149}


@pytest.mark.parametrize(("half", "share"), [("development", 0.93), ("held_out", 0.85)])
def test_rules_name_the_speaker(half, share):
    assert right(half) >= share


@pytest.mark.parametrize(("half", "share"), [("development", 0.94), ("held_out", 0.87)])
def test_the_parse_names_some_more(half, share, parser):
    assert right(half, parser) >= share
    assert any(statement.attribution == "parse" for _, statement in read(half, parser))


def test_quotations_are_found_whole():
    lost = [saying for saying, statement in read("held_out") if not any(s <= saying.start < e for s, e in statement.quotes)]
    assert not lost


def test_confidence_is_what_it_says():
    found = [(statement.attribution_confidence or 0.0, says(statement.speaker or "", saying)) for saying, statement in read("held_out")]
    mean = sum(confidence for confidence, _ in found) / len(found)
    assert mean == pytest.approx(sum(ok for _, ok in found) / len(found), abs=0.06)
    sure = [ok for confidence, ok in found if confidence >= 0.95]
    doubtful = [ok for confidence, ok in found if confidence < 0.85]
    assert sum(sure) / len(sure) > 0.95 > 0.87 > sum(doubtful) / len(doubtful)


SOURCE = "U = % Guild; V = ^^^\n{a} of the {U} and the {V}: <a:“No, {a.last}.”> <U+V:“Yes.”> <=nurse/one nurse:“Oh.”>"


def test_an_article_is_built_with_its_speakers():
    article = build("x", SOURCE)
    (name,), (guild, acronym) = article.sayings[0].accepted[0], article.sayings[1].accepted[0]
    assert article.text.startswith(f"{name} of the {guild} and the {acronym}: ")
    assert guild.endswith(" Guild")
    assert acronym.isupper()
    assert [article.text[s.start : s.end] for s in article.sayings] == [f"“No, {name.split()[1]}.”", "“Yes.”", "“Oh.”"]
    assert article.sayings[2].accepted == (("nurse",), ("one nurse",))
    assert article == build("x", SOURCE)
    assert article != build("x", SOURCE, seed=1)
    assert straight(article).text.count('"') == 6


@pytest.mark.parametrize(
    ("found", "expected"),
    [("Ana Boro", True), ("Boro", True), ("Dame Ana Boro", True), ("", False), ("Lin Boro", False), ("Ana Boro; Lin Teka", False)],
)
def test_a_name_counts_in_a_longer_or_shorter_form(found, expected):
    assert says(found, Saying(0, 1, (("Ana Boro",),))) == expected


def test_every_one_of_joint_speakers_counts():
    joint = Saying(0, 1, (("Rail Guild", "PQR"),))
    assert says("PQR; Rail Guild", joint)
    assert not says("PQR", joint)
