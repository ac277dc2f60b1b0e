"""How right what the program applies by itself is: a sample drawn per day, and the curve of its error."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import polars as pl

from data.store.cash_application import BOOKKEEPING, PROGRAM
from reports.answers.bank.entries import EntryKey, received
from reports.answers.shared.money import total

SAMPLE_SIZE = 20
"""Entries drawn per day."""
CERTAIN = 0.99
"""Score of what the program applies by itself, and up."""
LEVELS = (CERTAIN, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.0)
_OF_CUSTOMERS = ("invoice", "on_account")
_KEY = ("account", "entry_id")
# What the bank shows may wait as long for somebody to book it.
_BOOKED_WITHIN = timedelta(days=7)
_Z = 1.96  # 95%
_NONE = Decimal(0)


@dataclass(frozen=True)
class SampleError:
    """The error of what the program applied, as a drawn sample shows it.

    Attributes:
        entries: that were drawn and checked.
        wrong_entries: of which something is wrong.
        amount: that the program had applied of them.
        wrong_amount: of that, what is wrong.
        low, high: 95% interval of the share of the money, 0-1; None while nothing was checked.
    """

    entries: int
    wrong_entries: int
    amount: Decimal
    wrong_amount: Decimal
    low: float | None
    high: float | None

    @property
    def share(self) -> Decimal | None:
        """Wrong ÷ applied, 0-1; None while nothing was checked."""
        return self.wrong_amount / self.amount if self.amount else None


@dataclass
class _Band:
    """Rows with scores between two levels: their money, and what is wrong of what is known."""

    money: Decimal = _NONE
    known: Decimal = _NONE
    wrong: Decimal = _NONE
    by_entry: dict[EntryKey, Decimal] = field(default_factory=dict)

    def add(self, key: EntryKey, amount: Decimal, right: Decimal | None) -> None:
        self.money += amount
        if right is None:
            return
        self.known += amount
        self.wrong += amount - right
        self.by_entry[key] = self.by_entry.get(key, _NONE) + amount

    @property
    def interval(self) -> tuple[float, float]:
        squares = sum(float(amount) ** 2 for amount in self.by_entry.values())
        return interval(float(self.wrong / self.known), float(self.known) ** 2 / squares)


def sample(rows: pl.DataFrame, decisions: pl.DataFrame, day: date) -> list[EntryKey]:
    """Return the entries drawn for a day, of all that the program applied by itself, the checked ones too.

    The day is the seed: whoever looks gets the same entries, and what was checked keeps its place.

    Args:
        rows: of `cash_application`.
        decisions: of `cash_decisions`.
        day: for which they are drawn.
    """
    own = rows.filter(
        (pl.col("status") == "applied")
        & (pl.col("decided_by") == PROGRAM)
        & pl.col("kind").is_in(_OF_CUSTOMERS)
        & (pl.col("applied_amount") > 0)
    )
    of_day = decisions.filter(drawn_on=day).select(_KEY).unique()
    fresh = own.select(_KEY).unique().join(decisions.select(_KEY), on=_KEY, how="anti")
    known = rows.select(_KEY).unique().join(of_day, on=_KEY, how="semi")
    keys: list[EntryKey] = pl.concat([fresh, known]).unique().rows()
    return sorted(keys, key=lambda key: _draw(day, key))[:SAMPLE_SIZE]


def _draw(day: date, key: EntryKey) -> bytes:
    return sha256("\n".join([day.isoformat(), *key]).encode()).digest()


def checked(keys: Iterable[EntryKey], decisions: pl.DataFrame) -> list[EntryKey]:
    """Return those of the entries that somebody judged."""
    judged = set(decisions.select(_KEY).rows())
    return [key for key in keys if key in judged]


def sample_error(contradicted: pl.DataFrame, decisions: pl.DataFrame, currency: str) -> SampleError:
    """Return the error of what was applied, by the entries that were drawn on any day and checked.

    Args:
        contradicted: of `cash_contradicted`.
        decisions: of `cash_decisions`.
        currency: of the entries that count.
    """
    drawn = decisions.filter(pl.col("drawn_on").is_not_null()).select(_KEY).unique()
    judged = contradicted.filter(currency=currency).join(drawn, on=_KEY, how="semi")
    amount, wrong = total(judged["applied_amount"]), total(judged["contradicted_amount"])
    low = high = None
    if amount:
        squares = sum(float(one) ** 2 for one in judged["applied_amount"])
        low, high = interval(float(wrong / amount), float(amount) ** 2 / squares)
    wrong_entries = judged.filter(pl.col("contradicted_amount") > 0).height
    return SampleError(judged.height, wrong_entries, amount, wrong, low, high)


def interval(share: float, count: float) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson's).

    Args:
        share: measured, 0-1.
        count: of what it was measured on; of amounts that differ, as many equal ones as tell as much.
    """
    middle = share + _Z**2 / (2 * count)
    reach = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    whole = 1 + _Z**2 / count
    return max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0)


