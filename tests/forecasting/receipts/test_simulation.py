"""Courses of receipts: their mean, their spread, and no more than is open."""

from datetime import timedelta

import pytest

from forecasting.receipts.forecast import expected_receipts
from reports.answers.forecast import cash_forecast
from tests.books import AS_OF, Desk
from tests.ledger_forecasts import forecast, history


def test_the_courses_average_to_what_is_expected_and_widen_with_the_balance(book):
    made = expected_receipts(history(book))
    assert made.courses.mean(axis=0) == pytest.approx(made.expected, rel=1e-9)
    weeks = forecast(book).weeks
    width = (weeks["closing_p90"] - weeks["closing_p10"]).to_list()
    assert width[0] < width[6] < width[12]


@pytest.mark.slow
def test_one_invoice_brings_no_more_than_is_open_in_any_course(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", AS_OF - timedelta(days=200), "", "EUR", "1000.00")],
        billing_plan=[(AS_OF + timedelta(days=1 + 7 * week), "", "0.00") for week in range(13)],
    )
    found = cash_forecast.basis(desk.books(), as_of=AS_OF)
    assert found.courses.max() <= 1000.0 + 1e-6
    assert found.courses.mean(axis=0) == pytest.approx(
        [float(value) for value in found.forecast.weeks["receipts"]], abs=0.01
    )
    desk.close()
