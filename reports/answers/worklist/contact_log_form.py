"""Contacts and notes about a line of the worklist, as typed: the rows to write, or the problems."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from reports.answers.shared.forms import Changes, Problem, text
from reports.translation import _, _p

_CONTACTS = pl.Schema(
    {
        "customer_id": pl.String(),
        "invoice_id": pl.String(),
        "contact_date": pl.Date(),
        "channel": pl.String(),
        "direction": pl.String(),
        "kind": pl.String(),
    }
)
_NOTES = pl.Schema(
    {"customer_id": pl.String(), "invoice_id": pl.String(), "noted_date": pl.Date(), "text": pl.String()}
)
KINDS = ("sent", "call", "reply", "note")
FILES = {"sent": "contacts", "call": "contacts", "reply": "contacts", "note": "notes"}
CHANNELS = ("e-mail", "letter", "phone")


def log(kind: str, items: pl.DataFrame, day: date, channel: str, words: str | None) -> Changes:
    """Return the rows of a contact or a note about a line.

    Args:
        kind: of `KINDS`. A letter sent counts as the step of each invoice that is up to a step.
        items: of `worklist.contact_items`.
        day: of the contact.
        channel: of `CHANNELS`.
        words: text of a note.
    """
    customer = items["customer_id"][0]
    if kind == "note":
        problems = [] if text(words) else [Problem("", _p("field", "Note"), _("write a few words"))]
        row = {"customer_id": customer, "invoice_id": None, "noted_date": day, "text": text(words)}
        return _changes([row], _NOTES, problems)
    if kind == "reply":
        return _changes([_contact(customer, None, day, channel, ("in", "reply"))], _CONTACTS, [])
    contacted = items.filter("has_step_due") if kind == "sent" else items
    rows = {
        (row["invoice_id"], step): _contact(customer, row["invoice_id"], day, channel, ("out", step))
        for row in contacted.iter_rows(named=True)
        for step in ["call" if kind == "call" else _letter_step(row)]
    }
    return _changes(list(rows.values()), _CONTACTS, [])


def _letter_step(row: Mapping[str, Any]) -> str:
    # A letter sent when a call was due counts as a friendly reminder, so that later steps follow as usual.
    return str(row["step"] if row["step"] != "call" else row["step_done"] or "friendly_reminder")


def kind_name(kind: str) -> str:
    """Return the name of a kind of log entry."""
    return {
        "sent": _("Reminder sent"),
        "call": _p("contact", "Called"),
        "reply": _("They answered"),
        "note": _p("field", "Note"),
    }[kind]


def channel_name(channel: str) -> str:
    """Return the name of a channel."""
    return {
        "e-mail": _p("channel", "E-mail"),
        "letter": _p("channel", "Letter"),
        "phone": _p("channel", "Phone"),
    }[channel]


def _contact(
    customer: str, invoice: str | None, day: date, channel: str, direction_and_kind: tuple[str, str]
) -> dict[str, Any]:
    direction, kind = direction_and_kind
    return {
        "customer_id": customer, "invoice_id": invoice, "contact_date": day, "channel": channel,
        "direction": direction, "kind": kind,
    }  # fmt: skip


def _changes(rows: list[dict[str, Any]], schema: pl.Schema, problems: list[Problem]) -> Changes:
    if problems:
        return Changes(pl.DataFrame(schema=schema), problems=tuple(problems))
    return Changes(pl.DataFrame(rows, schema=schema), changed=len(rows))
