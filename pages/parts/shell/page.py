"""The frame of every page: title and filters above, the tie-out line below, and what to show without data."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import streamlit as st

from data import clock
from data.store.snapshot import default_folder, store_exists
from pages.parts.context import books, browser, browser_boxes, filters, navigation, stylesheet
from pages.parts.context.errors import guard
from pages.parts.context.view import View
from pages.parts.shell import first_start, notices, saved_views, search
from pages.parts.shell import tie_out as tie_out_blocks
from pages.parts.widgets import dialogs, escape, exports, scrolling, tables
from reports import language
from reports.answers.ageing import text as ageing_text
from reports.language import _, _p

tie_out = tie_out_blocks.tie_out
__all__ = ["begin", "filter_is_empty", "guard", "nothing_here", "rename", "tie_out"]


def begin(
    file: str,
    title: str,
    *,
    needs_invoices: bool = True,
    drawn: Collection[str] = filters.ALL,
    without_store: Callable[[View], None] | None = None,
) -> View:
    """Start a page: language, style, title with the filters beside it.

    Args:
        file: the page's `__file__`.
        title: translated.
        needs_invoices: if the books hold no invoice by the day, end the page with a sentence and a link.
        drawn: the filters that change something on the page; it keeps the view that the address gives.
        without_store: draws the page if nothing was ever loaded, below the card that says so.

    Returns:
        The view of the filters. Without a store the page ends here, with the ways to one.
    """
    _restart_through_app()
    language.use(navigation.visitor_language())
    stylesheet.apply()
    scrolling.remember_places()
    dialogs.begin()
    if st.session_state.get("page") != Path(file).stem:
        tables.forget_selection()
    st.session_state["page"] = Path(file).stem
    st.set_page_config(
        page_title=f"{title} · Kasstroom", layout="wide", initial_sidebar_state=navigation.SIDEBAR
    )
    search_place, views_place = st.sidebar.container(), st.sidebar.container()
    browser_boxes.begin()
    _language_switch()
    _follow_theme()
    is_empty = not store_exists(default_folder())
    first_start.renew_visit()
    first_start.demo_line()
    with st.container(horizontal=True, vertical_alignment="center", key="title-row"):
        st.session_state["title-place"] = place = st.empty()
        place.title(title, anchor=False, width="stretch" if browser.is_phone() else "content")
        view = View(clock.today()) if is_empty else filters.bar(drawn)
    if is_empty:
        first_start.no_books(is_data_page=without_store is not None)
        if without_store is not None:
            without_store(view)
        st.stop()
    search.button(search_place, view)
    with views_place:
        saved_views.button()
    filters.extras(view)
    filters.reserve_warning()
    filters.report_unknown()
    tie_out_blocks.banner(view)
    notices.stale(view)
    if needs_invoices:
        _require_invoices(view)
    return view


def _require_invoices(view: View) -> None:
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    if first is None:
        first_start.no_books()
        st.stop()
    if view.as_of < first:
        nothing_here(
            _("There is nothing on {day} yet: the first document is of {first}.",
                day=language.in_sentence(view.as_of), first=language.in_sentence(first)),
            link=st.session_state["page"], label=_("Show that day"), as_of=first.isoformat(),
        )  # fmt: skip
        st.stop()


def nothing_here(
    sentence: str, *, link: str | None = None, label: str | None = None, **own: str | None
) -> None:
    """Draw a sentence that there is nothing to show, and a link to what to do next.

    Args:
        sentence: translated; text from data in it is escaped.
        link: the page to go to.
        label: of the link, with a verb.
        own: parameters of its address besides those of the view, or instead of them.
    """
    with st.container(border=True, key="nothing-here"):
        st.write(sentence)
        if link is not None and label is not None:
            st.page_link(
                f"pages/{link}.py",
                label=label,
                icon=":material/arrow_forward:",
                query_params=filters.link(**own),
            )


def filter_is_empty() -> None:
    """Draw a sentence that the filters leave nothing, with their names, and a button to clear them."""
    view: View = st.session_state["view"]
    if not (view.entity or view.segment or view.currency or view.known_on):
        _nothing_open(view)
        return
    with st.container(border=True, key="nothing-here"):
        st.write(
            _(
                "Nothing is open with these filters: {filters}.",
                filters=escape.plain(exports.filters_text(view)),
            )
        )
        st.button(_("Clear filters"), key="clear-empty", on_click=filters.clear)


def _nothing_open(view: View) -> None:
    """Draw a sentence that nothing is open on the day, and a link to the last week with open documents."""
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    weeks = books.ask("ageing_trend", view, **{"from": first, "to": view.as_of, "every": "week"})
    last = ageing_text.last_day_with_open_documents(weeks)
    sentence = _("Nothing is open on {day}.", day=language.in_sentence(view.as_of))
    if last is None:
        nothing_here(sentence)
        return
    nothing_here(
        sentence, link=st.session_state["page"], as_of=last.isoformat(),
        label=_("Show {day}, when something last was", day=language.in_sentence(last)),
    )  # fmt: skip


def _restart_through_app() -> None:
    """Start over through app.py if a fresh server's first visit ran this page file alone."""
    if not st.session_state.get("entered"):
        navigation.configure()
        navigation.current_page()  # registers app.py as the entry file of the server
        st.rerun()


def _language_switch() -> None:
    # In every run: a browser forgets what is chosen where the run before it on this page was broken off.
    st.session_state["f_language"] = language.current()
    if st.session_state.get("language-of-choices") != language.current():
        st.session_state["language-of-choices"] = language.current()
        _send_buttons_again()

    def switch() -> None:
        # Of a run that was broken off Streamlit may have forgotten the key.
        if chosen := st.session_state.get("f_language"):
            st.session_state["language"] = chosen

    with st.sidebar:
        st.segmented_control(
            _p("field", "Language"),
            list(language.LANGUAGES),
            key="f_language",
            format_func=str.upper,
            required=True,
            on_change=switch,
            label_visibility="collapsed",
        )


def _send_buttons_again() -> None:
    """Set every choice in a row of buttons to itself: a browser keeps showing it in the language it had.

    Lists that unfold are told their words by `choices`.
    """
    for key in list(st.session_state):
        if str(key).startswith("pick-"):
            st.session_state[key] = st.session_state[key]


def _follow_theme() -> None:
    """Draw, unseen, the button that draws the page again; the browser presses it when its theme is switched.

    Charts would stay dark on dark. Asking every few seconds would be a run on the server each time, and
    one that follows at once on another leaves on the screen what the other took away.
    """
    with st.container(key="follow-theme"):
        st.button(_("Draw again"), key="follow-theme-again")


def rename(title: str) -> None:
    """Put another title over the page, such as the name of its customer; it is from data."""
    width: Any = "stretch" if browser.is_phone() else "content"
    st.session_state["title-place"].title(escape.plain(title), anchor=False, width=width)
