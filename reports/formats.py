"""Formats of numbers, money and dates, in the current language.

Money is exact: `Decimal` or `int`, never float. An undefined value (None) shows as a dash.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import cycle, islice

from babel.dates import format_date
from babel.numbers import get_currency_symbol

from data import clock
from reports.translation import _, _p, current, mark_p

NO_BREAK_SPACE = "\u00a0"
NO_BREAK_HYPHEN = "\u2011"
UNDEFINED = "–"
BUCKETS = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus")
LIMITS = (30, 60, 90)

# Where a bucket's money can be a month later, besides in a bucket.
_GONE = {"paid": mark_p("bucket", "Paid"), "written_off": mark_p("bucket", "Written off")}

Money = Decimal | int
_HARDLY = 0.005  # less rounds to 0%
_THREE_FIGURES, _THOUSAND, _MILLION, _BILLION = 100, 1_000, 1_000_000, 1_000_000_000


def money(amount: Money | None, currency: str = "EUR", decimals: int = 2, *, sign: bool = False) -> str:
    """Write an amount in full: `€ 1.234,56`, negative `€ -1.234,56`, with `sign` `€ +42.180`.

    English has the sign first: `-€1,234.56`.

    Raises:
        TypeError: the amount is a float, so its cents are already in doubt.
    """
    if amount is None:
        return UNDEFINED
    return _with_symbol(_plain(_exact(amount), decimals, sign=sign), currency)


def money_short(
    amount: Money | None, currency: str = "EUR", digits: int | None = None, *, sign: bool = False
) -> str:
    """Write an amount for a tick or a heading: `€ 400k`, `€ 1,2 mln`; `digits` behind the comma.

    Left out, `digits` is at most one, and none when it would be a zero.
    """
    if amount is None:
        return UNDEFINED
    exact = _exact(amount)
    unit, suffix = _scale(exact)
    scaled = exact / unit
    if digits is None:
        tenths = scaled.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        digits = 0 if unit == 1 or abs(scaled) >= _THREE_FIGURES or tenths % 1 == 0 else 1
    return _with_symbol(_plain(scaled, digits, sign=sign) + suffix, currency)


def forecast_step(amounts: Iterable[Decimal]) -> int:
    """Return the step that amounts shown together are rounded to: 1,000; of smaller ones two figures stay."""
    largest = max((abs(amount) for amount in amounts), default=Decimal(0))
    return 1_000 if largest >= _THOUSAND else 10 if largest >= _THREE_FIGURES else 1


def forecast_rounding(amount: Decimal, step: int | None = None) -> Decimal:
    """Return an expectation no finer than a forecast is: to `step`, left out to its own `forecast_step`."""
    step = step or forecast_step([amount])
    return (amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def forecast_parts(
    amounts: Sequence[Decimal], together: Decimal | None = None, step: int | None = None
) -> list[Decimal]:
    """Return parts of a forecast no finer than their largest is rounded; they add up to what is shown.

    Each is rounded down, and the steps left over go to the largest remainders; a part of 0 stays 0.

    Args:
        amounts: the parts.
        together: their sum as it is shown elsewhere; left out, their rounded sum.
        step: to round to; left out, that of the largest part.
    """
    step = step or forecast_step(amounts)
    counts = [(amount / step).to_integral_value(ROUND_FLOOR) for amount in amounts]
    whole = sum(amounts, Decimal(0)) if together is None else together
    left = int((whole / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) - sum(counts, Decimal(0)))
    by_remainder = sorted(
        (at for at, amount in enumerate(amounts) if amount), key=lambda at: counts[at] - amounts[at] / step
    )
    in_turn = cycle(by_remainder if left > 0 else by_remainder[::-1])
    for at in islice(in_turn, abs(left)):
        counts[at] += 1 if left > 0 else -1
    return [count * step for count in counts]


def forecast_bridge(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Return the steps of a bridge as they are shown: balances rounded, the steps between add up to them.

    Args:
        amounts: opening balance, steps, closing balance.
    """
    step = forecast_step(amounts)
    opening, closing = (forecast_rounding(amount, step) for amount in (amounts[0], amounts[-1]))
    return [opening, *forecast_parts(amounts[1:-1], closing - opening, step), closing]


