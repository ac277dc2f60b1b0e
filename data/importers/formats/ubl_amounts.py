"""What a UBL document comes to: its amount, its sign, the part paid in advance, its VAT."""

from dataclasses import dataclass
from decimal import Decimal

from data.importers import invoice_reasons
from data.importers.formats.ubl_document import (
    CREDITS,
    UnclearDocumentError,
    amount_of,
    first_text,
    kind_of,
    local_name,
    nodes,
)
from data.importers.formats.xml import Element
from data.message_templates import Message

_ZERO = Decimal("0.00")
# Totals that differ by less were rounded: to a whole crown, or to five cents.
_ROUNDING = Decimal("1.00")

# UNTDID 1001, as the code list of EN 16931 has them: documents that a seller charges with, and credits with.
_CHARGES = (
    71, 80, 82, 84, 102, 130, 202, 203, 204, 211, 218, 219, 295, 326, 331, 380, 382, 383, 384, 385, 386, 387,
    388, 389, 390, 393, 394, 395, 456, 457, 471, 472, 473, 500, 501, 527, 553, 575, 623, 633, 751, 780, 817,
    870, 875, 876, 877,
)  # fmt: skip
_CREDITS = (81, 83, 261, 262, 296, 308, 381, 396, 420, 458, 502, 503, 532)
_CHARGE_CODES, _CREDIT_CODES = frozenset(map(str, _CHARGES)), frozenset(map(str, _CREDITS))
_NO_CLAIMS = {"325": invoice_reasons.PRO_FORMA, "935": invoice_reasons.CUSTOMS}
CORRECTION = "384"


@dataclass(frozen=True)
class Totals:
    """What a document comes to, in its currency.

    Attributes:
        currency: ISO 4217 code, as the document states it.
        sign: -1 where the document writes credit as amounts above 0, else 1.
        amount: including VAT and all charges less all allowances; below 0 where the seller owes it.
        payable: what is still to be paid of it, of the same sign unless too much was paid in advance.
        prepaid: `amount` less `payable`.
        vat: the part of the amount that is VAT; None where that is not sure.
        is_credit: whether it is a credit note.
        notes: what was read into the totals.
    """

    currency: str
    sign: int
    amount: Decimal
    payable: Decimal
    prepaid: Decimal
    vat: Decimal | None
    is_credit: bool
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class _Stated:
    """The totals as the document writes them, without the sign of its kind; None where it does not."""

    payable: Decimal
    prepaid: Decimal
    inclusive: Decimal | None
    exclusive: Decimal | None
    rounding: Decimal
    taxes: tuple[Decimal, ...]


def type_code(document: Element) -> str:
    """Return the code of its type (UNTDID 1001), empty where there is none."""
    return first_text(document, "cbc:InvoiceTypeCode", "cbc:CreditNoteTypeCode")


def totals_of(document: Element, number: str) -> Totals:
    """Return what a document comes to.

    The amount is what is to be paid and what was paid in advance together. That is the total with VAT, give
    or take a rounding; where a document says that more or less is to be paid, that counts, with a note.

    Args:
        document: a UBL invoice or credit note.
        number: its number, for the notes.

    Raises:
        UnclearDocumentError: an amount is missing, is none, or contradicts the others; nobody owes such a
            document; or it is a credit note below zero.
    """
    sign = _sign(document)
    currency = _currency(document)
    stated = _stated(document, currency)
    notes: list[Message] = []
    amount, prepaid = stated.payable + stated.prepaid, stated.prepaid
    expected = None if stated.inclusive is None else stated.inclusive + stated.rounding
    if expected is not None and abs(amount - expected) >= _ROUNDING:
        if prepaid:
            raise UnclearDocumentError(
                invoice_reasons.TOTALS_DISAGREE(
                    inclusive=stated.inclusive, prepaid=prepaid, payable=stated.payable
                )
            )
        notes.append(
            invoice_reasons.PAYABLE_DIFFERS(number=number, payable=stated.payable, inclusive=stated.inclusive)
        )
    if prepaid * amount < 0:
        notes.append(invoice_reasons.CARRIED_OVER(number=number, amount=abs(prepaid)))
        prepaid = _ZERO
    vat = _vat(stated)
    if vat is None and stated.taxes:
        notes.append(invoice_reasons.VAT_UNCLEAR(number=number))
    if sign * amount > 0 > sign:
        raise UnclearDocumentError(invoice_reasons.NEGATIVE_CREDIT(amount=amount))
    return Totals(
        currency=currency,
        sign=sign,
        amount=sign * amount,
        payable=sign * (amount - prepaid),
        prepaid=sign * prepaid,
        vat=None if vat is None else sign * vat,
        is_credit=sign * amount < 0 or (amount == 0 and sign < 0),
        notes=tuple(notes),
    )


