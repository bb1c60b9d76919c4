import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import articles

from stancekit.actors import Actor, Actors, fold, load_actors
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements
from stancekit.statements.suggestions import render_suggestions, suggest_actors

COVERAGE = {
    "one": "Ana Boro, chair of the Rail Guild, said: “No.”\nBoro added that it was “a bad day”.\nDoctors said: “We are tired.”",
    "two": "Ana Boro, chair of the Rail Guild, said: “Never.”\nA Rail Guild spokesman said: “We agree.”\n"
    "The Rail Guild said it would strike.",
    "three": "Boro said: “Not now.”\nThe PQR said: “Yes.”",
}


@pytest.fixture
def statements() -> list[Statement]:
    return [s for name, text in COVERAGE.items() for s in extract_statements(Article(name, text))]


def test_frequent_speakers_with_counts_articles_and_contexts(statements):
    boro, guild = suggest_actors(statements, Actors())
    assert (boro.name, boro.kind, boro.organisation, boro.aliases) == ("Ana Boro", "person", "Rail Guild", ("Boro",))
    assert (boro.count, boro.articles) == (4, 3)
    assert boro.contexts == tuple(s.text for s in statements if s.speaker in ("Ana Boro", "Boro"))[:3]
    assert (guild.name, guild.kind, guild.organisation, guild.count) == ("Rail Guild", "organisation", None, 2)


def test_whom_the_registry_has_is_not_suggested(statements):
    known = Actors(actors=[Actor(name="Ana Boro", kind="union", organisation="Rail Guild", aliases=["Boro"])])
    assert [s.name for s in suggest_actors(statements, known)] == ["Rail Guild"]
    assert [s.name for s in suggest_actors(statements, known, min_count=1)] == ["Rail Guild", "PQR"]


def test_a_surname_that_two_share_stays_on_its_own():
    texts = [
        "Ana Boro said: “No.”\nAna Boro said: “No.”",
        "Lin Boro said: “No.”\nLin Boro said: “No.”",
        "Boro said: “No.”\nBoro said: “No.”",
    ]
    rows = [s for i, text in enumerate(texts) for s in extract_statements(Article(str(i), text))]
    assert [(s.name, s.count) for s in suggest_actors(rows, Actors())] == [("Ana Boro", 2), ("Boro", 2), ("Lin Boro", 2)]


def test_the_rendering_is_a_registry(statements, tmp_path):
    path = tmp_path / "actors.yaml"
    path.write_text(render_suggestions(suggest_actors(statements, Actors(), min_count=1)), encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines()[1:4] == [
        "actors:", "  # 4 statements in 3 articles", "  #   Ana Boro, chair of the Rail Guild, said: “No.”",
    ]  # fmt: skip
    registry = load_actors(path)
    assert [(a.name, a.kind, a.organisation) for a in registry.actors] == [
        ("Ana Boro", "person", "Rail Guild"), ("Rail Guild", "organisation", None), ("PQR", "organisation", None),
    ]  # fmt: skip
    assert suggest_actors(statements, registry, min_count=1) == []


def test_nothing_to_suggest_is_a_registry_too(tmp_path):
    (tmp_path / "actors.yaml").write_text(render_suggestions([]), encoding="utf-8")
    assert load_actors(tmp_path / "actors.yaml").actors == []


def test_the_invented_articles_give_a_registry(tmp_path):
    rows = [s for a in articles("development") for s in extract_statements(Article(a.id, a.text))]
    found = suggest_actors(rows, Actors())
    assert len(found) > 50
    (tmp_path / "actors.yaml").write_text(render_suggestions(found), encoding="utf-8")
    assert len(load_actors(tmp_path / "actors.yaml").actors) == len(found)


NAMES = st.text(alphabet=st.sampled_from(list("AaBb ;:#'\"{}[],&*!|>%@`\\\n\u202e\u2028é\ud800")), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=6))
def test_any_names_round_trip(rows):
    statements = [Statement(f"a:{i}", "a", 0, 1, text, speaker=name, organisation=body) for i, (name, body, text) in enumerate(rows)]
    found = suggest_actors(statements, Actors(), min_count=1)
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "actors.yaml")
        path.write_text(render_suggestions(found), encoding="utf-8")
        registry = load_actors(path)
    assert [(a.name, a.kind) for a in registry.actors] == [(s.name, s.kind) for s in found]
    assert all(fold(s.name) for s in found)
