"""Payments in another currency than their document, worked out by hand: settled, realised, tied out."""

from datetime import date
from decimal import Decimal

import pytest

from tests.books import Desk
from tests.cases import Case, Cases
from tests.data.store.ageing_matrix import holds, invoice, payment

D = Decimal
EURO = [("reporting_currency", "EUR")]
RATES = [
    ("2026-01-01", "USD", "1.05"), ("2026-02-01", "USD", "1.10"), ("2026-03-01", "USD", "1.20"),
    ("2026-01-01", "GBP", "1.15"),
]  # fmt: skip
DOLLARS = invoice(currency="USD")  # 100 USD of 1 January at 1.05: 105.00


cases = Cases(by_administration=True, settings=EURO, fx_rates=RATES)


def tied(desk: Desk | Case, day: date) -> dict[str, dict]:
    ask = desk.sums if isinstance(desk, Case) else desk.ask
    rows = ask("tie_out", as_of=day, opening_date=date(2025, 12, 31))
    assert all(row["is_tied"] for row in rows), rows
    return {row["currency"]: row for row in rows}


@pytest.mark.slow
def test_the_rate_of_the_day_settles_and_the_difference_is_realised(desk: Desk) -> None:
    desk.load(
        settings=EURO, fx_rates=RATES, invoices=[DOLLARS], payments=[payment("110.00", "2026-02-10")]
    )  # 110 / 1.10 = 100 USD; 100 x (1.10 - 1.05) = 5.00
    holds(desk, {
        ("2026-02-09", None): {"C1": {"d1_30": "105.00"}},
        ("2026-02-10", None): {},
    })  # fmt: skip
    rows = tied(desk, date(2026, 2, 10))
    dollars, euros = rows["USD"], rows["EUR"]
    assert (dollars["invoiced"], dollars["received"], dollars["exchange"]) == (D("100.00"), D("100.00"), D(0))
    assert (euros["received"], euros["exchange"], euros["receivables"]) == (D("5.00"), D("5.00"), D(0))
    assert [row["finding"] for row in desk.ask("findings", as_of=date(2026, 2, 10))] == [
        "placeholder_customer"
    ]


@cases.rows(
    invoices=[DOLLARS],
    payments=[payment("70.00", "2026-02-10", settled_amount="60.00")],
)
def test_a_stated_amount_comes_before_the_rate(case: Case) -> None:
    # 40 USD left at 1.05: 42.00; 60 x 0.05 = 3.00.
    holds(case, {("2026-02-10", None): {"C1": {"d1_30": "42.00"}}})
    holds(case, {("2026-02-10", None): {"C1": {"d1_30": "40.00"}}}, currency="USD")
    assert tied(case, date(2026, 2, 10))["EUR"]["exchange"] == D("3.00")


@cases.rows(
    invoices=[DOLLARS],
    payments=[payment("50.00", "2026-02-10", currency="GBP")],
)
def test_between_two_foreign_currencies_both_rates_count(case: Case) -> None:
    # 50 x 1.15 / 1.10 = 52.2727, so 52.27 USD; 47.73 left. 52.27 x 0.05 = 2.6135.
    holds(case, {("2026-02-10", None): {"C1": {"d1_30": "47.73"}}}, currency="USD")
    rows = tied(case, date(2026, 2, 10))
    assert rows["EUR"]["exchange"] == D("2.61")
    assert rows["USD"]["received"] == D("52.27")
    assert "GBP" not in rows or rows["GBP"]["received"] == 0


@cases.rows(
    invoices=[invoice("120.00")],
    payments=[payment("100.00", "2026-02-10", currency="USD")],
)
def test_an_invoice_in_the_reporting_currency_has_no_difference(case: Case) -> None:
    holds(case, {("2026-02-10", None): {"C1": {"d1_30": "10.00"}}})  # 120 - 100 x 1.10
    assert tied(case, date(2026, 2, 10))["EUR"]["exchange"] == 0


