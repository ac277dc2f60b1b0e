"""Bank statements with their check, and the accounts of customers that were learned."""

import polars as pl
import streamlit as st

from pages.parts.bank import decision_list
from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session
from reports.answers.bank import statement_text
from reports.answers.bank import statements as answers
from reports.language import _, _p

_PHONE = ("account", "to_date", "trouble")
_PHONE_LEARNED = ("counterparty_account", "customer_name")


def statements(view: View) -> None:
    """Draw the statements up to the day, the largest trouble first."""
    known = books.ask("bank_statements", view)
    known = known.filter((pl.col("to_date") <= view.as_of) | pl.col("to_date").is_null())
    if view.currency:
        known = known.filter(currency=view.currency)
    rows = answers.with_gaps(known, books.ask("statement_gaps", view))
    shown = answers.in_words(rows)
    blocks.table(
        statement_text.statements(rows, answers.troubled(rows)), shown, view, key="statements",
        name="bank-statements", columns=answers.statement_columns(shown), phone=_PHONE, empty="", headings={
            "credits": _p("bank column", "Came in"), "debits": _p("bank column", "Went out"),
        },
    )  # fmt: skip


def learned(view: View) -> None:
    """Draw whose account numbers were learned and from what; a picked one can be forgotten."""
    standing = books.ask("cash_decisions", view)
    rows = answers.learned_accounts(standing)
    if rows.is_empty():
        return
    picked = blocks.table(
        statement_text.learned(rows), rows, view, key="learned", columns=statement_text.LEARNED,
        phone=_PHONE_LEARNED, select=True,
    )  # fmt: skip
    if picked is None:
        return
    blocks.table(
        statement_text.taught_by(picked), answers.teaching_rows(standing, picked), view, key="learned-rows",
        columns=statement_text.TEACHING, phone=statement_text.TEACHING[:3],
    )  # fmt: skip
    if not edit_session.is_open(view):
        return
    st.button(
        _p("button", "Forget"), icon=":material/delete:", key="learned-forget", on_click=_forget,
        args=(picked, standing), help=_("The decisions it was learned from are withdrawn once you publish."),
    )  # fmt: skip


def _forget(picked: dict[str, object], standing: pl.DataFrame) -> None:
    """Put the withdrawal of every decision that taught an account on the list."""
    seen = edit_session.latest_batch_at()
    for entry in answers.teaching_entries(standing, picked).iter_rows(named=True):
        decision_list.add(entry, "take_back", (), seen)
