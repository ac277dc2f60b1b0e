"""What a full export no longer holds: documents and payments that the books have and their source has not.

A document is cancelled from the day the files speak of, a payment is taken back. Both are rows of files like
any other, kept under raw/, so that *as known on* answers as before and a store made anew is the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from data import sentences
from data.errors import RefusedFileError
from data.importers import Reading
from data.message_templates import Message

KINDS = ("invoices", "payments")
# The largest part of a kind that a run without a person to confirm it may cancel.
UNATTENDED_SHARE = 0.05
ROWS = pl.Schema(
    {
        "kind": pl.String(),
        "invoice_id": pl.String(),
        "payment_id": pl.String(),
        "customer_id": pl.String(),
        "day": pl.Date(),
        "currency": pl.String(),
        "amount": pl.Decimal(18, 2),
        "invoice_type": pl.String(),
        "due_date": pl.Date(),
        "list": pl.String(),
        "entity": pl.String(),
    }
)
# Rows that a file of a later day stated or repeated are not its to miss; nor are those dated after its day.
_HELD = """
    with stated_later as (
        select beside.batch_id, beside.line
        from confirmed as beside
        where beside.grain = $grain and beside.valid_from > $day
    ),
    held as (
        select fact.*
        from {table}_at(null) as fact
        anti join stated_later as later on later.batch_id = fact.batch_id and later.line = fact.line
        where coalesce(fact.source_date, cast(fact.recorded_at as date)) <= $day and fact.{dated} <= $day
    )
"""
_DOCUMENTS = f"""
    {_HELD.format(table="invoice", dated="invoice_date")}
    select
        'invoices' as kind, held.invoice_id, cast(null as varchar) as payment_id, held.customer_id,
        held.invoice_date as day, held.currency, held.amount, held.invoice_type, held.due_date,
        cast(null as varchar) as list, cast(null as varchar) as entity,
    from held
    where held.cancelled_date is null or held.cancelled_date > $day
    order by held.invoice_id
"""
# One row per number and document: a file states both as a whole. What was applied from the bank is in none.
_PAYMENTS = f"""
    {_HELD.format(table="settlement_stated", dated="payment_date")}
    select
        'payments' as kind, held.invoice_id, held.payment_id, min(held.customer_id) as customer_id,
        min(held.payment_date) as day, min(held.currency) as currency,
        cast(sum(held.amount) as decimal(18, 2)) as amount, cast(null as varchar) as invoice_type,
        cast(null as date) as due_date, cast(null as varchar) as list, cast(null as varchar) as entity,
    from held
    where held.bank_entry is null
    group by held.invoice_id, held.payment_id
    order by held.payment_id, held.invoice_id
