"""Notices above the figures: a coloured line, with a link to the page that helps under it."""

from typing import Literal

import streamlit as st

from data import clock
from pages.parts.context import background_runs, books, filters
from pages.parts.context.view import View
from pages.parts.widgets import escape
from reports import language
from reports.answers.data_quality import freshness, list_text
from reports.answers.forecast import notes
from reports.answers.forecast.cash_forecast import CashForecast
from reports.language import _


def write(
    sentence: str,
    *,
    key: str,
    level: Literal["warning", "error"] = "warning",
    icon: str = "error",
    link: str | None = None,
    label: str = "",
    **own: str | None,
) -> None:
    """Draw one notice.

    Args:
        sentence: translated; text from data in it is escaped.
        key: unique on the page.
        level: orange, or red for an error.
        icon: of the line.
        link: the page that helps.
        label: of that link, with a verb.
        own: parameters of that page's address besides those of the view.
    """
    with st.container(key=f"note-{key}", gap="xsmall"):
        draw = st.error if level == "error" else st.warning
        draw(sentence, icon=f":material/{icon}:")
        if link is not None:
            st.page_link(
                f"pages/{link}.py",
                label=label,
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=filters.link(**own),
            )


def stale(view: View) -> None:
    """Draw a notice if the as-of day is in the future or after the last day of the books."""
    last = books.ask("as_of_range", view).row(0, named=True)["last_date"]
    today = clock.today()
    sentence = freshness.books_end(view.as_of, today, last)
    if sentence and view.as_of > today:
        write(
            sentence, key="stale", icon="event_upcoming", link=st.session_state["page"],
            label=_("Show {day}", day=language.in_sentence(today)), as_of=today.isoformat(),
        )  # fmt: skip
        return
    _load(sentence, "stale")


def stale_bank(view: View) -> None:
    """Draw a notice if the latest bank balance is old."""
    _load(freshness.bank_ends(view.as_of, books.ask("bank_position", view)), "stale-bank")


def lists(view: View) -> None:
    """Draw a notice if lists of open items take the place of payments: then nobody knows when those came."""
    sentence = list_text.coverage(books.ask("list_coverage", view).row(0, named=True))
    if sentence:
        write(sentence, key="lists", icon="event_busy", link="data", label=_("Show them"))


def forecast_notes(forecast: CashForecast, view: View) -> None:
    """Draw the sentences to read before the figures of a forecast."""
    missing = notes.missing(forecast)
    if missing:
        sentences = escape.plain(" ".join(missing))
        write(sentences, key="missing", icon="event_busy", link="data", label=_("Load files"), part="upload")
    for sentence in notes.notes(forecast, is_filtered=background_runs.is_filtered(view)):
        if sentence not in missing:
            st.warning(escape.plain(sentence))


def _load(sentence: str | None, key: str) -> None:
    if sentence:
        write(sentence, key=key, icon="event_busy", link="data", label=_("Load files"), part="upload")
