"""XML Auditfile Financieel: CLAIR2 (2003) and XAF 3.0 to 4.0, as the Belastingdienst asks for them.

Source: XML Auditfile Financieel 3.2 (2014, 2017) and 4.0 (2025), functional hierarchies; CLAIR2.00.00 (2003).
Elements are known by their local names: files come with the official namespace, another one or none.
"""

from collections.abc import Mapping
from dataclasses import replace

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.formats.audit.audit_extract import extract_of, require_options
from data.importers.formats.audit.elements import audit_root, local_name
from data.importers.formats.audit.ledger import (
    ZERO,
    AuditFile,
    Chart,
    FiscalYear,
    JournalEntry,
    totals_by_account,
)
from data.importers.formats.audit.subledgers import open_items
from data.importers.formats.audit.xaf_chart import chart_of
from data.importers.formats.audit.xaf_reader import XafBook, XafReader
from data.importers.formats.extract import Extract
from data.importers.formats.xml import root_tag
from data.message_templates import Message


def recognises(content: bytes) -> bool:
    """Return whether the root is that of an XML Auditfile; SAF-T's is spelt AuditFile."""
    tag = root_tag(content)
    if tag is None:
        return False
    namespace, _brace, name = tag.rpartition("}")
    return name == "auditfile" or (name.lower() == "auditfile" and "auditfile" in namespace.lower()
                                   and "standard" not in namespace.lower())  # fmt: skip


def extract(content: bytes, name: str, options: Mapping[str, str]) -> Extract:
    """Return balances, turnover, customers, and invoices where they are exact, of an XML Auditfile.

    Args:
        content: the bytes of the file.
        name: of the file, printable, for sentences.
        options: `rows`, `entity` as `extract_of` has them; `accounts`: the accounts of the receivables, with
            spaces or commas between them, where the file does not tell.

    Raises:
        RefusedFileError: it is damaged, or an amount or day in it cannot be read.
    """
    require_options(options, name)
    root, others = audit_root(content, name)
    if local_name(root) != "auditfile":
        raise RefusedFileError(reasons.NOT_AUDIT_FILE(name=name, format="XML Auditfile"))
    book = XafReader(name, root).book()
    chart = chart_of(book.chart, book.entries, book.parties, options, name)
    file = _audit_file(book, chart, others)
    return extract_of(file, chart, options)


def _audit_file(book: XafBook, chart: Chart, others: list[Message]) -> AuditFile:
    postings = [posting for entry in book.entries for posting in entry.postings]
    mine = [posting for posting in postings if posting.account in chart.receivables]
    has_invoices = any(posting.document for posting in mine)
    entries = book.entries
    if not has_invoices:
        entries = [_by_voucher(entry, chart) for entry in entries]
    entries, year, doubts = _with_opening(book, entries, chart)
    year = replace(year, opening_documents=open_items(book.items, chart.receivables))
    used = {posting.customer for posting in mine}
    parties = [
        replace(party, is_customer=party.number in used) if party.is_customer is None else party
        for party in book.parties
    ]
    return AuditFile(
        format=book.format,
        company=book.company,
        currency=book.currency,
        made=book.made,
        years=[year],
        entries=entries,
        parties=parties,
        result_accounts=frozenset(book.chart.results),
        counted=book.counted,
        declared=book.declared,
        documents_by="invoice" if has_invoices else "voucher",
        doubt=_doubt(book, chart),
        others=[*others, *doubts],
    )


def _doubt(book: XafBook, chart: Chart) -> Message | None:
    """Return the clause about a subledger that does not come to the receivables; None if it does."""
    pairs = [
        (posting.amount, total) for posting, total in book.undetailed if posting.account in chart.receivables
    ]
    if not pairs:
        return None
    booked = sum((amount for amount, _total in pairs), ZERO)
    detailed = sum((total for _amount, total in pairs), ZERO)
    return reasons.SUBLEDGER_DIFFERS(count=len(pairs), subledger=detailed, accounts=booked)


def _by_voucher(entry: JournalEntry, chart: Chart) -> JournalEntry:
    """Return an entry whose lines on receivables name their voucher as their document."""
    return replace(
        entry,
        postings=tuple(
            replace(posting, document=posting.voucher) if posting.account in chart.receivables else posting
            for posting in entry.postings
        ),
    )


def _with_opening(
    book: XafBook, entries: list[JournalEntry], chart: Chart
) -> tuple[list[JournalEntry], FiscalYear, list[Message]]:
    """Return the entries with their kinds, and the year with its opening balance.

    The opening is stated in an element of its own, or as entries in period 0 or in an opening journal on the
    first day. Where both are there and agree it is one opening, stated twice. A journal of type O that does
    not agree is one of other entries, as it is from version 4.0 on.
    """
    booked = totals_by_account(
        posting for entry in entries if entry.kind == "opening" for posting in entry.postings
    )
    if not any(entry.kind == "opening" for entry in entries):
        return entries, book.year, []
    if not book.year.opening:
        return entries, replace(book.year, opening=booked), []
    opening = book.year.opening
    accounts = chart.receivables & (booked.keys() | opening.keys())
    if all(booked.get(account, ZERO) == opening.get(account, ZERO) for account in accounts):
        return entries, book.year, []
    ordinary = [
        replace(entry, kind="") if entry.kind == "opening" and not entry.is_in_period_0 else entry
        for entry in entries
    ]
    doubts = []
    if any(entry.kind == "opening" for entry in ordinary):
        stated = sum((opening.get(account, ZERO) for account in accounts), ZERO)
        in_entries = sum((booked.get(account, ZERO) for account in accounts), ZERO)
        doubts.append(reasons.OPENING_TWICE(stated=stated, booked=in_entries))
    return ordinary, book.year, doubts
