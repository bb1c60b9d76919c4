import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.actors import Actor, Actors
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements


def read(text: str, actors: Actors | None = None) -> list[Statement]:
    return extract_statements(Article("a", text), actors)


def one(text: str) -> Statement:
    (statement,) = read(text)
    return statement


def test_modes_of_the_gold_reading(seeds, gold_statements, registry):
    agree = total = 0
    for file, rows in gold_statements.items():
        gold = {(row["start"], row["end"]): row for row in rows if row["kind"] == "sentence"}
        for statement in extract_statements(Article(file[:-4], seeds[file]), registry):
            row = gold.get((statement.start, statement.end))
            if row is not None:
                total += 1
                agree += statement.mode == row["mode"]
    assert total == 130
    assert agree >= 120


def test_statements_of_the_seeds_are_well_formed(seeds, registry):
    for file, text in seeds.items():
        for s in extract_statements(Article(file[:-4], text), registry):
            assert text[s.start : s.end] == s.text
            assert s.id == f"{file[:-4]}:{s.start}-{s.end}"
            sentence = s.kind == "sentence"
            assert all((value is not None) == sentence for value in (s.mode, s.speaker, s.holder))
            assert s.kind == "sentence" or (s.organisation, s.cue) == (None, None)
            assert s.kind != "sentence" or (s.mode == "narrator") == (s.speaker == "narrator")
            spoken = s.speaker not in (None, "narrator")
            assert (s.attribution, s.attribution_confidence is not None) == (("rule", True) if spoken else (None, False))
            assert s.attribution_confidence is None or 0 < s.attribution_confidence <= 1
            assert s.actor_kind is None or spoken
            assert all(s.start <= start < end <= s.end for start, end in s.quotes)
            assert sorted(s.quotes) == list(s.quotes)
            assert s.mode not in ("direct", "mixed") or s.quotes


@pytest.mark.parametrize(
    ("text", "mode", "speaker", "cue"),
    [
        ("The Rail Guild said: “We will strike.”", "direct", "Rail Guild", "said"),
        ("“We will strike,” the Rail Guild added.", "direct", "Rail Guild", "added"),
        ("The Rail Guild said the offer was “an insult to us”.", "mixed", "Rail Guild", "said"),
        ("The Rail Guild said it would strike, adding: “We are ready.”", "mixed", "Rail Guild", "said"),
        ("The Rail Guild said it would strike.", "indirect", "Rail Guild", "said"),
        ("According to the Rail Guild, the trains are old.", "indirect", "Rail Guild", "according to"),
        ("The Rail Guild has called for an inquiry.", "indirect", "Rail Guild", "called"),
        ("Rail Guild members were asked to vote.", "narrator", "narrator", None),
        ("The Rail Guild was approached for comment.", "narrator", "narrator", None),
        ("The Rail Guild declined to comment.", "narrator", "narrator", None),
        ("The trains run on time.", "narrator", "narrator", None),
        ("The claims were denied.", "narrator", "narrator", None),
        ("The proposed line will open in May.", "narrator", "narrator", None),
    ],
)
def test_mode_speaker_and_cue(text, mode, speaker, cue):
    statement = one(text)
    assert (statement.mode, statement.speaker, statement.cue) == (mode, speaker, cue)


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The Rail Guild said it would strike.", "Rail Guild"),
        ("The Rail Guild has filed a legal challenge.", "Rail Guild"),
        ("The leadership of the RST drivers’ union is considering a ballot.", "RST"),
        ("The Rail Guild will now ballot its members.", "Rail Guild"),
        ("The Rail Guild backed the plan in May.", "Rail Guild"),
        ("The Rail Guild was formed in 1901.", "narrator"),
        ("The Rail Guild is large.", "narrator"),
        ("Just over half of drivers work on Sundays.", "narrator"),
    ],
)
def test_first_guess_of_the_holder(text, holder):
    assert one(text).holder == holder


def test_the_holder_of_a_persons_words_is_the_organisation(namer):
    a = namer.person()
    statement = one(f"{a}, chair of the Rail Guild, said: “No.”")
    assert (statement.speaker, statement.organisation, statement.holder) == (a, "Rail Guild", "Rail Guild")
    statement = one(f"{a}, a nurse, said: “No.”")
    assert (statement.speaker, statement.organisation, statement.holder) == (a, None, a)


def test_a_statement_has_the_spans_of_its_speech():
    found = read("“We lost. We will learn,” said the Rail Guild. It ‘fears’ the “so-called” plan.\n“We will be back.\n“Wait for us.”")
    assert [[s.text[a - s.start : b - s.start] for a, b in s.quotes] for s in found] == [
        ["“We lost."], ["We will learn,”"], [], ["“We will be back."], ["“Wait for us.”"],
    ]  # fmt: skip


