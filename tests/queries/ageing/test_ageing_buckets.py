"""`ageing_buckets`, `ageing_segments` and `top_overdue`."""

import pytest

from data.errors import QueryError
from queries import Books
from tests.query_books import END, D


def test_every_bucket_has_a_row_with_its_days_its_documents_and_the_change_of_a_week(company: Books) -> None:
    rows = company.ask("ageing_buckets", as_of=END)
    assert rows.select("bucket", "position", "days_from", "days_to", "open_amount", "invoices").rows() == [
        ("not_due", 0, None, 0, D("300.00"), 1),
        # A2 150, A4 -40, B3 500, B4 600, B5 700
        ("d1_30", 1, 1, 30, D("1910.00"), 5),
        # B1 -25 is 60 days late, B2 -30 51 days
        ("d31_60", 2, 31, 60, D("-55.00"), 2),
        ("d61_90", 3, 61, 90, D("0.00"), 0),
        ("d90_plus", 4, 91, None, D("100.00"), 1),
        ("unapplied", -1, None, None, D("-70.00"), None),
    ]
    # On the 23rd: the same documents not due and 1-30; A1 84 days late, nothing on account yet.
    assert rows["change_7d"].to_list() == [
        D(n) for n in ("0.00", "0.00", "0.00", "-100.00", "100.00", "-70.00")
    ]
    assert rows["customers"].to_list() == [1, 2, 1, 0, 1, 1]
    # Of invoices with something open: 300 + 150 + 500 + 600 + 700 + 100 = 2,350. Credit has no share.
    assert rows["share"].to_list()[:5] == pytest.approx([300 / 2350, 1950 / 2350, 0, 0, 100 / 2350])
    assert rows["share"].to_list()[5] is None


def test_other_limits_give_other_buckets(company: Books) -> None:
    rows = company.ask("ageing_buckets", as_of=END, limits=[10, 90])
    assert rows.select("bucket", "open_amount").rows() == [
        ("not_due", D("300.00")),
        ("b1", D("1300.00")),  # B4 is 10 days late, B5 9
        ("b2", D("555.00")),  # A2 150, A4 -40, B1 -25, B2 -30, B3 500
        ("b3", D("100.00")),
        ("unapplied", D("-70.00")),
    ]


def test_segments_come_with_the_largest_overdue_share_first(company: Books) -> None:
    assert company.ask("ageing_segments", as_of=END).rows() == [
        # B1 -25 and B2 -30 are overpaid: 500 + 600 + 700 is overdue, of 1,800 open on invoices.
        ("food", 1, D("1745.00"), D("1800.00"), 1.0),
        # 100 + 150 is overdue, of 100 + 150 + 300; the credit note of 40 is in neither.
        ("retail", 1, D("510.00"), D("250.00"), pytest.approx(250 / 550)),
    ]


@pytest.mark.parametrize(
    ("bucket", "limits", "names"),
    [
        ("zzz", [30, 60, 90], "overdue, not_due, d1_30, d31_60, d61_90, d90_plus"),
        ("b1", [30, 60, 90], "overdue, not_due, d1_30, d31_60, d61_90, d90_plus"),
        ("d1_30", [10, 20], "overdue, not_due, b1, b2, b3"),
        ("", [10], "overdue, not_due, b1, b2"),
    ],
)
def test_a_bucket_the_limits_do_not_make_is_refused_with_those_they_do(
    company: Books, bucket: str, limits: list[int], names: str
) -> None:
    with pytest.raises(QueryError, match=rf"bucket is '{bucket}'; it is one of {names}\.$"):
        company.ask("open_items", as_of=END, bucket=bucket, limits=limits)


def test_the_most_overdue_customers_come_with_their_share(company: Books) -> None:
    assert company.ask("top_overdue", as_of=END, top=1).rows() == [
        # 1,800 of C2 less its credit: 25 and 30 paid too much on B1 and B2, 60 on account. Of C1 60 and 150.
        ("C2", "50% Off_BV", "food", D("1685.00"), D("1745.00"), 11, 3, pytest.approx(1685 / 1895))
    ]
