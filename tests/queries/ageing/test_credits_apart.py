"""Credits apart: buckets hold invoices, credit notes and overpayments stand in a column of their own."""

from datetime import date

import pytest

from queries import Books
from tests.query_books import END, D, assert_credits_only_move, books_of

LEDGER = {
    "customers": [f"C{number},Customer {number},retail,NL,30,,Ann" for number in range(1, 5)],
    "invoices": [
        "A1,C1,invoice,2026-03-01,2026-03-31,EUR,100.00,,,,",  # 91 days late
        "A2,C1,credit_note,2026-06-10,2026-06-10,EUR,-40.00,,,A1,",  # 20 days
        "A3,C1,invoice,2026-05-01,2026-05-31,EUR,200.00,,,,",  # 30 days late, 50 paid and 30 credited
        "A4,C1,credit_note,2026-04-20,2026-04-20,EUR,-60.00,,,,",  # 71 days, 20 paid back
        "B1,C2,invoice,2026-04-01,2026-05-01,EUR,400.00,,,,",  # 60 days, overpaid by 25
        "D1,C3,invoice,2026-04-15,2026-07-15,EUR,300.00,,,,",  # three instalments, 130 paid
        "E1,C4,credit_note,2026-06-01,2026-06-01,EUR,-15.00,,,,",
    ],
    "payments": [
        "P1,C1,A3,2026-06-05,EUR,50.00,,",
        "P2,C1,A3,2026-06-06,EUR,30.00,credit,",
        "P3,C1,A4,2026-05-20,EUR,-20.00,,",
        "P4,C2,B1,2026-05-01,EUR,425.00,,",
        "P5,C2,,2026-06-25,EUR,60.00,,",
        "P6,C3,D1,2026-06-20,EUR,130.00,,",
    ],
    "instalments": ["D1,2026-05-15,100.00", "D1,2026-06-25,100.00", "D1,2026-07-15,100.00"],
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return books_of(tmp_path_factory.mktemp("credits"), LEDGER)


def amounts(books: Books, **values: object) -> dict[str, dict[str, object]]:
    """Return the amounts other than zero by customer and column."""
    rows = books.ask("ageing", as_of=END, **values).drop("customer_name").to_dicts()
    return {row.pop("customer_id"): {name: amount for name, amount in row.items() if amount} for row in rows}


def test_credits_apart_leave_invoices_in_the_buckets_and_the_total_as_it_was(ledger: Books) -> None:
    assert amounts(ledger) == {
        "C1": {"d1_30": D(80), "d61_90": D(-40), "d90_plus": D(100), "total": D(140)},
        "C2": {"d31_60": D(-25), "unapplied": D(-60), "total": D(-85)},
        "C3": {"not_due": D(100), "d1_30": D(70), "total": D(170)},
        "C4": {"d1_30": D(-15), "total": D(-15)},
    }
    assert amounts(ledger, credits="apart") == {
        "C1": {"d1_30": D(120), "d90_plus": D(100), "credits": D(-80), "total": D(140)},
        "C2": {"credits": D(-25), "unapplied": D(-60), "total": D(-85)},
        "C3": {"not_due": D(100), "d1_30": D(70), "total": D(170)},
        "C4": {"credits": D(-15), "total": D(-15)},
    }


def test_the_column_of_credits_is_there_only_where_it_is_asked_for(ledger: Books) -> None:
    buckets = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]
    ends = ["unapplied", "total"]
    assert ledger.ask("ageing", as_of=END).columns == ["customer_id", "customer_name", *buckets, *ends]
    assert ledger.ask("ageing_trend", as_of=END).columns == ["as_of", *buckets, *ends]
    apart = ledger.ask("ageing_trend", as_of=END, credits="apart")
    assert apart.columns == ["as_of", *buckets, "credits", *ends]
    assert ledger.ask("ageing_buckets", as_of=END)["bucket"].to_list() == [*buckets, "unapplied"]


def test_the_rows_of_buckets_apart_name_their_documents_and_customers(ledger: Books) -> None:
    rows = ledger.ask("ageing_buckets", as_of=END, credits="apart")
    assert rows.select("bucket", "open_amount", "invoices", "customers", "change_7d").rows() == [
        ("not_due", D(100), 1, 1, D(-70)),  # the rest of the second instalment fell due
        ("d1_30", D(190), 2, 2, D(70)),
        ("d31_60", D(0), 0, 0, D(0)),
        ("d61_90", D(0), 0, 0, D(-100)),  # A1 was 84 days late a week before
        ("d90_plus", D(100), 1, 1, D(100)),
        ("credits", D(-120), 4, 3, D(0)),
        ("unapplied", D(-60), None, 1, D(-60)),
    ]
    shares = dict(rows.select("bucket", "share").rows())
    assert shares["d90_plus"] == pytest.approx(100 / 390)
    assert (shares["credits"], shares["unapplied"]) == (None, None)


def test_credits_lead_to_their_documents_and_overdue_to_invoices_alone(ledger: Books) -> None:
    credit = ledger.ask("open_items", as_of=END, bucket="credits", credits="apart")
    assert credit.select("invoice_id", "open_amount", "bucket").rows() == [
        ("E1", D(-15), "credits"), ("B1", D(-25), "credits"), ("A2", D(-40), "credits"),
        ("A4", D(-40), "credits"),
    ]  # fmt: skip
    overdue = ledger.ask("open_items", as_of=END, bucket="overdue", credits="apart")
    assert overdue["invoice_id"].to_list() == ["A3", "A1", "D1"]


def test_groups_have_the_column_too(ledger: Books) -> None:
    [group] = ledger.ask("ageing_groups", as_of=END, by="country", credits="apart").to_dicts()
    assert (group["d1_30"], group["credits"], group["unapplied"], group["total"]) == (
        D(190), D(-120), D(-60), D(210),
    )  # fmt: skip
    assert "credits" not in ledger.ask("ageing_groups", as_of=END, by="country").columns


@pytest.mark.slow
@pytest.mark.parametrize(
    "filters", [{}, {"basis": "invoice"}, {"limits": [10, 20]}, {"entity": "NL"}], ids=str
)
@pytest.mark.parametrize("day", [END, date(2026, 5, 2), date(2026, 6, 12)], ids=str)
def test_no_total_changes_and_every_bucket_is_the_sum_of_its_documents(
    ledger: Books, company: Books, day: date, filters: dict[str, object]
) -> None:
    for books in (ledger, company):
        assert_credits_only_move(books, day, **filters)
