"""Who paid: the customer known by its account, its exact name or its number, and those it may be."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from data.bank.books import BankEntry
from data.bank.names import CustomerNames, exact_name, plain
from data.bank.zones import is_iban

_SHORT_NUMBER, _LONG_NUMBER = 3, 5
_ENOUGH_RECEIPTS = 3
"""So many receipts that name invoices of one customer, and of no other, tell whose an account is."""
_CUSTOMER_NUMBER = re.compile(
    r"\b(?:KLANT|DEBITEUR|DEB|CUSTOMER|CLIENT|RELATIE|KUNDEN|KD|KND|CLT|KL|ABONNEE|LID(?:MAATSCHAP)?|"
    r"ABO(?:NNEMENT)?)(?:EN)?[ .:#-]{0,2}(?:NR|NO|NUMMER|NUMBER|N°)?[ .:#-]{0,3}"
    r"([A-Z]{0,4}[-/. ]?\d[A-Z\d]*(?:[-/.][A-Z\d]+)*)"
)
_SIGNS = re.compile(r"[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class EntryPayer:
    """Who paid.

    Attributes:
        known: the customer, if the account or the exact name tells; null if they tell of several.
        possible: the customers that the account or the exact name may mean.
        by: what told it: account, name, number (of the customer, in the text), text (the name, in the text),
            or nothing.
    """

    known: str | None
    possible: tuple[str, ...]
    by: str


class Payers:
    """Customers by account and name, and which of them pay for each other."""

    def __init__(
        self,
        customers: Iterable[tuple[str, str, str]],
        accounts: Iterable[tuple[str, str]],
        others: frozenset[str],
    ) -> None:
        """Index customers.

        Args:
            customers: customer_id, name and group.
            accounts: account and customer_id.
            others: accounts that are nobody's, such as our own.
        """
        rows = list(customers)
        self.names = CustomerNames((customer, name) for customer, name, _group in rows)
        self._group = {customer: group for customer, _name, group in rows if group}
        self._members: dict[str, list[str]] = defaultdict(list)
        for customer, group in sorted(self._group.items()):
            self._members[group].append(customer)
        self._accounts: dict[str, set[str]] = defaultdict(set)
        self._numbers: dict[str, list[str]] = defaultdict(list)
        for customer, _name, _group in rows:
            if len(number := _SIGNS.sub("", plain(customer))) >= _SHORT_NUMBER:
                self._numbers[number].append(customer)
        self._seen: dict[str, dict[str, int]] = defaultdict(dict)
        self._in_texts: dict[str, tuple[str, ...]] = {}
        self._others = frozenset(compact_account(account) for account in others)
        for account, customer in accounts:
            self.learn(account, customer)

    def learn(self, account: str, customer: str) -> None:
        """Take in that an account is a customer's."""
        compact = compact_account(account)
        if compact and compact not in self._others:
            self._accounts[compact].add(customer)

    def see(self, entry: BankEntry, customer: str) -> None:
        """Take in that a receipt named invoices of a customer, to the cent."""
        compact = compact_account(entry.counterparty_account)
        if compact and compact not in self._others:
            seen = self._seen[compact]
            seen[customer] = seen.get(customer, 0) + 1

    def payer(self, entry: BankEntry) -> EntryPayer:
        """Return who paid an entry, or for whom if its text says so."""
        payer = self._payer(entry)
        if payer.known is not None and payer.by == "account":
            return payer
        numbered = self._of_number_in(entry.description)
        if len(numbered) == 1 and self._may_be(payer, numbered[0]):
            return EntryPayer(numbered[0], numbered, "number")
        if payer.possible:
            return payer
        named = self._in_texts.get(entry.description)
        if named is None:
            named = self._in_texts[entry.description] = self.names.in_text(entry.description)
        return _payer(set(named), "text") if named else payer

    def _may_be(self, payer: EntryPayer, customer: str) -> bool:
        return not payer.possible or any(self.is_kin(one, customer) for one in payer.possible)

    def _of_number_in(self, text: str) -> tuple[str, ...]:
        """Return the customers whose number stands in a text behind a word that says what it is."""
        numbers = [_SIGNS.sub("", number) for number in _CUSTOMER_NUMBER.findall(plain(text))]
        return tuple(sorted({one for number in numbers for one in self._numbers.get(number, ())}))

    def _by_account(self, entry: BankEntry) -> set[str]:
        """Return whose an account is: as people said, or as all that came from it says."""
        compact = compact_account(entry.counterparty_account)
        if stated := self._accounts.get(compact):
            return stated
        seen = self._seen.get(compact, {})
        if len(seen) != 1:
            return set()
        [(customer, count)] = seen.items()
        is_its = count >= _ENOUGH_RECEIPTS or self.names.is_like(entry.counterparty, customer)
        return {customer} if is_its else set()

    def _payer(self, entry: BankEntry) -> EntryPayer:
        by_account = self._by_account(entry)
        by_name = set(
            self.names.of_this_name(entry.counterparty) or self.names.nearly_of_this_name(entry.counterparty)
        )
        both = by_account & by_name
        if both or (by_account and not by_name):
            possible = both or by_account
            return _payer(possible, "account")
        if by_account:
            kin = {self.kin(customer) for customer in by_account | by_name}
            if len(kin) == 1:
                return _payer(by_account, "account")
            return EntryPayer(None, tuple(sorted(by_account | by_name)), "")
        return _payer(by_name, "name") if by_name else EntryPayer(None, (), "")

    def kin(self, customer: str) -> str:
        """Return what customers that pay for each other have in common."""
        group = self._group.get(customer)
        return f"group {group}" if group else f"customer {customer}"

    def is_kin(self, one: str, other: str) -> bool:
        """Tell whether two customers pay for each other."""
        return one == other or self.kin(one) == self.kin(other)

    def members(self, customer: str) -> tuple[str, ...]:
        """Return a customer and those it pays for."""
        group = self._group.get(customer)
        return tuple(self._members[group]) if group else (customer,)

    def supports(self, payer: EntryPayer, entry: BankEntry, customer: str) -> bool:
        """Tell whether account or name speak for a customer: exactly, or as far as a bank writes a name."""
        if payer.known is not None:
            return self.is_kin(payer.known, customer)
        if any(self.is_kin(other, customer) for other in payer.possible):
            return True
        return any(
            self.names.is_like(entry.counterparty, member)
            or self.names.stands_in(entry.description, member)
            or is_customer_number_in(entry.description, member)
            for member in self.members(customer)[:20]
        )


