"""What the books say of themselves: the last load, whether they tie out, and what is odd but true in them."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import polars as pl

from data.message_templates import Message
from data.store import checks, frozen_forecasts
from queries import Books
from reports.codes import fallback_label, label
from reports.formats import in_sentence, number
from reports.translation import _, _n, _p, mark

# code of the query `findings` -> what it is called, and what to do about it
_FINDINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "bill_due_before_date": (
            mark("Supplier bills that fall due before their own date"),
            mark("Correct the date at the source."),
        ),
        "bill_paid_before_date": (
            mark("Supplier bills paid before their own date"),
            mark("Check whether the bill's date is right."),
        ),
        "contact_unknown_customer": (
            mark("Contacts with customers nobody knows"),
            mark("Load the customer, or correct the number."),
        ),
        "contact_unknown_invoice": (
            mark("Contacts about invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "credit_note_over_invoice": (
            mark("Credit notes larger than their invoice"),
            mark("Check the credit note: the customer now has money to claim."),
        ),
        "credit_note_without_invoice": (
            mark("Credit notes on invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "dispute_unknown_invoice": (
            mark("Disputes about invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "due_before_invoice": (
            mark("Documents that fall due before their own date"),
            mark("Correct the due date at the source."),
        ),
        "duplicate_looking_bill": (
            mark("Supplier bills that look entered twice"),
            mark("Compare them before they are paid twice."),
        ),
        "duplicate_looking_invoice": (
            mark("Invoices that look sent twice"),
            mark("Compare them; credit the one that is double."),
        ),
        "future_document": (
            mark("Documents dated after the day"),
            mark("They count from their own date on."),
        ),
        "future_payment": (
            mark("Payments dated after the day"),
            mark("They count from their own date on."),
        ),
        "instalment_without_invoice": (
            mark("Instalments of invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "instalments_do_not_add_up": (
            mark("Instalments that do not add up to their invoice"),
            mark("Correct the schedule; the document ages as a whole until then."),
        ),
        "missing_rate": (
            mark("Amounts without an exchange rate, left out of converted figures"),
            mark("Load fx_rates.csv."),
        ),
        "missing_rate_bank": (
            mark("Bank balances without an exchange rate"),
            mark("Load fx_rates.csv."),
        ),
        "missing_rate_bill": (
            mark("Supplier bills without an exchange rate"),
            mark("Load fx_rates.csv."),
        ),
        "overpaid_document": (
            mark("Documents paid more than they are"),
            mark("Refund the customer or move the money to another invoice."),
        ),
        "payer_other_customer": (
            mark("Payments by another customer than the invoice's"),
            mark("Check who paid for whom."),
        ),
        "payment_before_invoice": (
            mark("Payments dated before their invoice"),
            mark("They stand on account until the invoice date."),
        ),
        "payment_on_account_too": (
            mark("Payments on account that are on a document too, under the same number"),
            mark(
                "If it is the same money, it counts twice: load the row without a document again, with 0.00."
            ),
        ),
        "payment_other_currency": (
            mark("Payments in another currency than their document"),
            mark("They stay on account; enter the payment in the document's currency."),
        ),
        "payment_without_invoice": (
            mark("Payments on documents that are not in the books"),
            mark("They stand on account until the document is loaded."),
        ),
        "placeholder_customer": (
            mark("Customers that have documents but are not in the customer list"),
            mark("Load customers.csv."),
        ),
        "promise_unknown_invoice": (
            mark("Promises about invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "refund": (
            mark("Refunds: payments of a negative amount"),
            mark("Nothing to do when they are meant."),
        ),
        "stale_rate": (
            mark("Documents and payments converted at an exchange rate of long before"),
            mark("Load the rates of their days in fx_rates.csv."),
        ),
        "stale_rate_bank": (
            mark("Bank balances converted at an exchange rate of long before"),
            mark("Load the rates of their days in fx_rates.csv."),
        ),
        "stale_rate_now": (
            mark("Currencies with something open and no recent exchange rate"),
            mark("Load newer rates in fx_rates.csv."),
        ),
        "step_before_earlier": (
            mark("Steps of the worklist set to come before the step ahead of them"),
            mark("Set the days under “Steps, sender and company” on the worklist, or in settings.csv."),
        ),
    }
)

_LAST_DAY = date(2199, 12, 31)  # the last a file may speak of

REJECTS = ("file_name", "line", "column", "reason", "raw")


def load_sentence(batches: pl.DataFrame, moment: str) -> str:
    """Return what the last load brought.

    Args:
        batches: the query `batches`; the files of one load were recorded within the same second or so.
        moment: when it was, as the reader's clock writes it.
    """
    last = last_load(batches)
    files = _n("{count} file", "{count} files", last.height)
    rows = _n("{count} row taken in", "{count} rows taken in", int(last["accepted"].sum()))
    words = {"moment": moment, "rows": rows, "files": files}
    if rejected := last["rejected"].sum():
        return _(
            "Last load {moment}: {files}, {rows}, {rejected} rejected",
            **words,
            rejected=number(rejected),
        )
    return _("Last load {moment}: {files}, {rows}, none rejected", **words)


def last_load(batches: pl.DataFrame) -> pl.DataFrame:
    """Return the files of the last load: instants within a load grow by a microsecond per file."""
    newest = batches.sort("batch_id", descending=True)
    gaps = newest["recorded_at"].diff().dt.total_microseconds().fill_null(-1) != -1
    return newest.filter(gaps.cum_sum() == 0)


def loaded_at(batches: pl.DataFrame) -> datetime | None:
    """Return the instant (UTC) of the newest batch, None without one."""
    latest = batches["recorded_at"].max()
    return latest if isinstance(latest, datetime) else None


def checks_sentence(tie_out: pl.DataFrame, balances: pl.DataFrame) -> str:
    """Return whether the books tie out, and to the general ledger of which day.

    Args:
        tie_out: the query `tie_out`, which compares the latest declared balance.
        balances: the query `ledger_reconciliation`, which compares each on its own day.
    """
    broken = tie_out.filter(~pl.col("is_tied")).height
    if broken:
        return _(
            "{broken} of {all} entities do not tie out",
            broken=number(broken),
            all=number(tie_out.height),
        )
    if balances.filter(pl.col("ledger_difference") != 0).height:
        return ledger_sentence(balances)
    days = tie_out["ledger_date"].drop_nulls()
    if days.is_empty():
        return _("Every balance ties out to the cent; no general ledger balance is loaded to compare with")
    day = in_sentence(days.min())  # type: ignore[arg-type]  # polars does not say that a date's least is one
    return _("Every balance ties out to the cent, and to the general ledger of {day}", day=day)


def ledger_sentence(balances: pl.DataFrame) -> str:
    """Return how many declared balances the books agree with, from `ledger_reconciliation`."""
    if balances.is_empty():
        return _("No general ledger balance is loaded")
    off = balances.filter(pl.col("ledger_difference") != 0)
    if off.is_empty():
        return _n(
            "The books agree with the only general ledger balance",
            "The books agree with all {count} general ledger balances",
            balances.height,
        )
    since = in_sentence(off["balance_date"].min())  # type: ignore[arg-type]  # as above
    return _(
        "{off} of {all} general ledger balances differ, the first on {day}",
        off=number(off.height),
        all=number(balances.height),
        day=since,
    )


def untied_balances(books: Books) -> pl.DataFrame:
    """Return each declared ledger balance the books differ from on its own day, whichever day that is."""
    balances = books.ask("ledger_reconciliation", as_of=_LAST_DAY)
    return balances.filter(pl.col("ledger_difference") != 0)


def untied_sentence(balance: Mapping[str, Any]) -> str:
    """Return by how much the books differ from one declared balance, and where.

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


