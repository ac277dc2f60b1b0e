"""The form that mutes signals of a customer for a while."""

from datetime import timedelta

import polars as pl
import streamlit as st

from pages.parts.context import choices
from pages.parts.context.view import View
from pages.parts.widgets import edit_session
from reports.answers.shared import warning_rules
from reports.answers.warnings import mute_form
from reports.language import _, _p

_NAME = "mute"
_LONGEST = 200
_DAYS = 30


def show_notice() -> None:
    """Show once what was muted."""
    edit_session.show_result(_NAME)


def form(signals: pl.DataFrame, view: View) -> None:
    """Draw the form.

    Args:
        signals: of one customer.
        view: its as-of day is the first day of the mute.
    """
    if not edit_session.is_open(view):
        return
    known, customer = edit_session.latest_batch_at(), signals["customer_id"][0]
    edit = edit_session.start(_NAME, (customer, signals["rule"].to_list()), known)
    with st.form(f"{edit.key}-form"), st.container(horizontal=True, vertical_alignment="bottom"):
        rule = choices.selectbox(
            _p("field", "Which warning"),
            ["", *signals["rule"]],
            words=lambda rule: warning_rules.rule_name(rule) if rule else _("Every signal of this customer"),
            key=f"{edit.key}-rule",
            width=240,
        )
        until = st.date_input(
            _("Do not warn until and including"), view.as_of + timedelta(days=_DAYS), key=f"{edit.key}-until",
            format="DD-MM-YYYY", width=150,
        )  # fmt: skip
        reason = st.text_input(_p("field", "Reason"), key=f"{edit.key}-reason", max_chars=_LONGEST, width=260)
        is_saved = st.form_submit_button(
            _p("button", "Do not warn"), icon=":material/notifications_off:", key=f"{edit.key}-save"
        )
    if is_saved:
        changes = mute_form.mute(customer, rule or None, view.as_of, until, reason)
        edit_session.save(
            _NAME, edit, "mutes", changes, lambda: _("No warning until the day after the one you chose.")
        )
