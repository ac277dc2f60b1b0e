"""Blocks of days sales outstanding: the methods to count it, and the bridge between two days."""

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
from pages.parts.widgets import blocks, escape, links
from reports import figures, language
from reports.answers.kpi import dso_text, kpi_rows
from reports.answers.shared import comparison
from reports.answers.shared.finding import Finding
from reports.language import _, _p


def methods(days: pl.DataFrame, trend: pl.DataFrame, view: View) -> None:
    """Draw all methods over the months, then the two amounts of each and why the methods differ.

    Args:
        days: `dso_methods`.
        trend: `kpi_trend`.
        view: currency and filters.
    """
    finding = dso_text.methods(days, trend)
    blocks.chart(
        finding,
        figures.dso_methods(trend, theme=browser.theme(), compact=browser.is_phone()),
        name="dso-methods",
        view=view,
        key="methods",
        figure_key="chart-methods",
        opens=kpi_rows.of_methods(trend, books.source(view)),
    )
    rows = _beside_another_day(days, view)
    export_words = Finding(_("DSO by method"), finding.title)
    blocks.heading_with_export(
        dso_text.differences(), rows, view, key="why", name="dso-methods", export_words=export_words
    )
    if browser.is_phone():
        for place, (title, amounts) in enumerate(dso_text.method_lines(rows, view.display_currency)):
            with st.container(key=f"row-method-{place}", gap=None):
                st.markdown(escape.bold(title))
                st.caption(escape.plain(amounts))
    else:
        st.table(_styled(rows, view), border="horizontal", hide_index=True)
    links.definition("dso_countback")


def own_days(view: View) -> None:
    """Draw the balance method over days of one's own choice."""
    asked, refusal = url_choices.number("days", _("DSO over how many days"), 90, 1, 3660)
    if refusal:
        st.caption(refusal)
    rows = books.ask("dso_balance", view, period=round(asked or 90))
    finding = dso_text.own_days(rows.row(0, named=True), view.display_currency)
    blocks.heading_with_export(finding, rows, view, key="own-days", name="dso-own-days")


def first_day(view: View) -> tuple[Place, date]:
    """Draw the choice of the first day of the bridge; return the place for the heading above, and the day."""
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    last = view.as_of - timedelta(days=1)
    usual = dso_text.year_before(view.as_of) if view.compare == comparison.WEEK else view.compare_day
    head = st.container()
    day = url_choices.day("since", _("Compare with"), min(max(usual, first), last), min(first, last), last)
    return head, day


def bridge(steps: pl.DataFrame, segments: pl.DataFrame, view: View, head: Place, since: date) -> None:
    """Draw why DSO changed since a day, then what each segment added to it.

    Args:
        steps: `dso_bridge`.
        segments: `dso_bridge_segments`.
        view: currency and filters.
        head: where the heading goes.
        since: first day of the comparison.
    """
    finding, rows = dso_text.bridge(steps, since), dso_text.segment_rows(segments)
    figure = None
    if not steps.is_empty():
        figure = figures.bridge(steps, theme=browser.theme(), since=since, compact=browser.is_phone())
    blocks.chart(
        finding,
        figure,
        name="dso-bridge",
        view=view,
        key="bridge",
        head=head,
        figure_key="chart-bridge",
        opens=kpi_rows.of_bridge(steps, rows, view.as_of),
    )
    if steps.is_empty():
        return
    st.caption(dso_text.billing_timing(steps))
    blocks.text_table(
        dso_text.segments(rows),
        rows,
        view,
        key="segments",
        name="dso-bridge",
        sheet={_p("sheet", "Segments"): rows, _p("sheet", "Steps"): steps},
        export_words=Finding(_("Why DSO changed"), finding.title),
        columns=dso_text.SEGMENT_COLUMNS_ON_A_PHONE if browser.is_phone() else dso_text.SEGMENT_COLUMNS,
    )
    links.definition("dso_bridge")


def _styled(rows: pl.DataFrame, view: View) -> Styler:
    """Return the rows of the methods with their formats; values stay numbers, so that they align right."""
    day = view.compare_day
    then, change = comparison.then_column("days", day), comparison.change_column("days", day)
    # The difference of what is shown; the file has it of the exact values.
    rows = rows.with_columns((pl.col("days").round(1) - pl.col(then).round(1)).alias(change))
    cells = rows.rename({name: language.heading(name) for name in rows.columns}).to_pandas()
    numbers = [name for name, kind in rows.schema.items() if kind.is_float()]
    style = cells.style.format(_one_digit, subset=[language.heading(name) for name in numbers], na_rep="–")
    style = style.format(_signed, subset=[language.heading(change)], na_rep="–")
    for place, units in enumerate(dso_text.method_units(rows)):
        for name, unit in zip(("numerator", "denominator"), units, strict=True):
            style = style.format(
                partial(dso_text.amount_of, unit, view.display_currency),
                subset=pd.IndexSlice[[place], [language.heading(name)]],
                na_rep="",
            )
    return style


def _beside_another_day(days: pl.DataFrame, view: View) -> pl.DataFrame:
    """Return the methods with their days on the day of the comparison."""
    then = books.ask_then("dso_methods", view)
    return comparison.side_by_side(
        dso_text.method_rows(days),
        None if then is None else dso_text.method_rows(then),
        ["method"],
        ["days"],
        view.compare_day,
    )


def _one_digit(value: Any) -> str:
    return language.number(value, 1)


def _signed(value: Any) -> str:
    return language.number(value, 1, sign=True)
