"""The steps of the first hour: what the books have, what is missing and what it would add."""

import streamlit as st

from data.store.snapshot import default_folder, store_exists
from pages.parts.context import books, filters
from pages.parts.shell import first_start
from pages.parts.widgets import blocks, links
from reports.answers.data_quality import first_steps
from reports.answers.data_quality.first_steps import FirstStep
from reports.answers.settings.outgoing import sender_refusal
from reports.answers.settings.sender import sender_of
from reports.language import _


def show(*, is_upload: bool = False) -> None:
    """Draw the steps; nothing where all are done, or in the demo company.

    Args:
        is_upload: the page loads files already: no link leads there. Elsewhere the steps are drawn until the
            books have invoices, payments and a bank balance.
    """
    has_books = store_exists(default_folder())
    if has_books and first_start.is_demo():
        return
    has_sender = has_books and sender_refusal(sender_of(books.ask("settings"))) is None
    steps = first_steps.first_steps(books.ask("first_steps") if has_books else None, has_sender=has_sender)
    if first_steps.is_complete(steps) or (first_steps.has_core(steps) and not is_upload):
        return
    blocks.heading(first_steps.finding(steps), key="first-steps")
    with st.container(key="steps", gap="xsmall"):
        for step in steps:
            _line(step, is_upload=is_upload, has_books=has_books)


def _line(step: FirstStep, *, is_upload: bool, has_books: bool) -> None:
    icon = ":material/check_circle:" if step.is_done else ":gray[:material/radio_button_unchecked:]"
    words = f"{icon} {step.name}" if step.is_done else f"{icon} **{step.name}**"
    with st.container(horizontal=True, vertical_alignment="center", key=f"step-{step.key}"):
        st.markdown(f"{words}: {step.adds}" + (f" · {step.state}" if step.state else ""), width="stretch")
        if step.is_done:
            return
        if step.key == first_steps.SENDER:
            if has_books:
                links.settings("sender", _("Fill in the sender"))
        elif not is_upload:
            st.page_link(
                "pages/data.py",
                label=_("Load files"),
                icon=":material/upload_file:",
                query_params=filters.link(part="upload"),
            )
