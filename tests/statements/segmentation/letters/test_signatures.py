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
    [", The Guardian", f", {TOWN} Gazette", ", food critic", ", political editor", ", a barrister, writes about crime", f", {TOWN}, 1974",
     ", pictured in May", " said no", " is a nurse", ".", f"@{TOWN}.example"],
)  # fmt: skip
def test_an_author_or_a_picture(end):
    assert not is_signatory(A + end)


def test_a_salutation_is_nobody_s_name():
    assert not is_signatory(f"Dear {TOWN},")


@pytest.mark.parametrize(
    ("lines", "closed", "page", "signed"),
    [
        ([A, TOWN, "It rained."], False, False, [True, False]),
        ([A, f"{TOWN} Bay"], False, False, [True, False]),
        ([A, f"{TOWN} {TOWN}"], False, True, [True, False]),
        ([A, B], False, False, [True, True]),
        ([A, B, f"{B} {TOWN}"], False, True, [True, True, True]),
        ([f"{A}, chair", f"{B}, head"], False, True, [True, True]),
        ([A, "by email"], False, True, [True, False]),
        (["The school office", "It rained."], True, False, [True]),
        (["The school office"], False, False, []),
        ([A, f"Dear {TOWN},"], True, False, [True]),
    ],
)
def test_which_lines_name_who_signed(lines, closed, page, signed):
    assert read_signature(lines, closed=closed, page=page) == signed
