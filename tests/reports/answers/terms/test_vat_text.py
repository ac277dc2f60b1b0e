"""Words about VAT on bad debts."""

from datetime import date

import pytest

from reports import language
from reports.answers.terms import vat_text
from tests.terms_ledger import VAT, bill, customer

pytestmark = pytest.mark.usefixtures("english")


def test_books_without_vat_say_what_is_missing_and_how_to_load_it(shared_desk):
    shared_desk.load(customers=[customer()], invoices=[bill("F1", "2025-01-01", "1210.00", due="2025-01-31")])
    rows = shared_desk.books().ask("vat_on_bad_debts", as_of=date(2026, 2, 1))
    assert rows["vat_unpaid"].to_list() == [None]
    assert (
        vat_text.vat(rows, "EUR").title == "VAT on unpaid invoices cannot be worked out: the books hold none"
    )
    [said] = vat_text.notices(rows, "EUR", date(2026, 2, 1))
    assert said.startswith("1 invoice, €1,210.00 unpaid, has no VAT in the books: load invoices.csv")


def test_the_words_add_up_what_opens_apart_from_what_is_open(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[
            bill("F1", "2025-01-01", "1210.00", due="2025-01-31", **VAT),
            bill("F2", "2025-01-01", "121.00", due="2025-02-28", vat_amount="21.00"),
            bill("F3", "2024-01-01", "242.00", due="2024-01-31", vat_amount="42.00"),
        ],
    )
    rows = shared_desk.books().ask("vat_on_bad_debts", as_of=date(2026, 2, 1))
    assert vat_text.vat(rows, "EUR").title == (
        "€210.00 of VAT on unpaid invoices can be reclaimed now, €21.00 more within 60 days"
    )
    assert vat_text.group_rows(rows, "passed")["invoice_id"].to_list() == ["F3"]
    assert "€42.00 of VAT" in vat_text.notices(rows, "EUR", date(2026, 2, 1))[0]
    assert "No tax advice." in vat_text.vat(rows, "EUR").method
    language.use("nl")
    assert "Geen belastingadvies." in vat_text.vat(rows, "EUR").method
