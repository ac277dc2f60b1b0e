"""One cell at a time: text to a typed value by one strict form, or a reason why not.

Everything is a polars expression, so that a million rows are checked as columns and reasons are
written for the bad rows only. Forms take ASCII digits only and guess nothing: a date or an amount
that could be read in two ways is in one of them not what the form says, and is rejected.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from data.grains import Column, ColumnType
from data.importers import reasons
from data.importers.currencies import THREE_DECIMALS, active_currencies
from data.importers.value_formats import NATIVE, Formats
from data.message_templates import Template

DTYPES: dict[ColumnType, pl.DataType] = {
    "id": pl.String(),
    "text": pl.String(),
    "currency": pl.String(),
    "choice": pl.String(),
    "date": pl.Date(),
    "money": pl.Decimal(18, 2),
    "number": pl.Decimal(18, 10),
    "integer": pl.Int64(),
}
MAX_DAYS = 3650
FIRST_YEAR, LAST_YEAR = 1900, 2199

_EDGE_SPACE = r"^[\s\u{200B}\u{2060}\u{FEFF}]|[\s\u{200B}\u{2060}\u{FEFF}]$"
_CONTROL = r"\p{Cc}"
# Text may hold lines of its own (quoted); every other control character is damage.
_CONTROL_IN_TEXT = r"[\p{Cc}&&[^\r\n]]|\r[^\n]|\r$"
_SHOWN_LENGTH = 40
_THOUSAND_DIGITS = 3


@dataclass(frozen=True)
class Feed:
    """A column of the grain, and where its text comes from.

    Attributes:
        column: what it becomes.
        label: what the user calls it: the header in the file.
        formats: how its dates and amounts are written.
        words: for a choice or currency, the file's words and what they stand for; None takes ours.
    """

    column: Column
    label: str
    formats: Formats = NATIVE
    words: Mapping[str, str] | None = field(default=None, hash=False)

    @property
    def raw(self) -> str:
        """Name of the frame's column with the text; empty cells are null there."""
        return f"raw:{self.column.name}"


def typed_value(feed: Feed) -> pl.Expr:
    """Return the value of the cell, null where it is empty or not of the column's form."""
    raw, column = pl.col(feed.raw), feed.column
    value: pl.Expr
    match column.type:
        case "date":
            value = _date(raw, feed.formats)
        case "money" | "number":
            value = _decimal(raw, feed)
        case "integer":
            number = pl.when(raw.str.contains("^[0-9]{1,9}$")).then(raw).cast(pl.Int64)
            value = pl.when(number <= (column.most or MAX_DAYS)).then(number)
        case "currency":
            word = _in_our_words(raw, feed)
            value = pl.when(word.is_in(sorted(active_currencies()))).then(word)
        case "choice":
            word = _in_our_words(raw, feed)
            value = pl.when(_is_choice(word, column)).then(word)
        case "id":
            value = pl.when(~raw.str.contains(f"{_CONTROL}|{_EDGE_SPACE}")).then(raw)
        case "text":
            is_kept = ~raw.str.contains(_CONTROL_IN_TEXT)
            if not column.may_be_empty:
                is_kept &= raw.str.contains(r"\S")
            value = pl.when(is_kept).then(raw)
    return value.alias(column.name)


def _is_choice(word: pl.Expr, column: Column) -> pl.Expr:
    is_choice = word.is_in(column.choices)
    if column.of_entity:
        is_choice |= word.str.extract(r"^([a-z0-9_]+)@\S").is_in(column.of_entity)
    if column.of_group:
        of_group = r"^([a-z0-9_]+)/[^@\s](?:[^@]*[^@\s])?(?:@\S.*)?$"
        is_choice |= word.str.extract(of_group).is_in(column.of_group)
    return is_choice


def is_bad(feed: Feed) -> pl.Expr:
    """Return whether the cell is rejected: empty where it may not be, or of another form."""
    value = pl.col(feed.column.name)
    if feed.column.may_be_empty:
        return value.is_null() & pl.col(feed.raw).is_not_null()
    return value.is_null()


