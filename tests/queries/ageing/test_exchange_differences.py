"""Exchange differences: realised ones of the year, unrealised ones beside the receivables."""

from datetime import date
from decimal import Decimal

import pytest

from tests.books import Desk
from tests.data.store.ageing_matrix import invoice, payment

D = Decimal
BOOKS = {
    "settings": [("reporting_currency", "EUR")],
    "fx_rates": [("2026-01-01", "USD", "1.05"), ("2026-02-01", "USD", "1.10"), ("2026-03-01", "USD", "1.20")],
    "invoices": [
        invoice(currency="USD"),
        invoice(invoice_id="F2", currency="USD"),
        invoice(invoice_id="F3"),
        invoice(invoice_id="F4", currency="GBP", invoice_date="2026-02-01"),
    ],
    "payments": [
        payment("110.00", "2026-02-10"),  # 100 USD: 100 x 0.05 = 5.00
        payment("66.00", "2026-02-10", payment_id="P2", invoice_id="F2"),  # 60 USD: 3.00
        payment("50.00", "2026-02-11", payment_id="P3", invoice_id="F3"),
    ],
}


@pytest.mark.slow
def test_realised_and_unrealised_differences_stand_beside_the_receivables(desk: Desk) -> None:
    desk.load(**BOOKS)
    pounds, dollars = desk.ask("exchange_differences", as_of=date(2026, 3, 1))
    # 40 USD are open: 42.00 at 1.05, 48.00 at 1.20.
    assert (dollars["document_open_amount"], dollars["open_amount"]) == (D("40.00"), D("42.00"))
    assert (dollars["current_rate"], dollars["current_amount"]) == (D("1.20"), D("48.00"))
    assert (dollars["unrealised_difference"], dollars["realised_difference"]) == (D("6.00"), D("8.00"))
    assert (pounds["document_open_amount"], pounds["open_amount"]) == (D("100.00"), None)
    assert (pounds["current_amount"], pounds["unrealised_difference"]) == (None, None)
    # 42.00 of dollars and 50.00 of euros: no unrealised difference among the receivables.
    assert desk.ask("kpi", as_of=date(2026, 3, 1))[0]["receivables"] == D("92.00")


def test_only_the_differences_since_the_opening_count(desk: Desk) -> None:
    desk.load(**BOOKS)
    rows = desk.ask(
        "exchange_differences", as_of=date(2026, 3, 1), opening_date=date(2026, 2, 10), currency="USD"
    )
    assert [row["realised_difference"] for row in rows] == [D("0.00")]
    early = desk.ask("exchange_differences", as_of=date(2026, 2, 9))
    assert [row["realised_difference"] for row in early if row["currency"] == "USD"] == [D("0.00")]
