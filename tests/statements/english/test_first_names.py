import pytest

from stancekit.statements.english import first_names
from stancekit.statements.english.first_names import gender_by_name, gender_of_given


@pytest.mark.parametrize(
    ("name", "gender"),
    [("David Boro", "m"), ("SARAH BORO", "f"), ("Ana Boro", ""), ("Kim Boro", ""), ("Leslie Boro", ""), ("David", ""), ("", "")],
)
def test_a_full_name_tells_by_its_first_word(name, gender):
    assert gender_by_name(name) == gender


def test_the_lists_are_of_given_names_that_nobody_shares():
    men, women = first_names._MEN, first_names._WOMEN
    assert not men & women
    assert all(name.isalpha() and name.islower() for name in men | women)
    assert min(len(men), len(women)) > 150
    shared = {"kim", "leslie", "lesley", "robin", "jamie", "lee", "ashley", "jordan", "tracy", "sam", "alex", "charlie", "evelyn", "terry"}
    places = {"virginia", "georgia", "florence nightingale", "dean", "grant", "may", "june", "joy", "dawn", "rose", "grace", "hope"}
    assert not (men | women) & (shared | places)
    assert (gender_of_given("Neil"), gender_of_given("Neila")) == ("m", "")
