"""Frames in, Plotly figures out; strings in the language spoken, colours of the theme."""

from reports.figures.ageing.ageing import ageing_strip, ageing_trend, segments
from reports.figures.ageing.movement import movement
from reports.figures.cash import sparkline_svg
from reports.figures.customer import days_late
from reports.figures.disputes import added_days, blocked_trend
from reports.figures.forecast.backtest import against_actual, calibration, coverage
from reports.figures.forecast.cash_bridge import cash_bridge, cash_changes, headroom
from reports.figures.forecast.fan import Ahead, fan
from reports.figures.kpi.cohorts import cohort_map, recovery_curve, roll_rates
from reports.figures.kpi.trends import bridge, dso_methods, kpi_multiple, written
from reports.figures.template import alt, config, exported, plain
from reports.figures.terms import term_pairs
from reports.figures.warnings import level_shift
from reports.figures.whatif import Beside, beside, difference, side_by_side, tornado

__all__ = [
    "Ahead",
    "Beside",
    "added_days",
    "against_actual",
    "ageing_strip",
    "ageing_trend",
    "alt",
    "beside",
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
    "dso_methods",
    "exported",
    "fan",
    "headroom",
    "kpi_multiple",
    "level_shift",
    "movement",
    "plain",
    "recovery_curve",
    "roll_rates",
    "segments",
    "side_by_side",
    "sparkline_svg",
    "term_pairs",
    "tornado",
    "written",
]
