"""`findings`: what is odd in the books, each with its number, amount and an example."""

from pathlib import Path

import polars as pl
import pytest

from tests.query_books import END, D, books_of, row_of

ODD = {
    "customers": ["C1,One,,NL,30,,"],
    "invoices": [
        "A1,C1,invoice,2026-03-01,2026-02-27,EUR,100.00,,,LOST,",  # due before it was sent; follows another
        "A2,C1,credit_note,2026-03-02,,EUR,-70.00,,,A1,",
        "A3,C1,credit_note,2026-03-03,,EUR,-50.00,,,A1,",  # with A2 more than A1
        "A4,C1,credit_note,2026-03-03,,EUR,-5.00,,,GONE,",
        "A5,C9,invoice,2026-04-01,,EUR,60.00,,,,",  # no such customer in the list
        "A6,C9,invoice,2026-04-01,,EUR,60.00,,,,",  # looks like A5
        "A7,C1,invoice,2026-04-02,,EUR,90.00,,,,",  # schedule comes to 80
        "A8,C1,invoice,2026-04-03,,USD,40.00,,,,",  # no rate
        "A9,C1,invoice,2026-08-01,,EUR,11.00,,,,",  # later
    ],
    "payments": [
        "P1,C1,A1,2026-02-20,EUR,103.00,,",  # before its invoice, and 3 too much
        "P2,C1,NONE,2026-05-01,EUR,12.00,,",
        "P3,C1,A7,2026-05-01,USD,13.00,,",
        "P4,C1,A5,2026-05-02,EUR,14.00,,",
        "P5,C1,A7,2026-05-03,EUR,-15.00,,",
        "P6,C1,A7,2026-08-03,EUR,16.00,,",
    ],
    "instalments": ["A7,2026-05-01,40.00", "A7,2026-06-01,40.00", "LOST,2026-06-01,1.00"],
    "disputes": ["NONE,2026-05-01,,price,5.00"],
    "promises": ["NONE,2026-05-01,2026-05-02,5.00"],
    "contacts": ["C1,NONE,2026-05-01,phone,out,call", "C8,,2026-05-01,phone,out,call"],
    "bank_balances": ["US1,USD,2026-05-01,200.00"],
    "bills": [
        "R1,S,2026-04-01,2026-03-01,EUR,21.00,", "R2,S,2026-04-01,2026-05-01,EUR,21.00,2026-03-31",
        "R3,S,2026-04-02,2026-05-01,USD,23.00,",
    ],
}  # fmt: skip


@pytest.mark.slow
def test_everything_odd_is_named_with_its_number_amount_and_an_example(tmp_path: Path) -> None:
    rows = books_of(tmp_path, ODD).ask("findings", as_of=END)
    assert {row[0]: row[1:] for row in rows.rows()} == {
        "bill_due_before_date": (1, D("21.00"), "R1", "EUR"),
        "bill_paid_before_date": (1, D("21.00"), "R2", "EUR"),
        "contact_unknown_customer": (1, None, "C8", None),
        "contact_unknown_invoice": (1, None, "NONE", None),
        "credit_note_over_invoice": (1, D("50.00"), "A3", "EUR"),
        "credit_note_without_invoice": (1, D("5.00"), "A4", "EUR"),
        "dispute_unknown_invoice": (1, None, "NONE", None),
        "due_before_invoice": (1, D("100.00"), "A1", "EUR"),
        "duplicate_looking_bill": (1, D("21.00"), "R2", "EUR"),
        "duplicate_looking_invoice": (1, D("60.00"), "A6", "EUR"),
        "future_document": (1, D("11.00"), "A9", "EUR"),
        "future_payment": (1, D("16.00"), "P6", "EUR"),
        "instalment_without_invoice": (1, None, "LOST", None),
        "instalments_do_not_add_up": (1, D("10.00"), "A7", "EUR"),
        "missing_rate": (2, D("27.00"), "A7", "USD"),  # A8 40 open, P3 13 on account
        "missing_rate_bank": (1, D("200.00"), "US1", "USD"),
        "missing_rate_bill": (1, D("23.00"), "R3", "USD"),
        "overpaid_document": (1, D("3.00"), "A1", "EUR"),
        "payer_other_customer": (1, D("14.00"), "P4", "EUR"),
        "payment_before_invoice": (1, D("103.00"), "P1", "EUR"),
        "payment_other_currency": (1, None, "P3", "EUR"),
        "payment_without_invoice": (1, D("12.00"), "P2", "EUR"),
        "placeholder_customer": (1, D("106.00"), "C9", "EUR"),
        "promise_unknown_invoice": (1, None, "NONE", None),
        "refund": (1, D("15.00"), "P5", "EUR"),
    }


@pytest.mark.slow
def test_amounts_without_a_rate_are_named_and_those_with_one_converted(tmp_path: Path) -> None:
    books = books_of(tmp_path, ODD)
    assert row_of(books.ask("tie_out", as_of=END), currency="USD")["unconverted_amount"] == D("27.00")
    converted = books_of(tmp_path, {"fx_rates": ["2026-01-01,USD,0.500000"]})
    assert row_of(converted.ask("tie_out", as_of=END), currency="USD")["unconverted_amount"] == D("0.00")
    assert "missing_rate" not in converted.ask("findings", as_of=END)["finding"].to_list()
    assert row_of(converted.ask("open_items", as_of=END), invoice_id="A8")["open_amount"] == D("20.00")
    assert converted.ask("open_items", as_of=END, currency="USD")["open_amount"].to_list() == [D("40.00")]
    assert converted.ask("bank_position", as_of=END)["reporting_balance"].to_list() == [D("100.00")]


