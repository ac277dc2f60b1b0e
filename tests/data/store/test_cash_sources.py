"""Payments of the bookkeeping and entries of the bank at once: one of the two counts, never both."""

from datetime import date
from decimal import Decimal

import pytest

from data.store import checks, reader
from data.store.load import load
from data.store.missing import FullLoad
from data.store.snapshot import current_snapshot
from tests.books import Desk

pytestmark = pytest.mark.slow  # each loads stores

END = date(2026, 9, 30)
CUSTOMERS = [
    ("C1", "Bakkerij Jansen", "retail", "NL", 30, ""), ("C2", "Smederij Smit", "retail", "NL", 30, ""),
]  # fmt: skip


def invoice(number, customer, day, amount, entity=""):
    return {
        "invoice_id": number, "customer_id": customer, "invoice_type": "invoice", "invoice_date": day,
        "due_date": "", "currency": "EUR", "amount": amount, "entity": entity,
    }  # fmt: skip


def payment(number, document, day, amount, **others):
    return {
        "payment_id": number, "customer_id": others.get("customer", "C1"), "invoice_id": document,
        "payment_date": day, "currency": "EUR", "amount": amount, "kind": others.get("kind", ""),
    }  # fmt: skip


def entry(name, day, amount, description, counterparty="BAKKERIJ JANSEN"):
    return {
        "entry_id": name, "account": "A", "currency": "EUR", "entry_date": day, "amount": amount,
        "counterparty": counterparty, "description": description,
    }  # fmt: skip


def still_open(desk: Desk, day=END, **values) -> dict[str, str]:
    return {row["invoice_id"]: str(row["open_amount"]) for row in desk.ask("open_items", as_of=day, **values)}


def counting(desk: Desk) -> dict[str, str]:
    rows = desk.rows("select payment_id, sum(amount) from settlement_at(null) group by payment_id")
    return {number: str(amount) for number, amount in rows}


def lines(desk: Desk) -> dict[tuple[str, str | None], tuple[str, str, str | None]]:
    return {
        (row["entry_id"], row["invoice_id"]): (str(row["applied_amount"]), row["status"], row["decided_by"])
        for row in desk.ask("cash_application", as_of=END)
    }


def assert_tied(desk: Desk) -> None:
    for day in (date(2026, 6, 30), END):
        assert all(row["difference"] == 0 for row in desk.ask("tie_out", as_of=day))
    with reader.session(current_snapshot(desk.store)) as connection:
        assert checks.broken(connection) == []
        assert checks.underived(connection) == []


def both(desk: Desk) -> None:
    """Payments until June of the bookkeeping, statements since July; it books July too, days later."""
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("F2026-501", "C1", "2026-05-01", "100.00"),
            invoice("F2026-601", "C1", "2026-06-01", "121.00"),
            invoice("F2026-602", "C1", "2026-06-02", "300.00"),
            invoice("F2026-603", "C2", "2026-06-03", "50.00"),
        ],
        payments=[
            payment("P1", "F2026-501", "2026-06-30", "100.00"),
            payment("P2", "F2026-601", "2026-07-06", "121.00"),
            payment("P3", "F2026-602", "2026-07-07", "80.00"),
        ],
        bank_entries=[
            entry("E1", date(2026, 7, 2), "121.00", "Factuur F2026-601"),
            entry("E2", date(2026, 7, 3), "80.00", "deel F2026-602"),
            entry("E3", date(2026, 7, 8), "50.00", "F2026-603", "SMEDERIJ SMIT"),
        ],
    )


def test_with_the_bank_as_source_payments_of_the_bookkeeping_since_its_entries_count_for_nothing(desk):
    both(desk)
    # The bookkeeping's: 300 - 80 and 50 are open.
    assert still_open(desk) == {"F2026-602": "220.00", "F2026-603": "50.00"}
    desk.load(settings=[("cash_source", "bank")])
    assert counting(desk) == {
        "P1": "100.00",
        "bank A E1": "121.00",
        "bank A E2": "80.00",
        "bank A E3": "50.00",
    }
    assert still_open(desk) == {"F2026-602": "220.00"}
    # Paid on the day of the bank, not on that of the bookkeeping.
    assert "F2026-601" not in still_open(desk, date(2026, 7, 2))
    assert_tied(desk)
    named = {row["finding"]: (row["count"], str(row["amount"])) for row in desk.ask("findings", as_of=END)}
    assert named["payment_of_bank_too"] == (2, "201.00")
    assert "payment_not_on_bank" not in named
    assert desk.ask("cash_sources") == [{"entity": "", "bookkeeping_payments": 3, "cash_source": "bank"}]


