"""From the rows of a claim query to claims and back: shapes `claims`, `claim_periods`, `claim_payments`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast

import polars as pl

from data import law
from queries.claims.claim import Claim, Debt, Notice, claim, consumer_debts, notice_of, outstanding_parts
from queries.claims.interest import Part, Schedule, one_rate, percent_on, schedule, with_surcharge

INPUTS = (
    "customer_type", "contract_interest_percent", "contract_interest_kind", "contract_interest_compound",
    "due_dates", "due_amounts", "paid_dates", "paid_amounts",
    "notice_dates", "notice_received_dates", "notice_ends",
)  # fmt: skip
_OF_CUSTOMER = "customer_type"  # the only one of them that a claim shows
_CENTS = Decimal("0.01")
Row = dict[str, Any]


def claims(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Fill in what may be claimed per invoice, the largest claim first; where nothing is, there is no row."""
    as_of = day_of(bound)
    names = (
        "principal", "interest", "collection_costs", "total", "rate_kind", "rate_percent", "interest_from",
        "notice_date", "notice_received_date", "costs_from",
    )  # fmt: skip
    columns: dict[str, list[object]] = {name: [] for name in names}
    for row, debt, claimed in _claimed(frame, as_of):
        for name, value in zip(names, _filled(row, debt, claimed, as_of), strict=True):
            columns[name].append(value)
    filled = frame.drop(name for name in INPUTS if name != _OF_CUSTOMER).with_columns(
        pl.Series(name, values, dtype=frame.schema[name]) for name, values in columns.items()
    )
    return filled.filter(pl.col("total") > 0).sort("total", "invoice_id", descending=[True, False])


def claim_periods(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Give a row per invoice and stretch of interest."""
    rows = [
        (
            row["invoice_id"], row["customer_id"], row["entity"],
            date.fromordinal(period.first), date.fromordinal(period.last), period.last - period.first + 1,
            percent(period.percent), money(period.base), money(period.interest),
        )
        for row, _debt, claimed in _claimed(frame, day_of(bound))
        for part in claimed.parts
        for period in part.periods
    ]  # fmt: skip
    return _rows(frame, rows)


def claim_payments(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Give a row per invoice and day of payment."""
    rows = [
        (
            row["invoice_id"], row["customer_id"], row["entity"], date.fromordinal(paid.day),
            money(paid.amount), money(paid.costs), money(paid.interest), money(paid.principal),
        )
        for row, _debt, claimed in _claimed(frame, day_of(bound))
        for paid in claimed.applied
    ]  # fmt: skip
    return _rows(frame, rows)


def _rows(frame: pl.DataFrame, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema = {name: kind for name, kind in frame.schema.items() if name not in INPUTS}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _claimed(frame: pl.DataFrame, as_of: int) -> Iterator[tuple[Row, Debt, Claim]]:
    """Yield every row with its debt and what may be claimed of it, in the order of the rows."""
    for row, debt in debts_of(frame, as_of):
        yield row, debt, claim(debt, as_of)


def debts_of(
    frame: pl.DataFrame, as_of: int, parts_on: Callable[[Debt, int], Sequence[Part]] = outstanding_parts
) -> list[tuple[Row, Debt]]:
    """Return every row with its debt, in the order of the rows; a consumer's with the costs due on it.

    Args:
        frame: rows of a query with the columns of `INPUTS`.
        as_of: last day looked at.
        parts_on: what is left of a debt at the end of a day.
    """
    rows = frame.select("invoice_id", "customer_id", "entity", *INPUTS).to_dicts()
    debts = [_debt(row) for row in rows]
    consumers: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        if row["customer_type"] == "consumer":
            # Another administration is another creditor: its claims are not added to these.
            consumers.setdefault((row["customer_id"], row["entity"]), []).append(place)
    for places in consumers.values():
        own = consumer_debts([(debts[place], _notices(rows[place])) for place in places], as_of, parts_on)
        for place, debt in zip(places, own, strict=True):
            debts[place] = debt
    return list(zip(rows, debts, strict=True))


def _debt(row: Row) -> Debt:
    return Debt(
        tuple(zip(_ordinals(row["due_dates"]), _cents(row["due_amounts"]), strict=True)),
        tuple(zip(_ordinals(row["paid_dates"]), _cents(row["paid_amounts"]), strict=True)),
        _rates(
            "consumer" if row["customer_type"] == "consumer" else "commercial",
            row["contract_interest_percent"],
            is_surcharge=row["contract_interest_kind"] == "surcharge",
            is_compound=row["contract_interest_compound"] != "no",
        ),
    )


def rate_kind(row: Row) -> str:
    """Return what the rate of a row is: commercial, consumer or contract."""
    if row["contract_interest_percent"] is not None:
        return "contract"
    return "consumer" if row["customer_type"] == "consumer" else "commercial"


@cache
def published(kind: law.RateKind) -> Schedule:
    """Return the statutory rates of a kind over time."""
    return schedule([(rate.valid_from, rate.percent) for rate in law.rates(kind)])


@cache
def _rates(kind: law.RateKind, percent: Decimal | None, *, is_surcharge: bool, is_compound: bool) -> Schedule:
    """Return the rates of a debt: those agreed by contract, else the statutory ones."""
    if percent is None:
        return published(kind)
    if is_surcharge:
        return with_surcharge(published(kind), percent, is_compound=is_compound)
    return one_rate(percent, is_compound=is_compound)


def _filled(row: Row, debt: Debt, claimed: Claim, as_of: int) -> tuple[object, ...]:
    first_due = debt.parts[0][0]
    notice = notice_of(_notices(row), first_due)
    costs_from = first_due + 1
    if row["customer_type"] == "consumer":
        costs_from = notice.end + 1 if notice is not None else as_of + 1
    return (
        money(claimed.principal),
        money(claimed.interest),
        money(claimed.costs),
        money(claimed.total),
        rate_kind(row),
        percent(percent_on(debt.rates, as_of)),
        date.fromordinal(max(first_due + 1, debt.rates.starts[0])),
        date.fromordinal(notice.sent) if notice is not None else None,
        date.fromordinal(notice.received) if notice is not None else None,
        date.fromordinal(costs_from) if costs_from <= as_of else None,
    )


def _notices(row: Row) -> list[Notice]:
    names = ("notice_dates", "notice_received_dates", "notice_ends")
    return [Notice(*days) for days in zip(*(_ordinals(row[name]) for name in names), strict=True)]


def day_of(bound: Mapping[str, object]) -> int:
    """Return the as-of day among a query's values, as a day number."""
    return cast("date", bound["as_of"]).toordinal()


def _ordinals(days: list[date] | None) -> list[int]:
    return [day.toordinal() for day in days or ()]


def _cents(amounts: list[Decimal] | None) -> list[int]:
    return [int(amount * 100) for amount in amounts or ()]


def money(cents: int) -> Decimal:
    """Return an amount of cents."""
    return Decimal(cents) * _CENTS


def percent(units: int) -> Decimal:
    """Return a percentage from units of 10^-10 percent."""
    return Decimal(units).scaleb(-10)
