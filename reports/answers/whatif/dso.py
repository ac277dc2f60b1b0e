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
    past, base = ground.dso, ground.flows
    if past is None or base is None or after is None:
        return (None, None)

    def dso(flows: Flows, receipts_change: float) -> float:
        billed = np.concatenate([past.billings, flows.billings_by_day])
        open_amount = past.open_amount + flows.billings_by_day.sum()
        open_amount -= past.receipts + receipts_change + flows.forgone[: flows.horizon].sum()
        return _countback(open_amount, billed, past.first)

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
