"""The credit line and the plan in the cash forecast."""

from datetime import date
from decimal import Decimal

import pytest

from reports.answers.forecast.cash_forecast import as_json, cash_forecast
from tests.books import AS_OF, BOOKS
from tests.forecasts import SUNDAY

pytestmark = pytest.mark.usefixtures("english")


def test_the_credit_line_is_a_setting_and_the_chance_below_the_minimum_leaves_it_out(desk):
    desk.load(**BOOKS, bank_balances=[("NL1", "EUR", date(2026, 11, 20), "100.00")])
    without = cash_forecast(desk.books(), as_of=SUNDAY)
    desk.load(settings=[("credit_line", "2500.00")])
    made = cash_forecast(desk.books(), as_of=SUNDAY)
    assert (without.credit_line, made.credit_line) == (Decimal("0.00"), Decimal("2500.00"))
    assert as_json(made)["credit_line"] == Decimal("2500.00")
    assert made.weeks.equals(without.weeks)


def test_the_forecast_follows_the_plan_and_gives_the_level_without_one(book):
    made = cash_forecast(book.books(), as_of=AS_OF)
    assert len(made.billings) == 13
    assert all(level > 0 for level in made.billings)
