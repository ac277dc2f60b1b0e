"""The steps of the first hour on the Data page."""

import pytest

from tests.apps import words
from tests.books import BOOKS

pytestmark = pytest.mark.slow
SENDER = [
    ("company_name", "Halsema BV"),
    ("company_iban", "NL91ABNA0417164300"),
    ("company_email", "info@halsema.example"),
]
BANK = [("NL91ABNA0417164300", "EUR", "2026-11-20", "5000.00")]
BILLS = [("K1", "S", "2026-10-01", "2026-10-31", "EUR", "100.00", None)]


def test_new_books_see_every_step_with_what_it_adds(desk, open_page):
    said = words(open_page("data"))
    assert "0 of 6 steps done; next: invoices or open items" in said
    assert "Bank balance**: whether the bank will hold" in said


def test_what_is_there_is_done_and_what_is_missing_has_a_link(desk, open_page):
    desk.load(**BOOKS)
    app = open_page("data")
    said = words(app)
    assert "3 of 6 steps done; next: bank balance" in said
    assert "Payments: when each customer pays, and with that the forecast · 1 row" in said
    assert "Customers: figures per segment, letters and calls · 2 of 2 with a segment" in said
    labels = [link.label for link in app.get("page_link")]
    assert labels.count("Load files") >= 2
    assert "Fill in the sender" in labels


def test_books_with_all_of_it_have_no_steps(desk, open_page):
    desk.load(**BOOKS, bank_balances=BANK, bills=BILLS, settings=SENDER)
    for part in ("", "upload"):
        assert "steps done" not in words(open_page("data", part=part))


def test_once_the_figures_stand_the_other_steps_are_where_files_are_loaded(desk, open_page):
    desk.load(**BOOKS, bank_balances=BANK)
    assert "steps done" not in words(open_page("data"))
    assert "4 of 6 steps done; next: bills of suppliers" in words(open_page("data", part="upload"))


def test_the_demo_company_has_no_steps(desk, open_page):
    desk.load(**BOOKS, settings=[("demo_company", "yes")])
    assert "steps done" not in words(open_page("data"))
