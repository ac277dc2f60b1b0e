"""The form of one part of the settings: a box per setting, what it is for, and one button that saves."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.grains import LETTERS
from pages.parts.context import books, browser, choices, url_choices
from pages.parts.context.view import View
from pages.parts.widgets import blocks, edit_session, escape
from reports.answers.settings import fields, settings_form
from reports.answers.settings.fields import Setting
from reports.language import _p

_BOXES = 3
_LONGEST = 2000
_NO_GROUP = ""


def form(view: View, part: str) -> None:
    """Draw a part of the settings to type over; under the filter of an administration they are its own."""
    known = edit_session.latest_batch_at()
    values = dict(books.ask("settings", view).iter_rows())
    saved = dict(books.ask("setting_dates", view).iter_rows())
    name = f"settings-{part}"
    with blocks.card(name):
        blocks.heading(settings_form.heading(part, view.entity), key=name)
        edit_session.show_result(name)
        if not edit_session.is_open(view):
            return
        rows = fields.of_part(part, group=_group(view, part), step=_letter(part))
        settings = [setting for row in rows for setting in row]
        now = settings_form.current_values(settings, values, view.entity)
        edit = edit_session.start(name, {**now, "entity": view.entity or ""}, known)
        with st.form(f"{edit.key}-form", border=False):
            after: dict[str, str | None] = {}
            for row in rows:
                for setting, cell in zip(row, _cells(row), strict=True):
                    with cell, st.container(gap=None):
                        after[setting.key] = _box(setting, edit, values, view)
                        note = settings_form.caption(setting, values, saved, view.entity)
                        st.caption(escape.plain(note[:1].upper() + note[1:]))
            is_saved = st.form_submit_button(
                _p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save"
            )
        if is_saved:
            before = {key: value for key, value in edit.before.items() if key in after}
            changes = settings_form.changes(settings, before, after, values, view.entity)
            edit_session.save(
                name, edit, "settings", changes,
                lambda: settings_form.save_notice(changes, view.reporting_currency),
            )  # fmt: skip


def _group(view: View, part: str) -> str:
    """Draw the choice of a dunning group, if customers are in any, and return it; empty: all customers."""
    groups = settings_form.groups(books.ask("dunning_groups", view)) if part == "steps" else []
    if not groups:
        return _NO_GROUP
    return url_choices.select(
        "group", _p("field", "Group"), [_NO_GROUP, *groups],
        lambda group: group or settings_form.all_customers(),
    )  # fmt: skip


def _letter(part: str) -> str:
    """Draw the choice of a letter and return it."""
    if part != "letters":
        return LETTERS[0]
    return url_choices.select("letter", _p("field", "Letter"), LETTERS, fields.letter_name)


def _box(setting: Setting, edit: edit_session.EditSession, values: dict[str, str], view: View) -> str | None:
    name = escape.plain(fields.setting_name(setting.key))
    value: str = edit.before[setting.key]
    key, tip = f"{edit.key}-{setting.key}", escape.sentence(fields.help_text(setting)) or None
    if setting.kind == "choice":
        place = setting.choices.index(value)
        chosen: str = choices.selectbox(
            name, setting.choices, index=place, words=fields.choice_name, key=key, help=tip
        )
        return chosen
    usual = settings_form.fallback(setting, values, view.entity)
    if setting.key == "reporting_currency":
        usual = view.reporting_currency
    if setting.kind == "words":
        return st.text_area(name, value, key=key, max_chars=_LONGEST, placeholder=usual, height=140)
    if setting.kind == "amount":
        name = f"{name}, {view.reporting_currency}"
    return st.text_input(name, value, key=key, help=tip, placeholder=usual or None)


def _cells(row: Sequence[Setting]) -> list[Any]:
    """Return a cell per box: three in a row, fewer where texts are long, one on a phone."""
    if browser.is_phone():
        return [st.container() for _setting in row]
    per_row = {"steps": 1, "words": 2}.get(row[0].kind, _BOXES)
    cells: list[Any] = []
    while len(cells) < len(row):
        cells += st.columns(per_row)
    return cells[: len(row)]
