"""The levers of a scenario applied one after another to the money expected from customers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions, lever_documents
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.lever_kind import LeverEffect
from reports.answers.whatif.levers import kind_of

_HALF_CENT = 0.005


@dataclass(frozen=True)
class ScenarioFlows:
    """The money expected under a scenario.

    Attributes:
        flows: after all levers.
        effects: one per lever of the scenario, in its order.
    """

    flows: Flows
    effects: list[LeverEffect]


def apply_levers(
    levers: Iterable[Lever], base: Flows, reactions: CustomerReactions, start: date
) -> ScenarioFlows:
    """Apply the levers; those that leave the receipts alone have an effect without figures.

    Args:
        levers: of a scenario whose segments and customers are known to the books.
        base: flows of the forecast.
        reactions: what the ledger shows of its customers.
        start: first day the levers work; a lever may have a later one of its own.

    Raises:
        ScenarioError: a lever would make terms that are not sensible.
    """
    flows, effects = base, []
    for number, lever in enumerate(levers, start=1):
        effect = LeverEffect(number, lever)
        receipts = kind_of(lever).receipts
        if receipts is not None:
            which = lever_documents(lever, reactions, flows)
            effect = LeverEffect(number, lever, has_documents=bool(which.any()))
            flows, effect = receipts(effect, flows, which, reactions, max(lever.start or start, start))
        effects.append(effect)
    return ScenarioFlows(flows, effects)


def receipts_by_customer(base: Flows, after: Flows, ids: list[str]) -> pl.DataFrame:
    """Return how each customer's receipts differ: over the weeks, and at most at the end of one.

    Returns:
        `customer_id`, `receipts` (difference over the horizon) and `most` (the largest difference of the
        receipts so far at the end of a week), floats; those that differ, the largest `most` first.
    """
    weekly = (after.by_day - base.by_day)[:, : base.horizon].reshape(len(base.customer), -1, 7).sum(axis=2)
    by_customer = np.zeros((len(ids), weekly.shape[1]))
    np.add.at(by_customer, base.customer, weekly)
    so_far = np.cumsum(by_customer, axis=1)
    most = so_far[np.arange(len(ids)), np.argmax(np.abs(so_far), axis=1)] if len(ids) else np.zeros(0)
    return (
        pl.DataFrame({"customer_id": ids, "receipts": so_far[:, -1], "most": most})
        .filter(pl.col("most").abs() >= _HALF_CENT)
        .sort(pl.col("most").abs(), "customer_id", descending=[True, False])
    )
