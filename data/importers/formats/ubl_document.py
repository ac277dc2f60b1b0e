"""The documents of a UBL file, and the texts, days and amounts in them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from data.errors import KasstroomError
from data.importers import reasons
from data.importers.cells import FIRST_YEAR, LAST_YEAR
from data.importers.formats.xml import Element

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
# Header of Peppol's envelope, which may hold a document.
ENVELOPE = "{http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader}StandardBusinessDocument"
DEBITS = frozenset({"Invoice", "SelfBilledInvoice", "DebitNote"})
CREDITS = frozenset({"CreditNote", "SelfBilledCreditNote"})

_SPACES = {"cac": f"{UBL}CommonAggregateComponents-2", "cbc": f"{UBL}CommonBasicComponents-2"}
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
# xsd:date may carry a time zone, which moves no day; some programs write midnight behind it.
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2}|T00:00:00(?:\.0+)?)?")
# What programs write where a field must not be empty (Peppol asks for NA in place of an order number).
_NOTHING = frozenset({"na", "n/a", "n.a.", "-", ".", "none", "null"})
_SHOWN = 40
_DIGITS = 16


class UnclearDocumentError(KasstroomError):
    """A document that cannot be read for sure; the message is a clause."""


def kind_of(tag: str) -> str | None:
    """Return the kind of UBL 2 document that a root stands for, such as `Invoice`; None for another."""
    kind = re.fullmatch(rf"\{{{re.escape(UBL)}([A-Za-z]+)-2\}}([A-Za-z]+)", tag)
    return kind[1] if kind and kind[1] == kind[2] else None


def documents(root: Element) -> Iterator[tuple[int, Element]]:
    """Yield the invoices and credit notes of a file, each with the line it begins on, 1-based.

    No two have the same line, which tells them apart, though a file may be one line.
    """
    line = 0
    for element in list(root) if root.tag == ENVELOPE else [root]:
        if kind_of(str(element.tag)) in DEBITS | CREDITS:
            line = max(line + 1, element.sourceline or 1)
            yield line, element


def nodes(element: Element, path: str) -> list[Element]:
    """Return the elements at a path such as `cac:Party/cbc:Name`, in the order of the file."""
    return element.findall(path, _SPACES)


def line_text(element: Element) -> str:
    """Return the text of an element on one line; empty where it says nothing, as `n/a`."""
    text = " ".join((element.text or "").split())
    return "" if text.casefold() in _NOTHING else text


def texts(element: Element, path: str) -> list[str]:
    """Return the different texts at a path, without empty ones, in the order of the file."""
    return list(dict.fromkeys(filter(None, map(line_text, nodes(element, path)))))


def first_text(element: Element, *paths: str) -> str:
    """Return the first text at the first path that has one, empty where none has."""
    return next((text for path in paths for text in texts(element, path)), "")


def day_text(text: str) -> str:
    """Return a day without its time zone; another text as it is, so that it is refused as no day."""
    day = _DAY.fullmatch(text)
    return day[1] if day else text


def day_of(text: str) -> date | None:
    """Return the day that a text of the form 2026-11-30 names, None where it is none that is taken in."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def number_of(element: Element) -> Decimal:
    """Return the decimal number in an element.

    Raises:
        UnclearDocumentError: it is none, or has more digits than amounts here have.
    """
    text, label = " ".join((element.text or "").split()), local_name(element)
    if not text:
        raise UnclearDocumentError(reasons.EMPTY_CELL(label=label))
    if len(text) > _SHOWN or not _DECIMAL.fullmatch(text):
        raise UnclearDocumentError(reasons.NOT_NUMBER(label=label, value=text[:_SHOWN], example="1234.56"))
    number = Decimal(text)
    if number.adjusted() >= _DIGITS:
        raise UnclearDocumentError(reasons.TOO_MANY_DIGITS(label=label, value=text, most=_DIGITS))
    return number


def amount_of(element: Element) -> Decimal:
    """Return the amount in an element, with two decimals.

    Raises:
        UnclearDocumentError: it is no number, or has more digits or decimals than amounts here have.
    """
    amount = number_of(element)
    cents = amount.quantize(Decimal("0.01"))
    if cents != amount:
        label, text = local_name(element), str(amount)
        raise UnclearDocumentError(reasons.TOO_MANY_DECIMALS(label=label, value=text, most=2))
    return cents


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def money_text(amount: Decimal) -> str:
    """Return an amount as the native form writes it."""
    return f"{amount or abs(amount):.2f}"  # no -0.00
