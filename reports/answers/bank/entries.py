"""Entries of the bank as the Bank screen lists them: one row each, and the figures above the list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from data.store.cash_application import PROGRAM, CashSources
from reports.answers.shared.money import total

EntryKey = tuple[str, str]
"""Account of the company, and number of the entry on it."""

STATES = ("proposed", "applied", "unmatched")
_OF_CUSTOMERS = ("invoice", "on_account")
_OURS = ("transfer", "charge")
_KEY = ("account", "entry_id")


@dataclass(frozen=True)
class Received:
    """Money received in a period, in one currency.

    Attributes:
        amount: what came in, without transfers between own accounts, taxes and what is none of a customer's.
        by_itself: of that, what the program applied without a person.
    """

    amount: Decimal
    by_itself: Decimal

    @property
    def share(self) -> Decimal | None:
        """By itself ÷ received, 0-1; None where nothing was received."""
        return self.by_itself / self.amount if self.amount else None


@dataclass(frozen=True)
class Waiting:
    """Entries that wait for somebody.

    Attributes:
        entries: how many.
        amount: money in of them that settles no document yet, in one currency.
    """

    entries: int
    amount: Decimal


@dataclass(frozen=True)
class MeasuredError:
    """How much of what the program applied people contradict.

    Attributes:
        contradicted: amount.
        applied: what the program applied, contradicted or not.
        cases: entries of which something is contradicted.
    """

    contradicted: Decimal
    applied: Decimal
    cases: int


def entries(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per entry of `cash_application`, in its order.

    Its columns: account, entry_id, entry_date, amount, currency, counterparty, description, state (`STATES`),
    customer_id (null: not known), invoices (list), score (of what is proposed; null: nothing is).
    """
    is_proposed = pl.col("status") == "proposed"
    counts = (pl.col("applied_amount") != 0) | is_proposed
    return rows.group_by(_KEY, maintain_order=True).agg(
        *(pl.col(name).first() for name in
          ("entry_date", "amount", "currency", "counterparty", "description")),
        state=pl.when(is_proposed.any()).then(pl.lit("proposed"))
        .when((pl.col("status") == "unmatched").any()).then(pl.lit("unmatched"))
        .otherwise(pl.lit("applied")),
        customer_id=pl.col("customer_id").filter(counts).drop_nulls().first(),
        invoices=pl.col("invoice_id").filter(counts).drop_nulls(),
        score=pl.col("score").filter(is_proposed).min(),
    )  # fmt: skip


def waiting(listed: pl.DataFrame, rows: pl.DataFrame, currency: str) -> Waiting:
    """Return the entries that wait for somebody, proposed or unmatched, and their money in.

    Args:
        listed: of `entries`.
        rows: of `cash_application`.
        currency: of the money.
    """
    waits = listed.filter(pl.col("state") != "applied")
    parts = rows.join(waits, on=_KEY, how="semi").filter(
        (pl.col("currency") == currency)
        & (pl.col("applied_amount") > 0)
        & pl.col("status").is_in(("proposed", "unmatched"))
    )
    return Waiting(waits.height, total(parts["applied_amount"]))


def received(rows: pl.DataFrame, currency: str, after: date | None, until: date) -> Received:
    """Return the money received after one day and up to another, in one currency.

    Args:
        rows: of `cash_application`.
        currency: of the entries that count.
        after: last day that does not count; None: from the first entry.
        until: last day that counts.
    """
    came = rows.filter(
        (pl.col("currency") == currency) & (pl.col("applied_amount") > 0) & (pl.col("entry_date") <= until)
    )
    if after is not None:
        came = came.filter(pl.col("entry_date") > after)
    # What the program knows to be tax or a payout is applied, and no money of a customer.
    is_other = ~pl.col("kind").is_in(_OF_CUSTOMERS) & (pl.col("status") == "applied")
    money = came.filter(
        ~pl.col("kind").is_in(_OURS) & (pl.col("status") != "rejected") & ~is_other & (pl.col("amount") > 0)
    )
    own = money.filter((pl.col("status") == "applied") & (pl.col("decided_by") == PROGRAM))
    return Received(total(money["applied_amount"]), total(own["applied_amount"]))


def measured_error(rows: pl.DataFrame, contradicted: pl.DataFrame, currency: str) -> MeasuredError:
    """Return how much of what the program applied people contradict.

    Args:
        rows: of `cash_application`.
        contradicted: of `cash_contradicted`.
        currency: of the entries that count.
    """
    known = rows.select(_KEY).unique()
    judged = contradicted.filter(currency=currency).join(known, on=_KEY, how="semi")
    standing = received(rows.join(judged, on=_KEY, how="anti"), currency, None, date.max).by_itself
    return MeasuredError(
        contradicted=total(judged["contradicted_amount"]),
        applied=standing + total(judged["applied_amount"]),
        cases=judged.filter(pl.col("contradicted_amount") > 0).height,
    )


def sources_of(rows: pl.DataFrame) -> CashSources:
    """Return whose payments count, from the rows of `cash_sources`."""
    stated = rows.filter(pl.col("cash_source").is_not_null()).select("entity", "cash_source")
    return CashSources(
        dict(stated.iter_rows()), frozenset(rows.filter(pl.col("bookkeeping_payments") > 0)["entity"])
    )


def proposing_only(sources: CashSources, rows: pl.DataFrame) -> list[str]:
    """Return the administrations, '' for all or for none, of which the bookkeeping's payments count."""
    return sorted(entity for entity in rows["entity"] if not sources.is_bank(entity))


def undecided(sources: CashSources) -> list[str]:
    """Return the administrations with payments of the bookkeeping about which no setting says which count."""
    named = sources.stated
    return sorted(entity for entity in sources.with_payments if entity not in named and "" not in named)


def without(listed: pl.DataFrame, keys: Collection[EntryKey]) -> pl.DataFrame:
    """Return the entries that are not among these."""
    if not keys:
        return listed
    decided = pl.DataFrame(list(keys), schema=dict.fromkeys(_KEY, pl.String()), orient="row")
    return listed.join(decided, on=_KEY, how="anti", maintain_order="left")


def only(listed: pl.DataFrame, keys: Collection[EntryKey]) -> pl.DataFrame:
    """Return the entries that are among these."""
    chosen = pl.DataFrame(list(keys), schema=dict.fromkeys(_KEY, pl.String()), orient="row")
    return listed.join(chosen, on=_KEY, how="semi", maintain_order="left")


def lines(rows: pl.DataFrame, key: EntryKey) -> list[dict[str, Any]]:
    """Return the rows of one entry."""
    return rows.filter(account=key[0], entry_id=key[1]).to_dicts()


def names(rows: pl.DataFrame) -> dict[str, str]:
    """Return customer -> name of the rows of `cash_application`."""
    known = rows.filter(pl.col("customer_id").is_not_null()).select("customer_id", "customer_name").unique()
    return dict(known.iter_rows())
