"""Blocks of the Ageing screen: the strip and its cells, trend, segments, the documents of a bucket."""

import html
from datetime import timedelta
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.context import address_bar, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, exports, links, scrolling
from queries.finishing import bucket_names
from reports import figures, language
from reports.answers.ageing import bucket_rows, compared
from reports.answers.ageing import text as ageing_text
from reports.answers.shared import comparison
from reports.language import _, _p

WEEKS = 26


def compared_buckets(buckets: pl.DataFrame, view: View) -> pl.DataFrame:
    """Return the buckets with what stood in them on the day they are compared with."""
    return compared.buckets(buckets, books.ask_then("ageing_buckets", view), view.compare_day)


def compared_customers(view: View) -> pl.DataFrame:
    """Return what each customer owes and owed on the day of the comparison."""
    return compared.customers(books.ask("ageing", view), books.ask_then("ageing", view), view.compare_day)


def strip(buckets: pl.DataFrame, view: View) -> None:
    """Draw the open amount by age as one bar and, under it, a cell per bucket; each opens its documents."""
    figure = figures.ageing_strip(
        buckets, theme=browser.theme(), currency=view.display_currency, limits=view.limits, basis=view.basis
    )
    rows = compared_buckets(buckets, view)
    selection = blocks.chart(
        ageing_text.strip(buckets, view.display_currency, view.basis, view.limits),
        figure,
        name="ageing",
        view=view,
        key="strip",
        sheet={
            _p("sheet", "Buckets"): rows,
            _p("sheet", "Customers"): compared_customers(view),
        },
        select=True,
        # Another bucket is another chart: a selection left behind would come back with every later run.
        figure_key=f"strip-{filters.parameter('bucket') or 'none'}",
    )
    clicked = _clicked_bucket(selection)
    if clicked:
        filters.remember(bucket=clicked)
        address_bar.write_and_rerun()
    _cells(rows, view)


def _cells(buckets: pl.DataFrame, view: View) -> None:
    """Draw a cell per bucket, and one each for credits and money on account where there are any.

    Args:
        buckets: of `compared_buckets`.
        view: day, filters and the day of the comparison.
    """
    rows = buckets.filter((pl.col("position") >= 0) | (pl.col("open_amount") != 0))
    theme = browser.theme()
    aged = rows.filter(pl.col("position") >= 0).height
    beside = [theme.base] * (rows.height - aged)
    colours = [theme.buckets[0], *theme.overdue(max(aged - 1, 1)), *beside]
    grid = st.grid(2 if browser.is_phone() else rows.height, min_column_width=100, gap="small")
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
        label=language.money(row["open_amount"], view.display_currency, 0),
        query_params=filters.link(bucket=row["bucket"], at="rows"),
    )
    st.caption(f"{ageing_text.cell_documents(row)} →")
    st.caption(ageing_text.cell(row, view.display_currency, view.compare_day, view.as_of))


def trend(view: View) -> None:
    """Draw the overdue buckets per week, or by invoice date all buckets."""
    weeks = books.ask(
        "ageing_trend",
        view,
        **{"from": view.as_of - timedelta(weeks=WEEKS), "every": "rolling"},
    )
    figure = figures.ageing_trend(
        weeks,
        theme=browser.theme(),
        currency=view.display_currency,
        limits=view.limits,
        basis=view.basis,
        compact=browser.is_phone(),
    )
    blocks.chart(
        ageing_text.trend(weeks, view.display_currency, view.basis),
        None if weeks.is_empty() else figure,
        name="overdue-trend",
        view=view,
        key="trend",
        rows=weeks,
        opens=bucket_rows.of_trend(weeks, books.source(view)),
    )


def segments(view: View) -> None:
    """Draw the overdue share of the open amount per segment."""
    rows = books.ask("ageing_segments", view)
    figure = figures.segments(
        rows, theme=browser.theme(), currency=view.display_currency, compact=browser.is_phone()
    )
    finding = ageing_text.segments(rows, view.basis)
    opens = bucket_rows.of_segments(rows, books.source(view))
    both = compared.segments(rows, books.ask_then("ageing_segments", view), view.compare_day)
    blocks.chart(finding, figure, name="overdue-segments", view=view, key="segments", rows=both, opens=opens)


