"""When a UBL document falls due: its date, its terms in words, and the discount for paying early."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.importers import invoice_reasons
from data.importers.cells import MAX_DAYS
from data.importers.formats.term_texts import EarlyDiscount, discounts_in, due_in
from data.importers.formats.ubl_amounts import Totals
from data.importers.formats.ubl_document import (
    day_of,
    day_text,
    first_text,
    nodes,
    number_of,
    texts,
)
from data.importers.formats.ubl_instalments import DuePart, parts_of
from data.importers.formats.xml import Element
from data.message_templates import Message

_WHOLE = Decimal(100)
_WORDS = ("cac:PaymentTerms/cbc:Note", "cac:PaymentMeans/cbc:InstructionNote")
_DAY_UNITS = frozenset({"DAY", "D"})


@dataclass(frozen=True)
class DocumentTerms:
    """When a document falls due; what it does not say is empty or None.

    Attributes:
        issued: its date, as text of the form 2026-11-30, or another that is refused later.
        due_date: likewise.
        days: days after its date, where a text says so and no date is given.
        discount: for paying early.
        parts: two or more that make its amount, in the order of the file.
        notes: what was read into the terms.
    """

    issued: str
    due_date: str
    days: int | None
    discount: EarlyDiscount | None
    parts: tuple[DuePart, ...]
    notes: tuple[Message, ...]


def terms_of(document: Element, number: str, totals: Totals) -> DocumentTerms:
    """Return when a document falls due.

    Dates come in this order: that of the document, that of its terms of payment, that of its means of
    payment, that in a text. Texts count only where they can be read in one way.

    Args:
        document: a UBL invoice or credit note.
        number: its number, for the notes.
        totals: what it comes to.

    Raises:
        UnclearDocumentError: an amount or percentage in its terms is no number.
    """
    issued = day_text(first_text(document, "cbc:IssueDate"))
    words = [note.text or "" for path in _WORDS for note in nodes(document, path)]
    parts = parts_of(document, totals, issued)
    dates = _dates(document)
    due = None if dates else due_in(words)
    notes: list[Message] = []
    if len(dates) > 1 and not parts:
        notes.append(invoice_reasons.SEVERAL_DATES(number=number, day=day_of(max(dates)) or max(dates)))
    discount = _discount(document, number, totals, words, notes)
    return DocumentTerms(
        issued=issued,
        due_date=max(dates) if dates else (due and due.day) or "",
        days=due.days if due and due.days is not None and due.days <= MAX_DAYS else None,
        discount=discount,
        parts=parts,
        notes=tuple(notes),
    )


def _dates(document: Element) -> list[str]:
    """Return the due date of the document, else the different ones of its terms, else of its means."""
    stated = first_text(document, "cbc:DueDate")
    of_terms = texts(document, "cac:PaymentTerms/cbc:PaymentDueDate")
    of_terms += texts(document, "cac:PaymentTerms/cbc:InstallmentDueDate")
    of_means = texts(document, "cac:PaymentMeans/cbc:PaymentDueDate")
    return list(dict.fromkeys(map(day_text, [stated] if stated else of_terms or of_means)))


def _discount(
    document: Element, number: str, totals: Totals, words: list[str], notes: list[Message]
) -> EarlyDiscount | None:
    """Return the discount for paying early; of several the one that holds longest, with a note."""
    discounts = [
        each for each in [*_stated_discounts(document), *discounts_in(words)] if each.days <= MAX_DAYS
    ]
    whole = [
        each
        for each in discounts
        if each.base is None or abs(each.base) in {abs(totals.amount), abs(totals.payable)}
    ]
    if len(whole) < len(discounts):
        notes.append(invoice_reasons.DISCOUNT_OF_A_PART(number=number))
    if not whole:
        return None
    longest = max(whole, key=lambda each: each.days)
    if len({(each.percent, each.days) for each in whole}) > 1:
        notes.append(
            invoice_reasons.SEVERAL_DISCOUNTS(number=number, percent=longest.percent, days=longest.days)
        )
    return longest


def _stated_discounts(document: Element) -> list[EarlyDiscount]:
    """Return the discounts in elements of their own: a percentage and a period."""
    issued = day_of(day_text(first_text(document, "cbc:IssueDate")))
    discounts = []
    for terms in nodes(document, "cac:PaymentTerms"):
        percents = nodes(terms, "cbc:SettlementDiscountPercent")
        days = _period_days(terms, issued)
        percent = number_of(percents[0]) if percents else Decimal(0)
        if days is not None and 0 < percent <= _WHOLE:
            discounts.append(EarlyDiscount(percent, days))
    return discounts


def _period_days(terms: Element, issued: date | None) -> int | None:
    """Return the days after the date of the document that a period of settlement lasts, None if unsaid."""
    end = day_of(day_text(first_text(terms, "cac:SettlementPeriod/cbc:EndDate")))
    if end and issued:
        days = (end - issued).days
        return days if days >= 0 else None
    for duration in nodes(terms, "cac:SettlementPeriod/cbc:DurationMeasure"):
        number = re.fullmatch("[0-9]{1,4}", (duration.text or "").strip())
        if number and duration.get("unitCode", "").upper() in _DAY_UNITS:
            return int(number[0])
    return None
