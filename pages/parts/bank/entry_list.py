"""A list of entries on the left, and the one that is open beside it."""

from typing import Any

import polars as pl
import streamlit as st

from pages.parts.bank import entry_card
from pages.parts.context import address_bar, filters
from pages.parts.context.view import View
from pages.parts.widgets import blocks, tables
from reports.answers.bank import entries
from reports.answers.bank import text as bank_text
from reports.language import _, _p

_ROWS = 14
_PHONE = ("counterparty", "amount")
_COLUMNS = {
    "proposed": bank_text.LISTED, "unmatched": bank_text.UNMATCHED, "applied": bank_text.APPLIED,
    "sample": bank_text.APPLIED,
}  # fmt: skip


def entry_list(part: str, listed: pl.DataFrame, rows: pl.DataFrame, view: View) -> None:
    """Draw the entries of a part of the screen, and the open one.

    Args:
        part: proposed, unmatched, applied or sample.
        listed: of `entries.entries`, those of the part; the newest are drawn first.
        rows: of `cash_application`.
        view: day and filters.
    """
    if listed.is_empty():
        st.caption(_nothing(part))
        return
    listed = listed.sort("entry_date", descending=True, maintain_order=True)
    left, right = blocks.pair("bank", 3, 2)
    with left:
        place = _place(part, listed)
        shown = bank_text.entry_rows(listed, entries.names(rows))
        if part in {"applied", "sample"}:
            shown = bank_text.with_decided(shown, rows)
        picked = tables.show(
            shown, view, key=f"entries-{part}", columns=_COLUMNS[part], phone=_PHONE, select=True,
            page_rows=_ROWS, alt=_("Entries of the bank"), ticked=place,
        )  # fmt: skip
        if picked is not None and _key(picked) != _key(listed.row(place, named=True)):
            filters.remember(**_address(picked))
            place = _place(part, listed)
        _keys(listed, place)
    with right:
        entry_card.entry_card(part, listed.row(place, named=True), rows, view)


def _nothing(part: str) -> str:
    return {
        "proposed": _(
            "Nothing is proposed: all that could be explained was applied, or waits in the list above."
        ),
        "unmatched": _("Of every entry it is known what it is for."),
        "applied": _("No entry was applied yet."),
    }[part]


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return row["account"], row["entry_id"]


def _address(row: dict[str, Any]) -> dict[str, str | None]:
    return {"account": row["account"], "entry": row["entry_id"]}


def _place(part: str, listed: pl.DataFrame) -> int:
    """Return the place of the entry of the address; of one that left the list, where it stood."""
    asked = filters.parameter("account"), filters.parameter("entry")
    found = listed.with_row_index("place").filter(account=asked[0] or "", entry_id=asked[1] or "")
    remembered = st.session_state.get(f"bank-place-{part}", 0)
    place: int = found["place"][0] if found.height else min(remembered, listed.height - 1)
    st.session_state[f"bank-place-{part}"] = place
    if asked != (None, None) and not found.height:
        filters.remember(**_address(listed.row(place, named=True)))
    return place


def _keys(listed: pl.DataFrame, place: int) -> None:
    """Draw the buttons to the entries before and after, which J and K press as well."""
    with st.container(horizontal=True, gap="small", key="line-keys"):
        for key, step, icon, words in (
            ("K", -1, ":material/keyboard_arrow_up:", _p("button", "Previous")),
            ("J", 1, ":material/keyboard_arrow_down:", _p("button", "Next")),
        ):
            there = 0 <= place + step < listed.height
            st.button(
                words, icon=icon, key=f"entry-{key}", shortcut=key, disabled=not there, type="tertiary",
                on_click=address_bar.write_now,
                kwargs=_address(listed.row(place + step, named=True)) if there else {},
            )  # fmt: skip
