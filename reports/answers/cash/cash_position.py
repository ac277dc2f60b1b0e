"""Tiles and findings of the cash position: accounts, late payers and the movement of receivables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.shared.comparison import against
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.tile import Tile
from reports.colours import Tone
from reports.formats import in_sentence, money, number, percent
from reports.translation import _, _n, _p

WEEKS = 13


@dataclass(frozen=True)
class Position:
    """The rows that the tiles are made from, all of one view.

    Attributes:
        weeks: `cash_trend`, one row per week; the last row is the day itself.
        buckets: `ageing_buckets` by due date, with limits of 30, 60 and 90 days.
        accounts: `bank_position`.
        currency: of the amounts.
        compare_day: that the tiles are compared with.
        then: the row of `cash_trend` on that day; None where nothing is known of it.
    """

    weeks: pl.DataFrame
    buckets: pl.DataFrame
    accounts: pl.DataFrame
    currency: str
    compare_day: date
    then: Mapping[str, Any] | None


def tiles(position: Position) -> list[Tile]:
    """Return the tiles that need no forecast: bank balance, outstanding, overdue, days outstanding."""
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
            _p("tile", "Receivables"),
            better="neither",
            method=_("Open documents less money on account, incl. VAT."),
            opens=_documents(position.buckets),
            page="ageing",
            own={"bucket": "all", "at": "rows"},
        ),
        _weekly(
            position,
            "overdue",
            _("Overdue, {share}", share=percent(_share(overdue))),
            better="down",
            method=_(
                "Open on invoices past their due date, as part of what is open on invoices; the due day "
                "itself is not overdue, and credit notes have no overdue."
            ),
            opens=_documents(overdue),
            page="ageing",
            own={"bucket": "overdue", "basis": None, "at": "rows"},
        ),
        _days(position),
    ]


def late_payers(top: pl.DataFrame) -> Finding:
    """Return the share of the overdue amount owed by the largest late payers; rows of `top_overdue`."""
    method = _("Largest overdue amounts, with what makes them late.")
    if top.is_empty():
        return Finding(_("Nobody is overdue"), method)
    if top.height == 1:
        return Finding(_("One customer owes everything that is overdue"), method)
    share = percent(sum(value or 0.0 for value in top["share_of_overdue"]), 0)
    title = _("{count} customers owe {share} of what is overdue", count=top.height, share=share)
    return Finding(title, method)


def late_payer_facts(row: Mapping[str, Any], states: Sequence[str]) -> str:
    """Return how many documents of a late payer are late, since when, and what blocks their payment.

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


def movement(row: Mapping[str, Any], currency: str) -> Finding:
    """Return by how much receivables changed since a day; the row is that of `receivables_moved`."""
    change, day = row["closing"] - row["opening"], in_sentence(row["opening_date"])
    amount = money(abs(change), currency, 0)
    if change == 0:
        title = _("Receivables have not changed since {day}", day=day)
    elif change > 0:
        title = _("Receivables have risen by {amount} since {day}", amount=amount, day=day)
    else:
        title = _("Receivables have fallen by {amount} since {day}", amount=amount, day=day)
    return Finding(title, _("Change of receivables since {day}, by cause", day=day))


def accounts(rows: pl.DataFrame, currency: str) -> Finding:
    """Return the sum of all bank accounts; the rows are of `bank_position`."""
    method = _("Latest balance of every account on or before the day.")
    if rows.is_empty():
        return Finding(_("No bank account is known"), method)
    title = _(
        "{accounts}, together {amount}",
        accounts=_n("{count} account", "{count} accounts", rows.height),
        amount=money(total(rows["reporting_balance"]), currency),
    )
    return Finding(title, method)


def _weekly(position: Position, column: str, label: str, *, better: str, method: str, **rest: Any) -> Tile:
    values = position.weeks[column].to_list()
    now, before = values[-1], _then(position, column)
    change = None if now is None or before is None else now - before
    return Tile(
        key=column.replace("_", "-"),
        label=label,
        value=money(now, position.currency, 0),
        change=None if change is None else money(change, position.currency, 0, sign=True),
        since=_since(position),
        tone=_tone(change, better),
        method=_with_value_then(method, money(before, position.currency, 0), position),
        series=tuple(values[-WEEKS:]),
        series_alt=_("{label}, the last 13 weeks", label=label),
        **rest,
    )


def _days(position: Position) -> Tile:
    values = position.weeks["dso_countback"].to_list()
    now, before = values[-1], _then(position, "dso_countback")
    # Of the rounded values, as the KPI page has it: 47.3 less 43.8 is 3.5 wherever it stands.
    change = None if now is None or before is None else round(now, 1) - round(before, 1)
    label = _p("tile", "DSO, countback")
    return Tile(
        key="dso-countback",
        label=label,
        value=number(now, 1),
        change=None if change is None else number(change, 1, sign=True),
        since=_since(position),
        tone=_tone(change, "down"),
        method=_with_value_then(
            _("DSO by countback: calendar months of billings walked back until they add up to what is open."),
            number(before, 1),
            position,
        ),
        series=tuple(values[-WEEKS:]),
        series_alt=_("{label}, the last 13 weeks", label=label),
        opens=_("How it is counted"),
        page="kpi_trends",
        own={"part": "dso"},
    )


def _then(position: Position, column: str) -> Any:
    return None if position.then is None else position.then[column]


def _since(position: Position) -> str:
    return against(position.compare_day, position.weeks["as_of"][-1])


def _with_value_then(method: str, value: str, position: Position) -> str:
    return method + " " + _("On {day}: {value}.", day=in_sentence(position.compare_day), value=value)


def _share(buckets: pl.DataFrame) -> float | None:
    known = buckets["share"].drop_nulls()
    return float(known.sum()) if len(known) else None


def _tone(change: Decimal | float | None, better: str) -> Tone:
    if not change or better == "neither":
        return "neutral"
    return "cash" if (change > 0) == (better == "up") else "out"


def _documents(buckets: pl.DataFrame) -> str:
    return _n("{count} document", "{count} documents", int(buckets["invoices"].sum() or 0))
