"""The lines :61: and the balances of MT940, in the ways in which banks write them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from data.importers.formats.audit.elements import calendar_day
from data.importers.formats.bank.reference_texts import clean
from data.importers.formats.bank.text_statements import in_cents

_AMOUNT = r"[0-9][0-9.,]*|[.,][0-9]+"
# Value date, entry date, mark (R: of a reversal), third letter of the currency, amount, type of transaction.
_LINE = re.compile(
    rf"""(?P<value>[0-9]{{8}}(?=\s*R?[CD])|[0-9]{{6}})\s*(?P<entry>[0-9]{{4}})?\s*
    (?P<mark>R?[CD])\s?(?P<funds>[A-Z])?\s*(?P<amount>{_AMOUNT})\s*
    (?P<type>(?!NONREF)[NFS][A-Z0-9 ]{{3}})?(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_BALANCE = re.compile(
    rf"(?P<mark>[CD])\s?(?P<day>[0-9]{{6}})\s?(?P<currency>[A-Z]{{3}})?\s?(?P<amount>{_AMOUNT})\s*",
    re.IGNORECASE,
)
_ONE_SIGN = re.compile(r"([0-9]*)[.,]([0-9]*)")
_GROUPS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:([.,])([0-9]*))?")
_MOST_DIGITS = 18
_OF_LAST_CENTURY = 70
# Further from the value date than this, the entry date is the one next to the day of the statement.
_NEAR = timedelta(days=120)
_HALF_A_YEAR = timedelta(days=185)


@dataclass(frozen=True, slots=True)
class SwiftLine:
    """What a :61: says.

    Attributes:
        value_date: as written, six or eight digits.
        entry_date: as written, four digits; empty without one.
        mark: C or D, with an R before it for a reversal.
        amount: signed from the account's side; None where it is not sure.
        written: the amount as it is written.
        type: of the transaction, four characters or none.
        customer_reference, bank_reference: of the two sides of `//`, as written.
        details: the lines after the first.
    """

    value_date: str
    entry_date: str
    mark: str
    amount: Decimal | None
    written: str
    type: str
    customer_reference: str
    bank_reference: str
    details: tuple[str, ...]

    @property
    def is_reversal(self) -> bool:
        """It takes an earlier entry back."""
        return self.mark.startswith("R")


@dataclass(frozen=True, slots=True)
class SwiftBalance:
    """A balance: amount, None where it is not sure; day, None where it is none; currency, perhaps empty."""

    amount: Decimal | None
    day: date | None
    currency: str


def amount_of(text: str) -> Decimal | None:
    """Return an amount in cents; None where it is not sure.

    The sign before the decimals is a comma, or of some banks a point. Where both stand, the last is that sign
    and the other stands between thousands. A single point before three digits could be either.
    """
    if len(text) > _MOST_DIGITS + 6:
        return None
    if text.isdigit():
        number = text
    elif match := _ONE_SIGN.fullmatch(text):
        if "." in text and len(match[2]) == len("000"):
            return None
        number = f"{match[1] or '0'}.{match[2] or '0'}"
    elif (match := _GROUPS.fullmatch(text)) and match[1] != match[2]:
        whole = text[: match.start(2)] if match[2] else text
        number = f"{re.sub('[.,]', '', whole)}.{match[3] or '0'}"
    else:
        return None
    return in_cents(Decimal(number))


def _whole_amount(text: str) -> Decimal | None:
    """Return the amount of an entry or balance; None where it is not sure.

    MT940 wants the sign before the decimals even where none follow: an amount without it may be cut off.
    """
    return None if text.isdigit() else amount_of(text)


def statement_line(lines: list[str]) -> SwiftLine | None:
    """Return what a :61: says; None if it is not written as one."""
    match = _LINE.match(lines[0].strip())
    if match is None:
        return None
    mark = match["mark"].upper()
    amount = _whole_amount(match["amount"])
    if amount is not None and mark in {"D", "RC"}:
        amount = -amount
    kind, rest = match["type"] or "", match["rest"]
    details = tuple(line for line in lines[1:] if line.strip())
    customer, _, bank = rest.partition("//")
    if not bank and details and details[0].startswith("//"):
        bank, details = details[0].removeprefix("//"), details[1:]
    return SwiftLine(
        match["value"],
        match["entry"] or "",
        mark,
        amount,
        match["amount"],
        kind.strip().upper(),
        customer,
        clean(bank),
        details,
    )


def balance(text: str) -> SwiftBalance | None:
    """Return a balance; None if it is not written as one."""
    match = _BALANCE.fullmatch(text)
    if match is None:
        return None
    amount = _whole_amount(match["amount"])
    if amount is not None and match["mark"].upper() == "D":
        amount = -amount
    return SwiftBalance(amount, day_of(match["day"]), (match["currency"] or "").upper())


def day_of(text: str) -> date | None:
    """Return a day written as 261130, or 20261130; None if there is none."""
    year = text[:-4]
    return calendar_day(year if len(year) == len("2026") else _century(year) + year, text[-4:-2], text[-2:])


def entry_day(line: SwiftLine, statement_day: date | None) -> date | None:
    """Return the day an entry was booked on, whose year the line does not say; None if there is none.

    It is the one next to the value date. Where that is months away, an entry of January may be of either
    year, and the day of the statement decides.

    Args:
        line: the :61:.
        statement_day: of the closing balance, else of the opening, None without them.
    """
    value = day_of(line.value_date)
    if not line.entry_date.strip("0"):
        return value or statement_day
    year, month, _day = line.value_date[:-4], line.value_date[-4:-2], line.value_date[-2:]
    full_year = year if len(year) == len("2026") else _century(year) + year
    anchor = value or calendar_day(full_year, month, "28") or statement_day
    if anchor is None:
        return None
    near = _nearest(line.entry_date, anchor)
    if near is not None and abs(near - anchor) > _NEAR and statement_day is not None:
        return _nearest(line.entry_date, statement_day)
    return near


def _nearest(month_and_day: str, anchor: date) -> date | None:
    days = [
        day
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
        if (day := calendar_day(f"{year:04}", month_and_day[:2], month_and_day[2:])) is not None
    ]
    nearest = min(days, key=lambda day: abs(day - anchor), default=None)
    # 29 February of another year is no day of this one.
    return nearest if nearest is not None and abs(nearest - anchor) < _HALF_A_YEAR else None


def _century(year: str) -> str:
    return "19" if int(year) >= _OF_LAST_CENTURY else "20"
