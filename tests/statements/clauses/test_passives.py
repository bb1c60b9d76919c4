"""Those of whom something is said never say it; names belong to nobody."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from naming import Namer

from stancekit.errors import MissingError
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements
from stancekit.statements.clauses.parser import Parser, load_parser

# `{a}`, `{b}` are people, `{o}`, `{u}` organisations; the accused comes first.
NOBODYS = [
    "{o} has been accused of “{q}”.",
    "{a} was called “{q}” in court on Tuesday.",
    "{a} has been widely criticised for “{q}”.",
    "The {u} was warned that it could be “{q}”.",
    "{a} was told it was “{q}”.",
    "In May {a} was rated “{q}”.",
    "{o} was found to have been “{q}”.",
    "{a} had been described as “{q}”.",
    "{a} faces claims that she was “{q}”.",
    "{o} faced accusations of “{q}” last year.",
    "{a} has come under fire for “{q}”.",
    "{o} is under investigation over “{q}”.",
    "{a} was jailed for “{q}”.",
    "{a} resigned after being branded “{q}”.",
    "{o} is to close after it was condemned as “{q}”.",
]
AGENTS = [
    "{o} was branded “{q}” by {b}.",
    "{o} was described as “{q}” by {b}, who lives nearby.",
    "{a} was accused of “{q}” by {b} on Monday.",
    "{a} was described as “{q}” and “{q}” by {b}.",
    "{a} has been accused by {b} of “{q}”.",
    "{o} has been called “{q}” in a report by {b}.",
    "{o} was accused of “{q}”, {b} said.",
    "{b} said {a} had been called “{q}”.",
]
ACTIVE = [
    "{b} was quoted by the {u} as saying it was “{q}”.",
    "{b} was delighted with “{q}”.",
    "What {b} described as “{q}” will go on.",
    "The plan, which {b} called “{q}”, was dropped.",
    "{b}, the mayor, has accused {o} of “{q}”.",
    "{b} hit out at “{q}”.",
    "{b}, the mayor, warned of “{q}”, as it rained.",
    "{b} denied accusations of “{q}”.",
    "Asked whether it was “{q}”, {b} said no.",
    "{b} has since called it “{q}”.",
    "{b} was told to speak. “That is {q},” she said.",
    "{b} was clear that it was “{q}”.",
]
QUOTED = ["a cover-up of the worst sort", "breaking the law day after day", "quite unfit for its purpose", "bullying and lying to staff"]


def names(seed: int) -> dict[str, str]:
    namer = Namer(seed)
    quoted = QUOTED[seed % len(QUOTED)]
    return {"a": namer.person(), "b": namer.person(), "o": f"{namer.word()} Council", "u": f"{namer.word()} Guild", "q": quoted}


def read(template: str, seed: int, parser: Parser | None = None) -> tuple[Statement, dict[str, str]]:
    who = names(seed)
    return extract_statements(Article("a", template.format(**who)), parser=parser)[0], who


@pytest.fixture(scope="module")
def parser() -> Parser:
    try:
        return load_parser()
    except MissingError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("template", NOBODYS)
def test_the_accused_is_neither_speaker_nor_holder(template, seed):
    found, _ = read(template, seed)
    assert (found.speaker, found.holder) == ("narrator", "narrator")
    assert len(found.quotes) == 1


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("template", AGENTS)
def test_the_agent_speaks(template, seed):
    found, who = read(template, seed)
    assert (found.speaker, found.holder) == (who["b"], who["b"])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("template", ACTIVE)
def test_what_is_no_such_passive_keeps_its_subject(template, seed):
    who = names(seed)
    assert extract_statements(Article("a", template.format(**who)))[-1].speaker == who["b"]


@pytest.mark.parametrize("template", NOBODYS + AGENTS)
def test_nor_does_the_parse_make_the_accused_speak(template, parser):
    found, who = read(template, 1, parser)
    assert found.speaker in (("narrator", who["b"]) if template in AGENTS else ("narrator",)), found.speaker


@pytest.mark.parametrize("after", ["by Friday", "by 2030", "by the end of May", "by accident"])
def test_not_every_by_names_an_agent(after):
    found, _ = read(f"{{a}} was accused of “{{q}}” {after}.", 2)
    assert found.speaker == "narrator"


def test_a_quotation_that_goes_on_has_its_speaker_from_the_next_sentence():
    who = names(0)
    text = "{a} was told: “It is over. It was never going to work,” said {b}.".format(**who)
    assert [s.speaker for s in extract_statements(Article("a", text))] == [who["b"]] * 2


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["was", "accused", "of", "“a lie”", "by", "Ana", "Boro", ",", "faces", "claims", "that", "and", "who", "."]))
)
@example([",", "and", "accused"])
def test_any_order_of_these_words_is_read(words):
    extract_statements(Article("a", " ".join(words)))
