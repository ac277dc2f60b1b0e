"""SAF-T: the standard audit file of the OECD, as Norway has it, and Portugal and others where it is the same.

Source: Norwegian SAF-T Financial 1.0 to 1.3 (Skatteetaten); SAF-T (PT) 1.04_01; OECD SAF-T 2.00. Elements are
known by their local names.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.formats.audit import saft_parties, saft_sales
from data.importers.formats.audit.audit_extract import extract_of, require_options
from data.importers.formats.audit.balances import month_end, month_ends
from data.importers.formats.audit.billings import accounts_in_credit
from data.importers.formats.audit.elements import (
    amount_of,
    audit_root,
    child,
    children,
    currency_of,
    day_of,
    fields,
    first,
    is_amount,
    line_of,
    local_name,
)
from data.importers.formats.audit.ledger import (
    ZERO,
    AuditFile,
    Chart,
    FiscalYear,
    JournalEntry,
    LedgerAccount,
    LedgerParty,
    LineTotals,
    Posting,
)
from data.importers.formats.audit.xaf_chart import accounts_by_option
from data.importers.formats.extract import Extract
from data.importers.formats.xml import Element, root_tag
from data.message_templates import Message

_LINES = ("line", "transactionline", "debitline", "creditline")
# Accounts of a chart that add up others, in the Portuguese form.
_SUMS = frozenset({"GR", "GA", "AR", "AA"})
# Beginnings of account numbers: receivables, money, sales, VAT to pay, profit and loss.
_NORWAY = (("1500", "1510"), ("19",), ("3",), ("27",), ("3", "4", "5", "6", "7", "8"))
_PORTUGAL = (("211",), ("11", "12"), ("71", "72"), ("2433",), ("6", "7"))


def recognises(content: bytes) -> bool:
    """Return whether the root is AuditFile, as the OECD spells it."""
    tag = root_tag(content)
    return tag is not None and tag.rpartition("}")[2] == "AuditFile"


def extract(content: bytes, name: str, options: Mapping[str, str]) -> Extract:
    """Return balances, turnover, customers, and invoices where they are exact, of a SAF-T file.

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
        raise RefusedFileError(reasons.NOT_AUDIT_FILE(name=name, format="SAF-T"))
    return _Reader(name, root).extract(options, others)


