"""Small multiples: KPI figures over their months, each with its finding and links."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl
import streamlit as st

from pages.parts.context import books, browser, filters, kpi_figures
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, links
from reports import figures
from reports.answers.kpi import kpi_rows, trend_text
from reports.answers.kpi import targets as kpi_targets
from reports.answers.kpi.trend import last_value
from reports.answers.shared.finding import Finding
from reports.language import _

_COLOURS = {"better": "blue", "worse": "orange", "neither": "gray"}


def tiles(trend: pl.DataFrame, before: pl.DataFrame | None, columns: Sequence[str], view: View) -> None:
    """Draw a tile per figure, unknown ones last; those that never changed share one line below.

    Args:
        trend: `kpi_figures.trend`.
        before: `kpi_figures.a_year_before`.
        columns: figures of it.
        view: currency and filters.
    """
    targets = kpi_figures.targets(view)
    unchanged = [column for column in trend_text.flat(trend, columns) if column not in targets]
    drawn = [column for column in columns if column not in unchanged]
    grid = st.grid(1 if browser.is_phone() else 3, min_column_width=260, gap="small")
    for column in trend_text.known_first(trend, drawn):
        with grid.cell(), st.container(border=True, key=f"tile-kpi-{column}", gap="xsmall", height="stretch"):
            _tile(trend, before, column, targets.get(column), view)
    if unchanged:
        st.caption(escape.plain(trend_text.flat_sentence(trend, unchanged, view.display_currency)))


def _tile(
    trend: pl.DataFrame, before: pl.DataFrame | None, column: str, target: Decimal | None, view: View
) -> None:
    currency = view.display_currency
    finding = trend_text.figure(trend, column, currency, before)
    line = None
    if target is not None:
        line = (target, kpi_targets.target_text(target, column, currency))
        distance = kpi_targets.distance(last_value(trend, column), target, column, currency)
        finding = Finding(finding.title, f"{finding.method} · {distance}")
    figure, opens = None, kpi_rows.of_figure(trend, column, books.source(view))
    if trend[column].count():
        figure = figures.kpi_multiple(
            trend, column, theme=browser.theme(), currency=currency, target=line, compact=browser.is_phone()
        )
    blocks.chart(
        finding,
        figure,
        name=column.replace("_", "-"),
        view=view,
        key=f"kpi-{column}",
        figure_key=f"chart-{column}",
        rows=trend.select("as_of", column),
        badge=_change_badge(trend, before, column, view),
        export_words=Finding(finding.title),
        opens=opens,
    )
    if column == "cash_conversion_cycle" and not trend[column].count():
        _missing_stock_days(trend, view)
    days = trend.drop_nulls(column)["as_of"]
    links.definition(column, as_of=days[-1] if len(days) else None, rows=not opens)


def _missing_stock_days(trend: pl.DataFrame, view: View) -> None:
    """Draw the link to what the cash cycle misses: days in stock where bills are known, else the bills."""
    if view.segment is not None:
        st.caption(_("Bills have no segment: the cash cycle is that of all customers together."))
        return
    with st.container(key="link-stock-days"):
        if trend["dpo"].count():
            links.settings("cash", _("Fill in days in stock"))
            return
        st.page_link(
            "pages/data.py",
            label=_("Load the bills of suppliers"),
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params=filters.link(part="upload"),
        )


def _change_badge(trend: pl.DataFrame, before: pl.DataFrame | None, column: str, view: View) -> str:
    """Return the change over a year as Markdown, blue if better and orange if worse; empty if unknown."""
    signed_change = trend_text.change(trend, column, view.display_currency, before)
    if signed_change is None:
        return ""
    text, tone = signed_change
    return f":{_COLOURS[tone]}-badge[{escape.plain(text)}]"
