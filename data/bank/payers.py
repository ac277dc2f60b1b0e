"""Who paid: the customer known by its account or its exact name, and those it may be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from data.bank.books import Entry
from data.bank.names import CustomerNames, exact_name
from data.bank.zones import is_iban


@dataclass(frozen=True, slots=True)
class Payer:
    """Who paid.

    Attributes:
        known: the customer, if the account or the exact name tells; null if they tell of several.
        possible: the customers that the account or the exact name may mean.
        by: what told it: account, name, or nothing.
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
        self._others = frozenset(compact_account(account) for account in others)
        for account, customer in accounts:
            self.learn(account, customer)

    def learn(self, account: str, customer: str) -> None:
        """Take in that an account is a customer's."""
        compact = compact_account(account)
        if compact and compact not in self._others:
            self._accounts[compact].add(customer)

    def payer(self, entry: Entry) -> Payer:
        """Return who paid an entry."""
        by_account = self._accounts.get(compact_account(entry.counterparty_account), set())
        by_name = set(self.names.of_this_name(entry.counterparty))
        both = by_account & by_name
        if both or (by_account and not by_name):
            possible = both or by_account
            return _payer(possible, "account")
        if by_account:
            kin = {self.kin(customer) for customer in by_account | by_name}
            if len(kin) == 1:
                return _payer(by_account, "account")
            return Payer(None, tuple(sorted(by_account | by_name)), "")
        return _payer(by_name, "name") if by_name else Payer(None, (), "")

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

    def supports(self, payer: Payer, entry: Entry, customer: str) -> bool:
        """Tell whether account or name speak for a customer: exactly, or as far as a bank writes a name."""
        if payer.known is not None:
            return self.is_kin(payer.known, customer)
        if any(self.is_kin(other, customer) for other in payer.possible):
            return True
        return any(
            self.names.is_like(entry.counterparty, member) or self.names.stands_in(entry.description, member)
            for member in self.members(customer)[:20]
        )


def compact_account(account: str) -> str:
    """Return an account without spaces and dots, in capitals."""
    return account.replace(" ", "").replace(".", "").upper()


def is_same_payer(one: Entry, other: Entry) -> bool:
    """Tell whether two entries come from one account, or from one name where no account is given."""
    first, second = compact_account(one.counterparty_account), compact_account(other.counterparty_account)
    if first and second and (is_iban(first) == is_iban(second)):
        return first == second
    return bool(one.counterparty) and exact_name(one.counterparty) == exact_name(other.counterparty)


def _payer(possible: set[str], by: str) -> Payer:
    ordered = tuple(sorted(possible))
    return Payer(ordered[0] if len(ordered) == 1 else None, ordered, by)
