"""Arrangements about one open document: which of them hold, and that in words."""

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
    """One open document and what is known of it; amounts in its own currency.

    Attributes:
        invoice_id: its number.
        currency: its own.
        invoice_date: its day.
        open_amount: what is open of it.
        facts: its rows of `arrangements`, up to the day looked at.
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
        """The instalments of the plan that holds."""
        return self.latest("plan").filter(pl.col("amount") > 0)

    @property
    def noted(self) -> date | None:
        """The day that was noted for it, where one holds."""
        rows = self.latest("date")
        return rows["pay_date"][0] if rows.height else None

    @property
    def dispute(self) -> dict[str, Any] | None:
        """The open dispute about it; the latest where there are several."""
        rows = self.disputes.filter("is_open").sort("opened_date")
        return rows.row(-1, named=True) if rows.height else None


def document(
    invoice_id: str, items: pl.DataFrame, facts: pl.DataFrame, disputes: pl.DataFrame
) -> Document | None:
    """Return what is known of a document; None where nothing is to be received on it.

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
    """Return what noting a kind of arrangement is called."""
    return {
        "date": _("Expected day"),
        "promise": _p("choice", "Promise"),
        "plan": _("Payment plan"),
        "dispute": _p("choice", "Dispute"),
    }[kind]


def words(found: Document, as_of: date) -> list[str]:
    """Say which arrangements about a document hold on a day, and which no longer do."""
    said = []
    if (noted := found.noted) is not None:
        made = in_sentence(found.latest("date")["made_date"][0])
        said.append(
            _("Noted on {made}: expected on {day}.", made=made, day=in_sentence(noted))
            if noted > as_of
            else _(
                "Noted on {made}: expected on {day}; that day has passed.", made=made, day=in_sentence(noted)
            )
        )
    for row in found.latest("promise").iter_rows(named=True):
        values = {
            "made": in_sentence(row["made_date"]),
            "amount": money(row["amount"], found.currency),
            "day": in_sentence(row["pay_date"]),
        }
        if row["is_kept"]:
            said.append(_("Promised on {made}: {amount} on {day}; kept.", **values))
        elif row["is_due"]:
            said.append(_("Promised on {made}: {amount} on {day}; broken.", **values))
        else:
            said.append(_("Promised on {made}: {amount} on {day}.", **values))
    if (plan := found.plan).height:
        parts = ", ".join(
            _("{amount} on {day}", amount=money(value, found.currency), day=in_sentence(day))
            for day, value in plan.select("pay_date", "amount").iter_rows()
        )
        said.append(
            _("Payment plan of {made}: {parts}.", made=in_sentence(plan["made_date"][0]), parts=parts)
        )
    if (dispute := found.dispute) is not None:
        values = {
            "opened": in_sentence(dispute["opened_date"]),
            "amount": money(dispute["amount"], found.currency),
        }
        said.append(
            _("In dispute since {opened}: {amount}, {reason}.", reason=dispute["reason"], **values)
            if dispute["reason"]
            else _("In dispute since {opened}: {amount}.", **values)
        )
    return said
