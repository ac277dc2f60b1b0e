"""The hand-over of invoices of a customer to a collection agency: ticks, and the file about the ticked."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import polars as pl
import streamlit as st

from data import clock
from pages.parts.contacts import form_state
from pages.parts.contacts.contact_form import contact_form
from pages.parts.context import books
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, links, tables
from queries import Books
from reports import language
from reports.answers.claims import hand_over, hand_over_text
from reports.answers.claims.hand_over import HandOver
from reports.answers.contacts.contact_entry import TypedContact
from reports.answers.settings import outgoing
from reports.answers.settings.outgoing import OutgoingRefusedError
from reports.answers.worklist import sent_letters
from reports.language import _, _p
from reports.packs import file_name, handover_bytes, pdf_bytes
from reports.packs.invoice_pdfs import pdfs_of
from reports.sentences import translate

_COLUMNS = (
    "invoice_id", "due_date", "days_overdue", "principal", "interest", "collection_costs", "total",
)  # fmt: skip
_PLACE = "hand-over"
_PHONE = ("invoice_id", "days_overdue", "total")


def at_the_step(view: View, customer: str, claims: pl.DataFrame) -> list[str]:
    """Return the claimed invoices that are up to the hand-over."""
    return hand_over.at_the_step(books.ask("worklist_items", view, customer=customer), claims)


def block(view: View, customer: str, claims: pl.DataFrame) -> pl.DataFrame:
    """Draw the invoices to tick and the buttons of the file; return the ticked rows of `claims`."""
    ready = at_the_step(view, customer, claims)
    with st.container(border=True, key="card-hand-over"):
        head = st.container()
        places = [place for place, invoice in enumerate(claims["invoice_id"]) if invoice in ready]
        ticked_places = tables.tick(
            claims, view, key=f"hand-over-{customer}", columns=_COLUMNS, phone=_PHONE, ticked=places,
            alt=_("Invoices to hand over"),
        )  # fmt: skip
        ticked = claims[ticked_places]
        with head, blocks.bar("hand-over"):
            finding = hand_over_text.ticked(ticked, claims.height, len(ready), view.display_currency)
            blocks.heading(finding, key="hand-over")
            with st.container(horizontal=True, width="content"):
                refusal = _refusal(view, ticked)
                if refusal is None:
                    _buttons(view, customer, ticked)
        if refusal is not None:
            _show(refusal)
        contact_form(
            customer, view, place=_PLACE, kinds=("sent",), invoices=ticked["invoice_id"].to_list(),
            lists_earlier=False,
        )  # fmt: skip
    return ticked


def _refusal(view: View, ticked: pl.DataFrame) -> OutgoingRefusedError | None:
    """Return why no file can be made of the ticked invoices; None if it can."""
    if ticked.is_empty():
        return None
    try:
        creditor = hand_over.creditor_of(books.ask("settings", view), ticked)
        outgoing.require(creditor, view.as_of, clock.today(), is_claim=True)
    except OutgoingRefusedError as error:
        return error
    return None


def _show(refusal: OutgoingRefusedError) -> None:
    st.warning(escape.sentence(translate(refusal.message)), icon=":material/edit_note:")
    if refusal.is_sender:
        with st.container(key="link-hand-over-sender"):
            links.settings("sender", _("Fill in the sender"))


def _buttons(view: View, customer: str, ticked: pl.DataFrame) -> None:
    invoices = ticked["invoice_id"].to_list()
    opened = books.books()
    content = partial(_content, view, customer, invoices, opened, language.current())
    pdfs = pdfs_of(opened, books.ask("attachments", view, customer=customer), invoices)
    day = clock.today().isoformat()
    # What was handed over is noted in the form below, which opens on it.
    sent = TypedContact("sent", clock.today(), channel="letter", invoices=tuple(invoices), letter="hand_over")
    for ending, mime, label, icon, made in (
        ("pdf", "application/pdf", _p("button", "PDF"), "picture_as_pdf", pdf_bytes),
        ("zip", "application/zip", _("All files (ZIP)"), "folder_zip", partial(handover_bytes, pdfs=pdfs)),
    ):
        st.download_button(
            label, partial(_file, made, content) if invoices else b"",
            file_name=file_name(_p("file", "hand-over"), customer, day, ending=ending, owner=""),
            mime=mime, icon=f":material/{icon}:", key=f"hand-over-{ending}", disabled=not invoices,
            on_click=form_state.offer, args=(_PLACE, customer, sent),
            help=_("For the collection agency: the claim built up, with its payments, contacts and letters"),
        )  # fmt: skip


def _file(made: Callable[[HandOver], bytes], content: Callable[[], HandOver]) -> bytes:
    return made(content())


def _content(view: View, customer: str, invoices: list[str], opened: Books, spoken: str) -> HandOver:
    # Runs when the button is pressed, on another thread, which does not know the language yet.
    language.use(spoken)
    view = replace(view, segment=None)
    values = {"as_of": view.as_of, "known_on": view.known_on, "entity": view.entity, "customer": customer}
    claims = opened.ask("claims", **values, currency=view.currency).filter(
        pl.col("invoice_id").is_in(invoices)
    )
    return hand_over.gather(
        opened, customer, view.as_of, invoices=invoices, written_on=clock.today(),
        letters=sent_letters.sent_letters(opened, claims, values), known_on=view.known_on,
        currency=view.currency, entity=view.entity, display_currency=view.display_currency,
    )  # fmt: skip
