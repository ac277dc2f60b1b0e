"""Statements of the lines: numbers, balances that follow, and the native files of both."""

import itertools
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.demo.bank.entries import BankLine
from data.demo.bank_days import calendar_day
from data.demo.write import money

_SECONDS = 86_400


@dataclass(frozen=True)
class DemoLine:
    """A line as the bank booked it: its id, its reference and that of its batch, and the batch's cents."""

    line: BankLine
    entry_id: str
    reference: str
    batch_reference: str
    batch_cents: int


@dataclass(frozen=True)
class DemoStatement:
    """A day of an account: IBAN, number, the days and cents of its balances, its lines."""

    account: str
    number: str
    opened: int
    day: int
    opening: int
    closing: int
    lines: tuple[DemoLine, ...]

    @property
    def booked(self) -> list[int]:
        """Return the cents of each booked line, a batch being one."""
        seen: dict[str, int] = {}
        for number, booked in enumerate(self.lines):
            seen[booked.batch_reference or f"{number}"] = (
                booked.batch_cents if booked.line.batch else booked.line.cents
            )
        return list(seen.values())


def make_statements(
    lines: list[BankLine],
    accounts: tuple[str, ...],
    days: list[int],
    opening: list[int],
) -> list[DemoStatement]:
    """Return a statement per account and day, by account.

    Args:
        lines: in any order; a line on a day without a statement stands on the next one.
        accounts: IBANs.
        days: of the statements, ascending; the first is the day before the first statement.
        opening: cents on that day, per account.
    """
    order = sorted(range(len(lines)), key=lambda place: (lines[place].day, lines[place].batch, place))
    per_account: dict[int, list[BankLine]] = defaultdict(list)
    for place in order:
        per_account[lines[place].account].append(lines[place])
    statements = []
    for account, name in enumerate(accounts):
        own, balance, first = per_account[account], opening[account], 0
        while first < len(own) and own[first].day <= days[0]:
            first += 1
        for number, (before, day) in enumerate(itertools.pairwise(days), start=1):
            until = first
            while until < len(own) and own[until].day <= day:
                until += 1
            booked = _booked(own[first:until], account, day)
            closing = balance + sum(line.line.cents for line in booked)
            statements.append(
                DemoStatement(name, f"{number:05}", before, day, balance, closing, tuple(booked))
            )
            first, balance = until, closing
    return statements


def _booked(lines: list[BankLine], account: int, day: int) -> list[DemoLine]:
    totals: dict[int, int] = defaultdict(int)
    for line in lines:
        totals[line.batch] += line.cents
    on = f"{calendar_day(day):%y%m%d}"
    return [
        DemoLine(
            line=line,
            entry_id=f"{calendar_day(day).isoformat()}/{number:05}/{on}{account}{number:07}",
            reference=f"{on}{account}{number:07}",
            batch_reference=f"{on}{account}B{line.batch:06}" if line.batch else "",
            batch_cents=totals[line.batch],
        )
        for number, line in enumerate(lines, start=1)
    ]


def write_native(folder: Path, statements: list[DemoStatement]) -> None:
    """Write bank_entries.csv and bank_statements.csv."""
    rows = [(statement, booked) for statement in statements for booked in statement.lines]
    lines = [booked.line for _, booked in rows]
    texts = {
        "counterparty": [line.name for line in lines],
        "description": [line.text for line in lines],
        "counterparty_account": [line.iban for line in lines],
        "reference": [line.reference for line in lines],
        "end_to_end_id": [line.end_to_end for line in lines],
        "bank_reference": [booked.reference for _, booked in rows],
        "bank_code": [line.code for line in lines],
        "return_reason": [line.return_reason for line in lines],
        "batch_entry": [booked.batch_reference for _, booked in rows],
    }
    pl.DataFrame(
        {
            "entry_id": [booked.entry_id for _, booked in rows],
            "account": [statement.account for statement, _ in rows],
            "currency": ["EUR"] * len(rows),
            "entry_date": [calendar_day(statement.day) for statement, _ in rows],
            "amount": money(pl.Series([line.cents for line in lines], dtype=pl.Int64).to_numpy()),
            **{
                name: pl.Series([value or None for value in values], dtype=pl.String)
                for name, values in texts.items()
            },
            "batch_amount": _cents([booked.batch_cents if booked.line.batch else None for _, booked in rows]),
            "form": ["camt"] * len(rows),
        },
        schema_overrides={"entry_date": pl.Date},
    ).write_csv(folder / "bank_entries.csv")
    booked_cents = [statement.booked for statement in statements]
    pl.DataFrame(
        {
            "statement_id": [f"{statement.number}/{statement.day}" for statement in statements],
            "account": [statement.account for statement in statements],
            "currency": ["EUR"] * len(statements),
            "number": [statement.number for statement in statements],
            "from_date": [calendar_day(statement.opened) for statement in statements],
            "to_date": [calendar_day(statement.day) for statement in statements],
            "opening": _cents([statement.opening for statement in statements]),
            "closing": _cents([statement.closing for statement in statements]),
            "entries": [len(cents) for cents in booked_cents],
            "credits": _cents([sum(cents for cents in booked if cents > 0) for booked in booked_cents]),
            "debits": _cents([-sum(cents for cents in booked if cents < 0) for booked in booked_cents]),
        },
        schema_overrides={"from_date": pl.Date, "to_date": pl.Date},
    ).write_csv(folder / "bank_statements.csv")


def write_balances(folder: Path, statements: list[DemoStatement]) -> None:
    """Write bank_balances.csv: the closing balance of each statement."""
    pl.DataFrame(
        {
            "account": [statement.account for statement in statements],
            "currency": ["EUR"] * len(statements),
            "balance_date": [calendar_day(statement.day) for statement in statements],
            "balance": _cents([statement.closing for statement in statements]),
        },
        schema_overrides={"balance_date": pl.Date},
    ).sort("balance_date", "account").write_csv(folder / "bank_balances.csv")


def _cents(values: list[int | None] | list[int]) -> pl.Series:
    """Return cents as decimals, none where there are none."""
    cents = pl.Series("cents", values, dtype=pl.Int64)
    return pl.select(
        (pl.lit(cents).cast(pl.Decimal(38, 0)) * pl.lit("0.01").cast(pl.Decimal(18, 2))).cast(
            pl.Decimal(18, 2)
        )
    ).to_series()
