"""What looks like a speaker and is nobody in particular, or nothing that speaks."""

import pytest
from naming import Namer

from stancekit.records import Article
from stancekit.statements import extract_statements

# Each sentence's speaker; `{a}`, `{b}` are people, `{o}` an organisation.
CASES = [
    ("Shares in {o} plunged as it issued a profit warning.", ["narrator"]),
    ("Sales fell. Shares fell after “a poor year for us all”.", ["narrator", "narrator"]),
    ("I am told he is late.", ["narrator"]),
    ("I am told it was “a very long night for them”.", ["narrator"]),
    ("{a} hit back: “It is a lie.”", ["{a}"]),
    ("{a} sat down.\nQ: Were you tired?\nA: “I was tired.”", ["narrator", "interviewer", "{a}"]),
    ("Q: Were you tired?\nA: “I was tired.”", ["interviewer", "interviewee"]),
    ("The {o} Drivers’ Union said no. The nurses’ union said it would strike.", ["{o} Drivers’ Union", "nurses’ union"]),
    ("The {o} Drivers’ Union said no. The drivers’ union said it would strike.", ["{o} Drivers’ Union"] * 2),
    ("The {o} Trust said no. The anglers’ club said it would appeal.", ["{o} Trust", "anglers’ club"]),
    ("XQR said no. The drivers’ union said it would strike.", ["XQR", "XQR"]),
]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("template", "expected"), CASES)
def test_who_speaks(template, expected, seed):
    namer = Namer(seed)
    who = {"a": namer.person(), "b": namer.person(), "o": f"{namer.word()}tec"}
    found = [s.speaker for s in extract_statements(Article("a", template.format(**who))) if s.kind == "sentence"]
    assert found == [speaker.format(**who) for speaker in expected]


@pytest.mark.parametrize("word", ["One", "Another"])
def test_one_of_nobody_is_doubtful(word, namer):
    said, other = extract_statements(Article("a", f"{namer.person()} said: “We lost.” {word} said: “We won.”"))
    assert other.speaker == word
    assert (other.attribution_confidence or 0) <= 0.5 < 0.9 < (said.attribution_confidence or 0)
