"""Payouts of payment providers and what their settlement files name in them: one receipt, many payments."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import polars as pl

from data.bank.books import BankEntry, Cents, cents
from data.bank.numbers import compact_number

_DAYS = 10
"""A payout is on the account within so many days of the day that its file says."""
_TEXTS = ("invoice_number", "order_number", "reference")


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """A movement in a payout; amounts as they move the balance.

    Attributes:
        kind: charge, refund, chargeback, fee, adjustment.
        gross, fee, net: gross is what the customer paid, net what is left of it.
        numbers: of the invoice and of the order, '' where the file says none.
        text: what else the file says.
    """

    kind: str
    gross: Cents
    fee: Cents
    net: Cents
    numbers: tuple[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Payout:
    """A payout whose lines come to it."""

    payout_id: str
    day: date | None
    lines: tuple[PayoutLine, ...]
    amount: Cents


class Payouts:
    """The payouts of providers that no entry stands for yet."""

    def __init__(self, payments: pl.DataFrame | None) -> None:
        """Index the payouts in the rows of `provider_payments`; null where there are none."""
        self._by_amount: dict[tuple[str, str, Cents], list[Payout]] = defaultdict(list)
        self._taken: set[tuple[str, str]] = set()
        if payments is None or payments.is_empty():
            return
        keys = ["provider", "payout_id", "currency"]
        known = payments.filter(pl.col("payout_id").is_not_null()).sort(*keys, "created_date", "line_id")
        for (provider, payout_id, currency), rows in known.group_by(keys, maintain_order=True):
            made = _payout(str(payout_id), rows)
            if made is not None:
                self._by_amount[(str(provider).casefold(), str(currency), made.amount)].append(made)

    def take(self, provider: str, entry: BankEntry) -> Payout | None:
        """Return the payout that an entry is, and take it; null if none is, or nothing tells which.

        The number of the payout in the text tells, else amount and day.
        """
        name = provider.casefold()
        there = [
            one
            for one in self._by_amount.get((name, entry.currency, entry.amount), ())
            if (name, one.payout_id) not in self._taken and _is_near(one, entry.day)
        ]
        text = compact_number(f"{entry.description} {entry.end_to_end_id} {entry.reference}")
        named = [one for one in there if compact_number(one.payout_id) in text]
        fitting = named or there
        if len(fitting) != 1 and len({one.day for one in fitting}) != len(fitting):
            return None
        if not fitting:
            return None
        chosen = min(fitting, key=lambda one: abs(((one.day or entry.day) - entry.day).days))
        self._taken.add((name, chosen.payout_id))
        return chosen


def _payout(payout_id: str, rows: pl.DataFrame) -> Payout | None:
    gross, fee, net = (cents(rows[name]) for name in ("gross", "fee", "net"))
    invoices, orders, texts = (rows[name].cast(pl.String).fill_null("").to_list() for name in _TEXTS)
    lines = [
        PayoutLine(kind, gross[place], fee[place], net[place], (invoices[place], orders[place]), texts[place])
        for place, kind in enumerate(rows["kind"].to_list())
    ]
    moved = tuple(line for line in lines if line.kind != "payout")
    paid_out = [-line.net for line in lines if line.kind == "payout"]
    amount = sum(line.net for line in moved)
    days = [day for day in rows["payout_date"].to_list() if day is not None]
    if not moved or amount <= 0 or (paid_out and sum(paid_out) != amount):
        return None
    return Payout(payout_id, max(days) if days else None, moved, amount)


def _is_near(payout: Payout, day: date) -> bool:
    return payout.day is None or abs((day - payout.day).days) <= _DAYS
