"""What errors and messages are made of: numbers with their nouns, and the same said once."""

from stancekit.errors import Tally, counted


def test_a_number_and_its_noun_agree() -> None:
    assert [counted(n, "article") for n in (0, 1, 2)] == ["0 articles", "1 article", "2 articles"]


def test_the_same_is_said_once_with_how_often_and_where_first() -> None:
    tally = Tally()
    for i in range(9):
        tally.add(f"a:{i}: {'odd' if i % 2 else 'even'}")
        if i in (2, 6):
            tally.add(f"a:{i}: rare: here")
    tally.add("b: alone")
    often = ["a:0: even (5 times: also a:2, a:4 …)", "a:1: odd (4 times: also a:3, a:5 …)"]
    assert tally.lines() == [*often, "a:2: rare: here (2 times: also a:6)", "b: alone"]
    assert str(tally.error()) == "\n".join(tally.lines())


def test_memory_is_bounded_and_what_is_left_out_is_counted() -> None:
    tally = Tally(most=2)
    for i in range(10):
        tally.add(f"a:{i}: fault {'abcdefghij'[i]}")
    assert tally.lines() == ["a:0: fault a", "a:1: fault b", "... and 8 more"]


def test_what_differs_in_its_values_alone_is_said_three_times_and_counted() -> None:
    tally = Tally()
    for i in range(1, 1501):
        tally.add(f"a:{i}: span {i}-{i + 9} is not \"the schools' {i}\", and can't be 'it' (allowed: x)")
        tally.add(f"a:{i}: no text")
    lines = tally.lines()
    assert lines[0] == "a:1: span 1-10 is not \"the schools' 1\", and can't be 'it' (allowed: x)"
    assert lines[1] == "a:1: no text (1500 times: also a:2, a:3 …)"
    assert [line[:9] for line in lines[2:4]] == ["a:2: span", "a:3: span"]
    assert lines[4:] == ["... and 1,497 more like it"]
