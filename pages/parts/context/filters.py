"""The filters every page shares, beside the title or behind a button; their values live in the URL."""

import html
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import streamlit as st

from data import clock
from pages.parts.context import address_bar, books, browser, day_menu
from pages.parts.context import choices as lists
from pages.parts.context.navigation import UNKNOWN
from pages.parts.context.view import URL_NAMES, View, from_url, parse_limits
from pages.parts.widgets import escape
from queries.finishing import STANDARD_LIMITS
from reports import language
from reports.answers.shared import comparison
from reports.language import _, _p

# The filters of a page, in their order; `more` are the ones behind a button.
ALL = ("as_of", "entity", "currency", "segment", "more")
_EVERYTHING = ""
_KEYS = tuple(
    f"f_{name}"
    for name in ("as_of", "entity", "currency", "segment", "known_on", "limits", "basis", "compare")
)
_NAMES = {
    *URL_NAMES, "lang", "account", "agency", "ahead", "batch", "beside", "bucket", "creditor", "customer",
    "days", "at", "columns", "dio", "draft", "entry", "fault", "figure", "group", "letter", "listed",
    "manager", "month",
    "opens", "outside", "part", "rate", "reason", "rows", "run", "scenario", "search", "show", "since",
    "sort", "step", "until", "week",
}  # fmt: skip
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def bar(drawn: Collection[str] = ALL) -> View:
    """Draw the filters and return the view they give; the address bar follows them.

    Args:
        drawn: those that change something on the page, of `ALL`: its links carry the whole view.
    """
    choices = _choices()
    _take_from_url(choices)
    if not drawn:
        pass
    elif browser.is_phone():
        with st.popover(escape.plain(_chosen(choices)), icon=":material/tune:"):
            _widgets(choices, drawn)
            if "more" in drawn:
                _more()
    else:
        _panel_button(choices)
        with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key="filters"):
            _widgets(choices, drawn)
            if "more" in drawn:
                with st.popover(_p("field", "More"), icon=":material/tune:"):
                    _more()
    view = _view(choices)
    st.session_state["view"] = view
    _write_url(view)
    return view


def extras(view: View) -> None:
    """Draw a button for each filter without a box beside the title; pressing it clears the filter."""
    known_day = view.known_on and clock.local(view.known_on).date()
    words = {
        "compare": view.compare != comparison.WEEK and comparison.against(view.compare_day, view.as_of),
        "known_on": known_day and _("As known on {day}", day=language.day(known_day)),
        "limits": view.limits != STANDARD_LIMITS
        and _("Buckets to {limits} days", limits=", ".join(str(limit) for limit in view.limits)),
        "basis": view.basis == "invoice" and _("Age since the invoice date"),
    }
    if not any(words.values()):
        return
    with st.container(horizontal=True, gap="xsmall", key="extras"):
        for name, text in words.items():
            if text:
                st.button(
                    text,
                    icon=":material/close:",
                    icon_position="right",
                    key=f"extra-{name}",
                    help=_("Clear this filter"),
                    on_click=address_bar.write_now,
                    kwargs={name: None},
                )


parameter = address_bar.get
remember = address_bar.keep


def is_block_open(block: str) -> bool:
    """Tell whether the address asks to open a block of the page that starts closed."""
    asked = address_bar.get("show")
    if asked not in {None, block}:
        report_missing("show")
    return asked == block


def reserve_warning() -> None:
    """Reserve a place under the title for the warning about values of the address that do not exist."""
    st.session_state["notes"], st.session_state["missing"] = st.empty(), {}


def report_missing(*names: str, label: str = "") -> None:
    """Warn under the title that values of the address do not exist, and take them out of the address.

    Args:
        names: of the parameters.
        label: what the only name stands for, as its box on the page says, where it has one of its own.
    """
    address_bar.keep(**dict.fromkeys(names))
    missing: dict[str, str] = st.session_state["missing"]
    missing.update((name, _in_words(name) or _in_a_sentence(label) or name) for name in names)
    sentence = _(
        "The address asked for something that is not there ({names}); that part is left out.",
        names=escape.plain(", ".join(missing.values())),
    )
    st.session_state["notes"].warning(sentence, icon=":material/link_off:")


