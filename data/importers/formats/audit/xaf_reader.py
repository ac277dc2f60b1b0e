"""Reading an XML Auditfile, element by element, before it is known which accounts are the receivables."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.formats.audit.balances import month_ends
from data.importers.formats.audit.elements import (
    Fields,
    amount_of,
    child,
    children,
    currency_of,
    day_of,
    fields,
    first,
    is_amount,
    line_of,
    printable,
)
from data.importers.formats.audit.ledger import (
    ZERO,
    FiscalYear,
    JournalEntry,
    JournalKind,
    LedgerAccount,
    LedgerParty,
    LineTotals,
    Posting,
)
from data.importers.formats.audit.subledgers import OpenItem, Subledgers, split, subledgers
from data.importers.formats.audit.xaf_chart import XafChart
from data.importers.formats.xml import Element

_VERSION = re.compile(r"([0-9]\.[0-9](?:\.[0-9])?)$")
_IS_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_KINDS: Mapping[str, JournalKind] = {"s": "sales", "b": "money", "c": "money", "o": "opening"}
# CLAIR2 has no codes: programs write a word.
_WORDS: Mapping[str, JournalKind] = {
    "verko": "sales",
    "sales": "sales",
    "bank": "money",
    "kas": "money",
    "giro": "money",
    "cash": "money",
    "begin": "opening",
    "openi": "opening",
}
_CUSTOMER_TYPES = {"c": True, "b": True, "s": False, "o": False}


@dataclass
class XafBook:
    """A file as read, before it is known which accounts are the receivables.

    Attributes:
        items: open items at the start of the year.
        undetailed: lines whose subledger comes to another amount, with that amount.
        chart: its accounts; the other attributes are those of an `AuditFile`.
    """

    format: str
    company: str
    currency: str
    made: date | None
    year: FiscalYear
    entries: list[JournalEntry]
    parties: list[LedgerParty]
    chart: XafChart
    counted: LineTotals
    declared: LineTotals | None
    items: list[OpenItem]
    undetailed: list[tuple[Posting, Decimal]]


class XafReader:
    """Reads one file."""

    def __init__(self, name: str, root: Element) -> None:
        self.name = name
        self.root = root
        header = child(root, "header")
        self.header = {} if header is None else fields(header)
        company = child(root, "company")
        # CLAIR2 has no such element: its parts stand in the root, its company in the header.
        self.company = root if company is None and "auditfileversion" in self.header else company
        self.debit = self.credit = ZERO
        self.lines = 0
        self.undetailed: list[tuple[Posting, Decimal]] = []

    def book(self) -> XafBook:
        """Return what the file says."""
        if self.company is None:
            raise RefusedFileError(reasons.XAF_WITHOUT_COMPANY(name=self.name))
        self.currency = currency_of(first(self.header, "curcode", "currencycode"), self.name)
        made = self.header.get("datecreated", "")
        transactions = child(self.company, "transactions")
        ledgers = subledgers(transactions, self.name)
        year = self._year()
        chart = self._chart()
        entries = self._entries(transactions, ledgers, chart, year.first_day)
        return XafBook(
            format=self._format(),
            company=first(fields(self.company) | self.header, "companyname"),
            currency=self.currency,
            made=day_of(made, 1, self.name) if made else None,
            year=replace(year, has_entries=bool(entries)),
            entries=entries,
            parties=self._parties(),
            chart=chart,
            counted=LineTotals(self.lines, self.debit, self.credit),
            declared=self._declared(transactions),
            items=self._open_items(),
            undetailed=self.undetailed,
        )

    def _format(self) -> str:
        version = _VERSION.search(str(self.root.tag).rpartition("}")[0])
        if "clair2" in self.header.get("auditfileversion", "").lower():
            return "XAF 2 (CLAIR2)"
        return f"XAF {version[1]}" if version else "XAF"

    def _year(self) -> FiscalYear:
        first_day, last_day = self._span()
        ends = set()
        line = 1
        for period in children(child(self.company, "periods"), "period"):
            texts = fields(period)
            line = line_of(period)
            end = texts.get("enddateperiod", "")
            if end and texts.get("periodnumber", "").lstrip("0"):
                day = day_of(end, line, self.name)
                ends |= {day} if first_day <= day <= last_day else set()
        return FiscalYear(
            first_day,
            last_day,
            tuple(sorted(ends)) or month_ends(first_day, last_day),
            line,
            opening=self._opening(),
        )

    def _span(self) -> tuple[date, date]:
        year = self.header.get("fiscalyear", "")
        ends = {"startdate": f"{year}-01-01", "enddate": f"{year}-12-31"}
        days = []
        for key, usual in ends.items():
            text = self.header.get(key, "") or (usual if _IS_YEAR.fullmatch(year) else "")
            if not text:
                raise RefusedFileError(reasons.AUDIT_MISSING(name=self.name, element=key, line=1))
            days.append(day_of(text, 1, self.name))
        if days[0] > days[1]:
            raise RefusedFileError(reasons.AUDIT_DATE(name=self.name, value=days[1].isoformat(), line=1))
        return days[0], days[1]

    def _opening(self) -> dict[str, Decimal] | None:
        """Return the opening balance per account, None if the element is not there or empty."""
        opening: dict[str, Decimal] = defaultdict(lambda: ZERO)
        element = child(self.company, "openingbalance")
        for line in children(element, "obline"):
            texts = fields(line)
            opening[texts.get("accid", "")] += self._signed(texts, line)
        return None if element is None else dict(opening)

    def _open_items(self) -> list[OpenItem]:
        opening = child(self.company, "openingbalance")
        accounts = {}
        for line in children(opening, "obline"):
            texts = fields(line)
            accounts[texts.get("nr", "")] = texts.get("accid", "")
        items = []
        for ledger in children(child(opening, "obsubledgers"), "obsubledger"):
            for element in children(ledger, "obsbline"):
                texts = fields(element)
                account = texts.get("accid") or accounts.get(texts.get("oblinenr", ""), "")
                amount = self._signed(texts, element)
                items.append(OpenItem.of(texts, account, amount, line_of(element), self.name))
        return items

    def _chart(self) -> XafChart:
        chart = XafChart()
        ledger = child(self.company, "generalledger")
        for element in children(ledger, "ledgeraccount"):
            texts = fields(element)
            number = first(texts, "accid", "accountid")
            kind = first(texts, "acctp", "accounttype")[:1].lower()
            concepts = [
                fields(entry).get("conceptref", "")
                for taxonomy in children(element, "taxonomy")
                for entry in children(taxonomy, "entrypoint")
            ]
            chart.accounts[number] = LedgerAccount(
                first(texts, "accdesc", "accountdesc"),
                chart.code((texts.get("rgscode", ""), *concepts, *self._leads(texts))),
                kind in {"p", "w", "v"},
            )
        for taxonomies in children(ledger, "taxonomies"):
            for taxonomy in children(taxonomies, "taxonomy"):
                for element in children(taxonomy, "taxoelement"):
                    texts = fields(element)
                    chart.add_code(texts.get("glaccid", ""), texts.get("txcd", ""))
        for element in children(child(self.company, "vatcodes"), "vatcode"):
            texts = fields(element)
            chart.vat_to_pay.add(texts.get("vattopayaccid", ""))
            chart.vat_to_claim.add(texts.get("vattoclaimaccid", ""))
        return chart

    @staticmethod
    def _leads(texts: Fields) -> list[str]:
        return [texts.get(key, "") for key in ("leadreference", "leadcode", "leadcrossref")]

    def _parties(self) -> list[LedgerParty]:
        return [
            self._party(element)
            for element in children(child(self.company, "customerssuppliers"), "customersupplier")
        ]

    def _party(self, element: Element) -> LedgerParty:
        texts = fields(element)
        address = child(element, "streetaddress")
        place = {} if address is None else fields(address)
        street = " ".join(
            filter(
                None,
                (first(place, "streetname", "address"), place.get("number"), place.get("numberextension")),
            )
        )
        limit = texts.get("custcreditlimit", "")
        cells = {
            "customer_id": texts.get("custsupid", ""),
            "customer_name": first(texts, "custsupname", "companyname"),
            "country": place.get("country", ""),
            "street": street,
            "postcode": place.get("postalcode", ""),
            "city": place.get("city", ""),
            "email": texts.get("email", ""),
            "phone": texts.get("telephone", ""),
            "contact_name": texts.get("contact", ""),
            # Programs write a limit of zero for none.
            "credit_limit": limit if is_amount(limit) and Decimal(limit) else "",
        }
        return LedgerParty(
            line_of(element),
            cells,
            _is_customer(first(texts, "custsuptp", "type")),
            opening=self._stated_balance(texts, "opbal", element),
            closing=self._stated_balance(texts, "clbal", element),
        )

    def _stated_balance(self, texts: Fields, stem: str, element: Element) -> Decimal | None:
        """Return a balance of a party; before 4.0 the field of that name would hold words."""
        text, side = texts.get(f"{stem}desc", ""), texts.get(f"{stem}tp", "")
        if not is_amount(text) or not side:
            return None
        return self._with_side(Decimal(text), side, line_of(element))

    def _declared(self, transactions: Element | None) -> LineTotals | None:
        if transactions is None:
            return None
        texts = fields(transactions)
        count = first(texts, "linescount", "numberentries")
        debit, credit = texts.get("totaldebit", ""), texts.get("totalcredit", "")
        return LineTotals(
            int(count) if re.fullmatch(r"[0-9]{1,12}", count) else None,
            Decimal(debit) if is_amount(debit) else None,
            Decimal(credit) if is_amount(credit) else None,
        )

    def _entries(
        self, transactions: Element | None, ledgers: Subledgers, chart: XafChart, first_day: date
    ) -> list[JournalEntry]:
        entries = []
        for journal in children(transactions, "journal"):
            texts = fields(journal)
            number = first(texts, "jrnid", "journalid")
            kind = _journal_kind(first(texts, "jrntp", "type"))
            chart.add_journal(number, kind, texts.get("offsetaccid", ""))
            for element in children(journal, "transaction"):
                entry = self._entry(element, number, kind, ledgers)
                if entry.kind == "opening" and entry.day > first_day and not entry.is_in_period_0:
                    entry = replace(entry, kind="")
                entries.append(entry)
        return entries

    def _entry(self, element: Element, journal: str, kind: JournalKind, ledgers: Subledgers) -> JournalEntry:
        texts, line = fields(element), line_of(element)
        number = first(texts, "nr", "transactionid")
        postings: list[Posting] = []
        days = []
        for trline in children(element, "trline", "line"):
            posting, nr, day = self._posting(trline)
            details = ledgers.get((journal, number, nr), ())
            parts = split(posting, details)
            if details and parts == [posting]:
                self.undetailed.append((posting, sum((item.amount for item in details), ZERO)))
            postings += parts
            days.append(day)
        text = first(texts, "trdt", "transactiondate") or next(filter(None, days), "")
        if not text:
            raise RefusedFileError(reasons.AUDIT_MISSING(name=self.name, element="trDt", line=line))
        is_in_period_0 = re.fullmatch("0+", first(texts, "periodnumber", "period")) is not None
        return JournalEntry(
            line,
            journal,
            number,
            day_of(text, line, self.name),
            "opening" if is_in_period_0 else kind,
            tuple(postings),
            is_in_period_0,
        )

    def _posting(self, element: Element) -> tuple[Posting, str, str]:
        """Return a line as posting, with its number and its own day as written."""
        texts, line = fields(element), line_of(element)
        amount = self._signed(texts, element, is_counted=True)
        day = first(texts, "effdate", "effectivedate")
        currency = child(element, "currency")
        code = "" if currency is None else fields(currency).get("curcode", "")
        posting = Posting(
            line,
            first(texts, "accid", "accountid"),
            amount,
            customer=texts.get("custsupid", ""),
            document=texts.get("invref", ""),
            voucher=first(texts, "docref", "documentid"),
            document_date=day_of(day, line, self.name) if day else None,
            is_foreign=code not in {"", self.currency},
        )
        return posting, first(texts, "nr", "recordid"), day

    def _signed(self, texts: Fields, element: Element, *, is_counted: bool = False) -> Decimal:
        """Return the amount of a line, debit above 0: its side is beside it, or before 3.0 its field."""
        line = line_of(element)
        if "amnt" in texts:
            amount = self._with_side(amount_of(texts["amnt"], line, self.name), texts.get("amnttp", ""), line)
            debit = texts.get("amnttp", "").upper() == "D"
            sides = (amount, ZERO) if debit else (ZERO, -amount)
        else:
            amounts = [texts.get(key, "") or "0" for key in ("debitamount", "creditamount")]
            if not (texts.get("debitamount") or texts.get("creditamount")):
                raise RefusedFileError(reasons.AUDIT_MISSING(name=self.name, element="amnt", line=line))
            sides = (amount_of(amounts[0], line, self.name), amount_of(amounts[1], line, self.name))
            amount = sides[0] - sides[1]
        if is_counted:
            self.lines += 1
            self.debit += sides[0]
            self.credit += sides[1]
        return amount

    def _with_side(self, amount: Decimal, side: str, line: int) -> Decimal:
        match side.upper():
            case "D":
                return amount
            case "C":
                return -amount
        if amount:
            raise RefusedFileError(reasons.AUDIT_SIDE(name=self.name, value=printable(side, 40), line=line))
        return amount


def _journal_kind(text: str) -> JournalKind:
    word = text.lower()
    if len(word) == 1:
        return _KINDS.get(word, "")
    return next((kind for start, kind in _WORDS.items() if word.startswith(start)), "")


def _is_customer(text: str) -> bool | None:
    """Return whether a type is that of a customer; None if none is given."""
    word = text.lower()
    if len(word) > 1:
        return "debit" in word or "klant" in word or "custom" in word
    return _CUSTOMER_TYPES.get(word)
