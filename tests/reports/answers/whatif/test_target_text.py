"""A target in words."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reports.answers.whatif.lever import Lever
from reports.answers.whatif.target_text import target_finding, target_rows
from tests.reports.answers.whatif.scenarios import START, evaluate_levers

pytestmark = pytest.mark.usefixtures("english")


def test_a_target_is_told_with_its_invoices(tight_ground, customers):
    day = START + timedelta(days=20)
    found = evaluate_levers(tight_ground, Lever("target", {"date": day, "max_overdue": Decimal("20000.00")}))
    [target] = found.targets
    rows = target_rows(target, customers)
    assert rows["open_amount"].sum() == rows["so_far"][-1]
    title = target_finding(target, "EUR").title
    assert f"{rows.height} invoices" in title
    assert f"€{round(target.must_come_in, -3):,.0f} has to come in" in title
    easy = evaluate_levers(
        tight_ground, Lever("target", {"date": day, "max_overdue": Decimal("99999999.00")})
    )
    assert "no open invoice has to come in for it" in target_finding(easy.targets[0], "EUR").title
