"""Blocks of the Disputes screen: money that waits per reason, the disputes, faults of invoices."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.parts.context import account_managers, books, browser, filters, url_choices
from pages.parts.context.view import View
from pages.parts.customer import customer
from pages.parts.shell import page
from pages.parts.widgets import blocks, escape, exports, tables
from reports import figures
from reports.answers.disputes import dispute_rows, invoice_faults
from reports.answers.disputes import disputes as disputes_answers
from reports.answers.disputes import text as disputes_text
from reports.answers.disputes.invoice_faults import FAULTS, Fault
from reports.answers.shared.finding import Finding
from reports.language import _, _p

_ROWS = 12
_NO_REASON = "(none)"  # in the address
_LISTED = ("open", "year")
_PHONE = ("reason_said", "blocked_amount", "median_days")
_PHONE_BLOCKED = ("customer_name", "open_amount", "days_open")
_PHONE_DISPUTES = ("customer_name", "amount", "days_open")
_PHONE_FAULT = ("customer_name", "amount", "days_late")
_PHONE_CUSTOMERS = ("customer_name", "added_days", "weight_share")


def disputes(view: View) -> None:
    """Draw the money that disputes block, over time and per reason, down to the invoices."""
    with st.container(horizontal=True, key="narrow"):
        rows, blocked = account_managers.filter_rows(books.ask("disputes", view), books.ask("blocked", view))
        is_filtered = rows.height < books.ask("disputes", view).height
        if rows.is_empty() and not is_filtered:
            page.nothing_here(
                _("No dispute is recorded by this day: load disputes.csv, or note one at an invoice."),
                link="data", label=_("Load data"), part="upload",
            )  # fmt: skip
            return
        reason = _reason(rows)
    left, right = blocks.pair("disputes", 7, 3)
    with left, blocks.card("reasons"):
        _reasons(rows, blocked, view)
    with right, blocks.card("blocked"):
        _trend(view, is_filtered=is_filtered)
    if reason:
        code = None if reason == _NO_REASON else reason
        rows, blocked = disputes_answers.of_reason(rows, code), disputes_answers.of_reason(blocked, code)
    _dispute_list(rows, blocked, view)


def _reason(rows: pl.DataFrame) -> str:
    """Draw the choice of a reason, if there are several, and return its code; empty: all reasons."""
    reasons = sorted({(text or "").strip() for text in rows["reason"]})
    if len(reasons) < 2:  # noqa: PLR2004 - nothing to choose from
        return ""
    options = ["", *(text or _NO_REASON for text in reasons)]

    def name(code: str) -> str:
        return disputes_text.reason_name(None if code == _NO_REASON else code) if code else _("All reasons")

    return url_choices.select("reason", _p("field", "Reason"), options, name)


def _reasons(rows: pl.DataFrame, blocked: pl.DataFrame, view: View) -> None:
    reasons = disputes_answers.reasons(rows, blocked, view.as_of)
    finding = disputes_text.reasons(reasons, disputes_answers.median_duration(rows, view.as_of))
    with_range = disputes_text.with_range(reasons)
    blocks.table(
        finding, with_range, view, key="reasons", name="dispute-reasons",
        sheet=with_range.select(disputes_text.REASONS), columns=disputes_text.REASONS_SHOWN, phone=_PHONE,
    )  # fmt: skip


def _trend(view: View, *, is_filtered: bool) -> None:
    trend = books.ask("blocked_trend", view)
    figure = figures.blocked_trend(trend, theme=browser.theme(), currency=view.display_currency)
    head = st.container()
    if is_filtered:
        st.caption(_("Of all account managers."))
    blocks.chart(
        disputes_text.blocked_trend(trend, view.display_currency), figure, name="blocked", view=view,
        key="blocked-trend", rows=trend, head=head, opens=dispute_rows.of_trend(trend, books.source(view)),
    )  # fmt: skip


def _dispute_list(rows: pl.DataFrame, blocked: pl.DataFrame, view: View) -> None:
    """Draw the invoices in dispute, or all disputes of 12 months."""
    head = st.container(key="listed-head")
    with blocks.bar("listed"):
        listed = url_choices.pick(
            "listed", _("Which disputes"), _LISTED,
            lambda code: _("Waiting now") if code == "open" else _("All of 12 months"),
        )  # fmt: skip
        if listed == "open":
            finding = disputes_text.blocked(blocked, view.display_currency, view.as_of)
            table_rows, columns, phone = blocked, disputes_text.BLOCKED, _PHONE_BLOCKED
        else:
            table_rows = disputes_answers.recent_disputes(rows, view.as_of)
            finding = disputes_text.recent_disputes(table_rows)
            columns, phone = disputes_text.DISPUTES, _PHONE_DISPUTES
        table_rows = disputes_text.with_reason_names(table_rows)
        if table_rows.height:
            exports.downloads(
                f"disputes-{listed}",
                view,
                table_rows,
                title=finding.title,
                method=finding.method,
                key="listed",
            )
    with head:
        blocks.heading(finding, key="listed")
    _rows_with_customer(finding, table_rows, view, key=f"listed-{listed}", columns=columns, phone=phone)


def _rows_with_customer(
    finding: Finding,
    rows: pl.DataFrame,
    view: View,
    *,
    key: str,
    columns: Sequence[str],
    phone: Sequence[str],
) -> None:
    """Draw rows of which one can be picked, and the picked row's customer under them."""
    if rows.is_empty():
        return
    picked = tables.show(
        rows, view, key=key, columns=columns, phone=phone, select=True, page_rows=_ROWS, alt=finding.title
    )
    if picked is not None:
        customer.panel(view, picked["customer_id"])


