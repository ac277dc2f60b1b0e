"""Words of the tie-out: the banner for a difference, and the last line of every page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from reports.answers.shared.money import total
from reports.formats import day, in_sentence, money
from reports.translation import _

_SUMS = ("opening", "invoiced", "credited", "received", "written_off", "receivables")
_SELDOM = ("discounts", "exchange", "recovered")


def difference(row: Mapping[str, Any]) -> str:
    """Return by how much one administration and currency does not tie out, and where to look.

    Args:
        row: of `tie_out`; the administration is from data and not escaped.
    """
    where = " · ".join(part for part in (row["entity"], row["currency"]) if part)
    if row["difference"]:
        return _(
            "{where} does not tie out: {amount} between documents and ageing. The balances do not follow "
            "the documents; check the store.",
            amount=money(row["difference"], row["currency"]),
            where=where,
        )
    return _(
        "{where} does not tie out: {amount} against the general ledger on {day}. A document or payment "
        "is missing on one of the two sides.",
        amount=money(row["ledger_difference"], row["currency"]),
        day=in_sentence(row["ledger_date"]),
        where=where,
    )


def missing_rates(rows: pl.DataFrame) -> str | None:
    """Return the amounts that converted figures leave out because a rate is missing, in one sentence."""
    left = rows.filter(pl.col("unconverted_amount") != 0)
    if left.is_empty():
        return None
    amounts = [
        money(total(part["unconverted_amount"]), str(currency))
        for (currency,), part in left.group_by(["currency"], maintain_order=True)
    ]
    return _(
        "Left out of every figure, for there is no exchange rate on the document date: {amounts}. "
        "Load fx_rates.csv.",
        amounts=", ".join(amounts),
    )


def equation(part: pl.DataFrame, currency: str) -> str:
    """Return both sides of the receivables of one currency, from `tie_out`: changes, and what is open."""
    return f"{_flow(part, currency)} = {_columns(part, currency)}"


def _columns(part: pl.DataFrame, currency: str) -> str:
    """Return the columns of the ageing that add up to the receivables, without those that are 0."""
    credit, unapplied = -total(part["credits"]), -total(part["unapplied"])
    terms = [_("invoices {amount}", amount=money(total(part["bucket_total"]) + credit, currency))]
    if credit:
        terms.append(_("to be set off {amount}", amount=money(credit, currency)))
    if unapplied:
        terms.append(_("on account {amount}", amount=money(unapplied, currency)))
    return " − ".join(terms)


def _flow(part: pl.DataFrame, currency: str) -> str:
    sums = {name: money(total(part[name]), currency) for name in _SUMS}
    sums["day"] = day(part["opening_date"][0])
    if listed := total(part["listed"]):
        return _(
            "opening of {day} {opening} + invoiced {invoiced} − credited {credited} − discounts {discounts} "
            "− received {received} − written off {written_off} − settled by lists {listed} + exchange "
            "differences {exchange} + recovered {recovered} = {receivables}",
            **sums,
            **{name: money(total(part[name]), currency) for name in _SELDOM},
            listed=money(listed, currency),
        )
    if any(total(part[name]) for name in _SELDOM):
        return _(
            "opening of {day} {opening} + invoiced {invoiced} − credited {credited} − discounts {discounts} "
            "− received {received} − written off {written_off} + exchange differences {exchange} "
            "+ recovered {recovered} = {receivables}",
            **sums,
            **{name: money(total(part[name]), currency) for name in _SELDOM},
        )
    return _(
        "opening of {day} {opening} + invoiced {invoiced} − credited {credited} − received {received} "
        "− written off {written_off} = {receivables}",
        **sums,
    )


def ledger_match(part: pl.DataFrame) -> str | None:
    """Return the day of the general ledger that one currency agrees with; None without a declared balance."""
    declared = part.drop_nulls("ledger_balance")
    if declared.is_empty():
        return None
    oldest = declared["ledger_date"].min()
    when = in_sentence(oldest if isinstance(oldest, date) else None)
    if declared.height < part.height:
        return _(
            "general ledger of {day} equal, for {count} of {all} entities",
            day=when,
            count=declared.height,
            all=part.height,
        )
    return _("general ledger of {day} equal", day=when)
