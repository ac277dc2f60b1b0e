"""Whom to speak to at a customer and where, with links to call and to write, and a form to type it over."""

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import streamlit as st

from pages.parts.context import browser
from pages.parts.context.view import View
from pages.parts.widgets import edit_session, escape
from reports.answers.contacts import details
from reports.language import _, _p

_LONGEST = 200


def contact_details(customer: Mapping[str, Any], view: View, *, place: str) -> None:
    """Draw a customer's contact details on a line, and the form behind a button.

    Args:
        customer: row of `customer`.
        view: tells whether the books can be changed.
        place: where on the page, in letters.
    """
    name = f"details-{place}"
    edit_session.show_result(name)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{name}-line"):
        _links(customer)
        if view.known_on is None:
            with st.popover(_("Contact details"), icon=":material/edit:", type="tertiary"):
                _form(customer, name)


def _links(customer: Mapping[str, Any]) -> None:
    """Draw who it is, with links to call and to mail; Markdown would drop those to call."""
    theme = browser.theme()
    parts = [html.escape(part) for part in details.who(customer)]
    for href, words in (
        (_tel(customer["phone"]), customer["phone"]),
        (_mailto(customer["email"]), customer["email"]),
    ):
        if href:
            style = f'style="color:{theme.cash}"'
            parts.append(f'<a {style} href="{html.escape(href)}">{html.escape(words)}</a>')
        elif words:
            parts.append(html.escape(words))
    parts += [html.escape(part) for part in details.where(customer)]
    if not parts:
        st.caption(_("No contact details are known."))
        return
    st.html(f'<div style="font-size:.9rem">{" &nbsp;·&nbsp; ".join(parts)}</div>', width="content")


def _tel(number: str | None) -> str | None:
    """Return the address that calls a number; None where it is none."""
    digits = re.sub(r"[^0-9+]", "", (number or "").split(",")[0])
    return f"tel:{digits}" if re.fullmatch(r"\+?[0-9]{3,15}", digits) else None


def _mailto(address: str | None) -> str | None:
    """Return the address that opens a mail to a customer; None where it is no mail address."""
    written = (address or "").strip()
    return f"mailto:{quote(written, safe='@')}" if re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", written) else None


def _form(customer: Mapping[str, Any], name: str) -> None:
    known = edit_session.latest_batch_at()
    current = (customer["customer_id"], details.current_values(customer))
    edit = edit_session.start(name, current, known)
    # The form was drawn for this customer: what is typed is of no other.
    owner, before = edit.before
    with st.form(f"{edit.key}-form", border=False):
        after = {
            field: st.text_input(
                escape.plain(details.field_name(field)), value, key=f"{edit.key}-{field}", max_chars=_LONGEST
            )
            for field, value in before.items()
        }
        is_saved = st.form_submit_button(_p("button", "Save"), icon=":material/save:", key=f"{edit.key}-save")
    if is_saved and owner == customer["customer_id"]:
        rows = details.changes(owner, before, after)
        if rows:
            edit_session.write(name, edit, rows, lambda: _("The contact details were saved."))
        else:
            st.info(_("Nothing was changed."))
