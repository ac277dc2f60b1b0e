"""What money costs a year: the setting, which screens and command line share."""

from decimal import Decimal

import polars as pl

KEY = "cost_of_money"
USUAL = Decimal(6)  # percent a year while it is not set


def cost_of_money(settings: pl.DataFrame) -> Decimal:
    """Return the cost of money a year, 0-1, from the rows of `settings`."""
    return Decimal(dict(settings.select("key", "value").iter_rows()).get(KEY) or USUAL) / 100
