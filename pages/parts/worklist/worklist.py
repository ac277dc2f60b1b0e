"""Blocks of the worklist: the lines, one line with its reminder and forms, and the invoices that wait."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.arrangements import arrangement_form
from pages.parts.context import account_managers, background_runs, books, filters, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, exports, links, tables
from pages.parts.worklist import contact_log_form, letters
from reports import columns
from reports.answers.shared.finding import Finding
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist import worklist
from reports.answers.worklist.fees import fees_of
from reports.answers.worklist.worklist import STEPS, Worklist
from reports.language import _, _p

_COLUMNS = (
    "customer_name", "step_name", "amount", "days_overdue", "worth", "brief", "last_contact_date",
)  # fmt: skip
_INVOICES = ("invoice_id", "due_date", "days_overdue", "open_amount", "step_name")
_ROWS = 12


def worklist_of(view: View) -> Worklist:
    """Return the worklist of a view, with the chances of its forecast."""
    ahead = background_runs.forecast(view)
    unpaid = worklist.of_forecast(ahead.invoices, ahead.as_of)
    fees = fees_of(books.ask("settings", view), view.reporting_currency)
    return worklist.of_items(books.ask("worklist_items", view), view.as_of, unpaid, fees)


def lines(day_list: Worklist, view: View) -> dict[str, Any] | None:
    """Draw the lines and return the one picked, else the first."""
    head = st.container()
    rows = _filter_lines(day_list)
    currency = view.display_currency
    finding = worklist_text.lines(day_list, rows, currency)
    line_rows = worklist_text.line_rows(rows, currency)
    with head, blocks.bar("lines"):
        blocks.heading(finding, key="lines")
        if rows.height:
            with st.container(horizontal=True, width="content"):
                letters.batch_button(day_list, rows, view)
                exports.downloads(
                    "worklist", view, line_rows, title=finding.title, method=finding.method, key="lines"
                )
    contact_log_form.show_notice()
    arrangement_form.show_notice()
    if rows.is_empty():
        return None
    summaries = [worklist_text.summary(row) for row in rows.iter_rows(named=True)]
    table_rows = line_rows.with_columns(
        worklist_text.text_column("brief", summaries),
        rows["last_contact_date"],
    )
    shown = list(_COLUMNS)
    if rows["entity"].n_unique() > 1:
        shown.insert(1, "entity")
    if rows["fee_amount"].drop_nulls().len():
        shown.insert(shown.index("amount") + 1, "fee_amount")
    picked = tables.show(
        table_rows, view, key=f"lines-{contact_log_form.save_count()}",
        columns=tuple(shown),
        phone=("customer_name", "amount", "days_overdue"), select=True, page_rows=_ROWS, alt=finding.title,
    )  # fmt: skip
    if picked is not None:
        filters.remember(customer=picked["customer_id"], creditor=picked["entity"] or None)
    return _open_line(rows)


def _open_line(rows: pl.DataFrame) -> dict[str, Any]:
    """Return the line of the customer and administration in the address, else the first."""
    customer, creditor = filters.parameter("customer"), filters.parameter("creditor")
    line = rows.filter(customer_id=customer) if customer else rows.head(1)
    if creditor:
        of_creditor = line.filter(entity=creditor)
        line = of_creditor if of_creditor.height else line
    if line.is_empty():
        # The customer was contacted, or is on another day's list: the next one takes its place.
        filters.remember(customer=None, creditor=None)
        line = rows.head(1)
    return line.row(0, named=True)


def _filter_lines(day_list: Worklist) -> pl.DataFrame:
    """Draw the choices of account manager and step and return the lines they leave."""
    with st.container(horizontal=True, key="narrow"):
        [rows] = account_managers.filter_rows(day_list.lines)
        steps = [step for step in STEPS if step in set(day_list.lines["step"])]
        if len(steps) > 1:
            step = url_choices.select(
                "step",
                _p("field", "Step"),
                ["", *steps],
                lambda code: worklist_text.step_name(code) if code else _("All steps"),
            )
            rows = rows.filter(step=step) if step else rows
    return rows


def one_line(day_list: Worklist, line: dict[str, Any], view: View) -> None:
    """Draw one line: reasons, advice, the reminder to copy, its invoices, and forms to log the contact."""
    currency, customer = view.display_currency, line["customer_id"]
    items = worklist.contact_items(day_list.items, customer, line["entity"])
    with st.container(border=True, key="card-line"):
        blocks.heading(worklist_text.one_line(line, currency), key="line")
        left, right = blocks.pair("line", 7, 5)
        with left:
            st.markdown(escape.bold(worklist_text.advice(line)))
            st.caption(escape.plain(worklist_text.last_contact(line)))
            links.customer(customer)
            contact_log_form.form(items, line, view)
            _invoices(items, view, customer)
        with right:
            letters.letter(line, items, view)


def _invoices(items: pl.DataFrame, view: View, customer: str) -> None:
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
        arrangement_form.panel(view.whole_customer(), picked["invoice_id"], customer)


def waits(day_list: Worklist, view: View) -> None:
    """Draw the invoices that wait, per reason."""
    if day_list.waits.is_empty():
        return
    with blocks.card("waiting"):
        blocks.heading(worklist_text.waits(), key="waiting")
        tables.facts(worklist_text.wait_facts(day_list.waits, view.display_currency), key="waiting")
        if "agency" in day_list.waits["waits"]:
            with st.container(key="link-agencies"):
                st.page_link(
                    "pages/disputes.py", label=_("What agencies recover"), icon=":material/arrow_forward:",
                    icon_position="right", query_params=filters.link(part="agencies"),
                )  # fmt: skip
