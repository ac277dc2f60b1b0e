"""Blocks of the Ageing screen: the strip and its cells, trend and segments, a bucket's invoices."""

import html
from datetime import timedelta
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import address_bar, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from queries.finishing import bucket_names
from reports import figures, language
from reports.answers.ageing import text as ageing_text
from reports.language import _

# What is open and how it stands come before the rest: a screen of 1024 pixels holds six columns.
COLUMNS = (
    "customer_name",
    "invoice_id",
    "due_date",
    "days_overdue",
    "open_amount",
    "state",
    "invoice_date",
    "amount",
)
PHONE = ("customer_name", "open_amount", "days_overdue")
WEEKS = 26


def strip(buckets: pl.DataFrame, view: View) -> None:
    """Draw what is open by age as one bar and, under it, a cell per bucket; each opens its invoices."""
    found = ageing_text.strip_found(buckets, view.shown_currency, view.basis, view.limits)
    method = ageing_text.strip_method(buckets, view.shown_currency, view.basis)
    blocks.heading(found, method, key="strip")
    figure = figures.ageing_strip(
        buckets, theme=browser.theme(), currency=view.shown_currency, limits=view.limits, basis=view.basis
    )
    # Another bucket is another chart: a selection left behind would come back with every later run.
    key = f"strip-{filters.parameter('bucket') or 'none'}"
    state = blocks.figure(
        figure, name="ageing", finding=found, view=view, key=key, select=True, rows=buckets, method=method
    )
    picked = _clicked(state)
    if picked:
        filters.remember(bucket=picked)
        address_bar.write_and_rerun()
    rows = buckets.filter(pl.col("position") >= 0)
    theme = browser.theme()
    colours = [theme.buckets[0], *theme.overdue(max(rows.height - 1, 1))]
    grid = st.grid(3 if browser.is_phone() else rows.height, min_column_width=100, gap="small")
    for row, colour in zip(rows.iter_rows(named=True), colours, strict=True):
        with grid.cell(), st.container(key=f"cell-{row['bucket'].replace('_', '-')}", gap=None):
            _cell(row, colour, view)


def _cell(row: dict[str, Any], colour: str, view: View) -> None:
    name = language.bucket_label(row["bucket"], view.limits, basis=view.basis)
    st.html(
        f'<span style="display:inline-block;width:10px;height:10px;border-radius:2px;background:{colour};'
        f'margin-right:7px"></span><span style="color:{browser.theme().muted}">{html.escape(name)}</span>'
    )
    st.page_link(
        "pages/ageing.py",
        label=language.money(row["open_amount"], view.shown_currency, 0),
        query_params=filters.link(bucket=row["bucket"]),
    )
    st.caption(ageing_text.cell_change(row["share"], row["change_7d"], view.shown_currency))


def trend(view: View) -> None:
    """Draw the overdue buckets per week."""
    weeks = books.ask(
        "ageing_trend",
        view,
        **{"from": view.as_of - timedelta(weeks=WEEKS + 1, days=-1), "to": view.as_of, "every": "week"},
    )
    found = ageing_text.trend_found(weeks, view.shown_currency, view.basis)
    method = ageing_text.trend_method(weeks, view.basis)
    blocks.heading(found, method, key="trend")
    if not weeks.is_empty():
        figure = figures.ageing_trend(
            weeks,
            theme=browser.theme(),
            currency=view.shown_currency,
            limits=view.limits,
            basis=view.basis,
            compact=browser.is_phone(),
        )
        blocks.figure(
            figure, name="overdue-trend", finding=found, view=view, key="trend", rows=weeks, method=method
        )


def segments(view: View) -> None:
    """Draw which part of what each segment owes is overdue."""
    rows = books.ask("ageing_segments", view)
    found, method = ageing_text.segments_found(rows), ageing_text.segments_method(view.basis)
    blocks.heading(escape.plain(found), method, key="segments")
    figure = figures.segments(
        rows, theme=browser.theme(), currency=view.shown_currency, compact=browser.is_phone()
    )
    blocks.figure(
        figure, name="overdue-segments", finding=found, view=view, key="segments", rows=rows, method=method
    )


def invoices(view: View) -> str | None:
    """Draw the choice of buckets and the invoices of the chosen one; return the picked row's customer."""
    names = ageing_text.choices(bucket_names(view.limits), view.basis)
    head = st.container(key="rows-head")
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="bar-bucket"
    ):
        bucket = url_choices.pick(
            "bucket", _("Bucket"), names, lambda name: ageing_text.choice_label(name, view.limits, view.basis)
        )
        items = books.ask("open_items", view, bucket=None if bucket == ageing_text.ALL else bucket)
        found = ageing_text.rows_found(items, bucket, view.limits, view.basis)
        tables.downloads(
            "open-items", view, items, title=found, method=ageing_text.rows_method(view.basis), key="items"
        )
    with head:
        blocks.heading(found, _("Largest first. Pick a row for the customer and its history."), key="items")
    if items.is_empty():
        st.caption(_("There is nothing in this bucket."))
        return None
    picked = tables.show(
        items,
        view,
        key=f"items-{bucket}",
        columns=COLUMNS,
        phone=PHONE,
        select=True,
        footer=ageing_text.rows_footer(items, view.shown_currency),
        alt=found,
    )
    return _customer(picked, (bucket, view))


def _customer(picked: dict[str, Any] | None, among: tuple[str, View]) -> str | None:
    """Keep the customer of the picked row in the URL; without a pick it is the one a link brought.

    A customer goes when its row is no longer picked, or when the rows are others than it was picked among.
    """
    asked = filters.parameter("customer")
    before = st.session_state.get("panel")  # whose, among which rows, and whether a row was picked
    if picked is not None:
        asked = picked["customer_id"]
    elif before is not None and before[0] == asked and (before[2] or before[1] != among):
        asked = None
    filters.remember(customer=asked)
    st.session_state["panel"] = (asked, among, picked is not None)
    return asked


def _clicked(state: Any) -> str | None:
    """Return the bucket of the part that was clicked."""
    points = state.selection.points if state else []
    data = points[0].get("customdata") if points else None
    bucket = data[0] if isinstance(data, list) and data else data
    return bucket if isinstance(bucket, str) else None
