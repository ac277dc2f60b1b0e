"""The boxes of the form for a contact: drawn, and read when the form is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl
import streamlit as st

from data import clock
from data.store.contact_rows import ContactEntry
from pages.parts.contacts.form_state import FormState
from pages.parts.context import choices
from pages.parts.context.view import View
from reports.answers.contacts import contact_entry
from reports.answers.contacts import text as contact_text
from reports.answers.contacts.contact_entry import TypedContact
from reports.answers.shared.forms import Problem, amount_text
from reports.language import _

_LONGEST = 1000
_DAY = "DD-MM-YYYY"
_SPOKEN = ("call", "reply")


@dataclass(frozen=True)
class FormBoxes:
    """The boxes of one form.

    Attributes:
        state: of the form; its kind decides which boxes there are.
        view: its as-of day is the day of the contact unless another is chosen.
        documents: `contact_entry.open_documents` of the customer.
        steps: per invoice the step that a letter stood for; None: it is asked.
        person: filled in at first.
        ticked: invoices ticked at first; None: all that are overdue.
    """

    state: FormState
    view: View
    documents: pl.DataFrame
    steps: Mapping[str, str] | None
    person: str | None
    ticked: tuple[str, ...] | None

    @property
    def before(self) -> TypedContact | None:
        """The contact that is corrected, or was just made, as typed."""
        return self.state.correcting[1] if self.state.correcting else self.state.prefilled

    def choose_outcome(self) -> str | None:
        """Draw the outcomes of a conversation and return the chosen one."""
        kind, before = self.state.kind, self.before
        if kind not in _SPOKEN:
            return None
        outcomes = [name for name in contact_entry.OUTCOMES if kind == "call" or name != "no_answer"]
        return st.segmented_control(
            contact_text.field_name("outcome"),
            outcomes,
            default=before.outcome if before and before.outcome in outcomes else None,
            format_func=contact_text.outcome_name,
            key=self._key("outcome"),
            wrap=True,
        )

    def draw(self, outcome: str | None) -> None:
        """Draw the boxes inside the form."""
        kind = self.state.kind
        with st.container(horizontal=True, vertical_alignment="bottom"):
            self._draw_day_and_way()
            if kind in _SPOKEN:
                self._draw_person_and_outcome(outcome)
        if self.documents.height and kind != "note":
            self._draw_invoices()
        if kind != "sent":
            note = self.before.note if self.before else None
            st.text_area(
                contact_text.field_name("note"),
                note or "",
                key=self._key("note"),
                max_chars=_LONGEST,
                height=68,
            )

    def entry(self, outcome: str | None, number: str) -> tuple[ContactEntry | None, list[Problem]]:
        """Return what to save under a number, from the boxes as they are in the session."""
        state = self.state
        return contact_entry.entry(
            number,
            state.customer,
            self._typed(outcome),
            self.documents,
            steps=self.steps,
            replaces=state.correcting[0] if state.correcting else None,
        )

    def _key(self, name: str) -> str:
        return self.state.widget(f"{self.state.kind}-{name}")

    def _draw_day_and_way(self) -> None:
        name, before, kind = contact_text.field_name, self.before, self.state.kind
        st.date_input(
            name("day"), before.day if before else self.view.as_of, key=self._key("day"), format=_DAY,
            width=150, required=True, max_value=max(self.view.as_of, clock.today()),
        )  # fmt: skip
        channels = contact_entry.CHANNELS[kind]
        if len(channels) > 1:
            place = channels.index(before.channel) if before and before.channel in channels else 0
            choices.selectbox(
                name("channel"), channels, index=place, words=contact_text.channel_name,
                key=self._key("channel"), width=130,
            )  # fmt: skip
        if kind == "sent" and self.steps is None:
            letter = before.letter if before else "friendly_reminder"
            choices.selectbox(
                name("letter"), contact_entry.LETTERS, index=contact_entry.LETTERS.index(letter),
                words=contact_text.letter_name, key=self._key("letter"), width=220,
            )  # fmt: skip

    def _draw_person_and_outcome(self, outcome: str | None) -> None:
        name, before = contact_text.field_name, self.before
        st.text_input(
            name("person"), (before.person if before else self.person) or "", key=self._key("person"),
            max_chars=100, width=200,
        )  # fmt: skip
        if outcome == "promised":
            st.date_input(
                name("promised_date"), before.promised_date if before else None, key=self._key("promised"),
                format=_DAY, width=150,
            )  # fmt: skip
        if outcome in contact_entry.WITH_AMOUNT:
            typed = Decimal(before.amount) if before and before.amount else None
            st.text_input(
                name("amount"), amount_text(typed), key=self._key("amount"), width=170,
                placeholder=_("all of it"), help=_("Empty: all that is open on the chosen invoices."),
            )  # fmt: skip
        if outcome != "promised":
            st.date_input(
                name("next_date"), before.next_date if before else None, key=self._key("next"),
                format=_DAY, width=160,
            )  # fmt: skip

    def _draw_invoices(self) -> None:
        rows = {row["invoice_id"]: row for row in self.documents.to_dicts()}
        overdue = tuple(number for number, row in rows.items() if row["days_overdue"] > 0)
        ticked = self.before.invoices if self.before else overdue if self.ticked is None else self.ticked
        choices.multiselect(
            contact_text.field_name("invoices"),
            list(rows),
            default=[number for number in ticked if number in rows],
            # Options are drawn letter by letter: an escape would be seen.
            words=lambda number: contact_text.invoice_choice(rows[number]),
            key=self._key("invoices"),
            placeholder=_("About all overdue"),
        )

    def _typed(self, outcome: str | None) -> TypedContact:
        kind = self.state.kind

        def box(name: str, default: Any = None) -> Any:
            return choices.read(self._key(name), default)

        channels = contact_entry.CHANNELS[kind] or ("phone",)
        return TypedContact(
            kind=kind, day=box("day"), channel=box("channel", channels[0]), person=box("person"),
            outcome=outcome, invoices=tuple(box("invoices", ())), promised_date=box("promised"),
            amount=box("amount"), note=box("note"), next_date=box("next"),
            letter=box("letter", "friendly_reminder"),
        )  # fmt: skip
