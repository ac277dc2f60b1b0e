"""`customers`, `customer` and what belongs to one: balance, payments, timeline."""

from datetime import date

import pytest

from queries import Books
from tests.query_books import END, D


def test_customers_are_found_without_case_accents_or_wildcards(company: Books) -> None:
    def found(text: str | None) -> list[str]:
        return company.ask("customers", as_of=END, search=text)["customer_id"].to_list()

    assert found("CAFE ZOE") == ["C1"]
    assert found("é") == ["C1", "C3"]  # Café and Quiet
    assert found("0% off_") == ["C2"]
    assert found("%") == ["C2"]
    assert found("c_") == []
    assert found("c3") == ["C3"]
    assert found("' or 1=1 --") == []
    assert found(None) == ["C2", "C1", "C3"]


def test_a_customer_in_the_list_shows_what_it_owes_and_when_it_last_paid(company: Books) -> None:
    rows = company.ask("customers", as_of=END, limit=2)
    figures = ["customer_id", "open_amount", "overdue_amount", "oldest_days_overdue", "open_invoices"]
    assert rows.select(*figures, "last_payment_date", "account_manager").rows() == [
        ("C2", D("1745.00"), D("1800.00"), 11, 5, date(2026, 6, 26), "Bob"),
        ("C1", D("510.00"), D("250.00"), 91, 4, date(2026, 6, 5), "Ann"),
    ]


def test_one_customer_is_one_row_with_its_own_figures(company: Books) -> None:
    row = company.ask("customer", as_of=END, customer="C1").row(0, named=True)
    expected = {
        "customer_name": "Café Zoë", "credit_limit": D("500.00"), "open_amount": D("510.00"),
        "overdue_amount": D("250.00"), "unapplied": D("0.00"), "open_invoices": 4,
        "days_to_pay": 35.0, "days_late": 5.0, "first_invoice_date": date(2026, 3, 1),
        "last_invoice_date": date(2026, 6, 20), "last_payment_date": date(2026, 6, 5),
        "disputed_amount": D("200.00"), "billings_365": D("560.00"),
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    # P2: 425 after 30 days, on the day; P3: 30 after 32 days, 2 late.
    other = company.ask("customer", as_of=END, customer="C2").row(0, named=True)
    assert other["days_to_pay"] == pytest.approx((425 * 30 + 30 * 32) / 455)
    assert other["days_late"] == pytest.approx(60 / 455)
    assert other["unapplied"] == D("-70.00")
    assert other["billings_365"] == D("2200.00")  # the cancelled 80 is taken off again
    assert company.ask("customer", as_of=END, customer="nobody").is_empty()


def test_the_running_balance_of_a_customer_ends_at_its_total(company: Books) -> None:
    rows = company.ask("customer_ledger", as_of=date(2026, 7, 6), customer="C2").tail(5)
    assert rows.select("document_id", "payment_id", "kind", "due_date", "amount", "balance").rows() == [
        (None, "P4", "payment", None, D("-60.00"), D("1685.00")),
        ("B6", "P5", "payment", None, D("-10.00"), D("1675.00")),
        ("B6", None, "invoice", date(2026, 8, 4), D("900.00"), D("2575.00")),
        # On its invoice date the money leaves the account for the document.
        ("B6", "P5", "payment", None, D("10.00"), D("2585.00")),
        ("B6", "P5", "payment", date(2026, 8, 4), D("-10.00"), D("2575.00")),
    ]
    total = company.ask("ageing", as_of=date(2026, 7, 6), customer="C2")["total"].item()
    assert total == D("2575.00")


def test_each_payment_shows_how_late_it_came(company: Books) -> None:
    rows = company.ask("payment_behaviour", as_of=END, customer="C2")
    assert rows.select("invoice_id", "payment_date", "days_late", "days_to_pay", "amount").rows() == [
        ("B1", date(2026, 5, 1), 0, 30, D("425.00")),
        ("B2", date(2026, 5, 12), 2, 32, D("30.00")),
    ]
    assert company.ask("payment_behaviour", as_of=date(2028, 5, 1), customer="C2")[
        "invoice_id"
    ].to_list() == [
        "B2",
        "B6",
    ]


def test_the_timeline_tells_what_happened_newest_first(company: Books) -> None:
    rows = company.ask("timeline", as_of=END, customer="C1")
    assert rows.select("event_date", "event", "document_id", "detail", "amount").rows() == [
        (END, "due", "A3", None, D("300.00")),
        (date(2026, 6, 20), "invoice", "A3", None, D("300.00")),
        (date(2026, 6, 10), "credit", "A4", "credit_note", D("40.00")),
        (date(2026, 6, 8), "dispute_opened", "A2", "price", D("200.00")),
        (date(2026, 6, 5), "payment", "A2", "P1", D("50.00")),
        (date(2026, 5, 31), "due", "A2", None, D("200.00")),
        (date(2026, 5, 1), "dispute_closed", "A1", "damage", D("20.00")),
        (date(2026, 5, 1), "invoice", "A2", None, D("200.00")),
        (date(2026, 4, 1), "dispute_opened", "A1", "damage", D("20.00")),
        (date(2026, 3, 31), "due", "A1", None, D("100.00")),
        (date(2026, 3, 1), "invoice", "A1", "PO7", D("100.00")),
    ]


def test_contacts_on_the_timeline_say_direction_channel_and_kind(company: Books) -> None:
    contacts = company.ask("timeline", as_of=END, customer="C2").filter(event="contact")
    assert contacts["detail"].to_list() == ["out/e-mail/friendly_reminder", "out/e-mail/pre_due_reminder"]
