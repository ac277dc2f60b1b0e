"""Recoveries and costs per collection agency: numbers worked out by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reports.answers.claims import agencies, agencies_text
from tests.dispute_ledgers import CASES, DAY, customer, invoice

pytestmark = pytest.mark.usefixtures("english")

D = Decimal


def test_an_agency_is_judged_by_the_cases_that_ended(desk):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 10)], collection_cases=CASES)
    rows = agencies.agencies(desk.books().ask("collection_cases", as_of=DAY), DAY)
    assert rows.rows() == [
        # 1,200 of 1,500 and 240 of 1,200; 40 and 70 days; the one of 30 days so far is not seen at 40.
        ("North", 3, 1, D("2300.00"), D("1250.00"), D("250.00"), 0.8, 0.2, 40, 30),
        # 0 of 300; 25 of 75; 30 and 20 days.
        ("South", 2, 0, D("300.00"), D("75.00"), D("25.00"), 0.0, pytest.approx(1 / 3), 20, None),
        ("West", 1, 1, D("10.00"), D("0.00"), D("0.00"), None, None, None, 12),
    ]
    # Thirty days ago K2 ran on, K4 and K3 too, and the others were not there.
    day = DAY - timedelta(days=30)
    earlier = agencies.agencies(desk.books().ask("collection_cases", as_of=day), day)
    columns = ("agency", "case_count", "running", "recovered_share", "median_days", "longest_open_days")
    assert earlier.select(columns).rows() == [
        ("North", 3, 2, 1.0, 40, 60),
        ("South", 1, 1, None, None, 10),
    ]
    assert agencies_text.agencies(rows, "EUR", DAY).title == (
        "6 cases handed over, €2,610: €1,325 recovered, €275 costs"
    )
    none = desk.books().ask("collection_cases", as_of=DAY).clear()
    assert agencies.agencies(none, DAY).is_empty()