def _in_a_sentence(label: str) -> str:
    """Return the words over a box as they stand in a sentence: small, unless they begin with an acronym."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _in_words(name: str) -> str | None:
    """Return what a parameter of the address stands for on every page; None for those of one page."""
    words = {
        "as_of": _p("address", "as-of day"),
        "known_on": _p("address", "known on"),
        "currency": _p("address", "currency"),
        "entity": _p("address", "entity"),
        "segment": _p("address", "segment"),
        "limits": _p("address", "bucket limits"),
        "basis": _p("address", "start of the age"),
        "compare": _p("address", "day to compare with"),
        "customer": _p("address", "customer"),
        "bucket": _p("address", "bucket"),
        "week": _p("address", "week"),
        "month": _p("address", "month"),
        "scenario": _p("address", "scenario"),
        "beside": _p("address", "scenario"),
        "draft": _p("address", "scenario"),
        "part": _p("address", "part of the screen"),
        "show": _p("address", "block of the screen"),
        "opens": _p("address", "what to open"),
        "batch": _p("address", "file"),
    }
    return words.get(name)


def link(**own: str | None) -> dict[str, str]:
    """Return the query parameters of a page on this view, with values of its own; None leaves one out."""
    view: View = st.session_state["view"]
    address: dict[str, str | None] = {**view.to_url(), "lang": language.current(), **own}
    if view.compare not in comparison.KINDS and (address["as_of"] or "") <= view.compare:
        address.pop("compare", None)  # an earlier day has nothing to be compared with there
    return {name: value for name, value in address.items() if value is not None}


def clear() -> None:
    """Clear all filters: everything, as of the default day."""
    for name in ("view", "f_as_of", "written_url", "known_on_moment"):
        st.session_state.pop(name, None)
    address_bar.write_now(**dict.fromkeys(URL_NAMES))


def report_unknown() -> None:
    """Warn once about a page, parameters and filter values of the address that do not exist."""
    if (path := address_bar.get(UNKNOWN)) is not None:
        address_bar.keep(**{UNKNOWN: None})
        st.warning(
            _("There is no page {path}; this is the first one.", path=escape.plain(f"/{path}")),
            icon=":material/link_off:",
        )
    names: list[str] = st.session_state.pop("unknown", [])
    names += [name for name in address_bar.everything() if name not in _NAMES]
    if names:
        report_missing(*names)


def _choices() -> dict[str, Any]:
    """Return the values of the books to choose from, and the defaults."""
    span = books.ask("as_of_range").row(0, named=True)
    values = books.ask("filter_values")
    by_kind = {
        kind: values.filter(kind=kind)["value"].to_list() for kind in ("entity", "currency", "segment")
    }
    return {
        **by_kind,
        "as_of": books.books().default_as_of,
        "last_day": span["last_date"],
        "reporting_currency": span["reporting_currency"] or "EUR",
    }


def _take_from_url(choices: dict[str, Any]) -> None:
    """Set the widgets from the address if it was opened or changed by hand; else their values stay."""
    asked = {name: value for name, value in address_bar.everything().items() if name in URL_NAMES}
    earlier: View | None = st.session_state.get("view")
    state = st.session_state
    # The widgets of another page are new ones and do not have the values of the last page.
    unchanged = asked == state.get("written_url") and state.get("filters_of") == state.get("page")
    # A run that was broken off has drawn some of them, and Streamlit forgets what the others held.
    if unchanged and all(key in state for key in _KEYS):
        return
    if asked:
        values: dict[str, Any] = from_url(asked)
    elif earlier is not None:
        values = from_url(earlier.to_url())
    else:
        values = {}
    unknown = [name for name in asked if name not in values]
    day = values.get("as_of", choices["as_of"])
    st.session_state["f_as_of"] = min(max(day, _FIRST_DAY), _LAST_DAY)
    for name in ("entity", "currency", "segment"):
        value = values.get(name, _EVERYTHING)
        st.session_state[f"f_{name}"] = value if value in choices[name] else _EVERYTHING
        if value and value not in choices[name] and name in asked:
            unknown.append(name)
    known_on = values.get("known_on")
    st.session_state["f_known_on"] = clock.local(known_on).date() if known_on else None
    st.session_state["known_on_moment"] = known_on
    st.session_state["f_limits"] = ", ".join(str(limit) for limit in values.get("limits", STANDARD_LIMITS))
    st.session_state["f_basis"] = values.get("basis", "due")
    compare = values.get("compare", comparison.WEEK)
    if not day_menu.take(compare, st.session_state["f_as_of"]):
        unknown.append("compare")
    st.session_state["unknown"] = unknown


def _widgets(choices: dict[str, Any], drawn: Collection[str]) -> None:
    if "as_of" in drawn:
        _day(choices["last_day"])
    if "entity" in drawn:
        _select("entity", _p("field", "Entity"), _("All entities"), choices["entity"], 200)
    if "currency" in drawn and len(choices["currency"]) > 1:
        converted = _("All in {currency}", currency=choices["reporting_currency"])
        _select("currency", _p("field", "Currency"), converted, choices["currency"], 130)
    if "segment" in drawn:
        _select("segment", _p("field", "Segment"), _("All segments"), choices["segment"], 170)


def _day(last_day: date | None) -> None:
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
    if browser.is_phone():
        day_menu.offer(last_day)
    else:
        day_menu.menu(last_day)


def _select(name: str, label: str, everything: str, values: list[str], width: int) -> None:
    lists.selectbox(
        label,
        [_EVERYTHING, *values],
        key=f"f_{name}",
        words=lambda value: value or everything,
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
    lists.radio(
        _("Age counts from"),
        ["due", "invoice"],
        key="f_basis",
        words=lambda basis: _("the due date") if basis == "due" else _("the invoice date"),
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
        compare=day_menu.choice(),
        reporting_currency=choices["reporting_currency"],
    )


def _known_on() -> datetime | None:
    """Return the instant: the end of the chosen day, or the exact instant that a link gave."""
    day: date | None = st.session_state.get("f_known_on")
    exact: datetime | None = st.session_state.get("known_on_moment")
    if day is None:
        return None
    if exact is not None and clock.local(exact).date() == day:
        return exact
    return clock.end_of(day)


def _chosen(choices: dict[str, Any]) -> str:
    state = st.session_state
    chosen = state.get("f_segment") or state.get("f_entity") or _p("word", "all")
    currency = state.get("f_currency") or choices["reporting_currency"]
    return f"{language.day(state['f_as_of'])} · {chosen} · {currency}"


def _panel_button(choices: dict[str, Any]) -> None:
    """Draw the button of a narrow page's filters: the style sheet shows it, head.js opens what it names.

    The server does not know how wide the page is, and a window changes its width without asking it.
    """
    with st.container(width="content", key="filters-open"):
        st.html(
            f'<button type="button" class="filters-button" aria-expanded="false">'
            f"{html.escape(_chosen(choices))}</button>"
        )


def _write_url(view: View) -> None:
    written = view.to_url()
    st.session_state["filters_of"] = st.session_state.get("page")
    st.session_state["url_language"] = language.current()
    values = {name: written.get(name) for name in URL_NAMES}
    address_bar.keep_marked("written_url", written, **values, lang=language.current())
