"""DSO by countback from totals per month, for a plan that no ledger has yet."""

from collections.abc import Sequence
from decimal import Decimal


def countback(open_amount: Decimal, billed: Sequence[tuple[Decimal, int]]) -> float:
    """Return days of sales outstanding by countback, as the query `kpi` counts them, from totals per month.

    Args:
        open_amount: what is open, money on account left out.
        billed: (billings, days) per month, the latest first, back to the month of the first invoice.

    Returns:
        Days; 0 when nothing is open, all days when the months do not add up to what is open.

    >>> countback(Decimal(150), [(Decimal(100), 30), (Decimal(200), 31)])
    37.75
    """
    rest, walked = open_amount, 0
    if rest <= 0:
        return 0.0
    for billings, month_days in billed:
        if billings >= rest:
            return walked + float(rest / billings * month_days)
        rest -= billings
        walked += month_days
    return float(walked)
