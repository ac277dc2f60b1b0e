"""Scenarios kept under a name: saved, opened by a link, compared side by side, thrown away."""

import streamlit as st

from data.errors import ChangedMeanwhileError, KasstroomError, ScenarioError
from data.store.snapshot import default_folder
from pages.parts.context import address_bar, background_runs, books, browser, filters
from pages.parts.context.view import View
from pages.parts.shell import page
from pages.parts.whatif import cost_of_money, levers
from pages.parts.whatif.levers import Panel
from pages.parts.widgets import blocks, edit_session, escape, exports, tables
from reports import figures
from reports.answers.shared import forms
from reports.answers.whatif import lever_form, result_text, saved_scenarios
from reports.answers.whatif.scenario_file import parse, to_toml
from reports.answers.whatif.whatif import Ground, WhatIf
from reports.language import _, _p
from reports.sentences import in_words

_FOUR = 4
_SAID = "scenarios"
_BETWEEN = "\n"  # no name of a scenario holds a line's end
_COLUMNS = (
    "scenario",
    "lowest",
    "lowest_week",
    "probability_below_minimum",
    "closing",
    "closing_change",
    "dso_countback",
    "dpo",
    "cash_conversion_cycle",
    "interest_saved",
    "discount_given",
)


def buttons(panel: Panel, view: View) -> None:
    """Draw the name, Save, and the way back to the base."""
    is_open = edit_session.is_open(view)
    st.session_state.setdefault("whatif-name", panel.kept.opened or "")
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
            _("Back to base"), icon=":material/undo:", key="whatif-base", on_click=levers.start_over,
            type="tertiary",
        )  # fmt: skip
    with place.container():
        edit_session.said(_SAID)
        if pressed:
            _save(panel, name or "", view)


def _save(panel: Panel, typed: str, view: View) -> None:
    kept, name = panel.kept, forms.text(typed)
    if not name:
        st.error(_("Give the scenario a name."), icon=":material/block:")
        return
    if name != kept.opened and name in books.ask("scenarios", view)["name"].to_list():
        sentence = _("A scenario of this name is saved already: open that one, or choose another name.")
        st.error(sentence, icon=":material/block:")
        return
    scenario, refusals = lever_form.scenario_of(kept.draft, name)
    if scenario is None:
        st.error(escape.plain(refusals[0].sentence), icon=":material/block:")
        return
    if _write(name, to_toml(scenario), kept.seen if name == kept.opened else None):
        kept.opened, kept.was, kept.seen = name, scenario, edit_session.seen()
        st.session_state[f"said-{_SAID}"] = _("Saved as “{name}”; this page's address opens it.", name=name)
        st.session_state["whatif-written"] = (name, None)
        address_bar.keep(scenario=name, draft=None)
        address_bar.write_and_rerun()


def _write(name: str, toml: str | None, seen: object) -> bool:
    try:
        forms.save(default_folder(), {"scenarios": saved_scenarios.row(name, toml)}, seen)  # type: ignore[arg-type]
    except KasstroomError as error:
        said = in_words(str(error))
        if isinstance(error, ChangedMeanwhileError):
            said = _(
                "Somebody else changed this scenario meanwhile: open it again, or save under another name."
            )
        st.error(escape.sentence(said), icon=":material/block:")
        return False
    return True


def listed(panel: Panel, view: View, on: Ground) -> None:
    """Draw the saved scenarios, each with its lowest balance, the way to it and how to throw it away."""
    rows = books.ask("scenarios", view)
    if rows.is_empty():
        return
    seen = edit_session.seen()
    with st.container(border=True, key="card-scenarios", gap="xsmall"):
        blocks.heading(_("Saved scenarios"), _("Lowest expected balance"), key="scenarios")
        for place, row in enumerate(rows.iter_rows(named=True)):
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
                key=f"row-scenario-{place}", gap="small",
            ):  # fmt: skip
                name = escape.plain(row["name"])
                st.page_link(
                    "pages/what_if.py",
                    label=name,
                    icon=":material/check:" if row["name"] == panel.kept.opened else None,
                    query_params=filters.link(scenario=row["name"], draft=None),
                )
                st.markdown(_lowest(row["toml"], view, on), width="content")
                if view.known_on is None:
                    _delete(row["name"], place, panel, seen)


