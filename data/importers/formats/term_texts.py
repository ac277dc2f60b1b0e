"""Terms of payment in words: a number of days or a day, and discounts for paying early.

Only what can be read in one way is read: a whole sentence in Dutch, English, German or French, or the form
that XRechnung prescribes (`#SKONTO#TAGE=14#PROZENT=2.00#`). Days that run from the receipt of the invoice or
of the goods, or from the end of a month, are left to the terms of the customer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_UNIT = r"(?:tagen?|days?|dag(?:en|ar|er|e)?|jours?)"
_WITHIN = r"(?:binnen|within|in|innerhalb(?: von)?|innert|sous|à|dans(?: les)?)"
_NET = r"(?:netto|net|rein netto|netto kasse|ohne abzug|zonder korting)"
_PAY = (
    r"(?:(?:graag |gelieve |gelieve te |te )?(?:betalen|voldoen)|betaling|betaalbaar|betaaltermijn|"
    r"betalings(?:termijn|conditie|voorwaarden)|please pay|pay|payments?|payable|due|payment terms?|terms|"
    r"payment due|zahlbar|zahlung|zahlungs(?:ziel|frist|bedingungen?)|fällig|paiement|délai de paiement):?"
)
_SINCE = (
    r"(?:(?:na|vanaf) (?:de )?factuurdatum|(?:ab|nach) rechnungsdatum|(?:de la )?date de (?:la )?facture|"
    r"(?:from|after|of) (?:the )?(?:date of (?:the )?)?invoice(?: date)?)"
)
_DISCOUNT = r"(?:discount|cash discount|skonto|korting|betalingskorting|kredietbeperking|escompte)"
_IF_PAID = (
    r"(?:(?:if paid|if payment is made|for payment|bei zahlung(?:en)?|bij betaling|en cas de paiement) )?"
)
_NUMBER = r"(?P<days>[0-9]{1,4})"
_PERCENT = r"(?P<percent>[0-9]{1,2}(?:[.,][0-9]{1,2})?) ?%"

# Such as `2% 10 days, net 30` and `2/10 net 30`.
_EARLY_OR_NET = (
    rf"(?:{_PAY} )?(?P<percent>[0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?) ?(?:%|%? ?/) ?(?:{_WITHIN} )?"
    rf"{_NUMBER}(?: {_UNIT})?,? {_NET} (?P<net>[0-9]{{1,4}})(?: {_UNIT})?"
)
_DAYS = (
    rf"(?:{_PAY} )?(?:{_NET} )?(?:{_WITHIN} )?{_NUMBER} {_UNIT}(?:,? {_NET})?(?: {_SINCE})?(?:,? {_NET})?",
    rf"(?:{_PAY} )?{_NET} {_NUMBER}",
)
_EARLY = (
    rf"{_PERCENT} {_DISCOUNT},? {_IF_PAID}{_WITHIN} {_NUMBER} {_UNIT}",
    rf"(?:bei |bij )?(?:{_PAY} |zahlungen )?{_WITHIN} {_NUMBER} {_UNIT},? {_PERCENT} {_DISCOUNT}",
    _EARLY_OR_NET,
)
_AT_ONCE = (
    rf"(?:{_PAY} )?(?:sofort|immediately|immediate|(?:per )?direct|per omgaande|onmiddellijk)"
    rf"(?: (?:zahlbar|fällig|te betalen|te voldoen|betaalbaar|opeisbaar|due|payable))?(?:,? {_NET})?"
)
# A day with points is German, `uiterlijk` is Dutch: in both the day of the month comes first.
_DAY, _MONTH, _YEAR = r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})", r"(?P<year>[0-9]{4})"
_BY = (
    rf"(?:{_PAY} )?(?:bis|spätestens|bis spätestens)(?: zum| am)? {_DAY}\.{_MONTH}\.{_YEAR}(?:,? {_NET})?",
    rf"(?:{_PAY} )?uiterlijk(?: op)? {_DAY}-{_MONTH}-{_YEAR}",
)
_SKONTO = re.compile(
    r"#SKONTO#TAGE=(?P<days>[0-9]{1,4})#PROZENT=(?P<percent>[0-9]{1,2}(?:\.[0-9]{1,4})?)#"
    r"(?:BASISBETRAG=(?P<base>-?[0-9]{1,15}(?:\.[0-9]{1,2})?)#)?"
)
_LONGEST_SENTENCE = 200
_SENTENCE_END = re.compile(r"(?:[.;!]+(?=\s|$)|\s\|\s)")


@dataclass(frozen=True)
class Due:
    """When a text says that payment is due: days after the date of the document, or a day; one of them."""

    days: int | None = None
    day: str | None = None


@dataclass(frozen=True)
class EarlyDiscount:
    """What may be deducted for paying early.

    Attributes:
        percent: of the amount, 0 to 100.
        days: after the date of the document within which it holds.
        base: amount it is taken of, where that is stated.
    """

    percent: Decimal
    days: int
    base: Decimal | None = None


def due_in(notes: Sequence[str]) -> Due | None:
    """Return when notes on payment say that it is due; None where they do not, or say several things."""
    dues = {due for sentence in _sentences(notes) if (due := _due(sentence))}
    return dues.pop() if len(dues) == 1 else None


def discounts_in(notes: Sequence[str]) -> list[EarlyDiscount]:
    """Return the different discounts for paying early that notes grant, in their order."""
    stated = [
        EarlyDiscount(
            Decimal(line["percent"]), int(line["days"]), Decimal(line["base"]) if line["base"] else None
        )
        for note in notes
        for line in _SKONTO.finditer(note)
    ]
    worded = [
        EarlyDiscount(Decimal(early["percent"].replace(",", ".")), int(early["days"]))
        for sentence in _sentences(notes)
        if (early := _first_match(_EARLY, sentence))
    ]
    return list(dict.fromkeys(stated + worded))


def _sentences(notes: Sequence[str]) -> Iterator[str]:
    """Yield the sentences of notes on one line each, in small letters, without the lines of XRechnung."""
    for note in notes:
        prose = " ".join(line for line in note.splitlines() if not line.strip().startswith("#"))
        for sentence in _SENTENCE_END.split(" ".join(prose.split()).casefold()):
            if len(sentence) <= _LONGEST_SENTENCE:
                yield sentence.strip(" ,:")


def _due(sentence: str) -> Due | None:
    if net := re.fullmatch(_EARLY_OR_NET, sentence):
        return Due(days=int(net["net"]))
    if in_days := _first_match(_DAYS, sentence):
        return Due(days=int(in_days["days"]))
    if re.fullmatch(_AT_ONCE, sentence):
        return Due(days=0)
    by = _first_match(_BY, sentence)
    try:
        day = by and date(int(by["year"]), int(by["month"]), int(by["day"]))
    except ValueError:  # no day of the calendar
        return None
    return Due(day=day.isoformat()) if day else None


def _first_match(patterns: Sequence[str], sentence: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := re.fullmatch(pattern, sentence))), None)
