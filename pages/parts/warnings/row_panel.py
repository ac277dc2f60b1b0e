"""What opens in a row of the list: the customer's reasons and invoices, noting a call, muting."""

from typing import Literal

import polars as pl
import streamlit as st

from pages.parts.context import address_bar, books, filters
from pages.parts.context.view import View
from pages.parts.warnings import call_form, mute_form
from pages.parts.widgets import escape, links, tables, text_tables
from reports.answers.warnings import text as warnings_text
from reports.answers.warnings.warnings import EarlyWarnings
from reports.language import _, _p

Panel = Literal["detail", "call", "mute"]
_OPEN = "warned-panel"
_INVOICES = (
    "invoice_id", "due_date", "days_overdue", "amount", "open_amount", "state",
)  # fmt: skip


def toggle(customer: str, panel: Panel) -> None:
    """Open a panel in a customer's row, or close it if it is open; the address follows."""
    if opened() == (customer, panel):
        st.session_state[_OPEN] = None
        address_bar.write_now(customer=None)
    else:
        st.session_state[_OPEN] = (customer, panel)
        if panel == "call":
            call_form.start_call(customer)
        address_bar.write_now(customer=customer)


def opened() -> tuple[str, Panel] | None:
    """Return the customer in the address and which of its panels is open."""
    customer = filters.parameter("customer")
    if customer is None:
        return None
    state: tuple[str, Panel] | None = st.session_state.get(_OPEN)
    return state if state is not None and state[0] == customer else (customer, "detail")


def actions(customer: str, at: int) -> None:
    """Draw what can be done about a customer, beside one another."""
    st.button(
        _p("button", "Call"), icon=":material/call:", key=f"warned-call-{at}-{customer}", type="tertiary",
        on_click=toggle, args=(customer, "call"),
    )  # fmt: skip
    st.page_link(
        "pages/worklist.py", label=_p("button", "Write"), icon=":material/mail:",
        query_params=filters.link(customer=customer),
    )  # fmt: skip
    st.button(
        _("Do not warn until …"), icon=":material/notifications_off:", key=f"warned-mute-{at}-{customer}",
        type="tertiary", on_click=toggle, args=(customer, "mute"),
    )  # fmt: skip


def panel(view_warnings: EarlyWarnings, customer: str, view: View) -> None:
    """Draw what is open in a customer's row."""
    state = opened()
    if state is None or state[0] != customer:
        return
    own = view_warnings.signals.filter(pl.col("is_shown"), customer_id=customer)
    with st.container(border=True, key="card-opened"):
        if state[1] == "call":
            call_form.call_form(customer, view)
        elif state[1] == "mute":
            mute_form.form(own, view)
        else:
            _detail(own, customer, view)


def is_unlisted(view_warnings: EarlyWarnings, rows: pl.DataFrame) -> bool:
    """Tell whether the customer in the address has signals but is not among the rows.

    One that was just called may have none left, and stays all the same.
    """
    customer = filters.parameter("customer")
    if customer is None or customer in rows["customer_id"]:
        return False
    state = st.session_state.get(_OPEN)
    if view_warnings.signals.filter(customer_id=customer).is_empty() and (not state or state[0] != customer):
        filters.report_missing("customer")
        return False
    return True


def unlisted(view_warnings: EarlyWarnings, view: View) -> None:
    """Draw the signals of a customer of the address that is not on the list."""
    customer = filters.parameter("customer") or ""
    own = view_warnings.signals.filter(customer_id=customer)
    state = opened()
    with st.container(border=True, key="card-opened"):
        names = books.ask("customer", view.whole_customer(), customer=customer)["customer_name"]
        st.markdown(escape.bold(next(iter(names), customer)))
        if state is not None and state[1] == "call":
            call_form.call_form(customer, view)
        elif own.height:
            st.caption(_("Not on the list: muted, filtered out, or its rules are not shown here."))
            _detail(own, customer, view)


def _detail(own: pl.DataFrame, customer: str, view: View) -> None:
    text_tables.table(
        warnings_text.signal_rows(own, view.reporting_currency),
        view,
        key="opened",
        columns=("rule_name", "why_said", "since_date", "amount", "muted_until")
        if own["muted_until"].drop_nulls().len()
        else ("rule_name", "why_said", "since_date", "amount"),
    )
    numbers = own.explode("invoices")["invoices"].drop_nulls().unique()
    items = books.ask("open_items", View(view.as_of, view.known_on), customer=customer)
    items = items.filter(pl.col("invoice_id").is_in(numbers.implode()))
    if items.height:
        tables.show(
            items, view, key="opened", columns=_INVOICES,
            phone=("invoice_id", "open_amount", "days_overdue"),
            alt=_("Invoices the signals are about"),
        )  # fmt: skip
    links.customer(customer)
