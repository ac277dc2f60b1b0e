"""The documents that can still matter: those open since the first entry, and those that an entry names.

All others were settled before, and no text is their number. Without them the answer is the same, and a ledger
of a million documents takes the time and memory of those that are open.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from data.bank.books import BankBooks
from data.bank.lists import MOST_IN_A_RANGE
from data.bank.names import plain
from data.bank.references import reference_numbers

_MANY = 20_000
"""Of fewer documents nobody looks which matter."""
_DIGITS = re.compile(r"\d+")
_IN_A_NUMBER, _IN_A_LIST, _LONGEST = 8, 60, 24
_TEXTS = ("description", "end_to_end_id", "reference")
_PAYOUT_TEXTS = ("invoice_number", "order_number", "reference")


def without_past_documents(books: BankBooks, *, many: int = _MANY) -> BankBooks:
    """Return the books without the documents that cannot matter, where there are many."""
    if books.documents.height <= many or books.entries.is_empty():
        return books
    start = books.entries["entry_date"].min()
    # What changes after the first entry is looked at on its day.
    past = (
        books.settled.group_by("document_id")
        .agg(pl.col("amount").sum().alias("settled"), pl.col("day").max().alias("last"))
        .filter(pl.col("last") < start)
    )
    over = books.documents.join(past, on="document_id", how="inner").filter(
        (pl.col("invoice_date") < start) & (pl.col("amount") == pl.col("settled"))
    )
    if over.is_empty():
        return books
    decided = books.decisions["invoice_id"].drop_nulls().unique()
    referred, endings = _in_references(books)
    numbers = pl.Series("number", sorted(_numbers_in(books) | referred), dtype=pl.String)
    is_referred = _digits().str.strip_chars_start("0").is_in(sorted(endings))
    is_decided = pl.col("document_id").is_in(decided.implode())
    can_matter = is_decided | _may_be_named(numbers) | is_referred
    unnamed = over.filter(~can_matter).select("document_id")
    return replace(
        books,
        documents=books.documents.join(unnamed, on="document_id", how="anti", maintain_order="left"),
        settled=books.settled.join(unnamed, on="document_id", how="anti", maintain_order="left"),
        past_numbers=unnamed["document_id"],
    )


def _may_be_named(numbers: pl.Series) -> pl.Expr:
    """Tell whether a document has a spelling that stands in a text; one without digits may always be."""
    number = pl.col("document_id").str.to_uppercase()
    groups = number.str.extract_all(r"[0-9]+")
    digits = _digits()
    serial = groups.list.last()
    before = groups.list.get(-2, null_on_oob=True)
    bare = serial.str.strip_chars_start("0")
    later = digits.str.slice(4)
    spellings = [
        digits,
        digits.str.strip_chars_start("0"),
        groups.list.eval(pl.element().str.strip_chars_start("0")).list.join(""),
        groups.list.eval(
            pl.when(pl.element().str.contains(r"^0+$"))
            .then(pl.lit("0"))
            .otherwise(pl.element().str.strip_chars_start("0"))
        ).list.join(""),
        serial,
        bare,
        *(
            prefix + tail
            for prefix in (before, before.str.slice(-4), before.str.slice(-2))
            for tail in (serial, bare)
        ),
        later,
        later.str.strip_chars_start("0"),
        *(digits.str.slice(2, 2) + tail for tail in (later, later.str.strip_chars_start("0"))),
        pl.col("po_number").str.extract_all(r"[0-9]+").list.join(""),
    ]
    is_plain = number.str.contains(r"^[\x20-\x7E]*[0-9][\x20-\x7E]*$")
    order = pl.col("po_number")
    is_plain_order = order.is_null() | order.str.contains(r"^[\x20-\x7E]*[0-9][\x20-\x7E]*$")
    named = [spelling.is_in(numbers.implode()).fill_null(value=False) for spelling in spellings]
    return ~is_plain | ~is_plain_order | pl.any_horizontal(named)


def _digits() -> pl.Expr:
    return pl.col("document_id").str.extract_all(r"[0-9]+").list.join("")


def _numbers_in(books: BankBooks) -> set[str]:
    """Return every row of digits that a text may be read as, with or without the zeros before it."""
    numbers: set[str] = set()
    for text in _texts(books):
        groups = _DIGITS.findall(text)
        for first in range(len(groups)):
            joined = bare = ""
            for group in groups[first : first + _IN_A_NUMBER]:
                joined += group
                bare += group.lstrip("0") or "0"
                if len(joined) > _LONGEST:
                    break
                numbers.update((joined, joined.lstrip("0"), bare))
        for place, group in enumerate(groups):
            for other in groups[place + 1 : place + 1 + _IN_A_LIST]:
                numbers.update(_between(group, other))
    return numbers


def _in_references(books: BankBooks) -> tuple[set[str], set[str]]:
    """Return the numbers in payment references, and what they may be behind a customer number or zeros."""
    numbers: set[str] = set()
    endings: set[str] = set()
    for text in _texts(books):
        for is_reference in (False, True):
            for _start, _end, number in reference_numbers(text, is_reference=is_reference):
                digits = "".join(_DIGITS.findall(number))
                numbers.update((digits, digits.lstrip("0")))
                endings.update(digits[place:].lstrip("0") for place in range(1, len(digits)))
    return numbers, endings


def _between(first: str, last: str) -> Iterable[str]:
    """Return the numbers of a range or list of which the text gives two, the second maybe cut short."""
    if len(last) > len(first) or len(first) > _LONGEST:
        return
    end = first[: len(first) - len(last)] + last
    low, high = int(first), int(end)
    if low < high <= low + MOST_IN_A_RANGE:
        for value in range(low, high + 1):
            yield f"{value:0{len(first)}d}"
            yield str(value)
    elif high != low:
        yield end
        yield str(high)


def _texts(books: BankBooks) -> Iterable[str]:
    for name in _TEXTS:
        for text in books.entries[name].drop_nulls().unique():
            yield plain(text)
    if books.payouts is not None:
        for name in _PAYOUT_TEXTS:
            for text in books.payouts[name].drop_nulls().unique():
                yield plain(text)
