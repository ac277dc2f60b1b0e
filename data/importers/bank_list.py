"""The rows of an export of a bank as entries, with the statement and the balance that follow from them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from data.grains import BY_NAME
from data.importers.bank_chain import Chain, chain_of, linked
from data.importers.cells import DTYPES
from data.importers.formats.bank.entries import entry_id, statement_id

if TYPE_CHECKING:
    from datetime import date

_SHARED = (
    "account", "currency", "entry_date", "counterparty", "description", "counterparty_account", "value_date",
    "reference", "end_to_end_id", "bank_reference", "bank_code", "return_reason",
)  # fmt: skip
_NAMED_BY = ("entry_date", "amount", "counterparty", "description", "bank_reference")
_CENTS = 100
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
    accounts = rows.partition_by("account", "currency", maintain_order=True)
    for account in accounts:
        moves, fees, chain = _moves(account)
        if len(accounts) == 1 and account["closing"][0] is not None:
            [closing] = _in_cents(account["closing"].head(1))
            chain = replace(chain, opening=(closing or 0) - sum(moves) - sum(fees), closing=closing)
        entries.append(_entries(account, fees, is_newest_first=chain.is_newest_first))
        statement = _statement(account, [*moves, *fees], chain)
        statements.append(statement)
        if statement["closing"] is not None:
            balances.append(
                {**statement, "balance_date": statement["to_date"], "balance": statement["closing"]}
            )
    return {
        "bank_entries": _as_grain("bank_entries", _named(entries)).sort("line", maintain_order=True),
        "bank_statements": _frame("bank_statements", statements),
        "bank_balances": _frame("bank_balances", balances),
    }


def _in_cents(amounts: pl.Series) -> list[int | None]:
    return (amounts.cast(pl.Decimal(38, 2)) * _CENTS).cast(pl.Int64).to_list()


def _amount(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def _moves(account: pl.DataFrame) -> tuple[list[int], list[int], Chain]:
    """Return what the rows move, their fees below zero, in cents, and how their balances chain.

    Where there are balances they tell whether the fee comes on top of the amount.
    """
    moves = [amount or 0 for amount in _in_cents(account["amount"])]
    stated = [fee or 0 for fee in _in_cents(account["fee"])]
    before, balance = _in_cents(account["balance_before"]), _in_cents(account["balance"])
    ways = [[-fee for fee in stated]]
    if any(stated):
        ways += [[0] * len(stated), stated]
    tried = [
        (linked(*steps), fees, steps) for fees in ways for steps in [_steps(moves, fees, before, balance)]
    ]
    # Of equal ones the first counts: a fee comes on top.
    _links, fees, (steps, after) = max(tried, key=lambda way: way[0])
    return moves, fees, chain_of(account["entry_date"].to_list(), steps, after)


def _steps(
    moves: Sequence[int], fees: Sequence[int], before: Sequence[int | None], balance: Sequence[int | None]
) -> tuple[list[int], list[int | None]]:
    """Return what each row adds to the balance, and the balance after it."""
    steps = [move + fee for move, fee in zip(moves, fees, strict=True)]
    after = [
        then if then is not None or start is None else start + step
        for then, start, step in zip(balance, before, steps, strict=True)
    ]
    return steps, after


def _entries(account: pl.DataFrame, fees: Sequence[int], *, is_newest_first: bool) -> pl.DataFrame:
    """Return the entries of an account, the first one first, each with its fee behind it."""
    entries = account.select(*_SHARED, "amount", "line", fee=pl.lit(value=False))
    if any(fees):
        charged = pl.Series([_amount(fee) for fee in fees], dtype=DTYPES["money"])
        own = entries.with_columns(amount=charged, bank_code=pl.lit(FEE), fee=pl.lit(value=True))
        entries = pl.concat([entries, own.filter(pl.col("amount") != 0)])
    return entries.sort("line", "fee", descending=[is_newest_first, False]).drop("fee")


def _named(entries: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Give entries their names; equal ones of an account are numbered, in whatever currency they are."""
    if not entries:
        return pl.DataFrame(schema=dict.fromkeys((*_SHARED, "entry_id", "form"), pl.String()))
    rows = pl.concat(entries)
    texts = rows.select(pl.col(name).cast(pl.String).fill_null("") for name in _NAMED_BY)
    named = rows.with_columns(
        pl.Series("entry_id", [_name(facts, 1) for facts in texts.iter_rows()], dtype=pl.String),
        form=pl.lit("csv"),
    ).with_columns(nth=pl.int_range(1, pl.len() + 1).over("account", "entry_id"))
    later = named.select("nth").to_series().to_list()
    names = [
        name if nth == 1 else _name(texts.row(place), nth)
        for place, (name, nth) in enumerate(zip(named["entry_id"], later, strict=True))
    ]
    return named.with_columns(pl.Series("entry_id", names, dtype=pl.String))


def _name(facts: Sequence[str], nth: int) -> str:
    day, amount, counterparty, text, reference = facts
    return entry_id(day, amount, counterparty, text, nth, reference)


def _statement(account: pl.DataFrame, moves: Sequence[int], chain: Chain) -> dict[str, Any]:
    days: list[date] = account["entry_date"].to_list()
    first, last = min(days), max(*days, account["closing_date"][0] or days[0])
    facts = {
        "account": account["account"][0],
        "currency": account["currency"][0],
        "from_date": first,
        "to_date": last,
        "opening": _amount(chain.opening),
        "closing": _amount(chain.closing),
        "entries": account.height,
        "credits": _amount(sum(move for move in moves if move > 0)),
        "debits": _amount(-sum(move for move in moves if move < 0)),
    }
    name = statement_id("", *_texts(facts.values()))
    return {**facts, "statement_id": name, "line": account["line"].min()}


def _texts(facts: Iterable[object]) -> Iterator[str]:
    for fact in facts:
        yield "" if fact is None else str(fact)


def _frame(kind: str, rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    types = _types(kind)
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in types}, schema=types)


def _as_grain(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    types = _types(kind)
    return rows.select(
        (pl.col(name) if name in rows.columns else pl.lit(None).alias(name)).cast(kind_)
        for name, kind_ in types.items()
    )


def _types(kind: str) -> dict[str, pl.DataType]:
    columns = {column.name: DTYPES[column.type] for column in BY_NAME[kind].columns}
    return {**columns, "line": pl.Int64()}
