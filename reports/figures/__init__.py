"""Frames in, Plotly figures out; strings in the language spoken, colours of the theme."""

from reports.figures.ageing import ageing_strip, ageing_trend, segments
from reports.figures.behaviour import days_late
from reports.figures.cash import sparkline_svg
from reports.figures.cohorts import cohort_map, recovery_curve, roll_rates
from reports.figures.disputes import added_days, blocked_trend
from reports.figures.early import level_shift
from reports.figures.fan import Ahead, fan
from reports.figures.hindsight import against_actual, calibration, coverage
from reports.figures.kpis import bridge, dso_methods, kpi_multiple, written
from reports.figures.liquidity import cash_bridge, cash_changes, headroom
from reports.figures.movement import movement
from reports.figures.template import alt, config, exported, plain
from reports.figures.terms import term_pairs
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
