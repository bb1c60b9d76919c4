from collections.abc import Sequence
from pathlib import Path

import pytest
from beats import BEATS, Beat, beat
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import articles

from stancekit.actors import UNKNOWN, Actor, Actors, fold, load_actors
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements
from stancekit.suggest.actors import render_suggestions, suggest_actors

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
    assert (guild.name, guild.kind, guild.organisation, guild.count) == ("Rail Guild", "guild", None, 2)


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
        ("Ana Boro", "person", "Rail Guild"), ("Rail Guild", "guild", None), ("PQR", "organisation", None),
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


def read(beats: Sequence[Beat], registry: Actors | None = None) -> list[Statement]:
    return [s for b in beats for s in extract_statements(Article(b.id, b.text), registry)]


def pasted(rows: Sequence[Statement], folder: Path) -> Actors:
    path = folder / "actors.yaml"
    path.write_text(render_suggestions(suggest_actors(rows, Actors(), min_count=1)), encoding="utf-8")
    return load_actors(path)


@pytest.mark.parametrize("name", BEATS)
@pytest.mark.parametrize("seed", range(3))
def test_every_beat_gives_its_speakers_with_their_kinds_and_nothing_else(name, seed):
    coverage = beat(name, seed)
    found = {s.name: (s.kind, s.organisation) for s in suggest_actors(read([coverage]), Actors(), min_count=1)}
    assert found == coverage.speakers


@pytest.mark.parametrize("seed", range(3))
def test_what_is_pasted_is_suggested_no_more_and_changes_no_speaker(seed, tmp_path):
    beats = [beat(name, seed) for name in BEATS]
    before = read(beats)
    registry = pasted(before, tmp_path)
    after = read(beats, registry)
    assert suggest_actors(after, registry, min_count=1) == []
    assert [(s.speaker, s.organisation, s.holder) for s in after] == [(s.speaker, s.organisation, s.holder) for s in before]


@pytest.mark.parametrize("half", ["development", "held_out"])
def test_pasted_without_a_kind_nothing_changes(half, tmp_path):
    found = [Beat(a.id, a.text, {}) for a in articles(half)] + [beat(name) for name in BEATS]
    before = read(found)
    entries = [a.model_copy(update={"kind": UNKNOWN, "organisation": None}) for a in pasted(before, tmp_path).actors]
    after = read(found, Actors(actors=entries))
    assert [(s.speaker, s.organisation, s.actor_kind) for s in after] == [(s.speaker, s.organisation, s.actor_kind) for s in before]


def test_the_kind_is_a_person_where_the_surname_stands_alone_elsewhere():
    texts = ["Lin Boro said: “No.”", "Boro said: “No.”", "Dana Vipe said: “No.”\nDana Vipe said: “Never.”"]
    rows = [s for i, text in enumerate(texts) for s in extract_statements(Article(str(i), text))]
    assert [(s.name, s.kind) for s in suggest_actors(rows, Actors())] == [("Lin Boro", "person"), ("Dana Vipe", "unknown")]


@pytest.mark.parametrize(
    "speaker",
    ["Hungarian", "The Dutch", "Health", "Health officials", "Former colleagues", "Another", "Vol Tare’s family", "Residents", "Police"],
)
def test_descriptions_are_no_names(speaker):
    assert suggest_actors([Statement("a:0-1", "a", 0, 1, "x", speaker=speaker)], Actors(), min_count=1) == []


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("Fenport Hospital spokesperson", "organisation"), ("VRT spokesperson", "organisation"), ("Vol Tare spokesperson", "unknown"),
        ("Fenport Carers members", "organisation"),
    ],
)  # fmt: skip
def test_who_has_a_spokesperson_may_be_a_person_and_who_has_members_is_none(speaker, kind):
    (found,) = suggest_actors([Statement("a:0-1", "a", 0, 1, "x", speaker=speaker, actor_kind="person")], Actors(), min_count=1)
    assert found.kind == kind


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (["person", None, None], "person"), (["organisation", "organisation", "person"], "organisation"), ([None, None], "unknown"),
        (["organisation", "organisation", "union"], "union"), (["person", "person", "charity"], "person"), (["unknown"], "unknown"),
    ],
)  # fmt: skip
def test_the_kind_is_what_most_statements_say(kinds, kind):
    rows = [Statement(f"a:{n}", "a", 0, 1, "x", speaker="Vol Tare", actor_kind=kind) for n, kind in enumerate(kinds)]
    assert [s.kind for s in suggest_actors(rows, Actors(), min_count=1)] == [kind]


