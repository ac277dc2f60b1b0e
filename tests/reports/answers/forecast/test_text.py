"""Findings of the forecast: the lowest balance, the headroom, the methods."""

from decimal import Decimal

import pytest

from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast import text as forecast_text
from tests.forecasts import forecast

pytestmark = pytest.mark.usefixtures("english")


def test_the_credit_line_counts_in_the_headroom_and_in_no_balance():
    made = forecast(900, 400, minimum=Decimal("500.25"), credit_line=Decimal("250.50"))
    rows = forecast_rows.week_rows(made)
    # 900 + 250.50 - 500.25 and 400 + 250.50 - 500.25; the bad outcomes are 200 below.
    assert rows["headroom"].to_list() == [Decimal("650.25"), Decimal("150.25")]
    assert rows["headroom_p10"].to_list() == [Decimal("450.25"), Decimal("-49.75")]
    assert rows["closing"].to_list() == [Decimal(900), Decimal(400)]
    assert forecast_text.headroom(rows, made).title == (
        "Least headroom in week 49: €150, the credit line of €251 counted in; one time in ten -€50 or less"
    )
    assert "leaves the credit line of €251 out" in forecast_text.fan(made).method
    deep = forecast(-900, minimum=Decimal(0), credit_line=Decimal(500))
    finding = forecast_text.headroom(forecast_rows.week_rows(deep), deep)
    assert finding.title.startswith(
        "Week 48 is €400 short of the minimum, even with the credit line of €500; "
    )
    assert "credit line" not in forecast_text.fan(forecast(900)).method


LOW = "Lowest point in week 49: {amount} expected, chance below the minimum 2%"
TIGHT = "Week 49 is tight: {amount} expected, 47% chance of less than the minimum"
LATER = "Week 50 gets tight: 30% chance of less than the minimum; lowest point {amount} in week 49"


@pytest.mark.parametrize(
    ("risks", "said"),
    [((0.0, 0.02, 0.0), LOW), ((0.0, 0.47, 0.0), TIGHT), ((0.0, 0.05, 0.3), LATER)],
)
def test_the_heading_says_where_it_gets_tight(risks, said):
    assert forecast_text.fan(forecast(900, 400, 600, risks=risks)).title == said.format(amount="€400")


def test_the_method_that_is_used_is_named_with_its_shares():
    assert "weeks 5–8 80% payment model alone, 20% mean of 13 weeks" in forecast_text.receipts_method(
        forecast(900)
    )
    shares = {"model": [1.0, 1.0, 1.0]}
    planned = forecast(900, method={"name": "mixture", "shares": shares, "planned": [0.0, 0.25, 0.9]})
    assert "0%, 25% and 90% of the receipts of these weeks" in forecast_text.receipts_method(planned)
