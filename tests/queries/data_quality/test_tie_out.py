"""`tie_out`: documents, payments, ageing and the ledger balances people declare."""

from datetime import date
from pathlib import Path

import pytest

from queries import Books
from tests.query_books import COMPANY, END, D, books_of, row_of


def test_documents_and_payments_tie_out_with_the_ageing(company: Books) -> None:
    rows = company.ask("tie_out", as_of=END, opening_date=date(2026, 4, 30))
    sums = ["entity", "opening", "invoiced", "credited", "received", "written_off", "receivables"]
    assert rows.select(sums).rows() == [
        ("BE", D("480.00"), D("1800.00"), D("80.00"), D("525.00"), D("0.00"), D("1675.00")),
        ("NL", D("100.00"), D("500.00"), D("40.00"), D("50.00"), D("0.00"), D("510.00")),
    ]
    assert rows.select("bucket_total", "unapplied", "difference", "is_tied").rows() == [
        (D("1745.00"), D("-70.00"), D("0.00"), True),
        (D("510.00"), D("0.00"), D("0.00"), True),
    ]
    declared = ["ledger_date", "ledger_balance", "ledger_difference"]
    assert rows.select(declared).rows()[1] == (date(2026, 6, 24), D("510.00"), D("0.00"))
    assert company.ask("tie_out", as_of=END)["opening_date"].unique().to_list() == [date(2025, 12, 31)]


@pytest.mark.slow
def test_a_ledger_balance_that_differs_breaks_the_tie_out(tmp_path: Path) -> None:
    books = books_of(tmp_path, {**COMPANY, "ledger_balances": ["2026-06-04,NL,EUR,299.99"]})
    row = row_of(books.ask("tie_out", as_of=END), entity="NL")
    assert (row["ledger_difference"], row["difference"], row["is_tied"]) == (D("0.01"), D("0.00"), False)
