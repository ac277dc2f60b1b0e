"""What dates and amounts of a list mean by each form they can be written in, by an example from the file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import polars as pl

from data.importers.value_formats import Formats

_MOST = 500  # different texts that are looked at
_ORDERS = (
    "D{0}M{0}YYYY", "M{0}D{0}YYYY", "YYYY{0}M{0}D", "D{0}M{0}YY", "M{0}D{0}YY", "YY{0}M{0}D", "D{0}MMM{0}YYYY"
)  # fmt: skip
_FORMS = (
    *(order.format(sign) for sign in "-/. " for order in _ORDERS), "MMM D, YYYY", "YYYYMMDD"
)  # fmt: skip


@dataclass(frozen=True)
class DateMeaning:
    """A form that reads the dates of a list.

    Attributes:
        form: as `Formats.date`.
        text: of the file.
        day: that it is by the form; None if the form does not read it.
    """

    form: str
    text: str
    day: date | None


@dataclass(frozen=True)
class DecimalMeaning:
    """A sign before the cents.

    Attributes:
        sign: point or comma.
        text: of the file.
        amount: that it is with the sign; None if it cannot be read so.
    """

    sign: str
    text: str
    amount: Decimal | None


def date_meanings(texts: Sequence[str], proposed: Sequence[str], *, has_time: bool) -> list[DateMeaning]:
    """Return the forms that read all dates, each with a date that tells them apart, and those proposed.

    Args:
        texts: different dates of the list.
        proposed: forms, the likeliest first.
        has_time: a time may follow.
    """
    shown = list(texts[:_MOST])
    if not shown:
        return []
    days: dict[str, list[date | None]] = {}
    for form in dict.fromkeys((*proposed, *_FORMS)):
        read = _days(shown, Formats(date=form, has_time=has_time))
        # A form with other letters that reads the same days is no other meaning.
        if form in proposed or (None not in read and read not in days.values()):
            days[form] = read
    place = max(range(len(shown)), key=lambda at: len({read[at] for read in days.values()} - {None}))
    return [DateMeaning(form, shown[place], read[place]) for form, read in days.items()]


def decimal_meanings(texts: Sequence[str], formats: Formats) -> list[DecimalMeaning]:
    """Return what an amount is with a point and with a comma before the cents.

    Args:
        texts: different amounts of the list; none if its cells are numbers.
        formats: how they are written otherwise.
    """
    signed = [text for text in texts[:_MOST] if "." in text or "," in text]
    if not signed:
        return []
    read = {}
    for sign, other in ((",", "."), (".", ",")):
        thousands = other if formats.thousands in {"", ".", ","} else formats.thousands
        read[sign] = _amounts(signed, replace(formats, decimal=sign, thousands=thousands))
    place = max(range(len(signed)), key=lambda at: sum(amounts[at] is not None for amounts in read.values()))
    return [DecimalMeaning(sign, signed[place], amounts[place]) for sign, amounts in read.items()]


def _days(texts: Sequence[str], formats: Formats) -> list[date | None]:
    rows = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)})
    return rows.select(formats.day(pl.col("text")).alias("day"))["day"].to_list()


def _amounts(texts: Sequence[str], formats: Formats) -> list[Decimal | None]:
    rows = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)})
    amount = (
        pl.when(pl.col("text").str.contains(formats.amount_pattern("1,2")))
        .then(formats.plain_amount(pl.col("text")))
        .cast(pl.Decimal(38, 2), strict=False)
    )
    return rows.select(amount.alias("amount"))["amount"].to_list()