REGISTRY = Actors(
    actors=[
        Actor(name="Ofwave", kind="inspectorate", aliases=["Water Office"]),
        Actor(name="Ana Boro", kind="politician", organisation="Ofwave"),
    ],
    nouns={"union": ["union", "brotherhood"]},
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ofwave said no.", "inspectorate"),  # the registry's word
        ("Ana Boro said no.", "politician"),
        ("A spokesman for the Water Office said no.", "inspectorate"),  # of whom it speaks for
        ("Lin Teka, chair of Ofwave, said no.", "inspectorate"),
        ("The drivers’ union Rodvex said no.", "union"),  # the text's word, by the registry's nouns
        ("The charity Rodvex said no.", "charity"),
        ("The Rodvex Guild said no.", "guild"),
        ("Nurse Lin Teka said no.", "person"),
        ("Ofwave and the Rodvex Guild said no.", "inspectorate; guild"),
        ("Rodvex said no.", None),  # who knows
        ("Doctors said no.", None),
        ("The trains run.", None),
    ],
)
def test_the_kind_of_the_speaker(text, kind):
    (statement,) = read(text, REGISTRY)
    assert statement.actor_kind == kind


def test_how_sure_an_attribution_is():
    named, pronoun, carried = read("Ana Boro, a nurse, said: “No.”\n“It is over,” she said. “We are done.”")
    assert (named.speaker, pronoun.speaker, carried.speaker) == ("Ana Boro",) * 3
    assert named.attribution_confidence > pronoun.attribution_confidence > carried.attribution_confidence > 0.5


def test_sentences_of_one_quotation_have_one_speaker():
    found = read("The Rail Guild said: “We lost. We will learn.\n“We will be back. Wait for us.”\nThe train left.")
    assert [s.speaker for s in found] == ["Rail Guild"] * 4 + ["narrator"]
    assert [s.mode for s in found] == ["direct"] * 4 + ["narrator"]


def test_a_quotation_knows_its_speaker_from_the_end():
    found = read("“We lost. We will learn,” said the Rail Guild.")
    assert [(s.mode, s.speaker) for s in found] == [("direct", "Rail Guild")] * 2


LETTER = """Two unions have called for a pause. The PQR and the STV said in a letter to the minister they were “deeply sad”.
Read the full letter:
Dear Minister,
We write about the new rota. It will harm patients.
Last week the STV voted to walk out.
{end}"""


@pytest.mark.parametrize("end", ["Your thoughts", "Have your say", "We hope to hear from you."])
def test_a_letter_is_from_those_who_wrote_it(end):
    found = read(LETTER.format(end=end))
    letter = [s for s in found if s.mode == "letter"]
    assert [s.kind for s in found][2:4] == ["heading", "heading"]
    assert len(letter) == (4 if end.startswith("We") else 3)
    assert {(s.speaker, s.organisation, s.cue) for s in letter} == {("PQR; STV", "PQR; STV", None)}
    assert [s.holder for s in letter][:3] == ["PQR; STV", "PQR; STV", "STV"]


def test_a_letter_ends_with_its_signatures():
    found = read("Dear Minister,\nWe write about the rota.\nYours faithfully,\nRail Guild\nThe minister said: “No.”")
    assert [(s.mode, s.speaker) for s in found if s.mode] == [("letter", "Rail Guild"), ("direct", "minister")]


def test_joint_speakers_are_joined_by_semicolons():
    statement = one("The PQR and the STV said the offer was “an insult to us all”.")
    assert (statement.speaker, statement.organisation, statement.holder) == ("PQR; STV",) * 3


def test_registered_names_are_canonical():
    actors = Actors(actors=[Actor(name="Guild of Rail Staff", kind="union", aliases=["Rail Guild"])])
    (statement,) = read("The Rail Guild said it would strike.", actors)
    assert statement.speaker == statement.organisation == statement.holder == "Guild of Rail Staff"
    (statement,) = read("A Rail Guild spokesman said it would strike.", actors)
    assert (statement.speaker, statement.organisation) == ("Guild of Rail Staff spokesperson", "Guild of Rail Staff")


def test_a_text_without_sentences():
    assert read("") == read(" \n\t\n") == []


ALPHABET = st.one_of(st.sampled_from(list("aAB .,?!\n“”‘’\"'()—:é\u200f\u0301\ud800😀")), st.characters(exclude_categories=()))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=150))
def test_any_text_is_read(text):
    end = 0
    for s in read(text):
        assert end <= s.start < s.end <= len(text)
        assert text[s.start : s.end] == s.text == s.text.strip()
        assert not text[end : s.start].strip()
        end = s.end
    assert not text[end:].strip()