def about(amount: Decimal | None, currency: str = "EUR", *, sign: bool = False) -> str:
    """Write an expectation: `€ 412.000`; the one way in which screens and sentences write them."""
    return UNDEFINED if amount is None else money(forecast_rounding(amount), currency, 0, sign=sign)


def about_short(amount: Decimal | None, currency: str = "EUR", *, sign: bool = False) -> str:
    """Write an expectation where room is short: `€ 44k`, `€ 1,2 mln`."""
    return UNDEFINED if amount is None else money_short(forecast_rounding(amount), currency, sign=sign)


def chance(share: float) -> str:
    """Write a probability, never as if it were certain: `47%`, `less than 1%`."""
    if share < _HARDLY:
        return _("less than 1%")
    return _("more than 99%") if share > 1 - _HARDLY else percent(share, 0)


def chance_short(share: float | None) -> str:
    """Write a probability in a cell or on a tile: `47%`, `< 1%`."""
    if share is None or not math.isfinite(share):
        return UNDEFINED
    if share < _HARDLY:
        return "< 1%"
    return "> 99%" if share > 1 - _HARDLY else percent(share, 0)


def percent(share: float | Decimal | None, digits: int = 1, *, sign: bool = False) -> str:
    """Write a share (0-1) as a percentage: `24,0%`."""
    if share is None or not math.isfinite(share):
        return UNDEFINED
    return _plain(Decimal(str(share)) * 100, digits, sign=sign) + "%"


def number(value: float | Decimal | None, digits: int = 0, *, sign: bool = False) -> str:
    """Write a number with digit grouping: `47,3`, with `sign` `+0,6`."""
    if value is None or not math.isfinite(value):
        return UNDEFINED
    return _plain(Decimal(str(value)), digits, sign=sign)


def rate(value: Decimal, places: int) -> str:
    """Write a rate without zeros at its end: `1,0825`, `9`."""
    return number(value, places).rstrip("0").rstrip(",.")


def day(value: date | None) -> str:
    """Write a day: `31-12-2026`, in English `31 Dec 2026`, which no reader takes for another day."""
    if value is None:
        return UNDEFINED
    return f"{value:%d-%m-%Y}" if current() == "nl" else _babel(value, "d MMM y")


def day_short(value: date | None) -> str:
    """Write a day without its year: `22-11`, in English `22 Nov`."""
    if value is None:
        return UNDEFINED
    return f"{value:%d-%m}" if current() == "nl" else _babel(value, "d MMM")


def day_words(value: date | None) -> str:
    """Write a day with the month's short name: `14 sep`, in English `14 Sep`."""
    return UNDEFINED if value is None else _babel(value, "d MMM")


def day_long(value: date) -> str:
    """Write a day with its month in full, which cannot be read as another: `3 april 2026`, `3 April 2026`."""
    return _babel(value, "d MMMM y")


def in_sentence(value: date | None) -> str:
    """Write a day so that no line breaks inside it: no-break hyphens, in English no-break spaces."""
    return day(value).replace("-", NO_BREAK_HYPHEN).replace(" ", NO_BREAK_SPACE)


def instant(value: datetime) -> str:
    """Write an instant of the store in the time zone: `22-11-2026 14:05`."""
    local = clock.local(value)
    return f"{in_sentence(local.date())} {local:%H:%M}"


def month(value: date | None, *, year: bool = True, long: bool = False) -> str:
    """Write a month: `nov 2026`, without `year` `nov`, `long` `november 2026`."""
    if value is None:
        return UNDEFINED
    return _babel(value, ("MMMM" if long else "MMM") + (" y" if year else ""))


def week(value: date | None) -> str:
    """Write the ISO week of a day: `wk 47`; 31-12-2026 and 01-01-2027 are both `wk 53`."""
    return UNDEFINED if value is None else f"wk{NO_BREAK_SPACE}{value.isocalendar().week}"


