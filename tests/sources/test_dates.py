import pytest

from stancekit.sources.dates import AmbiguousDateError, DateOrder, Dates, iso_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-10-20", "2025-10-20"),
        ("2025-10-20T10:12:00Z", "2025-10-20T10:12:00Z"),
        ("2025", "2025"),
        ("20251020", "2025-10-20"),
        ("January 11, 2010 Monday", "2010-01-11"),
        ("Wednesday, 11th Jan. 2023, 10:12 PM GMT", "2023-01-11"),
        ("11 sept 2023 Late Edition - Final", "2023-09-11"),
        ("May 2023", "2023-05"),
        ("2023/4/3", "2023-04-03"),
        ("13/04/2023", "2023-04-13"),
        ("04.13.2023", "2023-04-13"),
        ("05/05/2023", "2023-05-05"),
        ("31/02/2023", None),
        ("30 February 2023", None),
        ("2023-13-01", None),
        ("03/04/23", None),
        ("spring", None),
        ("Marching on, 2020", None),
        ("The May 2023 vote", None),
    ],
)
def test_a_date_with_one_reading_becomes_iso(text: str, expected: str | None) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize(("order", "expected"), [("day", "2023-04-03"), ("month", "2023-03-04")])
def test_a_date_with_two_readings_takes_an_order(order: DateOrder, expected: str) -> None:
    with pytest.raises(AmbiguousDateError, match="03/04/2023"):
        iso_date("03/04/2023")
    assert iso_date("03/04/2023", order) == expected
    assert iso_date("12/25/2023", "day") is None


def test_what_is_not_iso_is_counted_and_named() -> None:
    told: list[str] = []
    dates = Dates(None, lambda where, what: told.append(f"{where}: {what}"))
    assert [dates.iso(text, "a.csv") for text in ("3 May 2023", "03/04/2023", "04/05/2023", "spring", None)] == [
        "2023-05-03",
        None,
        None,
        "spring",
        None,
    ]
    dates.tell()
    assert told == [
        "dates: 2 like '03/04/2023' in a.csv: have two readings, left empty; say --day-first or --month-first",
        "dates: 1 like 'spring' in a.csv: can't be read, left as they are",
    ]
