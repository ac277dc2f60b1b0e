"""How another program writes dates and amounts: one strict form each, as patterns over columns of text.

A form reads what it says and nothing else: a date or amount that two forms read differently is read by the
one that the preset names, and what that form does not read is refused.
"""

import datetime as dt
import functools
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from babel.dates import get_month_names

from data.errors import PresetError
from data.importers import reasons

# Languages whose months are read by name; a name that means two months in them means none.
_LANGUAGES = ("en", "nl", "de", "fr", "es", "sv", "nb", "da")
_TOKENS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<year>[0-9]{2})",
    "MMM": r"(?P<month>\p{L}{3,12}\.?)",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{2})",
    "D": r"(?P<day>[0-9]{1,2})",
}
_TOKEN = re.compile("(" + "|".join(_TOKENS) + ")")
_TIME = r"(?:[T ][0-9]{1,2}:[0-9]{2}.*)?"
_SPACES = " \u00a0\u202f"
_CENTURY = "20"
# Three decimals could be thousands.
_TYPED_AMOUNT = r"-?[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})"
_TYPED_MONEY = r"-?[0-9]+\.[0-9]{1,2}"


@functools.cache
def month_numbers() -> dict[str, str]:
    """Return name of a month, small letters without a point -> its number in two digits."""
    meanings: dict[str, set[int]] = defaultdict(set)
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    meanings[name.lower().strip(".")].add(number)
    # As English and German exports shorten them besides.
    for name, number in (("sept", 9), ("mrt", 3), ("mär", 3), ("mrz", 3), ("okt", 10), ("dez", 12)):
        meanings[name].add(number)
    return {name: f"{min(numbers):02}" for name, numbers in meanings.items() if len(numbers) == 1}


