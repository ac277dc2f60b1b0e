"""Noting a call to a customer of the list: whom to ask for, and what came of it."""

import streamlit as st

from pages.parts.contacts import form_state
from pages.parts.contacts.contact_form import contact_form
from pages.parts.contacts.details_form import contact_details
from pages.parts.context import books
from pages.parts.context.view import View

_PLACE = "warning"


def start_call(customer: str) -> None:
    """Open the form of a customer on a call; runs as a callback."""
    state = form_state.state_of(_PLACE, customer)
    state.stays = {"customer": customer}
    state.open("call")


def call_form(customer: str, view: View) -> None:
    """Draw how to reach a customer, and the form for a call to it."""
    person = None
    for row in books.ask("customer", view.whole_customer(), customer=customer).to_dicts():
        person = row["contact_name"]
        with st.container(horizontal=True):
            contact_details(row, view, place=_PLACE)
    contact_form(customer, view, place=_PLACE, person=person, stays={"customer": customer})
