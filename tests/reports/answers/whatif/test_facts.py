"""Days, interest and discount of a scenario, worked by hand."""

from decimal import Decimal

import polars as pl
import pytest

from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.facts import CapitalInputs, break_even, fact_rows, facts_finding
from reports.answers.whatif.ground import Bills
from reports.answers.whatif.headline import interest
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.lever_kind import LeverEffect
from tests.reports.answers.whatif.scenarios import evaluate_levers, flow

pytestmark = pytest.mark.usefixtures("english")


INPUTS = CapitalInputs(Decimal("0.06"), 28.5, 20.0)


def fact(what_if: WhatIf, inputs: CapitalInputs, name: str) -> tuple[str, str]:
    rows = fact_rows(what_if, inputs, Bills(1, 44.0)).filter(pl.col("fact").str.starts_with(name))
    [row] = rows.select("base_case", "scenario").rows()
    return row


def test_interest_is_the_difference_of_the_balances_at_what_money_costs(tight_ground):
    # 36,500 more from the first week on, 13 weeks of 7 days at 6% a year: 36,500 x .06 x 91 / 365 = 546.
    found = evaluate_levers(tight_ground, flow("36500.00"))
    assert interest(found, Decimal("0.06")) == Decimal("546.00")
    assert fact(found, INPUTS, "Interest saved in 13 weeks at 6.0%") == ("–", "+€550")
    assert interest(evaluate_levers(tight_ground), Decimal("0.06")) == 0


def test_the_discount_that_pays_for_itself_costs_a_year_what_money_costs():
    # 2% for 73 days earlier: 2/98 x 365/73 = 10.2041% a year, and at that price of money 2% again.
    found = LeverEffect(1, Lever("discount"), days_saved=73.0, yearly_rate=0.02 / 0.98 * 5)
    assert break_even(found, Decimal(repr(found.yearly_rate))) == pytest.approx(0.02)
    # At 6%: .06 x 73 / 365 = .012; .012 / 1.012 = 1.1858%.
    assert break_even(found, Decimal("0.06")) == pytest.approx(0.0118577, abs=1e-7)
    assert break_even(LeverEffect(1, Lever("discount"), days_saved=-2.0), Decimal("0.06")) is None


def test_the_cash_cycle_takes_stock_and_supplier_days(tight_ground):
    found = evaluate_levers(tight_ground, Lever("supplier_terms", {"change": 7}))
    dso = found.dso[0]
    assert fact(found, INPUTS, "Supplier days") == ("28.5", "35.5")
    assert fact(found, INPUTS, "Cash cycle") == (f"{dso + 20 - 28.5:.1f}", f"{dso + 20 - 35.5:.1f}")
    without = CapitalInputs(Decimal("0.06"), None, None)
    assert fact(found, without, "Supplier days") == ("–", "–")
    assert not any(
        name.startswith("Cash cycle") for name in fact_rows(found, without, Bills(1, 44.0))["fact"]
    )
    assert "No bills" in facts_finding(without).method


def test_what_a_discount_gives_and_costs_is_shown(tight_ground):
    found = evaluate_levers(
        tight_ground, Lever("discount", {"percent": Decimal(2), "days": 8, "uptake": Decimal("0.4")})
    )
    assert fact(found, INPUTS, "Discount given") == ("€0", f"€{round(found.forgone, -3):,.0f}")
    assert fact(found, INPUTS, "What the discount costs a year")[1].endswith("%")
    assert fact(found, INPUTS, "Discount that pays for itself")[1].endswith("%")