def test_the_source_changed_and_changed_back_leaves_what_was(desk):
    both(desk)
    before = (still_open(desk), counting(desk), lines(desk))
    known = desk.moment()
    desk.load(settings=[("cash_source", "bank")])
    by_bank, then = still_open(desk), desk.moment()
    desk.load(settings=[("cash_source", "bookkeeping")])
    assert (still_open(desk), counting(desk), lines(desk)) == before
    assert still_open(desk, known_on=known) == before[0]
    assert still_open(desk, known_on=then) == by_bank
    assert_tied(desk)


def test_payments_that_the_bookkeeping_gives_after_the_bank_is_the_source_count_for_nothing(desk):
    both(desk)
    desk.load(settings=[("cash_source", "bank")])
    was = still_open(desk)
    desk.load(payments=[payment("P4", "F2026-603", "2026-07-10", "50.00", customer="C2"),
                        payment("P5", "", "2026-07-11", "12.00", customer="C2")])  # fmt: skip
    assert still_open(desk) == was
    # Of F2026-602 the bookkeeping now has 100 more than the bank.
    desk.load(payments=[payment("P6", "F2026-602", "2026-07-12", "100.00")])
    named = {row["finding"]: (row["count"], str(row["amount"])) for row in desk.ask("findings", as_of=END)}
    assert named["payment_of_bank_too"] == (5, "363.00")
    assert named["payment_not_on_bank"] == (1, "100.00")
    assert desk.ageing(END).get("C2") is None


def test_a_full_export_misses_payments_that_count_for_nothing_as_others(desk):
    both(desk)
    desk.load(settings=[("cash_source", "bank")])
    export = desk.folder(payments=[payment("P1", "F2026-501", "2026-06-30", "100.00")])
    report = load(desk.store, [export], full=FullLoad())
    assert sorted(report.missing["payment_id"]) == ["P2", "P3"]


def test_each_administration_has_its_own_source(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("F2026-701", "C1", "2026-06-01", "121.00", "N"),
            invoice("F2026-702", "C2", "2026-06-01", "50.00", "Z"),
            invoice("F2026-703", "C2", "2026-06-01", "70.00", "Z"),
        ],
        payments=[payment("P1", "F2026-701", "2026-07-03", "121.00"),
                  payment("P2", "F2026-702", "2026-07-03", "50.00", customer="C2")],
        bank_entries=[
            entry("E1", date(2026, 7, 2), "121.00", "F2026-701"),
            entry("E2", date(2026, 7, 2), "50.00", "F2026-702", "SMEDERIJ SMIT"),
            entry("E3", date(2026, 7, 2), "70.00", "F2026-703", "SMEDERIJ SMIT"),
        ],
        settings=[("cash_source@N", "bank")],
    )  # fmt: skip
    assert counting(desk) == {"bank A E1": "121.00", "P2": "50.00"}
    assert still_open(desk) == {"F2026-703": "70.00"}
    assert lines(desk) == {
        ("E1", "F2026-701"): ("121.00", "applied", "Kasstroom"),
        ("E2", "F2026-702"): ("50.00", "applied", "bookkeeping"),
        ("E3", "F2026-703"): ("70.00", "proposed", None),
    }
    desk.load(settings=[("cash_source@N", "bookkeeping"), ("cash_source@Z", "bank")])
    assert counting(desk) == {"P1": "121.00", "bank A E2": "50.00", "bank A E3": "70.00"}
    assert still_open(desk) == {}
    assert_tied(desk)


