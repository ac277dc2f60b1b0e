"""An audit file as rows: balances of the receivables, turnover, customers, and invoices where exact."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from data.errors import RefusedFileError
from data.grains import BY_NAME
from data.importers import audit_reasons as reasons
from data.importers.formats.audit.balances import LedgerBalances, balances
from data.importers.formats.audit.billings import MonthTurnover, turnover
from data.importers.formats.audit.documents import LedgerDocuments, LedgerSettlement, documents
from data.importers.formats.audit.ledger import ZERO, AuditFile, Chart, FreeLines
from data.importers.formats.audit.notes import file_notes
from data.importers.formats.extract import DocumentRefusal, Extract, Row
from data.message_templates import Message

ROWS = ("auto", "open_items", "check", "beside")
_CENT = Decimal("0.01")


def require_options(options: Mapping[str, str], name: str) -> None:
    """Refuse options that say nothing that is known.

    Raises:
        RefusedFileError: `rows` is none of auto, open_items and check.
    """
    if (rows := options.get("rows") or "auto") not in ROWS:
        raise RefusedFileError(reasons.AUDIT_ROWS(name=name, value=rows))


def extract_of(
    file: AuditFile, chart: Chart, options: Mapping[str, str], refusals: Sequence[DocumentRefusal] = ()
) -> Extract:
    """Return the rows of an audit file.

    Args:
        file: what it says.
        chart: which of its accounts are the receivables, and what others are for.
        options: `rows`: open_items takes invoices and payments whatever they leave open, check takes none;
            auto, the usual one, takes them only if they are all of the receivables, to the cent, and, as
            whoever loads the file sees to, no other source brings them: then it is beside. `entity`: the
            administration that balances, turnover and documents are of.
        refusals: rows of the file that cannot be read, each on a line of its own.
    """
    stated = balances(file, chart)
    months = turnover(file, chart)
    notes = file_notes(file, chart, stated)
    entity = options.get("entity", "")
    taken, why = _documents(file, chart, stated, options)
    notes = [*notes, *_turnover_notes(file, months), *why]
    # Lines of the file first; what is worked out from several lines takes a line that is left.
    lines = FreeLines()
    refused = [DocumentRefusal(lines.take(each.line), each.reason, each.raw) for each in refusals]
    rows: dict[str, list[Row]] = {}
    if taken is not None:
        refused += [DocumentRefusal(lines.take(each.line), each.reason, each.raw) for each in taken.refusals]
        rows |= _document_rows(file, taken, entity, lines)
    rows |= {
        "customers": [
            Row(lines.take(party.line), party.cells) for party in file.parties if party.is_customer
        ],
        "ledger_balances": _balance_rows(file, stated, entity, lines),
        "turnover": _turnover_rows(file, months, entity, lines),
    }
    if not any(rows.values()) and not refused:
        notes.append(reasons.ONLY_PAYABLES())
    rows = {kind: stated_rows(kind, each) for kind, each in rows.items()}
    return Extract(_kind(rows), {kind: each for kind, each in rows.items() if each}, refused, tuple(notes))


def stated_rows(kind: str, rows: Sequence[Row]) -> list[Row]:
    """Return rows of a grain without the columns that none of them fills, where these may be empty.

    A file that has no due date, address or administration at all says nothing of them: what other files said
    stays.
    """
    filled = {column for row in rows for column, text in row.cells.items() if text}
    filled |= {column.name for column in BY_NAME[kind].columns if not column.may_be_empty}
    return [
        replace(row, cells={column: text for column, text in row.cells.items() if column in filled})
        for row in rows
    ]


def _kind(rows: Mapping[str, list[Row]]) -> str:
    """Return the grain a file is named by: what it is mostly loaded for of what it has."""
    for kind in ("invoices", "payments", "ledger_balances", "turnover", "customers"):
        if rows.get(kind):
            return kind
    return "ledger_balances"


def _documents(
    file: AuditFile, chart: Chart, stated: LedgerBalances, options: Mapping[str, str]
) -> tuple[LedgerDocuments | None, list[Message]]:
    """Return the documents that are taken, None for none, and the sentences that say which and why."""
    if not chart.receivables:
        return None, []
    taken = documents(file, chart)
    if not (taken.invoices or taken.settlements or taken.refusals):
        return None, []
    doubt = taken.doubt or (None if stated.is_sure else reasons.BALANCE_IN_DOUBT())
    if options.get("rows") == "check":
        return None, [reasons.CHECK_AS_TOLD()]
    if options.get("rows") == "beside":
        return None, [reasons.CHECK_BESIDE_OTHERS()]
    if doubt is not None and options.get("rows") != "open_items":
        return None, [reasons.WITHOUT_DOCUMENTS(doubt=doubt)]
    counts = {"invoices": len(taken.invoices), "settlements": len(taken.settlements)}
    sentence = (
        reasons.WITH_DOCUMENTS(**counts)
        if doubt is None
        else reasons.DOCUMENTS_AS_TOLD(**counts, doubt=doubt)
    )
    empty = [reasons.EMPTY_DOCUMENTS(count=taken.empty)] if taken.empty else []
    return taken, [sentence, *empty]


def _turnover_notes(file: AuditFile, months: list[MonthTurnover]) -> list[Message]:
    if file.has_gaps:
        return [reasons.TURNOVER_UNSURE()]
    if not months:
        return []
    total = sum((month.amount for month in months), ZERO)
    part = [] if file.is_complete else [reasons.PART_OF_MONTH()]
    return [reasons.TURNOVER(count=len(months), amount=total), *part]


def _balance_rows(file: AuditFile, stated: LedgerBalances, entity: str, lines: FreeLines) -> list[Row]:
    return [
        Row(
            lines.take(line),
            {
                "balance_date": day.isoformat(),
                "entity": entity,
                "currency": file.currency,
                "balance": money(balance),
            },
            raw=f"{day.isoformat()} {balance}",
        )
        for day, (balance, line) in sorted(stated.days.items())
    ]


def _turnover_rows(file: AuditFile, months: list[MonthTurnover], entity: str, lines: FreeLines) -> list[Row]:
    return [
        Row(
            lines.take(month.line),
            {
                "from_date": month.first_day.isoformat(),
                "to_date": month.last_day.isoformat(),
                "entity": entity,
                "currency": file.currency,
                "part": file.part,
                "amount": money(month.amount),
            },
            raw=f"{month.first_day.isoformat()} {month.last_day.isoformat()} {month.amount}",
        )
        for month in months
    ]


def _document_rows(
    file: AuditFile, taken: LedgerDocuments, entity: str, lines: FreeLines
) -> dict[str, list[Row]]:
    invoices = [
        Row(
            lines.take(each.line),
            {
                "invoice_id": each.document,
                "customer_id": each.customer,
                "invoice_type": "invoice" if each.amount > 0 else "credit_note",
                "invoice_date": each.day.isoformat(),
                "due_date": "" if each.due_date is None else each.due_date.isoformat(),
                "currency": file.currency,
                "amount": money(each.amount),
                "entity": entity,
            }
            | ({} if each.vat_amount is None else {"vat_amount": money(each.vat_amount)}),
            raw=f"{each.day.isoformat()} {each.customer} {each.document} {each.amount}",
        )
        for each in taken.invoices
    ]
    # Equal keys in one file are told apart by their place among one another.
    seen: Counter[tuple[str, str, str, bool]] = Counter()
    settlements = []
    for each in taken.settlements:
        line = lines.take(each.line)
        for kind, amount in ((each.kind, each.amount), ("discount", each.discount)):
            if amount:
                key = (each.number, each.document, kind, amount > 0)
                seen[key] += 1
                part = f"{seen[key]}" if seen[key] > 1 else ""
                cells = _settlement_cells(file, each, entity) | {
                    "amount": money(amount), "kind": kind, "part": part,
                }  # fmt: skip
                raw = f"{each.day.isoformat()} {each.number} {each.customer} {each.document} {amount}"
                settlements.append(Row(line, cells, raw=raw))
    return {"invoices": invoices, "payments": settlements}


def _settlement_cells(file: AuditFile, each: LedgerSettlement, entity: str) -> dict[str, str]:
    return {
        "payment_id": each.number,
        "customer_id": each.customer,
        "invoice_id": each.document,
        "payment_date": each.day.isoformat(),
        "currency": file.currency,
        "entity": entity,
    }


def money(amount: Decimal) -> str:
    """Return an amount as native files write it; one of more than two decimals keeps them, and is refused."""
    cents = amount.quantize(_CENT)
    return f"{cents if cents == amount else amount.normalize():f}"
