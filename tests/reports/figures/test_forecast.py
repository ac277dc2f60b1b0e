"""Figures of the forecast: their numbers, their alternative text, and no name run as markup."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports import figures
from reports.answers.forecast import backtest_text
from reports.answers.forecast import bridge as forecast_bridge
from reports.answers.forecast import rows as forecast_rows
from reports.colours import DARK, LIGHT
from reports.figures import BalanceForecast
from tests.forecasts import CUSTOMERS, NBSP, SUNDAY, accuracy, forecast

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize("line", [0, 700])
def test_the_fan_draws_where_the_credit_line_ends(line):
    made = forecast(900, 400, credit_line=Decimal(line))
    past = pl.DataFrame(schema={"as_of": pl.Date, "bank_balance": pl.Decimal(38, 2)})
    ahead = BalanceForecast(
        made.weeks, SUNDAY, made.opening_balance, made.minimum, past, credit_line=made.credit_line
    )
    fan = figures.fan(ahead, theme=LIGHT)
    texts = [note.text for note in fan.layout.annotations]
    assert ("Credit line €700" in texts) == bool(line)
    assert ([shape.y0 for shape in fan.layout.shapes].count(-700)) == bool(line)
    assert fan.layout.yaxis.range[0] <= -line


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("compact", [False, True])
def test_the_figures_say_their_numbers_and_run_no_name(theme, compact):
    made = forecast(900, 400, 600, risks=(0.0, 0.47, 0.1))
    past = pl.DataFrame(
        {"as_of": [SUNDAY - timedelta(days=7), SUNDAY], "bank_balance": [None, Decimal(1000)]},
        schema={"as_of": pl.Date, "bank_balance": pl.Decimal(38, 2)},
    )
    ahead = BalanceForecast(made.weeks, SUNDAY, made.opening_balance, made.minimum, past)
    fan = figures.fan(ahead, theme=theme, compact=compact)
    assert f"lowest €400 in wk{NBSP}49" in figures.alt(fan)
    low, high = fan.layout.yaxis.range
    assert low <= 0
    assert high >= 1200
    bridge = figures.cash_bridge(
        forecast_bridge.bridge(made, CUSTOMERS, weeks=3), theme=theme, compact=compact
    )
    room = figures.headroom(forecast_rows.week_rows(made), theme=theme, compact=compact)
    weeks = backtest_text.past_weeks(accuracy(), 1)
    actual = figures.past_weeks(weeks, simple="mean", theme=theme, compact=compact)
    coverage = figures.coverage(backtest_text.coverage_rows(accuracy()), theme=theme)
    assert "Payroll" in figures.alt(bridge)
    assert "€400" in figures.alt(room)
    for figure in (fan, bridge, room, actual, coverage):
        assert "<a " not in figure.to_json().replace("\\u003c", "<")
