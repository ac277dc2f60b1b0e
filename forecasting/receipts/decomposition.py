"""The expected receipts split into those from open documents, coming billings and planned billings."""

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Floats
from forecasting.receipts.combination import Mixture
from forecasting.receipts.outlook import Outlook, by_week


@dataclass(frozen=True)
class BillingPlan:
    """Planned billings of the coming weeks.

    Attributes:
        amount: planned per week, shape (w,).
        share: share of the usual billings that the plan replaces, 0-1, shape (w,).
    """

    amount: Floats
    share: Floats


@dataclass(frozen=True)
class ReceiptsParts:
    """Expected receipts per week by source.

    Attributes:
        share: of each open document's amount, paid in each week, shape (n, w).
        never: share of each that is never paid, shape (n,).
        from_open: shape (w,).
        from_future: from billings to come, shape (w,).
        planned: the part of `from_future` from planned billings, shape (w,).
        billings: expected or planned per week, shape (w,).
    """

    share: Floats
    never: Floats
    from_open: Floats
    from_future: Floats
    planned: Floats
    billings: Floats

    @property
    def total(self) -> Floats:
        """Receipts per week, shape (w,)."""
        return np.asarray(self.from_open + self.from_future)


def decompose(outlook: Outlook, mixture: Mixture, plan: BillingPlan | None = None) -> ReceiptsParts:
    """Spread the receipts that a mixture expects over open documents and coming billings.

    Documents keep the model's proportions. A plan replaces the usual billings of its weeks; receipts from
    planned billings are not corrected by past errors, because those are errors of unplanned billings.

    Args:
        outlook: of the day.
        mixture: of the same day.
        plan: of the coming weeks.
    """
    model = outlook.methods["model"]
    expected = mixture.apply(outlook.methods)
    factor = np.where(np.abs(model) > 0, expected / np.where(model == 0, 1.0, model), 1.0)
    never = np.clip(outlook.open_payments.lost + outlook.open_payments.never, 0.0, 1.0)
    share = by_week(outlook.open_by_day)
    # Payments on a noted day keep that day; the level of the ledger's past corrects only the others.
    share = np.where(outlook.noted[:, None], share, share * np.maximum(factor, 0.0))
    # No more is paid than is ever paid: week by week, so that a longer horizon changes no earlier week.
    share = np.diff(np.minimum(np.cumsum(share, axis=1), (1 - never)[:, None]), axis=1, prepend=0.0)
    from_open = outlook.open_amounts @ share
    from_future = np.maximum(expected - from_open, 0.0)
    if plan is None:
        return ReceiptsParts(share, never, from_open, from_future, np.zeros(len(expected)), outlook.billings)
    planned = plan.amount @ outlook.unit
    usual = outlook.from_future
    from_unplanned = ((1 - plan.share) * outlook.billings) @ outlook.unit
    # If the model expects nothing from billings, receipts of the other methods follow the unplanned weeks.
    unplanned = np.cumsum(1 - plan.share) / np.arange(1, len(usual) + 1)
    share_left = np.where(usual > 0, from_unplanned / np.where(usual > 0, usual, 1.0), unplanned)
    billings = plan.amount + (1 - plan.share) * outlook.billings
    return ReceiptsParts(share, never, from_open, planned + from_future * share_left, planned, billings)
