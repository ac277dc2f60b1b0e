"""The blocks of the KPI screen behind the trends: ways to count days, why DSO moved, flow, recovery, loss."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd
import polars as pl
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator as Place

from pages.parts.context import books, browser, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, definition_links, escape, exports, tables, text_tables
from reports import figures, language
from reports.answers.kpi import dso_text, trend_text
from reports.language import _, _p

PARTS = ("trends", "dso", "flow", "recovery")


def part_name(part: str) -> str:
    """Return what a part of the screen is called."""
    return {
        "trends": _p("view", "Trends"),
        "dso": _("DSO and why it moved"),
        "flow": _("Flow and expected loss"),
        "recovery": _p("view", "Recovery"),
    }[part]


def methods(days: pl.DataFrame, trend: pl.DataFrame, view: View) -> None:
    """Draw all ways to count days over the months, then each with its two amounts and why it differs.

    Args:
        days: `dso_methods`.
        trend: `kpi_trend`.
        view: currency and filters.
    """
    finding = dso_text.methods_sentence(days)
    blocks.heading(finding, dso_text.methods_method(trend), key="methods")
    blocks.figure(
        figures.dso_methods(trend, theme=browser.theme(), compact=browser.is_phone()),
        name="dso-methods",
        finding=finding,
        view=view,
        key="chart-methods",
    )
    told = dso_text.method_rows(days)
    with st.container(horizontal=True, key="methods-head"):
        blocks.heading(
            _("Why the methods differ"),
            _("What each divides by what, and what it sees that the others do not"),
            key="why",
        )
        _export("dso-methods", view, told, _("DSO by method"), finding)
    if browser.is_phone():
        for row, words in enumerate(dso_text.method_lines(told, view.shown_currency)):
            with st.container(key=f"row-method-{row}", gap=None):
                st.markdown(escape.bold(words[0]))
                st.caption(escape.plain(words[1]))
    else:
        st.table(_worded(told, view), border="horizontal", hide_index=True)
    definition_links.links("dso_countback")


def since(view: View) -> tuple[Place, date]:
    """Draw the first day of the bridge under a place for its heading; without a choice a year before."""
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    last = view.as_of - timedelta(days=1)
    year_before = dso_text.year_before(view.as_of)
    place = st.container()
    chosen = url_choices.day("since", _("Compare with"), max(year_before, first), min(first, last), last)
    return place, chosen


def bridge(steps: pl.DataFrame, segments: pl.DataFrame, view: View, head: Place, first_day: date) -> None:
    """Draw why DSO moved since a day, then what each segment did to it.

    Args:
        steps: `dso_bridge`.
        segments: `dso_bridge_segments`.
        view: currency and filters.
        head: where the heading goes.
        first_day: of the comparison.
    """
    finding = dso_text.bridge_sentence(steps, first_day)
    with head:
        blocks.heading(finding, _("Balance method, per cause; blue is shorter, orange longer"), key="bridge")
    if steps.is_empty():
        return
    blocks.figure(
        figures.bridge(steps, theme=browser.theme(), since=first_day, compact=browser.is_phone()),
        name="dso-bridge",
        finding=finding,
        view=view,
        key="chart-bridge",
    )
    st.caption(dso_text.timing_sentence(steps))
    rows = dso_text.segment_rows(segments)
    with st.container(horizontal=True, key="segments-head"):
        blocks.heading(
            escape.plain(dso_text.segments_sentence(segments)),
            _("Days each segment added, by cause, and its share of what was billed on both days"),
            key="segments",
        )
        _export(
            "dso-bridge",
            view,
            {_p("sheet", "Segments"): rows, _p("sheet", "Steps"): steps},
            _("Why DSO changed"),
            finding,
        )
    compact = browser.is_phone()
    text_tables.table(
        rows,
        view,
        key="segments",
        columns=dso_text.SEGMENTS_ON_A_PHONE if compact else dso_text.SEGMENTS_SHOWN,
    )
    definition_links.links("dso_bridge")


def month_pair(rates: pl.DataFrame) -> str:
    """Draw which months the roll rates are of and return it: `average`, or a month end as ISO text."""
    ends = [end.isoformat() for end in trend_text.bucket_pairs(rates)]

    def words(code: str) -> str:
        if code == "average":
            return _("Average of {count} months", count=len(ends))
        return _("{month} and the month after", month=language.month(date.fromisoformat(code)))

    return url_choices.select("month", _p("field", "Months"), ["average", *ends], words)


def roll_rates(average: pl.DataFrame, rates: pl.DataFrame, view: View) -> None:
    """Draw where each bucket's money is a month later, over the months chosen.

    Args:
        average: `roll_rate_average`.
        rates: `roll_rates`.
        view: bucket limits and filters.
    """
    place = st.container()
    month = month_pair(rates)
    chosen = average if month == "average" else rates.filter(month_end=date.fromisoformat(month))
    finding = trend_text.roll_sentence(chosen)
    with place:
        blocks.heading(finding, _("From each bucket (left) to where it is a month later (top)"), key="roll")
    if chosen.is_empty():
        return
    blocks.figure(
        figures.roll_rates(chosen, theme=browser.theme(), limits=view.limits, compact=browser.is_phone()),
        name="roll-rates",
        finding=finding,
        view=view,
        key="chart-roll",
    )
    shown = trend_text.in_buckets(rates, view.limits)
    _under("roll_rates", view, shown, _("Roll rates"), finding)


def provision(matrix: pl.DataFrame, view: View) -> None:
    """Draw what is expected to be lost per bucket.

    Args:
        matrix: `provision_matrix`.
        view: currency, bucket limits and filters.
    """
    finding = trend_text.provision_sentence(matrix, view.shown_currency)
    with st.container(horizontal=True, key="provision-head"):
        blocks.heading(
            finding,
            _("Open excluding VAT per bucket × the loss rate that the roll rates lead to"),
            key="provision",
        )
        _export("provision-matrix", view, matrix, _("Provision matrix"), finding)
    tables.show(matrix, view, key="provision", phone=("bucket", "loss_rate", "expected_loss"))
    definition_links.links("provision_matrix")


def recovery(curve: pl.DataFrame, cohorts: pl.DataFrame, view: View) -> None:
    """Draw how fast what fell due comes in, all together and per month.

    Args:
        curve: `recovery_curve`.
        cohorts: `cohort_map`.
        view: filters.
    """
    finding = trend_text.recovery_sentence(curve)
    method = _("Collected share by days since due; grey: one line per due month")
    blocks.heading(finding, method, key="recovery")
    drawn = figures.recovery_curve(curve, theme=browser.theme(), compact=browser.is_phone())
    blocks.figure(drawn, name="recovery-curve", finding=finding, view=view, key="chart-recovery")
    _under("recovery_curve", view, curve, _("Recovery curve"), finding)
    finding = trend_text.cohort_sentence(cohorts)
    method = _("Collected share per due month, by months since; empty: not there yet")
    blocks.heading(finding, method, key="cohorts")
    drawn = figures.cohort_map(cohorts, theme=browser.theme(), compact=browser.is_phone())
    blocks.figure(drawn, name="cohort-map", finding=finding, view=view, key="chart-cohorts")
    _under("cohort_map", view, cohorts, _("Cohort map"), finding)


def _under(figure: str, view: View, rows: pl.DataFrame, title: str, finding: str) -> None:
    """Draw the line under a chart: its definition, its rows, its export."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"line-{figure}"):
        definition_links.links(figure)
        _export(figure.replace("_", "-"), view, rows, title, finding)


def _export(
    name: str, view: View, rows: pl.DataFrame | dict[str, pl.DataFrame], title: str, finding: str
) -> None:
    exports.downloads(name, view, rows, title=title, method=finding, key=name)


def _worded(rows: pl.DataFrame, view: View) -> Styler:
    """Return the rows of the methods as they are read; the numbers stay numbers, so that they stand right."""
    named = rows.rename({name: language.header(name) for name in rows.columns}).to_pandas()

    style = named.style.format(_one_digit, subset=[language.header("days")], na_rep="")
    for row, unit in enumerate(dso_text.method_units(rows)):
        cells = pd.IndexSlice[[row], [language.header("numerator")]]
        style = style.format(
            partial(dso_text.amount_of, unit[0], view.shown_currency), subset=cells, na_rep=""
        )
        cells = pd.IndexSlice[[row], [language.header("denominator")]]
        style = style.format(
            partial(dso_text.amount_of, unit[1], view.shown_currency), subset=cells, na_rep=""
        )
    return style


def _one_digit(value: Any) -> str:
    return language.number(value, 1)
