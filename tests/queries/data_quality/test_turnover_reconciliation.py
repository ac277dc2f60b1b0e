"""`turnover_reconciliation`: the turnover a general ledger states beside the invoices of the same days."""

from datetime import date
from pathlib import Path

import pytest

from tests.query_books import COMPANY, END, D, books_of, row_of

pytestmark = pytest.mark.slow

# Invoiced here: NL 200 in May, 300 less 40 in June; BE 400 and 80 in April, 1,800 in May, and B2 of 80 taken
# back in June.
STATED = [
    "2026-05-01,2026-05-31,NL,EUR,,200.00",
    "2026-06-01,2026-06-30,NL,EUR,,259.99",
    "2026-04-01,2026-04-30,BE,EUR,stack 1,400.00",
    "2026-04-01,2026-04-30,BE,EUR,stack 2,80.00",
    "2026-06-01,2026-06-30,BE,EUR,,-80.00",
    "2026-06-01,2026-06-30,BE,USD,,5.00",
    "2026-07-01,2026-07-31,BE,EUR,,900.00",
]


def test_a_month_is_compared_with_its_invoices_less_credit_notes_and_cancellations(tmp_path: Path) -> None:
    books = books_of(tmp_path, {**COMPANY, "turnover": STATED})
    rows = books.ask("turnover_reconciliation", as_of=END)
    assert rows.drop("from_date").rows() == [
        (date(2026, 6, 30), "BE", "EUR", D("-80.00"), D("-80.00"), D("0.00")),
        (date(2026, 6, 30), "BE", "USD", D("5.00"), D("0.00"), D("-5.00")),
        (date(2026, 6, 30), "NL", "EUR", D("259.99"), D("260.00"), D("0.01")),
        (date(2026, 5, 31), "NL", "EUR", D("200.00"), D("200.00"), D("0.00")),
        (date(2026, 4, 30), "BE", "EUR", D("480.00"), D("480.00"), D("0.00")),
    ]
    assert books.ask("turnover_reconciliation", as_of=END, entity="NL").height == 2
    assert books.ask("turnover_reconciliation", as_of=END, currency="USD").height == 1
    # The next month, once it is over: B6 of 900.
    july = row_of(books.ask("turnover_reconciliation", as_of=date(2026, 7, 31)), to_date=date(2026, 7, 31))
    assert july["turnover_difference"] == D("0.00")


def test_a_month_that_differs_is_a_finding_and_breaks_no_tie_out(tmp_path: Path) -> None:
    books = books_of(tmp_path, {**COMPANY, "turnover": STATED})
    findings = books.ask("findings", as_of=END)
    assert row_of(findings, finding="turnover_differs", currency="EUR") == {
        "finding": "turnover_differs",
        "count": 1,
        "amount": D("0.01"),
        "example": "2026-06",
        "currency": "EUR",
    }
    assert row_of(findings, finding="turnover_differs", currency="USD")["amount"] == D("5.00")
    assert books.ask("tie_out", as_of=END)["is_tied"].all()
