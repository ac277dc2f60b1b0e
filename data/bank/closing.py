"""On which day money counts: never in a closed period, never before its invoice."""

from collections.abc import Mapping
from datetime import date, timedelta


def open_day(closed_until: Mapping[str, date], entity: str, stated: date | None, *days: date) -> date:
    """Return the first day on which something may be dated.

    Args:
        closed_until: per entity, '' all: the last day of the closed period.
        entity: whose books it is in, '' none.
        stated: the last closed day when the entry came in; it counts in place of `closed_until`.
        days: of the entry, and of the document.
    """
    if stated is not None:
        closed = [stated]
    else:
        closed = [closed_until[name] for name in {"", entity} if name in closed_until]
    return max(*days, *(day + timedelta(days=1) for day in closed), days[0])
