"""Arrangements about one open document, and those that count on a day in words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.formats import in_sentence, money
from reports.translation import _, _p

KINDS = ("date", "promise", "plan", "dispute")


@dataclass(frozen=True)
class Document:
    """One open document with its arrangements and disputes; amounts in its own currency.

    Attributes:
        invoice_id: its number.
        currency: of the document.
        invoice_date: of the document.
        open_amount: of all its instalments.
        facts: its rows of `arrangements`, up to the as-of day.
        disputes: its rows of `disputes`.
    """

    invoice_id: str
    currency: str
    invoice_date: date
    open_amount: Decimal
    facts: pl.DataFrame
    disputes: pl.DataFrame

    def latest(self, kind: str) -> pl.DataFrame:
        """Return the rows of the last arrangement of a kind: a plan has several."""
        own = self.facts.filter(kind=kind)
        return own.filter(pl.col("made_date") == pl.col("made_date").max()).sort("pay_date")

    @property
    def plan(self) -> pl.DataFrame:
        """The instalments of the latest plan, without those that were ended."""
        return self.latest("plan").filter(pl.col("amount") > 0)

    @property
    def expected_date(self) -> date | None:
        """The day it is expected on, if one was noted and not withdrawn."""
        rows = self.latest("date")
        return rows["pay_date"][0] if rows.height else None

    @property
    def dispute(self) -> dict[str, Any] | None:
        """The open dispute about it; the latest of several."""
        rows = self.disputes.filter("is_open").sort("opened_date")
        return rows.row(-1, named=True) if rows.height else None


def open_document(
    invoice_id: str, items: pl.DataFrame, facts: pl.DataFrame, disputes: pl.DataFrame
) -> Document | None:
    """Return a document with its arrangements; None if nothing is to be received on it.

    Args:
        invoice_id: its number.
        items: `open_items` in the currency of the document.
        facts: `arrangements` in the same.
        disputes: `disputes` in the same.
    """
    own = items.filter(invoice_id=invoice_id)
    together = sum(own["open_amount"].to_list(), Decimal("0.00"))
    if own.is_empty() or together <= 0:
        return None
    return Document(
        invoice_id,
        own["currency"][0],
        own["invoice_date"][0],
        together,
        facts.filter(document_id=invoice_id),
        disputes.filter(invoice_id=invoice_id),
    )


def kind_name(kind: str) -> str:
    """Return the name of a kind of arrangement."""
    return {
        "date": _("Expected day"),
        "promise": _p("choice", "Promise"),
        "plan": _("Payment plan"),
        "dispute": _p("choice", "Dispute"),
    }[kind]


def sentences(document: Document, as_of: date) -> list[str]:
    """Return the arrangements about a document on a day, with whether they were kept."""
    lines = []
    if (expected := document.expected_date) is not None:
        noted_on = in_sentence(document.latest("date")["made_date"][0])
        lines.append(
            _("Noted on {made}: expected on {day}.", made=noted_on, day=in_sentence(expected))
            if expected > as_of
            else _(
                "Noted on {made}: expected on {day}; that day has passed.",
                made=noted_on,
                day=in_sentence(expected),
            )
        )
    for row in document.latest("promise").iter_rows(named=True):
        values = {
            "made": in_sentence(row["made_date"]),
            "amount": money(row["amount"], document.currency),
            "day": in_sentence(row["pay_date"]),
        }
        if row["is_kept"]:
            lines.append(_("Promised on {made}: {amount} on {day}; kept.", **values))
        elif row["is_due"]:
            lines.append(_("Promised on {made}: {amount} on {day}; broken.", **values))
        else:
            lines.append(_("Promised on {made}: {amount} on {day}.", **values))
    if (plan := document.plan).height:
        parts = ", ".join(
            _("{amount} on {day}", amount=money(value, document.currency), day=in_sentence(day))
            for day, value in plan.select("pay_date", "amount").iter_rows()
        )
        lines.append(
            _("Payment plan of {made}: {parts}.", made=in_sentence(plan["made_date"][0]), parts=parts)
        )
    if (dispute := document.dispute) is not None:
        values = {
            "opened": in_sentence(dispute["opened_date"]),
            "amount": money(dispute["amount"], document.currency),
        }
        lines.append(
            _("In dispute since {opened}: {amount}, {reason}.", reason=dispute["reason"], **values)
            if dispute["reason"]
            else _("In dispute since {opened}: {amount}.", **values)
        )
    return lines
