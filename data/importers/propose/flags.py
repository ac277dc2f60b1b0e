"""What a preset says of how days and amounts are written, besides their forms."""

from collections.abc import Sequence

from data.importers.propose.facts import ColumnFacts


def flags_of(days: Sequence[ColumnFacts], money: Sequence[ColumnFacts]) -> frozenset[str]:
    """Return the names of the statements of a preset that hold for columns of days and of amounts."""
    stated = {
        "trailing_minus": any(each.trailing_minus for each in money),
        "parentheses": any(each.parentheses for each in money),
        "has_plus": any(each.plus for each in money),
        "in_thousands": any(each.in_thousands for each in money),
        "has_time": any(each.times for each in days),
        "serial_dates": any(each.serials and not each.days for each in days),
    }
    return frozenset(name for name, holds in stated.items() if holds)
