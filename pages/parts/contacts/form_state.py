"""What a form for a contact remembers between runs: its customer, its number, what it saved.

A form gets its number and the state of the books when it is opened. The store takes a number once, so that a
second click, another tab or a page sent again saves nothing; and it refuses a form only if rows of its own
customer were recorded since it was opened.
"""

import uuid
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st

from data.errors import AlreadySavedError, ChangedMeanwhileError, KasstroomError
from data.store import contact_rows
from data.store.snapshot import default_folder
from pages.parts.context import address_bar
from pages.parts.widgets import edit_session
from reports import language
from reports.answers.contacts import text as contact_text
from reports.answers.contacts.contact_entry import TypedContact
from reports.answers.shared import forms
from reports.answers.shared.forms import Problem
from reports.language import Language
from reports.sentences import translate

Entry = Callable[[str], tuple[contact_rows.ContactEntry | None, list[Problem]]]


@dataclass
class FormState:
    """The form for a customer at a place of a page.

    Attributes:
        key: of its widgets; another one after every save, so that a form starts empty.
        customer: number of its customer.
        kind: of `contact_entry.KINDS`; empty while the form is closed.
        number: of the contact; empty while the form is closed.
        seen: instant of the last batch when it was opened; None: save whatever was recorded since.
        correcting: the contact it corrects, as typed, and its number.
        prefilled: what its boxes hold at first, as typed; None: what is usual.
        noted: number and kind of the contact that was saved last.
        taken_back: numbers of the contacts that were taken back here.
        problems: why it could not be saved.
        refusal: why the store refused it; is_changed: because something was recorded meanwhile.
        has_news: the page is to be drawn again, on the new books.
        turn: counts the forms of this customer: each has widgets of its own.
        stays: values of the address that keep its customer open once it has left the list.
        language: spoken where the form was drawn; what runs before the next drawing speaks it too.
    """

    key: str
    customer: str
    kind: str = ""
    number: str = ""
    seen: datetime | None = None
    correcting: tuple[str, TypedContact] | None = None
    prefilled: TypedContact | None = None
    noted: tuple[str, str] | None = None
    taken_back: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    refusal: str = ""
    is_changed: bool = False
    has_news: bool = False
    turn: int = 0
    stays: Mapping[str, str | None] = field(default_factory=dict)
    language: Language = "en"

    def open(self, kind: str) -> None:
        """Open the form of a kind, with its number and the state of the books it is filled in on."""
        self.kind, self.noted, self.refusal = kind, None, ""
        if not self.number:
            self.number, self.seen = uuid.uuid4().hex, edit_session.latest_batch_at()
        # Whatever the lists do meanwhile, this customer stays open.
        address_bar.write_now(**self.stays)

    def close(self) -> None:
        """Start over: the form is closed and empty."""
        self.kind, self.number, self.correcting, self.prefilled = "", "", None, None
        self.problems, self.refusal = [], ""
        self.is_changed, self.turn = False, self.turn + 1

    def widget(self, name: str) -> str:
        """Return the key of a widget."""
        return f"{self.key}-{self.turn}-{name}"


def state_of(place: str, customer: str) -> FormState:
    """Return the form for a customer at a place; each customer has one of its own."""
    # A number from data could be anything; a key becomes a name in the page.
    key = f"contact-{place}-{zlib.crc32(customer.encode()):08x}"
    state: FormState | None = st.session_state.get(key)
    if state is None or state.customer != customer:
        state = FormState(key, customer)
        st.session_state[key] = state
    return state


def save(state: FormState, number: str, entry: Entry, *, over_changes: bool = False) -> None:
    """Save the form with a number, if it is still that form; runs as a callback, before the page is drawn."""
    language.use(state.language)
    if state.number != number:
        return  # a second click on a form that is closed by now
    contact, state.problems = entry(number)
    state.refusal, state.is_changed = "", False
    if contact is None:
        return
    kind = "note" if "notes" in contact.rows else _kind_of(contact)
    seen = None if over_changes else state.seen
    try:
        forms.write_patiently(lambda: contact_rows.save(default_folder(), contact, seen=seen))
    except AlreadySavedError:
        pass  # by an earlier click that was cut off before it could say so
    except ChangedMeanwhileError as error:
        state.refusal, state.is_changed = contact_text.changed_meanwhile(error.keys), True
        return
    except KasstroomError as error:
        state.refusal = translate(error.message)
        return
    state.close()
    state.noted, state.has_news = (number, kind), True
    address_bar.write_now(**state.stays)


def take_back(state: FormState, number: str) -> None:
    """Take a contact back; twice is once, and one that somebody else took back is said to be."""
    language.use(state.language)
    if number in state.taken_back:
        return  # a second click
    try:
        did_stand = forms.write_patiently(lambda: contact_rows.take_back(default_folder(), number))
    except KasstroomError as error:
        state.refusal = translate(error.message)
        return
    state.refusal = "" if did_stand else contact_text.no_longer_stands()
    state.taken_back.add(number)
    if state.noted is not None and state.noted[0] == number:
        state.noted = None
    state.has_news = True
    address_bar.write_now(**state.stays)


def correct(state: FormState, number: str, typed: TypedContact) -> None:
    """Open the form on a contact of before, to reverse and replace it."""
    state.close()
    state.open(typed.kind)
    state.correcting = (number, typed)


def offer(place: str, customer: str, typed: TypedContact) -> None:
    """Open the form of a customer on what was just done; runs as a callback."""
    state = state_of(place, customer)
    state.close()
    state.open(typed.kind)
    state.prefilled = typed


def _kind_of(contact: contact_rows.ContactEntry) -> str:
    row: dict[str, Any] = contact.rows["contacts"].row(0, named=True)
    return "reply" if row["direction"] == "in" else "call" if row["kind"] == "call" else "sent"