def week_of_year(value: date) -> str:
    """Write the ISO week with its ISO year, `2026-W53`: the key to group and to sort weeks by."""
    iso = value.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


def days(value: float | Decimal | None, digits: int = 0, *, short: bool = False) -> str:
    """Write a number of days: `1 dag`, `3 dagen`, `short` `3 dgn`; in English `1 day`, `3 days`, `3 d`."""
    count = number(value, digits)
    if count == UNDEFINED:
        return UNDEFINED
    if short:
        return _("{count} d", count=count)
    return _("{count} day", count=count) if count in {"1", "-1"} else _("{count} days", count=count)


def bucket_label(bucket: str, limits: Sequence[int] = LIMITS, *, basis: str = "due") -> str:
    """Write the name of an ageing bucket: `Niet vervallen`, `1–30 dgn`, ..., `> 90 dgn`.

    Args:
        bucket: id from the queries: `not_due`, `d1_30`..`d90_plus`, `b1`..`bn`, `credits`, `unapplied`,
            `paid` or `written_off`.
        limits: last day of each bucket but the open-ended one.
        basis: `due` counts days past the due date, `invoice` days since the invoice date.

    Raises:
        ValueError: no such bucket under these limits.
    """
    if bucket == "not_due":
        return _("Not due") if basis == "due" else _("Invoiced today")
    if bucket == "unapplied":
        return _p("bucket", "On account")
    if bucket == "credits":
        return _p("bucket", "To be set off")
    if bucket in _GONE:
        return _p("bucket", _GONE[bucket])
    position = _position(bucket)
    if position is None or not 1 <= position <= len(limits) + 1:
        raise ValueError(f"There is no bucket {bucket!r} with the limits {list(limits)}.")
    if position == len(limits) + 1:
        return _("> {days} days", days=limits[-1])
    first = 1 if position == 1 else limits[position - 2] + 1
    return _("{first}–{last} days", first=first, last=limits[position - 1])


def bucket_ids(columns: Sequence[str]) -> list[str]:
    """Return the overdue buckets among a frame's columns, youngest first."""
    positions = [(position, name) for name in columns if (position := _position(name))]  # not_due is 0
    return [name for _at, name in sorted(positions)]


def _position(bucket: str) -> int | None:
    if bucket in BUCKETS:
        return BUCKETS.index(bucket)
    return int(bucket[1:]) if bucket[:1] == "b" and bucket[1:].isdecimal() else None


def _exact(amount: Money) -> Decimal:
    if isinstance(amount, float):
        raise TypeError("Money is Decimal or int; a float has already lost its cents.")
    return Decimal(amount)


def _plain(value: Decimal, digits: int, *, sign: bool = False) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    text = f"{rounded:,f}"
    if current() == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"+{text}" if sign and rounded > 0 else text


def _scale(amount: Decimal) -> tuple[int, str]:
    # By what will be shown: 999.600 rounds to "1 mln", not to "1.000k".
    dutch = current() == "nl"
    if abs(amount) >= _BILLION - _MILLION / 2:
        return _BILLION, f"{NO_BREAK_SPACE}mld" if dutch else "bn"
    if abs(amount) >= _MILLION - _THOUSAND / 2:
        return _MILLION, f"{NO_BREAK_SPACE}mln" if dutch else "m"
    return (_THOUSAND, "k") if abs(amount) >= _THOUSAND else (1, "")


def _with_symbol(text: str, currency: str) -> str:
    symbol: str = get_currency_symbol(currency, locale=current())
    close = current() == "en" and not symbol[-1:].isalpha()
    if close and text[:1] in {"-", "+"}:
        return text[0] + symbol + text[1:]
    return symbol + ("" if close else NO_BREAK_SPACE) + text


def _babel(value: date, pattern: str) -> str:
    # Dutch short months carry a full stop in some CLDR versions; the screens write them without.
    return str(format_date(value, pattern, locale=current())).replace(".", "")
