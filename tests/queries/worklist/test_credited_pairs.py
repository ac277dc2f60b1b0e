"""An invoice and what credits it as a whole, added to the books, change no step of the others."""

import pytest

from tests.worklist_ledger import DAY, ago, customer

NAMES = ("invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount")


def bill(number: str, due: int, amount: str = "100.00", original: str = "") -> dict:
    kind = "credit_note" if amount.startswith("-") else "invoice"
    row = (number, "C1", kind, ago(due + 30), "" if original else ago(due), "EUR", amount)
    return {**dict(zip(NAMES, row, strict=True)), "original_invoice_id": original}


def paid(number: str, day: int, amount: str = "100.00", kind: str = "payment") -> dict:
    return {
        "payment_id": f"P{number}", "customer_id": "C1", "invoice_id": number, "payment_date": ago(day),
        "currency": "EUR", "amount": amount, "kind": kind,
    }  # fmt: skip


@pytest.mark.parametrize("named_on", [None, 35, 15])
@pytest.mark.parametrize("is_booked", [False, True])
def test_a_good_payer_is_called_though_one_invoice_was_credited(
    shared_desk, named_on: int | None, *, is_booked: bool
) -> None:
    # Four of five paid in time: 80%, a good payer. With the credited one counted as late it would be 67%.
    pair, settled = [], []
    if named_on is not None:
        note = {**bill("N", 0, "-1000.00", "X"), "invoice_date": ago(named_on)}
        pair = [bill("X", 25, "1000.00"), note]
        if is_booked:
            settled = [paid("X", 12, "1000.00", "credit"), paid("N", 12, "-1000.00", "credit")]
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[*(bill(f"B{number}", 40) for number in range(4)), bill("B4", 15), *pair],
        payments=[*(paid(f"B{number}", 45) for number in range(4)), *settled],
        contacts=[("C1", "B4", ago(11), "e-mail", "out", "friendly_reminder")],
    )
    rows = {row["invoice_id"]: row for row in shared_desk.ask("worklist_items", as_of=DAY)}
    assert (rows["B4"]["step"], rows["B4"]["on_time_share"]) == ("call", 0.8)
