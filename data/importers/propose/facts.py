"""What the cells of one column look like: days and in which forms, amounts and in which forms, words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.importers.currencies import active_currencies
from data.importers.value_formats import month_numbers
from data.importers.workbook import Cell

_DAY = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{2,4})((?:[T ][0-9]{1,2}:[0-9]{2}.*)?)")
_NAMED = re.compile(
    r"(?:([0-9]{1,2})([-. ]{1,2})(\p{L}+\.?)([-. ]{1,2})|(\p{L}+\.?) ([0-9]{1,2}), )([0-9]{4})".replace(
        r"\p{L}", r"[^\W\d_]"
    )
)
_COMPACT = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_SERIAL = re.compile(r"[1-7][0-9]{4}(?:[.,]0+)?")
_AMOUNT = re.compile(
    r"(?P<open>\()?(?P<sign>[-+]?)\s?(?P<currency>[€$£]|[A-Z]{3})?\s?(?P<sign2>-?)"
    r"(?P<number>[0-9][0-9.,'\u00a0\u202f ]*?)(?P<k>[kK])?(?P<trailing>-)?\s?"
    r"(?P<currency2>[€$£]|[A-Z]{3})?\)?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,' \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:([.,])[0-9]{1,2})?")
_MOST_MONTH, _MOST_DAY = 12, 31
_TWO, _FOUR = 2, 4


@dataclass(frozen=True)
class ColumnFacts:
    """What the filled cells of a column look like, as counts.

    Attributes:
        filled: number of cells with something in them; empty: without.
        days: that are a day by any form, or by their type.
        typed_days: that are days by their type, in a workbook.
        serials: that could be days as Excel counts them.
        compact: days as YYYYMMDD.
        day_first_only: dates with two signs whose first number cannot be a month; month_first_only: whose
            second cannot be one; either_order: that can be read both ways; year_first: with the year first.
        named: with the name of a month; month_named_first: `Nov 18, 2025` among them.
        separators: sign between the parts -> count.
        short_years: years of two digits; single_digits: day or month of one digit; times: with a time.
        numbers: that are an amount by any form, or by their type; typed_numbers: by their type.
        decimal_points, decimal_commas: that end in a point or comma with one or two digits.
        thousand_points, thousand_commas, thousand_spaces: with such a sign between groups of three digits.
        unclear: one sign with three digits behind it, which can be either (`1.234`).
        trailing_minus, parentheses, plus, in_thousands: as they are written; negative: of all below zero.
        currency_signs: sign or code beside the number -> count.
        codes: ISO currency codes alone in their cell.
        distinct: different texts.
        values: the first filled cells, as texts.
    """

    filled: int
    empty: int
    counts: Counter[str]
    separators: Counter[str]
    currency_signs: Counter[str]
    distinct: int
    values: tuple[str, ...]

    def __getattr__(self, name: str) -> int:
        """Return a count by its name; 0 for one that never occurred."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.counts[name]

    @property
    def are_days(self) -> bool:
        """Whether the column holds days and nothing else."""
        return self.filled > 0 and self.counts["days"] == self.filled

    @property
    def are_numbers(self) -> bool:
        """Whether every filled cell is a number or an amount."""
        return self.filled > 0 and self.counts["numbers"] == self.filled


def facts_of(cells: Sequence[Cell]) -> ColumnFacts:
    """Count what the cells of a column look like."""
    counts: Counter[str] = Counter()
    separators: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    texts = []
    for cell in cells:
        text = cell.strip() if isinstance(cell, str) else _text(cell)
        if not text:
            continue
        texts.append(text)
        if isinstance(cell, Decimal):
            counts.update(["numbers", "typed_numbers", *(["negative"] if cell < 0 else [])])
            counts.update(["serials"] if _SERIAL.fullmatch(text) else [])
        elif isinstance(cell, date):
            counts.update(["days", "typed_days"])
        else:
            _count_day(text, counts, separators)
            _count_amount(text, counts, signs)
            counts.update(["codes"] if text in active_currencies() else [])
    return ColumnFacts(
        len(texts), len(cells) - len(texts), counts, separators, signs, len(set(texts)), tuple(texts[:5])
    )


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell if isinstance(cell, str) else cell.isoformat()


def _count_day(text: str, counts: Counter[str], separators: Counter[str]) -> None:
    if found := _DAY.fullmatch(text):
        first, sign, second, third, time = found.groups()
        order = _order(first, second, third)
        if order is None:
            return
        separators[sign] += 1
        counts.update(["days", order])
        counts.update(["short_years"] if len(third) == len(first) == _TWO else [])
        counts.update(["single_digits"] if 1 in {len(first), len(second)} else [])
        counts.update(["times"] if time else [])
    elif found := _NAMED.fullmatch(text):
        name = (found[3] or found[5]).lower().strip(".")
        if name in month_numbers():
            counts.update(["days", "named", *(["month_named_first"] if found[5] else [])])
            separators[(found[2] or "").strip() or " "] += 1
    elif _COMPACT.fullmatch(text):
        counts.update(["days", "compact"])
    elif _SERIAL.fullmatch(text):
        counts.update(["serials"])


def _order(first: str, second: str, third: str) -> str | None:
    """Return in which order the three numbers of a day can stand; None if they are no day."""
    a, b, c = int(first), int(second), int(third)
    if len(first) == _FOUR and len(third) <= _TWO and 0 < b <= _MOST_MONTH and 0 < c <= _MOST_DAY:
        return "year_first"
    if len(first) > _TWO or len(third) not in {_TWO, _FOUR} or not 0 < min(a, b) <= _MOST_MONTH:
        return None
    if max(a, b) > _MOST_DAY:
        return None
    if a > _MOST_MONTH:
        return "day_first_only"
    return "month_first_only" if b > _MOST_MONTH else "either_order"


def _count_amount(text: str, counts: Counter[str], signs: Counter[str]) -> None:
    found = _AMOUNT.fullmatch(text)
    if not found:
        return
    number = found["number"].strip()
    form = _number_form(number)
    if form is None:
        return
    counts.update(["numbers", *form])
    negative = found["open"] or "-" in (found["sign"] + found["sign2"]) or found["trailing"]
    for name, is_there in (
        ("negative", negative),
        ("parentheses", found["open"]),
        ("trailing_minus", found["trailing"]),
        ("plus", found["sign"] == "+"),
        ("in_thousands", found["k"]),
    ):
        counts.update([name] if is_there else [])
    for sign in filter(None, (found["currency"], found["currency2"])):
        signs[sign] += 1


def _number_form(number: str) -> list[str] | None:
    """Return which signs an amount is written with; None if it is none."""
    thousands = re.fullmatch(
        r"[0-9]{1,3}(?:([.,' \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:([.,])[0-9]{1,2})?", number
    )
    if thousands and (thousands[2] or number.count(thousands[1]) > 1 or thousands[1] not in ".,"):
        if thousands[1] == thousands[2]:
            return None
        names = {".": "thousand_points", ",": "thousand_commas", "'": "thousand_quotes"}
        form = [names.get(thousands[1], "thousand_spaces")]
        if thousands[2]:
            form.append("decimal_points" if thousands[2] == "." else "decimal_commas")
        return form
    if thousands:
        return ["unclear", "unclear_points" if thousands[1] == "." else "unclear_commas"]
    if plain := re.fullmatch(r"[0-9]+(?:([.,])([0-9]+))?", number):
        if not plain[1]:
            return []
        return ["decimal_points" if plain[1] == "." else "decimal_commas"]
    return None
