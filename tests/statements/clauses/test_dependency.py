"""From a parse to who speaks, on parses written by hand and on nonsense."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.clauses.dependency import ParsedSentence
from stancekit.statements.clauses.parser import Node
from stancekit.statements.text.tokens import QUOTE, mask, tokenise


def nodes_of(text: str, parse: dict[str, tuple[str, str, str]]) -> list[Node]:
    """`parse` gives, for words of the text, head, relation and tag; the others hang on the root."""
    words = list(re.finditer(r"[\w’]+|[^\w\s]", text))
    first = {found.group(): i for i, found in reversed(list(enumerate(words)))}
    root = first[next(word for word, (_, relation, _) in parse.items() if relation == "ROOT")]
    nodes = []
    for found in words:
        head, relation, tag = parse.get(found.group(), ("", "dep", "XX"))
        nodes.append(Node(*found.span(), first.get(head, root), relation, tag))
    return nodes


def governed(text: str, parse: dict[str, tuple[str, str, str]]) -> tuple[str, str] | None:
    """Cue and subject of the one quotation."""
    start, end = text.index("“"), text.index("”") + 1
    tokens = mask(tokenise(text, 0, len(text)), [(start, end)])
    place = next(i for i, token in enumerate(tokens) if token.word == QUOTE)
    clue = ParsedSentence(tokens, nodes_of(text, parse), 0).governor(place)
    return None if clue is None else (clue.text, " ".join(token.word for token in clue.subject))


@pytest.mark.parametrize(
    ("text", "parse", "expected"),
    [
        (
            "“It hurts,” said the chair of the union.",
            {"hurts": ("said", "ccomp", "VBZ"), "It": ("hurts", "nsubj", "PRP"), "said": ("", "ROOT", "VBD"), "the": ("chair", "det", "DT"),
             "chair": ("said", "nsubj", "NN"), "of": ("chair", "prep", "IN"), "union": ("of", "pobj", "NN")},
            ("said", "the chair of the union"),
        ),
        (  # the verb above is reached through others
            "The board that met said the offer was “an insult”.",
            {"board": ("said", "nsubj", "NN"), "The": ("board", "det", "DT"), "met": ("board", "relcl", "VBD"),
             "said": ("", "ROOT", "VBD"), "offer": ("was", "nsubj", "NN"), "was": ("said", "ccomp", "VBD"),
             "insult": ("was", "attr", "NN")},
            ("said", "The board"),
        ),
        (  # a passive
            "The plan was condemned by doctors as “a mess”.",
            {"plan": ("condemned", "nsubjpass", "NN"), "condemned": ("", "ROOT", "VBN"), "by": ("condemned", "agent", "IN"),
             "doctors": ("by", "pobj", "NNS"), "as": ("condemned", "prep", "IN"), "mess": ("as", "pobj", "NN")},
            ("condemned", "doctors"),
        ),
        (  # a passive without an agent is nobody's
            "Nurses met and were condemned as “a mess”.",
            {"Nurses": ("met", "nsubj", "NNS"), "met": ("", "ROOT", "VBD"), "were": ("condemned", "auxpass", "VBD"),
             "condemned": ("met", "conj", "VBN"), "as": ("condemned", "prep", "IN"), "mess": ("as", "pobj", "NN")},
            None,
        ),
        (
            "Nurses condemned as “a mess” met.",
            {"Nurses": ("met", "nsubj", "NNS"), "met": ("", "ROOT", "VBD"), "condemned": ("Nurses", "acl", "VBN"),
             "as": ("condemned", "prep", "IN"), "mess": ("as", "pobj", "NN")},
            None,
        ),
        (  # a perfect is none
            "Nurses say they have condemned it as “a mess”.",
            {"Nurses": ("say", "nsubj", "NNS"), "say": ("", "ROOT", "VBP"), "have": ("condemned", "aux", "VBP"),
             "they": ("condemned", "nsubj", "PRP"), "condemned": ("say", "ccomp", "VBN"), "as": ("condemned", "prep", "IN"),
             "“": ("mess", "punct", "``"), "a": ("mess", "det", "DT"), "”": ("mess", "punct", "''"), "mess": ("as", "pobj", "NN")},
            ("condemned", "they"),
        ),
        (  # a participle shares the subject
            "Nurses walked out, calling it “a mess”.",
            {"Nurses": ("walked", "nsubj", "NNS"), "walked": ("", "ROOT", "VBD"), "calling": ("walked", "advcl", "VBG"),
             "mess": ("calling", "oprd", "NN")},
            ("calling", "Nurses"),
        ),
        (  # a relative pronoun means what it belongs to
            "The nurse, who called it “a mess”, resigned.",
            {"nurse": ("resigned", "nsubj", "NN"), "The": ("nurse", "det", "DT"), "who": ("called", "nsubj", "WP"),
             "called": ("nurse", "relcl", "VBD"), "mess": ("called", "oprd", "NN"), "resigned": ("", "ROOT", "VBD")},
            ("called", "The nurse"),
        ),
        (  # no verb of reporting, no clue
            "The “mess” was cleared.",
            {"mess": ("cleared", "nsubjpass", "NN"), "cleared": ("", "ROOT", "VBN")},
            None,
        ),
    ],
)  # fmt: skip
def test_the_subject_of_the_verb_above(text, parse, expected):
    assert governed(text, parse) == expected


class Counting:
    """A parser that knows nothing and counts how often it is asked."""

    name = "counting"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def parse(self, text: str) -> tuple[Node, ...]:
        self.texts.append(text)
        return ()


def test_it_is_asked_only_where_the_rules_are_not_sure():
    parser = Counting()
    sure = (
        "The Rail Guild said: “No.” “We will strike,” the union added. “Never.” The trains run. According to Ana Boro, they are “too old”."
    )
    unsure = "They embraced it as “a plan for all of us”."
    extract_statements(Article("a", f"{sure}\n{unsure}"), parser=parser)
    assert parser.texts == [unsure]


def test_a_sentence_is_parsed_only_so_far():
    parser = Counting()
    extract_statements(Article("a", "They embraced it as “a plan for all of us”, " + "and on and on " * 1000), parser=parser)
    assert [len(text) for text in parser.texts] == [1500]


class Nonsense:
    """A parser whose trees are drawn at random, with circles."""

    name = "nonsense"

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)

    def parse(self, text: str) -> tuple[Node, ...]:
        words = list(re.finditer(r"\S+", text))
        relations = ["nsubj", "ccomp", "conj", "agent", "pobj", "appos", "relcl", "acl", "xcomp", "prep", "ROOT"]
        return tuple(
            Node(*w.span(), self.draw.randrange(len(words)), self.draw.choice(relations), self.draw.choice(["VBD", "NN", ","]))
            for w in words
        )


WORDS = ["the", "union", "said", "“a", "big", "mess”", ",", "who", "they", "embraced", "called", "it", "as", "Ana", "Boro", "by", "\n", "."]


@settings(max_examples=200, deadline=None)
@given(st.integers(), st.lists(st.sampled_from(WORDS), max_size=30))
def test_no_parse_does_harm(seed, words):
    text = " ".join(words)
    plain = extract_statements(Article("a", text))
    parsed = extract_statements(Article("a", text), parser=Nonsense(seed))
    assert [(s.id, s.kind, s.quotes) for s in parsed] == [(s.id, s.kind, s.quotes) for s in plain]
