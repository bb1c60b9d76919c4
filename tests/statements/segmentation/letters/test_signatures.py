"""The lines that sign a letter, and names that stand under an article for another reason."""

import pytest
from naming import Namer

from stancekit.statements.segmentation.letters.signatures import is_signatory, read_signature

NAMES = Namer(13)
A, B, TOWN = NAMES.person(), NAMES.person(), NAMES.word(3)


@pytest.mark.parametrize(
    "line",
    [A, f"Dr {A}", f"{A}, {TOWN}", f"{A}, chair, {TOWN} Trust", f"{A} and {B}", f"{A}, postman, Royal Mail", f"Prof {A} and 40 others"],
)
def test_a_name_with_or_without_its_post(line):
    assert is_signatory(line)


@pytest.mark.parametrize(
    "end",
    [" said no", ", who said no", " is a nurse", ".", f"@{TOWN}.example"],
)
def test_what_is_no_signatory(end):
    assert not is_signatory(A + end)


def test_a_salutation_is_nobody_s_name():
    assert not is_signatory(f"Dear {TOWN},")


@pytest.mark.parametrize(
    ("lines", "closed", "signed"),
    [
        ([A, TOWN, "It rained."], False, [True, False]),
        ([A, B], False, [True, True]),
        ([f"{A}, chair", f"{B}, head"], False, [True, True]),
        (["The school office", "It rained."], True, [True]),
        (["The school office"], False, []),
        ([A, f"Dear {TOWN},"], True, [True]),
    ],
)
def test_which_lines_name_who_signed(lines, closed, signed):
    assert read_signature(lines, closed=closed) == signed
