"""What of the expected receipts comes from what is open, and what from billings to come or planned."""

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Floats
from forecasting.receipts.combination import Mixture
from forecasting.receipts.outlook import Outlook, by_week


@dataclass(frozen=True)
class Plan:
    """Planned billings of the coming weeks.

    Attributes:
        amount: planned per week, shape (w,).
        share: of what would be billed without it, the share it takes the place of, 0-1, shape (w,).
    """

    amount: Floats
    share: Floats


@dataclass(frozen=True)
class Parts:
    """Expected receipts per week, taken apart.

    Attributes:
        share: of each open document's amount, paid in each week, shape (n, w).
        never: share of each that is never paid, shape (n,).
        from_open: shape (w,).
        from_future: from billings to come, shape (w,).
        planned: of `from_future`, what comes from planned billings, shape (w,).
        billings: expected or planned per week, shape (w,).
    """

    share: Floats
    never: Floats
    from_open: Floats
    from_future: Floats
    planned: Floats
    billings: Floats

    @property
    def expected(self) -> Floats:
        """Receipts per week, shape (w,)."""
        return np.asarray(self.from_open + self.from_future)


def parted(made: Outlook, mix: Mixture, plan: Plan | None = None) -> Parts:
    """Spread what a mixture expects over open documents and billings to come.

    Documents keep the model's proportions. A plan takes the place of what would be billed in its weeks: what
    the model makes of it counts as it is, for the errors of the past are those of billings nobody planned.

    Args:
        made: the day's outlook.
        mix: of the same day.
        plan: of the coming weeks.
    """
    model = made.methods["model"]
    wanted = mix.apply(made.methods)
    factor = np.where(np.abs(model) > 0, wanted / np.where(model == 0, 1.0, model), 1.0)
    never = np.clip(made.open_payments.lost + made.open_payments.never, 0.0, 1.0)
    share = by_week(made.open_by_day)
    # What somebody noted stands as it was noted; the level of the ledger's past is for the others.
    share = np.where(made.noted[:, None], share, share * np.maximum(factor, 0.0))
    # More than will ever come cannot come: week by week, so that a longer horizon changes no earlier one.
    share = np.diff(np.minimum(np.cumsum(share, axis=1), (1 - never)[:, None]), axis=1, prepend=0.0)
    from_open = made.open_amounts @ share
    from_future = np.maximum(wanted - from_open, 0.0)
    if plan is None:
        return Parts(share, never, from_open, from_future, np.zeros(len(wanted)), made.billings)
    planned = plan.amount @ made.unit
    usual = made.from_future
    rest = ((1 - plan.share) * made.billings) @ made.unit
    # Where the model bills nothing, what the other methods expect goes with the weeks that are planned.
    unplanned = np.cumsum(1 - plan.share) / np.arange(1, len(usual) + 1)
    kept = np.where(usual > 0, rest / np.where(usual > 0, usual, 1.0), unplanned)
    billings = plan.amount + (1 - plan.share) * made.billings
    return Parts(share, never, from_open, planned + from_future * kept, planned, billings)
