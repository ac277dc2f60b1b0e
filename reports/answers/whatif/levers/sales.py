"""Lever `sales`: billings from the start date on go up or down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from forecasting.arrays import Bools, number
from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions
from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind, half_again
from reports.formats import in_sentence
from reports.formats import number as number_text
from reports.translation import _, _p


def _receipts(
    effect: LeverEffect, flows: Flows, which: Bools, _reactions: CustomerReactions, start: date
) -> tuple[Flows, LeverEffect]:
    which = which & flows.is_coming & (flows.issued >= number(start))
    factor = 1 + float(effect.lever.decimal("percent") or 0) / 100
    return effects.scale_billings(flows, which, factor), replace(effect, has_documents=bool(which.any()))


def _assumptions(_effect: LeverEffect, context: LeverContext) -> Iterator[str]:
    yield _(
        "the billings change from {start}; customers pay as they do now.", start=in_sentence(context.start)
    )


def _summary(lever: Lever) -> str:
    return f"{number_text(lever.decimal('percent'), 1, sign=True)}%"


SALES = LeverKind(
    name="sales",
    label=lambda: _p("lever", "Sales"),
    help=lambda: _(
        "Billings from the start date on, up or down. A plan week by week is typed under Liquidity "
        "forecast, Plan."
    ),
    keys=(Key("percent", "percent", -100, 500, label=lambda: _("More or less, %"), is_signed=True),),
    first_values=lambda _as_of: {"percent": Decimal(-10)},
    summary=_summary,
    assumptions=_assumptions,
    receipts=_receipts,
    stronger=half_again("percent"),
)
