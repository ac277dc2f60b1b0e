"""How well cash was applied: money right and wrong, per kind of noise and score, against the truth.

It shares nothing with the matcher but the columns of its answer.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

MONEY = ("receipt",)
"""Kinds of entries whose money is customers' money that the statement can explain."""


def cents(value: Decimal | None) -> int:
    return int((value or Decimal(0)) * 100)


@dataclass
class TrueEntry:
    """What an entry is in truth: cents, whose, what kind, the cents of each invoice, its noise."""

    account: str
    entry_id: str
    day: date
    amount: int
    customer: str | None
    kind: str
    pays: dict[str, int] = field(default_factory=dict)
    noise: tuple[str, ...] = ()


@dataclass
class Outcome:
    """An entry, what was decided of it, and how many cents of that are right.

    Attributes:
        rows: invoice (None: on account), cents, status, score, cents right.
    """

    entry: TrueEntry
    rows: list[tuple[str | None, int, str, float, int]]

    def money(self, *statuses: str) -> tuple[int, int]:
        """Return the cents of rows with these statuses, and how many of them are right."""
        own = [row for row in self.rows if row[2] in statuses]
        return sum(row[1] for row in own), sum(row[4] for row in own)


def true_entries(truth: pl.DataFrame) -> list[TrueEntry]:
    """Return the entries of truth.csv, in the order in which money is applied."""
    entries: dict[tuple[str, str], TrueEntry] = {}
    for row in truth.iter_rows(named=True):
        key = (row["account"], row["entry_id"])
        entry = entries.setdefault(
            key,
            TrueEntry(
                row["account"],
                row["entry_id"],
                row["entry_date"],
                cents(row["amount"]),
                row["customer_id"],
                row["kind"],
                noise=tuple(part for part in (row["noise"] or "").split("; ") if part),
            ),
        )
        if row["invoice_id"] is not None:
            entry.pays[row["invoice_id"]] = entry.pays.get(row["invoice_id"], 0) + cents(row["pays"])
    return sorted(entries.values(), key=lambda entry: (entry.day, entry.account, entry.entry_id))


class Scorer:
    """Compares an answer with the truth, entry by entry.

    Of equal open invoices of one customer the oldest counts as right: from then on the two change places.
    """

    def __init__(self, documents: pl.DataFrame) -> None:
        self.documents = {row["document_id"]: row for row in documents.iter_rows(named=True)}
        self.place = {name: name for name in self.documents}
        self.applied: dict[str, int] = defaultdict(int)

    def outcomes(self, answer: pl.DataFrame, truth: list[TrueEntry]) -> Iterator[Outcome]:
        """Yield the outcome of each entry of the truth."""
        rows: dict[tuple[str, str], list[tuple[str | None, int, str, float]]] = defaultdict(list)
        columns = ("account", "entry_id", "invoice_id", "applied_amount", "status", "score", "kind")
        for account, entry_id, invoice, amount, status, score, kind in answer.select(columns).iter_rows():
            held = "unmatched" if kind in ("other", "transfer", "charge") else status
            rows[account, entry_id].append((invoice, cents(amount), held, float(score or 0.0)))
        for entry in truth:
            pays: dict[str, int] = defaultdict(int)
            for invoice, own in entry.pays.items():
                pays[self.place[invoice]] += own
            decided = rows[entry.account, entry.entry_id]
            if entry.kind in MONEY:
                self._swap(entry, decided, pays)
            yield Outcome(entry, [(*row, self._right(entry, row, pays)) for row in decided])
            for invoice, own, status, _ in decided:
                if invoice is not None and status in ("applied", "confirmed"):
                    self.applied[invoice] += own

    def _right(self, entry: TrueEntry, row: tuple[str | None, int, str, float], pays: dict[str, int]) -> int:
        invoice, amount, *_ = row
        if entry.kind not in MONEY or amount <= 0:
            return 0
        if invoice is not None:
            return min(amount, pays.get(invoice, 0))
        return min(amount, max(entry.amount - sum(pays.values()), 0))

    def _swap(
        self, entry: TrueEntry, decided: list[tuple[str | None, int, str, float]], pays: dict[str, int]
    ) -> None:
        """Exchange invoices that nobody can tell apart, so that the older one is the true one."""
        chosen = {row[0]: row[1] for row in decided if row[0] is not None}
        for invoice, amount in chosen.items():
            if invoice in pays or invoice not in self.documents:
                continue
            for other, own in list(pays.items()):
                if other not in chosen and own == amount and self._equal(invoice, other, entry.day):
                    pays[invoice] = pays.pop(other)
                    swapped = {invoice: other, other: invoice}
                    self.place = {name: swapped.get(place, place) for name, place in self.place.items()}
                    break

    def _equal(self, older: str, other: str, day: date) -> bool:
        first, second = self.documents[older], self.documents[other]
        return (
            first["customer_id"] == second["customer_id"]
            and first["currency"] == second["currency"]
            and first["amount"] == second["amount"]
            and self.applied[older] == self.applied[other]
            and first["invoice_date"] <= day
            and (first["invoice_date"], older) <= (second["invoice_date"], other)
        )


