"""The subledgers of an XML Auditfile 3.x: the customer and invoice behind a line of the general ledger.

A line of a subledger has no account: it points to the line of a journal (journal, transaction, line number),
or to a line of the opening balance.

Source: XML Auditfile Financieel 3.2, elements `subledgers` and `obSubledgers`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from data.importers.formats.audit.elements import Fields, amount_of, children, day_of, fields, first, line_of
from data.importers.formats.audit.ledger import ZERO, Posting
from data.importers.formats.xml import Element


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A line of a subledger.

    Attributes:
        line: of the file, 1-based.
        account: of the general ledger; empty if the line does not lead to one.
        amount: debit above 0.
        customer, document: whom and what it is of; empty where the line names none.
        document_date, due_date: of the document, None where they are not given.
        is_sale: it says that it is a sale; None if it does not say.
    """

    line: int
    account: str
    amount: Decimal
    customer: str
    document: str
    document_date: date | None
    due_date: date | None
    is_sale: bool | None

    @classmethod
    def of(cls, texts: Fields, account: str, amount: Decimal, line: int, name: str) -> "OpenItem":
        """Return the line with these fields; RefusedFileError if a day of it cannot be read."""
        days = [
            day_of(text, line, name) if (text := texts.get(key, "")) else None
            for key in ("invdt", "invduedt")
        ]
        kind = texts.get("invpursaltp", "").upper()
        return cls(
            line,
            account,
            amount,
            texts.get("custsupid", ""),
            first(texts, "invref", "docref"),
            days[0],
            days[1],
            None if not kind else kind == "S",
        )


Subledgers = Mapping[tuple[str, str, str], Sequence[OpenItem]]


def subledgers(transactions: Element | None, name: str) -> Subledgers:
    """Return the lines of all subledgers by journal, transaction and line that they point to."""
    found: dict[tuple[str, str, str], list[OpenItem]] = defaultdict(list)
    for group in children(transactions, "subledgers"):
        for ledger in children(group, "subledger"):
            for element in children(ledger, "sbline"):
                texts, line = fields(element), line_of(element)
                amount = amount_of(texts.get("amnt", ""), line, name)
                signed = -amount if texts.get("amnttp", "").upper() == "C" else amount
                key = (texts.get("jrnid", ""), texts.get("trnr", ""), texts.get("trlinenr", ""))
                found[key].append(OpenItem.of(texts, "", signed, line, name))
    return found


def split(posting: Posting, items: Sequence[OpenItem]) -> list[Posting]:
    """Return a line of the ledger as its subledger details it; as it is where the two do not agree."""
    if not items or sum((item.amount for item in items), ZERO) != posting.amount:
        return [posting]  # its caller knows by this that the two do not agree
    return [
        replace(
            posting,
            amount=item.amount,
            customer=item.customer or posting.customer,
            document=item.document or posting.document,
            document_date=item.document_date or posting.document_date,
            due_date=item.due_date,
        )
        for item in items
    ]


def open_items(items: Sequence[OpenItem], receivables: frozenset[str]) -> tuple[Posting, ...]:
    """Return the open items at the start of the year that are on receivables and name their document."""
    return tuple(
        Posting(
            item.line,
            item.account,
            item.amount,
            customer=item.customer,
            document=item.document,
            document_date=item.document_date,
            due_date=item.due_date,
        )
        for item in items
        if item.customer
        and item.document
        and (item.account in receivables or (not item.account and item.is_sale is True))
    )
