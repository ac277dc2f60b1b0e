"""The median length of spells, some of which are not over yet."""

import numpy as np
import polars as pl


def median_days(spells: pl.DataFrame) -> int | None:
    """Return the day by which half of the spells are over; open ones count for as long as they have lasted.

    Leaving open spells out would hide the slowest ones; taking them as over today would be too short.

    Args:
        spells: one row per spell. `days` Int64 it lasted, to the day of observation if it is not over (>= 0);
            `is_over` Boolean.

    Returns:
        The first age at which at most half still last; None where more than half last at every age.

    Source: Kaplan & Meier (1958), JASA 53:457-481.
    """
    days = spells["days"].to_numpy()
    over = spells["is_over"].to_numpy()
    share_open = 1.0
    for age in np.unique(days[over]):
        at_risk = int((days >= age).sum())
        share_open *= 1 - int((over & (days == age)).sum()) / at_risk
        # A product of shares may miss one half by a rounding.
        if share_open <= 0.5 + 1e-12:
            return int(age)
    return None
