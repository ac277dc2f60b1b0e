"""The draft of a scenario: what stands in the boxes, kept in the session and written to the address."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from data.errors import ScenarioError
from pages.parts.context import address_bar, books, filters
from pages.parts.context.view import View
from pages.parts.widgets import edit_session, escape
from reports import language
from reports.answers.whatif import lever_form
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.levers.terms import TERMS
from reports.answers.whatif.scenario_file import parse, to_toml

_LONGEST_ADDRESS = 1_500
_SESSION_KEY = "whatif"
_FIRST_LEVER = Lever(TERMS.name, {"change": 0})


@dataclass
class DraftState:
    """What stands in the boxes, and where it came from.

    Attributes:
        draft: what stands in them; every lever carries an `id`.
        opened: name of the saved scenario it was opened from.
        seen: instant of the last batch in the books when it was opened.
        language: in which the amounts are typed.
        saved: the scenario that was opened.
        removed: place and boxes of the lever removed last, until another change of the levers.
    """

    draft: lever_form.Draft
    opened: str | None = None
    seen: datetime | None = None
    language: str = "nl"
    saved: Scenario | None = None
    removed: tuple[int, lever_form.Typed] | None = None


@dataclass
class LeverAdds:
    """The adds of a visitor, so that each choice in the menu adds one lever, however often it is reported.

    Attributes:
        added: how many choices have become a lever.
    """

    added: int = 0


@dataclass
class Panel:
    """The boxes as drawn.

    Attributes:
        state: what stands in them.
        scenario: what they make; None where something is refused.
        places: where a refusal is written, per lever (None: the scenario's own) and field.
    """

    state: DraftState
    scenario: Scenario | None = None
    places: dict[tuple[int | None, str], Place] = field(default_factory=dict)

    def refuse(self, refusal: lever_form.Refusal) -> None:
        """Write at its box what is wrong."""
        place = self.places.get((refusal.lever, refusal.field)) or self.places.get((refusal.lever, ""))
        (place or st.empty()).error(escape.plain(refusal.sentence), icon=":material/block:")


def begin(view: View, ground: Ground) -> Panel:
    """Take the levers from the address if it was opened or changed by hand, else as they were left."""
    session = st.session_state
    address = (filters.parameter("scenario"), filters.parameter("draft"))
    # The boxes are there, so the visitor was on this page: the browser went back to before any lever.
    is_back = not any(address) and any(session.get("whatif-written") or ()) and "whatif-start" in session
    state: DraftState | None = None if is_back else session.get(_SESSION_KEY)
    if state is None:
        state = session[_SESSION_KEY] = DraftState(lever_form.Draft(), language=language.current())
        fill(state, _first_draft(ground))
        session.pop("whatif-written", None)
    if any(address) and address != session.get("whatif-written"):
        state = session[_SESSION_KEY] = _from_address(address, view) or state
    if state.language != language.current():
        # Amounts are written with the other decimal sign now.
        if (last := session.get("whatif-last")) is not None:
            fill(state, lever_form.draft_of(last))
        state.language = language.current()
    return Panel(state)


def _first_draft(ground: Ground) -> lever_form.Draft:
    """Return the levers a visitor begins with: unchanged terms; none without a payment model."""
    if ground.flows is None:
        return lever_form.Draft()
    terms = lever_form.new_lever(TERMS, as_of=ground.forecast.as_of, largest=None)
    return lever_form.Draft(levers=({**terms, "mode": "change", "change": 0},))


def _from_address(address: tuple[str | None, str | None], view: View) -> DraftState | None:
    name, text = address
    seen = edit_session.latest_batch_at()
    saved = dict(books.ask("scenarios", view).select("name", "toml").iter_rows())
    if name is not None and name not in saved:
        filters.report_missing("scenario")
        name = None
    saved_text = saved.get(name or "", "")
    try:
        saved_scenario = parse(saved_text) if saved_text else None
        scenario = parse(text) if text else saved_scenario
    except ScenarioError:
        filters.report_missing("draft" if text else "scenario")
        return None
    if scenario is None:
        return None
    state = DraftState(lever_form.Draft(), name, seen, language.current(), saved_scenario)
    st.session_state["whatif-name"] = name or ""
    fill(state, lever_form.draft_of(scenario))
    return state


def fill(state: DraftState, draft: lever_form.Draft) -> None:
    """Put a draft in the boxes, each lever under a number of its own, so that its boxes start anew."""
    levers = tuple({**lever, "id": next_number()} for lever in draft.levers)
    state.draft, state.removed = replace(draft, levers=levers), None
    for name in ("start", "minimum_cash", "credit_line"):
        st.session_state.pop(f"whatif-{name}", None)


def next_number() -> int:
    """Return a number that no lever of this visitor has had."""
    number: int = st.session_state.get("whatif-next", 0) + 1
    st.session_state["whatif-next"] = number
    return number


def lever_adds() -> LeverAdds:
    """Return the adds of this visitor; they go on counting when the draft starts over."""
    adds: LeverAdds = st.session_state.setdefault("whatif-adds", LeverAdds())
    return adds


def choose(turn: int, key: str) -> None:
    """Remember the kind chosen in the menu of a turn: a callback, which does not know the language yet."""
    st.session_state["whatif-choice"] = (turn, st.session_state.get(key))


def add_lever(state: DraftState, new_lever: Callable[[str], lever_form.Typed]) -> None:
    """Put the lever that was chosen below the others, once.

    A browser can report a choice again: on a double click, or when a slow line brings it after the next
    change. Every choice therefore bears the turn of its menu, and a turn adds one lever.

    Args:
        state: what stands in the boxes.
        new_lever: returns the boxes of a new lever of a kind.
    """
    adds = lever_adds()
    turn, kind = st.session_state.get("whatif-choice", (0, None))
    if kind is None or turn != adds.added + 1:
        return
    lever = {**new_lever(kind), "id": next_number()}
    # A run can be broken off wherever it touches the session. Not between these lines: both count or neither.
    state.draft = replace(state.draft, levers=(*state.draft.levers, lever))
    state.removed = None
    adds.added = turn


def remove(number: int) -> None:
    """Take a lever away: a callback. Asked again, or after all are gone, it does nothing."""
    state: DraftState | None = st.session_state.get(_SESSION_KEY)
    if state is None:
        return
    for place, lever in enumerate(state.draft.levers):
        if lever["id"] == number:
            others = state.draft.levers[:place] + state.draft.levers[place + 1 :]
            state.draft, state.removed = replace(state.draft, levers=others), (place, lever)


def restore(number: int) -> None:
    """Bring back the lever removed last: a callback. Asked again, or after all are gone, it does nothing."""
    state: DraftState | None = st.session_state.get(_SESSION_KEY)
    if state is None or state.removed is None or state.removed[1]["id"] != number:
        return
    place, lever = state.removed
    levers = state.draft.levers
    state.draft = replace(state.draft, levers=(*levers[:place], lever, *levers[place:]))
    state.removed = None


def read(panel: Panel) -> None:
    """Make the scenario of what stands in the boxes, or write at each what is wrong; update the address."""
    panel.scenario, refusals = lever_form.scenario_of(panel.state.draft, panel.state.opened or "-")
    for refusal in refusals:
        panel.refuse(refusal)
    if panel.scenario is not None:
        st.session_state["whatif-last"] = panel.scenario
    _write_address(panel)


def _write_address(panel: Panel) -> None:
    scenario, text = panel.scenario, None
    if scenario is not None and scenario != panel.state.saved and not _is_first(scenario):
        text = to_toml(scenario)
    text = text if text is not None and len(text) <= _LONGEST_ADDRESS else None
    written = (panel.state.opened, text)
    address_bar.keep_marked("whatif-written", written, scenario=panel.state.opened, draft=text)


def _is_first(scenario: Scenario) -> bool:
    return scenario in (Scenario(scenario.name), Scenario(scenario.name, levers=(_FIRST_LEVER,)))


def start_over() -> None:
    """Go back to the base: a callback."""
    for name in (_SESSION_KEY, "whatif-written", "whatif-last"):
        st.session_state.pop(name, None)
    st.session_state["whatif-name"] = ""
    address_bar.write_now(scenario=None, draft=None)
