"""A contact as typed: the rows to write, or the problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from data.store.contact_rows import ContactEntry
from reports.answers.contacts.text import field_name
from reports.answers.shared.forms import NotAnAmountError, Problem, amount, text
from reports.formats import in_sentence, money
from reports.sentences import translate
from reports.translation import _

KINDS = ("call", "sent", "reply", "note")
OUTCOMES = ("promised", "no_answer", "call_back", "dispute", "wrong_invoice", "other")
CHANNELS: Mapping[str, tuple[str, ...]] = {
    "call": ("phone",), "sent": ("e-mail", "letter"), "reply": ("e-mail", "phone", "letter"), "note": (),
}  # fmt: skip
LETTERS = (
    "pre_due_reminder",
    "friendly_reminder",
    "formal_reminder",
    "final_demand",
    "notice_14_days",
    "hand_over",
)
DISPUTED = ("dispute", "wrong_invoice")
WITH_AMOUNT = ("promised", *DISPUTED)
_ZERO = Decimal("0.00")
_CONTACTS = pl.Schema(
    {
        "customer_id": pl.String(), "invoice_id": pl.String(), "contact_date": pl.Date(),
        "channel": pl.String(), "direction": pl.String(), "kind": pl.String(), "contact_id": pl.String(),
        "person": pl.String(), "outcome": pl.String(), "note": pl.String(),
        "next_date": pl.Date(), "amount": pl.String(),
    }
)  # fmt: skip
_PROMISES = pl.Schema(
    {
        "invoice_id": pl.String(), "made_date": pl.Date(), "promised_date": pl.Date(), "amount": pl.String(),
        "contact_id": pl.String(),
    }
)  # fmt: skip
_DISPUTES = pl.Schema(
    {
        "invoice_id": pl.String(), "opened_date": pl.Date(), "closed_date": pl.Date(), "reason": pl.String(),
        "amount": pl.String(), "contact_id": pl.String(),
    }
)  # fmt: skip
_NOTES = pl.Schema(
    {
        "customer_id": pl.String(), "invoice_id": pl.String(), "noted_date": pl.Date(), "text": pl.String(),
        "contact_id": pl.String(),
    }
)  # fmt: skip
DOCUMENTS = pl.Schema(
    {
        "invoice_id": pl.String(), "currency": pl.String(), "due_date": pl.Date(), "days_overdue": pl.Int64(),
        "open_amount": pl.Decimal(38, 2),
    }
)  # fmt: skip


@dataclass(frozen=True)
class TypedContact:
    """The boxes of the form.

    Attributes:
        kind: of `KINDS`.
        day: of the contact.
        channel: how; of `CHANNELS`.
        person: who was spoken to.
        outcome: of `OUTCOMES`; None where none is asked.
        invoices: numbers of the invoices it was about; none: about all that is overdue.
        promised_date: day on which a promise is to be paid.
        amount: as typed, of all invoices together; empty: all that is open on them.
        note: as typed.
        next_date: day until which the customer is left alone; None: as long as after any contact.
        letter: step that a letter stood for, where the worklist names none.
    """

    kind: str
    day: date
    channel: str = "phone"
    person: str | None = None
    outcome: str | None = None
    invoices: tuple[str, ...] = ()
    promised_date: date | None = None
    amount: str | None = None
    note: str | None = None
    next_date: date | None = None
    letter: str = "friendly_reminder"


def open_documents(*frames: pl.DataFrame) -> pl.DataFrame:
    """Return the open invoices of a customer, one row each, the oldest due date first.

    Args:
        frames: of `open_items`, each in the currency of its documents.

    Returns:
        Columns `DOCUMENTS`; what is open is after set-off, in the invoice's own currency.
    """
    rows = [
        frame.filter((pl.col("invoice_type") == "invoice") & (pl.col("owed_amount") > 0))
        .group_by("invoice_id", "currency")
        .agg(
            pl.col("due_date").min(),
            pl.col("days_overdue").max().cast(pl.Int64),
            pl.col("owed_amount").sum().cast(pl.Decimal(38, 2)).alias("open_amount"),
        )
        for frame in frames
    ]
    together = pl.concat(rows) if rows else pl.DataFrame(schema=DOCUMENTS)
    return together.select(DOCUMENTS.names()).sort("due_date", "invoice_id")


def entry(
    contact_id: str,
    customer: str,
    typed: TypedContact,
    documents: pl.DataFrame,
    *,
    steps: Mapping[str, str] | None = None,
    replaces: str | None = None,
) -> tuple[ContactEntry | None, list[Problem]]:
    """Return what to save, or the reasons why nothing can be.

    Args:
        contact_id: number of the contact, made when the form was opened.
        customer: number of the customer.
        typed: the boxes.
        documents: `open_documents` of the customer.
        steps: per invoice the step that a letter stood for; None: `typed.letter` for all.
        replaces: number of the contact that is corrected.
    """
    problems: list[Problem] = []
    if typed.kind == "note":
        if not text(typed.note):
            return None, [Problem("", field_name("note"), _("write a few words"))]
        row = {
            "customer_id": customer, "invoice_id": None, "noted_date": typed.day, "text": text(typed.note),
            "contact_id": contact_id,
        }  # fmt: skip
        frames = {"notes": pl.DataFrame([row], schema=_NOTES)}
        return ContactEntry(contact_id, customer, frames, replaces), []
    chosen = documents.filter(pl.col("invoice_id").is_in(list(typed.invoices)))
    if typed.kind == "sent" and steps is not None:
        # A letter is a step of the invoices that are up to one; others it names stay where they are.
        up_to_step = chosen.filter(pl.col("invoice_id").is_in(list(steps)))
        chosen = up_to_step if up_to_step.height else chosen
    outcome = typed.outcome if typed.kind in {"call", "reply"} else None
    parts = _parts(typed, outcome, chosen, problems)
    _check_days(typed, outcome, problems)
    if problems:
        return None, problems
    whole = sum(parts.values(), _ZERO) if parts and chosen["currency"].n_unique() == 1 else None
    direction = "in" if typed.kind == "reply" else "out"
    contact_rows: list[dict[str, Any]] = [
        {
            "customer_id": customer, "invoice_id": invoice, "contact_date": typed.day,
            "channel": typed.channel, "direction": direction, "kind": _kind(typed, invoice, steps),
            "contact_id": contact_id, "person": text(typed.person) or None, "outcome": outcome,
            "note": text(typed.note) or None,
            "next_date": typed.next_date, "amount": None if whole is None else str(whole),
        }
        for invoice in chosen["invoice_id"].to_list() or [None]
    ]  # fmt: skip
    frames = {"contacts": pl.DataFrame(contact_rows, schema=_CONTACTS)}
    amounts = {invoice: value for invoice, value in parts.items() if value > 0}
    if outcome == "promised":
        rows = [
            {"invoice_id": invoice, "made_date": typed.day, "promised_date": typed.promised_date,
             "amount": str(value), "contact_id": contact_id}
            for invoice, value in amounts.items()
        ]  # fmt: skip
        frames["promises"] = pl.DataFrame(rows, schema=_PROMISES)
    if outcome in DISPUTED:
        reason = text(typed.note) or ("wrong_invoice" if outcome == "wrong_invoice" else None)
        rows = [
            {"invoice_id": invoice, "opened_date": typed.day, "closed_date": None, "reason": reason,
             "amount": str(value), "contact_id": contact_id}
            for invoice, value in amounts.items()
        ]  # fmt: skip
        frames["disputes"] = pl.DataFrame(rows, schema=_DISPUTES)
    return ContactEntry(contact_id, customer, frames, replaces), []


def shares(value: Decimal, documents: pl.DataFrame) -> dict[str, Decimal]:
    """Return an amount divided over invoices: the oldest due date is filled first."""
    parts: dict[str, Decimal] = {}
    for invoice, is_open in documents.select("invoice_id", "open_amount").iter_rows():
        parts[invoice] = min(value, is_open)
        value -= parts[invoice]
    return parts


def _kind(typed: TypedContact, invoice: str | None, steps: Mapping[str, str] | None) -> str:
    if typed.kind != "sent":
        return typed.kind
    return typed.letter if steps is None or invoice is None else steps.get(invoice, typed.letter)


def _parts(
    typed: TypedContact, outcome: str | None, chosen: pl.DataFrame, problems: list[Problem]
) -> dict[str, Decimal]:
    """Return what is promised or disputed of each invoice."""
    if outcome not in WITH_AMOUNT:
        return {}
    if chosen.is_empty():
        problems.append(Problem("", field_name("invoices"), _("choose at least one invoice")))
        return {}
    whole = dict(chosen.select("invoice_id", "open_amount").iter_rows())
    try:
        value = amount(typed.amount)
    except NotAnAmountError as error:
        problems.append(Problem("", field_name("amount"), translate(error.message)))
        return {}
    if value is None:
        return whole
    is_open = sum(whole.values(), _ZERO)
    if chosen["currency"].n_unique() > 1:
        words = _("leave it empty: the invoices are in several currencies")
        problems.append(Problem("", field_name("amount"), words))
    elif value <= 0:
        problems.append(Problem("", field_name("amount"), _("write an amount above 0")))
    elif value > is_open:
        words = _("that is more than the {open} that is open", open=money(is_open, chosen["currency"][0]))
        problems.append(Problem("", field_name("amount"), words))
    return shares(value, chosen)


def _check_days(typed: TypedContact, outcome: str | None, problems: list[Problem]) -> None:
    words = _("choose a day on or after {day}", day=in_sentence(typed.day))
    if outcome == "promised" and (typed.promised_date is None or typed.promised_date < typed.day):
        problems.append(Problem("", field_name("promised_date"), words))
    is_asked = outcome == "call_back"
    if (is_asked and typed.next_date is None) or (
        typed.next_date is not None and typed.next_date < typed.day
    ):
        problems.append(Problem("", field_name("next_date"), words))


def note_as_typed(event: Mapping[str, Any]) -> TypedContact:
    """Return a note of the books, a row of `timeline`, as the form holds it, to be corrected."""
    return TypedContact(kind="note", day=event["event_date"], note=event["note"])


def as_typed(rows: Sequence[Mapping[str, Any]]) -> TypedContact:
    """Return a contact of the books as the form holds it, to be corrected.

    Args:
        rows: of `contacts`, those of one contact.
    """
    first = rows[0]
    kind = "reply" if first["direction"] == "in" else "call" if first["kind"] == "call" else "sent"
    return TypedContact(
        kind=kind, day=first["contact_date"], channel=first["channel"], person=first["person"],
        outcome=first["outcome"], invoices=tuple(row["invoice_id"] for row in rows if row["invoice_id"]),
        promised_date=first["promised_date"],
        amount=None if first["contact_amount"] is None else str(first["contact_amount"]),
        note=first["note"], next_date=first["next_contact_date"],
        letter=first["kind"] if first["kind"] in LETTERS else "friendly_reminder",
    )  # fmt: skip
