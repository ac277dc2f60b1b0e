"""What a reader must know before the figures: a coloured line, with the way to the cure under it."""

from typing import Literal

import streamlit as st

from data import clock
from pages.parts.context import books, filters
from pages.parts.context.view import View
from reports import language
from reports.answers.data_quality import freshness
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
    """Draw one line.

    Args:
        sentence: translated; text from data in it made plain.
        key: unique on the page.
        level: orange, or red for what failed.
        icon: of the line.
        link: the page that helps.
        label: what that link does, with a verb.
        own: what the address of that page says besides the view.
    """
    with st.container(key=f"note-{key}", gap=None):
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
    """Say that the day looked at lies ahead, or beyond the end of the books."""
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
    """Say that the bank balance is an old one."""
    _load(freshness.bank_ends(view.as_of, books.ask("bank_position", view)), "stale-bank")


def _load(sentence: str | None, key: str) -> None:
    if sentence:
        write(sentence, key=key, icon="event_busy", link="data", label=_("Load files"), part="upload")
