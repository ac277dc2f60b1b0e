"""Choices that the URL holds, so that a copied link reopens them: one of a few, a day, a number."""

import math
from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from pages.parts.context import address_bar, browser_boxes, choices, filters
from reports import language
from reports.language import _


def pick(
    name: str, label: str, options: Sequence[str], words: Callable[[str], str], *, former_name: str = ""
) -> str:
    """Draw the options as a row of buttons and return the chosen one.

    Args:
        name: of the value in the URL.
        label: name of the choice, for screen readers.
        options: codes; the first is the default, which the URL leaves out.
        words: code -> what the reader sees.
        former_name: another name of the value in old links, which the URL then replaces by `name`.
    """
    former = filters.parameter(former_name) if former_name else None
    if former is not None:
        filters.remember(**{former_name: None, name: filters.parameter(name) or former})
    _read_url(name, label, options)
    chosen = st.segmented_control(
        label,
        options,
        key=browser_boxes.box(f"pick-{name}"),
        format_func=words,
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    return _write_url(name, chosen or options[0], options[0])


def select(
    name: str, label: str, options: Sequence[str], words: Callable[[str], str], *, width: int = 240
) -> str:
    """Draw the options as a list that unfolds and return the chosen one, as `pick` does."""
    choices.settle(f"pick-{name}", options, words)
    _read_url(name, label, options)
    chosen = choices.selectbox(
        label,
        options,
        key=browser_boxes.box(f"pick-{name}"),
        words=words,
        label_visibility="collapsed",
        width=width,
    )
    return _write_url(name, chosen, options[0])


def day(name: str, label: str, default: date, first: date, last: date) -> date:
    """Draw a box for a day between two others and return the day; the URL leaves the default out."""
    key = f"pick-{name}-day"
    asked = filters.parameter(name)
    is_new = asked != st.session_state.get(f"written-{name}")
    usual = st.session_state.get(f"{key}-usual")
    follows_default = asked is None and st.session_state.get(key) == usual  # the default is another now
    if key not in st.session_state or is_new or follows_default:
        st.session_state[key] = _day(asked) or default
    st.session_state[f"{key}-usual"] = default
    if is_new and asked is not None and not first <= (_day(asked) or date.min) <= last:
        filters.report_missing(name, label=label)
    st.session_state[key] = min(max(st.session_state[key] or default, first), last)
    chosen = (
        st.date_input(
            label,
            key=key,
            min_value=first,
            max_value=last,
            format="DD-MM-YYYY",
            label_visibility="collapsed",
            width=150,
        )
        or default
    )
    text = None if chosen == default else chosen.isoformat()
    address_bar.keep_marked(f"written-{name}", text, **{name: text})
    return chosen


def number(
    name: str, label: str, usual: float | None, low: float, high: float, *, tip: str = ""
) -> tuple[float | None, str]:
    """Draw a box for a number and return the number, with the reason why it is refused, or an empty text.

    Args:
        name: of the value in the URL, which leaves the usual one out.
        label: over the box.
        usual: the number until something is typed.
        low: least it can be.
        high: most it can be.
        tip: explanation behind the question mark.
    """
    key, asked = f"pick-{name}-number", filters.parameter(name)
    is_new = asked != st.session_state.get(f"written-{name}")
    if key not in st.session_state or (is_new and asked is not None):
        st.session_state[key] = usual if asked is None else _number(asked)
        if asked is not None and st.session_state[key] is None:
            filters.report_missing(name, label=label)
            st.session_state[key] = usual
    typed = st.number_input(
        label, value=None, step=1.0, format="%.4g", key=browser_boxes.box(key), help=tip or None
    )
    text = None if typed in {usual, None} else f"{typed:g}"
    address_bar.keep_marked(f"written-{name}", text, **{name: text})
    if typed is None:
        return usual, ""
    if not low <= typed <= high:
        limits = {"low": language.number(low), "high": language.number(high)}
        return usual, _("Write a number from {low} to {high}.", **limits)
    return typed, ""


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _read_url(name: str, label: str, options: Sequence[str]) -> None:
    """Set the widget from the address if it was opened or changed by hand; else its value stays.

    The first option is that of an address without it.
    """
    key, asked = f"pick-{name}", filters.parameter(name)
    value = st.session_state.get(key)
    is_new = asked != st.session_state.get(f"written-{name}")
    if value not in options or is_new:
        st.session_state[key] = asked if asked in options else options[0]
    if is_new and asked is not None and asked not in options:
        filters.report_missing(name, label=label)


def _write_url(name: str, chosen: str, default: str) -> str:
    # A link may name the default: taking it out would be a step in the history that Back undoes in vain.
    text = None if chosen == default and filters.parameter(name) != default else chosen
    address_bar.keep_marked(f"written-{name}", text, **{name: text})
    return chosen


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
