"""What the demo company's statements are made of beside the money of customers."""

from dataclasses import dataclass

import polars as pl

from data.demo.bank_days import Bools, Ints
from data.demo.costs import Costs


@dataclass(frozen=True)
class SupplierBills:
    """The rows of bills.csv, and per bill its day, the day paid (also one to come) and cents."""

    frame: pl.DataFrame
    day: Ints
    paid: Ints
    amount: Ints


@dataclass(frozen=True)
class CashFlows:
    """Cents per day of the history: received per entity, paid for bills; other costs; a month's billing."""

    received: tuple[Ints, Ints]
    paid: Ints
    costs: Costs
    month: float


@dataclass(frozen=True)
class AccountBalances:
    """The end of each day on the accounts.

    Attributes:
        accounts: IBANs of the main, services and savings account.
        day: days of the balances, each after the other.
        balances: cents per account and day.
        moved: per account and day, cents that came in less those that went out, own transfers left out.
        is_shown: per day, whether there is a statement.
    """

    accounts: tuple[str, ...]
    day: Ints
    balances: tuple[Ints, ...]
    moved: tuple[Ints, ...]
    is_shown: Bools


@dataclass(frozen=True)
class CashBook:
    """What the company pays itself, and the balances that follow."""

    bills: SupplierBills
    costs: Costs
    balances: AccountBalances
