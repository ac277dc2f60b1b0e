"""The form of the company's own rules of following up: days per step, and who writes the letters."""

from typing import Any

import streamlit as st

from data.grains import COMPANY
from pages.parts.context import books, browser
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session
from reports.answers.worklist import dunning_settings_form as rules
from reports.language import _, _p

_FORM = "house-rules"


def form(view: View) -> None:
    """Draw the days of each step and the sender of the letters, to type over."""
    known = edit_session.seen()
    shown = rules.shown(books.ask("settings", view), books.ask("step_days", view))
    with blocks.card(_FORM):
        blocks.heading(
            _("Steps, sender and company"),
            _("When each step is up to, counted from the due date, and what stands under the letters."),
            key=_FORM,
        )
        edit_session.said(_FORM)
        if not edit_session.is_open(view):
            return
        held = edit_session.begin(_FORM, shown, known)
        with st.form(f"{held.key}-form", border=False):
            after = {}
            for names in (tuple(rules.STEPS), COMPANY):
                for place, cell in zip(names, _cells(len(names)), strict=True):
                    with cell:
                        after[place] = st.text_input(
                            rules.name(place), held.shown[place], key=f"{held.key}-{place}",
                            help=rules.link_help() if place == "payment_link" else None,
                        )  # fmt: skip
            for place, cell in zip(rules.CHOICES, _cells(len(rules.CHOICES)), strict=True):
                options = rules.CHOICES[place]
                after[place] = cell.selectbox(
                    rules.name(place), options, options.index(held.shown[place]),
                    format_func=rules.choice_name, key=f"{held.key}-{place}",
                )  # fmt: skip
            is_saved = st.form_submit_button(
                _p("button", "Save"), icon=":material/save:", key=f"{held.key}-save"
            )
        if is_saved:
            changes = rules.changes(held.shown, after)
            edit_session.save(_FORM, held, "settings", changes, lambda: rules.saved(changes))


def _cells(count: int) -> list[Any]:
    """Return a cell per box: three in a row, one on a phone."""
    if browser.is_phone():
        return [st.container() for _place in range(count)]
    cells: list[Any] = []
    while len(cells) < count:
        cells += st.columns(3)
    return cells[:count]
