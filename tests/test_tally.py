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
        tally.add(f"a:{i}: fault {i}")
    assert tally.lines() == ["a:0: fault 0", "a:1: fault 1", "... and 8 more"]