@pytest.mark.slow
def test_what_was_converted_at_an_old_rate_is_named(tmp_path: Path) -> None:
    books = books_of(tmp_path, {
        "customers": ["C1,One,,NL,30,,"],
        "invoices": [
            *(f"A{number},C1,invoice,2026-03-01,,EUR,{number}.00,,,," for number in range(1, 6)),
            "U1,C1,invoice,2026-02-01,,USD,40.00,,,,",  # 31 days after the rate: not old yet
            "U2,C1,invoice,2026-02-02,,USD,50.00,,,,",  # 32 days
        ],
        "payments": ["P1,C1,U2,2026-03-01,USD,50.00,,", "P2,C1,,2026-03-02,USD,7.00,,"],
        "bank_balances": ["US1,USD,2026-03-31,200.00"],
        "fx_rates": ["2026-01-01,USD,0.9", "2026-06-10,CHF,1.1"],
    })  # fmt: skip
    rows = books.ask("findings", as_of=END)
    assert rows.select("finding", "count", "amount", "example", "currency").rows() == [
        ("stale_rate", 2, D("57.00"), "P2", "USD"),  # U2, and P2 on account; P1 goes by the rate of U2
        ("stale_rate_bank", 1, D("200.00"), "US1", "USD"),
        ("stale_rate_now", 1, D("40.00"), "USD", "USD"),
    ]
    monthly = books.ask("findings", as_of=END, rate_days=90)
    assert monthly["finding"].to_list() == ["stale_rate_now"]
    assert books.ask("findings", as_of=END, currency="USD").is_empty()


@pytest.mark.slow
def test_money_on_account_and_on_a_document_under_one_number_is_named_until_it_is_taken_off(
    tmp_path: Path,
) -> None:
    plain = {"customers": ["C1,One,,NL,30,,"], "invoices": ["A1,C1,invoice,2026-03-01,,EUR,100.00,,,,"]}
    books_of(
        tmp_path, {**plain, "payments": ["P1,C1,,2026-04-01,EUR,40.00,,", "P2,C1,,2026-04-01,EUR,9.00,,"]}
    )
    twice = books_of(tmp_path, {"payments": ["P1,C1,A1,2026-04-01,EUR,40.00,,"]})
    assert twice.ask("findings", as_of=END).rows() == [
        ("payment_on_account_too", 1, D("40.00"), "P1", "EUR"),
    ]
    assert twice.ask("kpi", as_of=END)["receivables"].item() == D("11.00")  # 100 - 40 - 40 - 9
    once = books_of(tmp_path, {"payments": ["P1,C1,,2026-04-01,EUR,0.00,,"]})
    assert once.ask("findings", as_of=END).is_empty()
    assert once.ask("kpi", as_of=END)["receivables"].item() == D("51.00")


@pytest.mark.slow
def test_an_amount_that_lost_its_rate_is_unknown_and_not_zero(tmp_path: Path) -> None:
    plain = {"customers": ["C1,One,food,NL,30,,"]}
    pounds = "G1,C1,invoice,2026-05-01,2026-05-31,GBP,100.00,,,,"
    paid = "P1,C1,G1,2026-05-20,GBP,25.00,,"
    books_of(tmp_path, {**plain, "invoices": [pounds], "payments": [paid]})
    euros = [f"E{number},C1,invoice,2026-05-01,2026-05-31,EUR,1.00,,,," for number in range(3)]
    books = books_of(tmp_path, {"invoices": euros})
    assert books.ask("as_of_range", as_of=END)["reporting_currency"].item() == "EUR"
    late = row_of(books.ask("fallen_due", as_of=END), invoice_id="G1")
    assert (late["amount_due"], late["amount_on_time"]) == (None, None)
    assert row_of(books.ask("issued_invoices", as_of=END), invoice_id="G1")["amount"] is None
    assert row_of(books.ask("billed", as_of=END), invoice_id="G1")["amount"] is None
    booked = books.ask("customer_ledger", as_of=END, customer="C1")
    assert booked.filter(pl.col("document_id") == "G1")["amount"].to_list() == [None, None]
    happened = books.ask("timeline", as_of=END, customer="C1").filter(pl.col("document_id") == "G1")
    assert happened.select("event", "amount").rows() == [("payment", None), ("invoice", None)]
    assert books.ask("payment_behaviour", as_of=END, customer="C1")["amount"].to_list() == [None]


def test_books_without_oddities_have_no_findings(tmp_path: Path) -> None:
    plain = {"customers": ["C1,One,,NL,30,,"], "invoices": ["A1,C1,invoice,2026-03-01,,EUR,100.00,,,,"]}
    assert books_of(tmp_path, plain).ask("findings", as_of=END).is_empty()
