"""The hand-over file for a collection agency: the claim on ticked invoices of a customer, and its history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from queries import Books
from reports.answers import sentences
from reports.answers.claims import hand_over_tables, hand_over_text
from reports.answers.claims import text as claims_text
from reports.answers.claims.hand_over_tables import Table
from reports.answers.settings import outgoing
from reports.answers.settings.sender import Sender, sender_of
from reports.formats import day
from reports.translation import _, _p

# An invoice that waits for one of these is not handed over unless somebody ticks it.
_HELD = ("disputed", "promised", "plan", "set_off", "left_out")


@dataclass(frozen=True)
class Annex:
    """The text of a letter that was sent.

    Attributes:
        heading: what was sent, and on which day.
        body: the text, in lines; names in it are from data and not escaped.
    """

    heading: str
    body: str


@dataclass(frozen=True)
class HandOver:
    """The content of the hand-over file; texts from data in it are not escaped.

    Attributes:
        customer_id: number of the debtor.
        written_on: date of the file.
        title: with the customer's name in it.
        finding: the claim in one sentence.
        currency: of the amounts.
        parties: creditor, debtor and file, each a heading with words and values.
        notices: warnings for the agency, above the figures.
        tables: in the order to print; the first is the claim.
        methods: how the claim is worked out, and that it is no legal advice.
        annexes: the letters that were sent, oldest first.
    """

    customer_id: str
    written_on: date
    title: str
    finding: str
    currency: str
    parties: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    notices: tuple[str, ...]
    tables: tuple[Table, ...]
    methods: tuple[str, ...]
    annexes: tuple[Annex, ...]


def at_the_step(items: pl.DataFrame, claims: pl.DataFrame) -> list[str]:
    """Return the claimed invoices that are up to the hand-over, or were handed over, in the order of claims.

    Args:
        items: of `worklist_items`, of the customer.
        claims: of `claims`, of the customer.
    """
    is_held = pl.col("waits").is_in(_HELD).fill_null(value=False)
    is_up_to = (pl.col("step") == "hand_over") | (pl.col("step_done") == "hand_over")
    invoices = set(items.filter(is_up_to & ~is_held)["invoice_id"])
    return [invoice for invoice in claims["invoice_id"] if invoice in invoices]


def creditor_of(settings: pl.DataFrame, claims: pl.DataFrame) -> Sender:
    """Return the creditor of claims.

    Args:
        settings: of the query `settings`.
        claims: the ticked rows of `claims`; at least one.

    Raises:
        OutgoingRefusedError: they are of several administrations, each with a file of its own.
    """
    entities = sorted({entity or "" for entity in claims["entity"]})
    if len(entities) > 1:
        raise outgoing.OutgoingRefusedError(sentences.SEVERAL_CREDITORS(names=", ".join(entities)))
    return sender_of(settings, entities[0])


def gather(
    books: Books,
    customer: str,
    as_of: date,
    *,
    invoices: Collection[str],
    written_on: date,
    letters: Sequence[Annex] = (),
    known_on: datetime | None = None,
    currency: str | None = None,
    entity: str | None = None,
    display_currency: str,
) -> HandOver:
    """Return the hand-over file of a customer as its parts.

    Args:
        books: open for questions.
        customer: number of the debtor.
        as_of: last day of interest and of all other rows.
        invoices: the ticked ones; others are nowhere in the file.
        written_on: date of the file.
        letters: those that were sent about the invoices.
        known_on: only what was recorded by then; None: everything known now.
        currency: only documents in this currency; None: all, in the reporting currency.
        entity: only this administration; None: all.
        display_currency: what the amounts are in.

    Raises:
        OutgoingRefusedError: nothing is ticked, the creditor is not complete or not one, or the figures are
            too old.
    """
    values: dict[str, Any] = {
        "as_of": as_of, "known_on": known_on, "currency": currency, "entity": entity, "customer": customer,
    }  # fmt: skip
    claims = books.ask("claims", **values).filter(pl.col("invoice_id").is_in(list(invoices)))
    if claims.is_empty():
        raise outgoing.OutgoingRefusedError(sentences.NOTHING_TICKED())
    creditor = creditor_of(books.ask("settings", known_on=known_on), claims)
    outgoing.require(creditor, as_of, written_on, is_claim=True)
    debtor = books.ask("customer", **values).row(0, named=True)
    rates_notice = claims_text.rates_notice(as_of)
    return HandOver(
        customer_id=customer,
        written_on=written_on,
        title=_("Hand-over for collection: {customer}", customer=debtor["customer_name"]),
        finding=claims_text.claimed(claims, display_currency),
        currency=display_currency,
        parties=(
            (_p("heading", "Creditor"), hand_over_text.creditor(creditor, claims["entity"][0])),
            (_p("heading", "Debtor"), hand_over_text.debtor(debtor)),
            (_p("heading", "File"), _file(claims, as_of, written_on)),
        ),
        notices=(*([rates_notice] if rates_notice else []), *claims_text.notices(claims, as_of)),
        tables=hand_over_tables.tables(books, values, claims),
        methods=tuple(
            method
            for method in (
                claims_text.interest_method(as_of), claims_text.rate(claims),
                hand_over_text.scale() if claims["collection_costs"].sum() else "",
                claims_text.principal_note(), claims_text.costs_with_vat(claims, display_currency),
                claims_text.limits(),
            )
            if method
        ),
        annexes=tuple(letters),
    )  # fmt: skip


def _file(claims: pl.DataFrame, as_of: date, written_on: date) -> tuple[tuple[str, str], ...]:
    notice_dates = claims["notice_date"].drop_nulls().unique().sort().to_list()
    disputed = claims.filter("is_disputed").height
    is_consumer = "consumer" in claims["customer_type"]
    notices = ", ".join(day(notice) for notice in notice_dates)
    facts = (
        (_p("fact", "Made on"), day(written_on)),
        (_("Figures as of"), day(as_of)),
        (_("14-day notice"), notices or (_p("word", "none") if is_consumer else "")),
        (_p("fact", "Dispute"), _("yes, see the disputes") if disputed else _("none open")),
    )
    return tuple((word, value) for word, value in facts if value)
