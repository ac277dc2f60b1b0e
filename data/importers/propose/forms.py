"""In which form dates and amounts are written, with the evidence for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.importers.propose import reasons
from data.importers.propose.facts import ColumnFacts
from data.message_templates import Message

_USUAL_TERMS = {0, 7, 8, 10, 14, 15, 20, 21, 30, 45, 60, 90}
_ENOUGH = 0.5


@dataclass(frozen=True)
class Form:
    """One part of how values are written.

    Attributes:
        value: proposed.
        evidence: for it, as a clause.
        is_sure: nothing in the file can be read otherwise.
        others: what it can be too.
    """

    value: str
    evidence: Message
    is_sure: bool = True
    others: tuple[str, ...] = ()


def date_form(columns: Sequence[ColumnFacts], pairs: Sequence[tuple[str, str]]) -> Form:
    """Return the form of the dates of a list.

    Args:
        columns: its columns of days.
        pairs: invoice date and due date of the same rows, as texts.
    """
    total = sum(facts.days + _serials_only(facts) for facts in columns)
    text = total - sum(facts.typed_days for facts in columns)
    if not total or not text:
        return Form("YYYY-MM-DD", reasons.TYPED_DAYS() if total else reasons.NO_DAYS())
    sums = sum((facts.counts for facts in columns), start=Counter[str]())
    if form := _one_reading(columns, sums, text):
        return form
    sign, (day, month) = _sign(columns), _day_month(sums)
    year = "YY" if sums["short_years"] else "YYYY"
    day_first, month_first = f"{day}{sign}{month}{sign}{year}", f"{month}{sign}{day}{sign}{year}"
    days, months = sums["day_first_only"], sums["month_first_only"]
    if days and months:
        return Form(day_first, reasons.CONTRADICTING(day=days, month=months), False, (month_first,))
    if days or months:
        told = reasons.ONLY_DAY_FIRST if days else reasons.ONLY_MONTH_FIRST
        return Form(day_first if days else month_first, told(sure=days or months, count=text))
    if sums["either_order"]:
        return _by_terms(day_first, month_first, text, pairs)
    return Form("YYYY-MM-DD", reasons.SERIALS(sure=text, count=text))


def _one_reading(columns: Sequence[ColumnFacts], sums: Counter[str], text: int) -> Form | None:
    """Return the form of dates that can be read one way only; None if they begin with a day or month."""
    sign, (day, month) = _sign(columns), _day_month(sums)
    if sums["year_first"]:
        form = f"YYYY{sign}{month}{sign}{day}"
        return Form(form, reasons.YEAR_FIRST(sure=sums["year_first"], count=text))
    if sums["named"]:
        form = "MMM D, YYYY" if sums["month_named_first"] else f"D{sign}MMM{sign}YYYY"
        return Form(form, reasons.NAMED_MONTHS(sure=sums["named"], count=text))
    if sums["compact"] and not sums["either_order"]:
        return Form("YYYYMMDD", reasons.COMPACT(sure=sums["compact"], count=text))
    return None


def _day_month(sums: Counter[str]) -> tuple[str, str]:
    return ("D", "M") if sums["single_digits"] else ("DD", "MM")


def _serials_only(facts: ColumnFacts) -> int:
    return facts.serials if not facts.days else 0


def _sign(columns: Sequence[ColumnFacts]) -> str:
    counted = sum((facts.separators for facts in columns), start=Counter[str]())
    return counted.most_common(1)[0][0] if counted else "-"


def _by_terms(day_first: str, month_first: str, count: int, pairs: Sequence[tuple[str, str]]) -> Form:
    """Tell two readings apart by how many due dates they put a usual term after the invoice."""
    first, second = (_usual_terms(pairs, is_day_first=order) for order in (True, False))
    if max(first, second) >= _ENOUGH * len(pairs) > 2 * min(first, second) and pairs:
        form, other = (day_first, month_first) if first > second else (month_first, day_first)
        terms = max(first, second)
        return Form(form, reasons.TERMS_TELL(count=count, terms=terms, of=len(pairs)), False, (other,))
    return Form(day_first, reasons.BOTH_ORDERS(count=count), False, (month_first,))


def _usual_terms(pairs: Sequence[tuple[str, str]], *, is_day_first: bool) -> int:
    usual = 0
    for invoiced, due in pairs:
        days = [_read(text, is_day_first=is_day_first) for text in (invoiced, due)]
        if days[0] and days[1]:
            usual += (days[1] - days[0]).days in _USUAL_TERMS
    return usual


def _read(text: str, *, is_day_first: bool) -> date | None:
    numbers = [int(part) for part in "".join(c if c.isdigit() else " " for c in text).split()[:3]]
    try:
        first, second, year = numbers
        return date(year, *((second, first) if is_day_first else (first, second)))
    except ValueError:
        return None


def decimal_form(columns: Sequence[ColumnFacts]) -> Form:
    """Return the sign before the decimals of the amounts of a list."""
    counts = {
        name: sum(facts.counts[name] for facts in columns)
        for name in ("numbers", "typed_numbers", "decimal_points", "decimal_commas", "unclear")
    }
    written = counts["numbers"] - counts["typed_numbers"]
    commas, points = counts["decimal_commas"], counts["decimal_points"]
    # 1.234.567 has no decimals, and tells which sign is theirs all the same.
    by_points = sum(facts.thousand_points for facts in columns)
    by_commas = sum(facts.thousand_commas for facts in columns)
    if counts["numbers"] and not written:
        return Form(".", reasons.TYPED_NUMBERS())
    if (commas or by_points) and (points or by_commas):
        return Form(
            "," if commas >= points else ".",
            reasons.BOTH_DECIMALS(commas=commas, points=points),
            False,
            ("." if commas >= points else ",",),
        )
    if commas or by_points:
        return Form(",", reasons.ENDS_IN_COMMA(sure=commas, count=written))
    if points or by_commas:
        return Form(".", reasons.ENDS_IN_POINT(sure=points, count=written))
    if counts["unclear"]:
        is_point = any(facts.unclear_points for facts in columns)
        example = next(
            (value for facts in columns for value in facts.values if "." in value or "," in value), ""
        )
        # Amounts of money rarely have three decimals: the sign is that of thousands.
        return Form(
            "," if is_point else ".",
            reasons.UNCLEAR_AMOUNTS(unclear=counts["unclear"], count=written, example=example),
            False,
            ("." if is_point else ",",),
        )
    return Form(".", reasons.NO_DECIMALS(count=written))


def thousands_form(columns: Sequence[ColumnFacts], decimal: str) -> str:
    """Return the sign between groups of three digits: one that occurs, else the usual one."""
    if any(facts.thousand_spaces for facts in columns):
        return " "
    if any(facts.thousand_quotes for facts in columns):
        return "'"
    if all(facts.numbers == facts.typed_numbers for facts in columns):
        return ""
    return "." if decimal == "," else ","