def curve(alone: pl.DataFrame, decisions: pl.DataFrame, currency: str, until: date) -> pl.DataFrame:
    """Return, per level of the score: what would be applied by itself from there up, and how wrong that is.

    The truth of a row is what somebody decided on its entry, else what the bookkeeping booked. Of what is
    certain only drawn entries count: those that somebody came upon are no fair sample. Each band of scores
    counts for as much as its money.

    Args:
        alone: of `cash_alone`.
        decisions: of `cash_decisions`.
        currency: of the entries that count.
        until: last day of them.

    Returns:
        level, applied_share, applied_amount, known_entries, error_share, error_low, error_high (0-1, null
        where of some band nobody knows the truth); levels that add nothing are left out.
    """
    everything = received(
        alone.with_columns(decided_by=pl.lit(None, pl.String)), currency, None, until
    ).amount
    bands = _bands(alone.filter(currency=currency), decisions)
    points = []
    within: list[_Band] = []
    for level, band in zip(LEVELS, bands, strict=True):
        if not band.money:
            continue
        within.append(band)
        money = sum((one.money for one in within), _NONE)
        points.append({
            "level": level,
            "applied_share": float(money / everything) if everything else None,
            "applied_amount": money,
            "known_entries": len({key for one in within for key in one.by_entry}),
            **_error(within, money),
        })  # fmt: skip
    return pl.DataFrame(points, schema=_CURVE)


_CURVE = pl.Schema({
    "level": pl.Float64(), "applied_share": pl.Float64(), "applied_amount": pl.Decimal(18, 2),
    "known_entries": pl.Int64(), "error_share": pl.Float64(), "error_low": pl.Float64(),
    "error_high": pl.Float64(),
})  # fmt: skip


def _error(within: list[_Band], money: Decimal) -> dict[str, float | None]:
    if not all(band.known for band in within):
        return {"error_share": None, "error_low": None, "error_high": None}
    weights = [float(band.money / money) for band in within]
    shares = [float(band.wrong / band.known) for band in within]
    ends = [band.interval for band in within]
    return {
        "error_share": _weighted(weights, shares),
        "error_low": _weighted(weights, [low for low, _high in ends]),
        "error_high": _weighted(weights, [high for _low, high in ends]),
    }


def _weighted(weights: list[float], values: list[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def _bands(alone: pl.DataFrame, decisions: pl.DataFrame) -> list[_Band]:
    judged: dict[EntryKey, list[dict[str, Any]]] = defaultdict(list)
    for decision in decisions.iter_rows(named=True):
        judged[decision["account"], decision["entry_id"]].append(decision)
    booked = alone.filter(decided_by=BOOKKEEPING)["entry_date"].max()
    last_booked = booked - _BOOKED_WITHIN if isinstance(booked, date) else None
    bands = [_Band() for _level in LEVELS]
    rows = alone.filter(
        pl.col("status").is_in(("applied", "proposed"))
        & pl.col("kind").is_in(_OF_CUSTOMERS)
        & (pl.col("applied_amount") > 0)
    )
    for row in rows.iter_rows(named=True):
        key = row["account"], row["entry_id"]
        is_certain = row["status"] == "applied" or row["score"] >= CERTAIN
        place = 0 if is_certain else next(n for n, level in enumerate(LEVELS) if row["score"] >= level)
        right = None
        if key in judged:
            is_fair = not is_certain or any(one["drawn_on"] for one in judged[key])
            right = _right(row, judged[key]) if is_fair else None
        elif row["decided_by"] == BOOKKEEPING:
            right = row["applied_amount"]
        elif last_booked is not None and row["entry_date"] <= last_booked:
            right = _NONE
        bands[place].add(key, row["applied_amount"], right)
    return bands


def _right(row: Mapping[str, Any], judgements: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """Return how much of a row is right by what people decided on its entry; None: they did not say."""
    said: dict[str, dict[str | None, Decimal]] = defaultdict(dict)
    amount: Decimal = row["applied_amount"]
    for one in judgements:
        said[one["decision"]][one["invoice_id"]] = one["amount"]
    for decision in ("confirmed", "checked"):
        if said[decision]:
            return min(amount, max(said[decision].get(row["invoice_id"], _NONE), _NONE))
    return _NONE if {None, row["invoice_id"]} & said["rejected"].keys() else None
