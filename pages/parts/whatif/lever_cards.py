"""The levers on screen: a card each with its boxes, the start date, the limits and a list to add from."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl
import streamlit as st

from data.errors import ScenarioError
from pages.parts.context import browser, choices
from pages.parts.whatif import draft
from pages.parts.whatif.draft import DraftState, Panel
from reports import language
from reports.answers.whatif import lever_form
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.lever_form import Typed
from reports.answers.whatif.levers import KINDS
from reports.answers.whatif.pass_through_estimate import pass_through_estimate, pass_through_text
from reports.language import _, _p

_DAYS = (date(1900, 1, 1), date(2199, 12, 31))
_PASS_THROUGH = "pass_through"  # noqa: S105 - a key of levers
_USUAL_PASS_THROUGH = 60.0  # percent, where no customers are chosen yet


def place() -> Any:
    """Return where the levers stand: a card, and on a phone a block that unfolds above the outcome."""
    if browser.is_phone():
        return st.expander(_p("title", "Levers"), icon=":material/tune:")
    return st.container(border=True, key="card-levers")


def draw(panel: Panel, ground: Ground, customers: pl.DataFrame) -> None:
    """Draw the start date, the cards, the list to add from, and the limits; keep what stands in them."""
    state, forecast = panel.state, ground.forecast
    draft.add_lever(state, lambda kind: _new_lever(kind, forecast.as_of, customers))
    start = _start(panel, forecast.as_of)
    names = dict(customers.select("customer_id", "customer_name").iter_rows())
    segments = sorted(name for name in customers["segment"].unique() if name)
    with st.container(key="levers"):  # so that the menu below keeps its place in the page
        for position, lever in enumerate(state.draft.levers):
            if state.removed is not None and state.removed[0] == position:
                _removed(state)
            with st.container(key=f"row-lever-{lever['id']}", gap="xsmall"):
                _card(panel, position, lever, names, segments)
                if any(key.name == _PASS_THROUGH for key in KINDS[lever["kind"]].keys):
                    _pass_through(panel, position, lever, ground, start)
                if KINDS[lever["kind"]].has_start:
                    _own_start(panel, position, lever)
        if state.removed is not None and state.removed[0] >= len(state.draft.levers):
            _removed(state)
    _add()
    with st.expander(
        _("Minimum and credit line"), expanded=bool(state.draft.minimum_cash or state.draft.credit_line)
    ):
        limits = {
            name: _limit(panel, name, label, usual)
            for name, label, usual in (
                ("minimum_cash", _("Minimum cash"), forecast.minimum),
                ("credit_line", _("Credit line"), forecast.credit_line),
            )
        }
    state.draft = lever_form.Draft(start, levers=state.draft.levers, **limits)
    panel.places[None, ""] = st.empty()


def _start(panel: Panel, as_of: date) -> date | None:
    key = "whatif-start"
    usual = as_of + timedelta(days=1)
    st.session_state.setdefault(key, panel.state.draft.start or usual)
    day = st.date_input(
        _("Start date"), key=key, min_value=_DAYS[0], max_value=_DAYS[1], format="DD-MM-YYYY",
        help=_("Invoices and payments before this day stay as they are."),
    )  # fmt: skip
    panel.places[None, "start"] = st.empty()
    return None if day == usual else day


def _limit(panel: Panel, name: str, label: str, usual: Any) -> str:
    key = f"whatif-{name}"
    st.session_state.setdefault(key, getattr(panel.state.draft, name))
    typed = st.text_input(label, key=key, placeholder=language.number(usual, 2))
    panel.places[None, name] = st.empty()
    return typed or ""


def _card(
    panel: Panel, position: int, lever: Typed, names: Mapping[str, str], segments: Sequence[str]
) -> None:
    kind, number = KINDS[lever["kind"]], lever["id"]
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"lever-head-{number}",
    ):
        st.markdown(f"**{kind.label()}**", help=kind.help())
        st.button(
            _p("button", "Remove"), icon=":material/close:", key=f"lever-{number}-remove", type="tertiary",
            on_click=draft.remove, args=(number,),
        )  # fmt: skip
    if kind.is_for_customers:
        _scope(panel, position, lever, names, segments)
    if kind.alternatives is not None:
        ways = kind.alternatives.labels
        _way(lever, kind.alternatives.question(), list(ways), lambda way: ways[way]())
    for key in lever_form.boxes(kind, lever.get("mode")):
        _box(lever, key)
        panel.places[position, key.name] = st.empty()
    panel.places[position, ""] = st.empty()


def _way(lever: Typed, label: str, options: list[str], words: Callable[[str], str]) -> None:
    key = f"lever-{lever['id']}-mode"
    st.session_state.setdefault(key, lever["mode"])
    lever["mode"] = st.segmented_control(
        label, options, key=key, format_func=words, required=True, wrap=True, label_visibility="collapsed"
    )


def _scope(
    panel: Panel, position: int, lever: Typed, names: Mapping[str, str], segments: Sequence[str]
) -> None:
    key = f"lever-{lever['id']}"
    # A segment the books do not have stays visible, with the sentence about it.
    unknown = [lever["segment"]] if lever["segment"] not in {None, *segments} else []
    options = [("all", ""), *(("segment", name) for name in (*segments, *unknown)), ("customers", "")]
    current = (lever["scope"], lever["segment"] or "" if lever["scope"] == "segment" else "")
    st.session_state.setdefault(f"{key}-scope", current if current in options else options[0])
    scope, segment = choices.selectbox(
        _("For whom"),
        options,
        key=f"{key}-scope",
        words=lambda option: option[1] or lever_form.scope_name(option[0]),
    )
    lever["scope"], lever["segment"] = scope, segment or None
    if scope == "customers":
        customers = [*names, *(code for code in lever["customers"] if code not in names)]
        st.session_state.setdefault(f"{key}-customers", lever["customers"])
        lever["customers"] = choices.multiselect(
            _p("field", "Customers"), customers, key=f"{key}-customers", label_visibility="collapsed",
            words=lambda code: names.get(code, code), placeholder=_("Choose customers"),
        )  # fmt: skip
    panel.places[position, scope] = st.empty()


def _box(lever: Typed, box: Key) -> None:
    key, label = f"lever-{lever['id']}-{box.name}", box.label() if box.label is not None else ""
    st.session_state.setdefault(key, lever.get(box.name))
    match box.kind:
        case "money":
            lever[box.name] = st.text_input(label, key=key)
        case "day":
            lever[box.name] = st.date_input(
                label, value=None, key=key, min_value=_DAYS[0], max_value=_DAYS[1], format="DD-MM-YYYY"
            )
        case "whole":
            lever[box.name] = st.number_input(label, value=None, step=1, key=key)
        case _:
            lever[box.name] = st.number_input(label, value=None, step=1.0, format="%.4g", key=key)


def _own_start(panel: Panel, position: int, lever: Typed) -> None:
    """Draw the first day of this lever, for one that starts later than the others."""
    key, day = f"lever-{lever['id']}-start", lever.get("start")
    label = _("Starts on {day}", day=language.day(day)) if day else _("Starts with the scenario")
    with st.popover(label, icon=":material/event:", type="tertiary", key=f"{key}-popover"):
        st.session_state.setdefault(key, day)
        lever["start"] = st.date_input(
            _("Start of this lever"), value=None, key=key, min_value=_DAYS[0], max_value=_DAYS[1],
            format="DD-MM-YYYY", help=_("Empty: on the start date of the scenario."),
        )  # fmt: skip
    panel.places[position, "start"] = st.empty()


def _pass_through(panel: Panel, position: int, lever: Typed, ground: Ground, start: date | None) -> None:
    """Draw how far customers follow the terms: as this ledger shows, until somebody moves the slider."""
    bounds = KINDS[lever["kind"]].key(_PASS_THROUGH)
    selection = Lever(
        lever["kind"],
        segment=lever["segment"] if lever["scope"] == "segment" else None,
        customers=tuple(lever["customers"]) if lever["scope"] == "customers" else (),
    )
    try:
        first = max(filter(None, (start, lever.get("start"))), default=None)
        effect = pass_through_estimate(ground, selection, first)
    except ScenarioError:  # the sentence stands where the customers are chosen
        effect = None
    key = f"lever-{lever['id']}-{_PASS_THROUGH}"
    given = lever.get(_PASS_THROUGH)
    estimate = effect.pass_through[0] * 100 if effect and effect.pass_through else _USUAL_PASS_THROUGH
    st.session_state[key] = round(estimate if given is None else given)

    def keep_position() -> None:
        if (shown := st.session_state.get(key)) is not None:
            lever[_PASS_THROUGH] = float(shown)

    def use_estimate() -> None:
        lever[_PASS_THROUGH] = None

    st.slider(
        _("Customers follow the terms for"), int(bounds.low * 100), int(bounds.high * 100), step=1, key=key,
        format="%d%%", on_change=keep_position,
        help=_("0%: a customer keeps its pay date, whatever its terms. 100%: it keeps its lateness."),
    )  # fmt: skip
    st.caption(_("0%: keeps its pay date · 100%: keeps its lateness"))
    st.caption(pass_through_text(effect))
    if given is not None:
        st.button(
            _("As estimated"), icon=":material/undo:", key=f"{key}-back", on_click=use_estimate,
            type="tertiary",
        )  # fmt: skip
    panel.places[position, _PASS_THROUGH] = st.empty()


def _removed(state: DraftState) -> None:
    """Draw where a lever stood that it was removed, with Undo out of the way of a second click."""
    if state.removed is None:
        return
    lever = state.removed[1]
    with st.container(horizontal=True, vertical_alignment="center", key="row-lever-removed", gap="xsmall"):
        st.button(
            _p("button", "Undo"), icon=":material/undo:", key=f"lever-{lever['id']}-back", type="tertiary",
            on_click=draft.restore, args=(lever["id"],),
        )  # fmt: skip
        st.caption(_("{lever} removed", lever=KINDS[lever["kind"]].label()), width="content")


def _add() -> None:
    turn = draft.lever_adds().added + 1
    key = f"add-lever-{turn}"
    st.menu_button(
        _("Add a lever"), list(KINDS), key=key, format_func=lambda kind: KINDS[kind].label(),
        icon=":material/add:", on_click=draft.choose, args=(turn, key), width="stretch",
    )  # fmt: skip


def _new_lever(kind: str, as_of: date, customers: pl.DataFrame) -> Typed:
    largest_first = customers.sort("open_amount", descending=True, nulls_last=True)["customer_id"]
    largest = largest_first[0] if len(largest_first) else None
    return lever_form.new_lever(KINDS[kind], as_of=as_of, largest=largest)
