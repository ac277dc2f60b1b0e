"""DSO by countback at the end of the forecast, without and with a scenario."""

from datetime import timedelta

import numpy as np

from forecasting.arrays import Floats, day_of, number
from forecasting.whatif.cash_flows import Flows
from queries.kpi.countback import countback
from reports.answers.shared.money import cents
from reports.answers.whatif.ground import Ground


def dso_at_the_end(ground: Ground, after: Flows | None, change: float) -> tuple[float | None, float | None]:
    """Return DSO on the last day, base and scenario; None without a payment model.

    Args:
        ground: of the what-if.
        after: flows under the scenario.
        change: of the receipts over all weeks.
    """
    by_model, base = ground.basis.by_model, ground.flows
    if by_model is None or base is None or after is None:
        return (None, None)
    past = ground.basis.past
    history = past.billings.daily[: past.as_of - past.billings.first + 1]

    def dso(flows: Flows, receipts_change: float) -> float:
        billed = np.concatenate([history, flows.billings_by_day])
        open_amount = by_model.outlook.open_amounts.sum() + flows.billings_by_day.sum()
        open_amount -= by_model.expected.sum() + receipts_change + flows.forgone[: flows.horizon].sum()
        return _countback(open_amount, billed, past.billings.first)

    return (dso(base, 0.0), dso(after, change))


def _countback(open_amount: float, billed: Floats, first: int) -> float:
    """Return the days of billings, month by month backwards, that make up the open amount."""
    months: dict[tuple[int, int], list[float]] = {}
    opening = day_of(first).replace(day=1)
    # The month of the first invoice counts from its first day.
    padded = np.concatenate([np.zeros(first - number(opening)), billed])
    for place, amount in enumerate(padded.tolist()):
        day = opening + timedelta(days=place)
        months.setdefault((day.year, day.month), []).append(amount)
    latest_first = [(cents(sum(days)), len(days)) for _month, days in sorted(months.items(), reverse=True)]
    return countback(cents(open_amount), latest_first)