def _lowest(toml: str, view: View, on: Ground) -> str:
    try:
        found = background_runs.whatif(view, parse(toml), on)
    except KasstroomError:
        return _("no result")
    return result_text.lowest_said(found)


def _delete(name: str, place: int, panel: Panel, seen: object) -> None:
    with st.popover("", icon=":material/delete:", help=_("Throw away"), type="tertiary", key=f"drop-{place}"):
        st.write(_("Throw “{name}” away?", name=escape.plain(name)))
        if st.button(_("Throw away"), key=f"drop-{place}-yes", icon=":material/delete:") and _write(
            name, None, seen
        ):
            if panel.kept.opened == name:
                panel.kept.opened, panel.kept.was = None, None
                address_bar.keep(scenario=None)
                st.session_state["whatif-written"] = (None, address_bar.get("draft"))
            st.session_state[f"said-{_SAID}"] = _("“{name}” is thrown away.", name=name)
            address_bar.write_and_rerun()


def side_by_side(view: View, on: Ground) -> None:
    """Draw up to four saved scenarios beside the base."""
    saved = dict(books.ask("scenarios", view).select("name", "toml").iter_rows())
    if not saved:
        page.nothing_here(
            _("No scenario is saved yet."), link="what_if", label=_("Set the levers of one"), part=None
        )
        return
    chosen = _chosen(list(saved))
    found: dict[str, WhatIf] = {}
    for name in chosen:
        try:
            found[name] = background_runs.whatif(view, parse(saved[name]), on)
        except ScenarioError as error:
            st.warning(f"{escape.plain(name)}: {escape.plain(str(error))}")
    with st.expander(_("Money and stock")):
        said = cost_of_money.boxes()
    base, whole = on.basis.forecast, background_runs.whole_company(view)
    rows = result_text.beside(base, found, cost_of_money.money(view, said), on.bills)
    finding, method = result_text.beside_found(rows, base.currency), result_text.beside_method()
    blocks.heading(escape.plain(finding), method, key="beside")
    lines = {_("Base case"): base.weeks, **{name: one.after.weeks for name, one in found.items()}}
    blocks.figure(
        figures.side_by_side(
            base.as_of, base.opening_balance, lines, theme=browser.theme(), currency=base.currency,
            compact=browser.is_phone(),
        ),
        name="scenarios", finding=finding, view=whole, key="beside", rows=rows, method=method,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-beside"):
        blocks.heading(_("Side by side"), result_text.beside_rows_method(base), key="beside-rows")
        exports.downloads("scenarios", whole, rows, title=finding, method=method, key="beside")
    tables.show(
        rows,
        whole,
        key="beside",
        columns=[name for name in _COLUMNS if rows[name].null_count() < rows.height],
        phone=("scenario", "lowest", "closing_change"),
        headings=result_text.beside_headings(),
        alt=finding,
    )


def _chosen(names: list[str]) -> list[str]:
    """Draw which scenarios are compared; kept in the address."""
    key, asked = "whatif-beside", filters.parameter("beside")
    if key not in st.session_state or asked != st.session_state.get("written-beside"):
        wanted = asked.split(_BETWEEN) if asked else names[:_FOUR]
        st.session_state[key] = [name for name in wanted if name in names][:_FOUR]
        if asked and any(name not in names for name in wanted):
            filters.not_there("beside")
    st.session_state[key] = [name for name in st.session_state[key] if name in names]
    chosen = st.multiselect(_("Scenarios to compare, at most four"), names, key=key, max_selections=_FOUR)
    text = None if chosen == names[:_FOUR] else _BETWEEN.join(chosen) or None
    filters.remember(beside=text)
    st.session_state["written-beside"] = text
    return chosen
