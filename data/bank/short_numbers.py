"""Numbers of documents that may be something else: a few digits, a year, a month or a day."""

import re

from data.bank.books import Position
from data.bank.evidence import Evidence
from data.bank.numbers import Mention, Strength, compact_number, has_cue_before

_FEW_SIGNS = 4
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_GAP = r"[-/. ]?"
_WHEN = re.compile(
    rf"20\d\d(?P<one>{_GAP}){_MONTH}(?:(?P=one){_DAY})?|{_DAY}(?P<two>{_GAP}){_MONTH}(?P=two)20\d\d|"
    rf"{_MONTH}{_GAP}20\d\d|"
    rf"\d\d(?P<three>{_GAP}){_MONTH}(?P=three){_DAY}|{_DAY}(?P<four>{_GAP}){_MONTH}(?P=four)\d\d"
)


def may_be_no_number(clues: Evidence, position: Position) -> bool:
    """Tell whether all that names a document may be said of something else, so that only its payer tells."""
    naming = [
        mention
        for mention in clues.reading.mentions
        if position in mention.documents and mention.strength > Strength.WEAK
    ]
    return bool(naming) and all(_is_doubtful(clues, mention) for mention in naming)


def _is_doubtful(clues: Evidence, mention: Mention) -> bool:
    number = compact_number(mention.typed)
    if len(number) <= _FEW_SIGNS:
        return True
    if _WHEN.fullmatch(mention.typed) is None or has_cue_before(clues.reading.text, mention.start):
        return False
    return number not in compact_number(clues.entry.reference)
