"""Books of an Odoo made by tests: companies, partners, moves with their entries, reconciliations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from tests.data.databases.odoo_tables import (
    BANK,
    COMMON,
    EXPENSE,
    INCOME,
    INTERNAL_TYPES,
    OF_VERSION,
    RECEIVABLE,
    TYPE_IDS,
)
from tests.data.databases.postgres_server import PostgresServer

if TYPE_CHECKING:
    from psycopg import Connection

# Accounts of every company: its number times 10 and one of these.
TRADE, NOT_TRADE, CASH, SALES, LOSSES = 1, 2, 3, 4, 5
_KINDS = {TRADE: RECEIVABLE, NOT_TRADE: RECEIVABLE, CASH: BANK, SALES: INCOME, LOSSES: EXPENSE}
# Journals of every company, in the same way.
SALE, BANKING, GENERAL = 1, 2, 3
_JOURNALS = {SALE: "sale", BANKING: "bank", GENERAL: "general"}
EUR, USD = 1, 2
FIRST_WRITTEN = "2026-07-01 08:00:00"

# The rule of Odoo's own aged reports on any past day: posted entries up to it, less reconciliations up to it.
OPEN_ITEMS = """
    with entry as (
        select l.id, l.company_id, coalesce(l.partner_id, 0) as partner_id, l.date, l.balance
        from account_move_line as l
        where l.parent_state = 'posted' and l.account_id = any(%(accounts)s) and l.date <= %(day)s
    ),
    every_entry as (
        select l.id, l.company_id, coalesce(l.partner_id, 0) as partner_id
        from account_move_line as l
        where l.parent_state = 'posted' and l.account_id = any(%(accounts)s)
    )
    select company_id, partner_id, sum(amount)
    from (
        select company_id, partner_id, balance as amount from entry
        union all
        select e.company_id, e.partner_id, -p.amount
        from account_partial_reconcile as p inner join every_entry as e on e.id = p.debit_move_id
        where p.max_date <= %(day)s
        union all
        select e.company_id, e.partner_id, p.amount
        from account_partial_reconcile as p inner join every_entry as e on e.id = p.credit_move_id
        where p.max_date <= %(day)s
    ) as change
    group by company_id, partner_id
    having sum(amount) <> 0
    """


@dataclass(frozen=True)
class Entry:
    """One entry of a move.

    Attributes:
        balance: debit above 0, in the currency of the company.
        partner: its number; None for none.
        due: day it falls due.
        account: one of this module's.
        amount_currency: the amount in `currency`; None: the balance.
        currency: None: that of the company.
    """

    balance: str
    partner: int | None = None
    due: str | None = None
    account: int = TRADE
    amount_currency: str | None = None
    currency: int | None = None
    is_blocked: bool = False
    display_type: str = "payment_term"


class OdooBooks:
    """A database of Odoo.

    Attributes:
        version: 14 to 18.
        address: for a reader.
    """

    def __init__(self, server: PostgresServer, version: int, companies: dict[str, int]) -> None:
        """Make a database with companies: name -> currency."""
        self.version = version
        self.name = server.database()
        self.address = server.address(self.name)
        self.connection: Connection = server.connect(self.name)
        self.companies = list(companies)
        self._numbers = {table: count(1) for table in ("move", "line", "partial", "partner", "other")}
        self.connection.execute("".join((COMMON, *OF_VERSION[version])).encode())
        self.run("insert into ir_module_module values (1, 'base', %s)", f"{version}.0.1.3")
        self.run("insert into res_currency values (1, 'EUR'), (2, 'USD')")
        self.run("insert into res_country values (1, 'NL')")
        self._currencies: dict[int, int] = {}
        for number, (name, currency) in enumerate(companies.items(), 1):
            self._currencies[number] = currency
            self.run("insert into res_company values (%s, %s, null, %s)", number, name, currency)
            self._make_accounts(number)

    def _make_accounts(self, company: int) -> None:
        for journal, kind in _JOURNALS.items():
            self.run("insert into account_journal values (%s, %s, %s)", company * 10 + journal, kind, company)
        for account, kind in _KINDS.items():
            number = company * 10 + account
            if self.version <= 15:
                # There an account is trade or not by nothing but its use: the second one is left unused.
                self.run(
                    "insert into account_account (id, user_type_id, internal_type) values (%s, %s, %s)",
                    number, TYPE_IDS[kind], INTERNAL_TYPES.get(kind, "other"),
                )  # fmt: skip
            else:
                self.run(
                    "insert into account_account (id, account_type, non_trade) values (%s, %s, %s)",
                    number, kind, account == NOT_TRADE,
                )  # fmt: skip

    def run(self, sql: str, *values: object) -> None:
        self.connection.execute(sql.encode(), values or None)

    def partner(self, name: str, **more: object) -> int:
        number = next(self._numbers["partner"])
        names = ["id", "name", "commercial_partner_id", "write_date", *more]
        values = [number, name, number, FIRST_WRITTEN, *more.values()]
        self._insert("res_partner", dict(zip(names, values, strict=True)))
        return number

    def move(
        self, kind: str, day: str, entries: Sequence[Entry], *, name: str, journal: int = SALE,
        company: int = 1, state: str = "posted", **more: object,
    ) -> list[int]:  # fmt: skip
        """Book a move and return the numbers of its entries, those given first."""
        number = next(self._numbers["move"])
        total = sum((Decimal(entry.balance) for entry in entries if entry.account == TRADE), Decimal(0))
        values = {
            "id": number, "name": name, "date": day, "state": state, "move_type": kind,
            "journal_id": company * 10 + journal, "company_id": company,
            "currency_id": self._currencies[company], "invoice_date": day, "payment_state": "not_paid",
            "amount_total_signed": total, "amount_untaxed_signed": total, "write_date": FIRST_WRITTEN,
        }  # fmt: skip
        self._insert("account_move", values | more)
        rest = -sum((Decimal(entry.balance) for entry in entries), Decimal(0))
        other = (
            [Entry(str(rest), account=SALES if journal == SALE else CASH, display_type="product")]
            if rest
            else []
        )
        return [self._entry(number, day, state, company, entry) for entry in (*entries, *other)]

    def _entry(self, move: int, day: str, state: str, company: int, entry: Entry) -> int:
        number = next(self._numbers["line"])
        values: dict[str, object] = {
            "id": number, "move_id": move, "date": day, "parent_state": state, "company_id": company,
            "account_id": company * 10 + entry.account, "partner_id": entry.partner, "balance": entry.balance,
            "amount_currency": entry.amount_currency or entry.balance,
            "currency_id": entry.currency or self._currencies[company], "date_maturity": entry.due,
            "display_type": entry.display_type, "write_date": FIRST_WRITTEN,
        }  # fmt: skip
        if self.version <= 17:
            values["blocked"] = entry.is_blocked
        self._insert("account_move_line", values)
        return number

    def payment(self, day: str, entries: Sequence[Entry], *, name: str, company: int = 1) -> list[int]:
        return self.move("entry", day, entries, name=name, journal=BANKING, company=company)

    def reconcile(self, debit: int, credit: int, amount: str, day: str | None = None, **more: object) -> int:
        """Reconcile two entries on the later of their dates, or on another day."""
        number = next(self._numbers["partial"])
        rows = self.connection.execute(
            "select max(date)::text from account_move_line where id = any(%s)", [[debit, credit]]
        ).fetchone()
        values = {
            "id": number, "debit_move_id": debit, "credit_move_id": credit, "amount": amount,
            "max_date": day or (rows[0] if rows else None), "create_date": FIRST_WRITTEN,
            "write_date": FIRST_WRITTEN,
        }  # fmt: skip
        self._insert("account_partial_reconcile", values | more)
        return number

    def move_of(self, line: int) -> int:
        row = self.connection.execute(
            "select move_id from account_move_line where id = %s", [line]
        ).fetchone()
        assert row
        return row[0]

    def open_items(self, day: date | str) -> dict[tuple[str, str], Decimal]:
        """Return what is open per company and partner at the end of a day, as PostgreSQL sums it."""
        accounts = [company * 10 + TRADE for company in self._currencies]
        if self.version <= 15:
            accounts += [company * 10 + NOT_TRADE for company in self._currencies]
        rows = self.connection.execute(OPEN_ITEMS.encode(), {"accounts": accounts, "day": day}).fetchall()
        return {
            (self.companies[company - 1], str(partner or "no-partner")): amount
            for company, partner, amount in rows
        }

    def _insert(self, table: str, values: dict[str, object]) -> None:
        slots = ", ".join(["%s"] * len(values))
        self.run(f"insert into {table} ({', '.join(values)}) values ({slots})", *values.values())
