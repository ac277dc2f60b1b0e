"""On which day money counts: never in a closed period, never before its invoice."""

from collections.abc import Mapping
from datetime import date, timedelta


def open_day(closed_until: Mapping[str, date], entity: str, *days: date) -> date:
    """Return the first day on which something may be dated.

    Args:
        closed_until: per entity, '' all: the last day of the closed period.
        entity: whose books it is in, '' none.
        days: of the entry, and of the document.
    """
    closed = last_closed(closed_until, entity)
    return max(days) if closed is None else max(*days, closed + timedelta(days=1))


def last_closed(closed_until: Mapping[str, date], entity: str) -> date | None:
    """Return the last day of the closed period of an administration, '' none; None: none is closed."""
    return max((closed_until[name] for name in {"", entity} if name in closed_until), default=None)
