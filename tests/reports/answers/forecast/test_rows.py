"""Rows of the forecast: weeks, documents and payments of a week, the bridge, to the cent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reports.answers.forecast import rows as forecast_rows
from tests.books import AS_OF
from tests.forecasts import NBSP, SUNDAY, forecast

pytestmark = pytest.mark.usefixtures("english")


def test_a_forecast_stands_on_the_last_sunday():
    assert [forecast_rows.run_day(SUNDAY + timedelta(days=n)) for n in (0, 1, 6)] == [SUNDAY] * 3
    assert forecast_rows.run_day(date(2026, 11, 21)) == date(2026, 11, 15)


def test_a_week_opens_with_the_closing_of_the_one_before_to_the_cent(made):
    rows = forecast_rows.week_rows(made)
    assert rows["opening"].to_list() == [Decimal("50000.00"), *made.weeks["closing"].to_list()[:-1]]
    moved = rows["opening"] + rows["receipts"] - rows["payments"]
    assert moved.to_list() == rows["closing"].to_list()


def test_headroom_is_what_is_above_the_minimum():
    rows = forecast_rows.week_rows(forecast(900, 400, minimum=Decimal("500.25")))
    assert rows["headroom"].to_list() == [Decimal("399.75"), Decimal("-100.25")]


def test_the_weeks_of_a_new_year_are_iso_weeks():
    rows = forecast_rows.week_rows(forecast(*[900] * 7))
    assert rows["week"].to_list()[-3:] == [f"wk{NBSP}52", f"wk{NBSP}53", f"wk{NBSP}1"]


def test_the_invoices_of_a_week_add_up_to_its_receipts_from_open_invoices(made, names, book):
    states = book.books().ask("open_items", as_of=AS_OF)
    for number in (1, 2, 5):
        rows = forecast_rows.week_invoices(made, number, names, states)
        together = sum(rows["expected_amount"], Decimal(0))
        expected = made.weeks["from_open_invoices"][number - 1]
        assert together == expected
        assert rows["expected_amount"].is_sorted(descending=True)
        assert rows["probability_in_week"].is_between(0, 1).all()


def test_a_bill_is_a_payment_of_the_week_it_falls_due_in(made):
    assert forecast_rows.week_payments(made, 1).is_empty()
    rows = forecast_rows.week_payments(made, 2)
    assert rows.select("label", "category", "source", "amount").rows() == [
        ("Supplier", "suppliers", "bill", Decimal("1200.50"))
    ]


def test_the_week_asked_for_is_opened_else_the_lowest():
    made = forecast(900, 400, 600)
    assert forecast_rows.week_number(made, "2026-12-07") == 3
    assert [forecast_rows.week_number(made, asked) for asked in (None, "soon", "2026-12-08")] == [2, 2, 2]