@dataclass(frozen=True)
class Line:
    """Of one kind of noise: entries, cents, shares applied and right, and of the proposals right."""

    name: str
    entries: int
    money: int
    applied: float
    right: float
    proposed: float
    proposed_right: float


def line_of(name: str, outcomes: list[Outcome]) -> Line:
    """Return one line of the table over these outcomes."""
    total = sum(outcome.entry.amount for outcome in outcomes)
    applied = [outcome.money("applied") for outcome in outcomes]
    proposed = [outcome.money("proposed") for outcome in outcomes]
    sums = [sum(pair[part] for pair in pairs) for pairs in (applied, proposed) for part in (0, 1)]
    return Line(
        name,
        len(outcomes),
        total,
        sums[0] / total if total else 0.0,
        sums[1] / sums[0] if sums[0] else 1.0,
        sums[2] / total if total else 0.0,
        sums[3] / sums[2] if sums[2] else 1.0,
    )


def noise_lines(outcomes: list[Outcome]) -> list[Line]:
    """Return a line per kind of noise, the one with most money first."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for noise in outcome.entry.noise or ("none",):
            kinds[noise].append(outcome)
    return sorted((line_of(name, own) for name, own in kinds.items()), key=lambda line: -line.money)


def curve(outcomes: list[Outcome], levels: tuple[float, ...]) -> list[tuple[float, float, float]]:
    """Return, per score: the share of the money with at least that score, and how much of it is wrong."""
    total = sum(outcome.entry.amount for outcome in outcomes)
    rows = [
        row for outcome in outcomes for row in outcome.rows if row[2] in ("applied", "proposed", "confirmed")
    ]
    points = []
    for level in levels:
        own = [row for row in rows if row[3] >= level]
        money = sum(row[1] for row in own)
        wrong = money - sum(row[4] for row in own)
        points.append((level, money / total if total else 0.0, wrong / money if money else 0.0))
    return points


def bands(outcomes: list[Outcome], edges: tuple[float, ...]) -> list[tuple[float, float, int, float]]:
    """Return, per band of scores of proposals: its edges, its cents and the share of them right."""
    rows = [row for outcome in outcomes for row in outcome.rows if row[2] == "proposed"]
    result = []
    for low, high in itertools.pairwise(edges):
        own = [row for row in rows if low <= row[3] < high]
        money = sum(row[1] for row in own)
        result.append((low, high, money, sum(row[4] for row in own) / money if money else 1.0))
    return result


_UNEXPLAINED = frozenset(
    [
        "part",
        "too much",
        "rounded",
        "amount with a digit wrong",
        "cents lost",
        "charges taken off",
        "discount too late",
        "batch without parts",
    ]
)
_UNNAMED = frozenset(["no number", "many, not listed", "many, first only", "cut off"])
_A_PAIR = 2


def is_certain(entry: TrueEntry) -> bool:
    """Tell whether the rule of what is certain could reach an entry: the rest is for a person, by that rule.

    The amount is explained to the cent, and numbers are named or at most two invoices make it.
    """
    noise = set(entry.noise)
    return not noise & _UNEXPLAINED and (not noise & _UNNAMED or len(entry.pays) <= _A_PAIR)