@cases.rows(
    invoices=[invoice(currency="USD", invoice_date="2026-02-05", due_date="2026-03-05")],
    payments=[payment("110.00", "2026-01-10")],
)
def test_money_before_its_invoice_stands_on_account_as_it_came(case: Case) -> None:
    # 110 / 1.05 = 104.7619, so 104.76 USD: 4.76 too much, 5.236 at 1.10. 104.76 x (1.05 - 1.10) = -5.238.
    holds(case, {
        ("2026-01-10", None): {"C1": {"unapplied": "-110.00"}},
        ("2026-02-04", None): {"C1": {"unapplied": "-110.00"}},
        ("2026-02-05", None): {"C1": {"not_due": "-5.24"}},
    })  # fmt: skip
    assert tied(case, date(2026, 2, 4))["EUR"]["received"] == D("110.00")
    assert tied(case, date(2026, 2, 5))["EUR"]["exchange"] == D("-5.24")
    closing = case.ask_of_all("statement_of_account", as_of=date(2026, 2, 28), customer=case.id("C1"))[-1]
    # Invoiced 110.00, paid 110.00, a difference of -5.24.
    assert (closing["invoiced"], closing["paid"], closing["other"], closing["balance"]) == (
        D("110.00"), D("110.00"), D("-5.24"), D("-5.24"),
    )  # fmt: skip


@pytest.mark.slow
def test_what_comes_back_whole_under_its_number_undoes_both(desk: Desk) -> None:
    back = payment("-110.00", "2026-03-05", kind="reversal")
    desk.load(
        settings=EURO,
        fx_rates=RATES,
        invoices=[DOLLARS],
        payments=[payment("110.00", "2026-02-10"), back],
    )
    holds(desk, {("2026-03-05", None): {"C1": {"d31_60": "105.00"}}})
    assert tied(desk, date(2026, 3, 4))["EUR"]["exchange"] == D("5.00")
    assert tied(desk, date(2026, 3, 5))["EUR"]["exchange"] == 0
    desk.load(
        payments=[
            payment("110.00", "2026-02-10"),
            {**back, "payment_id": "P2"},
        ]
    )
    # A number of its own: 110 / 1.20 = 91.6667; -91.67 x (1.20 - 1.05) = -13.7505, and the 5.00 of before.
    holds(desk, {("2026-03-05", None): {"C1": {"d31_60": "91.67"}}}, currency="USD")
    assert tied(desk, date(2026, 3, 5))["EUR"]["exchange"] == D("-8.75")


def test_without_rates_only_a_stated_amount_settles(desk: Desk) -> None:
    desk.load(
        settings=EURO,
        fx_rates=[("2026-02-15", "USD", "1.10")],
        invoices=[DOLLARS, invoice(invoice_id="F2", currency="USD")],
        payments=[
            payment("110.00", "2026-02-10"),
            payment("100.00", "2026-02-10", payment_id="P2", invoice_id="F2", settled_amount="95.00"),
        ],
    )
    holds(desk, {("2026-02-10", None): {"C1": {"d1_30": "105.00"}}}, currency="USD")
    holds(desk, {("2026-02-10", None): {"C1": {"unapplied": "-110.00"}}}, currency="EUR")
    rows = {row["finding"]: row for row in desk.ask("findings", as_of=date(2026, 2, 20))}
    assert rows["payment_other_currency"]["example"] == "P1"
    assert rows["payment_other_currency"]["count"] == 1
    assert tied(desk, date(2026, 2, 20))["EUR"]["exchange"] == 0


@cases.rows(
    invoices=[DOLLARS],
    payments=[payment("11.00", "2026-02-10", kind="write_off")],
)
def test_a_write_off_in_another_currency_realises_nothing(case: Case) -> None:
    holds(case, {("2026-02-10", None): {"C1": {"d1_30": "90.00"}}}, currency="USD")
    assert {row["exchange"] for row in tied(case, date(2026, 2, 10)).values()} == {D(0)}


def test_money_the_size_of_a_float_keeps_its_cents(desk: Desk) -> None:
    desk.load(
        settings=EURO,
        fx_rates=[("2026-01-01", "USD", "1.0000000001")],
        invoices=[invoice("90000000000000.01", currency="USD")],
        payments=[payment("90000000000000.01", "2026-02-10")],
    )
    # 90,000,000,000,000.01 / 1.0000000001 = 89,999,999,991,000.0109...: 8,999.9991 of dollars left.
    holds(desk, {("2026-02-10", None): {"C1": {"d1_30": "9000.00"}}}, currency="USD")
