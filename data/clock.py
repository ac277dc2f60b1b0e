"""The one place that knows what day and instant it is."""

import os
from datetime import UTC, date, datetime, timedelta


def today() -> date:
    """Return today's date; `KASSTROOM_TODAY` (ISO) stands in for it, so that a screen can be reproduced."""
    fixed = os.environ.get("KASSTROOM_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now().astimezone().date()


def now() -> datetime:
    """Return this instant in UTC, without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def last_sunday(day: date) -> date:
    """Return the last Sunday on or before `day`, so that the seven days after it are an ISO week."""
    return day - timedelta(days=day.isoweekday() % 7)
