"""What somebody decides on entries of the bank, as rows to publish and rows that take them back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import polars as pl

from data.store.cash_application import PROGRAM
from reports.answers.bank.entries import EntryKey
from reports.answers.shared.forms import NotAnAmountError, Problem, amount, text
from reports.sentences import translate
from reports.translation import _, _p

Choice = Literal["accept", "right", "other", "on_account", "not_ours", "not_right", "take_back"]
_SCHEMA = pl.Schema({
    "account": pl.String(), "entry_id": pl.String(), "decision": pl.String(), "customer_id": pl.String(),
    "invoice_id": pl.String(), "amount": pl.Decimal(18, 2), "decided_by": pl.String(),
    "settles": pl.String(), "settled_amount": pl.Decimal(18, 2), "drawn_on": pl.Date(),
})  # fmt: skip
_TAKEN = frozenset({"proposed", "applied", "confirmed"})
_ROW_KEY = ["account", "entry_id", "invoice_id"]


@dataclass(frozen=True)
class DecidedPart:
    """A part of an entry.

    Attributes:
        decision: confirmed, rejected, or checked: what the program applied is right.
        customer_id: whose money it is; None: of no customer.
        invoice_id: the document; None: on account, or none of ours.
        amount: signed as the entry; 0 for a credit note that is set off.
        settles: discount, write_off or credit, beside the money; None: nothing is.
        settled_amount: by how much, below 0 for a credit note; None: by nothing.
    """

    decision: str
    customer_id: str | None
    invoice_id: str | None
    amount: Decimal
    settles: str | None = None
    settled_amount: Decimal | None = None


@dataclass(frozen=True)
class EntryDecision:
    """What somebody decided on an entry.

    Attributes:
        key: of the entry.
        choice: the button that was pressed.
        parts: what is said of it; none: what was decided before is withdrawn.
        counterparty: of the entry, to show.
        amount: of the entry, signed.
        currency: of the amounts.
        seen: instant of the last batch that was in the books; None: none was.
        drawn_on: day of the drawn sample that the entry is of; None: of none.
    """

    key: EntryKey
    choice: Choice
    parts: tuple[DecidedPart, ...]
    counterparty: str
    amount: Decimal
    currency: str
    seen: datetime | None
    drawn_on: date | None = None


def accepted(
    lines: Sequence[Mapping[str, Any]], beside: Sequence[Mapping[str, Any]] = ()
) -> tuple[DecidedPart, ...]:
    """Return the parts that accept what is proposed of an entry, beside what stands; none: nothing is.

    Args:
        lines: its rows of `cash_application`.
        beside: its rows of `cash_settlements`.
    """
    taken = [
        line for line in lines
        if line["status"] in _TAKEN
        and line["customer_id"] and line["applied_amount"]
    ]  # fmt: skip
    if not any(line["status"] == "proposed" for line in taken):
        return ()
    rest = {one["invoice_id"]: (one["settles"], one["settled_amount"]) for one in beside}
    parts = [
        DecidedPart(
            "confirmed", line["customer_id"], line["invoice_id"], line["applied_amount"],
            *rest.pop(line["invoice_id"], (None, None)),
        )
        for line in _joined(taken)
    ]  # fmt: skip
    # A credit note takes no money: it has a part of its own.
    return (
        *parts,
        *(
            DecidedPart("confirmed", taken[0]["customer_id"], document, Decimal(0), *settled)
            for document, settled in rest.items()
        ),
    )


def right(lines: Sequence[Mapping[str, Any]]) -> tuple[DecidedPart, ...]:
    """Return the parts that say that what the program applied of an entry is right; none: it applied nothing.

    Args:
        lines: its rows of `cash_application`.
    """
    own = [
        line for line in lines
        if line["status"] == "applied" and line["decided_by"] == PROGRAM and line["customer_id"]
        and line["applied_amount"] > 0
    ]  # fmt: skip
    return tuple(
        DecidedPart("checked", line["customer_id"], line["invoice_id"], line["applied_amount"])
        for line in _joined(own)
    )


def on_account(customer_id: str, entry_amount: Decimal) -> tuple[DecidedPart, ...]:
    """Return the part that puts an entry whole on the account of a customer."""
    return (DecidedPart("confirmed", customer_id, None, entry_amount),)


def not_ours(entry_amount: Decimal) -> tuple[DecidedPart, ...]:
    """Return the part that says that an entry is no money of a customer."""
    return (DecidedPart("rejected", None, None, entry_amount),)


def not_right(lines: Sequence[Mapping[str, Any]]) -> tuple[DecidedPart, ...]:
    """Return the parts that say that an entry is not for what it was applied on; none: it is on none."""
    return tuple(
        DecidedPart("rejected", line["customer_id"], line["invoice_id"], line["applied_amount"])
        for line in lines
        if line["invoice_id"] and line["status"] == "applied" and line["applied_amount"]
    )


def split(
    typed: Mapping[str, str], customer_id: str, entry_amount: Decimal, *, rest_on_account: bool
) -> tuple[tuple[DecidedPart, ...], list[Problem]]:
    """Return the parts that put an entry on documents of a customer as typed, or why they cannot.

    Args:
        typed: document -> amount as typed.
        customer_id: whose documents they are.
        entry_amount: of the entry, above 0; the parts never come to more.
        rest_on_account: what is left stands on the customer's account; else it waits.
    """
    parts: list[DecidedPart] = []
    problems: list[Problem] = []
    for document, words in typed.items():
        try:
            value = amount(words)
        except NotAnAmountError as error:
            problems.append(Problem("", document, translate(error.message)))
            continue
        if value is None or value <= 0:
            problems.append(Problem("", document, _("type an amount above 0")))
            continue
        parts.append(DecidedPart("confirmed", customer_id, document, value))
    left = entry_amount - sum((part.amount for part in parts), Decimal(0))
    if left < 0:
        too_much = _("it is more than the entry; lower an amount")
        problems.append(Problem("", _("All amounts together"), too_much))
    if rest_on_account and left > 0:
        parts.append(DecidedPart("confirmed", customer_id, None, left))
    if not parts and not problems:
        problems.append(Problem("", _p("field", "Invoices"), _("choose one, or put the rest on account")))
    return (() if problems else tuple(parts)), problems


def published_rows(decisions: Iterable[EntryDecision], standing: pl.DataFrame, person: str) -> pl.DataFrame:
    """Return the rows that publish decisions; what was decided before and is not any more is withdrawn.

    Args:
        decisions: one per entry.
        standing: rows of the query `cash_decisions`.
        person: who decided; may be empty.
    """
    decisions = list(decisions)
    by = text(person) or None
    # Whatever is found out later of an entry that was drawn, it stays one of the sample.
    drawn = {
        (account, entry): day
        for account, entry, day in standing.select(*_ROW_KEY[:2], "drawn_on").drop_nulls().iter_rows()
    }
    stated = _frame([
        (
            *one.key, part.decision, part.customer_id, part.invoice_id, part.amount, by,
            part.settles, part.settled_amount, drawn.get(one.key, one.drawn_on),
        )
        for one in decisions for part in one.parts
    ])  # fmt: skip
    keys = _frame([(*one.key, "", None, None, Decimal(0), *[None] * 4) for one in decisions])
    before = standing.join(keys, on=_ROW_KEY[:2], how="semi").with_columns(
        decision=pl.lit("withdrawn"), decided_by=pl.lit(by, dtype=pl.String)
    )
    gone = before.join(stated, on=_ROW_KEY, how="anti", nulls_equal=True)
    return pl.concat([stated, gone.select(_SCHEMA.names()).cast(_SCHEMA)]).sort(_ROW_KEY, nulls_last=True)


def undo_rows(published: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that undo a publication: what stood before it stands again, all else is withdrawn.

    Args:
        published: of `published_rows`.
        before: rows of the query `cash_decisions` as they stood before it.
    """
    again = (
        before.join(published, on=_ROW_KEY, how="semi", nulls_equal=True)
        .select(_SCHEMA.names())
        .cast(_SCHEMA)
    )
    rest = published.join(again, on=_ROW_KEY, how="anti", nulls_equal=True)
    taken_back = rest.with_columns(decision=pl.lit("withdrawn"))
    return pl.concat([again, taken_back]).sort(_ROW_KEY, nulls_last=True)


def _joined(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return lines with one per document: the parts of an entry on account are one."""
    joined: dict[tuple[str, str | None], dict[str, Any]] = {}
    for line in lines:
        same = joined.setdefault((line["customer_id"] if line["invoice_id"] else "", line["invoice_id"]),
                                 {**line, "applied_amount": Decimal(0)})  # fmt: skip
        same["applied_amount"] += line["applied_amount"]
    return list(joined.values())


def _frame(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")
