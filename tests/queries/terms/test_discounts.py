"""Early-payment discount: what is payable until when, and what was settled with it."""

from datetime import date
from decimal import Decimal

import pytest

from data.store.load import load
from tests import paths
from tests.credit_rows import customer, document, payment

DAY = date(2026, 5, 31)


def invoice(number: str, amount: str = "1000.00", **more: str) -> dict:
    """An invoice of 2 March, due 1 April: 2% off by 12 March."""
    return document(
        number, number, "2026-03-02", "2026-04-01", amount, discount_percent="2", discount_days="10", **more
    )


# Invoice -> settlements of it, further documents, what is owed on it on DAY.
LEDGER: dict[str, tuple[list[dict], list[dict], str]] = {
    "IN-TIME": ([payment("P1", "IN-TIME", "IN-TIME", "2026-03-12", "980.00")], [], "0.00"),
    "A-DAY-LATE": ([payment("P2", "A-DAY-LATE", "A-DAY-LATE", "2026-03-13", "980.00")], [], "20.00"),
    "TOO-SHORT": ([payment("P3", "TOO-SHORT", "TOO-SHORT", "2026-03-12", "979.99")], [], "20.01"),
    "LESS-SHORT": ([payment("P4", "LESS-SHORT", "LESS-SHORT", "2026-03-12", "990.00")], [], "0.00"),
    "IN-TWO": (
        [
            payment("P5", "IN-TWO", "IN-TWO", "2026-03-05", "500.00"),
            payment("P6", "IN-TWO", "IN-TWO", "2026-03-11", "480.00"),
        ],
        [],
        "0.00",
    ),
    # 2% of 800: 784 are enough, and 216 stay open in the books: the note of 200 and the discount of 16.
    "CREDITED": (
        [payment("P7", "CREDITED", "CREDITED", "2026-03-12", "784.00")],
        [document("NOTE", "CREDITED", "2026-03-06", "", "-200.00", original_invoice_id="CREDITED")],
        "0.00",
    ),
    "BOUNCED": (
        [
            payment("P8", "BOUNCED", "BOUNCED", "2026-03-12", "980.00"),
            payment("P9", "BOUNCED", "BOUNCED", "2026-03-20", "-980.00"),
        ],
        [],
        "1000.00",
    ),
    "BOOKED": (
        [
            payment("P10", "BOOKED", "BOOKED", "2026-03-12", "980.00", kind="payment"),
            payment("P10", "BOOKED", "BOOKED", "2026-03-12", "20.00", kind="discount"),
        ],
        [],
        "0.00",
    ),
    "UNPAID": ([], [], "1000.00"),
}


def load_ledger(desk) -> None:
    desk.load(
        customers=[customer(number) for number in LEDGER],
        invoices=[invoice(number) for number in LEDGER]
        + [row for _p, rows, _o in LEDGER.values() for row in rows],
        payments=[row for rows, _d, _o in LEDGER.values() for row in rows],
    )


def owed(desk, day: date = DAY) -> dict[str, Decimal]:
    return {
        row["invoice_id"]: row["owed_amount"]
        for row in desk.ask("open_items", as_of=day)
        if row["invoice_type"] == "invoice"
    }


@pytest.mark.slow
def test_a_payment_in_time_short_by_no_more_than_the_discount_settles_what_is_owed(desk):
    load_ledger(desk)
    amounts = owed(desk)
    assert {number: str(amounts.get(number, Decimal("0.00"))) for number in LEDGER} == {
        number: amount for number, (_p, _d, amount) in LEDGER.items()
    }
    # The books stay open until the discount is booked.
    items = {row["invoice_id"]: row["open_amount"] for row in desk.ask("open_items", as_of=DAY)}
    assert (items["IN-TIME"], items["CREDITED"]) == (Decimal("20.00"), Decimal("216.00"))
    assert "BOOKED" not in items
    named = {row["finding"]: row for row in desk.ask("findings", as_of=DAY)}
    # IN-TIME 20, LESS-SHORT 10, IN-TWO 20, CREDITED 16.
    assert (named["discount_not_booked"]["count"], named["discount_not_booked"]["amount"]) == (
        4, Decimal("66.00"),
    )  # fmt: skip