class _Reader:
    """Reads one file."""

    def __init__(self, name: str, root: Element) -> None:
        self.name = name
        self.root = root
        header = child(root, "header")
        if header is None:
            raise RefusedFileError(reasons.AUDIT_MISSING(name=name, element="Header", line=1))
        self.header_element = header
        self.header = fields(header)
        self.master = child(root, "masterfiles")
        self.accounts: dict[str, LedgerAccount] = {}
        self.opening: dict[str, Decimal] = {}
        self.closing: dict[str, Decimal] = {}
        self.debit = self.credit = ZERO
        self.lines = 0

    def extract(self, options: Mapping[str, str], others: list[Message]) -> Extract:
        """Return the rows of the file."""
        self.currency = currency_of(first(self.header, "defaultcurrencycode", "currencycode"), self.name)
        self._read_accounts()
        entries = self._entries()
        transactions = len(entries)
        parties, accounts = saft_parties.parties(self.master, self.name)
        chart = self._chart(entries, accounts, options)
        if not entries and not self.opening:
            entries = saft_sales.sales_entries(self.root, self.name, self._day)
            chart = _chart_of_sales(chart) if entries else chart
        others = [*others, *self._take_balances_of_customers(parties, chart)]
        made = first(self.header, "auditfiledatecreated", "datecreated")
        mine = [
            posting for entry in entries for posting in entry.postings if posting.account in chart.receivables
        ]
        has_references = any(posting.document for posting in mine)
        if not has_references:
            entries = [_by_voucher(entry) for entry in entries]
        file = AuditFile(
            format=self._format(),
            company=self._company(),
            currency=self.currency,
            made=self._day(made, 1) if made else None,
            years=[replace(self._year(), has_entries=bool(entries))],
            entries=entries,
            parties=parties,
            result_accounts=frozenset(number for number, each in self.accounts.items() if each.is_result),
            counted=LineTotals(self.lines, self.debit, self.credit),
            declared=self._declared(transactions),
            documents_by="invoice" if has_references else "voucher",
            others=others,
        )
        return extract_of(file, chart, options)

    def _take_balances_of_customers(self, parties: list[LedgerParty], chart: Chart) -> list[Message]:
        """Take what customers owe as the balance of their account, where the ledger has none; say so."""
        if not chart.receivables or chart.receivables & (self.opening.keys() | self.closing.keys()):
            return []
        account, notes = min(chart.receivables), []
        for balances, stated in (
            (self.opening, [party.opening for party in parties if party.is_customer]),
            (self.closing, [party.closing for party in parties if party.is_customer]),
        ):
            known = [balance for balance in stated if balance is not None]
            if known:
                balances[account] = sum(known, ZERO)
                notes = [reasons.BALANCES_OF_CUSTOMERS()]
        return notes

    def _format(self) -> str:
        version = self.header.get("auditfileversion", "")
        country = self.header.get("auditfilecountry", "") or ("PT" if self._is_portuguese() else "")
        return " ".join(filter(None, ("SAF-T", country, version[:20])))

    def _is_portuguese(self) -> bool:
        return ":pt" in str(self.root.tag).lower() or (
            "taxaccountingbasis" in self.header and ("fiscalyear" in self.header)
        )

    def _company(self) -> str:
        company = child(self.header_element, "company")
        return first({} if company is None else fields(company), "name") or self.header.get("companyname", "")

    def _day(self, text: str, line: int) -> date:
        return day_of(text, line, self.name)

    def _year(self) -> FiscalYear:
        first_day, last_day = self._span()
        return FiscalYear(
            first_day,
            last_day,
            month_ends(first_day, last_day),
            line_of(self.header_element),
            opening=self.opening or None,
            closing=self.closing or None,
        )

    def _span(self) -> tuple[date, date]:
        element = child(self.header_element, "selectioncriteria")
        texts = self.header if element is None else self.header | fields(element)
        line = line_of(self.header_element)
        days = []
        for key, period in (("start", "start"), ("end", "end")):
            text = first(texts, f"selection{key}date", f"{key}date")
            year, month = texts.get(f"period{period}year", ""), texts.get(f"period{period}", "")
            if not text and re.fullmatch("[0-9]{4}", year) and re.fullmatch("[0-9]{1,2}", month):
                text = f"{year}-{min(max(int(month), 1), 12):02d}-01"
                days.append(month_end(self._day(text, line)) if key == "end" else self._day(text, line))
            elif text:
                days.append(self._day(text, line))
            else:
                missing = "SelectionStartDate" if key == "start" else "SelectionEndDate"
                raise RefusedFileError(reasons.AUDIT_MISSING(name=self.name, element=missing, line=line))
        if days[0] > days[1]:
            raise RefusedFileError(reasons.AUDIT_DATE(name=self.name, value=days[1].isoformat(), line=line))
        return days[0], days[1]

    def _read_accounts(self) -> None:
        elements = [*children(self.master, "generalledgeraccounts"), *children(self.master, "generalledger")]
        for group in elements:
            for element in (group, *children(group, "account")):
                texts = fields(element)
                number = texts.get("accountid", "")
                if not number or texts.get("groupingcategory", "") in _SUMS:
                    continue
                code = first(texts, "standardaccountid", "groupingcode") or number
                is_result = texts.get("accounttype", "").lower() in {"income", "expense", "revenue", "sale"}
                prefixes = self._prefixes()
                is_result = is_result or (
                    prefixes is not None and _chart_code(code, number).startswith(prefixes[4])
                )
                self.accounts[number] = LedgerAccount(
                    texts.get("accountdescription", ""), _chart_code(code, number), is_result
                )
                for stem, balances in (("opening", self.opening), ("closing", self.closing)):
                    balance = saft_parties.balance(texts, stem, line_of(element), self.name)
                    if balance is not None:
                        balances[number] = balance

    def _prefixes(self) -> tuple[tuple[str, ...], ...] | None:
        if self.header.get("auditfilecountry", "") == "NO" or ":no" in str(self.root.tag).lower():
            return _NORWAY
        return _PORTUGAL if self._is_portuguese() else None

    def _entries(self) -> list[JournalEntry]:
        entries = []
        for journal in children(child(self.root, "generalledgerentries"), "journal"):
            number = fields(journal).get("journalid", "")
            for element in children(journal, "transaction"):
                entry = self._entry(element, number)
                entries.append(entry)
        return entries

    def _entry(self, element: Element, journal: str) -> JournalEntry:
        texts, line = fields(element), line_of(element)
        day = (
            first(texts, "glpostingdate", "transactiondate")
            if self._is_portuguese()
            else first(texts, "transactiondate", "glpostingdate")
        )
        if not day:
            raise RefusedFileError(
                reasons.AUDIT_MISSING(name=self.name, element="TransactionDate", line=line)
            )
        customer = texts.get("customerid", "")
        postings = []
        for group in (element, *children(element, "lines")):
            postings += [self._posting(each, customer) for each in children(group, *_LINES)]
        return JournalEntry(
            line, journal, texts.get("transactionid", ""), self._day(day, line), "", tuple(postings)
        )

    def _posting(self, element: Element, customer: str) -> Posting:
        texts, line = fields(element), line_of(element)
        debit, is_foreign = self._side(element, "debitamount")
        credit, is_foreign_too = self._side(element, "creditamount")
        if debit is None and credit is None:
            raise RefusedFileError(reasons.AUDIT_MISSING(name=self.name, element="DebitAmount", line=line))
        self.lines += 1
        self.debit += debit or ZERO
        self.credit += credit or ZERO
        amount = (debit or ZERO) - (credit or ZERO)
        # A payment says in CrossReference which invoice it pays.
        references = ("crossreference", "referencenumber") if amount < 0 else ("referencenumber",)
        due = texts.get("duedate", "")
        return Posting(
            line,
            texts.get("accountid", ""),
            amount,
            customer=texts.get("customerid", "") or customer,
            document=first(texts, *references),
            voucher=texts.get("sourcedocumentid", ""),
            due_date=self._day(due, line) if due else None,
            is_foreign=is_foreign or is_foreign_too,
        )

    def _side(self, element: Element, side: str) -> tuple[Decimal | None, bool]:
        """Return one side of a line, in a field or in an element with an amount; None if it is not there."""
        inner = child(element, side)
        if inner is None:
            return None, False
        texts = fields(inner)
        text = texts.get("amount", "") if len(inner) else (inner.text or "").strip()
        code = texts.get("currencycode", "")
        return amount_of(text, line_of(inner), self.name), code not in {"", self.currency}

    def _declared(self, transactions: int) -> LineTotals | None:
        element = child(self.root, "generalledgerentries")
        if element is None:
            return None
        texts = fields(element)
        count = texts.get("numberofentries", "")
        number = int(count) if re.fullmatch("[0-9]{1,12}", count) else None
        # Some programs count transactions, as the schema asks, and some lines.
        lines = self.lines if number in {transactions, self.lines} else number
        debit, credit = (texts.get(f"total{side}", "") for side in ("debit", "credit"))
        return LineTotals(
            lines,
            Decimal(debit) if is_amount(debit) else None,
            Decimal(credit) if is_amount(credit) else None,
        )

    def _chart(
        self, entries: Sequence[JournalEntry], of_customers: set[str], options: Mapping[str, str]
    ) -> Chart:
        booked = {posting.account for entry in entries for posting in entry.postings}
        known = booked | self.accounts.keys()
        receivables, origin = accounts_by_option(options, known, self.name)
        prefixes = self._prefixes()
        if not receivables and of_customers & known:
            receivables = frozenset(of_customers & known)
            origin = reasons.ACCOUNTS_OF_CUSTOMERS(accounts=", ".join(sorted(receivables)))
        if not receivables and prefixes is not None:
            receivables = self._with_code(known, prefixes[0])
            chart = "NS 4102" if prefixes is _NORWAY else "SNC"
            if receivables:
                origin = reasons.ACCOUNTS_BY_CHART(accounts=", ".join(sorted(receivables)), chart=chart)
        if prefixes is None:
            others = frozenset(booked) - receivables
            in_credit = accounts_in_credit(entries, receivables, others)
            return Chart(receivables, origin, money=others - in_credit, revenue=in_credit)
        return Chart(
            receivables,
            origin,
            money=self._with_code(known, prefixes[1]) - receivables,
            revenue=self._with_code(known, prefixes[2]),
            tax=self._with_code(known, prefixes[3]),
        )

    def _with_code(self, known: Iterable[str], starts: tuple[str, ...]) -> frozenset[str]:
        codes: dict[str, str] = defaultdict(str)
        for number in known:
            account = self.accounts.get(number)
            codes[number] = number if account is None else account.code
        return frozenset(number for number, code in codes.items() if code.startswith(starts))


def _chart_code(code: str, number: str) -> str:
    """Return the number of an account in the national chart: its own where the standard one is less exact."""
    return number if number.startswith(code) else code


def _chart_of_sales(chart: Chart) -> Chart:
    """Return the chart of a file that has sales invoices in place of a ledger."""
    return replace(
        chart,
        receivables=frozenset({saft_sales.RECEIVABLES}),
        origin=reasons.ACCOUNTS_OF_INVOICES(),
        money=frozenset({saft_sales.CASH}),
        revenue=frozenset({saft_sales.SALES}),
    )


def _by_voucher(entry: JournalEntry) -> JournalEntry:
    return replace(
        entry, postings=tuple(replace(posting, document=posting.voucher) for posting in entry.postings)
    )
