"""How tight the demo company's cash gets: minimum, credit line, and a payment as large as it can bear."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from data.demo.customers import ENTITIES
from data.demo.rule_of_thumb import WEEKS, Weeks
from data.demo.write import money

SPENDING, INVESTMENT = "Aanbetaling nieuw magazijn", "investment"
_MINIMUM, _CREDIT_LINE = 0.4, 0.22  # of the billing of a month
_SPENDING_WEEK = 4
_LEAST_SPENDING = 0.08
_MARGIN = 0.75
"""How far the tightest week is expected above the minimum, in spreads of what the treasurer expects.

A chance of nearly a quarter: another forecast may expect half a spread more or less, and it still is certain
neither way.
"""
_CALM = 2.0
_DIGITS = 2
# Check digits that are right and a bank that does not exist: nobody's account.
_IBAN = "NL66KASS0000000001"


@dataclass(frozen=True)
class Room:
    """Cents: minimum balance, credit line, the large payment and its week, what the balances lie higher."""

    minimum: int
    credit_line: int
    spending: int
    week: int
    lift: float


def tight_week(weeks: Weeks, month_billing: float, opening: float) -> Room:
    """Choose a payment after which the balance stays above the minimum by a small margin only.

    Before that week nothing is tight: the balance of the whole history is lifted until that holds.

    Args:
        weeks: what the treasurer expects.
        month_billing: mean billing of a month, cents.
        opening: balance at the end of the history, cents.
    """
    minimum = _rounded(_MINIMUM * month_billing)
    floor = minimum + weeks.spread * np.where(np.arange(WEEKS) < _SPENDING_WEEK - 1, _CALM, _MARGIN)
    needed = floor + np.where(np.arange(WEEKS) < _SPENDING_WEEK - 1, 0, _LEAST_SPENDING * month_billing)
    # The history stays above the minimum too.
    lift = max(float(minimum), float((needed - weeks.balance(opening)).max()))
    spending = float((weeks.balance(opening + lift) - floor)[_SPENDING_WEEK - 1 :].min())
    spending = int(spending // 10_000) * 10_000
    return Room(minimum, _rounded(_CREDIT_LINE * month_billing), spending, _SPENDING_WEEK, lift)


def _rounded(cents: float) -> int:
    """Round to two digits, and to whole euros."""
    unit: int = max(10 ** (len(str(int(cents))) - _DIGITS), 100)
    return round(cents / unit) * unit


def write_settings(folder: Path, room: Room) -> None:
    """Write settings.csv: limits of the balance, the sender of letters, and that this is a demo company."""
    minimum, credit_line = money(np.array([room.minimum, room.credit_line], dtype=np.int64)).to_list()
    settings = {
        "demo_company": "yes",
        "minimum_cash": str(minimum),
        "credit_line": str(credit_line),
        "company_name": ENTITIES[0],
        f"company_name@{ENTITIES[1]}": ENTITIES[1],
        "company_contact": "Afdeling debiteuren",
        "company_street": "Voorbeeldkade 1",
        "company_postcode": "1234 AB",
        "company_city": "Voorbeeldstad",
        "company_kvk": "00000000",
        "company_email": "debiteuren@zilverwaard.example",
        "company_phone": "020 555 01 00",
        "company_iban": _IBAN,
    }
    pl.DataFrame({"key": list(settings), "value": list(settings.values())}).write_csv(folder / "settings.csv")
