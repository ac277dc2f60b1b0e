"""The customer beside the worklist: why it is on it, whom to call, the form, its invoices and its letter."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.arrangements import arrangement_form
from pages.parts.contacts.contact_form import NextCustomer, contact_form
from pages.parts.contacts.details_form import contact_details
from pages.parts.context import books, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from pages.parts.worklist import letters
from pages.parts.worklist.worklist import OpenLine, address_of
from reports import columns
from reports.answers.shared.finding import Finding
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist import worklist
from reports.answers.worklist.worklist import Worklist
from reports.language import _

_INVOICES = ("invoice_id", "due_date", "days_overdue", "open_amount", "step_name")


def customer(day_list: Worklist, opened: OpenLine, view: View) -> None:
    """Draw the customer that is open: reasons, advice, contact details, the form, invoices and letter."""
    row = _row(view, opened.customer)
    if row is None:
        filters.report_missing("customer")
        return
    line, items = opened.line, worklist.contact_items(day_list.items, opened.customer, opened.entity)
    with st.container(border=True, key="card-line"):
        if line is None:
            blocks.heading(worklist_text.no_line(row["customer_name"]), key="line")
        else:
            blocks.heading(worklist_text.one_line(line, view.display_currency), key="line")
        contact_details(row, view, place="worklist")
        _form(opened, items, row, view)
        if line is not None:
            st.markdown(escape.bold(worklist_text.advice(line)))
            st.caption(escape.plain(worklist_text.last_contact(line)))
        _link(opened.customer)
        if items.height:
            _invoices(items, view, opened.customer)
        if line is not None:
            letters.letter(line, items, view)


def _form(opened: OpenLine, items: pl.DataFrame, row: dict[str, Any], view: View) -> None:
    follows = opened.neighbour(1)
    contact_form(
        opened.customer,
        view,
        place="worklist",
        invoices=items["invoice_id"].unique(maintain_order=True).to_list() if items.height else None,
        steps=worklist.letter_steps(items) or None,
        person=row["contact_name"],
        next_up=None if follows is None else NextCustomer(follows["customer_name"], address_of(follows)),
        stays={"customer": opened.customer, "creditor": opened.entity or None},
        has_keys=True,
    )


def _link(customer_id: str) -> None:
    """Draw the button that opens the customer's page; Enter presses it."""
    if st.button(
        _("Open this customer"), icon=":material/arrow_forward:", icon_position="right", type="tertiary",
        key="line-enter", shortcut="Enter",
    ):  # fmt: skip
        st.switch_page("pages/customer.py", query_params=filters.link(customer=customer_id))


def _row(view: View, customer_id: str) -> dict[str, Any] | None:
    rows = books.ask("customer", view.whole_customer(), customer=customer_id)
    return rows.row(0, named=True) if rows.height else None


def _invoices(items: pl.DataFrame, view: View, customer_id: str) -> None:
    arrangement_form.show_notice()
    rows = items.with_columns(worklist_text.text_column("step_name", worklist_text.steps_or_waits(items)))
    # By a payment plan or a promise less can be asked for than is open.
    is_less = bool((items["asked_amount"] != items["open_amount"]).any())
    picked = tables.show(
        rows, view, key=f"line-invoices-{arrangement_form.save_count()}",
        columns=_INVOICES if not is_less else (*_INVOICES[:4], "asked_amount", *_INVOICES[4:]),
        phone=("invoice_id", "open_amount", "days_overdue"), select=True,
        alt=_("Invoices of this line"),
        headings=columns.short_headings("days_overdue", "step_name"),
    )  # fmt: skip
    if picked is None:
        st.caption(_("Pick an invoice to note a promise, a payment plan, an expected day or a dispute."))
        return
    with st.container(key="arrange-line"):
        blocks.heading(Finding(picked["invoice_id"]), key="arrange")
        arrangement_form.panel(view.whole_customer(), picked["invoice_id"], customer_id)
