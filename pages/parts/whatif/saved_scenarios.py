"""Saved scenarios: the buttons that save and the list that opens and deletes them."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from data.errors import ChangedMeanwhileError, KasstroomError
from data.store.snapshot import default_folder
from pages.parts.context import address_bar, background_runs, books, browser, filters
from pages.parts.context.view import View
from pages.parts.whatif import draft
from pages.parts.whatif.draft import Panel
from pages.parts.widgets import blocks, edit_session, escape
from reports.answers.shared import forms
from reports.answers.shared.finding import Finding
from reports.answers.whatif import lever_form, outcome_text, saved_scenarios
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.scenario_file import parse, to_toml
from reports.language import _, _p
from reports.sentences import translate

_NOTICE = "scenarios"
_AMOUNT_WIDTH = 96


def buttons(panel: Panel, view: View) -> None:
    """Draw the name, the button that saves and the one that goes back to the base."""
    is_open = edit_session.is_open(view)
    st.session_state.setdefault("whatif-name", panel.state.opened or "")
    name = st.text_input(
        _p("field", "Name"), key="whatif-name", placeholder=_("Name of this scenario"), max_chars=100
    )
    place = st.empty()
    with st.container(horizontal=True, key="bar-scenario"):
        pressed = st.button(
            _("Save scenario"), icon=":material/save:", key="whatif-save",
            disabled=panel.scenario is None or not is_open,
        )  # fmt: skip
        st.button(
            _("Back to base"), icon=":material/undo:", key="whatif-base", on_click=draft.start_over,
            type="tertiary",
        )  # fmt: skip
    with place.container():
        edit_session.show_result(_NOTICE)
        if pressed:
            _save(panel, name or "", view)


def _save(panel: Panel, typed: str, view: View) -> None:
    state, name = panel.state, forms.text(typed)
    if not name:
        st.error(_("Give the scenario a name."), icon=":material/block:")
        return
    saved = dict(books.ask("scenarios", view).select("name", "toml").iter_rows())
    scenario, refusals = lever_form.scenario_of(state.draft, name)
    if scenario is None:
        st.error(escape.plain(refusals[0].sentence), icon=":material/block:")
        return
    # The very scenario is in the books where the second of two clicks broke off the run of the first.
    is_written = saved.get(name) == to_toml(scenario)
    if not is_written and name != state.opened and name in saved:
        sentence = _("A scenario of this name is saved already: open that one, or choose another name.")
        st.error(sentence, icon=":material/block:")
        return
    if is_written or _write(name, to_toml(scenario), state.seen if name == state.opened else None):
        state.opened, state.saved, state.seen = name, scenario, edit_session.latest_batch_at()
        st.session_state[f"said-{_NOTICE}"] = _("Saved as “{name}”; this page's address opens it.", name=name)
        address_bar.keep_marked("whatif-written", (name, None), scenario=name, draft=None)
        address_bar.write_and_rerun()


def _write(name: str, toml: str | None, seen: object) -> bool:
    try:
        forms.save(default_folder(), {"scenarios": saved_scenarios.scenario_row(name, toml)}, seen)  # type: ignore[arg-type]
    except KasstroomError as error:
        sentence = translate(error.message)
        if isinstance(error, ChangedMeanwhileError):
            sentence = _(
                "Somebody else changed this scenario meanwhile: open it again, or save under another name."
            )
        st.error(escape.sentence(sentence), icon=":material/block:")
        return False
    return True


def scenario_list(panel: Panel, view: View, ground: Ground) -> None:
    """Draw the saved scenarios, each with what it brings, a link to it and a button to delete it."""
    rows = books.ask("scenarios", view)
    if rows.is_empty():
        return
    seen = edit_session.latest_batch_at()
    weeks = ground.forecast.weeks.height
    method = _("Bank balance after {weeks} weeks, against the base", weeks=weeks)
    with st.container(border=True, key="card-scenarios", gap="xsmall"):
        blocks.heading(Finding(_("Saved scenarios"), method), key="scenarios")
        for place, row in enumerate(rows.iter_rows(named=True)):
            with st.container(key=f"row-scenario-{place}", horizontal=browser.is_phone()):
                name, amount, bin_ = _cells()
            with name:
                st.page_link(
                    "pages/what_if.py",
                    label=escape.plain(row["name"]),
                    icon=":material/check:" if row["name"] == panel.state.opened else None,
                    query_params=filters.link(scenario=row["name"], draft=None),
                )
            amount.markdown(escape.plain(_balance_change(row["toml"], view, ground)), text_alignment="right")
            if view.known_on is None:
                with bin_:
                    _delete(row["name"], place, panel, seen)


def _cells() -> Sequence[Place]:
    """Return the places of name, amount and bin; on a phone columns would stand below each other."""
    if browser.is_phone():
        return st.container(), st.container(width=_AMOUNT_WIDTH), st.container(width="content")
    return st.columns([7, 4, 2], gap="xxsmall", vertical_alignment="center")


def _balance_change(toml: str, view: View, ground: Ground) -> str:
    try:
        what_if = background_runs.whatif(view, parse(toml), ground)
    except KasstroomError:
        return _("no result")
    return outcome_text.balance_change(what_if)


def _delete(name: str, place: int, panel: Panel, seen: object) -> None:
    with st.popover(
        "", icon=":material/delete:", help=_p("button", "Remove"), type="tertiary", key=f"drop-{place}"
    ):
        st.write(_("Remove “{name}”?", name=escape.plain(name)))
        if st.button(_p("button", "Remove"), key=f"drop-{place}-yes", icon=":material/delete:") and _write(
            name, None, seen
        ):
            if panel.state.opened == name:
                panel.state.opened, panel.state.saved = None, None
                written = (None, address_bar.get("draft"))
                address_bar.keep_marked("whatif-written", written, scenario=None)
            st.session_state[f"said-{_NOTICE}"] = _("“{name}” is removed.", name=name)
            address_bar.write_and_rerun()
