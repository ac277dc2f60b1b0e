"""The weeks of a what-if side by side."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reports.answers.whatif.week_rows import week_rows, weeks_finding
from tests.reports.answers.whatif.scenarios import START, evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")


def test_weeks_stand_side_by_side_with_their_difference(tight_ground):
    found = evaluate_levers(tight_ground, flow("-250.00", START + timedelta(days=9)))
    rows = week_rows(found)
    assert rows["closing_change"].to_list() == [0] + [Decimal("-250.00")] * 12
    assert (rows["closing"] - rows["closing_base"]).to_list() == rows["closing_change"].to_list()
    assert rows["payments_change"].to_list() == [0, Decimal("250.00"), *[0] * 11]
    assert weeks_finding(found, rows).title.startswith("Largest difference in wk")
    unchanged = evaluate_levers(tight_ground)
    assert weeks_finding(unchanged, week_rows(unchanged)).title == "Every week is as in the base"
