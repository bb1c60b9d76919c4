"""Which of a couple, or of a family, is meant: by `Mr` and `Mrs`, by "her husband", by a given name on its own."""

import pytest
from hearing import speakers

COUPLES = [
    # the text, with {a} and {b} for given names and {s} and {t} for surnames; who says each quotation
    ("{a} {s} and his wife, {b}, want answers. “No,” Mrs {s} said. Her husband added: “Never.”", ["{b} {s}", "{a} {s}"]),
    ("{a} {s} and her husband, {b}, sold up. “No,” said Mr {s}. “Yes,” his wife replied.", ["{b} {s}", "{a} {s}"]),
    ("{a} {s} and his late wife, {b} {s}, sold up. Mrs {s} said: “No.” “Yes,” Mr {s} insisted.", ["{b} {s}", "{a} {s}"]),
    ("{a} {s}’s wife, {b}, wept. “Why us?” Mrs {s} asked. Mr {s} said: “Enough.”", ["{b} {s}", "{a} {s}"]),
    ("{a} and {b} {s} run a cafe. Mrs {s} said: “It pays.” “Just,” said Mr {s}.", ["{b} {s}", "{a} {s}"]),
    ("{a} and {b} {s} run a cafe. “It pays,” Mr {s} said. His wife said: “Just.” Mrs {s} left.", ["{a} {s}", "{b} {s}"]),
    ("{a} {s} and {b} {s} run a cafe. “It pays,” said Mrs {s}. Mr {s} disagreed: “Just.”", ["{b} {s}", "{a} {s}"]),
    ("{a} {s} and his wife, {b}, met {c} {t} and his wife, {d}. Mrs {t} said: “Hi.” Mrs {s} said: “Ho.”", ["{d} {t}", "{b} {s}"]),
    ("{a} {s}, the husband of {b} {t}, wept. “Why?” she asked. “I am ill,” he said.", ["{b} {t}", "{a} {s}"]),
    ("“We are tired,” Mrs {s} said. Her husband, {a}, nodded. “Very,” he said.", ["{s}", "{a}"]),
    ("{a} {s} and {b} {s}, whose son {c} was 12, wept. “Why?” Mrs {s} said. Her husband said: “Who?”", ["{b} {s}", "{a} {s}"]),
    # the first name tells
    ("Sarah {s} and David {s} are rivals. Ms {s} said: “No.” Mr {s} said: “Yes.”", ["Sarah {s}", "David {s}"]),
    ("{a} {s} is a judge. Helen {s} is a nurse. “No,” Ms {s} said. “Yes,” Mr {s} said.", ["Helen {s}", "{a} {s}"]),
    ("Peter and Fiona {s} moved. “It was time,” said Mr {s}.", ["Peter {s}"]),
    # two who are no couple
    ("David {s} and John {s} resigned. “No,” said Mr {s}. “Yes,” he added.", ["David {s}", "David {s}"]),
    ("{S} and {b} {t} were split. Mr {t} said: “No.”", ["{b} {t}"]),
    ("{a} {s} met {b} {t}. His mother, {a}, said: “No.”", ["{a}"]),
    ("{a} {s} and her son, {b}, came. His mother, {a}, said: “No.”", ["{a} {s}"]),
]


@pytest.mark.parametrize(("text", "expected"), COUPLES)
def test_of_two_the_right_one_is_meant(text, expected, namer):
    for _ in range(5):
        names = {key: namer.word() for key in "abcdst"} | {"S": namer.word(3)}
        if len(set(names.values())) == len(names):
            assert speakers(text.format(**names)) == [name.format(**names) for name in expected]
