"""`money_on_account`: the payment lines that add up to what a customer has on account."""

from pathlib import Path

from tests.query_books import END, D, books_of, summed

INVOICES = ["A1,C1,invoice,2026-07-10,2026-08-09,EUR,90.00,,,,"]
PAYMENTS = [
    "P1,C1,,2026-01-05,EUR,500.00,,",
    "P2,C1,,2026-02-05,EUR,-500.00,reversal,",  # paid back: from here on there was nothing on account
    "P3,C1,,2026-03-05,EUR,120.00,,",
    "P4,C1,,2026-03-09,EUR,-20.00,reversal,",
    "P5,C1,A1,2026-06-20,EUR,90.00,,",  # its invoice comes later
    "P6,C2,,2026-05-01,EUR,70.00,,",
    "P7,C2,,2026-05-02,EUR,-70.00,reversal,",
    "P8,C1,,2026-07-01,EUR,1.00,,",  # of a later day
]


def test_the_rows_since_an_empty_account_add_up_to_what_is_on_it(tmp_path: Path) -> None:
    books = books_of(tmp_path, {"invoices": INVOICES, "payments": PAYMENTS})
    rows = books.ask("money_on_account", as_of=END)
    assert rows.select("payment_id", "unapplied").rows() == [
        ("P3", D("-120.00")), ("P5", D("-90.00")), ("P4", D("20.00")),
    ]  # fmt: skip
    assert sum(rows["unapplied"].to_list()) == summed(books, END)["unapplied"] == D(-190)
    later = books.ask("money_on_account", as_of="2026-07-10")
    assert sum(later["unapplied"].to_list()) == summed(books, "2026-07-10")["unapplied"] == D(-101)