def groups(view: View) -> None:
    """Draw what customers, account managers, countries or parent customers have open, by age."""
    head = st.container(key="groups-head")
    by = url_choices.pick(
        "group", _p("field", "Group by"), list(ageing_text.GROUPS), ageing_text.group_choice
    )
    if by == ageing_text.CUSTOMER:
        _customers(view, head)
        return
    rows, day = books.ask("ageing_groups", view, by=by), view.compare_day
    both = compared.groups(rows, books.ask_then("ageing_groups", view, by=by), day)
    headings = comparison.table_headings("total", day)
    blocks.table(
        ageing_text.groups(rows, by, view.display_currency),
        compared.group_rows(both, by, day, view.limits, view.basis),
        view,
        sheet=both,
        headings=headings,
        key="groups",
        table_key=f"groups-{by}",
        name=f"ageing-{by}",
        head=head,
        empty="",
        phone=ageing_text.GROUP_PHONE,
    )


def _customers(view: View, head: DeltaGenerator) -> None:
    """Draw what each customer owes and owed; the export has both in every bucket."""
    day, rows = view.compare_day, compared_customers(view)
    change = comparison.change_column("total", day)
    picked = blocks.table(
        compared.customers_finding(rows, day, view.display_currency),
        compared.customer_rows(rows, day, view.limits, view.basis),
        view,
        sheet=rows,
        key="groups",
        table_key="groups-customer",
        name="ageing-customer",
        head=head,
        empty="",
        columns=compared.list_columns(rows, day, view.limits, view.basis),
        phone=("customer_name", "total", change),
        headings=comparison.table_headings("total", day),
        select=True,
    )
    if picked is not None:
        with st.container(key="link-ageing-customer"):
            links.customer(picked["customer_id"])


def documents(view: View) -> tuple[str | None, str | None]:
    """Draw the choice of buckets and the documents of the chosen one.

    Returns:
        Customer and number of the picked document; without a pick the customer that a link brought.
    """
    choices = ageing_text.bucket_choices(bucket_names(view.limits), view.basis)
    scrolling.show("rows")
    head = st.container(key="rows-head")
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="bar-bucket"
    ):
        bucket = url_choices.pick(
            "bucket",
            _p("field", "Bucket"),
            choices,
            lambda name: ageing_text.bucket_choice(name, view.limits, view.basis),
        )
        items = _rows_of(bucket, view)
        finding = ageing_text.documents(items, bucket, view.limits, view.basis)
        exports.downloads(
            "open-items",
            view,
            items,
            title=finding.title,
            method=ageing_text.documents_method(view.basis),
            key="items",
        )
    picked = blocks.table(
        finding,
        items,
        view,
        key="items",
        table_key=f"items-{bucket}",
        head=head,
        empty=_("There is nothing in this bucket."),
        columns=ageing_text.document_columns(items),
        phone=ageing_text.phone_columns(items),
        select=True,
        footer=ageing_text.documents_footer(items, view.display_currency),
    )
    if items.is_empty():
        return None, None
    return _customer_in_address(picked, (bucket, view)), picked.get("invoice_id") if picked else None


def _rows_of(bucket: str, view: View) -> pl.DataFrame:
    """Return the rows that add up to a bucket: documents, or of money on account payments."""
    if bucket == "unapplied":
        return books.ask("money_on_account", view)
    return books.ask("open_items", view, bucket=None if bucket == ageing_text.ALL else bucket)


def _customer_in_address(picked: dict[str, Any] | None, among: tuple[str, View]) -> str | None:
    """Keep the customer of the picked row in the URL; without a pick it is the one a link brought.

    The customer is dropped when its row is no longer picked, or when the table holds other rows than those
    it was picked from.
    """
    customer = filters.parameter("customer")
    panel = st.session_state.get("panel")  # customer, rows it was picked from, and whether a row was picked
    if picked is not None:
        customer = picked["customer_id"]
    elif panel is not None and panel[0] == customer and (panel[2] or panel[1] != among):
        customer = None
    filters.remember(customer=customer)
    st.session_state["panel"] = (customer, among, picked is not None)
    return customer


def _clicked_bucket(selection: Any) -> str | None:
    """Return the bucket of the segment of the bar that was clicked."""
    points = selection.selection.points if selection else []
    data = points[0].get("customdata") if points else None
    bucket = data[0] if isinstance(data, list) and data else data
    return bucket if isinstance(bucket, str) else None
