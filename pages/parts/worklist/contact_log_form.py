"""The form that logs a contact about a line of the worklist: letter, call, reply or note."""

from typing import Any

import polars as pl
import streamlit as st

from data import clock
from pages.parts.context.view import View
from pages.parts.widgets import edit_session
from reports.answers.worklist import contact_log_form
from reports.language import _, _p

_NAME = "logged"
_LONGEST = 1000


def show_notice() -> None:
    """Show once what the last form saved."""
    edit_session.show_result(_NAME)


def save_count() -> int:
    """Return how often something was saved; a table with the count in its key forgets the picked row."""
    return int(st.session_state.get(f"saves-{_NAME}", 0))


def form(items: pl.DataFrame, line: dict[str, Any], view: View) -> None:
    """Draw the form.

    Args:
        items: the invoices of the contact, of `worklist.contact_items`.
        line: of the worklist.
        view: its as-of day is the date of the entry unless another is chosen.
    """
    if not edit_session.is_open(view) or items.is_empty():
        return
    known = edit_session.latest_batch_at()
    edit = edit_session.start(
        _NAME, (line["customer_id"], line["step"], items["invoice_id"].to_list()), known
    )
    kind = st.segmented_control(
        _("Note what you did"),
        contact_log_form.KINDS,
        format_func=contact_log_form.kind_name,
        key=f"{_NAME}-kind",
        wrap=True,
    )
    if kind is None:
        return
    with st.form(f"{edit.key}-{kind}"), st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            _p("field", "Day"), view.as_of, key=f"{edit.key}-day", format="DD-MM-YYYY", width=150,
            required=True, max_value=max(view.as_of, clock.today()),
        )  # fmt: skip
        channel, words = "phone", None
        if kind == "note":
            words = st.text_area(_p("field", "Note"), key=f"{edit.key}-words", max_chars=_LONGEST)
        elif kind != "call":
            options = contact_log_form.CHANNELS if kind == "reply" else contact_log_form.CHANNELS[:2]
            channel = st.selectbox(
                _p("field", "How"),
                options,
                format_func=contact_log_form.channel_name,
                key=f"{edit.key}-channel",
                width=130,
            )
        is_saved = st.form_submit_button(_p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save")
    if is_saved:
        changes = contact_log_form.log(kind, items, day, channel, words)
        entry = contact_log_form.kind_name(kind)
        edit_session.save(
            _NAME, edit, contact_log_form.FILES[kind], changes,
            # The page shows the next customer by then, so the notice names this one.
            lambda: _("Noted with {customer}: {what}.", customer=line["customer_name"], what=entry.lower()),
        )  # fmt: skip
