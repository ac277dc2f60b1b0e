"""The filters every page shares, beside the title or in a popover; their values live in the URL."""

from datetime import UTC, date, datetime, time
from typing import Any

import streamlit as st

from pages.parts import books, device
from pages.parts.view import URL_NAMES, View, from_url, parse_limits
from queries.shapes import STANDARD_LIMITS
from reports import language
from reports.language import _

_EVERYTHING = ""
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def bar() -> View:
    """Draw the filters and return the view they give; the address bar follows them."""
    choices = _choices()
    _take_from_url(choices)
    if device.is_phone():
        with st.popover(_popover_label(choices), icon=":material/tune:"):
            _widgets(choices)
            _more()
    else:
        with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key="filters"):
            _widgets(choices)
            with st.popover("", icon=":material/tune:", help=_("Known on, bucket limits")):
                _more()
    view = _view(choices)
    st.session_state["view"] = view
    _write_url(view)
    return view


def parameter(name: str) -> str | None:
    """Return a page's own value in the URL, such as the picked bucket or customer."""
    return st.query_params.get(name)


def remember(**values: str | None) -> None:
    """Keep a page's own values in the URL, so that a copied link reopens them; None takes one out."""
    for name, value in values.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def link(**own: str | None) -> dict[str, str]:
    """Return the query parameters of a page on this view, with values of its own; None leaves one out."""
    view: View = st.session_state["view"]
    address: dict[str, str | None] = {**view.to_url(), "lang": language.current(), **own}
    return {name: value for name, value in address.items() if value is not None}


def clear() -> None:
    """Go back to everything, as of the default day."""
    for name in ("view", "f_as_of", "written_url", "known_on_moment"):
        st.session_state.pop(name, None)
    for name in URL_NAMES:
        st.query_params.pop(name, None)


def misunderstood() -> list[str]:
    """Return a sentence for what the address asked and the books do not have; said once."""
    names: list[str] = st.session_state.pop("misunderstood", [])
    if not names:
        return []
    return [
        _(
            "The address asked for something that is not there ({names}); that part is left out.",
            names=device.plain(", ".join(names)),
        )
    ]


def _choices() -> dict[str, Any]:
    """Return what can be chosen: the values of the books, and the defaults."""
    span = books.ask("as_of_range").row(0, named=True)
    values = books.ask("filter_values")
    found = {kind: values.filter(kind=kind)["value"].to_list() for kind in ("entity", "currency", "segment")}
    return {
        **found,
        "as_of": books.books().default_as_of,
        "reporting_currency": span["reporting_currency"] or "EUR",
    }


def _take_from_url(choices: dict[str, Any]) -> None:
    """Set the widgets from the address when it was opened or changed by hand, else keep what they had."""
    address = {name: value for name, value in st.query_params.items() if name in URL_NAMES}
    kept: View | None = st.session_state.get("view")
    state = st.session_state
    # Another page has widgets of its own, which know nothing of what the last page's were set to.
    unchanged = address == state.get("written_url") and state.get("filters_of") == state.get("page")
    if unchanged and "f_as_of" in state:
        return
    if address:
        said: dict[str, Any] = from_url(address)
    elif kept is not None:
        said = from_url(kept.to_url())
    else:
        said = {}
    unknown = [name for name in address if name not in said]
    day = said.get("as_of", choices["as_of"])
    st.session_state["f_as_of"] = min(max(day, _FIRST_DAY), _LAST_DAY)
    for name in ("entity", "currency", "segment"):
        value = said.get(name, _EVERYTHING)
        st.session_state[f"f_{name}"] = value if value in choices[name] else _EVERYTHING
        if value and value not in choices[name] and name in address:
            unknown.append(name)
    known_on = said.get("known_on")
    st.session_state["f_known_on"] = known_on.date() if known_on else None
    st.session_state["known_on_moment"] = known_on
    st.session_state["f_limits"] = ", ".join(str(limit) for limit in said.get("limits", STANDARD_LIMITS))
    st.session_state["f_basis"] = said.get("basis", "due")
    st.session_state["misunderstood"] = unknown


def _widgets(choices: dict[str, Any]) -> None:
    st.date_input(
        _("As of"),
        key="f_as_of",
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        required=True,
        format="DD-MM-YYYY",
        label_visibility="collapsed",
        width=150,
    )
    _select("entity", _("Administration"), _("All administrations"), choices["entity"], 200)
    if len(choices["currency"]) > 1:
        converted = _("All in {currency}", currency=choices["reporting_currency"])
        _select("currency", _("Currency"), converted, choices["currency"], 130)
    _select("segment", _("Segment"), _("All segments"), choices["segment"], 170)


def _select(name: str, label: str, everything: str, values: list[str], width: int) -> None:
    st.selectbox(
        label,
        [_EVERYTHING, *values],
        key=f"f_{name}",
        format_func=lambda value: value or everything,
        label_visibility="collapsed",
        width=width,
    )


def _more() -> None:
    st.date_input(
        _("As known on"),
        key="f_known_on",
        format="DD-MM-YYYY",
        help=_(
            "Leaves out what was recorded after this day, so that an earlier report comes back as it was."
        ),
    )
    st.text_input(
        _("Bucket limits, in days"),
        key="f_limits",
        help=_("One to eight rising numbers, such as 30, 60, 90."),
    )
    if parse_limits(st.session_state["f_limits"]) is None:
        st.warning(_("Write the limits as one to eight rising numbers, such as 30, 60, 90."))
    st.radio(
        _("Age counts from"),
        ["due", "invoice"],
        key="f_basis",
        format_func=lambda basis: _("the due date") if basis == "due" else _("the invoice date"),
    )
    st.button(_("Clear filters"), key="clear-filters", on_click=clear)


def _view(choices: dict[str, Any]) -> View:
    state = st.session_state
    return View(
        as_of=state["f_as_of"],
        known_on=_known_on(),
        currency=state.get("f_currency") or None,
        entity=state["f_entity"] or None,
        segment=state["f_segment"] or None,
        limits=parse_limits(state["f_limits"]) or STANDARD_LIMITS,
        basis=state["f_basis"],
        reporting_currency=choices["reporting_currency"],
    )


def _known_on() -> datetime | None:
    """Return the instant chosen: the end of the day picked, or the exact one a link brought."""
    day: date | None = st.session_state.get("f_known_on")
    exact: datetime | None = st.session_state.get("known_on_moment")
    if day is None:
        return None
    if exact is not None and exact.date() == day:
        return exact
    end = datetime.combine(day, time.max).astimezone()
    return end.astimezone(UTC).replace(tzinfo=None)


def _popover_label(choices: dict[str, Any]) -> str:
    state = st.session_state
    chosen = state.get("f_segment") or state.get("f_entity") or _("all")
    currency = state.get("f_currency") or choices["reporting_currency"]
    return f"{language.day(state['f_as_of'])} · {device.plain(chosen)} · {currency}"


def _write_url(view: View) -> None:
    address = view.to_url()
    for name in URL_NAMES:
        if name in address:
            if st.query_params.get(name) != address[name]:
                st.query_params[name] = address[name]
        else:
            st.query_params.pop(name, None)
    # Written every time: after a link to the page one is on, the browser's address still is the old one.
    st.query_params["lang"] = language.current()
    st.session_state["written_url"] = address
    st.session_state["filters_of"] = st.session_state.get("page")
    st.session_state["url_language"] = language.current()