def invoice_quality(view: View) -> None:
    """Draw the faults of invoices with the days each adds, down to the invoices."""
    [rows] = account_managers.filter_rows(books.ask("invoice_quality", view))
    faults = invoice_faults.faults(rows)
    names = [disputes_text.fault_name(fault.code) for fault in faults]
    table = invoice_faults.table(faults)
    left, right = blocks.pair("faults", 3, 2)
    with left, blocks.card("faults"):
        _faults(faults, names, table, view)
    with right, blocks.card("added"):
        figure = figures.added_days(table, names, theme=browser.theme())
        opens = dispute_rows.of_faults(faults, rows, view.as_of)
        blocks.chart(
            disputes_text.added_days(), figure, name="added-days", view=view, key="added", rows=table,
            opens=opens,
        )  # fmt: skip
    _fault(faults, rows, view)


def _faults(faults: list[Fault], names: list[str], table: pl.DataFrame, view: View) -> None:
    sheet = table.select(pl.Series("fault_name", names, dtype=pl.String), pl.exclude("fault"))
    finding = disputes_text.faults(faults, view.as_of)
    blocks.heading_with_export(finding, sheet, view, key="faults", name="invoice-faults")
    for place, (name, fault) in enumerate(zip(names, faults, strict=True)):
        with st.container(key=f"row-fault-{place}", gap="xxsmall"):
            st.markdown(f"**{name}**")
            sentences = disputes_text.fault_sentences(fault, view.display_currency)
            st.caption(escape.plain(" ".join(sentences)))
    with st.expander(_("How the days are compared")):
        st.caption(disputes_text.faults_explanation())


def _fault(faults: list[Fault], quality: pl.DataFrame, view: View) -> None:
    """Draw the choice of a fault, its invoices and the customers its added days are measured on."""
    head = st.container(key="fault-head")
    with blocks.bar("fault"):
        code = url_choices.pick("fault", _p("field", "Fault"), list(FAULTS), disputes_text.fault_name)
        fault = next(fault for fault in faults if fault.code == code)
        finding = disputes_text.fault_invoices(fault, view.display_currency)
        customers = invoice_faults.per_customer(fault, quality)
        if fault.rows.height:
            sheets = {_p("sheet", "Invoices"): fault.rows, _p("sheet", "Customers"): customers}
            exports.downloads(
                f"fault-{code}", view, sheets, title=finding.title, method=finding.method, key="fault"
            )
    with head:
        blocks.heading(finding, key="fault")
    _rows_with_customer(
        finding, fault.rows, view, key=f"fault-{code}", columns=disputes_text.FAULT_ROWS, phone=_PHONE_FAULT
    )
    if customers.height:
        title = disputes_text.fault_customers()
        with st.expander(title, expanded=filters.is_block_open("compared"), key="compared"):
            tables.show(
                customers, view, key=f"compared-{code}", columns=disputes_text.CUSTOMERS,
                phone=_PHONE_CUSTOMERS, alt=title,
            )  # fmt: skip
