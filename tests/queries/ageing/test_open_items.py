"""`open_items`: state, filters and lists of customers."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.errors import QueryError
from queries import Books
from tests.query_books import END, D, books_of, row_of


def test_open_items_show_what_is_open_and_the_first_state_that_holds(company: Books) -> None:
    rows = company.ask("open_items", as_of=END)
    assert rows.select("invoice_id", "days_overdue", "amount", "open_amount", "bucket", "state").rows() == [
        ("B5", 9, D("700.00"), D("700.00"), "d1_30", "promised"),
        ("B4", 10, D("600.00"), D("600.00"), "d1_30", "reminded"),
        ("B3", 11, D("500.00"), D("500.00"), "d1_30", "promise_broken"),
        ("A3", 0, D("300.00"), D("300.00"), "not_due", ""),
        ("A2", 30, D("200.00"), D("150.00"), "d1_30", "disputed"),
        ("A1", 91, D("100.00"), D("100.00"), "d90_plus", ""),
        ("B1", 60, D("400.00"), D("-25.00"), "d31_60", "overpaid"),
        ("B2", 51, D("80.00"), D("-30.00"), "d31_60", "cancelled"),
        ("A4", 20, D("-40.00"), D("-40.00"), "d1_30", "credit_note"),
    ]
    assert row_of(rows, invoice_id="A1")["po_number"] == "PO7"


def test_an_open_item_is_what_it_was_on_an_earlier_day(company: Books) -> None:
    rows = company.ask("open_items", as_of=date(2026, 6, 6), customer="C1")
    assert rows.select("invoice_id", "days_overdue", "open_amount", "state").rows() == [
        ("A2", 6, D("150.00"), "part_paid"),
        ("A1", 67, D("100.00"), ""),
    ]


def test_a_bucket_leads_to_its_own_documents(company: Books) -> None:
    picked = company.ask("open_items", as_of=END, bucket="d31_60")["invoice_id"].to_list()
    assert picked == ["B1", "B2"]
    late = company.ask("open_items", as_of=END, bucket="overdue")["open_amount"].sum()
    assert late == D("1955.00")
    assert company.ask("open_items", as_of=END, bucket="b3", limits=[10, 90])["invoice_id"].to_list() == [
        "A1"
    ]


def test_open_items_of_several_customers_are_asked_at_once(company: Books) -> None:
    both = company.ask("open_items", as_of=END, customers=["C1", "C2"])
    apart = [company.ask("open_items", as_of=END, customer=one).height for one in ("C1", "C2")]
    assert set(both["customer_id"]) == {"C1", "C2"}
    assert both.height == sum(apart) > 0
    assert company.ask("open_items", as_of=END, customers="C2").height == apart[1]
    assert company.ask("open_items", as_of=END, customers='["C1", "C2"]').rows() == both.rows()


@pytest.mark.slow
def test_a_customer_with_a_comma_in_its_number_is_named_in_a_json_array(tmp_path: Path) -> None:
    books = books_of(tmp_path, {"invoices": ['A1,"C,1",invoice,2026-06-01,,EUR,5.00,,,,']})
    assert books.ask("open_items", as_of=END, customers='["C,1"]')["invoice_id"].to_list() == ["A1"]
    assert books.ask("open_items", as_of=END, customers="C,1").is_empty()


@pytest.mark.parametrize("text", ['["C1"', '["C1", 2]', "[C1]", '[["C1"]]'])
def test_an_array_that_is_none_of_texts_is_refused_with_the_form(company: Books, text: str) -> None:
    with pytest.raises(QueryError, match=r'write C1,C2 or a JSON array such as \["C,1","C2"\]'):
        company.ask("open_items", as_of=END, customers=text)


@pytest.mark.parametrize("code", ["usd", "euro", "€", "", "null", "EUR "])
def test_a_currency_that_is_no_code_is_refused_and_one_without_documents_is_empty(
    company: Books, code: str
) -> None:
    with pytest.raises(QueryError, match=r"write an ISO 4217 code such as EUR"):
        company.ask("ageing", as_of=END, currency=code)
    assert company.ask("ageing", as_of=END, currency="CHF").is_empty()


def test_the_open_items_of_a_real_ledger_are_its_published_answer(ibm: Books) -> None:
    rows = ibm.ask("open_items", as_of=date(2013, 6, 30))
    assert (rows.height, rows["customer_id"].n_unique(), rows["open_amount"].sum()) == (84, 52, D("5119.85"))
    assert rows.filter(pl.col("days_overdue") > 0)["open_amount"].sum() == D("835.56")
    buckets = ibm.ask("ageing_buckets", as_of=date(2013, 6, 30))
    assert row_of(buckets, bucket="not_due")["open_amount"] == D("4284.29")
    march = ibm.ask("open_items", as_of=date(2013, 3, 31))
    assert (march.height, march["open_amount"].sum()) == (94, D("5903.74"))
    assert ibm.ask("tie_out", as_of=date(2013, 6, 30))["is_tied"].all()
