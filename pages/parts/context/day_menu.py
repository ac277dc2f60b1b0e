"""The menu beside the as-of day: days that are often asked for, and the day to compare with."""

from datetime import date, timedelta
from functools import partial

import streamlit as st

from data import clock
from pages.parts.context import choices
from reports import language
from reports.answers.shared import comparison
from reports.language import _, _p

ANY_DAY = "day"
_FIRST_DAY = date(1900, 1, 1)


def take(compare: str, as_of: date) -> bool:
    """Set the choice to what an address asks for; False if its day does not lie before the as-of day."""
    state = st.session_state
    if compare in comparison.KINDS:
        state["f_compare"] = compare
        return True
    day = date.fromisoformat(compare)
    is_earlier = _FIRST_DAY <= day < as_of
    state["f_compare"] = ANY_DAY if is_earlier else comparison.WEEK
    if is_earlier:
        state["f_compare_day"] = day
    return is_earlier


def choice() -> str:
    """Return what the figures are compared with, as `View.compare` has it."""
    kind: str = st.session_state["f_compare"]
    if kind != ANY_DAY:
        return kind
    day: date = st.session_state["f_compare_day"]
    return day.isoformat()


def menu(last_day: date | None) -> None:
    """Draw the menu; its button names the day that the figures are compared with.

    Args:
        last_day: of the books; None if they are empty.
    """
    as_of: date = st.session_state["f_as_of"]
    _settle(as_of)
    day = comparison.comparison_day(as_of, choice())
    with st.popover(comparison.against(day, as_of), key="day-menu"):
        offer(last_day)


def offer(last_day: date | None) -> None:
    """Draw the choice of a comparison and, under it, the days that are often asked for."""
    as_of: date = st.session_state["f_as_of"]
    _settle(as_of)
    choices.radio(_("Compare with"), _kinds(as_of), key="f_compare", words=partial(_choice, as_of=as_of))
    if st.session_state["f_compare"] == ANY_DAY:
        st.date_input(
            _("Day to compare with"),
            key="f_compare_day",
            min_value=_FIRST_DAY,
            max_value=as_of - timedelta(days=1),
            required=True,
            format="DD-MM-YYYY",
            label_visibility="collapsed",
        )
    st.caption(_("Go to a day"))
    with st.container(gap=None, key="quick-days"):
        for name, day in _quick_days().items():
            st.button(
                f"{_quick_name(name)} · {language.day(day)}",
                key=f"quick-{name}",
                type="tertiary",
                on_click=_go_to,
                args=(day,),
                disabled=day == as_of,
            )
    if last_day is not None:
        st.caption(_("The books run to {day}", day=language.in_sentence(last_day)))


def _settle(as_of: date) -> None:
    """Give the day of one's own choice a value before its box is drawn: one before the as-of day.

    A chosen day that no longer lies before it is dropped, and reported as an unknown value is.
    """
    state = st.session_state
    choices.settle("f_compare", _kinds(as_of), partial(_choice, as_of=as_of))
    day = state.get("f_compare_day")
    if day is None or not _FIRST_DAY <= day < as_of:
        state["f_compare_day"] = max(comparison.comparison_day(as_of, "month"), _FIRST_DAY)
        if day is not None and state.get("f_compare") == ANY_DAY:
            state["f_compare"] = comparison.WEEK
            state["unknown"] = [*state.get("unknown", []), "compare"]
    if state.get("f_compare") not in _kinds(as_of):
        state["f_compare"] = comparison.WEEK


def _kinds(as_of: date) -> list[str]:
    return [*comparison.KINDS, ANY_DAY] if as_of > _FIRST_DAY else list(comparison.KINDS)


def _choice(kind: str, as_of: date) -> str:
    name = comparison.kind_name(kind)
    if kind == ANY_DAY:
        return name
    return f"{name} · {language.day(comparison.comparison_day(as_of, kind))}"


def _quick_days() -> dict[str, date]:
    today = clock.today()
    return {
        "today": today,
        "month": comparison.comparison_day(today, "month"),
        "quarter": comparison.comparison_day(today, "quarter"),
    }


def _quick_name(name: str) -> str:
    names = {
        "today": _p("day", "Today"),
        "month": _p("day", "End of last month"),
        "quarter": _p("day", "End of last quarter"),
    }
    return names[name]


def _go_to(day: date) -> None:
    st.session_state["f_as_of"] = day
