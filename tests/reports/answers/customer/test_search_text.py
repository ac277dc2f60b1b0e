"""Which titles a text matches, and what is said of a result."""

from datetime import date
from decimal import Decimal

import pytest

from reports import language
from reports.answers.customer import search_text


@pytest.mark.parametrize(
    ("title", "text", "is_match"),
    [
        ("Ouderdom", "OUD", True),
        ("Ouderdom", "", True),
        ("Liquiditeitsprognose", "prognose liq", True),
        ("Wat als", "wat niet", False),
        ("Geïnd", "geind", True),
    ],
)
def test_a_title_matches_if_it_holds_every_word(title: str, text: str, is_match) -> None:
    assert search_text.holds(title, text) is is_match


def test_a_document_is_told_by_kind_customer_day_amount_and_order_number() -> None:
    row = {
        "kind": "credit_note",
        "customer_id": "C1",
        "customer_name": "Bakkerij",
        "invoice_date": date(2026, 2, 5),
        "amount": Decimal("-1234.50"),
        "currency": "EUR",
        "po_number": "PO-7",
    }
    language.use("en")
    assert search_text.facts(row) == "Credit note · Bakkerij · 5 Feb 2026 · -€1,234.50 · PO-7"
    language.use("nl")
    dutch = search_text.facts({**row, "po_number": None}).replace("\u00a0", " ")
    assert dutch == "Creditnota · Bakkerij · 05-02-2026 · € -1.234,50"
    assert search_text.facts({**row, "kind": "customer"}) == "C1"