def test_before_it_came_back_the_payment_had_settled_the_invoice(desk):
    load_ledger(desk)
    assert owed(desk, date(2026, 3, 19))["BOUNCED"] == 0
    assert owed(desk, date(2026, 3, 20))["BOUNCED"] == 1000


@pytest.mark.slow
def test_what_is_payable_until_when_stands_with_the_invoice(desk):
    load_ledger(desk)
    items = {row["invoice_id"]: row for row in desk.ask("open_items", as_of=date(2026, 3, 12))}
    assert (items["UNPAID"]["discount_until"], items["UNPAID"]["discount_amount"]) == (
        date(2026, 3, 12), Decimal("20.00"),
    )  # fmt: skip
    after = {row["invoice_id"]: row for row in desk.ask("open_items", as_of=date(2026, 3, 13))}
    assert after["UNPAID"]["discount_until"] is None
    work = {row["invoice_id"]: row for row in desk.ask("worklist_items", as_of=date(2026, 3, 12))}
    assert all(row["document_discount_amount"] is None for number, row in work.items() if number != "UNPAID")


def test_days_of_grace_are_a_setting(desk):
    load_ledger(desk)
    desk.load(settings=[("discount_grace_days", "1")])
    assert owed(desk)["A-DAY-LATE"] == 0


def test_uptake_and_cost_per_customer(shared_desk):
    shared_desk.load(
        customers=[customer("A")],
        invoices=[
            document(
                f"A{n}", "A", "2026-03-02", "2026-04-01", "1210.00", vat_amount="210.00",
                discount_percent="2", discount_days="10",
            )
            for n in range(3)
        ],
        payments=[payment(f"P{n}", "A", f"A{n}", "2026-03-12", "1185.80") for n in range(2)],
    )  # fmt: skip
    row = shared_desk.ask("discounts", as_of=DAY)[0]
    # 2% of 1,210.00 is 24.20, of which 4.20 are VAT.
    assert (row["invoices"], row["discounts_taken"], row["discount_cost"], row["discount_vat"]) == (
        3, 2, Decimal("48.40"), Decimal("8.40"),
    )  # fmt: skip
    assert row["uptake_share"] == pytest.approx(2 / 3)


@pytest.mark.slow
@pytest.mark.skipif(not paths.CASES.exists(), reason="../shared/cases is not here")
def test_the_case_of_a_discount(desk):
    load(desk.store, [paths.CASES / "c03_skonto" / "in"])
    claims = {row["invoice_id"]: row["principal"] for row in desk.ask("claims", as_of=DAY)}
    assert claims == {"A2": Decimal("20.00")}
    asked = {
        row["invoice_id"]: row["asked_amount"]
        for row in desk.ask("worklist_items", as_of=DAY)
        if row["waits"] is None
    }
    assert asked == {"A2": Decimal("20.00")}
    on_time = {row["customer_id"]: row["parts_on_time"] for row in desk.ask("payment_terms", as_of=DAY)}
    assert on_time == {"S1": 1, "S2": 0, "S3": 1}


@pytest.mark.parametrize(
    ("noted", "left_of_note"),
    [
        # 2% of 500: of the 20 that are open, 10 are discount and 10 are paid by the note of 500.
        ("500.00", "490.00"),
        # Credited as a whole: no discount is left of it, and the customer gets back what was paid.
        ("1000.00", "980.00"),
    ],
)
def test_a_note_after_the_payment_lowers_the_discount_that_was_taken(
    shared_desk, noted: str, left_of_note: str
) -> None:
    shared_desk.load(
        customers=[customer("LATE-NOTE")],
        invoices=[
            invoice("LATE-NOTE"),
            document("LATE", "LATE-NOTE", "2026-04-20", "", f"-{noted}", original_invoice_id="LATE-NOTE"),
        ],
        payments=[payment("P1", "LATE-NOTE", "LATE-NOTE", "2026-03-12", "980.00")],
    )
    owed = {
        day: {row["invoice_id"]: str(row["owed_amount"]) for row in shared_desk.ask("open_items", as_of=day)}
        for day in ("2026-04-19", "2026-04-20")
    }
    assert owed == {
        "2026-04-19": {"LATE-NOTE": "0.00"},
        "2026-04-20": {"LATE-NOTE": "0.00", "LATE": f"-{left_of_note}"},
    }
