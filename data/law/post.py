"""The delivery day after posting on which a letter counts as received.

A 14-day notice gives fourteen days from the day after receipt (ECLI:NL:HR:2016:2704). The rules are dated,
because delivery days change; a rule that has not begun is not here. The setting `post_delivery` overrules
them.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "post_delivery.csv"
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RULE = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<ordinal>[1-5]) (?P<weekdays>[a-z]{3}( [a-z]{3})*)"
)


@dataclass(frozen=True)
class DeliveryRule:
    """Which delivery day a letter counts as received on.

    Attributes:
        valid_from: first day of posting it holds for, until the next rule.
        ordinal: 2 is the second delivery day after posting.
        weekdays: names of the days on which post is delivered, unless they are public holidays.
        source: where it was found; empty for a rule of the setting.
        verified_on: day it was checked against its source; None for a rule of the setting.
    """

    valid_from: date
    ordinal: int
    weekdays: tuple[str, ...]
    source: str = ""
    verified_on: date | None = None


@cache
def delivery_rules() -> tuple[DeliveryRule, ...]:
    """Return the published rules, oldest first."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        return tuple(
            DeliveryRule(
                date.fromisoformat(row["valid_from"]),
                int(row["delivery_day"]),
                tuple(row["weekdays"].split(" ")),
                row["source"],
                date.fromisoformat(row["verified_on"]),
            )
            for row in csv.DictReader(rows)
        )


def parse_delivery_rules(setting: str) -> tuple[DeliveryRule, ...]:
    """Return the rules of the setting `post_delivery`: `2027-07-01 3 tue wed thu fri sat`, `; ` between them.

    Raises:
        ValueError: a rule is not of that form, or names a day that is none.
    """
    rules = []
    for text in setting.split("; "):
        match = _RULE.fullmatch(text)
        if match is None:
            raise ValueError(text)
        weekdays = tuple(match["weekdays"].split(" "))
        if not set(weekdays) <= set(_DAY_NAMES):
            raise ValueError(text)
        rules.append(DeliveryRule(date.fromisoformat(match["day"]), int(match["ordinal"]), weekdays))
    return tuple(rules)


def is_delivery_setting(setting: str) -> bool:
    """Tell whether a text is a value of the setting `post_delivery`."""
    try:
        return bool(parse_delivery_rules(setting))
    except ValueError:
        return False
