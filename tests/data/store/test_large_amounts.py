"""Books in a currency of large numbers, and rates of many decimals: nothing overflows and no cent is lost."""

from datetime import date
from decimal import Decimal

import pytest

DAY = date(2026, 6, 30)
# Eighty billion, and a rate of eight decimals: 80,000,000,000.00 x 0.00671178 = 536,942,400.00.
LARGE = "80000000000.00"


@pytest.fixture
def books(desk):
    desk.load(
        invoices=[
            ("I1", "C1", "invoice", "2026-06-01", "2026-06-15", "IDR", LARGE),
            *[(f"E{n}", "C2", "invoice", "2026-06-01", "2026-06-15", "EUR", "100.00") for n in range(3)],
        ],
        payments=[("P1", "C1", "", "2026-06-20", "IDR", "1000.00")],
        fx_rates=[("2026-01-01", "IDR", "0.00671178")],
        bank_balances=[("A", "IDR", "2026-06-30", LARGE), ("B", "EUR", "2026-06-30", LARGE)],
        disputes=[("I1", "2026-06-10", "", "price", LARGE)],
        bills=[("B1", "S", "2026-06-01", "2026-07-01", "IDR", LARGE, "")],
    )
    return desk.books()


def test_a_large_document_is_converted_to_the_cent(books) -> None:
    total = books.ask("ageing", as_of=DAY).filter(customer_id="C1")
    assert total["d1_30"].item() == Decimal("536942400.00")
    assert total["unapplied"].item() == Decimal("-6.71")  # 1,000.00 x 0.00671178 = 6.71178


def test_large_balances_bills_and_disputes_have_figures_in_every_query(books) -> None:
    accounts = dict(books.ask("bank_position", as_of=DAY).select("account", "reporting_balance").rows())
    assert accounts == {"A": Decimal("536942400.00"), "B": Decimal(LARGE)}
    assert books.ask("cash_trend", as_of=DAY)["bank_balance"][-1] == Decimal("80536942400.00")
    assert books.ask("disputes", as_of=DAY)["amount"].to_list() == [Decimal("536942400.00")]
    assert books.ask("customer", as_of=DAY, customer="C1")["disputed_amount"].item() == Decimal(
        "536942400.00"
    )
    assert books.ask("kpi", as_of=DAY)["dpo"].item() == pytest.approx(90)
    assert books.ask("timeline", as_of=DAY, customer="C1").height > 0
    assert books.ask("findings", as_of=DAY).height >= 0
