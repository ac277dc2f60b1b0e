"""The forecast of receipts: identities, reproducibility, plain ledgers."""

from datetime import date, timedelta

import numpy as np
import pytest

from forecasting.receipts.forecast import expected_receipts
from tests.books import AS_OF, Desk, weekly_book
from tests.ledger_forecasts import forecast, forecast_text, history


def test_of_every_invoice_the_weeks_what_comes_later_and_never_add_up_to_what_is_open(book):
    made = expected_receipts(history(book))
    whole = made.by_week.sum(axis=1) + made.invoices["after_horizon"].to_numpy() + (
        made.invoices["probability_never"].to_numpy()
    )  # fmt: skip
    assert whole == pytest.approx(np.ones(len(whole)), abs=1e-9)
    amounts = made.outlook.open_amounts
    assert (amounts @ made.by_week) == pytest.approx(made.from_open, abs=1e-6)
    assert float(made.invoices["open_amount"].sum()) == pytest.approx(amounts.sum(), abs=1e-6)


def test_chances_are_between_nought_and_one_and_late_ones_are_not_paid_by_due(book):
    invoices = expected_receipts(history(book)).invoices
    for name in ("probability_paid_by_due", "probability_30_days_late", "probability_never"):
        assert invoices[name].is_between(0, 1).all()
    overdue = invoices.filter(invoices["due_date"] <= AS_OF)
    assert overdue.height > 0
    assert (overdue["probability_paid_by_due"] == 0).all()


@pytest.mark.slow
def test_a_longer_horizon_leaves_the_earlier_weeks_as_they_are(book):
    short, long = forecast(book, weeks=13), forecast(book, weeks=20)
    names = ["receipts", "receipts_p10", "receipts_p90", "closing", "closing_p50"]
    assert short.weeks.select(names).equals(long.weeks.head(13).select(names))
    shorter = {weeks: forecast(book, weeks=weeks) for weeks in (1, 4, 6, 11)}
    for weeks, made in shorter.items():
        assert made.weeks.select(names).equals(short.weeks.head(weeks).select(names))
    chances = ["expected_date", "probability_paid_by_due", "probability_30_days_late", "probability_never"]
    assert short.invoices.select(chances).equals(shorter[4].invoices.select(chances))


@pytest.mark.slow
@pytest.mark.usefixtures("fresh_histories")
def test_the_same_day_gives_the_same_bytes_whatever_is_loaded_later(tmp_path):
    desk = Desk(tmp_path)
    day = AS_OF - timedelta(days=21)
    everything = weekly_book(until=AS_OF, start=date(2025, 9, 1), customers=3)
    early = {
        "customers": everything["customers"],
        "invoices": [row for row in everything["invoices"] if row[3] <= day],
        "payments": [row for row in everything["payments"] if row[3] <= day],
    }
    desk.load(**early)
    before = forecast_text(desk, day)
    late = {
        "customers": [*everything["customers"], ("A0", "Earlier in the alphabet", "Groot", "NL", 30, "")],
        "invoices": [
            *(row for row in everything["invoices"] if row[3] > day),
            ("A1", "A0", "invoice", day + timedelta(days=1), day + timedelta(days=31), "EUR", "999999.00"),
        ],
        "payments": [row for row in everything["payments"] if row[3] > day],
    }
    desk.load(**late)
    assert forecast_text(desk, day) == before
    assert forecast_text(desk, AS_OF) != before
    desk.close()


def test_who_pays_on_thursdays_is_expected_on_thursdays(book):
    made = history(book).outlook((AS_OF - date(1970, 1, 1)).days)
    daily = made.open_amounts @ made.open_payments.by_day
    first = AS_OF + timedelta(days=1)
    weekday = np.array([(first + timedelta(days=n)).weekday() for n in range(len(daily))])
    assert daily[weekday == 3].sum() > 0.9 * daily.sum()
    assert daily[weekday >= 5].sum() < 0.01 * daily.sum()
