"""Lists on the screens where they belong: statement, groups, payables, payment practices, own days of DSO."""

from datetime import date

import pytest

from data.store.load import load
from tests.apps import words
from tests.books import BOOKS


@pytest.mark.slow
def test_the_statement_of_a_customer_runs_from_a_chosen_day(open_on_three):
    app = open_on_three("customer", customer="C1", rows="statement", as_of="2026-11-20", since="2026-10-01")
    assert "Statement 1 Oct 2026 to 20 Nov 2026" in words(app).replace("\u00a0", " ")
    assert "closing €1,815.00" in words(app)


def test_the_ageing_groups_customers_and_the_bills_are_named(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20", group="country")
    assert "Customers in NL owe most: €1,875" in words(app)


@pytest.mark.slow
def test_payment_terms_show_payment_practices_of_both_sides(desk, open_page):
    folder = desk.folder(**BOOKS)
    (folder / "bills.csv").write_text(
        "bill_id,supplier,bill_date,due_date,currency,amount,paid_date\n"
        "K1,S,2026-10-01,2026-10-31,EUR,100.00,2026-10-20\nK2,S,2026-10-01,2026-10-31,EUR,60.00,\n"
    )
    load(desk.store, [folder])
    assert "We paid 100.0% of the bills within 30 days" in words(
        open_page("payment_terms", as_of="2026-11-20")
    )
    app = open_page("liquidity_forecast", part="plan", as_of="2026-11-20")
    assert "€60 is left to pay to 1 supplier, of which €60 past due" in words(app)


def test_dso_is_counted_over_days_of_ones_own_choice(open_on_three):
    app = open_on_three("kpi_trends", part="dso", as_of="2026-11-20", days="30")
    assert "DSO over 30 days: " in words(app)


def test_every_customer_has_its_own_figures(open_on_three):
    app = open_on_three("kpi_trends", part="customers", group="risk", as_of="2026-11-20")
    assert "2 customers overdue, together €1,270" in words(app)


@pytest.mark.slow
def test_the_data_page_cancels_what_vanished_when_that_is_confirmed(desk, open_page):
    desk.shares_loads = False
    desk.load(source_date=date(2026, 11, 21), **BOOKS)
    header = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount"
    rows = [header, *(",".join(map(str, row[:7])) for row in BOOKS["invoices"][1:])]
    file = ("invoices.csv", "\n".join([*rows, ""]).encode(), "text/csv")
    app = open_page("data", part="upload")
    app.file_uploader[0].set_value([file]).run()
    app.checkbox(key="upload-full").check().run()
    assert "In the books and not in the files: 1 document and 0 payments, together 1." in words(app)
    app.checkbox(key="upload-cancel-1").check().run()
    app.button(key="upload-publish").click().run()
    assert "1 missing row was cancelled." in words(app)
    cancelled = desk.rows("select invoice_id from invoice_at(null) where cancelled_date is not null")
    assert cancelled == [(BOOKS["invoices"][0][0],)]
