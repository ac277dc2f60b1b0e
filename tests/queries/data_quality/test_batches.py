"""`batches`, `rejects`, `filter_values` and `as_of_range`."""

from datetime import date, datetime
from pathlib import Path

import pytest

from data.store.load import load
from queries import Books, open_books
from tests.query_books import END, HEADERS, D, books_of


@pytest.mark.slow
def test_what_a_correction_took_away_leaves_no_row_and_no_choice(tmp_path: Path) -> None:
    # A1 moves to another customer, administration and currency, and is dated later.
    books_of(tmp_path, {
        "customers": ["C1,One,food,NL,30,,"],
        "invoices": [
            "A1,C9,invoice,2026-01-10,2026-01-20,USD,100.00,,BE,,",
            "A2,C1,invoice,2026-05-01,,EUR,5.00,,NL,,",
        ],
    })  # fmt: skip
    books = books_of(tmp_path, {"invoices": ["A1,C1,invoice,2026-05-10,2026-05-20,EUR,100.00,,NL,,"]})
    assert books.ask("customers", as_of=END)["customer_id"].to_list() == ["C1"]
    assert books.ask("customer", as_of=END, customer="C9").is_empty()
    assert books.ask("tie_out", as_of=END).select("entity", "currency").rows() == [("NL", "EUR")]
    assert books.ask("filter_values")["value"].to_list() == ["EUR", "NL", "food"]
    assert books.ask("as_of_range", as_of=END)["currencies"].item() == "EUR"
    assert books.ask("cohort_map", as_of=END)["cohort"].unique().to_list() == [date(2026, 5, 1)]
    cohorts = books.ask("recovery_curve", as_of=END)["cohort"].drop_nulls()
    assert cohorts.unique().to_list() == [date(2026, 5, 1)]
    assert books.ask("findings", as_of=END).is_empty()


def test_filters_offer_what_the_books_hold(company: Books) -> None:
    assert company.ask("filter_values").rows() == [
        ("account_manager", "Ann", 4),
        ("account_manager", "Bob", 6),
        ("currency", "EUR", 10),
        ("entity", "BE", 6),
        ("entity", "NL", 4),
        ("segment", "food", 6),
        ("segment", "retail", 4),
    ]


def test_the_books_say_which_days_and_currencies_they_hold(company: Books) -> None:
    assert company.ask("as_of_range", as_of=END).rows() == [
        (date(2026, 3, 1), date(2026, 7, 5), "EUR", "EUR", END)
    ]


def test_batches_and_rejects_say_what_became_of_each_file(tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    rows = ["A1,C1,invoice,2026-03-01,,EUR,100.00,,,,", "A2,C1,invoice,2026-13-01,,EUR,7.00,,,,"]
    file.write_text("\n".join([HEADERS["invoices"], *rows]) + "\n", encoding="utf-8")
    load(tmp_path / "store", [file])
    books = open_books(tmp_path / "store")
    batch = books.ask("batches").row(0, named=True)
    counted = (
        "batch_id",
        "kind",
        "file_name",
        "rows_read",
        "accepted",
        "rejected",
        "duplicate",
        "sum_accepted",
    )
    assert tuple(batch[name] for name in counted) == (1, "invoices", "invoices.csv", 2, 1, 1, 0, D("100.00"))
    assert books.ask("rejects", batch=1).select("line", "column").rows() == [(3, "invoice_date")]
    assert books.ask("rejects", batch=2).is_empty()
    before = datetime(2020, 1, 1)  # noqa: DTZ001 (the store keeps UTC without a zone)
    assert books.ask("batches", known_on=before).is_empty()
