"""The form that notes what was done about a line of the worklist: sent, called, answered, a note."""

from typing import Any

import polars as pl
import streamlit as st

from data import clock
from pages.parts.context.view import View
from pages.parts.widgets import edit_session
from reports.answers.warnings import mute_form
from reports.language import _, _p

_NAME = "logged"
_LONGEST = 1000


def said() -> None:
    """Say once what the last form saved."""
    edit_session.show_result(_NAME)


def turn() -> int:
    """Return how often something was noted; the list then stands anew and no row is picked."""
    return int(st.session_state.get(f"saves-{_NAME}", 0))


def form(items: pl.DataFrame, line: dict[str, Any], view: View) -> None:
    """Draw the form.

    Args:
        items: of `covered`: what the contact is about.
        line: of the worklist.
        view: its day dates what is noted, unless another is chosen.
    """
    if not edit_session.is_open(view) or items.is_empty():
        return
    known = edit_session.latest_batch_at()
    edit = edit_session.start(
        _NAME, (line["customer_id"], line["step"], items["invoice_id"].to_list()), known
    )
    kind = st.segmented_control(
        _("Note what you did"),
        mute_form.LOGGED,
        format_func=mute_form.logged_name,
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
            options = mute_form.CHANNELS if kind == "reply" else mute_form.CHANNELS[:2]
            channel = st.selectbox(
                _p("field", "How"),
                options,
                format_func=mute_form.channel_name,
                key=f"{edit.key}-channel",
                width=130,
            )
        is_saved = st.form_submit_button(_p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save")
    if is_saved:
        changes = mute_form.log(kind, items, day, channel, words)
        what = mute_form.logged_name(kind)
        edit_session.save(
            _NAME, edit, mute_form.FILES[kind], changes,
            # The next customer stands there by then.
            lambda: _("Noted with {customer}: {what}.", customer=line["customer_name"], what=what.lower()),
        )  # fmt: skip
