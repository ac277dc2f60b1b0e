"""The levers of a what-if: a card each, kept while the visitor looks elsewhere, and in the address."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from data.errors import ScenarioError
from pages.parts.context import address_bar, books, browser, filters
from pages.parts.context.view import View
from pages.parts.widgets import edit_session, escape
from reports import language
from reports.answers.whatif import lever_form as fields
from reports.answers.whatif import result_text, whatif
from reports.answers.whatif.scenario_file import Lever, Scenario, parse, to_toml
from reports.language import _, _p

_DAYS = (date(1900, 1, 1), date(2199, 12, 31))
_LONGEST_ADDRESS = 1_500
_KEPT = "whatif"


@dataclass
class Kept:
    """What stands in the boxes, and where it came from.

    Attributes:
        draft: what stands in them; every lever carries an `id`.
        opened: name of the saved scenario it was opened from.
        seen: up to when the books were known then.
        spoken: language the amounts are typed in.
        was: what the opened scenario says.
    """

    draft: fields.Draft
    opened: str | None = None
    seen: Any = None
    spoken: str = "nl"
    was: Scenario | None = None


@dataclass
class Panel:
    """The boxes as drawn.

    Attributes:
        kept: what stands in them.
        scenario: what they make; None where something is refused.
        places: where a refusal is written, per lever (None: the scenario's own) and field.
    """

    kept: Kept
    scenario: Scenario | None = None
    places: dict[tuple[int | None, str], Place] = field(default_factory=dict)

    def refuse(self, refusal: fields.Refusal) -> None:
        """Say at its box what is wrong."""
        place = self.places.get((refusal.lever, refusal.field)) or self.places.get((refusal.lever, ""))
        (place or st.empty()).error(escape.plain(refusal.sentence), icon=":material/block:")


def begin(view: View, on: whatif.Ground) -> Panel:
    """Take the levers from the address where it was opened or changed by hand, else as they were left."""
    state = st.session_state
    asked = (filters.parameter("scenario"), filters.parameter("draft"))
    # The boxes are there, so the visitor was on this page: the browser went back to before any lever.
    is_back = not any(asked) and any(state.get("whatif-written") or ()) and "whatif-start" in state
    kept: Kept | None = None if is_back else state.get(_KEPT)
    if kept is None:
        kept = state[_KEPT] = _numbered(_first(on), Kept(fields.Draft(), spoken=language.current()))
        state.pop("whatif-written", None)
    if any(asked) and asked != state.get("whatif-written"):
        kept = state[_KEPT] = _opened(asked, view) or kept
    if kept.spoken != language.current():
        # Amounts are written with the other comma now.
        if (last := state.get("whatif-last")) is not None:
            kept.draft = _numbered(fields.typed_of(last), kept).draft
        kept.spoken = language.current()
    return Panel(kept)


def _first(on: whatif.Ground) -> fields.Draft:
    """Return the levers a visitor begins with: terms, not changed yet; none without a payment model."""
    if on.flows is None:
        return fields.Draft()
    terms = fields.fresh("terms", as_of=on.basis.forecast.as_of, largest=None)
    return fields.Draft(levers=({**terms, "mode": "change", "change": 0},))


def _opened(asked: tuple[str | None, str | None], view: View) -> Kept | None:
    name, text = asked
    seen = edit_session.seen()
    saved = dict(books.ask("scenarios", view).select("name", "toml").iter_rows())
    if name is not None and name not in saved:
        filters.not_there("scenario")
        name = None
    was = saved.get(name or "", "")
    try:
        before = parse(was) if was else None
        scenario = parse(text) if text else before
    except ScenarioError:
        filters.not_there("draft" if text else "scenario")
        return None
    if scenario is None:
        return None
    kept = Kept(fields.Draft(), opened=name, seen=seen, spoken=language.current(), was=before)
    st.session_state["whatif-name"] = name or ""
    return _numbered(fields.typed_of(scenario), kept)


def _numbered(draft: fields.Draft, kept: Kept) -> Kept:
    """Put levers in what is kept, each under a number of its own, so that its boxes start anew."""
    levers = tuple({**lever, "id": _next()} for lever in draft.levers)
    kept.draft = replace(draft, levers=levers)
    for name in ("start", "minimum_cash", "credit_line"):
        st.session_state.pop(f"whatif-{name}", None)
    return kept


def _next() -> int:
    number: int = st.session_state.get("whatif-next", 0) + 1
    st.session_state["whatif-next"] = number
    return number


def place() -> Any:
    """Return where the levers stand: a card, and on a phone a block that unfolds above the outcome."""
    if browser.is_phone():
        return st.expander(_p("title", "Levers"), icon=":material/tune:")
    return st.container(border=True, key="card-levers")


def draw(panel: Panel, on: whatif.Ground, customers: pl.DataFrame) -> None:
    """Draw the cards, what is added from, and the start date; then read what stands in them."""
    kept, as_of = panel.kept, on.basis.forecast.as_of
    _added(kept, as_of, customers)
    start = _start(panel, as_of)
    names = dict(customers.select("customer_id", "customer_name").iter_rows())
    segments = sorted(name for name in customers["segment"].unique() if name)
    for place, lever in enumerate(kept.draft.levers):
        with st.container(key=f"row-lever-{lever['id']}", gap="xsmall"):
            _card(panel, place, lever, names, segments)
            if lever["kind"] == "terms":
                _followed(panel, place, lever, on, start)
    _add()
    with st.expander(
        _("Minimum and credit line"), expanded=bool(kept.draft.minimum_cash or kept.draft.credit_line)
    ):
        limits = {
            name: _limit(panel, name, label, usual)
            for name, label, usual in (
                ("minimum_cash", _("Minimum cash"), on.basis.forecast.minimum),
                ("credit_line", _("Credit line"), on.basis.forecast.credit_line),
            )
        }
    kept.draft = fields.Draft(start, levers=kept.draft.levers, **limits)
    panel.places[None, ""] = st.empty()


def read(panel: Panel) -> None:
    """Make the scenario of what stands in the boxes, or say at each what is wrong; the address follows."""
    panel.scenario, refusals = fields.scenario_of(panel.kept.draft, panel.kept.opened or "-")
    for refusal in refusals:
        panel.refuse(refusal)
    if panel.scenario is not None:
        st.session_state["whatif-last"] = panel.scenario
    _remember(panel)


def is_changed(panel: Panel) -> bool:
    """Tell whether the levers are others than those of the scenario that was opened."""
    return panel.scenario is not None and panel.scenario != panel.kept.was


def _remember(panel: Panel) -> None:
    text = None
    if panel.scenario is not None and is_changed(panel) and not _is_first(panel.scenario):
        text = to_toml(panel.scenario)
    text = text if text is not None and len(text) <= _LONGEST_ADDRESS else None
    filters.remember(scenario=panel.kept.opened, draft=text)
    st.session_state["whatif-written"] = (panel.kept.opened, text)


def _is_first(scenario: Scenario) -> bool:
    return scenario in {Scenario(scenario.name), Scenario(scenario.name, levers=(Lever("terms", change=0),))}


def start_over() -> None:
    """Go back to the base: a callback."""
    for name in (_KEPT, "whatif-written", "whatif-last"):
        st.session_state.pop(name, None)
    st.session_state["whatif-name"] = ""
    address_bar.write_now(scenario=None, draft=None)


def _start(panel: Panel, as_of: date) -> date | None:
    key = "whatif-start"
    usual = as_of + timedelta(days=1)
    st.session_state.setdefault(key, panel.kept.draft.start or usual)
    chosen = st.date_input(
        _("Start date"), key=key, min_value=_DAYS[0], max_value=_DAYS[1], format="DD-MM-YYYY",
        help=_("Invoices and payments before this day stay as they are."),
    )  # fmt: skip
    panel.places[None, "start"] = st.empty()
    return None if chosen == usual else chosen


def _limit(panel: Panel, name: str, label: str, usual: Any) -> str:
    key = f"whatif-{name}"
    st.session_state.setdefault(key, getattr(panel.kept.draft, name))
    typed = st.text_input(label, key=key, placeholder=language.number(usual, 2))
    panel.places[None, name] = st.empty()
    return typed or ""


def _card(panel: Panel, place: int, lever: fields.Typed, names: dict[str, str], segments: list[str]) -> None:
    kind, number = lever["kind"], lever["id"]
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"lever-head-{number}",
    ):
        st.markdown(f"**{fields.kind_name(kind)}**", help=fields.kind_help(kind))
        st.button(
            _p("button", "Remove"), icon=":material/close:", key=f"lever-{number}-remove", type="tertiary",
            on_click=_remove, args=(number,),
        )  # fmt: skip
    if fields.has_scope(kind):
        _scope(panel, place, lever, names, segments)
    if fields.has_mode(kind):
        _chosen(lever, "mode", _("How the terms are given"), list(fields.TERMS), fields.mode_name)
    for box in fields.fields(kind, lever.get("mode")):
        _box(lever, box)
        panel.places[place, box.name] = st.empty()
    panel.places[place, ""] = st.empty()


def _chosen(
    lever: fields.Typed, name: str, label: str, options: list[str], words: Callable[[str], str]
) -> None:
    key = f"lever-{lever['id']}-{name}"
    st.session_state.setdefault(key, lever[name])
    lever[name] = st.segmented_control(
        label, options, key=key, format_func=words, required=True, wrap=True, label_visibility="collapsed"
    )


def _scope(panel: Panel, place: int, lever: fields.Typed, names: dict[str, str], segments: list[str]) -> None:
    key = f"lever-{lever['id']}"
    # A segment the books do not have stays to be seen, with the sentence that says so.
    unknown = [lever["segment"]] if lever["segment"] not in {None, *segments} else []
    options = [("all", ""), *(("segment", name) for name in (*segments, *unknown)), ("customers", "")]
    now = (lever["scope"], lever["segment"] or "" if lever["scope"] == "segment" else "")
    st.session_state.setdefault(f"{key}-scope", now if now in options else options[0])
    scope, segment = st.selectbox(
        _("For whom"),
        options,
        key=f"{key}-scope",
        format_func=lambda one: one[1] or fields.scope_name(one[0]),
    )
    lever["scope"], lever["segment"] = scope, segment or None
    if scope == "customers":
        listed = [*names, *(one for one in lever["customers"] if one not in names)]
        st.session_state.setdefault(f"{key}-customers", lever["customers"])
        lever["customers"] = st.multiselect(
            _p("field", "Customers"), listed, key=f"{key}-customers", label_visibility="collapsed",
            format_func=lambda code: names.get(code, code), placeholder=_("Choose customers"),
        )  # fmt: skip
    panel.places[place, scope] = st.empty()


def _box(lever: fields.Typed, box: fields.Field) -> None:
    key = f"lever-{lever['id']}-{box.name}"
    st.session_state.setdefault(key, lever.get(box.name))
    match box.box:
        case "money":
            lever[box.name] = st.text_input(box.label, key=key)
        case "day":
            lever[box.name] = st.date_input(
                box.label, value=None, key=key, min_value=_DAYS[0], max_value=_DAYS[1], format="DD-MM-YYYY"
            )
        case "whole":
            lever[box.name] = st.number_input(box.label, value=None, step=1, key=key)
        case _:
            lever[box.name] = st.number_input(box.label, value=None, step=1.0, format="%.4g", key=key)


def _followed(panel: Panel, place: int, lever: fields.Typed, on: whatif.Ground, start: date | None) -> None:
    """Draw how far customers follow the terms: as this ledger lets expect, until somebody moves it."""
    low, high = fields.FOLLOWED
    whose = Lever(
        "terms",
        segment=lever["segment"] if lever["scope"] == "segment" else None,
        customers=tuple(lever["customers"]) if lever["scope"] == "customers" else (),
    )
    try:
        found = whatif.followed(on, whose, start)
    except ScenarioError:  # said where the customers are chosen
        found = None
    key = f"lever-{lever['id']}-pass_through"
    given = lever.get("pass_through")
    estimate = found.pass_through[0] * 100 if found is not None and found.pass_through else 60.0
    st.session_state[key] = round(estimate if given is None else given)

    def moved() -> None:
        lever["pass_through"] = float(st.session_state[key])

    def estimated() -> None:
        lever["pass_through"] = None

    st.slider(
        _("Customers follow the terms for"), low, high, step=1, key=key, format="%d%%", on_change=moved,
        help=_("0%: a customer keeps its pay date, whatever its terms. 100%: it keeps its lateness."),
    )  # fmt: skip
    st.caption(_("0%: keeps its pay date · 100%: keeps its lateness"))
    st.caption(result_text.followed_said(found))
    if given is not None:
        st.button(
            _("As estimated"), icon=":material/undo:", key=f"{key}-back", on_click=estimated, type="tertiary"
        )
    panel.places[place, "pass_through"] = st.empty()


def _add() -> None:
    key = f"add-lever-{st.session_state.get('whatif-next', 0)}"

    def add() -> None:
        # A callback does not know the language yet, in which an amount is written.
        st.session_state["whatif-add"] = st.session_state.get(key)

    st.selectbox(
        _("Add a lever"), fields.OFFERED, index=None, key=key, format_func=fields.kind_name, on_change=add,
        placeholder=_("Add a lever"), label_visibility="collapsed",
    )  # fmt: skip


def _added(kept: Kept, as_of: date, customers: pl.DataFrame) -> None:
    """Put the lever that was asked for below the others."""
    kind = st.session_state.pop("whatif-add", None)
    if kind is not None:
        top = customers.sort("open_amount", descending=True, nulls_last=True)["customer_id"]
        lever = fields.fresh(kind, as_of=as_of, largest=top[0] if len(top) else None)
        kept.draft = replace(kept.draft, levers=(*kept.draft.levers, {**lever, "id": _next()}))


def _remove(number: int) -> None:
    kept: Kept = st.session_state[_KEPT]
    levers = tuple(lever for lever in kept.draft.levers if lever["id"] != number)
    kept.draft = replace(kept.draft, levers=levers)
