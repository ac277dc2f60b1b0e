"""Frames in, Plotly figures out; strings in the language spoken, colours of the theme."""

from reports.figures.ageing.ageing import ageing_strip, ageing_trend, segments
from reports.figures.ageing.movement import movement
from reports.figures.cash import sparkline_svg
from reports.figures.customer import days_late
from reports.figures.disputes import added_days, blocked_trend
from reports.figures.forecast.backtest import calibration, coverage, past_weeks
from reports.figures.forecast.cash_bridge import cash_bridge, cash_changes, headroom
from reports.figures.forecast.fan import BalanceForecast, fan
from reports.figures.kpi.cohorts import cohort_map, recovery_curve, roll_rates
from reports.figures.kpi.trends import bridge, dso_methods, kpi_multiple, kpi_value
from reports.figures.template import alt, config, plain
from reports.figures.terms import term_pairs
from reports.figures.warning_rows import dot_strip, meters
from reports.figures.warnings import level_shift
from reports.figures.whatif import ScenarioBalances, difference, scenario_balances, scenario_lines, tornado

__all__ = [
    "BalanceForecast",
    "ScenarioBalances",
    "added_days",
    "ageing_strip",
    "ageing_trend",
    "alt",
    "blocked_trend",
    "bridge",
    "calibration",
    "cash_bridge",
    "cash_changes",
    "cohort_map",
    "config",
    "coverage",
    "days_late",
    "difference",
    "dot_strip",
    "dso_methods",
    "fan",
    "headroom",
    "kpi_multiple",
    "kpi_value",
    "level_shift",
    "meters",
    "movement",
    "past_weeks",
    "plain",
    "recovery_curve",
    "roll_rates",
    "scenario_balances",
    "scenario_lines",
    "segments",
    "sparkline_svg",
    "term_pairs",
    "tornado",
]
