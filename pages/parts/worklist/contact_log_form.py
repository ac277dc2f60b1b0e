"""The form that notes what was done about a line of the worklist: sent, called, answered, a note."""

from typing import Any

import polars as pl
import streamlit as st

from data import clock
from pages.parts import entry
from pages.parts.view import View
from reports.answers import muting
from reports.language import _

_NAME = "logged"
_LONGEST = 1000


def said() -> None:
    """Say once what the last form saved."""
    entry.said(_NAME)


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
    if not entry.is_open(view) or items.is_empty():
        return
    known = entry.seen()
    held = entry.begin(_NAME, (line["customer_id"], line["step"], items["invoice_id"].to_list()), known)
    kind = st.segmented_control(
        _("Note what you did"), muting.LOGGED, format_func=muting.logged_name, key=f"{_NAME}-kind", wrap=True
    )
    if kind is None:
        return
    with st.form(f"{held.key}-{kind}"), st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            _("Day"), view.as_of, key=f"{held.key}-day", format="DD-MM-YYYY", width=150, required=True,
            max_value=max(view.as_of, clock.today()),
        )  # fmt: skip
        channel, words = "phone", None
        if kind == "note":
            words = st.text_area(_("Note"), key=f"{held.key}-words", max_chars=_LONGEST)
        elif kind != "call":
            options = muting.CHANNELS if kind == "reply" else muting.CHANNELS[:2]
            channel = st.selectbox(
                _("How"), options, format_func=muting.channel_name, key=f"{held.key}-channel", width=130
            )
        is_saved = st.form_submit_button(_("Save"), icon=":material/save:", key=f"{held.key}-save")
    if is_saved:
        changes = muting.log(kind, items, day, channel, words)
        what = muting.logged_name(kind)
        entry.save(
            _NAME, held, muting.FILES[kind], changes,
            # The next customer stands there by then.
            lambda: _("Noted with {customer}: {what}.", customer=line["customer_name"], what=what.lower()),
        )  # fmt: skip
