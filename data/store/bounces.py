"""What came back: which payments a bounce or a refund takes away, and from which day.

A bounce is that part of a negative payment line on an invoice that opens it again; the rest of the line is a
refund of what was paid too much. A bounce belongs to the payment of the same number, else to the latest
payment of that amount, else to the latest payments in part. A refund belongs to the payment of the same
number, else to the latest payments in part, for those paid too much.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

import duckdb
import polars as pl

from data.store.statements import script

# Changes of the matching below change derived tables: a new number makes another layout.
_MATCHING = "select 1 as matching"
# What came back from nobody in the books is no payment; it counts in no number of days to pay.
_NOT_PAID = "reversal"


@dataclass(frozen=True)
class InvoiceLine:
    """One event on an invoice, in the order in which they count.

    Attributes:
        line_id: number of the payment line; 0 for a cancellation.
        invoice_id: the invoice.
        number: of the payment.
        kind: of the settlement.
        is_money: received, or paid back.
        day: from which it counts.
        cents: amount it takes off the invoice; negative: it adds to it.
        amount: of the invoice, in cents.
    """

    line_id: int
    invoice_id: str
    number: str | None
    kind: str
    is_money: bool
    day: date
    cents: int
    amount: int


@dataclass(frozen=True)
class LineChange:
    """By how much a payment line is less (or more) from a day on, because money came back.

    Attributes:
        invoice_id: the invoice.
        step: counts what came back on it, from 1.
        from_date: the day it came back.
        is_bounce: it opened the invoice again; else a refund.
        by_line_id: the line that came back.
        line_id, kind: the line that changes, and the kind that it changes as.
        cents: change of its amount.
    """

    invoice_id: str
    step: int
    from_date: date
    is_bounce: bool
    by_line_id: int
    line_id: int
    kind: str
    cents: int


@dataclass
class _Standing:
    line: InvoiceLine
    cents: int


def line_changes(lines: Iterable[InvoiceLine]) -> Iterator[LineChange]:
    """Give the changes of all lines on invoices where money came back, invoice by invoice.

    Args:
        lines: all events on those invoices, by invoice and in order.
    """
    for _invoice_id, of_invoice in groupby(lines, key=attrgetter("invoice_id")):
        yield from _changes_of_invoice(list(of_invoice))


def _changes_of_invoice(lines: list[InvoiceLine]) -> Iterator[LineChange]:
    standing: list[_Standing] = []
    left, step = lines[0].amount, 0
    for line in lines:
        before, left = left, left - line.cents
        if line.is_money and line.cents > 0:
            standing.append(_Standing(line, line.cents))
        if not line.is_money or line.cents >= 0:
            continue
        opened = max(0, left) - max(0, before)
        for back, is_bounce in ((-line.cents - opened, False), (opened, True)):
            if back:
                step += 1
                for changed, kind, cents in _taken_back(standing, line, back, is_bounce=is_bounce):
                    yield LineChange(
                        line.invoice_id, step, line.day, is_bounce, line.line_id, changed, kind, cents
                    )


def _taken_back(
    standing: list[_Standing], line: InvoiceLine, back: int, *, is_bounce: bool
) -> list[tuple[int, str, int]]:
    """Take an amount back from the payments that stand; return the changed lines, their kinds and changes."""
    changes = []
    rest = back
    for paid in _payments_of(standing, line, back, is_bounce=is_bounce):
        cents = min(rest, paid.cents)
        paid.cents -= cents
        rest -= cents
        changes += [(paid.line.line_id, paid.line.kind, -cents), (line.line_id, line.kind, cents)]
        if not rest:
            break
    standing[:] = [paid for paid in standing if paid.cents]
    if rest and line.kind != _NOT_PAID:
        changes += [(line.line_id, line.kind, rest), (line.line_id, _NOT_PAID, -rest)]
    return changes


def _payments_of(
    standing: list[_Standing], line: InvoiceLine, back: int, *, is_bounce: bool
) -> Iterator[_Standing]:
    """Give the payments that an amount is taken back from, in turn.

    What the payments of the same number do not cover is looked for by its own amount.
    """
    latest = standing[::-1]
    own = [paid for paid in latest if paid.line.number == line.number]
    others = [paid for paid in latest if paid.line.number != line.number]
    rest = back - sum(paid.cents for paid in own)
    yield from sorted(own, key=lambda paid: paid.cents != back)
    if is_bounce:
        others.sort(key=lambda paid: paid.cents != rest)
    yield from others


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `line_change` from `doc` and `line`, for invoices on which money came back."""
    rows = connection.execute(_LINES).fetchall()
    changes = list(line_changes(InvoiceLine(*row) for row in rows))
    frame = pl.DataFrame([vars(change) for change in changes], schema=_SCHEMA)
    connection.register("line_change_frame", frame.to_arrow())
    connection.execute(_KEEP)
    connection.unregister("line_change_frame")


def statements() -> list[str]:
    """Return every statement of `find`, and the number of the matching."""
    return [_MATCHING, _LINES, _KEEP]


_SCHEMA = {
    "invoice_id": pl.String(), "step": pl.Int64(), "from_date": pl.Date(), "is_bounce": pl.Boolean(),
    "by_line_id": pl.Int64(), "line_id": pl.Int64(), "kind": pl.String(), "cents": pl.Int64(),
}  # fmt: skip
(_LINES,) = script("bounces.sql")
_KEEP = """
    create or replace temp table line_change as
    select
        change.invoice_id, change.step, change.from_date, change.is_bounce, change.by_line_id, change.line_id,
        change.kind, cast(change.cents * 0.01 as decimal(18, 2)) as amount
    from line_change_frame as change
    """