"""
_HELD_ROWS = {"invoices": (_DOCUMENTS, ["invoice_id"]), "payments": (_PAYMENTS, ["payment_id", "invoice_id"])}


@dataclass(frozen=True)
class FullLoad:
    """Files that are all there is of their kinds.

    Attributes:
        cancel: cancel what is missing if it is this many rows, as listed before; None: list it only.
        is_unattended: cancel what is missing without a number, up to `UNATTENDED_SHARE` of a kind.
        shrunk: what a list that shrank holds no longer is settled if this is the text of
            `Missing.confirmation`, its number and sums.
    """

    cancel: int | None = None
    is_unattended: bool = False
    shrunk: str | None = None

    @property
    def cancels(self) -> bool:
        """Whether anything may be cancelled."""
        return self.cancel is not None or self.is_unattended


@dataclass(frozen=True)
class Missing:
    """What files that are all there is do not hold.

    Attributes:
        rows: one per document, and per payment on a document; columns of `ROWS`.
        held: per kind of row, how many the books hold that the files could have held.
        has_shrunk: a list of open items is so much smaller than the one before it that it may not be whole.
        settled: documents that are on a list no longer and settled in the books too, so that they need no
            agreement; None: there are none.
    """

    rows: pl.DataFrame
    held: dict[str, int]
    has_shrunk: bool = False
    settled: pl.DataFrame | None = None

    @property
    def excess(self) -> Message | None:
        """Return the sentence about a kind of which too much is missing to cancel unattended; else None."""
        for kind, held in self.held.items():
            count = self.rows.filter(pl.col("kind") == kind).height
            if count > UNATTENDED_SHARE * held:
                return sentences.MUCH_MISSING(kind=f"{kind}.csv", count=count, held=held)
        return None if self.confirmation is None else sentences.LIST_SHRUNK(confirmation=self.confirmation)

    @property
    def confirmation(self) -> str | None:
        """Return number and sums of what shrunk lists hold no longer, as `47 EUR 12345.67`; else None."""
        if not self.has_shrunk or self.rows.is_empty():
            return None
        sums = self.rows.group_by("currency").agg(pl.col("amount").sum()).sort("currency")
        return " ".join(
            [str(self.rows.height), *(f"{currency} {amount}" for currency, amount in sums.rows())]
        )


def missing(connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading], day: date) -> Missing:
    """Return the valid documents and payments that files do not hold, of the kinds that they hold.

    Args:
        connection: a reader's or the writer's.
        readings: the files.
        day: they speak of.
    """
    parts, held = [], {}
    for kind in KINDS:
        # What a list of open items says of its documents is not all there is of them.
        own = [r.grains[kind] for r in readings if kind in r.grains and "open_items" not in r.grains]
        if not own:
            continue
        sql, key = _HELD_ROWS[kind]
        grain = {"day": day, "grain": kind}
        rows = pl.DataFrame(connection.execute(sql, grain).fetchall(), schema=ROWS, orient="row")
        ids = pl.concat([part.select(pl.col(key).cast(pl.String)) for part in own])
        held[kind] = rows.height
        parts.append(rows.join(ids, on=key, how="anti", nulls_equal=True, maintain_order="left"))
    return Missing(pl.concat(parts) if parts else pl.DataFrame(schema=ROWS), held)


def require_agreed(parts: Sequence[Missing], readings: Sequence[Reading], full: FullLoad) -> None:
    """Refuse to cancel if the number is another one, or if refused rows hide what the files hold.

    Args:
        parts: what the files do not hold.
        readings: the files.
        full: what was agreed.

    Raises:
        RefusedFileError: nothing is to be published; the sentence says why.
    """
    if not full.cancels:
        return
    rejected = sum(
        reading.rejects["line"].n_unique()
        for reading in readings
        if any(kind in reading.grains for kind in (*KINDS, "open_items"))
    )
    count = sum(part.rows.height for part in parts)
    if rejected and count:
        raise RefusedFileError(sentences.MISSING_UNSURE(count=rejected))
    if full.cancel is None:
        return
    if full.cancel != count:
        raise RefusedFileError(sentences.OTHER_MISSING(agreed=full.cancel, count=count))
    for confirmation in filter(None, (part.confirmation for part in parts)):
        if (full.shrunk or "").split() != confirmation.split():
            reason = sentences.LIST_SHRUNK(confirmation=confirmation)
            raise RefusedFileError(sentences.NOT_PUBLISHED(reason=reason))


def cancellation_files(folder: Path, rows: pl.DataFrame, day: date) -> list[Path]:
    """Write the files that cancel documents from a day and take payments back; return them.

    Only what is needed and what changes is stated, so that the other columns keep what earlier files said.

    Args:
        folder: where they are written.
        rows: `Missing.rows`.
        day: first day on which the documents are cancelled.
    """
    files = []
    documents, payments = (rows.filter(pl.col("kind") == kind) for kind in KINDS)
    if documents.height:
        cancelled = documents.select(
            "invoice_id", "customer_id", "invoice_type", invoice_date="day", due_date="due_date",
            currency="currency", amount="amount", cancelled_date=pl.lit(day),
        )  # fmt: skip
        files.append(_written(folder / "invoices_missing.csv", cancelled))
    if payments.height:
        taken_back = payments.select(
            "payment_id", "customer_id", "invoice_id", payment_date="day", currency="currency",
            amount=pl.lit("0.00"),
        )  # fmt: skip
        files.append(_written(folder / "payments_missing.csv", taken_back))
    return files


def _written(file: Path, rows: pl.DataFrame) -> Path:
    rows.write_csv(file)
    return file
