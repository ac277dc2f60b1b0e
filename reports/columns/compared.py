"""Columns of a comparison: a figure as it was on another day, and its difference with that day."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

THEN: Literal["then"] = "then"
CHANGE: Literal["change"] = "change"
_NAME = re.compile(r"(?P<figure>.+)_(?P<part>then|change)_(?P<day>\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Compared:
    """What the name of such a column says.

    Attributes:
        figure: name of the column that is compared.
        part: its value then, or the change since.
        day: the other day.
    """

    figure: str
    part: Literal["then", "change"]
    day: date

    def __str__(self) -> str:
        """Return the name of the column."""
        return f"{self.figure}_{self.part}_{self.day.isoformat()}"


def compared(name: str) -> Compared | None:
    """Read the name of a column; None for a column of no comparison."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        return None
    part = THEN if parts["part"] == THEN else CHANGE
    return Compared(parts["figure"], part, date.fromisoformat(parts["day"]))
