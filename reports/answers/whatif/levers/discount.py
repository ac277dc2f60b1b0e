"""Lever `discount`: customers that pay early deduct a discount."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from forecasting.arrays import Bools, number
from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions
from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind, half_again
from reports.formats import days, in_sentence, percent
from reports.formats import number as number_text
from reports.translation import _

_YEAR = 365


def _receipts(
    effect: LeverEffect, flows: Flows, which: Bools, _reactions: CustomerReactions, start: date
) -> tuple[Flows, LeverEffect]:
    lever = effect.lever
    which = which & effects.coming_invoices(flows, number(start))
    share, discount_days = float(lever.decimal("percent") or 0) / 100, lever.whole("days") or 0
    if not which.any():
        return flows, replace(effect, has_documents=False)
    money = flows.by_day[which]
    days_to_pay = np.arange(flows.span)[None, :] + flows.origin + 1 - flows.issued[which, None]
    expected = money.sum()
    saved = float((money * days_to_pay).sum() / expected) - discount_days if expected > 0 else None
    rate = share / (1 - share) * _YEAR / saved if saved is not None and saved > 0 and share < 1 else None
    uptake = float(lever.decimal("uptake") or 0)
    after = effects.give_discount(flows, which, share, discount_days, uptake)
    return after, replace(effect, days_saved=saved, yearly_rate=rate)


def _assumptions(effect: LeverEffect, context: LeverContext) -> Iterator[str]:
    yield _(
        "for invoices issued from {start}; {uptake} of their amounts is paid on the discount day.",
        start=in_sentence(context.start),
        uptake=percent(effect.lever.decimal("uptake"), 0),
    )
    if effect.days_saved is not None and effect.yearly_rate is not None:
        yield _(
            "the discount brings that part forward by {days} and costs {rate} a year; it pays where "
            "money costs more than that.",
            days=days(effect.days_saved, 1),
            rate=percent(effect.yearly_rate),
        )
    elif effect.days_saved is not None:
        yield _("the discount day is no earlier than these customers pay: it brings nothing forward.")


def _summary(lever: Lever) -> str:
    discount = lever.decimal("percent")
    digits = 0 if discount is not None and discount == int(discount) else 1
    return _("{percent}% within {days} days", percent=number_text(discount, digits), days=lever.whole("days"))


DISCOUNT = LeverKind(
    name="discount",
    label=lambda: _("Early-payment discount"),
    help=lambda: _("Part of the invoices issued from the start date is paid early, less the discount."),
    keys=(
        Key("percent", "percent", 0, 100, label=lambda: _("Discount, %")),
        Key("days", "whole", 0, 365, label=lambda: _("Pay within, days")),
        Key("uptake", "share", 0, 1, label=lambda: _("Share of the amounts that takes it, %")),
    ),
    first_values=lambda _as_of: {"percent": Decimal(2), "days": 8, "uptake": Decimal("0.3")},
    summary=_summary,
    assumptions=_assumptions,
    receipts=_receipts,
    stronger=half_again("uptake"),
    gives_discount=True,
)
