"""Electronic invoices in the books: what is open of them, and when it falls due."""

from decimal import Decimal
from pathlib import Path

import pytest

from data.importers.formats.ubl import extract
from tests.books import Desk
from tests.data.importers.formats.ubl_texts import reference, terms, totals, ubl

pytestmark = pytest.mark.slow

D = Decimal
ADVANCE = totals(TaxInclusiveAmount="121.00", PrepaidAmount="21.00", PayableAmount="100.00")
PARTS = terms(Amount="50.00", InstallmentDueDate="2026-04-01") + terms(
    Amount="50.00", InstallmentDueDate="2026-05-01"
)
SALES = (
    ubl("A"),
    ubl("B", sums=totals(TaxInclusiveAmount="1801.78", PrepaidAmount="1000.00", PayableAmount="801.78")),
    ubl("C", sums=ADVANCE, more=PARTS),
    ubl("D", sums=totals(TaxInclusiveAmount="121.00", PrepaidAmount="121.00", PayableAmount="0.00")),
    ubl("E", root="CreditNote", code="381", due="", more=reference("A")),
    ubl("F", due="", more=terms("Betaling binnen 14 dagen")),
)


def loaded(home: Path, *contents: bytes, direction: str) -> Desk:
    """Return a store that holds the documents, put in by their rows in native form."""
    grains: dict[str, list] = {}
    for content in contents:
        for grain, rows in extract(content, "a.xml", {"direction": direction}).rows.items():
            grains.setdefault(grain, []).extend(dict(row.cells) for row in rows)
    desk = Desk(home)
    desk.load(**grains)
    return desk


def test_what_was_paid_in_advance_is_not_open_and_its_parts_fall_due_on_their_days(tmp_path: Path) -> None:
    desk = loaded(tmp_path, *SALES, direction="sales")
    items = desk.ask("open_items", as_of="2026-04-15")
    assert sorted(
        (row["invoice_id"], str(row["due_date"]), row["open_amount"], row["days_overdue"]) for row in items
    ) == [
        ("A", "2026-04-01", D("121.00"), 14),
        ("B", "2026-04-01", D("801.78"), 14),
        ("C", "2026-04-01", D("50.00"), 14),
        ("C", "2026-05-01", D("50.00"), -16),
        ("E", "2026-03-02", D("-121.00"), 44),
        ("F", "2026-03-16", D("121.00"), 30),
    ]
    (kpi,) = desk.ask("kpi", as_of="2026-04-15")
    # 121.00 + 801.78 + 100.00 - 121.00 + 121.00
    assert kpi["receivables"] == D("1022.78")
    # An advance teaches nothing about how soon the customer pays.
    assert (kpi["days_to_pay"], kpi["days_late"]) == (None, None)
    desk.close()


def test_of_a_bill_only_what_was_not_paid_in_advance_is_still_to_be_paid(tmp_path: Path) -> None:
    desk = loaded(tmp_path, SALES[1], direction="purchases")
    (bill,) = desk.rows("select bill_id, due_date, open_amount from open_bill_at(date '2026-03-10', null)")
    assert (bill[0], str(bill[1]), bill[2]) == ("B", "2026-04-01", D("801.78"))
    desk.close()
