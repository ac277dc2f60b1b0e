"""Days in stock: as they are set, or as the question gives them."""

import pytest

from queries.dependencies import journal_kinds
from tests.books import BOOKS

DAY = "2026-11-20"
BILLS = [
    ("B1", "S1", "2026-10-05", "2026-12-05", "EUR", "450.00", ""),
    ("B2", "S1", "2026-10-05", "2026-11-05", "EUR", "450.00", "2026-11-01"),
]


@pytest.mark.slow
def test_days_in_stock_that_are_set_hold_until_others_are_given(desk):
    """Open 1,875 of 1,915 billed in 90 days; of bills of 900 is 450 open: 45 days."""
    desk.load(**BOOKS, bills=BILLS)
    (before,) = desk.ask("kpi", as_of=DAY)
    assert (before["dio"], before["cash_conversion_cycle"]) == (None, None)
    recorded = desk.moment()

    desk.load(settings=[("days_in_stock", "30.5")])
    (now,) = desk.ask("kpi", as_of=DAY)
    assert now["dio"] == 30.5
    assert now["cash_conversion_cycle"] == pytest.approx(1875 / 1915 * 90 + 30.5 - 45)
    assert {row["dio"] for row in desk.ask("kpi_trend", as_of=DAY)} == {30.5}

    (given,) = desk.ask("kpi", as_of=DAY, dio=12.5)
    assert given["cash_conversion_cycle"] == pytest.approx(1875 / 1915 * 90 + 12.5 - 45)
    assert desk.ask("kpi", as_of=DAY, known_on=recorded)[0]["dio"] is None


def test_an_answer_is_asked_again_after_a_setting():
    assert "settings" in journal_kinds("kpi")
    assert "settings" in journal_kinds("kpi_trend")
