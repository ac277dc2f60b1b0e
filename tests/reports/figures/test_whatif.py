"""The figures of a what-if: what they draw, in which colour, and text from data made plain."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports import figures
from reports.colours import DARK, LIGHT
from tests.reports.figures.frames import HOSTILE

pytestmark = pytest.mark.usefixtures("english")

AS_OF = date(2026, 11, 22)


def weeks(*closings: int, spread: int = 10) -> pl.DataFrame:
    starts = [AS_OF + timedelta(days=1 + 7 * place) for place in range(len(closings))]
    return pl.DataFrame(
        {
            "week_start": starts,
            "week_end": [start + timedelta(days=6) for start in starts],
            "closing": [Decimal(value) for value in closings],
            "closing_p10": [Decimal(value - spread) for value in closings],
            "closing_p90": [Decimal(value + spread) for value in closings],
        }
    )


def changes(*closings: int, low: int = 0, high: int = 0) -> pl.DataFrame:
    money = [Decimal(value) for value in closings]
    return pl.DataFrame(
        {
            "week_start": weeks(*closings)["week_start"],
            "closing_change": money,
            "receipts_change": money,
            "payments_change": [Decimal(0)] * len(money),
            "receipts_change_low": [value - low for value in money],
            "receipts_change_high": [value + high for value in money],
        }
    )


def scenario_balances(minimum: int = 0, line: int = 0) -> figures.ScenarioBalances:
    return figures.ScenarioBalances(
        AS_OF, Decimal(500), weeks(400, 300, 450), weeks(400, 350, 700), Decimal(minimum), Decimal(line)
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_base_and_scenario_begin_at_the_opening_balance_each_with_its_band(theme):
    fig = figures.scenario_balances(scenario_balances(250, 100), theme=theme)
    before, after = (list(line.y) for line in fig.data[-2:])
    assert (before, after) == ([500, 400, 300, 450], [500, 400, 350, 700])
    assert fig.data[-2].line.dash == "4px,3px"
    assert (fig.data[-2].line.color, fig.data[-1].line.color) == (theme.base, theme.cash)
    assert [list(band.y) for band in fig.data[2:4]] == [[500, 390, 340, 690], [500, 410, 360, 710]]
    texts = [one.text for one in fig.layout.annotations]
    assert {"Minimum €250", "Credit line €100", "<b>Scenario</b>", "Base case"} <= set(texts)
    assert "lowest €300 in the base, €350 in the scenario" in figures.alt(fig)


def test_a_week_that_has_more_is_blue_and_one_that_has_less_orange():
    fig = figures.difference(changes(0, -20, 30, 60), theme=LIGHT)
    [bars] = fig.data
    assert list(bars.y) == [0, -20, 30, 60]
    assert list(bars.marker.color)[1:] == [LIGHT.out, LIGHT.cash, LIGHT.cash]
    # Every third has its amount, counted from the last one; nothing is written where nothing differs.
    assert list(bars.text) == ["", "", "", "+€60"]
    assert "Receipts between" not in bars.customdata[1]
    assert (
        "Receipts between +€25 and +€37"
        in figures.difference(changes(0, 0, 30, low=5, high=7), theme=LIGHT).data[0].customdata[2]
    )


def test_what_matters_most_stands_on_top_with_a_value_at_each_end():
    rows = pl.DataFrame(
        {
            "assumption": [HOSTILE, "Start date"],
            "low_said": ["without", "29 Dec"],
            "low_effect": [Decimal(-4000), Decimal(-900)],
            "high_said": ["6 d", "as set"],
            "high_effect": [Decimal(2500), Decimal(0)],
        }
    )
    fig = figures.tornado(rows, theme=LIGHT)
    assert [list(side.x) for side in fig.data] == [[-4000, -900], [2500, 0]]
    assert list(fig.data[0].marker.color) == [LIGHT.out, LIGHT.out]
    assert fig.data[1].marker.color[0] == LIGHT.cash
    texts = [one.text for one in fig.layout.annotations]
    assert texts == ["without: <b>-€4k</b>", "29 Dec: <b>-€900</b>", "6 d: <b>+€3k</b>"]
    assert "<a" not in str(fig.layout.yaxis.ticktext)
    assert fig.layout.yaxis.range[0] > fig.layout.yaxis.range[1]
    assert figures.tornado(rows, theme=LIGHT, compact=True).layout.annotations[0].text == "<b>-€4k</b>"


def test_up_to_four_scenarios_are_told_apart_by_line_and_name():
    lines = {"Base case": weeks(400, 300), HOSTILE: weeks(1, 2), "b": weeks(3, 4), "c": weeks(5, 6)}
    for compact in (False, True):
        fig = figures.scenario_lines(AS_OF, Decimal(500), lines, theme=LIGHT, compact=compact)
        looks = {(line.line.color, line.line.dash) for line in fig.data}
        assert len(looks) == 4
        names = [one.text for one in fig.layout.annotations]
        assert len(names) == 4
        assert not any("<a" in name for name in names)
    assert "<a" not in figures.alt(fig)