def test_an_organisation_that_is_a_person_or_rarely_given_is_left_out():
    def said(number: int, name: str, body: str | None) -> Statement:
        return Statement(f"a:{number}", "a", 0, 1, name, speaker=name, organisation=body, actor_kind="person")

    rows = [
        said(0, "Ana Boro", "Tare"),
        said(1, "Vol Tare", "Guild"),
        *(said(n, "Lin Pemo", "Calling" if n == 2 else None) for n in range(2, 14)),
    ]
    assert [(s.name, s.organisation) for s in suggest_actors(rows, Actors(), min_count=1)] == [
        ("Lin Pemo", None), ("Ana Boro", None), ("Vol Tare", "Guild"),
    ]  # fmt: skip


FOA = Actor(name="Ferry Operators’ Association", kind="union", aliases=["Ferry Folk"])
TULL = Actor(name="Dame Morag Tull", kind="union", organisation="Ferry Operators’ Association")


@pytest.mark.parametrize(
    ("names", "registered", "found"),
    [
        (
            ["FOA", "Ferry Operators' Association", "FOA", "ferry operators' association", "F.O.A."], [],
            [("Ferry Operators' Association", ("FOA", "ferry operators' association"), 5, False)],
        ),
        (["M. Tull", "Morag Tull", "Tull", "Morag J. Tull"], [], [("Morag J. Tull", ("M. Tull", "Morag Tull", "Tull"), 4, False)]),
        (["Mark Tull", "Morag Tull", "M. Tull"], [], [(name, (), 1, False) for name in ("M. Tull", "Mark Tull", "Morag Tull")]),
        (["NEU", "New Energy Union", "National Energy Union"], [],
         [(name, (), 1, False) for name in ("NEU", "National Energy Union", "New Energy Union")]),
        (["BBC", "Bo Bar of Como"], [], [("BBC", (), 1, False), ("Bo Bar of Como", (), 1, False)]),
        (["Department for Boats", "DfB", "Corran Ltd", "Corran Boats Ltd", "Corran Boats"], [], [
            ("Corran Boats Ltd", ("Corran Boats",), 2, False), ("Department for Boats", ("DfB",), 2, False), ("Corran Ltd", (), 1, False),
        ]),
        (["FOA", "M. Tull", "Ferry Folk", "FOA"], [FOA, TULL], [
            ("Ferry Operators’ Association", ("Ferry Folk", "FOA"), 2, True), ("Dame Morag Tull", ("M. Tull",), 1, True),
        ]),
    ],
)  # fmt: skip
def test_the_names_of_one_actor_are_merged_where_there_is_no_doubt(names, registered, found, tmp_path):
    rows = [Statement(f"a:{n}", "a", 0, 1, "x", speaker=name) for n, name in enumerate(names)]
    merged = suggest_actors(rows, Actors(actors=registered), min_count=1)
    assert [(s.name, s.aliases, s.count, s.registered) for s in merged] == found
    path = tmp_path / "actors.yaml"
    path.write_text(render_suggestions(merged), encoding="utf-8")
    pasted = load_actors(path)
    assert all(pasted.find(name) for name in names if name != "Ferry Folk")
    assert suggest_actors(rows, Actors(actors=[*registered, *pasted.actors]), min_count=1) == []
    assert ("  # as FOA (2)" in path.read_text()) == ("FOA" in names)


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
