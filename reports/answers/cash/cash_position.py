"""Cash position in words: the tiles, and what the blocks below them found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.shared.money import total
from reports.answers.shared.tile import Tile
from reports.colours import Tone
from reports.formats import money, number, percent
from reports.translation import _, _n, _p

WEEKS = 13


@dataclass(frozen=True)
class Position:
    """The frames a position is told from, all of one view.

    Attributes:
        weeks: `cash_trend`, weekly, the last row the day itself.
        buckets: `ageing_buckets` by due date, of 30, 60 and 90 days.
        accounts: `bank_position`.
        currency: of the amounts.
    """

    weeks: pl.DataFrame
    buckets: pl.DataFrame
    accounts: pl.DataFrame
    currency: str


def tiles(position: Position) -> list[Tile]:
    """Return the tiles of what is known: bank, outstanding, overdue, days."""
    overdue = position.buckets.filter(pl.col("position") > 0)
    return [
        _weekly(
            position,
            "bank_balance",
            _("Bank balance"),
            better="up",
            method=_("Sum of the latest balance of every account, in the reporting currency."),
            opens=_n("{count} account", "{count} accounts", position.accounts.height),
            page="cash_position",
            own={"show": "accounts"},
        ),
        _weekly(
            position,
            "receivables",
            _p("tile", "Outstanding"),
            better="neither",
            method=_("Open documents less money on account, incl. VAT."),
            opens=_invoices(position.buckets),
            page="ageing",
            own={"bucket": "all"},
        ),
        _weekly(
            position,
            "overdue",
            _("Overdue, {share}", share=percent(_share(overdue))),
            better="down",
            method=_("Open amounts past their due date; the due day itself is not overdue."),
            opens=_invoices(overdue),
            page="ageing",
            own={"bucket": "overdue", "basis": None},
        ),
        _days(position),
    ]


def top_found(top: pl.DataFrame) -> str:
    """Say how much of what is overdue the largest late payers owe."""
    if top.is_empty():
        return _("Nobody is overdue")
    share = sum(value or 0.0 for value in top["share_of_overdue"])
    if top.height == 1:
        return _("One customer owes everything that is overdue")
    return _("{count} customers owe {share} of what is overdue", count=top.height, share=percent(share, 0))


def top_facts(row: Mapping[str, Any], states: Sequence[str]) -> str:
    """Say of a late payer how many documents are late, since when, and what stands in the way.

    Args:
        row: of `top_overdue`.
        states: of its overdue documents, as in `open_items`.
    """
    broken, disputed = states.count("promise_broken"), states.count("disputed")
    facts = [_days_late(row)]
    if broken:
        facts.append(_n("a promise broken", "{count} promises broken", broken))
    if disputed:
        facts.append(_n("one in dispute", "{count} in dispute", disputed))
    return ", ".join(facts)


def _days_late(row: Mapping[str, Any]) -> str:
    late = _n("{count} invoice late", "{count} invoices late", row["overdue_invoices"])
    return _(
        "{late}, the oldest {days} days",
        late=late,
        days=number(row["oldest_days_overdue"]),
    )


def moved(change: Decimal, currency: str) -> str:
    """Say by how much receivables changed in a week."""
    if change == 0:
        return _("Receivables did not change in 7 days")
    amount = money(abs(change), currency, 0)
    if change > 0:
        return _("Receivables rose by {amount} in 7 days", amount=amount)
    return _("Receivables fell by {amount} in 7 days", amount=amount)


def accounts_found(accounts: pl.DataFrame, currency: str) -> str:
    """Say what the accounts hold together and as of when."""
    if accounts.is_empty():
        return _("No bank account is known")
    return _(
        "{accounts}, together {amount}",
        accounts=_n("{count} account", "{count} accounts", accounts.height),
        amount=money(total(accounts["reporting_balance"]), currency),
    )


def _weekly(position: Position, column: str, label: str, *, better: str, **rest: Any) -> Tile:
    values = position.weeks[column].to_list()
    now, before = values[-1], values[-2] if len(values) > 1 else None
    change = None if now is None or before is None else now - before
    return Tile(
        key=column.replace("_", "-"),
        label=label,
        value=money(now, position.currency, 0),
        change=None if change is None else money(change, position.currency, 0, sign=True),
        since=_("in 7 d"),
        tone=_tone(change, better),
        series=tuple(values[-WEEKS:]),
        series_said=_("{label}, the last 13 weeks", label=label),
        **rest,
    )


def _days(position: Position) -> Tile:
    values = position.weeks["dso_countback"].to_list()
    now, before = values[-1], values[-2] if len(values) > 1 else None
    change = None if now is None or before is None else now - before
    label = _("Days outstanding")
    return Tile(
        key="dso-countback",
        label=label,
        value=number(now, 1),
        change=None if change is None else number(change, 1, sign=True),
        since=_("in 7 d"),
        tone=_tone(change, "down"),
        method=_(
            "DSO by countback: calendar months of billings walked back until they add up to what is open."
        ),
        series=tuple(values[-WEEKS:]),
        series_said=_("{label}, the last 13 weeks", label=label),
        opens=_("How it is counted"),
        page="kpi_trends",
        own={"part": "dso"},
    )


def _share(buckets: pl.DataFrame) -> float | None:
    known = buckets["share"].drop_nulls()
    return float(known.sum()) if len(known) else None


def _tone(change: Decimal | float | None, better: str) -> Tone:
    if not change or better == "neither":
        return "neutral"
    return "cash" if (change > 0) == (better == "up") else "out"


def _invoices(buckets: pl.DataFrame) -> str:
    return _n("{count} document", "{count} documents", int(buckets["invoices"].sum() or 0))
