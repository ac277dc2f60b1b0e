"""The form of the dunning settings: steps and their days, sender of the letters, size and VAT period."""

from typing import Any

import streamlit as st

from data.grains import COMPANY, FEES
from pages.parts.context import books, browser
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape
from reports.answers.worklist import dunning_settings_form as settings_form
from reports.language import _p

_FORM = "house-rules"
_BOXES = 3


def form(view: View) -> None:
    """Draw the steps, their days and the sender of the letters, to type over.

    Under the filter of an administration they are its own.
    """
    known = edit_session.latest_batch_at()
    values = settings_form.current_values(
        books.ask("settings", view),
        books.ask("step_days", view),
        view.entity,
        books.ask("dunning_groups", view)["dunning_group"],
    )
    with blocks.card(_FORM):
        blocks.heading(settings_form.heading(view.entity), key=_FORM)
        edit_session.show_result(_FORM)
        if not edit_session.is_open(view):
            return
        edit = edit_session.start(_FORM, {**values, "entity": view.entity or ""}, known)
        with st.form(f"{edit.key}-form", border=False):
            after = {}
            for names, per_row in (
                (tuple(settings_form.STEPS), _BOXES),
                (settings_form.ladders(values), 1),
                (FEES, _BOXES),
                (COMPANY, _BOXES),
            ):
                for setting, cell in zip(names, _cells(len(names), per_row), strict=True):
                    with cell:
                        after[setting] = st.text_input(
                            escape.plain(settings_form.setting_name(setting)), edit.before[setting],
                            key=f"{edit.key}-{setting}", help=_help(setting),
                        )  # fmt: skip
            choices = [setting for setting in settings_form.CHOICES if setting in values]
            for setting, cell in zip(choices, _cells(len(choices), _BOXES), strict=True):
                options = settings_form.CHOICES[setting]
                after[setting] = cell.selectbox(
                    settings_form.setting_name(setting), options, options.index(edit.before[setting]),
                    format_func=settings_form.choice_name, key=f"{edit.key}-{setting}",
                )  # fmt: skip
            is_saved = st.form_submit_button(
                _p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save"
            )
        if is_saved:
            changes = settings_form.changes(edit.before, after, view.entity)
            edit_session.save(_FORM, edit, "settings", changes, lambda: settings_form.save_notice(changes))


def _help(setting: str) -> str | None:
    if setting == "payment_link":
        return settings_form.link_help()
    if setting in FEES:
        return settings_form.fee_help()
    if settings_form.ladders([setting]):
        return escape.sentence(settings_form.steps_help())
    return None


def _cells(count: int, per_row: int) -> list[Any]:
    """Return a cell per box: so many in a row, one on a phone."""
    if browser.is_phone():
        return [st.container() for _place in range(count)]
    cells: list[Any] = []
    while len(cells) < count:
        cells += st.columns(per_row)
    return cells[:count]
