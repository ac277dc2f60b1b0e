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
