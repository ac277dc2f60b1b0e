"""Another invoice, several, or part on account: where the money of an entry goes, as somebody types it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.bank import decision_list
from pages.parts.context import address_bar, books, choices
from pages.parts.context.view import View
from pages.parts.widgets import edit_session, escape
from reports import language
from reports.answers.bank import decisions
from reports.answers.bank import text as bank_text
from reports.answers.bank.entries import EntryKey
from reports.answers.shared import forms
from reports.language import _, _p

NOTHING = Decimal(0)
_OPEN = "bank-split"
_MOST = 50  # customers that a search shows


def toggle(key: EntryKey) -> None:
    """Open the form for an entry, or close it."""
    st.session_state[_OPEN] = None if is_open(key) else key


def is_open(key: EntryKey) -> bool:
    """Tell whether the form is open for an entry."""
    return bool(st.session_state.get(_OPEN) == key)


def open_documents(customer_id: str, currency: str, view: View) -> dict[str, Decimal]:
    """Return document -> what is open of it, of a customer's invoices in one currency."""
    whole = view.whole_customer().in_currency(currency)
    rows = books.ask("open_items", whole, customer=customer_id)
    sums = rows.group_by("invoice_id", maintain_order=True).agg(pl.col("open_amount").sum())
    return dict(sums.iter_rows())


def split_form(entry: dict[str, Any], view: View, seen: datetime | None) -> None:
    """Draw the form, and put what was typed on the list of decisions.

    Args:
        entry: row of `entries.entries`, of money that came in.
        view: day and filters.
        seen: instant of the last batch in the books.
    """
    with st.container(border=True, key="split"):
        customer = _customer(entry, view)
        if customer is None:
            return
        documents = open_documents(customer, entry["currency"], view)
        invoices = {number: amount for number, amount in documents.items() if amount > 0}
        key = f"split-{entry['account']}-{entry['entry_id']}-{customer}"
        chosen = choices.multiselect(
            _p("field", "Invoices"), list(invoices), key=f"{key}-invoices",
            words=lambda number: f"{number} · {language.money(invoices[number], entry['currency'])}",
            placeholder=_("Choose open invoices") if invoices else _("Nothing of this customer is open"),
        )  # fmt: skip
        typed = _amounts(chosen, invoices, entry, key)
        _sum(typed, entry)
        rest = st.checkbox(_("What is left goes on account of this customer"), value=True, key=f"{key}-rest")
        parts, problems = decisions.split(typed, customer, entry["amount"], rest_on_account=rest)
        with st.container(horizontal=True):
            is_added = st.button(_p("button", "Add to the list"), icon=":material/add:", key="split-add")
            st.button(
                _p("button", "Cancel"), key="split-cancel", on_click=toggle,
                args=((entry["account"], entry["entry_id"]),),
            )  # fmt: skip
        if is_added and problems:
            edit_session.show_problems(problems)
        elif is_added:
            st.session_state[_OPEN] = None
            decision_list.add(entry, "other", parts, seen)
            address_bar.write_and_rerun()


def _customer(entry: dict[str, Any], view: View) -> str | None:
    """Draw the customer of the entry, or the search for another, and return the chosen one."""
    query = st.text_input(
        _("Search customer"), key="split-search", icon=":material/search:",
        placeholder=_("Name or number of another customer") if entry["customer_id"] else _("Name or number"),
    )  # fmt: skip
    known = decision_list.desk().names
    options: list[str] = []
    if query:
        found = books.ask("customers", view.whole_customer(), search=query, limit=_MOST)
        known |= dict(found.select("customer_id", "customer_name").iter_rows())
        options = found["customer_id"].to_list()
        if not options:
            st.caption(_("No customer matches."))
    elif entry["customer_id"]:
        options = [entry["customer_id"]]
    if not options:
        return None
    if entry["customer_id"] and entry["customer_id"] not in known:
        row = books.ask("customer", view.whole_customer(), customer=entry["customer_id"])
        known[entry["customer_id"]] = row["customer_name"][0] if row.height else entry["customer_id"]
    customer: str = choices.selectbox(
        _p("field", "Customer"), options, key="split-customer",
        words=lambda code: f"{known.get(code, code)} ({code})",
    )  # fmt: skip
    return customer


def _amounts(
    chosen: list[str], invoices: dict[str, Decimal], entry: dict[str, Any], key: str
) -> dict[str, str]:
    """Draw a box per chosen invoice, filled with what is open as far as the entry reaches."""
    left: Decimal = entry["amount"]
    typed: dict[str, str] = {}
    for number in chosen:
        usual = max(min(invoices[number], left), NOTHING)
        left -= usual
        typed[number] = st.text_input(
            escape.plain(_("Amount for {document}", document=number)), value=forms.amount_text(usual),
            key=f"{key}-amount-{number}",
        )  # fmt: skip
    return typed


def _sum(typed: dict[str, str], entry: dict[str, Any]) -> None:
    """Draw how much of the entry is divided."""
    together = NOTHING
    for words in typed.values():
        try:
            together += forms.amount(words) or NOTHING
        except forms.NotAnAmountError:
            return  # said once it is added
    st.caption(escape.plain(bank_text.split_sum(together, entry["amount"], entry["currency"])))
