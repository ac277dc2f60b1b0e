"""What dates and amounts mean by each form that reads them."""

from datetime import date
from decimal import Decimal

from data.importers.propose.alternatives import date_meanings, decimal_meanings
from data.importers.value_formats import Formats


def dates(texts: list[str], proposed: str, **named: bool) -> list[tuple[str, date | None]]:
    return [
        (meaning.text, meaning.day)
        for meaning in date_meanings(texts, [proposed], **{"has_time": False, **named})
    ]


def test_dates_that_can_be_read_both_ways_have_two_meanings_shown_by_one_that_tells_them_apart():
    assert dates(["05-05-2026", "03-04-2026"], "DD-MM-YYYY") == [
        ("03-04-2026", date(2026, 4, 3)),
        ("03-04-2026", date(2026, 3, 4)),
    ]


def test_one_date_that_can_only_be_read_one_way_decides_for_all():
    assert dates(["03-04-2026", "25-05-2026"], "DD-MM-YYYY") == [("03-04-2026", date(2026, 4, 3))]


def test_two_digits_may_be_year_month_or_day():
    meanings = date_meanings(["03/04/05"], ["DD/MM/YY"], has_time=False)
    assert {meaning.form: meaning.day for meaning in meanings} == {
        "DD/MM/YY": date(2005, 4, 3),
        "M/D/YY": date(2005, 3, 4),
        "YY/M/D": date(2003, 4, 5),
    }


def test_a_proposed_form_that_reads_nothing_is_there_without_a_day():
    assert (("32-01-2026", None)) in dates(["32-01-2026"], "DD-MM-YYYY")


def test_a_time_behind_the_date_counts_for_nothing():
    assert dates(["2026-01-31 12:00"], "YYYY-MM-DD", has_time=True) == [
        ("2026-01-31 12:00", date(2026, 1, 31))
    ]


def test_an_amount_is_shown_by_each_sign_before_the_cents():
    formats = Formats(decimal=",", thousands=".", trailing_minus=True)
    assert [(one.sign, one.amount) for one in decimal_meanings(["12", "12,50-"], formats)] == [
        (",", Decimal("-12.50")),
        (".", None),
    ]
    assert [(one.sign, one.amount) for one in decimal_meanings(["1.250"], formats)] == [
        (",", Decimal("1250.00")),
        (".", None),
    ]


def test_amounts_without_a_sign_leave_nothing_to_choose():
    assert decimal_meanings(["12", "1250"], Formats()) == []