def is_customer_number_in(text: str, customer: str) -> bool:
    """Tell whether a text names a customer by its number: a long one, or one with a word that says so."""
    number = plain(customer)
    if len(number) < _SHORT_NUMBER or number not in (upright := plain(text)):
        return False
    word = r"(?:KLANT|DEBITEUR|DEB|CUSTOMER|CLIENT|RELATIE|KUNDEN)[A-Z]*[ .:#-]*(?:NR|NO|NUMMER)?[ .:#-]*"
    cue = "" if len(number) >= _LONG_NUMBER and not number.isdigit() else word
    return re.search(rf"(?<![A-Z0-9]){cue}{re.escape(number)}(?![A-Z0-9])", upright) is not None


def compact_account(account: str) -> str:
    """Return an account without spaces and dots, in capitals."""
    return account.replace(" ", "").replace(".", "").upper()


def is_same_payer(one: BankEntry, other: BankEntry) -> bool:
    """Tell whether two entries come from one account, or from one name where no account is given."""
    first, second = compact_account(one.counterparty_account), compact_account(other.counterparty_account)
    if first and second and (is_iban(first) == is_iban(second)):
        return first == second
    return bool(one.counterparty) and exact_name(one.counterparty) == exact_name(other.counterparty)


def _payer(possible: set[str], by: str) -> EntryPayer:
    ordered = tuple(sorted(possible))
    return EntryPayer(ordered[0] if len(ordered) == 1 else None, ordered, by)
