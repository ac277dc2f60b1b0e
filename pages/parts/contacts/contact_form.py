"""The one form for a contact with a customer: call, letter, reply or note, with what came of it."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

import polars as pl
import streamlit as st

from data import clock
from pages.parts.contacts import form_state
from pages.parts.contacts.form_boxes import FormBoxes
from pages.parts.contacts.form_state import FormState
from pages.parts.context import address_bar, books, errors
from pages.parts.context.view import View
from pages.parts.widgets import edit_session, escape
from reports import language
from reports.answers.contacts import contact_entry
from reports.answers.contacts import text as contact_text
from reports.answers.customer import text as customer_text
from reports.language import Language, _, _p

_ICONS = {
    "call": ":material/call:", "sent": ":material/mail:", "reply": ":material/reply:",
    "note": ":material/edit_note:",
}  # fmt: skip
_MOST = 5  # contacts of before that a form lists; the rest is in the timeline of the customer


@dataclass(frozen=True)
class NextCustomer:
    """The customer after this one in a list.

    Attributes:
        name: as shown; from data.
        address: values of the address that open it.
    """

    name: str
    address: Mapping[str, str | None]


def contact_form(
    customer_id: str,
    view: View,
    *,
    place: str,
    kinds: Sequence[str] = contact_entry.KINDS,
    invoices: Sequence[str] | None = None,
    steps: Mapping[str, str] | None = None,
    person: str | None = None,
    next_up: NextCustomer | None = None,
    stays: Mapping[str, str | None] = MappingProxyType({}),
    has_keys: bool = False,
    lists_earlier: bool = True,
) -> None:
    """Draw the form for a contact with a customer, and what was noted last with a way to take it back.

    It is drawn apart from the page: typing and choosing in it run nothing else. After a save the page runs
    again on the new books.

    Args:
        customer_id: the customer; the form saves for this one and no other.
        view: its as-of day is the day of the contact unless another is chosen.
        place: where on which page it stands, in letters; two forms on one page need two places.
        kinds: of `contact_entry.KINDS`, those to choose from.
        invoices: those ticked at first; None: all that are overdue.
        steps: per invoice the step that a letter stood for; None: it is asked.
        person: whom to ask for, filled in at first.
        next_up: the customer to go to after a save.
        stays: values of the address that keep this customer open after a save.
        has_keys: N opens the note.
        lists_earlier: draw what else was noted since the books were loaded; once on a page.
    """
    if not edit_session.is_open(view):
        return
    ticked = None if invoices is None else tuple(invoices)
    settings = _Settings(
        tuple(kinds),
        ticked,
        steps,
        person,
        next_up,
        dict(stays),
        has_keys,
        lists_earlier,
        language.current(),
    )
    _form(customer_id, view, place, settings)


@dataclass(frozen=True)
class _Settings:
    kinds: tuple[str, ...]
    invoices: tuple[str, ...] | None
    steps: Mapping[str, str] | None
    person: str | None
    next_up: NextCustomer | None
    stays: Mapping[str, str | None]
    has_keys: bool
    lists_earlier: bool
    spoken: Language


@st.fragment
def _form(customer_id: str, view: View, place: str, settings: _Settings) -> None:
    language.use(settings.spoken)
    errors.guard(partial(_draw_form, customer_id, view, place, settings))


def _draw_form(customer_id: str, view: View, place: str, settings: _Settings) -> None:
    state = form_state.state_of(place, customer_id)
    state.language, state.stays = settings.spoken, settings.stays
    with st.container(key=f"{state.key}-panel", gap="small"):
        _noted(state, view, settings.next_up)
        if state.has_news:
            state.has_news = False
            # What was saved is on the screen already; the lists follow.
            address_bar.write_and_rerun()
        if state.kind:
            _open_form(state, view, settings)
        else:
            _choices(state, settings)
        # Below what can be done: these are looked up, the buttons are pressed.
        if settings.lists_earlier:
            _noted_before(state, view)


def _choices(state: FormState, settings: _Settings) -> None:
    """Draw a button per kind of contact."""
    with st.container(horizontal=True, gap="small"):
        for kind in settings.kinds:
            st.button(
                contact_text.kind_name(kind),
                icon=_ICONS[kind],
                key=f"{state.key}-open-{kind}",
                on_click=state.open,
                args=(kind,),
                shortcut="N" if settings.has_keys and kind == "note" else None,
            )


def _noted(state: FormState, view: View, next_up: NextCustomer | None) -> None:
    """Draw what was saved last, with the way to take it back and to the next customer."""
    if state.noted is None:
        if state.refusal and not state.number:
            st.error(escape.plain(state.refusal), icon=":material/block:")
        return
    number, kind = state.noted
    with st.container(horizontal=True, vertical_alignment="center", key=f"{state.key}-noted"):
        st.markdown(f":material/check: {contact_text.save_notice(kind)}", width="content")
        way_back(state, view, number)
        if next_up is not None:
            st.button(
                escape.plain(contact_text.next_customer(next_up.name)),
                icon=":material/arrow_forward:",
                icon_position="right",
                key=f"{state.key}-next",
                on_click=_go_to,
                args=(state, next_up),
            )
    if state.refusal and not state.number:
        st.error(escape.plain(state.refusal), icon=":material/block:")


def _go_to(state: FormState, next_up: NextCustomer) -> None:
    state.noted = None
    address_bar.write_now(**next_up.address)
    state.has_news = True


def _noted_before(state: FormState, view: View) -> None:
    """Draw what else was noted since the books were loaded, by anybody, each with the way to take it back."""
    events = books.ask("timeline", _today(view), customer=state.customer)
    events = events.filter(pl.col("is_since_books") & pl.col("contact_id").is_not_null())
    events = events.sort("contact_recorded_at", descending=True, maintain_order=True)
    noted = state.noted[0] if state.noted else None
    earlier = events.unique("contact_id", keep="first", maintain_order=True)
    listed = earlier.filter(pl.col("contact_id") != (noted or "")).head(_MOST)
    if listed.is_empty():
        return
    with st.container(key=f"{state.key}-earlier", gap=None):
        for event in listed.iter_rows(named=True):
            number = event["contact_id"]
            with st.container(
                horizontal=True,
                vertical_alignment="center",
                key=f"{state.key}-before-{zlib.crc32(number.encode())}",
            ):
                st.caption(escape.plain(customer_text.contact_line(event)), width="content")
                _undo_button(state, number, is_quiet=True)


def timeline_contact(number: str, customer: str, view: View, *, place: str) -> None:
    """Draw a contact or note that was picked in the timeline, with the way to take it back or correct it.

    Args:
        number: of the contact.
        customer: whose it is.
        view: tells whether the books can be changed.
        place: of the form on the same page, which opens on a correction.
    """
    events = books.ask("timeline", _today(view), customer=customer).filter(contact_id=number)
    if not edit_session.is_open(view) or events.is_empty():
        return
    state = form_state.state_of(place, customer)
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="card-noted"):
        st.markdown(escape.plain(customer_text.contact_line(events.row(0, named=True))), width="content")
        way_back(state, view, number, at="picked-")


def _today(view: View) -> View:
    """Return the view on today: what is noted today can be taken back on the screens of an earlier day."""
    return replace(view.whole_customer(), as_of=max(view.as_of, clock.today()))


def _undo_button(state: FormState, number: str, at: str = "", *, is_quiet: bool = False) -> None:
    st.button(
        _p("button", "Undo"),
        icon=":material/undo:",
        type="tertiary" if is_quiet else "secondary",
        key=f"{state.key}-undo-{at}{number}",
        on_click=form_state.take_back,
        args=(state, number),
    )


def way_back(state: FormState, view: View, number: str, *, at: str = "") -> None:
    """Draw the button that takes a contact back, or corrects it once the books were loaded again."""
    today = _today(view)
    events = books.ask("timeline", today, customer=state.customer).filter(contact_id=number)
    if events.is_empty() or events["is_since_books"].all():
        _undo_button(state, number, at)
        return
    rows = books.ask("contacts", today, customer=state.customer).filter(contact_id=number).to_dicts()
    typed = contact_entry.as_typed(rows) if rows else contact_entry.note_as_typed(events.row(0, named=True))
    st.button(
        _p("button", "Correct"),
        icon=":material/edit:",
        key=f"{state.key}-correct-{at}{number}",
        on_click=form_state.correct,
        args=(state, number, typed),
        help=_("The books were loaded since: what was noted is reversed and noted again."),
    )


def _documents(view: View, customer: str) -> pl.DataFrame:
    """Return the open invoices of a customer, each in its own currency."""
    whole = view.whole_customer()
    rows = books.ask("open_items", whole, customer=customer)
    return contact_entry.open_documents(
        *(
            books.ask("open_items", whole.in_currency(currency), customer=customer).filter(currency=currency)
            for currency in sorted(rows["currency"].unique())
        )
    )


def _open_form(state: FormState, view: View, settings: _Settings) -> None:
    """Draw the boxes of a kind of contact, and Save; and why it could not be saved."""
    kind = state.kind
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"{state.key}-opened",
    ):
        st.markdown(f"{_ICONS[kind]} **{contact_text.kind_name(kind)}**", width="content")
        st.button(
            _p("button", "Cancel"), icon=":material/close:", key=state.widget("cancel"), on_click=state.close
        )
    if state.correcting:
        st.caption(_("This takes the place of what was noted before."))
    boxes = FormBoxes(
        state, view, _documents(view, state.customer), settings.steps, settings.person, settings.invoices
    )
    outcome = boxes.choose_outcome()
    entry = partial(boxes.entry, outcome)
    with st.form(state.widget(f"{kind}-form"), enter_to_submit=False):
        boxes.draw(outcome)
        st.form_submit_button(
            _p("button", "Save"),
            icon=":material/save:",
            key=state.widget(f"{kind}-save"),
            on_click=form_state.save,
            args=(state, state.number, entry),
        )
    if state.problems:
        edit_session.show_problems(state.problems)
    if not state.refusal:
        return
    st.error(escape.plain(state.refusal), icon=":material/block:")
    if state.is_changed:
        with st.container(horizontal=True):
            st.button(
                _("Save anyway"),
                key=state.widget("anyway"),
                on_click=form_state.save,
                args=(state, state.number, entry),
                kwargs={"over_changes": True},
            )
            st.button(
                _("Show what is there now"), key=state.widget("again"), on_click=_start_over, args=(state,)
            )


def _start_over(state: FormState) -> None:
    state.close()
    state.has_news = True
