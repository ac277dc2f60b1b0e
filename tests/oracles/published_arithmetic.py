"""Arithmetic of published cases that the program has no figure for."""

from collections.abc import Sequence
from decimal import Decimal

_MONTHS_OF_A_QUARTER = 3


def dso_crf3(month_ends: Sequence[Decimal], quarter_sales: Decimal) -> float | None:
    """Return DSO of a quarter as the Credit Research Foundation surveys it.

    Args:
        month_ends: receivables at the three month ends of the quarter.
        quarter_sales: credit sales of the quarter.

    Returns:
        Days: the sum of the balances x 30 / sales; None without sales.

    Raises:
        ValueError: not three balances.

    Source: crfonline.org, National Summary of Domestic Trade Receivables, definitions.
    """
    if len(month_ends) != _MONTHS_OF_A_QUARTER:
        raise ValueError(f"A quarter has three month-end balances; there are {len(month_ends)}.")
    return float(sum(month_ends) * 30 / quarter_sales) if quarter_sales else None


def collections(terms: Sequence[tuple[Decimal, Decimal, Decimal]]) -> Decimal:
    """Return the cash a month brings in from the billings of several months.

    Args:
        terms: (billings of a month, share of it collected now, part that is paid: 1 less the discount taken).

    Returns:
        The sum of billings x share x part paid, unrounded.
    """
    return sum((billings * share * paid for billings, share, paid in terms), Decimal(0))
