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
    known = edit_session.latest_batch_at()
    shown = rules.shown(books.ask("settings", view), books.ask("step_days", view))
    with blocks.card(_FORM):
        blocks.heading(
            _("Steps, sender and company"),
            _("When each step is up to, counted from the due date, and what stands under the letters."),
            key=_FORM,
        )
        edit_session.show_result(_FORM)
        if not edit_session.is_open(view):
            return
        edit = edit_session.start(_FORM, shown, known)
        with st.form(f"{edit.key}-form", border=False):
            after = {}
            for names in (tuple(rules.STEPS), COMPANY):
                for place, cell in zip(names, _cells(len(names)), strict=True):
                    with cell:
                        after[place] = st.text_input(
                            rules.name(place), edit.before[place], key=f"{edit.key}-{place}",
                            help=rules.link_help() if place == "payment_link" else None,
                        )  # fmt: skip
            for place, cell in zip(rules.CHOICES, _cells(len(rules.CHOICES)), strict=True):
                options = rules.CHOICES[place]
                after[place] = cell.selectbox(
                    rules.name(place), options, options.index(edit.before[place]),
                    format_func=rules.choice_name, key=f"{edit.key}-{place}",
                )  # fmt: skip
            is_saved = st.form_submit_button(
                _p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save"
            )
        if is_saved:
            changes = rules.changes(edit.before, after)
            edit_session.save(_FORM, edit, "settings", changes, lambda: rules.saved(changes))


def _cells(count: int) -> list[Any]:
    """Return a cell per box: three in a row, one on a phone."""
    if browser.is_phone():
        return [st.container() for _place in range(count)]
    cells: list[Any] = []
    while len(cells) < count:
        cells += st.columns(3)
    return cells[:count]
