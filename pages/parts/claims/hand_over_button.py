"""The hand-over file of a customer, made when its button is pressed."""

from functools import partial

import streamlit as st

from pages.parts.context import books
from pages.parts.context.view import View
from queries import Books
from reports import language
from reports.answers.claims import hand_over
from reports.language import _, _p
from reports.packs import file_name, handover_bytes


def download(view: View, customer: str) -> None:
    """Draw the button; the content is queried when it is pressed."""
    st.download_button(
        _("Hand-over file"),
        partial(_file, view, customer, books.books(), language.current()),
        file_name=file_name(_p("file", "hand-over"), customer, view.as_of.isoformat(), ending="zip"),
        mime="application/zip",
        icon=":material/folder_zip:",
        key="hand-over",
        on_click="ignore",
        help=_("For the collection agency: the claim built up, with its invoices, payments and contacts"),
    )


def _file(view: View, customer: str, opened: Books, spoken: str) -> bytes:
    # Runs when the button is pressed, on another thread, which does not know the language yet.
    language.use(spoken)
    content = hand_over.gather(
        opened, customer, view.as_of, known_on=view.known_on, currency=view.currency, entity=view.entity,
        display_currency=view.display_currency,
    )  # fmt: skip
    return handover_bytes(content)
