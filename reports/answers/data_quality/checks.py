"""Checks of the books: tie-out, general ledger, faults of the store, changes of the reporting currency."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from data import clock
from data.message_templates import Message
from data.store import checks, frozen_forecasts
from queries import Books
from reports.answers.shared.finding import Finding
from reports.formats import in_sentence, number
from reports.translation import _, _n, _p

_LAST_DAY = date(2199, 12, 31)  # the last day a file may hold


def tie_out(rows: pl.DataFrame, balances: pl.DataFrame) -> Finding:
    """Return whether the books tie out, and to the general ledger of which day.

    Args:
        rows: the query `tie_out`, which compares the latest declared balance.
        balances: the query `ledger_reconciliation`, which compares each on its own day.
    """
    method = _("Documents less payments against the ageing, and against the general ledger, per currency")
    return Finding(_tie_out_title(rows, balances), method)


def _tie_out_title(rows: pl.DataFrame, balances: pl.DataFrame) -> str:
    untied = rows.filter(~pl.col("is_tied")).height
    if untied:
        return _(
            "{broken} of {all} entities do not tie out",
            broken=number(untied),
            all=number(rows.height),
        )
    if balances.filter(pl.col("ledger_difference") != 0).height:
        return general_ledger(balances).title
    days = rows["ledger_date"].drop_nulls()
    if days.is_empty():
        return _("Every balance ties out to the cent; no general ledger balance is loaded to compare with")
    day = in_sentence(days.min())  # type: ignore[arg-type]  # polars does not type the minimum of dates
    return _("Every balance ties out to the cent, and to the general ledger of {day}", day=day)


def general_ledger(balances: pl.DataFrame) -> Finding:
    """Return how many declared balances the books agree with, from `ledger_reconciliation`."""
    method = _("Declared balances against receivables on their own day")
    if balances.is_empty():
        return Finding(_("No general ledger balance is loaded"), method)
    different = balances.filter(pl.col("ledger_difference") != 0)
    if different.is_empty():
        title = _n(
            "The books agree with the only general ledger balance",
            "The books agree with all {count} general ledger balances",
            balances.height,
        )
        return Finding(title, method)
    since = in_sentence(different["balance_date"].min())  # type: ignore[arg-type]  # as above
    title = _(
        "{off} of {all} general ledger balances differ, the first on {day}",
        off=number(different.height),
        all=number(balances.height),
        day=since,
    )
    return Finding(title, method)


def ledger_differences(books: Books) -> pl.DataFrame:
    """Return each declared ledger balance that differs from the books on its own day, of any day."""
    balances = books.ask("ledger_reconciliation", as_of=_LAST_DAY)
    return balances.filter(pl.col("ledger_difference") != 0)


def ledger_difference(balance: Mapping[str, Any]) -> str:
    """Return by how much the books differ from one declared balance, with day, entity and currency.

    Args:
        balance: a row of `ledger_reconciliation`.
    """
    return _(
        "Does not tie out to the general ledger of {day}: entity {entity}, {currency}: the books come to "
        "{receivables}, the ledger says {ledger_balance}; difference {difference}.",
        day=in_sentence(balance["balance_date"]),
        entity=balance["entity"] or _p("word", "(none)"),
        currency=balance["currency"],
        receivables=balance["receivables"],
        ledger_balance=balance["ledger_balance"],
        difference=balance["ledger_difference"],
    )


def turnover(months: pl.DataFrame) -> Finding:
    """Return how many months of the general ledger's turnover the invoices agree with.

    Args:
        months: the query `turnover_reconciliation`.
    """
    method = _("Turnover by the audit file against invoices less credit notes of the month, VAT included")
    if months.is_empty():
        return Finding(_("No turnover of a general ledger is loaded"), method)
    different = months.filter(pl.col("turnover_difference") != 0)
    if different.is_empty():
        title = _n(
            "The invoices are the turnover of the general ledger in its only month",
            "The invoices are the turnover of the general ledger in all {count} months",
            months.height,
        )
        return Finding(title, method)
    since = in_sentence(different["to_date"].min())  # type: ignore[arg-type]  # as above
    title = _(
        "In {off} of {all} months the invoices are not the turnover of the general ledger, first up to {day}",
        off=number(different.height),
        all=number(months.height),
        day=since,
    )
    return Finding(title, method)


def ledger_turnover(books: Books) -> pl.DataFrame:
    """Return each month, of any day, whose turnover the general ledger states, beside its invoices."""
    return books.ask("turnover_reconciliation", as_of=_LAST_DAY)


def turnover_difference(month: Mapping[str, Any]) -> str:
    """Return by how much the invoices of a month differ from the turnover of the general ledger.

    Args:
        month: a row of `turnover_reconciliation`.
    """
    return _(
        "Turnover of {first} to {last}: entity {entity}, {currency}: the audit file has {ledger_turnover}, "
        "the invoices here come to {invoiced_amount}; difference {difference}.",
        first=in_sentence(month["from_date"]),
        last=in_sentence(month["to_date"]),
        entity=month["entity"] or _p("word", "(none)"),
        currency=month["currency"],
        ledger_turnover=month["ledger_turnover"],
        invoiced_amount=month["invoiced_amount"],
        difference=month["turnover_difference"],
    )


def currency_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return the meaning of a change of the reporting currency for the rates loaded before it.

    Args:
        before: a row of `reporting_currencies`.
        after: the next row.
    """
    return _(
        "The reporting currency became {new} on {day}, before it was {old}: exchange rates are taken as "
        "worth in {new}.",
        new=after["currency"],
        old=before["currency"],
        day=in_sentence(clock.local(after["recorded_at"]).date()),
    )


def faults(books: Books, *, is_thorough: bool = False) -> list[Message]:
    """Return a message per fault of the store: hash chain, control totals, raw files, tie-out.

    Args:
        books: open for questions.
        is_thorough: derive everything again and compare, which takes as long as loading all files.
    """
    with books.session() as cursor:
        folder = books.snapshot.ledger.parent
        quick = [
            *checks.broken(cursor, chain=books.snapshot.chain),
            *checks.raw_faults(cursor, folder),
            *frozen_forecasts.faults(cursor, folder),
        ]
        if not is_thorough:
            return quick
        checks.read_everything(cursor)
        return [*quick, *checks.underived(cursor)]
