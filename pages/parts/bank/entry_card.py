"""One entry of the bank: what the bank says of it, what it is proposed for and why, and what to decide."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.bank import decision_list, split_form
from pages.parts.context import books, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape, tables
from reports import language
from reports.answers.bank import decisions, entries, quality
from reports.answers.bank import text as bank_text
from reports.answers.bank.decisions import Choice, DecidedPart
from reports.answers.shared.finding import Finding
from reports.language import _

_ICONS = {
    "accept": ":material/check:", "right": ":material/check:", "other": ":material/call_split:",
    "on_account": ":material/savings:", "not_ours": ":material/block:", "not_right": ":material/report:",
    "take_back": ":material/undo:",
}  # fmt: skip
# Keys as on the worklist: a letter that no other button of the page has.
_SHORTCUTS = {"accept": "A", "right": "G", "not_right": "N", "other": "O", "on_account": "S", "not_ours": "X"}


def entry_card(part: str, entry: dict[str, Any], rows: pl.DataFrame, view: View) -> None:
    """Draw an entry.

    Args:
        part: of the screen it is listed in: proposed, unmatched, applied or sample.
        entry: row of `entries.entries`.
        rows: of `cash_application`.
        view: day and filters.
    """
    key = (entry["account"], entry["entry_id"])
    lines = entries.lines(rows, key)
    beside = entries.lines(books.ask("cash_settlements", view), key)
    seen = edit_session.latest_batch_at()
    standing = books.ask("cash_decisions", view)
    if key in quality.sample(rows, standing, view.as_of):
        entry = {**entry, "drawn_on": view.as_of}
    is_checked = standing.filter(account=key[0], entry_id=key[1], decision="checked").height > 0
    with st.container(border=True, key="card-entry"):
        method = _("Booked on {day} on account {account}.",
            day=language.in_sentence(entry["entry_date"]), account=entry["account"])  # fmt: skip
        blocks.heading(Finding(bank_text.entry_title(entry), method), key="entry")
        if edit_session.is_open(view):
            accepted = decisions.accepted(lines, beside)
            _buttons(part, entry, lines, accepted, seen, is_checked=is_checked)
            if entry["amount"] > 0 and split_form.is_open(key):
                split_form.split_form(entry, view, seen)
        _lines(entry, lines, beside, rows, view)
        texts = books.ask("bank_entry", view, account=entry["account"], entry=entry["entry_id"])
        facts = bank_text.entry_facts(texts.row(0, named=True)) if texts.height else []
        if facts:
            tables.facts(facts, key="entry")
        if entry["customer_id"]:
            _customer_link(entry["customer_id"])


def _buttons(
    part: str,
    entry: dict[str, Any],
    lines: list[dict[str, Any]],
    accepted: tuple[DecidedPart, ...],
    seen: datetime | None,
    *,
    is_checked: bool,
) -> None:
    """Draw a button per decision that can be taken on the entry."""
    is_applied = part in {"applied", "sample"}
    with st.container(horizontal=True, gap="small", key="entry-buttons"):
        if is_applied:
            if is_checked or any(line["status"] in {"confirmed", "rejected"} for line in lines):
                _button("take_back", entry, (), seen)
            elif right := decisions.right(lines):
                _button("right", entry, right, seen, is_first=True)
            if wrong := decisions.not_right(lines):
                _button("not_right", entry, wrong, seen)
        elif part == "proposed":
            _button("accept", entry, accepted, seen, is_first=True)
        if entry["amount"] > 0:
            _opening_button(entry)
            if entry["customer_id"] and not is_applied:
                parts = decisions.on_account(entry["customer_id"], entry["amount"])
                _button("on_account", entry, parts, seen)
            if not any(line["status"] == "rejected" and line["invoice_id"] is None for line in lines):
                _button("not_ours", entry, decisions.not_ours(entry["amount"]), seen)


def _button(
    choice: Choice,
    entry: dict[str, Any],
    parts: tuple[DecidedPart, ...],
    seen: datetime | None,
    *,
    is_first: bool = False,
) -> None:
    st.button(
        bank_text.button(choice), icon=_ICONS[choice], key=f"entry-{choice}", shortcut=_SHORTCUTS.get(choice),
        type="primary" if is_first else "secondary", disabled=choice == "accept" and not parts,
        on_click=decision_list.add, args=(entry, choice, parts, seen),
    )  # fmt: skip


def _opening_button(entry: dict[str, Any]) -> None:
    st.button(
        bank_text.button("other"), icon=_ICONS["other"], key="entry-other", shortcut=_SHORTCUTS["other"],
        on_click=split_form.toggle, args=((entry["account"], entry["entry_id"]),),
    )  # fmt: skip


def _lines(
    entry: dict[str, Any],
    lines: list[dict[str, Any]],
    beside: list[dict[str, Any]],
    rows: pl.DataFrame,
    view: View,
) -> None:
    """Draw where the money of the entry goes, and why, with what is open beside it."""
    names = entries.names(rows)
    for place, line in enumerate(lines):
        is_objection = line["status"] == "rejected" and line["invoice_id"]
        with st.container(key=f"row-line-{place}", gap=None):
            if not is_objection:
                amount = None if line["invoice_id"] is None else _open_amount(line, entry["currency"], view)
                st.markdown(escape.bold(bank_text.line_words(line, names, amount, beside)))
            sure = bank_text.score_words(line["score"]) if line["status"] == "proposed" else ""
            st.caption(escape.plain(". ".join(part for part in (sure, bank_text.reason(line)) if part)))


def _open_amount(line: dict[str, Any], currency: str, view: View) -> Decimal | None:
    """Return what is open of the document of a line, in its own currency; None where it is not known."""
    documents = split_form.open_documents(line["customer_id"], currency, view) if line["customer_id"] else {}
    return documents.get(line["invoice_id"], split_form.NOTHING)


def _customer_link(customer_id: str) -> None:
    """Draw the button that opens the customer's page; Enter presses it."""
    if st.button(
        _("Open this customer"), icon=":material/arrow_forward:", icon_position="right", type="tertiary",
        key="line-enter", shortcut="Enter",
    ):  # fmt: skip
        st.switch_page("pages/customer.py", query_params=filters.link(customer=customer_id))
