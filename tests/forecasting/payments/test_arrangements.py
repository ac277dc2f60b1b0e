"""Promises, plans and noted days in the forecast."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from forecasting.arrays import number
from forecasting.payments.arrangements import Arrangements, apply_arrangements
from forecasting.payments.bank_days import calendar
from forecasting.payments.timing_model import DAYS_AHEAD, Payments
from reports.answers.forecast.cash_forecast import cash_forecast
from tests.books import AS_OF, Desk
from tests.ledger_forecasts import load_regular_ledger

FAR = 2**31
TODAY = number(date(2026, 6, 28))  # a Sunday
DAYS = calendar(TODAY - 400, TODAY + 400)


def known(*rows):
    """Return arrangements of (row, kind, made, pays, amount, is_due, is_kept), days counted from today.

    A row (row, document) is an instalment of that document.
    """
    columns = list(zip(*rows, strict=True))
    days = [np.array([FAR if day is None else TODAY + day for day in columns[place]]) for place in (2, 3)]
    return Arrangements(
        np.array([row[0] if isinstance(row, tuple) else row for row in columns[0]]),
        np.array([row[1] if isinstance(row, tuple) else row for row in columns[0]]),
        np.array(columns[1]), days[0], days[1],
        np.array(columns[4], dtype=float), np.array(columns[5]), np.array(columns[6]),
    )  # fmt: skip


def usual(count):
    """Return payments half of which come on the first day, the others never within sight."""
    by_day = np.zeros((count, DAYS_AHEAD))
    by_day[:, 0] = 0.5
    rest = np.full(count, 0.5)
    return Payments(by_day, np.zeros(count), rest, 0.2 * rest, np.full(count, 0.01))


def put_in(found, opens=(100.0,)):
    rows = np.arange(len(opens))
    return apply_arrangements(
        usual(len(opens)), found, DAYS, origin=TODAY, rows=rows, open_amounts=np.array(opens)
    )


def test_a_noted_day_takes_the_place_of_the_curve_and_moves_to_the_next_bank_day():
    paid, noted = put_in(known((0, 2, -1, 6, np.nan, False, False)))  # a Saturday
    assert noted.tolist() == [True]
    assert paid.by_day[0, 7] == 1.0
    assert paid.by_day[0].sum() == 1.0
    assert paid.open_after[0] == paid.never[0] == 0.0


def test_a_promise_counts_as_often_as_promises_were_kept_and_the_rest_stays_usual():
    # Of four promises whose day has come three were kept: (3 + 2) / (4 + 4) = .625.
    past = [(0, 0, -90 + place, -60 + place, 10.0, True, place > 0) for place in range(4)]
    paid, noted = put_in(known(*past, (0, 0, -1, 3, 40.0, False, False)))
    assert not noted[0]
    assert paid.by_day[0, 2] == pytest.approx(0.625 * 0.4)
    assert paid.by_day[0, 0] == pytest.approx((1 - 0.625 * 0.4) * 0.5)
    assert paid.by_day[0].sum() + paid.open_after[0] == pytest.approx(1.0)


def test_a_promise_pays_the_instalments_of_its_document_once_the_first_ones_first():
    # 150.00 promised on three instalments of 100.00; one promise on another document was kept: 3 of 5.
    kept = [((3, 3), 0, -40, -30, 10.0, True, True)]
    promised = [((row, 0), 0, -1, 3, 150.0, False, False) for row in range(3)]
    once = known(*kept, *promised)
    assert once.promise_reliability(TODAY) == pytest.approx(0.6)
    paid, _noted = apply_arrangements(
        usual(3), once, DAYS, origin=TODAY, rows=np.arange(3), open_amounts=np.full(3, 100.0)
    )
    assert paid.by_day[:, 2].tolist() == pytest.approx([0.6, 0.3, 0.0])
    thrice = known(*[((row, 3), 0, -40, -30, 10.0, True, True) for row in (3, 4, 5)])
    assert thrice.promise_reliability(TODAY) == pytest.approx(0.6)


def test_a_plan_spreads_over_its_days_and_the_latest_agreement_replaces_earlier_ones():
    plan = [(0, 1, -2, day, 50.0, False, False) for day in (1, 32)]
    paid, _noted = put_in(known((0, 0, -3, 2, 100.0, False, False), *plan))
    # No promise has been due: half of them are taken to be kept.
    assert paid.by_day[0, 0] == pytest.approx(0.5 * 0.5 + 0.5 * 0.5)
    assert paid.by_day[0, 1] == 0.0
    assert paid.by_day[0, 31] == pytest.approx(0.25)


@pytest.mark.parametrize(
    "rows",
    [
        [(0, 2, -5, 10, np.nan, False, False), (0, 2, -1, None, np.nan, False, False)],  # taken back
        [(0, 2, -5, -1, np.nan, False, False)],  # has passed
        [(0, 2, 1, 10, np.nan, False, False)],  # noted later
        [(0, 1, -5, 10, 0.0, False, False)],  # a plan of nothing
        [(0, 0, -5, 0, 100.0, True, False)],  # its day has come
    ],
)
def test_what_no_longer_holds_changes_nothing(rows):
    paid, noted = put_in(known(*rows))
    assert paid.by_day.tolist() == usual(1).by_day.tolist()
    assert not noted.any()


@pytest.mark.slow
def test_an_invoice_with_a_noted_day_is_expected_in_that_week_to_the_cent(tmp_path):
    desk = Desk(tmp_path)
    load_regular_ledger(desk)
    before = cash_forecast(desk.books(), as_of=AS_OF)
    chosen = before.invoices.sort("open_amount", descending=True).row(0, named=True)
    day = AS_OF + timedelta(days=7 * 9 + 1)
    desk.load(expected_dates=[(chosen["document_id"], AS_OF, day)])
    after = cash_forecast(desk.books(), as_of=AS_OF)
    row = after.invoices.filter(pl.col("document_id") == chosen["document_id"]).row(0, named=True)
    assert row["week_10"] == chosen["open_amount"]
    assert sum(row[f"week_{week}"] for week in range(1, 14)) == chosen["open_amount"]
    assert row["expected_date"] == day
    assert row["probability_never"] == 0
    # A day noted later does not change a forecast of an earlier one.
    desk.load(expected_dates=[(chosen["document_id"], AS_OF + timedelta(days=1), "")])
    assert cash_forecast(desk.books(), as_of=AS_OF).weeks.equals(after.weeks)
    desk.close()
