"""Lever `supplier_terms`: suppliers are paid later or earlier from the start date on."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import polars as pl

from data.message_templates import Message, template
from reports.answers.whatif.ground import Bills, Ground
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind
from reports.answers.whatif.levers.days_or_change import (
    DAYS_OR_CHANGE,
    KEYS,
    stronger_terms,
    terms_summary,
)
from reports.answers.whatif.outcome_figures import peak_sentence
from reports.formats import days, in_sentence, number
from reports.translation import _

_NO_BILLS = template("there are no bills to compare days with; give change instead.")

_SUPPLIERS = "suppliers"


def _supplier_days(lever: Lever, bills: Bills) -> int:
    change = lever.whole("change")
    if change is not None:
        return change
    return (lever.whole("days") or 0) - round(bills.median_days or 0)


def _payments(payments: pl.DataFrame, lever: Lever, context: LeverContext) -> pl.DataFrame:
    move = timedelta(days=_supplier_days(lever, context.bills))
    moves = (pl.col("category") == _SUPPLIERS) & (pl.col("pay_date") >= context.start)
    moved = pl.max_horizontal(pl.col("pay_date") + move, pl.lit(context.start))
    return payments.with_columns(pay_date=pl.when(moves).then(moved).otherwise(pl.col("pay_date")))


def _assumptions(effect: LeverEffect, context: LeverContext) -> Iterator[str]:
    yield _(
        "payments to suppliers on {start} or later move by {days}; bills still to come are not known.",
        start=in_sentence(context.start),
        days=days(_supplier_days(effect.lever, context.bills)),
    )
    if effect.lever.whole("days") is not None:
        yield _(
            "the new terms are compared with {days}, the median of {count} bills.",
            days=days(context.bills.median_days, 1),
            count=number(context.bills.count),
        )


def _stronger(lever: Lever, ground: Ground) -> tuple[str, Decimal | int] | None:
    return stronger_terms(lever, ground.bills.median_days)


def _refusal(lever: Lever, context: LeverContext) -> tuple[str, Message] | None:
    if lever.whole("days") is None or context.bills.median_days is not None:
        return None
    return "days", _NO_BILLS()


SUPPLIER_TERMS = LeverKind(
    name="supplier_terms",
    label=lambda: _("Supplier terms"),
    help=lambda: _("Bills to pay from the start date on are paid later or earlier."),
    keys=KEYS,
    first_values=lambda _as_of: {"change": 7, "days": 45},
    summary=terms_summary,
    headline=peak_sentence,
    assumptions=_assumptions,
    payments=_payments,
    supplier_days=_supplier_days,
    stronger=_stronger,
    refusal=_refusal,
    alternatives=DAYS_OR_CHANGE,
    is_for_customers=False,
)
