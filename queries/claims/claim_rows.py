"""From the rows of a claim query to claims and back: shapes `claims`, `claim_periods`, `claim_payments`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast

import polars as pl

from data import law
from queries.claims.claim import Claim, Debt, Notice, claim, consumer_debts, notice_of
from queries.claims.interest import Schedule, one_rate, percent_on, schedule, with_surcharge

_GIVEN = (
    "customer_type", "contract_interest_percent", "contract_interest_kind", "contract_interest_compound",
    "due_dates", "due_amounts", "paid_dates", "paid_amounts",
    "notice_dates", "notice_received_dates", "notice_ends",
)  # fmt: skip
_OF_CUSTOMER = "customer_type"  # the only one of them that a claim shows
_CENTS = Decimal("0.01")
_Row = dict[str, Any]


def claims(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Fill in what may be claimed per invoice, the largest claim first."""
    as_of = _day(bound)
    names = (
        "principal", "interest", "collection_costs", "total", "rate_kind", "rate_percent", "interest_from",
        "notice_date", "notice_received_date", "costs_from",
    )  # fmt: skip
    columns: dict[str, list[object]] = {name: [] for name in names}
    for row, debt, found in _claimed(frame, as_of):
        for name, value in zip(names, _filled(row, debt, found, as_of), strict=True):
            columns[name].append(value)
    filled = frame.drop(name for name in _GIVEN if name != _OF_CUSTOMER).with_columns(
        pl.Series(name, values, dtype=frame.schema[name]) for name, values in columns.items()
    )
    return filled.sort("total", "invoice_id", descending=[True, False])


def claim_periods(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Give a row per invoice and stretch of interest."""
    rows = [
        (
            row["invoice_id"], row["customer_id"], row["entity"],
            date.fromordinal(period.first), date.fromordinal(period.last), period.last - period.first + 1,
            _percent(period.percent), _money(period.base), _money(period.interest),
        )
        for row, _debt, found in _claimed(frame, _day(bound))
        for part in found.parts
        for period in part.periods
    ]  # fmt: skip
    return _rows(frame, rows)


def claim_payments(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Give a row per invoice and day of payment."""
    rows = [
        (
            row["invoice_id"], row["customer_id"], row["entity"], date.fromordinal(paid.day),
            _money(paid.amount), _money(paid.costs), _money(paid.interest), _money(paid.principal),
        )
        for row, _debt, found in _claimed(frame, _day(bound))
        for paid in found.applied
    ]  # fmt: skip
    return _rows(frame, rows)


def _rows(frame: pl.DataFrame, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema = {name: kind for name, kind in frame.schema.items() if name not in _GIVEN}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _claimed(frame: pl.DataFrame, as_of: int) -> Iterator[tuple[_Row, Debt, Claim]]:
    """Yield every row with its debt and what may be claimed of it, in the order of the rows."""
    rows = frame.select("invoice_id", "customer_id", "entity", *_GIVEN).to_dicts()
    debts = [_debt(row) for row in rows]
    consumers: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        if row["customer_type"] == "consumer":
            # Another administration is another creditor: its claims are not added to these.
            consumers.setdefault((row["customer_id"], row["entity"]), []).append(place)
    for places in consumers.values():
        own = consumer_debts([(debts[place], _notices(rows[place])) for place in places], as_of)
        for place, debt in zip(places, own, strict=True):
            debts[place] = debt
    for row, debt in zip(rows, debts, strict=True):
        yield row, debt, claim(debt, as_of)


def _debt(row: _Row) -> Debt:
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


def _rate_kind(row: _Row) -> str:
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


def _filled(row: _Row, debt: Debt, found: Claim, as_of: int) -> tuple[object, ...]:
    first_due = debt.parts[0][0]
    notice = notice_of(_notices(row), first_due)
    costs_from = first_due + 1
    if row["customer_type"] == "consumer":
        costs_from = notice.end + 1 if notice is not None else as_of + 1
    return (
        _money(found.principal),
        _money(found.interest),
        _money(found.costs),
        _money(found.total),
        _rate_kind(row),
        _percent(percent_on(debt.rates, as_of)),
        date.fromordinal(max(first_due + 1, debt.rates.starts[0])),
        date.fromordinal(notice.sent) if notice is not None else None,
        date.fromordinal(notice.received) if notice is not None else None,
        date.fromordinal(costs_from) if costs_from <= as_of else None,
    )


def _notices(row: _Row) -> list[Notice]:
    names = ("notice_dates", "notice_received_dates", "notice_ends")
    return [Notice(*days) for days in zip(*(_ordinals(row[name]) for name in names), strict=True)]


def _day(bound: Mapping[str, object]) -> int:
    return cast("date", bound["as_of"]).toordinal()


def _ordinals(days: list[date] | None) -> list[int]:
    return [day.toordinal() for day in days or ()]


def _cents(amounts: list[Decimal] | None) -> list[int]:
    return [int(amount * 100) for amount in amounts or ()]


def _money(cents: int) -> Decimal:
    return Decimal(cents) * _CENTS


def _percent(units: int) -> Decimal:
    return Decimal(units).scaleb(-10)
