"""The sales invoices of a SAF-T file, as entries of a sales journal: what programs that only invoice write.

Source: SAF-T (PT) 1.04_01 and OECD SAF-T 2.00, SourceDocuments/SalesInvoices.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from data.importers.formats.audit.elements import amount_of, child, children, fields, first, line_of
from data.importers.formats.audit.ledger import ZERO, JournalEntry, Posting
from data.importers.formats.xml import Element

SALES, RECEIVABLES, CASH = "SalesInvoices/sales", "SalesInvoices", "SalesInvoices/cash"
_CREDIT_NOTES = frozenset({"NC", "381", "CN"})
_PAID_AT_ONCE = frozenset({"FR"})
_CANCELLED = frozenset({"A"})


def sales_entries(root: Element, name: str, day: Callable[[str, int], date]) -> list[JournalEntry]:
    """Return an entry per invoice that was not cancelled, in the order of the file.

    Args:
        root: of the file.
        name: of the file, for refusals.
        day: reads a day at a line.
    """
    documents = child(child(root, "sourcedocuments"), "salesinvoices")
    entries = []
    for element in children(documents, "invoice"):
        texts, line = fields(element), line_of(element)
        status = child(element, "documentstatus")
        if status is None or fields(status).get("invoicestatus") not in _CANCELLED:
            amount = _gross(element, name)
            if texts.get("invoicetype", "").upper() in _CREDIT_NOTES:
                amount = -abs(amount)
            customer = texts.get("customerid") or _customer(element)
            number = texts.get("invoiceno", "")
            postings = [
                Posting(line, RECEIVABLES, amount, customer=customer, document=number),
                Posting(line, SALES, -amount),
            ]
            booked = day(first(texts, "invoicedate"), line)
            entries.append(JournalEntry(line, "", number, booked, "sales", tuple(postings)))
            if texts.get("invoicetype", "").upper() in _PAID_AT_ONCE:
                paid = (
                    Posting(line, CASH, amount),
                    Posting(line, RECEIVABLES, -amount, customer=customer, document=number),
                )
                entries.append(JournalEntry(line, "", number, booked, "money", paid))
    return entries


def _gross(element: Element, name: str) -> Decimal:
    totals = child(element, "documenttotals", "invoicedocumenttotals")
    text = "" if totals is None else fields(totals).get("grosstotal", "")
    return amount_of(text, line_of(element), name) if text else ZERO


def _customer(element: Element) -> str:
    info = child(element, "customerinfo")
    return "" if info is None else fields(info).get("customerid", "")