def reason(feed: Feed) -> pl.Expr:
    """Return why a bad cell is refused: a column of messages, each a clause that begins with the label."""
    raw, column = pl.col(feed.raw), feed.column
    control = _CONTROL_IN_TEXT if column.type == "text" else _CONTROL
    return (
        pl.when(raw.is_null())
        .then(reasons.EMPTY_CELL.over(label=feed.label))
        .when(raw.str.contains(control))
        .then(reasons.CONTROL_CHARACTER.over(label=feed.label))
        .when(~raw.str.contains(r"\S"))
        .then(reasons.ONLY_SPACES.over(label=feed.label))
        .when(raw.str.contains(_EDGE_SPACE))
        .then(_about(feed, reasons.EDGE_SPACE))
        .otherwise(_form_reason(feed))
    )


def _about(feed: Feed, reason_: Template, **values: object) -> pl.Expr:
    """Return the reason with the column's label and the first characters of the cell."""
    shown = pl.col(feed.raw).str.slice(0, _SHOWN_LENGTH)
    return reason_.over(label=feed.label, value=shown, **values)


def _date(raw: pl.Expr, formats: Formats) -> pl.Expr:
    day = formats.day(raw)
    return pl.when(day.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).then(day)


def _whole_digits(column: Column) -> int:
    return 16 if column.type == "money" else 12


def _decimal(raw: pl.Expr, feed: Feed) -> pl.Expr:
    column, formats = feed.column, feed.formats
    is_amount = raw.str.contains(formats.amount_pattern(f"1,{_scale(column)}"))
    plain = formats.plain_amount(raw)
    # The digits are counted, not left to the cast: what does not fit must be a reason, never a rounding.
    digits = _whole_digits(column) - (_THOUSAND_DIGITS if formats.in_thousands else 0)
    fits = plain.str.contains(rf"^-?[0-9]{{1,{digits}}}(?:\.|$)")
    value = pl.when(is_amount & fits).then(plain).cast(DTYPES[column.type])
    if not formats.in_thousands:
        return value
    multiple = pl.when(raw.str.contains("[kK]")).then(value * 1000).otherwise(value)
    return multiple.cast(DTYPES[column.type])


def _in_our_words(raw: pl.Expr, feed: Feed) -> pl.Expr:
    if feed.words is None:
        return raw
    return raw.replace_strict(dict(feed.words), default=None, return_dtype=pl.String)


def _form_reason(feed: Feed) -> pl.Expr:
    column = feed.column
    match column.type:
        case "date":
            return _date_reason(feed)
        case "money" | "number":
            return _decimal_reason(feed)
        case "integer":
            form = reasons.NOT_DAYS if column.most is None else reasons.NOT_A_COUNT
            return _about(feed, form, most=column.most or MAX_DAYS)
        case "currency":
            words = ", ".join(feed.words) if feed.words else "EUR"
            return (
                pl.when(_in_our_words(pl.col(feed.raw), feed).is_in(sorted(THREE_DECIMALS)))
                .then(_about(feed, reasons.THREE_DECIMALS))
                .otherwise(_about(feed, reasons.NOT_CURRENCY, words=words))
            )
        case "choice":
            return _about(feed, reasons.NOT_A_CHOICE, words=", ".join(feed.words or column.choices))
        case "id" | "text":
            return _about(feed, reasons.UNREADABLE_CELL)


def _date_reason(feed: Feed) -> pl.Expr:
    raw, formats = pl.col(feed.raw), feed.formats
    year = formats.year(raw)
    return (
        pl.when(~raw.str.contains(formats.date_pattern()))
        .then(_about(feed, reasons.NOT_DATE, form=formats.date))
        .when(year.is_between(FIRST_YEAR, LAST_YEAR))
        .then(_about(feed, reasons.NOT_CALENDAR_DAY))
        .otherwise(_about(feed, reasons.NOT_IN_YEARS, first=FIRST_YEAR, last=LAST_YEAR))
    )


def _scale(column: Column) -> int:
    """Return how many decimals a column of amounts or numbers holds."""
    kind = DTYPES[column.type]
    return kind.scale if isinstance(kind, pl.Decimal) else 0


def _decimal_reason(feed: Feed) -> pl.Expr:
    raw, formats = pl.col(feed.raw), feed.formats
    most = _scale(feed.column)
    return (
        pl.when(raw.str.contains(formats.amount_pattern(f"1,{most}")))
        .then(_about(feed, reasons.TOO_MANY_DIGITS, most=_whole_digits(feed.column)))
        .when(raw.str.contains(formats.amount_pattern("1,")))
        .then(_about(feed, reasons.TOO_MANY_DECIMALS, most=most))
        .otherwise(_about(feed, reasons.NOT_NUMBER, example=formats.example()))
    )
