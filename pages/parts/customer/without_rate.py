"""What one customer owes in a currency without a rate: no figure of the page holds it, so it is listed."""

from decimal import Decimal

import polars as pl
import streamlit as st

from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.shell import notices
from pages.parts.widgets import blocks, escape, tables
from reports.answers.customer import text as customer_text
from reports.answers.data_quality import without_rate as without_rate_answers
from reports.language import _

_COLUMNS = ("invoice_id", "invoice_date", "due_date", "days_overdue", "amount", "open_amount")


def left_out(view: View, customer: str) -> None:
    """Say per currency what is not converted, and list its documents in their own amounts."""
    without_rate = without_rate_answers.bookings(books.ask("customer_ledger", view, customer=customer))
    if without_rate.is_empty():
        return
    items = books.ask("open_items", view, customer=customer)
    for currency in books.ask("filter_values", view).filter(kind="currency")["value"]:
        own = view.in_currency(currency)
        found = without_rate_answers.left_out(
            without_rate,
            books.ask("customer_ledger", own, customer=customer),
            books.ask("open_items", own, customer=customer),
            items,
        )
        if found.amount or found.documents.height:
            _listed(found.amount, found.documents, own)


def _listed(amount: Decimal, documents: pl.DataFrame, own: View) -> None:
    key = f"unconverted-{own.shown_currency}"
    notices.write(
        escape.plain(customer_text.not_converted(amount, own.shown_currency)),
        key=key,
        icon="currency_exchange",
        link="data",
        label=_("Load exchange rates"),
        part="upload",
    )
    if documents.is_empty():
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", key=f"bar-{key}"):
        title = _("Open documents in {currency}", currency=own.shown_currency)
        method = _("In their own currency, not in the figures of this page.")
        blocks.heading(title, method, key=key)
        tables.downloads(f"open-{own.shown_currency}", own, documents, title=title, method=method, key=key)
    tables.show(
        documents,
        own,
        key=key,
        columns=_COLUMNS,
        phone=("invoice_id", "open_amount", "days_overdue"),
        alt=title,
    )