def findings_sentence(findings: pl.DataFrame) -> str:
    """Return how much is odd but true in the books."""
    if findings.is_empty():
        return _("Nothing odd found in the books")
    return _n(
        "{count} kind of oddity in the books: true, but worth a look",
        "{count} kinds of oddity in the books: true, but worth a look",
        findings["finding"].n_unique(),
    )


def in_words(findings: pl.DataFrame) -> pl.DataFrame:
    """Return the findings as they are read, largest first, each with an example and advice."""
    known = {code: (_(what), _(advice)) for code, (what, advice) in _FINDINGS.items()}
    # A code that is newer than this list still shows, as words.
    words = {code: known.get(code, (fallback_label(code), "")) for code in findings["finding"].unique()}
    return findings.sort("amount", "count", descending=True, nulls_last=True).select(
        pl.col("finding").replace_strict({code: what for code, (what, _a) in words.items()}, default=""),
        "count",
        "amount",
        "currency",
        "example",
        pl.col("finding")
        .replace_strict({code: advice for code, (_w, advice) in words.items()}, default="")
        .alias("advice"),
    )


def files_sentence(batches: pl.DataFrame) -> str:
    """Return how many files were loaded and how many of their rows were taken in."""
    return _n(
        "{count} file loaded, every row accounted for",
        "{count} files loaded, every row accounted for",
        batches.height,
    )


def rejects_sentence(rejects: pl.DataFrame, batch: int | None) -> str:
    """Return how many rows were rejected, in one batch or in all."""
    if batch is None:
        if rejects.is_empty():
            return _("No row was rejected")
        return _n("{count} row was rejected", "{count} rows were rejected", rejects.height)
    if rejects.is_empty():
        return _("Batch {batch}: no row was rejected", batch=batch)
    return _n(
        "Batch {batch}: {count} row rejected",
        "Batch {batch}: {count} rows rejected",
        rejects.height,
        batch=batch,
    )


def kind(grain: str) -> str:
    """Return what a kind of file is called."""
    return label("kind", grain)


def reporting_currencies(books: Books) -> pl.DataFrame:
    """Return the reporting currencies the books had, oldest first: currency, recorded_at (UTC)."""
    cursor = books.cursor()
    try:
        return cursor.sql("select currency, recorded_at from reporting_currency order by recorded_at").pl()
    finally:
        cursor.close()


def currency_sentence(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return what a change of the reporting currency means for the rates loaded before it.

    Args:
        before: a row of `reporting_currencies`.
        after: the one after it.
    """
    return _(
        "The reporting currency became {new} on {day}, before it was {old}: exchange rates are taken as "
        "worth in {new}.",
        new=after["currency"],
        old=before["currency"],
        day=in_sentence(after["recorded_at"].date()),
    )


def faults(books: Books, *, is_thorough: bool = False) -> list[Message]:
    """Return a message per fault of the store itself: hash chain, totals, kept files, tie-out.

    Thorough, everything is derived once more as well, which takes as long as a load of all files.
    """
    cursor = books.cursor()
    try:
        folder = books.snapshot.ledger.parent
        found = [
            *checks.broken(cursor, chain=books.snapshot.chain),
            *checks.raw_faults(cursor, folder),
            *frozen_forecasts.faults(cursor, folder),
        ]
        return [*found, *checks.underived(cursor)] if is_thorough else found
    finally:
        cursor.close()
