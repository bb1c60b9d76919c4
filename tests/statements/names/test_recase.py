import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stancekit.actors import Actor, Actors
from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.names.recase import natural, recase
from stancekit.statements.segmentation.lines import stripped_lines


def recased(text: str, actors: Actors | None = None) -> str:
    return recase(text, list(stripped_lines(text)), [], actors or Actors())


@example("AAA ßA")
@given(st.text(alphabet="ABCİIŁß’'\". ,:\nÀ1ab", max_size=80))
def test_offsets_hold(text):
    assert len(recased(text)) == len(text)
    assert len(natural(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        'The Ferry Operators’ Association said no. "We lost," said its chair, Morag Tull. "It is sad."',
        "Dr Tull said it was the NHS that lost on Monday. Susan Tull, a nurse, agreed.",
        "The union lost. I’m told the British minister, Bo O’Neill, wept.",
    ],
)
def test_evidence_gives_back_the_capitals(text):
    assert recased(text.upper()) == text
    assert recased(text) == text


def test_the_registry_knows_its_names():
    actors = Actors(actors=[Actor(name="Teach Well", kind="charity")])
    assert recased("PUPILS TEACH WELL AND TEACH WELL IS GLAD.", actors) == "Pupils Teach Well and Teach Well is glad."


def test_the_text_stays_in_capitals_and_the_speakers_do_not():
    text = 'THE FERRY OPERATORS\' ASSOCIATION LOST. "IT IS A TAX," SAID ITS CHAIR, MORAG TULL. THE MINISTRY SAID THE LEVY WOULD PAY FOR IT.'
    found = extract_statements(Article("a", text))
    assert all(text[s.start : s.end] == s.text for s in found)
    assert [s.speaker for s in found] == ["narrator", "Morag Tull", "ministry"]
