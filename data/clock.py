"""The one place that knows which day and instant it is, and in which time zone days begin.

The store keeps instants in UTC. A day, on a screen or as "today", is a day of one time zone:
`KASSTROOM_TIMEZONE`, else the setting `time_zone` of the books, else Europe/Amsterdam.
"""

import os
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from data import sentences
from data.errors import KasstroomError

DEFAULT_ZONE = "Europe/Amsterdam"
# The setting of the books opened last: a process serves one store.
_setting: str | None = None


def use_setting(name: str | None) -> None:
    """Take over the zone that the books set; None where they set none."""
    global _setting  # noqa: PLW0603 - the day is asked for in places that hold no books
    _setting = name


def zone() -> ZoneInfo:
    """Return the time zone in which days begin and end.

    Raises:
        KasstroomError: there is no zone of the name that was set.
    """
    name = os.environ.get("KASSTROOM_TIMEZONE") or _setting or DEFAULT_ZONE
    zone = _zone(name)
    if zone is None:
        raise KasstroomError(sentences.NO_ZONE(zone=repr(name), example=DEFAULT_ZONE))
    return zone


def is_zone(name: str) -> bool:
    """Tell whether there is a time zone of this name."""
    return _zone(name) is not None


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def today() -> date:
    """Return today's date; `KASSTROOM_TODAY` (ISO) stands in for it, so that a screen can be reproduced."""
    fixed = os.environ.get("KASSTROOM_TODAY")
    return date.fromisoformat(fixed) if fixed else local(now()).date()


def now() -> datetime:
    """Return this instant in UTC, without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def local(instant: datetime) -> datetime:
    """Return an instant of the store, UTC without a zone, in the time zone."""
    return instant.replace(tzinfo=UTC).astimezone(zone())


def end_of(day: date) -> datetime:
    """Return the last microsecond of a day in the time zone, in UTC without a zone."""
    return datetime.combine(day, time.max, tzinfo=zone()).astimezone(UTC).replace(tzinfo=None)


def last_sunday(day: date) -> date:
    """Return the last Sunday on or before `day`, so that the seven days after it are an ISO week."""
    return day - timedelta(days=day.isoweekday() % 7)
