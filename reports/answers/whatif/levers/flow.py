"""Lever `flow`: one payment or receipt on a day."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import polars as pl

from reports.answers.whatif.lever import MOST_MONEY, Key, Lever
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind, half_again
from reports.answers.whatif.outcome_figures import OutcomeFigures
from reports.formats import in_sentence, money, number
from reports.translation import _, _p

_MONEY = pl.Decimal(38, 2)


def _payments(payments: pl.DataFrame, lever: Lever, _context: LeverContext) -> pl.DataFrame:
    day, amount = lever.day("date"), lever.decimal("amount")
    if day is None or amount is None:
        return payments
    row = pl.DataFrame({"pay_date": [day], "amount": [-amount]}).with_columns(pl.col("amount").cast(_MONEY))
    return pl.concat([payments, row], how="diagonal")


def _assumptions(effect: LeverEffect, context: LeverContext) -> Iterator[str]:
    day = effect.lever.day("date")
    if day is not None and not context.has(day):
        yield _("{day} is in none of the weeks: it changes nothing.", day=in_sentence(day))


def _headline(figures: OutcomeFigures) -> str:
    amount = figures.lever.decimal("amount") or Decimal(0)
    values = {
        "amount": money(abs(amount), figures.currency, 0),
        "day": in_sentence(figures.lever.day("date")),
    }
    return _("{amount} in on {day}", **values) if amount > 0 else _("{amount} out on {day}", **values)


FLOW = LeverKind(
    name="flow",
    label=lambda: _("One-off payment or receipt"),
    help=lambda: _("Money that goes out has a minus."),
    keys=(
        Key("date", "day", label=lambda: _p("field", "On")),
        Key("amount", "money", -MOST_MONEY, MOST_MONEY, label=lambda: _p("field", "Amount")),
    ),
    first_values=lambda as_of: {"date": as_of + timedelta(days=28), "amount": Decimal(-25_000)},
    summary=lambda lever: number(lever.decimal("amount"), sign=True),
    headline=_headline,
    assumptions=_assumptions,
    payments=_payments,
    stronger=half_again("amount"),
    is_for_customers=False,
    has_start=False,
    may_repeat=True,
)
