"""Which accounts of an XML Auditfile are the receivables, and which money, sales and VAT.

Source: Referentie Grootboekschema (RGS): BVorDeb trade debtors, BLim (once BLiq) cash and bank, WOmz
turnover, WOvb other income, BSchBep VAT to pay.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.formats.audit.billings import accounts_in_credit
from data.importers.formats.audit.ledger import (
    Chart,
    JournalEntry,
    JournalKind,
    LedgerAccount,
    LedgerParty,
)
from data.message_templates import Message, Template

_CODE = re.compile(r"(?<![A-Za-z])[BW](?:[A-Z][a-z]{2})+")
_TRADE_DEBTORS = "BVorDeb"
_MONEY = ("BLim", "BLiq")
_REVENUE = ("WOmz", "WOvb")
_VAT_TO_PAY = ("BSchBepBtw", "BSchBtw")
_DEBTORS = re.compile(
    r"\bdebiteuren?\b|\b(trade|accounts?) (debtors?|receivables?)\b|\breceivables\b|"
    r"vorderingen? (op|uit hoofde van) (handels)?debiteuren|handelsvordering|handelsdebiteuren",
    re.IGNORECASE,
)
_PROVISION = re.compile(r"voorziening|dubieu|oninbaar|provision|allowance|doubtful", re.IGNORECASE)
_DISCOUNT = re.compile(r"(betalings?|contant)korting|(payment|settlement|cash) discount", re.IGNORECASE)


@dataclass
class XafChart:
    """What a file says of its accounts.

    Attributes:
        accounts: number -> account.
        vat_to_pay, vat_to_claim: accounts that its VAT codes book on.
        offsets: kind of a journal -> the accounts that journals of it book against.
        journals: journal -> the account it books against.
    """

    accounts: dict[str, LedgerAccount] = field(default_factory=dict)
    vat_to_pay: set[str] = field(default_factory=set)
    vat_to_claim: set[str] = field(default_factory=set)
    offsets: dict[JournalKind, set[str]] = field(default_factory=dict)
    journals: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def code(texts: Iterable[str]) -> str:
        """Return the first code of the RGS among some texts; empty if there is none."""
        matches = (_CODE.search(text) for text in texts)
        return next((match[0] for match in matches if match), "")

    def add_code(self, number: str, text: str) -> None:
        """Give an account that has no code yet the one in a text."""
        account, code = self.accounts.get(number), self.code([text])
        if account is not None and code and not account.code:
            self.accounts[number] = LedgerAccount(account.name, code, account.is_result)

    def add_journal(self, number: str, kind: JournalKind, offset: str) -> None:
        """Note the account that a journal books against."""
        if offset:
            self.offsets.setdefault(kind, set()).add(offset)
            self.journals[number] = offset

    @property
    def results(self) -> set[str]:
        """The accounts on the profit and loss account."""
        return {
            number
            for number, account in self.accounts.items()
            if account.is_result or account.code.startswith("W")
        }

    def with_code(self, *starts: str) -> set[str]:
        """Return the accounts whose code begins with one of these."""
        return {number for number, account in self.accounts.items() if account.code.startswith(starts)}

    def with_name(self, pattern: re.Pattern[str]) -> set[str]:
        """Return the accounts whose name matches."""
        return {number for number, account in self.accounts.items() if pattern.search(account.name)}


def chart_of(
    chart: XafChart,
    entries: Sequence[JournalEntry],
    parties: Sequence[LedgerParty],
    options: Mapping[str, str],
    name: str,
) -> Chart:
    """Return the accounts that tell invoices and payments.

    Args:
        chart: what the file says of its accounts.
        entries: its transactions.
        parties: its customers and suppliers.
        options: `accounts` names the receivables, with spaces or commas between them.
        name: of the file, for a refusal.

    Raises:
        RefusedFileError: an account that was named is not in the file.
    """
    booked = {posting.account for entry in entries for posting in entry.postings}
    receivables, origin = accounts_by_option(options, chart.accounts.keys() | booked, name)
    if not receivables:
        receivables, origin = _receivables(chart, entries, parties)
    if sentence := _implied_lines(chart, entries, receivables):
        receivables, origin = frozenset(), sentence
    money = chart.with_code(*_MONEY) | chart.offsets.get("money", set())
    discounts = chart.with_name(_DISCOUNT) & chart.results
    uncoded = {number for number in chart.results if not chart.accounts[number].code} - discounts
    revenue = chart.with_code(*_REVENUE) - discounts
    revenue |= accounts_in_credit(entries, receivables, frozenset(uncoded))
    tax = {*chart.vat_to_pay, *chart.with_code(*_VAT_TO_PAY)} - {""}
    return Chart(
        receivables,
        origin,
        money=frozenset(money) - receivables,
        revenue=frozenset(revenue),
        tax=frozenset(tax) - receivables,
        discounts=frozenset(discounts),
    )


def accounts_by_option(
    options: Mapping[str, str], known: Iterable[str], name: str
) -> tuple[frozenset[str], Message | None]:
    """Return the accounts that the option names, none if it names none.

    Raises:
        RefusedFileError: none of them is in the file.
    """
    told = [account for account in re.split(r"[\s,;]+", options.get("accounts", "")) if account]
    if not told:
        return frozenset(), None
    if not set(told) & set(known):
        raise RefusedFileError(reasons.AUDIT_ACCOUNTS(name=name, accounts=", ".join(told)))
    return frozenset(told), reasons.ACCOUNTS_AS_TOLD(accounts=", ".join(told))


def _receivables(
    chart: XafChart, entries: Sequence[JournalEntry], parties: Sequence[LedgerParty]
) -> tuple[frozenset[str], Message | None]:
    provisions = chart.with_name(_PROVISION)
    coded = chart.with_code(_TRADE_DEBTORS)
    lines = _accounts_of_customers(chart, entries, parties) - provisions
    by_name = (chart.with_name(_DEBTORS) - provisions) - chart.results
    attempts: list[tuple[set[str], Template]] = [
        (coded - provisions or coded, reasons.ACCOUNTS_BY_CODE),
        (chart.offsets.get("sales", set()) - chart.results, reasons.ACCOUNTS_OF_SALES),
        (lines if len(lines) == 1 else lines & by_name, reasons.ACCOUNTS_BY_LINES),
        (by_name, reasons.ACCOUNTS_BY_NAME),
    ]
    for accounts, sentence in attempts:
        if accounts:
            return frozenset(accounts), sentence(accounts=", ".join(sorted(accounts)), code=_TRADE_DEBTORS)
    return frozenset(), None


def _accounts_of_customers(
    chart: XafChart, entries: Sequence[JournalEntry], parties: Sequence[LedgerParty]
) -> set[str]:
    """Return the balance accounts that lines with a customer stand on, and no line with a supplier.

    Programs write the customer on every line of an invoice, also on its sales and VAT.
    """
    aside = chart.results | chart.vat_to_pay | chart.vat_to_claim | chart.offsets.get("money", set())
    aside |= chart.with_code(*_MONEY)
    suppliers = {party.number for party in parties if party.is_customer is False}
    lines = [posting for entry in entries for posting in entry.postings if posting.customer]
    of_suppliers = {posting.account for posting in lines if posting.customer in suppliers}
    return {posting.account for posting in lines if posting.customer not in suppliers} - of_suppliers - aside


def _implied_lines(
    chart: XafChart, entries: Sequence[JournalEntry], receivables: frozenset[str]
) -> Message | None:
    """Return the sentence for a journal that leaves out its lines on the receivables; None if none does."""
    for entry in entries:
        offset = chart.journals.get(entry.journal, "")
        if (
            offset in receivables
            and entry.imbalance
            and all(posting.account != offset for posting in entry.postings)
        ):
            return reasons.IMPLIED_LINES(journal=entry.journal, account=offset)
    return None
