"""Styles of invoice numbers, and how payers write them."""

import re

import numpy as np
import polars as pl

from data.demo.bank.chance import Chance
from data.demo.bank_days import Ints, calendar_day

STYLES = ("letters", "short", "long", "slash")
"""N2026-000123 as the demo company's; 10123; 2026000123; VF26/00123."""
WRITINGS = ("whole", "closed", "digits", "running", "bare", "spaced")
_SHORT_FROM = 10_000
_RUNS = re.compile(r"\d+")


def document_numbers(style: str, ids: pl.Series, day: Ints, invoices: int) -> pl.Series:
    """Return the numbers of the documents, invoices first, in a style; in "letters" they are as they are.

    Args:
        style: of `STYLES`.
        ids: of the demo company.
        day: of each document.
        invoices: how many of them are invoices; the rest are credit notes.
    """
    if style == "letters":
        return ids
    running = np.empty(len(day), dtype=np.int64)
    for part in (slice(0, invoices), slice(invoices, len(day))):
        own = day[part]
        place = np.empty(len(own), dtype=np.int64)
        place[np.argsort(own, kind="stable")] = np.arange(1, len(own) + 1)
        running[part] = place
    result = []
    for position, (number, on) in enumerate(zip(running.tolist(), day.tolist(), strict=True)):
        year, note = calendar_day(on).year, position >= invoices
        result.append(
            {
                "short": f"{'C' * note}{_SHORT_FROM + number}",
                "long": f"{year}{(900_000 if note else 0) + number:06}",
                "slash": f"{'CN' if note else 'VF'}{year % 100}/{number:05}",
            }[style]
        )
    return pl.Series(result)


def writing_of(number: str, how: str) -> str:
    """Return an invoice number as payers write it: one of `WRITINGS`.

    "running" is the last run of digits, "bare" the same without the zeros before it.
    """
    runs = _RUNS.findall(number)
    last = runs[-1]
    year = re.match(r"^(20\d\d)(\d{5,})$", last) if len(runs) == 1 else None
    running = year[2] if year else last
    writings = {
        "whole": number,
        "closed": re.sub(r"[^A-Za-z0-9]", "", number),
        "digits": "".join(runs),
        "running": running,
        "bare": running.lstrip("0"),
        "spaced": f"{year[1]} {year[2]}" if year else re.sub(r"[^A-Za-z0-9]", " ", number),
    }
    return writings[how]


def all_digits(number: str) -> str:
    """Return the digits of a number without the signs between them."""
    return "".join(_RUNS.findall(number))


def misspelt(text: str, chance: Chance) -> str:
    """Return the text with one typing error in its digits: one dropped, doubled, swapped or wrong."""
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    place = places[len(places) // 3 :][chance.number(0, len(places) - len(places) // 3 - 1)]
    kind = chance.weighted([(0.3, "dropped"), (0.2, "doubled"), (0.25, "swapped"), (0.25, "wrong")])
    if kind == "swapped" and place > 0 and text[place - 1].isdigit() and text[place - 1] != text[place]:
        return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
    if kind == "dropped":
        return text[:place] + text[place + 1 :]
    if kind == "doubled":
        return text[:place] + text[place] + text[place:]
    other = chance.one_of([digit for digit in "0123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]
