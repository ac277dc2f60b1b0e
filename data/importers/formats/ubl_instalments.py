"""The parts of a UBL document that is to be paid on several days."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from data.importers.formats.ubl_amounts import Totals
from data.importers.formats.ubl_document import amount_of, day_text, first_text, nodes, number_of, texts
from data.importers.formats.xml import Element

_CENT = Decimal("0.01")
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class DuePart:
    """A part of what is to be paid.

    Attributes:
        due_date: as text of the form 2026-11-30, or another that is refused later.
        amount: with the sign of the document; a part of the other sign is money due back.
        is_advance: it was paid before the document was made.
    """

    due_date: str
    amount: Decimal
    is_advance: bool = False


@dataclass(frozen=True)
class _Named:
    """What one `PaymentTerms` says of a part: its day, and its amount or its percentage."""

    due_date: str
    amount: Decimal | None
    percent: Decimal | None


def parts_of(document: Element, totals: Totals, issued: str) -> tuple[DuePart, ...]:
    """Return the parts of a document, at least two that make its amount; none where it names no such parts.

    Each `PaymentTerms` with a day and an amount or percentage is a part. The day is its own
    (`InstallmentDueDate`, `PaymentDueDate`), else that of the means of payment it names. Where the parts make
    what is left after an advance, the advance is a part of its own, due on the day of the document.

    Args:
        document: a UBL invoice or credit note.
        totals: what it comes to.
        issued: its date, as text.

    Raises:
        UnclearDocumentError: an amount or percentage is no number.
    """
    named = [part for terms in nodes(document, "cac:PaymentTerms") if (part := _named(document, terms))]
    if len({part.due_date for part in named}) <= 1:
        return ()
    parts = _by_amount(named, totals) or _by_percent(named, totals)
    total = sum(part.amount for part in parts)
    if total == totals.amount:
        return parts
    if parts and total == totals.payable:
        return (DuePart(issued, totals.prepaid, is_advance=True), *parts)
    return ()


def _named(document: Element, terms: Element) -> _Named | None:
    amounts, percents = nodes(terms, "cbc:Amount"), nodes(terms, "cbc:PaymentPercent")
    if not amounts and not percents:
        return None
    due_date = first_text(terms, "cbc:InstallmentDueDate", "cbc:PaymentDueDate")
    means = texts(terms, "cbc:PaymentMeansID")
    if not due_date and means:
        due_date = next(
            (
                first_text(each, "cbc:PaymentDueDate")
                for each in nodes(document, "cac:PaymentMeans")
                if first_text(each, "cbc:ID") in means
            ),
            "",
        )
    # Terms without a day may state the total beside its parts.
    if not due_date:
        return None
    return _Named(
        day_text(due_date),
        amount_of(amounts[0]) if amounts else None,
        number_of(percents[0]) if percents else None,
    )


def _by_amount(named: Sequence[_Named], totals: Totals) -> tuple[DuePart, ...]:
    parts = [DuePart(part.due_date, totals.sign * part.amount) for part in named if part.amount is not None]
    return tuple(parts) if len(parts) == len(named) else ()


def _by_percent(named: Sequence[_Named], totals: Totals) -> tuple[DuePart, ...]:
    """Return the parts by their shares of what is to be paid; the last takes what rounding leaves."""
    percents = [part.percent for part in named if part.percent is not None]
    if len(percents) < len(named) or sum(percents) != _WHOLE:
        return ()
    amounts = [
        (totals.payable * percent / _WHOLE).quantize(_CENT, ROUND_HALF_UP) for percent in percents[:-1]
    ]
    amounts.append(totals.payable - sum(amounts, Decimal("0.00")))
    return tuple(DuePart(part.due_date, amount) for part, amount in zip(named, amounts, strict=True))
