"""Several numbers in one text: what a list or a range says of the numbers it leaves out or cuts short."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from data.bank.books import LedgerDocument, Position
from data.bank.numbers import Mention, NumberIndex, Strength, TextReading, compact_number
from data.bank.open_ledger import OpenLedger

_RANGE = re.compile(
    r" ?(?:T ?/ ?M|TM|T\.?E\.?M\.?|TOT EN MET|TOT|BIS|TO|THROUGH|THRU|UNTIL|JUSQU A|\.\.\.?|-) ?(?=\d|[A-Z])"
)
_NEXT = re.compile(r" ?(?:,|/|\+|&|;| EN | AND | UND | ET |-| ) ?(?=\d)")
_GOES_ON = re.compile(r"[-/.]\d")
_SHORT = re.compile(r"\d+(?!\d)")
_LAST_DIGITS = re.compile(r"^(.*?)(\d+)(\D*)$")
MOST_IN_A_RANGE = 100
_LISTED = re.compile(r"[,/+&;]| EN | AND | UND | ET ")
_SHORTEST_ENDING, _MOST_OPEN = 3, 2_000


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a list is read with: the documents, their numbers, what is open, and who pays for whom."""

    documents: Sequence[LedgerDocument]
    index: NumberIndex
    ledger: OpenLedger
    is_kin: Callable[[str, str], bool]


def with_lists(reading: TextReading, books: Numbered) -> TextReading:
    """Return a reading with the documents of ranges (`2026-101 t/m 104`) and short forms (`2026-101, 102`).

    A list goes on within a customer, and those it pays for.
    """
    grown: list[Mention] = []
    firsts: dict[Mention, Mention] = {}
    for mention in reading.mentions:
        first = mention if mention.alone is None else replace(mention, strength=mention.alone, alone=None)
        more = _behind(first, reading, books) if first.strength >= Strength.FAIR else []
        if mention.alone is not None and (not more or _GOES_ON.match(reading.text, more[-1].end)):
            continue  # The digits behind it may be the rest of a longer number.
        firsts[mention] = first
        grown += more
    if not grown:
        return reading
    # What was read as a short form is no mention of its own.
    kept = [
        firsts.get(mention, mention)
        for mention in reading.mentions
        if mention.strength == Strength.STRONG
        or not any(other.start <= mention.start and mention.end <= other.end for other in grown)
    ]
    mentions = tuple(sorted([*kept, *grown], key=lambda one: (one.start, one.documents)))
    return replace(reading, mentions=mentions)


def _behind(mention: Mention, reading: TextReading, books: Numbered) -> list[Mention]:
    """Return what goes on behind a mention."""
    text, place = reading.text, mention.end
    grown: list[Mention] = []
    while True:
        is_range = _RANGE.match(text, place)
        step = is_range or _NEXT.match(text, place)
        if step is None:
            return grown
        ahead = [other for other in reading.mentions if other.start == step.end()]
        whole = ahead[0] if ahead and ahead[0].strength == Strength.STRONG else None
        short = _SHORT.match(text, step.end())
        if whole is not None:
            end, made = whole.end, _to(mention, whole, books) if is_range else []
        elif short is not None:
            made = _short_forms(mention, short[0], books, is_range=is_range is not None)
            is_listed = not is_range and _LISTED.search(step[0]) is not None
            end, made = short.end(), made or (_endings(mention, short[0], books) if is_listed else [])
        else:
            return grown
        if not made:
            return grown
        typed = text[step.end() : end]
        grown += [
            replace(mention, documents=(position,), start=step.end(), end=end, typed=typed)
            for position in dict.fromkeys(made)
        ]
        if whole is not None:
            return grown
        place = end


def _to(mention: Mention, whole: Mention, books: Numbered) -> list[Position]:
    """Return the documents behind the first of a range, up to and with its last."""
    return [
        position
        for first in mention.documents
        for last in whole.documents
        for number in _between(books.documents[first].document_id, books.documents[last].document_id)
        for position in _kin(number, first, books)
    ]


def _short_forms(mention: Mention, short: str, books: Numbered, *, is_range: bool) -> list[Position]:
    """Return the documents that a short form, or a range up to it, means."""
    made: list[Position] = []
    for first in mention.documents:
        number = books.documents[first].document_id
        last = _in_place(number, short)
        if last is None:
            continue
        numbers = _between(number, last) if is_range else [last]
        made += [position for one in numbers for position in _kin(one, first, books)]
    return made


def _endings(mention: Mention, short: str, books: Numbered) -> list[Position]:
    """Return the only open invoice of a customer that ends in these digits, none if several do."""
    if len(mention.documents) != 1:
        return []
    first = mention.documents[0]
    document = books.documents[first]
    invoices = books.ledger.invoices_of(document.customer, document.currency)
    if len(short) < _SHORTEST_ENDING or len(invoices) > _MOST_OPEN:
        return []
    ending = [position for position in invoices if books.documents[position].document_id.endswith(short)]
    return ending if len(ending) == 1 and ending[0] != first else []


def _kin(number: str, first: Position, books: Numbered) -> Iterable[Position]:
    customer = books.documents[first].customer
    return [
        position
        for position in books.index.of("=", compact_number(number))
        if books.is_kin(books.documents[position].customer, customer)
    ]


def _in_place(number: str, short: str) -> str | None:
    """Return a number with its last digits replaced by the short form of another."""
    parts = _LAST_DIGITS.match(number)
    if parts is None or len(short) > len(parts[2]):
        return None
    return parts[1] + parts[2][: len(parts[2]) - len(short)] + short + parts[3]


def _between(first: str, last: str) -> list[str]:
    """Return the numbers from behind the first up to and with the last; none if they are no range."""
    start, end = _LAST_DIGITS.match(first), _LAST_DIGITS.match(last)
    if start is None or end is None or (start[1], start[3]) != (end[1], end[3]):
        return []
    low, high = int(start[2]), int(end[2])
    if not low < high <= low + MOST_IN_A_RANGE:
        return []
    return [f"{start[1]}{value:0{len(start[2])}d}{start[3]}" for value in range(low + 1, high + 1)]
