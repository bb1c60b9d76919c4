import pytest

from stancekit.records import Article
from stancekit.statements import extract_statements


def heard(text: str) -> list[tuple[str | None, str | None]]:
    return [(s.speaker, s.organisation) for s in extract_statements(Article("a", text)) if s.kind == "sentence"]


@pytest.mark.parametrize(
    ("label", "speaker", "organisation"),
    [
        ("MORAG TULL", "Morag Tull", None),
        ("MR. TULL", "Tull", None),
        ("The Speaker", "speaker", None),
        ("AUDIENCE MEMBER", "audience member", None),
        ("Alan Reith (Acme Port)", "Alan Reith", "Acme Port"),
        ("Alan Reith (Acme) (Con)", "Alan Reith", "Conservative"),
        ("Dr Reith, for the union", "Reith", "union"),
        ("Alan Reith, managing director", "Alan Reith", None),
        ("Alan Reith, chair of the Acme Trust", "Alan Reith", "Acme Trust"),
        ("The Minister for Ports (Ann Reith)", "Ann Reith", None),
        ("Ferry Operators’ Association", "Ferry Operators’ Association", "Ferry Operators’ Association"),
    ],
)
def test_a_label_names_who_speaks(label, speaker, organisation):
    text = f"HOST: Why?\n{label}: We lost.\nHOST: And now?\n{label}: Nothing."
    assert heard(text) == [("host", None), (speaker, organisation)] * 2


def test_labels_and_prose_name_the_same_people():
    text = "Morag Tull of the Acme Trust sat down.\nHerald: Why?\nMORAG TULL: We lost.\nHerald: And?\nMT: Ah."
    assert {name for name, _ in heard(text)[1:]} == {"Herald", "Morag Tull"}
    assert heard("Morag Tull sat down.\nQ. Why?\nA. We lost.")[1:] == [("interviewer", None), ("Morag Tull", None)]
    assert heard("Morag Tull met Bo Reith.\nQ. Why?\nA. We lost.")[-1] == ("interviewee", None)
