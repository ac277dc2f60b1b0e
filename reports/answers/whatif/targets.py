"""The open invoices that have to be paid so that a target for the overdue amount is met."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from forecasting.arrays import number
from forecasting.whatif.cash_flows import Flows
from reports.answers.shared.money import CENT, cents
from reports.answers.whatif.customer_reactions import CustomerReactions, lever_documents
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.levers import kind_of

_MONEY = pl.Decimal(38, 2)
_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class OverdueTarget:
    """The open invoices that must come in, so that no more than an amount is overdue on a day.

    Attributes:
        day, max_overdue: of the lever.
        expected_overdue: of it on that day, after the other levers.
        must_come_in: amount of open invoices that has to be paid by then; 0.00 where none has to.
        invoices: `invoice_id`, `customer_id`, `due_date`, `open_amount`, `probability_paid_by` (that day) and
            `so_far` (open amounts down to this one), those that are needed, likely and large ones first.
        is_within_reach: they are enough; else invoices still to be issued make too much overdue.
    """

    day: date
    max_overdue: Decimal
    expected_overdue: Decimal
    must_come_in: Decimal
    invoices: pl.DataFrame
    is_within_reach: bool


def overdue_targets(ground: Ground, scenario: Scenario, flows: Flows | None) -> list[OverdueTarget]:
    """Return one target per lever that sets one; none without a payment model.

    Args:
        ground: of the what-if.
        scenario: with its levers.
        flows: after all levers.
    """
    if flows is None or ground.reactions is None:
        return []
    return [
        _overdue_target(ground, lever, *target(lever), flows, ground.reactions)
        for lever in scenario.levers
        if (target := kind_of(lever).target) is not None
    ]


def _overdue_target(  # noqa: PLR0917 - the target and what it is measured on
    ground: Ground,
    lever: Lever,
    target_day: date,
    max_overdue: Decimal,
    flows: Flows,
    reactions: CustomerReactions,
) -> OverdueTarget:
    day = number(target_day)
    # The due day itself is not overdue.
    is_due = lever_documents(lever, reactions, flows) & (flows.due < day)
    paid = flows.by_day[:, : max(day - flows.origin, 0)].sum(axis=1)
    # The flows are of the documents of which something is owed, in the order of the forecast.
    owed_invoices = ground.forecast.invoices.filter(pl.col("expected_amount") != 0)
    due_invoices = owed_invoices.with_columns(
        paid=pl.Series(paid[~flows.is_coming]), amount=pl.col("expected_amount").cast(_MONEY)
    ).filter(pl.Series(is_due[~flows.is_coming]))
    still_open = flows.amount - paid
    overdue = cents(still_open[is_due].sum())
    overdue_coming = cents(still_open[is_due & flows.is_coming].sum())
    due_amount = due_invoices["amount"].sum() if due_invoices.height else _NOTHING
    must_come_in = max(Decimal(due_amount) + max(overdue_coming, _NOTHING) - max_overdue, _NOTHING)
    invoices = _needed_invoices(due_invoices, must_come_in)
    reached = invoices["so_far"].to_list()[-1] if invoices.height else _NOTHING
    return OverdueTarget(
        day=target_day,
        max_overdue=max_overdue,
        expected_overdue=max(overdue, _NOTHING),
        must_come_in=must_come_in.quantize(CENT),
        invoices=invoices,
        is_within_reach=reached >= must_come_in,
    )


def _needed_invoices(due_invoices: pl.DataFrame, must_come_in: Decimal) -> pl.DataFrame:
    """Return the first invoices that together make up an amount, ranked by the amount expected of each."""
    ranked = (
        due_invoices.filter(pl.col("amount") > 0)
        .with_columns(chance=(pl.col("paid") / pl.col("amount").cast(pl.Float64)).clip(0.0, 1.0))
        .sort(
            pl.col("chance") * pl.col("amount").cast(pl.Float64), "document_id", "instalment",
            descending=[True, False, False],
        )
        .with_columns(so_far=pl.col("amount").cum_sum())
    )  # fmt: skip
    return ranked.filter(pl.col("so_far") - pl.col("amount") < must_come_in).select(
        pl.col("document_id").alias("invoice_id"),
        "customer_id",
        "due_date",
        pl.col("amount").alias("open_amount"),
        pl.col("chance").alias("probability_paid_by"),
        pl.col("so_far").cast(_MONEY),
    )
