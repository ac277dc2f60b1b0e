"""A segment of the payment terms opens the customers whose days it is the mean of."""

from datetime import date

import pytest

from reports import figures
from reports.answers.terms import segment_parts
from reports.answers.terms import text as terms_text
from reports.colours import LIGHT
from tests.terms_ledger import BOOK, customer, terms_on

pytestmark = pytest.mark.usefixtures("english")


def test_every_segment_opens_its_customers_and_their_mean_is_its_days(shared_desk):
    shared_desk.load(
        customers=[customer(), customer("C2"), customer("C3", segment="food", payment_terms_days=14)],
        invoices=[
            *BOOK["invoices"],
            ("G1", "C2", "invoice", "2026-01-01", "2026-01-31", "EUR", "1000.00"),
            ("H1", "C3", "invoice", "2026-01-01", "2026-01-15", "EUR", "500.00"),
        ],
        payments=[
            *BOOK["payments"],
            ("P3", "C2", "G1", "2026-03-12", "EUR", "1000.00"),
            ("P4", "C3", "H1", "2026-01-10", "EUR", "500.00"),
        ],
    )
    terms = terms_on(shared_desk, date(2026, 6, 30))
    drawn = figures.term_pairs(terms_text.segment_rows(terms), theme=LIGHT)
    parts = {part.code: part for part in segment_parts.of_segments(terms, "EUR")}
    assert {code for trace in drawn.data for code in trace.ids or ()} == set(parts)
    opened = [part.rows() for part in parts.values()]
    assert [sorted(behind.rows["customer_id"]) for behind in opened] == [["C1", "C2"], ["C3"]]
    # 2,000 of C1 at 40 days and 1,000 of C2 at 70: 50.
    rows = opened[0].rows
    assert float((rows["taken_days"] * rows["paid_amount"].cast(float)).sum()) / 3000 == pytest.approx(50)
    assert "taken 50.0 days" in opened[0].finding.title
    assert "€3,000.00 paid" in opened[0].footer
