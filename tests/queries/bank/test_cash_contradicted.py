"""How much of what the program applied people contradict: three entries, decided on in three ways."""

from datetime import date
from decimal import Decimal

import pytest

pytestmark = pytest.mark.slow

DAY = "2026-03-31"


def entry(name, amount, document):
    return {
        "entry_id": name, "account": "A", "currency": "EUR", "entry_date": date(2026, 2, 2), "amount": amount,
        "counterparty": "Jansen", "description": f"Factuur {document}",
    }  # fmt: skip


def test_what_people_say_is_for_something_else_is_contradicted_and_what_they_confirm_is_not(desk):
    desk.load(
        customers=[("C1", "Bakkerij Jansen", "retail", "NL", 30, ""), ("C2", "Smit", "retail", "NL", 30, "")],
        invoices=[
            (f"F2026-10{n}", "C1", "invoice", date(2026, 1, 5), date(2026, 2, 4), "EUR", f"{100 + n}.00")
            for n in range(4)
        ],
        bank_entries=[entry(f"E{n}", f"{100 + n}.00", f"F2026-10{n}") for n in range(4)],
    )
    assert desk.ask("cash_contradicted", as_of=DAY) == []
    desk.load(cash_decisions=[
        ("A", "E0", "confirmed", "C1", "F2026-100", "100.00"),
        ("A", "E1", "rejected", "C1", "F2026-101", "101.00"),
        ("A", "E2", "confirmed", "C2", "", "102.00"),
    ])  # fmt: skip
    found = {
        row["entry_id"]: (row["applied_amount"], row["contradicted_amount"])
        for row in desk.ask("cash_contradicted", as_of=DAY)
    }
    assert found == {
        "E0": (Decimal("100.00"), Decimal("0.00")),
        "E1": (Decimal("101.00"), Decimal("101.00")),
        "E2": (Decimal("102.00"), Decimal("102.00")),
    }
    # Withdrawn, the program was never contradicted.
    desk.load(cash_decisions=[("A", "E1", "withdrawn", "C1", "F2026-101", "101.00")])
    again = {row["entry_id"]: row["contradicted_amount"] for row in desk.ask("cash_contradicted", as_of=DAY)}
    assert again["E1"] == 0
    assert desk.ask("cash_contradicted", as_of="2026-02-01") == []
