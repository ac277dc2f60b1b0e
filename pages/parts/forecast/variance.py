"""Blocks of the part that holds an earlier forecast against what came: weeks, causes, invoices."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from pages.parts.context import background_runs, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from reports import figures
from reports.answers.forecast.variance import causes, frozen_runs, variance, variance_text
from reports.answers.forecast.variance.variance import Variance
from reports.language import _

_WEEKS = (
    "week", "forecast_receipts", "received", "receipts_difference", "forecast_payments",
    "paid_out", "forecast_closing", "closed", "closing_difference",
)  # fmt: skip
_INVOICES = (
    "customer_name", "invoice_id", "open_amount", "expected", "received", "timing", "permanent",
    "why",
)  # fmt: skip


def show(view: View) -> None:
    """Draw the choice of a forecast and what came of it."""
    whole = background_runs.whole_company(view)
    kept = frozen_runs.frozen_days(books.books(), as_of=whole.as_of, known_on=view.known_on)
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    options = variance_text.options(kept, whole.as_of, first)
    if not options:
        st.info(variance_text.nothing_yet())
        return
    if date.fromisoformat(options[0]) not in kept:
        st.info(escape.sentence(variance_text.none_kept()), icon=":material/inventory_2:")
    chosen = date.fromisoformat(
        url_choices.select(
            "run", _("Which forecast"), options, lambda code: variance_text.option(code, kept), width=320
        )
    )
    run = frozen_runs.read(books.books(), chosen, known_on=view.known_on) if chosen in kept else None
    if run is None:
        run = frozen_runs.from_forecast(background_runs.forecast(replace(view, as_of=chosen)))
    found = variance.variance(books.books(), run, as_of=whole.as_of, known_on=view.known_on)
    _weeks(found, whole)
    _causes(found, whole)
    _invoices(found, whole)


def _weeks(found: Variance, whole: View) -> None:
    title, method = variance_text.found(found), variance_text.method(found)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-against"):
        blocks.heading(title, method, key="against")
        tables.downloads("against-actual", whole, found.by_week, title=title, method=method, key="against")
    for sentence in variance_text.notes(found):
        st.warning(escape.plain(sentence))
    tables.show(
        found.by_week,
        whole,
        key="against",
        columns=_WEEKS,
        phone=("week", "receipts_difference", "closing_difference"),
        page_rows=found.weeks,
        footer=variance_text.weeks_method(),
        alt=title,
    )


def _causes(found: Variance, whole: View) -> None:
    names = dict(books.ask("customers", whole).select("customer_id", "customer_name").iter_rows())
    rows = causes.bridge(found.amounts, variance_text.details(found, names))
    title, method = variance_text.bridge_found(found), variance_text.bridge_method()
    blocks.heading(title, method, key="causes")
    figure = figures.cash_changes(
        rows, theme=browser.theme(), currency=found.run.currency, compact=browser.is_phone()
    )
    blocks.figure(
        figure, name="against-actual", finding=title, view=whole, key="causes", rows=rows, method=method
    )


def _invoices(found: Variance, whole: View) -> None:
    rows = variance.invoice_rows(found, books.ask("customers", whole))
    title, method = variance_text.invoices_found(rows, found.run.currency), variance_text.invoices_method()
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-otherwise"):
        blocks.heading(escape.plain(title), method, key="otherwise")
        if rows.height:
            tables.downloads("otherwise", whole, rows, title=title, method=method, key="otherwise")
    if rows.is_empty():
        return
    picked = tables.show(
        rows,
        whole,
        key="otherwise",
        columns=_INVOICES,
        phone=("customer_name", "expected", "received"),
        select=True,
        alt=title,
    )
    if picked is not None:
        _customer(picked)


def _customer(row: dict[str, Any]) -> None:
    with st.container(key="link-otherwise"):
        st.page_link(
            "pages/customer.py",
            label=_("Open {customer}", customer=escape.plain(row["customer_name"])),
            icon=":material/arrow_forward:",
            query_params=filters.link(customer=row["customer_id"]),
        )
