"""`payables_ageing`: what is left of bills by supplier and age."""

from datetime import date
from pathlib import Path

from data.store.load import load
from queries import open_books
from tests.query_books import D

_BILLS = (
    "bill_id,supplier,bill_date,due_date,currency,amount,paid_date,paid_amount\n"
    "K1,S,2026-05-01,2026-05-31,EUR,1000.00,2026-06-10,400.00\n"  # 30 days late, 600 left
    "K2,S,2026-06-01,2026-06-30,EUR,50.00,,\n"  # due on the day
    "K3,S,2026-01-01,2026-03-31,EUR,80.00,2026-04-01,\n"  # paid
    "K4,T,2026-01-01,2026-03-31,EUR,70.00,2026-07-01,\n"  # 91 days late; paid the day after
    "N1,T,2026-06-01,2026-06-15,EUR,-20.00,,\n"
)


def test_what_is_left_ages_from_the_due_date(tmp_path: Path):
    (tmp_path / "bills.csv").write_text(_BILLS)
    load(tmp_path / "store", [tmp_path / "bills.csv"])
    with open_books(tmp_path / "store") as books:
        rows = books.ask("payables_ageing", as_of=date(2026, 6, 30))
        columns = [
            "supplier",
            "bills",
            "oldest_days_overdue",
            "not_due",
            "d1_30",
            "d31_60",
            "d90_plus",
            "total",
        ]
        assert rows.select(columns).rows() == [
            ("S", 2, 30, D(50), D(600), D(0), D(0), D(650)),
            ("T", 2, 91, D(0), D(-20), D(0), D(70), D(50)),
        ]
        by_date = books.ask("payables_ageing", as_of=date(2026, 6, 30), basis="invoice", limits=[60])
        assert by_date.select("supplier", "not_due", "b1", "b2").rows() == [
            ("S", D(0), D(650), D(0)),
            ("T", D(0), D(-20), D(70)),
        ]
        assert books.ask("payables_ageing", as_of=date(2026, 4, 30)).select("supplier", "total").rows() == [
            ("T", D(70))
        ]
