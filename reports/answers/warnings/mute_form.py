"""Muting a signal for a while, with a reason; and noting contacts, from a line of the worklist."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from reports.answers.shared.forms import Changes, Problem, text
from reports.formats import in_sentence
from reports.translation import _, _p

_MUTES = pl.Schema(
    {
        "rule": pl.String(),
        "customer_id": pl.String(),
        "muted_date": pl.Date(),
        "until": pl.Date(),
        "reason": pl.String(),
    }
)
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
LOGGED = ("sent", "call", "reply", "note")
FILES = {"sent": "contacts", "call": "contacts", "reply": "contacts", "note": "notes"}
CHANNELS = ("e-mail", "letter", "phone")


def mute(customer: str, rule: str | None, since: date, until: date | None, reason: str | None) -> Changes:
    """Return the row that mutes a customer's signal of a rule, or every one, to a day.

    Args:
        customer: whose signals.
        rule: None: every rule.
        since: first day it is muted.
        until: last day it is muted.
        reason: why; needed, for whoever sees it next wants to know.
    """
    problems = []
    if until is None or until < since:
        problems.append(
            Problem("", _("Muted until"), _("choose a day on or after {day}", day=in_sentence(since)))
        )
    if not text(reason):
        problems.append(Problem("", _p("field", "Reason"), _("say why")))
    row = {
        "rule": rule, "customer_id": customer, "muted_date": since, "until": until, "reason": text(reason),
    }  # fmt: skip
    return _changes([row], _MUTES, problems)


def log(kind: str, items: pl.DataFrame, day: date, channel: str, words: str | None) -> Changes:
    """Return the rows that say what was done about a line.

    Args:
        kind: of `LOGGED`. What was sent counts as the step of every invoice whose step it was.
        items: of `covered`.
        day: it was done.
        channel: of `CHANNELS`.
        words: of a note.
    """
    customer = items["customer_id"][0]
    if kind == "note":
        problems = [] if text(words) else [Problem("", _p("field", "Note"), _("write a few words"))]
        row = {"customer_id": customer, "invoice_id": None, "noted_date": day, "text": text(words)}
        return _changes([row], _NOTES, problems)
    if kind == "reply":
        return _changes([_contact(customer, None, day, channel, ("in", "reply"))], _CONTACTS, [])
    about = items.filter("is_asked") if kind == "sent" else items
    rows = {
        (row["invoice_id"], what): _contact(customer, row["invoice_id"], day, channel, ("out", what))
        for row in about.iter_rows(named=True)
        for what in ["call" if kind == "call" else _sent(row)]
    }
    return _changes(list(rows.values()), _CONTACTS, [])


def _sent(row: Mapping[str, Any]) -> str:
    # A letter where a call was due is a friendly word: the steps after it follow as usual.
    return str(row["step"] if row["step"] != "call" else row["step_done"] or "friendly_reminder")


def logged_name(kind: str) -> str:
    """Return what noting something is called."""
    return {
        "sent": _("Reminder sent"),
        "call": _p("contact", "Called"),
        "reply": _("They answered"),
        "note": _p("field", "Note"),
    }[kind]


def channel_name(channel: str) -> str:
    """Return what a channel is called."""
    return {
        "e-mail": _p("channel", "E-mail"),
        "letter": _p("channel", "Letter"),
        "phone": _p("channel", "Phone"),
    }[channel]


def _contact(
    customer: str, invoice: str | None, day: date, channel: str, said: tuple[str, str]
) -> dict[str, Any]:
    direction, kind = said
    return {
        "customer_id": customer, "invoice_id": invoice, "contact_date": day, "channel": channel,
        "direction": direction, "kind": kind,
    }  # fmt: skip


def _changes(rows: list[dict[str, Any]], schema: pl.Schema, problems: list[Problem]) -> Changes:
    if problems:
        return Changes(pl.DataFrame(schema=schema), problems=tuple(problems))
    return Changes(pl.DataFrame(rows, schema=schema), changed=len(rows))
