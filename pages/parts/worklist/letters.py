"""The letter of a line to read, copy or save as a draft, and all letters of the list in one ZIP."""

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from data import clock
from data.message_templates import Message
from pages.parts.contacts import form_state
from pages.parts.context import books, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, links
from reports import language
from reports.answers.contacts.contact_entry import TypedContact
from reports.answers.settings import outgoing
from reports.answers.settings.sender import sender_of
from reports.answers.worklist import reminder_text, reminders
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist.reminder_text import Credits
from reports.answers.worklist.reminder_tone import NoticeEnds
from reports.answers.worklist.reminders import Reminder
from reports.answers.worklist.worklist import Worklist
from reports.language import _, _p
from reports.packs import file_name
from reports.packs.invoice_pdfs import pdfs_of
from reports.packs.letters import batch_bytes, eml_bytes
from reports.sentences import translate

_LONG, _HEIGHT = 34, 640  # lines of a letter that is shown whole, and pixels of a longer one


def batch_button(day_list: Worklist, rows: pl.DataFrame, view: View) -> None:
    """Draw the button that saves the letters of the lines shown, or why there are none to save."""
    settings, today, spoken = books.ask("settings", view), clock.today(), language.current()
    senders = {entity: sender_of(settings, entity) for entity in rows["entity"].unique()}
    refusals = [outgoing.day_refusal(view.as_of, today), *map(outgoing.sender_refusal, senders.values())]
    ends, set_off_credit = _notice_ends(view), _credit(view)

    opened, kept = books.books(), books.ask("attachments", view)

    def batch() -> bytes:
        # Runs when the button is pressed, on another thread, which does not know the language yet.
        language.use(spoken)
        written = reminders.reminders(
            day_list, rows, settings, written_on=today, ends=ends, set_off_credit=set_off_credit
        )
        invoices = {invoice for letter in written for invoice in letter.invoices}
        return batch_bytes(written, pdfs_of(opened, kept, invoices))

    refusal = next(filter(None, refusals), None)
    st.download_button(
        _("All reminders (ZIP)"), batch if refusal is None else b"",
        file_name=file_name(_p("file", "reminders"), today.isoformat(), ending="zip"),
        mime="application/zip", icon=":material/mail:", key="batch", on_click="ignore",
        disabled=refusal is not None,
        help=_(
            "A mail draft per letter, the PDFs of the invoices that are kept, and a table for a mail merge. "
            "Nothing is sent."
        )
        if refusal is None else escape.sentence(translate(refusal)),
    )  # fmt: skip


def letter(line: dict[str, Any], items: pl.DataFrame, view: View) -> None:
    """Draw the letter of a line; without a sender it can be read and neither copied nor saved."""
    today = clock.today()
    sender = sender_of(books.ask("settings", view), line["entity"])
    too_old, incomplete = outgoing.day_refusal(view.as_of, today), outgoing.sender_refusal(sender)
    if too_old is not None:
        blocks.heading(worklist_text.letter(), key="letter")
        refused(too_old, lambda: _load_link(view))
        return
    reminder = reminders.reminder(
        line, items, sender, view.as_of, written_on=today, ends=_notice_ends(view),
        set_off_credit=_credit(view, line["customer_id"]),
    )  # fmt: skip
    # The form beside the letter opens on what was just made.
    sent = TypedContact("sent", today, channel="e-mail", invoices=tuple(items["invoice_id"].unique()))
    with blocks.bar("letter"):
        blocks.heading(worklist_text.letter(), key="letter")
        if incomplete is None:
            st.download_button(
                _("Mail draft"), lambda: eml_bytes(reminder), icon=":material/draft:", key="eml",
                file_name=file_name(line["customer_id"], line["step"], today.isoformat(), ending="eml"),
                mime="message/rfc822", on_click=form_state.offer,
                args=("worklist", line["customer_id"], sent),
            )  # fmt: skip
    if incomplete is not None:
        refused(incomplete, lambda: links.settings("sender", _("Fill in the sender")))
    _text(reminder, can_copy=incomplete is None)


def refused(refusal: Message, link: Callable[[], None]) -> None:
    """Draw why a letter or file cannot be made, and the link to what makes it possible."""
    st.warning(escape.sentence(translate(refusal)), icon=":material/edit_note:")
    with st.container(key="link-refused"):
        link()


def _load_link(view: View) -> None:
    newest = books.books().default_as_of
    if view.as_of != newest and outgoing.day_refusal(newest, clock.today()) is None:
        st.page_link(
            "pages/worklist.py", label=_("Show {day}", day=language.in_sentence(newest)),
            icon=":material/arrow_forward:", query_params=filters.link(as_of=newest.isoformat()),
        )  # fmt: skip
        return
    st.page_link(
        "pages/data.py", label=_("Load data"), icon=":material/arrow_forward:",
        query_params=filters.link(part="upload"),
    )  # fmt: skip


def _text(reminder: Reminder, *, can_copy: bool) -> None:
    words = f"{reminder.subject}\n\n{reminder.body}"
    lines = words.count("\n")
    height: Any = "content" if lines <= _LONG else _HEIGHT
    if height == _HEIGHT:
        st.caption(_("The letter has {count} lines: scroll to read all of it.", count=lines))
    if can_copy:
        st.code(words, language=None, wrap_lines=True, height=height)
    else:
        with st.container(border=True, height=height, key="letter-unsigned"):
            st.text(words)


def _notice_ends(view: View) -> NoticeEnds:
    # The fourteen days run from the letter, not from the day of its figures.
    return reminders.notice_ends_of(books.ask("notice_ends", view, as_of=clock.today()))


def _credit(view: View, customer: str | None = None) -> Credits:
    return reminder_text.credits_of(books.ask("set_offs", view, customer=customer))
