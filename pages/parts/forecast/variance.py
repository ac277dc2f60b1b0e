"""Blocks of the tab that compares an earlier forecast with what followed: weeks, causes, invoices."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from pages.parts.context import background_runs, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape
from reports import figures
from reports.answers.forecast.variance import causes, frozen_runs, variance, variance_rows, variance_text
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


def comparison(view: View) -> None:
    """Draw the choice of a forecast and compare it with what followed."""
    whole = background_runs.whole_company(view)
    frozen_days = frozen_runs.frozen_days(books.books(), as_of=whole.as_of, known_on=view.known_on)
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    options = variance_text.options(frozen_days, whole.as_of, first)
    if not options:
        st.info(variance_text.no_past_week())
        return
    if date.fromisoformat(options[0]) not in frozen_days:
        st.info(escape.sentence(variance_text.no_frozen_forecast()), icon=":material/inventory_2:")
    day = date.fromisoformat(
        url_choices.select(
            "run",
            _("Which forecast"),
            options,
            lambda code: variance_text.option(code, frozen_days),
            width=320,
        )
    )
    run = frozen_runs.read(books.books(), day, known_on=view.known_on) if day in frozen_days else None
    if run is None:
        run = frozen_runs.from_forecast(background_runs.forecast(replace(view, as_of=day)))
    difference = variance.variance(books.books(), run, as_of=whole.as_of, known_on=view.known_on)
    _weeks(difference, whole)
    _causes(difference, whole)
    _invoices(difference, whole)


def _weeks(difference: Variance, whole: View) -> None:
    head = st.container()
    for sentence in variance_text.notes(difference):
        st.warning(escape.plain(sentence))
    blocks.table(
        variance_text.weeks(difference),
        difference.by_week,
        whole,
        key="against",
        name="against-actual",
        head=head,
        level="bottom",
        columns=_WEEKS,
        phone=("week", "receipts_difference", "closing_difference"),
        page_rows=difference.weeks,
        footer=variance_text.weeks_footer(),
    )


def _causes(difference: Variance, whole: View) -> None:
    names = dict(books.ask("customers", whole).select("customer_id", "customer_name").iter_rows())
    rows = causes.bridge(difference.amounts, variance_text.details(difference, names))
    figure = figures.cash_changes(
        rows, theme=browser.theme(), currency=difference.run.currency, compact=browser.is_phone()
    )
    finding = variance_text.bridge(difference)
    opens = variance_rows.parts(difference, names)
    blocks.chart(finding, figure, name="against-actual", view=whole, key="causes", rows=rows, opens=opens)


def _invoices(difference: Variance, whole: View) -> None:
    rows = variance.invoice_rows(difference, books.ask("customers", whole))
    picked = blocks.table(
        variance_text.invoices(rows, difference.run.currency),
        rows,
        whole,
        key="otherwise",
        name="otherwise",
        empty="",
        level="bottom",
        columns=_INVOICES,
        phone=("customer_name", "expected", "received"),
        select=True,
    )
    if picked is not None:
        _customer_link(picked)


def _customer_link(row: dict[str, Any]) -> None:
    with st.container(key="link-otherwise"):
        st.page_link(
            "pages/customer.py",
            label=_("Open {customer}", customer=escape.plain(row["customer_name"])),
            icon=":material/arrow_forward:",
            query_params=filters.link(customer=row["customer_id"]),
        )
