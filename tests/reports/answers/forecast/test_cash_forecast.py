"""The cash forecast: balances to the cent, bills, credit line and plan."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cli.parser import main
from reports.answers.forecast import cash_forecast
from reports.answers.forecast.cash_forecast import as_json
from tests.books import AS_OF, BOOKS, Desk, weekly_book
from tests.forecasts import SUNDAY
from tests.ledger_forecasts import forecast

pytestmark = pytest.mark.usefixtures("english")


def load_book(desk: Desk) -> None:
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=[
            ("B1", "Supplier", AS_OF - timedelta(days=3), AS_OF + timedelta(days=9), "EUR", "1200.50", ""),
            ("B2", "Supplier", AS_OF - timedelta(days=60), AS_OF - timedelta(days=30), "EUR", "99.50", ""),
            ("B3", "Supplier", AS_OF - timedelta(days=60), AS_OF - timedelta(days=30), "EUR", "7.00",
             AS_OF - timedelta(days=20)),
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("forecast"))
    load_book(desk)
    yield desk
    desk.close()


def test_every_closing_is_the_one_before_plus_receipts_less_payments(book):
    found = forecast(book)
    balance = found.opening_balance
    assert balance == Decimal("50000.00")
    for row in found.weeks.iter_rows(named=True):
        assert row["receipts"] == row["from_open_invoices"] + row["from_future_invoices"]
        balance += row["receipts"] - row["payments"]
        assert row["closing"] == balance


def test_an_overdue_bill_is_paid_in_week_one_one_not_due_on_its_day_and_a_paid_one_never(book):
    payments = forecast(book).weeks["payments"].to_list()
    assert payments[:3] == [Decimal("99.50"), Decimal("1200.50"), Decimal("0.00")]
    assert sum(payments) == Decimal("1300.00")


@pytest.mark.slow
def test_an_account_and_a_bill_without_a_rate_are_told_on_the_command_line(tmp_path, capsys):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 6, 1), "", "EUR", "100.00")],
        bank_balances=[("NL1", "EUR", AS_OF, "500.00"), ("US1", "USD", AS_OF, "90000.00")],
        bills=[("B1", "Supplier", AS_OF, AS_OF + timedelta(days=9), "USD", "50000.00", "")],
        settings=[("reporting_currency", "EUR")],
    )
    desk.close()
    main(
        [
            "forecast",
            "--store",
            str(desk.store),
            "--as-of",
            AS_OF.isoformat(),
            "--format",
            "json",
            "--lang",
            "en",
        ]
    )
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["opening_balance"] == "500.00"
    assert [row["account"] for row in found["unrated_accounts"]] == ["US1"]
    assert found["payments_without_rate"] == 1
    assert "The balance of account US1, $90,000.00, has no exchange rate" in err
    assert "1 payment is left out: its exchange rate is missing." in err


def test_the_json_lets_the_open_amount_be_added_up(book):
    found = cash_forecast.as_json(forecast(book))
    here = sum(
        float(row["open_amount"]) * (1 - row["probability_after_horizon"] - row["probability_never"])
        for row in found["invoices"]
    )
    weeks = sum(float(week["receipts"]["from_open_invoices"]) for week in found["weeks"])
    assert here == pytest.approx(weeks, abs=0.01 * 13)


@pytest.mark.slow
def test_the_chance_of_falling_below_the_minimum_follows_the_setting(desk):
    load_book(desk)
    # The bill of 99.50 that is overdue goes out in the first week, in which more comes in.
    desk.load(settings=[("minimum_cash", "49999.99")])
    low = forecast(desk)
    assert low.minimum == Decimal("49999.99")
    assert set(low.weeks["probability_below_minimum"]) == {0.0}
    desk.load(settings=[("minimum_cash", "999999999")])
    assert set(forecast(desk).weeks["probability_below_minimum"]) == {1.0}


@pytest.mark.slow
def test_the_credit_line_is_a_setting_and_the_chance_below_the_minimum_leaves_it_out(desk):
    desk.load(**BOOKS, bank_balances=[("NL1", "EUR", date(2026, 11, 20), "100.00")])
    without = cash_forecast.cash_forecast(desk.books(), as_of=SUNDAY)
    desk.load(settings=[("credit_line", "2500.00")])
    made = cash_forecast.cash_forecast(desk.books(), as_of=SUNDAY)
    assert (without.credit_line, made.credit_line) == (Decimal("0.00"), Decimal("2500.00"))
    assert as_json(made)["credit_line"] == Decimal("2500.00")
    assert made.weeks.equals(without.weeks)


def test_the_forecast_follows_the_plan_and_gives_the_level_without_one(book):
    made = cash_forecast.cash_forecast(book.books(), as_of=AS_OF)
    assert len(made.billings) == 13
    assert all(level > 0 for level in made.billings)
