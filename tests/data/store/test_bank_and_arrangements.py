"""Bank entries bring balances up to date; arrangements about documents; rows somebody typed."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from data.errors import RefusedFileError
from data.store import typed_rows
from forecasting.arrays import number
from reports.answers.forecast.cash_forecast import history

DAY = date(2026, 3, 31)
PAIR = {
    "customers": [("C1", "Een", "retail", "NL", 30, "")],
    "invoices": [
        ("F1", "C1", "invoice", date(2026, 3, 2), date(2026, 4, 1), "EUR", "100.00"),
        ("F2", "C1", "invoice", date(2026, 3, 2), date(2026, 4, 1), "USD", "100.00"),
    ],
    "fx_rates": [(date(2026, 1, 1), "USD", "0.9")],
    "settings": [("reporting_currency", "EUR")],
}


def balances(desk, day):
    return {
        (row["account"], row["currency"]): (row["balance_date"], row["balance"])
        for row in desk.ask("bank_position", as_of=day)
    }


def test_entries_after_a_balance_bring_it_up_to_date_and_those_on_its_day_are_in_it(desk):
    desk.load(
        bank_balances=[
            ("A", "EUR", date(2026, 3, 10), "1000.00"),
            ("A", "EUR", date(2026, 3, 20), "500.00"),
        ],
        bank_entries=[
            ("1", "A", "EUR", date(2026, 3, 9), "7.00"),
            ("2", "A", "EUR", date(2026, 3, 10), "9.00"),
            ("3", "A", "EUR", date(2026, 3, 12), "-100.25"),
            ("4", "A", "EUR", date(2026, 3, 12), "0.25"),
            ("5", "A", "EUR", date(2026, 3, 25), "40.00"),
            ("6", "B", "EUR", date(2026, 3, 25), "40.00"),
        ],
    )
    account = ("A", "EUR")
    assert balances(desk, date(2026, 3, 11))[account] == (date(2026, 3, 10), Decimal("1000.00"))
    assert balances(desk, date(2026, 3, 12))[account] == (date(2026, 3, 12), Decimal("900.00"))
    assert balances(desk, date(2026, 3, 20))[account] == (date(2026, 3, 20), Decimal("500.00"))
    assert balances(desk, DAY) == {account: (date(2026, 3, 25), Decimal("540.00"))}
    assert desk.books().default_as_of == date(2026, 3, 25)


@pytest.mark.slow
def test_an_entry_of_nothing_takes_it_back(desk):
    desk.load(bank_balances=[("A", "EUR", date(2026, 3, 10), "1000.00")],
              bank_entries=[("1", "A", "EUR", date(2026, 3, 12), "5.00")])  # fmt: skip
    desk.load(bank_entries=[("1", "A", "EUR", date(2026, 3, 12), "0.00")])
    assert balances(desk, DAY) == {("A", "EUR"): (date(2026, 3, 10), Decimal("1000.00"))}


@pytest.mark.slow
def test_arrangements_are_dated_and_in_the_reporting_currency(desk):
    desk.load(
        **PAIR,
        promises=[("F1", date(2026, 3, 5), date(2026, 3, 9), "60.00")],
        payment_plans=[("F2", date(2026, 3, 10), date(2026, 4, 10), "50.00"),
                       ("F2", date(2026, 3, 10), date(2026, 5, 10), "50.00")],
        expected_dates=[("F1", date(2026, 3, 20), date(2026, 4, 20))],
        disputes=[("F2", date(2026, 3, 12), date(2026, 3, 30), "price", "10.00"),
                  ("GONE", date(2026, 3, 12), "", "price", "10.00")],
        payments=[("P1", "C1", "F1", date(2026, 3, 9), "EUR", "60.00")],
    )  # fmt: skip
    asked = [
        (row["document_id"], row["kind"], row["pay_date"], row["amount"], row["is_kept"])
        for row in desk.ask("arrangements", as_of=date(2026, 3, 15))
    ]
    assert asked == [
        ("F1", "promise", date(2026, 3, 9), Decimal("60.00"), True),
        ("F2", "plan", date(2026, 4, 10), Decimal("45.00"), False),
        ("F2", "plan", date(2026, 5, 10), Decimal("45.00"), False),
        ("F2", "dispute", None, Decimal("9.00"), False),
    ]
    later = {(row["kind"], row["pay_date"]) for row in desk.ask("arrangements", as_of=DAY)}
    assert {("date", date(2026, 4, 20)), ("dispute", date(2026, 3, 30))} <= later


@pytest.mark.slow
def test_typed_rows_go_in_together_or_not_at_all(desk):
    desk.load(**PAIR)
    good = pl.DataFrame({"key": ["minimum_cash", "credit_line"], "value": ["1000.00", "250.00"]})
    typed_rows.add(desk.store, {"settings": good})
    assert dict(desk.rows("select key, value from setting_at(null)")) == {
        "reporting_currency": "EUR", "minimum_cash": "1000.00", "credit_line": "250.00",
    }  # fmt: skip
    bad = pl.DataFrame({"key": ["minimum_cash", "credit_line"], "value": ["5.00", "-1.00"]})
    before = desk.moment()
    with pytest.raises(RefusedFileError):
        typed_rows.add(desk.store, {"settings": bad})
    assert desk.moment() == before
    typed_rows.add(desk.store, {"settings": good.with_columns(value=pl.lit("7.00"))})
    typed_rows.add(desk.store, {"settings": good})
    assert dict(desk.rows("select key, value from setting_at(null)"))["minimum_cash"] == "1000.00"


@pytest.mark.slow
def test_a_planned_line_of_nothing_and_a_plan_of_no_amount_are_out(desk):
    line = ("L1", "Rent", "rent", "-500.00", date(2026, 4, 1), "monthly", "")
    desk.load(**PAIR, planned_cash=[line], billing_plan=[(date(2026, 4, 6), "", "900.00")])
    assert len(desk.ask("payments_out", as_of=DAY)) == 3
    assert len(desk.ask("planned_billings", as_of=DAY)) == 1
    desk.load(planned_cash=[(*line[:3], "0.00", *line[4:])], billing_plan=[(date(2026, 4, 6), "", "")])
    assert desk.ask("payments_out", as_of=DAY) == []
    assert desk.ask("planned_billings", as_of=DAY) == []


@pytest.mark.slow
def test_a_bill_that_takes_a_lines_place_is_for_what_the_line_is_for(desk):
    line = ("L1", "Belastingdienst", "vat", "-500.00", date(2026, 4, 1), "quarterly", "")
    bills = [
        ("B1", "Belastingdienst", DAY, date(2026, 4, 2), "EUR", "510.00", ""),
        ("L2", "Somebody", DAY, date(2026, 4, 3), "EUR", "20.00", ""),
        ("B3", "Nobody", DAY, date(2026, 4, 4), "EUR", "30.00", ""),
    ]
    desk.load(
        **PAIR,
        planned_cash=[line, ("L2", "Car", "loan", "-20.00", date(2026, 4, 3), "none", "")],
        bills=bills,
    )
    rows = desk.ask("payments_out", as_of=DAY, weeks=4)
    assert [(row["line_id"], row["category"]) for row in rows] == [
        ("B1", "vat"),
        ("L2", "loan"),
        ("B3", "suppliers"),
    ]


@pytest.mark.slow
def test_a_setting_copies_the_ledger_only_where_it_is_derived_by_it(desk):
    desk.load(**PAIR)
    before = desk.books().snapshot
    desk.load(settings=[("minimum_cash", "5.00")])
    after = desk.books().snapshot
    assert (after.ledger, after.journal) != (before.ledger, before.journal)
    assert after.ledger == before.ledger
    desk.load(settings=[("reporting_currency", "USD")])
    assert desk.books().snapshot.ledger != before.ledger


@pytest.mark.slow
def test_a_plan_changes_no_history_and_an_arrangement_or_a_payment_does(desk):
    desk.load(**PAIR)

    def made():
        return history(desk.books(), as_of=DAY, weeks=13)

    first = made()
    desk.load(planned_cash=[("L1", "Rent", "rent", "-5.00", date(2026, 4, 1), "none", "")])
    assert made() is first
    desk.load(expected_dates=[("F1", DAY, date(2026, 4, 20))])
    second = made()
    assert second is not first
    desk.load(payments=[("P1", "C1", "F1", date(2026, 3, 9), "EUR", "60.00")])
    assert made().open_amounts(number(DAY)).tolist() == [40.0, 90.0]
