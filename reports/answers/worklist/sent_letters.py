"""The letters sent about invoices, written again from the books of their days: the annexes of a claim."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from data.grains import LETTERS
from queries import Books
from reports.answers.claims.hand_over import Annex
from reports.answers.claims.hand_over_tables import contacts_about
from reports.answers.settings.sender import sender_of
from reports.answers.worklist import reminder_text, reminders
from reports.answers.worklist.fees import LetterFees, fees_of
from reports.answers.worklist.text import step_name
from reports.formats import day
from reports.translation import _

_SPOKEN = ("call",)


def sent_letters(books: Books, claims: pl.DataFrame, values: Mapping[str, Any]) -> tuple[Annex, ...]:
    """Return the letters about ticked invoices, oldest first.

    The store knows that a letter was sent, when and about what, and not its words: each is written again with
    the figures and the sender it would have now, and its annex says so. A letter whose invoices were not open
    on its day has no text and stands among the contacts alone.

    Args:
        books: open for questions.
        claims: the ticked rows of `claims`.
        values: `as_of`, `known_on`, `entity` and `customer`.
    """
    if claims.is_empty():
        return ()
    asked = {name: values[name] for name in ("as_of", "known_on", "customer")}
    kinds = [kind for kind in LETTERS if kind not in _SPOKEN]
    is_letter = (pl.col("direction") == "out") & pl.col("kind").is_in(kinds)
    contacts = contacts_about(books.ask("contacts", **asked), claims).filter(is_letter)
    letters = contacts.group_by("contact_date", "kind", maintain_order=True).agg("invoice_id")
    settings = books.ask("settings", known_on=values["known_on"])
    fees = fees_of(settings, books.ask("as_of_range")["reporting_currency"][0])
    annexes = (
        _annex(books, claims, {**values, "as_of": sent_on}, kind, invoices, settings=settings, fees=fees)
        for sent_on, kind, invoices in letters.iter_rows()
    )
    return tuple(annex for annex in annexes if annex is not None)


def _annex(
    books: Books,
    claims: pl.DataFrame,
    values: Mapping[str, Any],
    kind: str,
    invoices: list[str | None],
    *,
    settings: pl.DataFrame,
    fees: LetterFees,
) -> Annex | None:
    sent_on = values["as_of"]
    items = books.ask("worklist_items", **values).sort("due_date", "invoice_id")
    named = {invoice for invoice in invoices if invoice is not None}
    # A letter that names no invoice was about all that was overdue on its day.
    is_in_letter = pl.col("invoice_id").is_in(list(named)) if named else pl.col("overdue_since") < sent_on
    rows = items.filter(is_in_letter)
    if rows.filter(pl.col("invoice_id").is_in(claims["invoice_id"].to_list())).is_empty():
        return None
    first = rows.row(0, named=True)
    fee = fees.of_letter(kind, first["customer_type"], first["entity"], rows["currency"].unique().to_list())
    letter = reminders.letter_about(
        {**first, "step": kind, "fee_amount": fee}, rows.to_dicts(), [], sender_of(settings, first["entity"]),
        sent_on, ends=reminders.notice_ends_of(books.ask("notice_ends", as_of=sent_on)),
        set_off_credit=reminder_text.credits_of(
            books.ask("set_offs", as_of=sent_on, known_on=values["known_on"], customer=values["customer"])
        ),
    )  # fmt: skip
    heading = _("{letter} of {day}", letter=step_name(kind), day=day(sent_on))
    return Annex(heading, f"{letter.subject}\n\n{letter.body}")