@dataclass(frozen=True)
class Formats:
    """How dates and amounts are written.

    Attributes:
        date: tokens YYYY or YY (of this century), MM, M or MMM (a name), DD or D (the single letters take one
            or two digits) and the signs between them.
        decimal: the sign before the cents.
        thousands: the sign between groups of three digits, empty if there is none. A space is any space.
        trailing_minus: `5,00-` is minus five as well.
        has_time: a time may follow the date, and counts for nothing.
        currency_signs: texts that may stand before or after an amount, such as `€`.
        has_plus: a plus may stand before an amount.
        parentheses: `(5.00)` is minus five as well.
        in_thousands: a `k` after an amount says thousands of it.
        takes_typed: what a cell with a type is written as is read too: a day as 2026-12-31, an amount with a
            point and one or two decimals, or more than three. No form of a list reads these differently.
    """

    date: str = "YYYY-MM-DD"
    decimal: str = "."
    thousands: str = ""
    trailing_minus: bool = False
    has_time: bool = False
    currency_signs: tuple[str, ...] = ()
    has_plus: bool = False
    parentheses: bool = False
    in_thousands: bool = False
    takes_typed: bool = False

    def date_pattern(self) -> str:
        """Return the regular expression of a date, with the groups year, month and day.

        Raises:
            PresetError: not exactly one year, month and day, or a part of one or two digits with nothing
                between it and the next: 1112026 is two days.
        """
        parts = _TOKEN.split(self.date)
        if sorted(part[0] for part in parts[1::2]) != ["D", "M", "Y"]:
            raise PresetError(reasons.WRONG_DATE_FORM(form=repr(self.date)))
        for before, sign, after in zip(parts[1:-2:2], parts[2:-1:2], parts[3::2], strict=True):
            if {before, after} & {"D", "M", "MMM"} and not re.fullmatch(r"[^0-9]+", sign):
                raise PresetError(reasons.DATE_FORM_RUNS_ON(form=repr(self.date)))
        written = "".join(_TOKENS.get(part) or re.escape(part) for part in parts)
        return f"^{written}{_TIME if self.has_time else ''}$"

    def amount_pattern(self, decimals: str) -> str:
        """Return the regular expression of an amount with that many decimals, such as `1,2`."""
        whole = "[0-9]+"
        if self.thousands:
            whole = rf"(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{self._thousands()}[0-9]{{3}})+)"
        number = (
            rf"{whole}(?:{re.escape(self.decimal)}[0-9]{{{decimals}}})?{'[kK]?' if self.in_thousands else ''}"
        )
        sign = "[-+]?" if self.has_plus else "-?"
        if not self.currency_signs:
            forms = [f"{sign}{number}"]
            tail = head = ""
        else:
            of_currency = "|".join(re.escape(text) for text in self.currency_signs)
            head, tail = rf"(?:(?:{of_currency})[{_SPACES}]?)?", rf"(?:[{_SPACES}]?(?:{of_currency}))?"
            forms = [f"{sign}{head}{number}{tail}", f"{head}{sign}{number}{tail}"]
        if self.trailing_minus:
            forms.append(f"{head}{number}-{tail}")
        if self.parentheses:
            forms.append(rf"\({head}{number}{tail}\)")
        if self._is_typed_apart:
            forms.append(_TYPED_MONEY if decimals == "1,2" else _TYPED_AMOUNT)
        return f"^(?:{'|'.join(forms)})$"

    def day(self, raw: pl.Expr) -> pl.Expr:
        """Return dates of this form as days; null where the text is none."""
        day = self._written_day(raw)
        if not self.takes_typed or self.date == NATIVE.date:
            return day
        is_typed = raw.str.contains(NATIVE.date_pattern())
        typed = pl.when(is_typed).then(raw).str.to_date("%Y-%m-%d", strict=False)
        return pl.coalesce(day, typed)

    def _written_day(self, raw: pl.Expr) -> pl.Expr:
        if self.date == NATIVE.date and not self.has_time:
            written = pl.when(raw.str.contains(self.date_pattern())).then(raw)
            return written.str.to_date("%Y-%m-%d", strict=False)
        parts = raw.str.extract_groups(self.date_pattern())
        month = parts.struct.field("month")
        if "MMM" in self.date:
            month = (
                month.str.to_lowercase()
                .str.strip_chars(".")
                .replace_strict(month_numbers(), default=None, return_dtype=pl.String)
            )
        day = parts.struct.field("day").str.zfill(2)
        iso = pl.concat_str(self._year(parts), month.str.zfill(2), day, separator="-")
        return iso.str.to_date("%Y-%m-%d", strict=False)

    def year(self, raw: pl.Expr) -> pl.Expr:
        """Return the year of dates of this form, also of days that are not on the calendar."""
        return self._year(raw.str.extract_groups(self.date_pattern())).cast(pl.Int64, strict=False)

    def plain_amount(self, raw: pl.Expr) -> pl.Expr:
        """Rewrite an amount of this form with a leading minus and a point; a `k` is left to the caller."""
        plain = self._plain_amount(raw)
        if not self._is_typed_apart:
            return plain
        return pl.when(raw.str.contains(f"^{_TYPED_AMOUNT}$")).then(raw).otherwise(plain)

    @property
    def _is_typed_apart(self) -> bool:
        return self.takes_typed and self.decimal != NATIVE.decimal

    def _plain_amount(self, raw: pl.Expr) -> pl.Expr:
        if self.currency_signs or self.in_thousands:
            signs = "|".join(re.escape(text) for text in self.currency_signs)
            raw = raw.str.replace_all(rf"[kK{_SPACES}]|{signs}" if signs else "[kK]", "")
        if self.thousands:
            raw = raw.str.replace_all(self._thousands(), "")
        if self.decimal != ".":
            raw = raw.str.replace(self.decimal, ".", literal=True)
        if self.trailing_minus:
            raw = raw.str.replace(r"^(.*)-$", "-${1}")
        if self.parentheses:
            raw = raw.str.replace(r"^\((.*)\)$", "-${1}")
        return raw.str.strip_prefix("+") if self.has_plus else raw

    def example(self) -> str:
        """Return an amount as this form writes it."""
        return f"1{self.thousands}234{self.decimal}56"

    def amount_text(self, amount: Decimal) -> str:
        """Return a number as this form writes it, without thousands; for cells that hold a number already."""
        return f"{amount:f}".replace(".", self.decimal)

    def day_text(self, day: dt.date) -> str:
        """Return a day as this form writes it; for cells that hold a day already."""
        texts = {
            "YYYY": f"{day:%Y}",
            "YY": f"{day:%y}",
            "MMM": get_month_names("abbreviated", "format", "en")[day.month],
            "MM": f"{day:%m}",
            "M": str(day.month),
            "DD": f"{day:%d}",
            "D": str(day.day),
        }
        return _TOKEN.sub(lambda token: texts[token[0]], self.date)

    def _year(self, parts: pl.Expr) -> pl.Expr:
        year = parts.struct.field("year")
        return year if "YYYY" in self.date else pl.concat_str(pl.lit(_CENTURY), year)

    def _thousands(self) -> str:
        return f"[{_SPACES}]" if self.thousands == " " else re.escape(self.thousands)


NATIVE = Formats()
