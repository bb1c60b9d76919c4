"""Whom "he" and "she" mean, in articles about people whose names belong to nobody."""

import pytest
from hearing import speakers

PRONOUNS = [
    # who is a man by a title, a role or a pronoun is no "she"
    ("Mr {s} resigned. {b} {t} wept. “We lost,” she said.", "{b} {t}"),
    ("{a} {s} said he was tired. {b} {t} was there. {a} {s} left. “We lost,” she said.", "{b} {t}"),
    ("{a} {s}, a father of two, said no. {b} {t} was there. “We lost,” she said.", "{b} {t}"),
    ("{b} {t} was there. Her son, {a}, spoke. “We lost,” she said.", "{b} {t}"),
    ("{a} {s} and his daughter, {b}, came. “We lost,” he said.", "{a} {s}"),
    ("Dame {a} {s} said no. {b} {t} was there. “We lost,” he said.", "{b} {t}"),
    ("{a} {s}, a businesswoman, said no. {b} {t} was there. “We lost,” he said.", "{b} {t}"),
    # the pronoun of an apposition is somebody else's
    ("{a} {s} told MPs he would stay. {b} {t}, his opposite number, was cross. “How long?” she asked.", "{b} {t}"),
    ("{a} {s} said she would stay. {b} {t}, her former colleague, objected. “How long?” he asked.", "{b} {t}"),
    # a first name tells
    ("David {s} and Sarah {t} met at noon. “We lost,” she said.", "Sarah {t}"),
    ("Helen {s} met {b} {t} at noon. “We lost,” he said.", "{b} {t}"),
    ("Health secretary Keith {s} said no. Shadow minister {b} {t} disagreed. “How many?” she asked.", "{b} {t}"),
    # but not against what is said more than once
    ("Michael {s} said she was tired. “We lost,” she said.", "Michael {s}"),
    # nobody who was named can be meant
    ("Mr {s} said no. “We lost,” she said.", "she"),
    ("Mrs {s} said no. “We lost,” he said.", "he"),
    ("David {s} resigned. A nurse spoke up. “We lost,” she said.", "nurse"),
]


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_a_pronoun_keeps_to_its_gender(text, expected, namer):
    for _ in range(5):
        names = {key: namer.word() for key in "abst"}
        if len(set(names.values())) == len(names):
            assert speakers(text.format(**names)) == [expected.format(**names)]