def _sign(document: Element) -> int:
    """Return -1 where the amounts of a document are credit, 1 where they are charges."""
    code = type_code(document)
    if code in _NO_CLAIMS:
        raise UnclearDocumentError(_NO_CLAIMS[code]())
    if code and code not in _CHARGE_CODES | _CREDIT_CODES:
        raise UnclearDocumentError(invoice_reasons.UNKNOWN_TYPE(code=code[:20]))
    return -1 if kind_of(str(document.tag)) in CREDITS or code in _CREDIT_CODES else 1


def _totals(document: Element) -> Element:
    totals = nodes(document, "cac:LegalMonetaryTotal") or nodes(document, "cac:RequestedMonetaryTotal")
    if not totals:
        raise UnclearDocumentError(invoice_reasons.NO_TOTAL())
    return totals[0]


def _currency(document: Element) -> str:
    stated = first_text(document, "cbc:DocumentCurrencyCode")
    payable = nodes(_totals(document), "cbc:PayableAmount")
    currency = (stated or (payable[0].get("currencyID", "") if payable else "")).upper()
    if not currency:
        raise UnclearDocumentError(invoice_reasons.NO_CURRENCY())
    return currency


def _stated(document: Element, currency: str) -> _Stated:
    totals = _totals(document)

    def amount(name: str) -> Decimal | None:
        elements = nodes(totals, f"cbc:{name}")
        if not elements:
            return None
        other = elements[0].get("currencyID", currency).strip().upper()
        if other != currency:
            raise UnclearDocumentError(
                invoice_reasons.OTHER_CURRENCY(
                    label=local_name(elements[0]), other=other[:10], currency=currency[:10]
                )
            )
        return amount_of(elements[0])

    taxes = tuple(
        amount_of(tax)
        for tax in nodes(document, "cac:TaxTotal/cbc:TaxAmount")
        if tax.get("currencyID", currency).strip().upper() == currency
    )
    payable, inclusive, exclusive = map(amount, ("PayableAmount", "TaxInclusiveAmount", "TaxExclusiveAmount"))
    prepaid, rounding = amount("PrepaidAmount") or _ZERO, amount("PayableRoundingAmount") or _ZERO
    if inclusive is None and exclusive is not None:
        inclusive = exclusive + sum(taxes, _ZERO)
    if payable is None:
        if inclusive is None:
            raise UnclearDocumentError(invoice_reasons.NO_TOTAL())
        payable = inclusive + rounding - prepaid
    return _Stated(payable, prepaid, inclusive, exclusive, rounding, taxes)


def _vat(stated: _Stated) -> Decimal | None:
    """Return the VAT: the sum of the tax totals, unless the totals with and without VAT say otherwise.

    A document whose VAT is declared in another currency has a second tax total, which may repeat the first.
    """
    total = sum(stated.taxes, _ZERO) if stated.taxes else None
    if stated.inclusive is None or stated.exclusive is None:
        return total
    if total == stated.exclusive:  # the Danish OIOUBL writes the VAT there
        return total
    difference = stated.inclusive - stated.exclusive
    if total is None or difference in stated.taxes:
        return difference
    return total if abs(total - difference) < _ROUNDING else None
