"""`sources`."""

from datetime import date
from pathlib import Path

from tests.query_books import books_of


def test_each_source_has_its_last_load_and_its_last_day(tmp_path: Path) -> None:
    books = books_of(tmp_path, {
        "invoices": [
            "A1,C1,invoice,2026-01-10,2026-01-20,EUR,100.00,,NL,,",
            "A2,C1,invoice,2026-02-01,,EUR,5.00,,NL,,",
        ],
    })  # fmt: skip
    rows = books.ask("sources")
    assert rows.select("kind", "last_date").rows() == [
        ("invoices", date(2026, 2, 1)), ("payments", None), ("bank_balances", None), ("bills", None),
    ]  # fmt: skip
    loaded = dict(rows.select("kind", "recorded_at").iter_rows())
    batches = books.ask("batches").filter(kind="invoices")
    assert loaded["invoices"] == batches["recorded_at"].max()
    assert loaded["bills"] is None


def test_the_books_go_as_far_as_the_bank_also_where_nothing_of_it_is_applied(tmp_path: Path) -> None:
    rows = {"invoices": ["A1,C1,invoice,2026-01-10,2026-01-20,EUR,100.00,,NL,,"]}
    entry = "A,E1,EUR,2026-02-03,12.00,Somebody,words"
    books = books_of(tmp_path, {**rows, "bank_entries": [entry]})
    assert books.default_as_of == date(2026, 2, 3)
    assert books.ask("as_of_range").select("first_date", "last_date").row(0) == (
        date(2026, 1, 10), date(2026, 2, 3),
    )  # fmt: skip
    bank = books.ask("sources").filter(kind="bank_balances").row(0, named=True)
    assert (bank["last_date"], bank["recorded_at"] is not None) == (date(2026, 2, 3), True)


def test_a_statement_without_entries_moves_the_last_day_and_a_bill_does_not(tmp_path: Path) -> None:
    books = books_of(tmp_path, {
        "invoices": ["A1,C1,invoice,2026-01-10,2026-01-20,EUR,100.00,,NL,,"],
        "bank_statements": ["1,A,EUR,1,2026-02-03,2026-02-04,,,0,0.00,0.00"],
        "bills": ["B1,Supplier,2026-02-09,2026-03-09,EUR,10.00,"],
    })  # fmt: skip
    assert books.default_as_of == date(2026, 2, 4)