def test_what_the_bookkeeping_booked_later_in_one_sum_or_in_parts_is_said_to_be_booked(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("F2026-801", "C1", "2026-06-01", "221.00"),
            invoice("F2026-802", "C1", "2026-06-01", "90.00"),
            invoice("F2026-803", "C2", "2026-06-01", "50.00"),
        ],
        payments=[
            payment("P1", "F2026-801", "2026-07-09", "221.00"),
            payment("P2", "F2026-802", "2026-07-09", "40.00"),
            payment("P3", "F2026-802", "2026-07-10", "50.00"),
        ],
        bank_entries=[
            entry("E1", date(2026, 7, 2), "121.00", "deel F2026-801"),
            entry("E2", date(2026, 7, 3), "100.00", "rest F2026-801"),
            entry("E3", date(2026, 7, 4), "90.00", "F2026-802"),
            entry("E4", date(2026, 7, 5), "50.00", "F2026-803", "SMEDERIJ SMIT"),
        ],
    )
    assert lines(desk) == {
        ("E1", "F2026-801"): ("121.00", "applied", "bookkeeping"),
        ("E2", "F2026-801"): ("100.00", "applied", "bookkeeping"),
        ("E3", "F2026-802"): ("90.00", "applied", "bookkeeping"),
        ("E4", "F2026-803"): ("50.00", "proposed", None),
    }
    assert still_open(desk) == {"F2026-803": "50.00"}


def test_periods_closed_before_the_bank_became_the_source_stay_the_bookkeepings(desk):
    both(desk)
    desk.load(bank_entries=[entry("E0", date(2026, 6, 29), "100.00", "Factuur F2026-501")])
    desk.load(settings=[("closed_until", "2026-06-30"), ("cash_source", "bank")])
    # The statements go back into June, but June is closed: P1 counts, and its money of June is booked.
    assert counting(desk) == {
        "P1": "100.00",
        "bank A E1": "121.00",
        "bank A E2": "80.00",
        "bank A E3": "50.00",
    }
    assert lines(desk)["E0", "F2026-501"] == ("100.00", "applied", "bookkeeping")
    # To close July moves nothing out of it, and brings no payment of the bookkeeping back into it.
    july = still_open(desk, date(2026, 7, 31))
    was = counting(desk)
    desk.load(settings=[("closed_until", "2026-07-31")])
    assert still_open(desk, date(2026, 7, 31)) == july
    assert counting(desk) == was
    assert_tied(desk)


def test_what_comes_in_after_its_period_was_closed_is_dated_after_it(desk):
    both(desk)
    desk.load(settings=[("cash_source", "bank")])
    desk.load(settings=[("closed_until", "2026-07-31")])
    desk.load(
        invoices=[invoice("F2026-604", "C2", "2026-06-04", "60.00")],
        bank_entries=[entry("E4", date(2026, 7, 9), "60.00", "F2026-604", "SMEDERIJ SMIT")],
    )
    days = dict(
        desk.rows("select bank_entry, payment_date from settlement_at(null) where bank_entry is not null")
    )
    assert days == {
        "E1": date(2026, 7, 2), "E2": date(2026, 7, 3), "E3": date(2026, 7, 8), "E4": date(2026, 8, 1),
    }  # fmt: skip
    applied = {row["entry_id"]: row["applied_date"] for row in desk.ask("cash_application", as_of=END)}
    assert applied == days


def test_a_discount_under_the_number_of_a_payment_goes_with_it(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("F2026-901", "C1", "2026-06-25", "100.00")
            | {"discount_percent": "2", "discount_days": "14"}
        ],
        payments=[payment("P1", "F2026-901", "2026-07-04", "98.00"),
                  payment("P1", "F2026-901", "2026-07-04", "2.00", kind="discount")],
        bank_entries=[entry("E1", date(2026, 7, 2), "98.00", "F2026-901")],
    )  # fmt: skip
    assert still_open(desk) == {}
    desk.load(settings=[("cash_source", "bank")])
    assert counting(desk) == {"bank A E1": "100.00"}
    assert still_open(desk) == {}
    [tied] = desk.ask("tie_out", as_of=END)
    assert (tied["received"], tied["discounts"], tied["difference"]) == (
        Decimal("98.00"), Decimal("2.00"), Decimal("0.00"),
    )  # fmt: skip


def test_without_the_entries_the_payments_of_the_bookkeeping_count_again(desk):
    both(desk)
    booked = still_open(desk)
    desk.load(settings=[("cash_source", "bank")])
    desk.load(
        bank_entries=[
            entry("E1", date(2026, 7, 2), "0.00", ""), entry("E2", date(2026, 7, 3), "0.00", ""),
            entry("E3", date(2026, 7, 8), "0.00", ""),
        ]
    )  # fmt: skip
    assert still_open(desk) == booked
    assert_tied(desk)
