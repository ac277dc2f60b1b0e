from datetime import date
from decimal import Decimal

import pytest

BOOKS = {
    "customers": [("C1", "Halsema", "Groot", "NL", 30, None), ("C2", "De Linde", "Klein", "NL", 14, None)],
    "invoices": [
        ("F1", "C1", "invoice", "2026-06-01", "2026-07-01", "EUR", "3000.00"),
        ("F2", "C1", "invoice", "2026-09-10", "2026-10-10", "EUR", "900.00"),
        ("F3", "C2", "invoice", "2026-09-30", "2026-10-14", "EUR", "600.00"),
        ("K1", "C1", "credit_note", "2026-09-29", None, "EUR", "-100.00"),
    ],
    "payments": [
        {"payment_id": "P1", "customer_id": "C1", "invoice_id": "F1", "payment_date": "2026-09-25",
         "currency": "EUR", "amount": "2500.00", "kind": "payment"},
        {"payment_id": "P2", "customer_id": "C2", "invoice_id": "", "payment_date": "2026-09-30",
         "currency": "EUR", "amount": "250.00", "kind": "payment"},
        {"payment_id": "P3", "customer_id": "C1", "invoice_id": "F1", "payment_date": "2026-09-30",
         "currency": "EUR", "amount": "50.00", "kind": "write_off"},
        {"payment_id": "P4", "customer_id": "C1", "invoice_id": "F2", "payment_date": "2026-10-01",
         "currency": "EUR", "amount": "900.00", "kind": "payment"},
    ],
}  # fmt: skip


@pytest.fixture
def books(desk):
    desk.load(**BOOKS)
    return desk


def test_the_change_of_receivables_is_told_by_cause_and_adds_up(books):
    (row,) = books.ask("receivables_moved", as_of="2026-09-30")
    # On 23-09: F1 3,000 + F2 900. Since: F3 600, K1 -100, P1 -2,500, P2 -250, write-off -50.
    assert row == {
        "opening_date": date(2026, 9, 23),
        "opening": Decimal("3900.00"),
        "invoiced": Decimal("600.00"),
        "credited": Decimal("100.00"),
        "received": Decimal("2750.00"),
        "written_off": Decimal("50.00"),
        "discounts": Decimal("0.00"),
        "listed": Decimal("0.00"),
        "exchange": Decimal("0.00"),
        "recovered": Decimal("0.00"),
        "closing": Decimal("1600.00"),
    }


@pytest.mark.slow
def test_the_change_ends_on_the_receivables_of_the_day_in_every_slice(books):
    for segment in (None, "Groot", "Klein"):
        (row,) = books.ask("receivables_moved", as_of="2026-10-02", segment=segment, days=3)
        (kpi,) = books.ask("kpi", as_of="2026-10-02", segment=segment)
        (before,) = books.ask("kpi", as_of="2026-09-29", segment=segment)
        assert (row["opening"], row["closing"]) == (before["receivables"], kpi["receivables"])
        causes = row["invoiced"] - row["credited"] - row["received"] - row["written_off"]
        assert row["opening"] + causes == row["closing"]


def test_the_change_in_a_store_without_invoices_is_nothing(desk):
    desk.load(customers=BOOKS["customers"])
    (row,) = desk.ask("receivables_moved", as_of="2026-09-30")
    assert {row[name] for name in row if name != "opening_date"} == {Decimal("0.00")}


def test_the_weeks_carry_the_days_outstanding_and_what_is_more_than_90_days_late(books):
    weeks = books.ask("cash_trend", as_of="2026-10-02", weeks=2)
    # 25-09: open 500 + 900; September billed 900 (25 days), August and July nothing (31 and 31),
    # June 3,000: the rest 500 is 500 / 3,000 of 30 days.
    assert weeks[0]["dso_countback"] == pytest.approx(25 + 31 + 31 + 500 / 3000 * 30)
    assert weeks[0]["d90_plus"] == 0  # due 01-07: 86 days late
    # 02-10: open 450 - 100 + 600; October nothing (2 days), September billed 1,400 (30 days): 950 / 1,400.
    assert weeks[1]["dso_countback"] == pytest.approx(2 + 950 / 1400 * 30)
    assert weeks[1]["d90_plus"] == Decimal("450.00")  # 93 days late
    for week in weeks:
        (kpi,) = books.ask("kpi", as_of=week["as_of"])
        assert week["dso_countback"] == kpi["dso_countback"]
