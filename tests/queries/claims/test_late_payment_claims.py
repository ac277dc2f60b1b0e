"""What may be claimed for an invoice that was paid in full, and late: interest and compensation for costs."""

import pytest

from tests.worklist_ledger import customer


def bill(name: str = "F1", amount: str = "10000.00", due: str = "2025-01-31") -> tuple:
    return (name, "C1", "invoice", due, due, "EUR", amount)


def paid(amount: str, day: str, number: str = "P1", invoice: str = "F1", kind: str = "payment") -> dict:
    return {
        "payment_id": number, "customer_id": "C1", "invoice_id": invoice, "payment_date": day,
        "currency": "EUR", "amount": amount, "kind": kind,
    }  # fmt: skip


def late(desk, day: str = "2025-12-31", **values: object) -> dict[str, tuple]:
    return {
        row["invoice_id"]: (str(row["interest"]), str(row["collection_costs"]), str(row["total"]))
        for row in desk.ask("late_payment_claims", as_of=day, **values)
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["business", "public", ""])
def test_a_business_owes_interest_and_40_euros_without_a_notice(shared_desk, kind):
    # 10,000 x 11.15% x 59 / 365 = 180.23, as published; nothing runs on after the payment.
    shared_desk.load(
        customers=[customer("C1", customer_type=kind)],
        invoices=[bill(), bill("F2"), bill("F3", "100.00")],
        payments=[
            paid("10000.00", "2025-03-31"), paid("10000.00", "2025-01-31", "P2", "F2"),
            paid("100.00", "2025-02-01", "P3", "F3"),
        ],
    )  # fmt: skip
    # F2 was paid on its due date. F3 one day late: 100 x 11.15% / 365 = 0.03.
    assert late(shared_desk) == {"F1": ("180.23", "40.00", "220.23"), "F3": ("0.03", "40.00", "40.03")}
    [row, _small] = shared_desk.ask("late_payment_claims", as_of="2025-12-31")
    assert (str(row["due_date"]), str(row["paid_date"]), row["days_late"]) == ("2025-01-31", "2025-03-31", 59)
    assert (row["rate_kind"], str(row["limitation_date"])) == ("commercial", "2030-01-31")
    # Before the payment it is a claim on an open invoice.
    assert late(shared_desk, "2025-03-30") == {"F3": ("0.03", "40.00", "40.03")}
    assert {row["invoice_id"] for row in shared_desk.ask("claims", as_of="2025-03-30")} == {"F1"}
    assert shared_desk.ask("claims", as_of="2025-12-31") == []
    assert set(late(shared_desk, since="2025-03-01")) == {"F1"}
    assert late(shared_desk, since="2025-04-01") == {}
    assert late(shared_desk, customer="C2") == {}


@pytest.mark.parametrize(
    ("noticed", "paid_on", "expected"),
    [
        # 1,000 x 6% x 59 / 365 = 9.70.
        (None, "2025-03-31", ("9.70", "0.00", "9.70")),
        # The fourteen days of the e-mail of 10 March run to the 24th.
        ("2025-03-10", "2025-03-24", ("8.55", "0.00", "8.55")),
        ("2025-03-10", "2025-03-25", ("8.71", "150.00", "158.71")),
        # A notice before the due date is about nothing.
        ("2025-01-15", "2025-03-31", ("9.70", "0.00", "9.70")),
    ],
)
def test_a_consumer_owes_no_costs_without_a_notice_whose_days_had_passed(
    shared_desk, noticed, paid_on, expected
):
    shared_desk.load(
        customers=[customer("C1", customer_type="consumer")],
        invoices=[bill(amount="1000.00")],
        payments=[paid("1000.00", paid_on)],
        contacts=[
            ("C1", "", noticed or "2025-03-10", "email", "out", "notice_14_days" if noticed else "call")
        ],
    )
    assert late(shared_desk) == {"F1": expected}


def test_parts_paid_late_bear_interest_each_up_to_its_payment(shared_desk):
    # 4,000 on the due date; 3,000 after 28 days and 3,000 after 59: 6,000 x 11.15% x 28 / 365 = 51.32 and
    # 3,000 x 11.15% x 31 / 365 = 28.41.
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill()],
        payments=[
            paid("4000.00", "2025-01-31"), paid("3000.00", "2025-02-28", "P2"),
            paid("3000.00", "2025-03-31", "P3"),
        ],
    )  # fmt: skip
    assert late(shared_desk) == {"F1": ("79.73", "40.00", "119.73")}


def test_a_payment_that_bounced_was_none(shared_desk):
    # Paid in time, taken back, and paid again on 31 March.
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill()],
        payments=[
            paid("10000.00", "2025-01-30"), paid("-10000.00", "2025-02-03", "P2", kind="reversal"),
            paid("10000.00", "2025-03-31", "P3"),
        ],
    )  # fmt: skip
    assert late(shared_desk) == {"F1": ("180.23", "40.00", "220.23")}
    assert late(shared_desk, "2025-02-28") == {}  # open: a claim


def test_what_was_credited_or_written_off_is_no_late_payment(shared_desk):
    # F1: 700 credited, 300 paid 28 days late: 300 x 11.15% x 28 / 365 = 2.57. F2: written off, so claimed.
    # F3: credited as a whole.
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill(amount="1000.00"), bill("F2", "1000.00"), bill("F3", "1000.00")],
        payments=[
            paid("700.00", "2025-02-10", "K1", kind="credit"), paid("300.00", "2025-02-28"),
            paid("400.00", "2025-02-28", "P2", "F2"),
            paid("600.00", "2025-03-01", "W2", "F2", kind="write_off"),
            paid("1000.00", "2025-03-01", "K3", "F3", kind="credit"),
        ],
    )  # fmt: skip
    assert late(shared_desk) == {"F1": ("2.57", "40.00", "42.57")}
    assert {row["invoice_id"] for row in shared_desk.ask("claims", as_of="2025-12-31")} == {"F2"}


def test_only_the_instalment_that_was_late_counts(shared_desk):
    # 6,000 on its day; 4,000 due 28 February and paid 31 March: 4,000 x 11.15% x 31 / 365 = 37.88.
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill()],
        instalments=[("F1", "2025-01-31", "6000.00"), ("F1", "2025-02-28", "4000.00")],
        payments=[paid("6000.00", "2025-01-31"), paid("4000.00", "2025-03-31", "P2")],
    )
    assert late(shared_desk) == {"F1": ("37.88", "40.00", "77.88")}
    [row] = shared_desk.ask("late_payment_claims", as_of="2025-12-31")
    assert (str(row["due_date"]), row["days_late"]) == ("2025-02-28", 31)
