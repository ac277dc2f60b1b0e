"""Scenarios beside the base, one row each."""

from decimal import Decimal

import pytest

from reports.answers.whatif.comparison import comparison_finding, comparison_rows
from reports.answers.whatif.facts import CapitalInputs
from reports.answers.whatif.lever import Lever
from tests.reports.answers.whatif.scenarios import evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")


INPUTS = CapitalInputs(Decimal("0.06"), 28.5, 20.0)


@pytest.mark.slow
def test_scenarios_stand_beside_the_base(tight_ground):
    scenarios = {
        "more": evaluate_levers(tight_ground, flow("10000.00")),
        "late": evaluate_levers(tight_ground, Lever("delay", {"days": 9})),
    }
    rows = comparison_rows(tight_ground.forecast, scenarios, INPUTS, tight_ground.bills)
    assert rows["scenario"].to_list() == ["Base case", "more", "late"]
    assert rows["closing_change"].to_list()[:2] == [Decimal("0.00"), Decimal("10000.00")]
    assert rows["lowest"].to_list()[0] == tight_ground.forecast.lowest["closing"]
    cycle = [dso + 20 - 28.5 for dso in rows["dso_countback"]]
    assert rows["cash_conversion_cycle"].to_list() == pytest.approx(cycle)
    base = tight_ground.forecast
    assert comparison_finding(base, scenarios, INPUTS.rate).title == (
        "“more” brings most: €10,000 more in the bank after 13 weeks"
    )


def test_the_comparison_speaks_of_the_minimum_first_and_of_no_small_difference(tight_ground):
    base, lowest = tight_ground.forecast, tight_ground.forecast.lowest

    def title(**scenarios) -> str:
        return comparison_finding(base, scenarios, Decimal("0.06")).title

    # One cent short of the base's lowest balance: the lowest week alone is below the minimum.
    tight = {"minimum_cash": lowest["closing"] + Decimal("0.01")}
    less = evaluate_levers(tight_ground, flow("-1.00"), **tight)
    more = evaluate_levers(tight_ground, flow("1.00"), **tight)
    assert title(less=less, more=more) == "No scenario moves the balance after 13 weeks by more than 1%"
    beside = evaluate_levers(tight_ground, Lever("delay", {"days": 1}), flow("-40000.00"))
    assert title(less=beside).startswith("“less” costs least: €40,")
    assert title() == "No scenario is chosen: this is the base case"
