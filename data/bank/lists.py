"""Several numbers in one text: what a list or a range says of the numbers it leaves out or cuts short."""

import re
from collections.abc import Callable, Sequence

from data.bank.books import Document, Position
from data.bank.numbers import Mention, NumberIndex, Strength, TextReading, compact_number

_BETWEEN = re.compile(
    r" ?(?:T ?/ ?M|TM|T\.?E\.?M\.?|TOT EN MET|TOT|BIS|TO|THROUGH|THRU|UNTIL|JUSQU A|\.\.\.?| - |-) ?(?=\d|[A-Z])"
)
_NEXT = re.compile(r" ?(?:,|/|\+|&|;| EN | AND | UND | ET |-| ) ?(?=\d)")
_SHORT = re.compile(r"\d+(?!\d)")
_LAST_DIGITS = re.compile(r"^(.*?)(\d+)(\D*)$")
MOST_IN_A_RANGE = 100


def with_lists(
    reading: TextReading,
    documents: Sequence[Document],
    index: NumberIndex,
    is_kin: Callable[[str, str], bool],
) -> TextReading:
    """Return a reading with the documents of its ranges (`2026-101 t/m 104`) and short forms (`2026-101, 102`).

    Args:
        reading: what the text mentions.
        documents, index: the documents.
        is_kin: whether two customers pay for each other; a list goes on within them only.
    """
    mentions = list(reading.mentions)
    for mention in reading.mentions:
        if mention.strength < Strength.FAIR:
            continue
        mentions += _from(mention, reading, documents, index, is_kin)
    if len(mentions) == len(reading.mentions):
        return reading
    # What was read as a short form is no mention of its own.
    grown = mentions[len(reading.mentions) :]
    kept = [
        mention
        for mention in reading.mentions
        if mention.strength > Strength.WEAK
        or not any(other.start <= mention.start and mention.end <= other.end for other in grown)
    ]
    return TextReading(
        tuple(sorted([*kept, *grown], key=lambda one: (one.start, one.documents))),
        reading.others,
        reading.text,
    )


def _from(
    mention: Mention,
    reading: TextReading,
    documents: Sequence[Document],
    index: NumberIndex,
    is_kin: Callable[[str, str], bool],
) -> list[Mention]:
    """Return what goes on behind a mention."""
    text, place = reading.text, mention.end
    grown: list[Mention] = []
    numbers = {documents[position].document_id: position for position in mention.documents}
    while True:
        is_range = _BETWEEN.match(text, place)
        step = is_range or _NEXT.match(text, place)
        if step is None:
            return grown
        ahead = [other for other in reading.mentions if other.start == step.end() and other is not mention]
        short = _SHORT.match(text, step.end())
        whole = ahead[0] if ahead and ahead[0].strength > Strength.WEAK else None
        if whole is not None:
            if not is_range:
                return grown
            ends = {documents[position].document_id for position in whole.documents}
            end = whole.end
        elif short is not None:
            ends = {made for number in numbers if (made := _in_place(number, short[0])) is not None}
            end = short.end()
        else:
            return grown
        members: list[Position] = []
        for number, position in numbers.items():
            for last in ends:
                between = _between(number, last) if is_range else [last]
                members += [
                    other
                    for one in between
                    for other in index.of("=", compact_number(one))
                    if is_kin(documents[other].customer, documents[position].customer)
                ]
        if not members:
            return grown
        grown += [
            Mention((member,), mention.strength, step.end(), end, text[step.end() : end])
            for member in dict.fromkeys(members)
        ]
        if whole is not None:
            return grown
        place = end


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
