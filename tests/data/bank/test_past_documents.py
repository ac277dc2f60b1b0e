"""Documents of the past are left out, and the answer is that with them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.bank.application import apply_cash
from data.bank.books import BankBooks
from data.bank.past_documents import without_past_documents
from tests.data.bank.random_books import draw
from tests.data.bank.small_books import SETTLED, books, frame, invoice, receipt
from tests.properties import makes_stores

OLD, PAID = date(2024, 5, 1), date(2024, 6, 1)


def settled_before(drawn: BankBooks, seed: int) -> BankBooks:
    """The books of the second half, in which others settled two of three documents of the first."""
    days = drawn.entries["entry_date"].sort()
    start = days[len(days) // 2]
    old = drawn.documents.filter(pl.col("invoice_date") < start - timedelta(days=1))
    paid = [
        {"document_id": number, "day": day + timedelta(days=1), "amount": str(amount)}
        for place, (number, day, amount) in enumerate(
            old.select("document_id", "invoice_date", "amount").rows()
        )
        if (place + seed) % 3
    ]
    return replace(
        drawn, entries=drawn.entries.filter(pl.col("entry_date") >= start), settled=frame(SETTLED, paid)
    )


@makes_stores  # books as large as those of a store
@given(seed=st.integers(0, 1_000_000))
def test_the_answer_is_that_with_all_documents(seed: int) -> None:
    whole = settled_before(draw(seed, customers=12, invoices=120).books(), seed)
    lean = without_past_documents(whole, many=0)
    assert apply_cash(lean).rows.equals(apply_cash(whole).rows)
    assert apply_cash(lean).settlements.equals(apply_cash(whole).settlements)


def test_only_what_is_open_or_named_stays() -> None:
    numbers = ["2024-0101", "2024-0102", "2024-0103", "2024-0104", "2024-0105", "2024-0106"]
    documents = [invoice(number, "C1", "121.00", OLD) for number in numbers]
    paid = [{"document_id": number, "day": PAID, "amount": "121.00"} for number in numbers[:5]]
    entries = [receipt("1", "121.00", "factuur 102 t/m 103"), receipt("2", "1.00", "240105")]
    lean = without_past_documents(books(entries, documents, settled=paid), many=0)
    assert lean.documents["document_id"].to_list() == ["2024-0102", "2024-0103", "2024-0105", "2024-0106"]
    assert lean.settled["amount"].to_list() == [Decimal("121.00")] * 3


def test_of_few_documents_all_stay() -> None:
    documents = [invoice("2024-0101", "C1", "121.00", OLD)]
    paid = [{"document_id": "2024-0101", "day": PAID, "amount": "121.00"}]
    whole = books([receipt("1", "5.00")], documents, settled=paid)
    assert without_past_documents(whole) is whole


def test_what_stands_in_a_payment_reference_stays() -> None:
    """0000202401 and the check digits 59, since 202,401 is 97 times 2,086 and 59."""
    documents = [invoice(number, "C1", "121.00", OLD) for number in ("202401", "202402")]
    paid = [{"document_id": number, "day": PAID, "amount": "121.00"} for number in ("202401", "202402")]
    entries = [receipt("1", "121.00", reference="+++000/0202/40159+++")]
    lean = without_past_documents(books(entries, documents, settled=paid), many=0)
    assert lean.documents["document_id"].to_list() == ["202401"]
