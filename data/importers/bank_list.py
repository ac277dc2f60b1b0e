"""The rows of an export of a bank as entries, with the statement and the balance that follow from them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from data.grains import BY_NAME
from data.importers.bank_chain import Chain, chain_of, linked
from data.importers.cells import DTYPES
from data.importers.formats.bank.entries import entry_id, statement_id

_NONE = Decimal("0.00")
_SHARED = (
    "account", "currency", "entry_date", "counterparty", "description", "counterparty_account", "value_date",
    "reference", "end_to_end_id", "bank_reference", "bank_code", "return_reason",
)  # fmt: skip
FEE = "fee"
"""Code of an entry that is the fee of another one."""


def books_of_bank(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return entries, statements and balances.

    Args:
        rows: columns of `bank_grains.BANK_LIST` and `line`, in the order of the file.

    A file gives one statement per account and currency. A statement and its balance stand on the line of the
    first entry.
    """
    entries, statements, balances = [], [], []
    ordinals: Counter[tuple[str, str]] = Counter()
    accounts = rows.partition_by("account", "currency", maintain_order=True)
    for account in accounts:
        moves, fees, chain = _moves(account)
        closing, closing_date = account["closing"][0], account["closing_date"][0]
        if closing is not None and len(accounts) == 1:
            total = sum(moves, _NONE) + sum(fees, _NONE)
            chain = Chain(closing - total, closing, chain.is_newest_first)
        entries += _entries(account, fees, ordinals, is_newest_first=chain.is_newest_first)
        statement = _statement(account, [*moves, *fees], chain, closing_date)
        statements.append(statement)
        if chain.closing is not None:
            balances.append({**statement, "balance_date": statement["to_date"], "balance": chain.closing})
    return {
        "bank_entries": _frame("bank_entries", entries).sort("line", maintain_order=True),
        "bank_statements": _frame("bank_statements", statements),
        "bank_balances": _frame("bank_balances", balances),
    }


def _moves(account: pl.DataFrame) -> tuple[list[Decimal], list[Decimal], Chain]:
    """Return what the rows move, their fees below zero, and how their balances chain.

    Where there are balances they tell whether the fee comes on top of the amount.
    """
    moves: list[Decimal] = account["amount"].to_list()
    stated = [fee or _NONE for fee in account["fee"]]
    before, balance = account["balance_before"].to_list(), account["balance"].to_list()
    ways = [[-fee for fee in stated], [_NONE] * len(stated), stated] if any(stated) else [stated]
    best: tuple[int, list[Decimal], list[Decimal], list[Decimal | None]] | None = None
    for fees in ways:
        steps = [move + fee for move, fee in zip(moves, fees, strict=True)]
        after = [
            then if then is not None else None if start is None else start + step
            for then, start, step in zip(balance, before, steps, strict=True)
        ]
        links = linked(steps, after)
        if best is None or links > best[0]:
            best = (links, fees, steps, after)
    if best is None:
        raise ValueError(account)
    _links, fees, steps, after = best
    return moves, fees, chain_of(account["entry_date"].to_list(), steps, after)


def _entries(
    account: pl.DataFrame,
    fees: Sequence[Decimal],
    ordinals: Counter[tuple[str, str]],
    *,
    is_newest_first: bool,
) -> list[dict[str, Any]]:
    found = list(zip(account.select(*_SHARED, "amount", "line").iter_rows(named=True), fees, strict=True))
    entries = []
    for row, fee in reversed(found) if is_newest_first else found:
        entries.append(_named(row, ordinals))
        if fee:
            entries.append(_named({**row, "amount": fee, "bank_code": FEE}, ordinals))
    return entries


def _named(row: dict[str, Any], ordinals: Counter[tuple[str, str]]) -> dict[str, Any]:
    """Give an entry its name; equal ones of an account are numbered, in whatever currency they are."""
    facts = (
        row["entry_date"].isoformat(),
        f"{row['amount']:.2f}",
        row["counterparty"] or "",
        row["description"] or "",
    )
    reference = row["bank_reference"] or ""
    alike = (row["account"], entry_id(*facts, 1, reference))
    ordinals[alike] += 1
    return {**row, "entry_id": entry_id(*facts, ordinals[alike], reference), "form": "csv"}


def _statement(
    account: pl.DataFrame, moves: Sequence[Decimal], chain: Chain, closing_date: date | None
) -> dict[str, Any]:
    days: list[date] = account["entry_date"].to_list()
    first, last = min(days), max(*days, closing_date or days[0])
    number, currency = account["account"][0], account["currency"][0]
    facts = {
        "account": number,
        "currency": currency,
        "from_date": first,
        "to_date": last,
        "opening": chain.opening,
        "closing": chain.closing,
        "entries": account.height,
        "credits": sum((move for move in moves if move > 0), _NONE),
        "debits": -sum((move for move in moves if move < 0), _NONE),
    }
    name = statement_id("", *_texts(facts.values()))
    return {**facts, "statement_id": name, "line": account["line"].min()}


def _texts(facts: Any) -> Iterator[str]:
    for fact in facts:
        yield "" if fact is None else str(fact)


def _frame(kind: str, rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    types = {column.name: DTYPES[column.type] for column in BY_NAME[kind].columns}
    types["line"] = pl.Int64()
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in types}, schema=types)
