"""The day that figures are compared with, and two answers side by side."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports import columns
from reports.answers.shared import comparison
from reports.packs.cell_text import headings

pytestmark = pytest.mark.usefixtures("english")

D = Decimal
MONEY = pl.Decimal(38, 2)
DAY = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("as_of", "choice", "day"),
    [
        ("2026-11-22", "week", "2026-11-15"),
        ("2027-01-03", "week", "2026-12-27"),  # Sundays: the ends of 2026-W53 and 2026-W52
        ("2026-11-22", "month", "2026-10-31"),
        ("2027-03-31", "month", "2027-02-28"),  # a month-end with the month-end before it
        ("2028-03-31", "month", "2028-02-29"),
        ("2026-03-30", "month", "2026-02-28"),
        ("2027-01-31", "month", "2026-12-31"),
        ("2026-11-22", "quarter", "2026-09-30"),
        ("2026-09-30", "quarter", "2026-06-30"),
        ("2026-10-01", "quarter", "2026-09-30"),
        ("2026-02-15", "quarter", "2025-12-31"),
        ("2026-12-31", "quarter", "2026-09-30"),
        ("2026-11-22", "year", "2025-11-22"),
        ("2028-02-29", "year", "2027-02-28"),
        ("2029-02-28", "year", "2028-02-29"),  # both the last of their months
        ("2028-02-28", "year", "2027-02-28"),
        ("2026-12-31", "year", "2025-12-31"),
        ("2026-11-22", "2026-01-05", "2026-01-05"),
    ],
)
def test_the_day_of_a_comparison(as_of, choice, day):
    assert comparison.comparison_day(date.fromisoformat(as_of), choice) == date.fromisoformat(day)


def test_the_chip_names_the_year_only_where_it_is_another():
    assert comparison.against(DAY, date(2026, 11, 22)).replace("\u00a0", " ") == "vs 31 Oct"
    assert comparison.against(date(2025, 11, 22), date(2026, 11, 22)) == "vs\u00a022\u00a0Nov\u00a02025"


def frame(rows: list[tuple[str, str, str | None, int, float | None]]) -> pl.DataFrame:
    names = ("customer_id", "customer_name", "total", "open_invoices", "overdue_share")
    return pl.DataFrame(
        [dict(zip(names, row, strict=True)) | {"total": row[2] and D(row[2])} for row in rows],
        schema=dict(zip(names, (pl.String, pl.String, MONEY, pl.Int64, pl.Float64), strict=True)),
    )


NOW = frame([("B", "Bee", "30.00", 1, 0.5), ("A", "Ay", "10.00", 2, None), ("C", "New", "5.00", 1, 0.25)])
THEN = frame([("A", "Ay", "25.00", 3, 0.5), ("D", "Gone", "7.00", 1, 1.0), ("B", "Old", "30.00", 1, 0.25)])
FIGURES = ("total", "open_invoices", "overdue_share", "not_a_column")


def test_two_answers_stand_side_by_side_and_what_is_missing_in_one_is_zero():
    rows = comparison.side_by_side(NOW, THEN, ["customer_id"], FIGURES, DAY)

    assert rows.columns == [
        "customer_id", "customer_name",
        "total", "total_then_2026-10-31", "total_change_2026-10-31",
        "open_invoices", "open_invoices_then_2026-10-31", "open_invoices_change_2026-10-31",
        "overdue_share", "overdue_share_then_2026-10-31", "overdue_share_change_2026-10-31",
    ]  # fmt: skip
    assert rows.rows() == [
        ("B", "Bee", D(30), D(30), D(0), 1, 1, 0, 0.5, 0.25, 0.25),
        ("A", "Ay", D(10), D(25), D(-15), 2, 3, -1, None, 0.5, None),
        ("C", "New", D(5), D(0), D(5), 1, 0, 1, 0.25, None, None),
        ("D", "Gone", D(0), D(7), D(-7), 0, 1, -1, None, 1.0, None),
    ]


def test_sums_of_the_three_columns_agree():
    rows = comparison.side_by_side(NOW, THEN, ["customer_id"], FIGURES, DAY)
    now, then, change = (
        rows[name].sum() for name in ("total", "total_then_2026-10-31", "total_change_2026-10-31")
    )
    assert (now, then, change) == (D(45), D(62), D(-17))


def test_nothing_is_compared_with_a_day_that_is_not_known():
    rows = comparison.side_by_side(NOW, None, ["customer_id"], FIGURES, DAY)
    assert rows["total"].to_list() == [D(30), D(10), D(5)]
    assert rows["total_then_2026-10-31"].to_list() == [None] * 3
    assert rows["total_change_2026-10-31"].to_list() == [None] * 3


def test_an_amount_that_is_not_known_stays_so():
    now, then = frame([("A", "Ay", None, 1, 0.5)]), frame([("A", "Ay", "3.00", 1, 0.5)])
    rows = comparison.side_by_side(now, then, ["customer_id"], ["total"], DAY)
    assert rows["total"].to_list() == rows["total_change_2026-10-31"].to_list() == [None]


def test_columns_of_a_comparison_are_headed_by_its_day_and_written_as_their_figure():
    assert columns.heading("total_then_2026-10-31") == "Total on 31 Oct 2026"
    assert columns.heading("total_change_2026-10-31") == "Total, change since 31 Oct 2026"
    assert headings(["d1_30_then_2026-10-31", "b2_change_2026-10-31"], [10, 20]) == [
        "1–10 days on 31 Oct 2026",
        "11–20 days, change since 31 Oct 2026",
    ]
    assert columns.form("overdue_share_change_2026-10-31", pl.Float64()) == "share"
