"""Fields of XML audit files by their local names, in any case of letters, and their amounts and days."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.cells import FIRST_YEAR, LAST_YEAR
from data.importers.currencies import active_currencies
from data.importers.formats.xml import Element, parse
from data.message_templates import Message

Fields = Mapping[str, str]

# xs:decimal, as long as sums of a million of them are exact in 28 digits.
_AMOUNT = re.compile(r"[+-]?(?:[0-9]{1,16}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]*)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARED_ENCODING = re.compile(
    rb"""^((?:\xef\xbb\xbf)?\s*<\?xml[^>]*?)\sencoding\s*=\s*["']([A-Za-z0-9_-]+)["']"""
)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace, in lower case."""
    return _without_namespace(str(element.tag))


@lru_cache(maxsize=4096)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def printable(text: str, most: int = 80) -> str:
    """Return a text from a file as a sentence may hold it: printable, and no longer than that."""
    clean = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[:most])
    return f"{clean}…" if len(text) > most else clean


def fields(element: Element) -> dict[str, str]:
    """Return the texts of an element's children by local name, the first of each, without edge spaces."""
    texts: dict[str, str] = {}
    for child in element:
        texts.setdefault(local_name(child), (child.text or "").strip())
    return texts


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Give the children of one of these local names, in the order of the file."""
    if element is not None:
        for child in element:
            if local_name(child) in names:
                yield child


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child of one of these local names, None if there is none."""
    return next(children(element, *names), None)


def first(texts: Fields, *names: str) -> str:
    """Return the first of these fields that is not empty."""
    return next((texts[name] for name in names if texts.get(name)), "")


def line_of(element: Element) -> int:
    """Return the line an element begins on, 1-based."""
    return element.sourceline or 1


def audit_root(content: bytes, name: str) -> tuple[Element, list[Message]]:
    """Return the root of an XML audit file, and a sentence where its encoding is not the one it declares.

    Programs write Windows-1252 under a declaration of UTF-8. Bytes that are no UTF-8 are no letter of it, so
    that reading them as what Windows writes loses nothing.
    """
    declared = _DECLARED_ENCODING.match(content)
    is_said_to_be = declared is None or declared[2].lower() in {b"utf-8", b"utf8"}
    if not is_said_to_be or is_utf_8(content) or content.startswith(_MARKS_OF_UTF_16):
        return parse(content, name), []
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("cp1252")
    except UnicodeDecodeError:
        return parse(content, name), []
    return parse(_DECLARED_ENCODING.sub(rb"\1", text.encode()), name), [reasons.READ_AS_1252()]


def is_utf_8(content: bytes) -> bool:
    """Return whether bytes are UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_amount(text: str) -> bool:
    """Return whether a text is an amount with a decimal point."""
    return _AMOUNT.fullmatch(text) is not None


def amount_of(text: str, line: int, name: str) -> Decimal:
    """Return an amount as it is written, with all its decimals.

    Raises:
        RefusedFileError: it is none: what stands after it is not sure.
    """
    if not is_amount(text):
        raise RefusedFileError(reasons.AUDIT_AMOUNT(name=name, value=printable(text, 40), line=line))
    return Decimal(text)


def day_of(text: str, line: int, name: str) -> date:
    """Return a day written as `2026-11-22`, perhaps with a time after it, which counts for nothing.

    Raises:
        RefusedFileError: it is no day, or in no year from 1900 to 2199.
    """
    parts = _DAY.fullmatch(text)
    day = calendar_day(*parts.groups()[:3]) if parts else None
    if day is None:
        raise RefusedFileError(reasons.AUDIT_DATE(name=name, value=printable(text, 40), line=line))
    return day


def calendar_day(year: str, month: str, day: str) -> date | None:
    """Return a day of the calendar from its digits; None if there is none in the years 1900 to 2199."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def currency_of(code: str, name: str) -> str:
    """Return a currency code.

    Raises:
        RefusedFileError: it is none that is current and has at most two decimals.
    """
    if code not in active_currencies():
        raise RefusedFileError(reasons.AUDIT_CURRENCY(name=name, value=printable(code, 40)))
    return code
