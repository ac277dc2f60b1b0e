"""Odoo books drawn at random: every kind of move, reconciled in every way, also as Odoo would not."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tests.data.databases.odoo_books import (
    BANKING,
    CASH,
    EUR,
    GENERAL,
    LOSSES,
    NOT_TRADE,
    SALE,
    SALES,
    TRADE,
    USD,
    Entry,
    OdooBooks,
)
from tests.data.databases.postgres_server import PostgresServer

FIRST, DAYS = date(2026, 1, 1), 60
_KINDS = (
    "out_invoice",
    "out_invoice",
    "out_refund",
    "out_receipt",
    "entry",
    "payment",
    "payment",
    "in_invoice",
)
_AMOUNTS = (1, 499, 500, 1000, 1250, 12100, 99999)


@dataclass
class _Line:
    number: int
    day: date
    company: int
    partner: int | None
    rest: Decimal
    is_trade: bool


@dataclass
class RandomOdoo:
    """Books that grow by draws.

    Attributes:
        books: the database.
        draw: what draws.
        lines: the entries of receivables.
        partials: numbers of the reconciliations that stand.
    """

    books: OdooBooks
    draw: random.Random
    partners: list[int | None]
    lines: list[_Line] = field(default_factory=list)
    partials: list[int] = field(default_factory=list)
    moves: int = 0

    def day(self) -> date:
        return FIRST + timedelta(days=self.draw.randrange(DAYS))

    def add_move(self) -> None:
        """Book a move of one to three entries, mostly of one partner."""
        self.moves += 1
        draw = self.draw
        kind, company, day = draw.choice(_KINDS), draw.choice((1, 1, 1, 2)), self.day()
        partner = draw.choice(self.partners)
        sign = -1 if kind in {"out_refund", "payment"} else 1
        if kind in {"entry", "payment", "in_invoice"} and draw.random() < 0.4:
            sign = -sign
        entries = [self._entry(sign, partner, day) for _part in range(draw.choice((1, 1, 1, 2, 3)))]
        journal = {"payment": BANKING, "entry": draw.choice((GENERAL, BANKING, SALE))}.get(kind, SALE)
        state = draw.choice(("posted",) * 8 + ("draft", "cancel"))
        more: dict[str, object] = {}
        total = abs(sum((Decimal(entry.balance) for entry in entries), Decimal(0)))
        if kind == "payment" and draw.random() < 0.5:
            self._pay(total)
            more["statement_line_id"] = 1
        if kind == "entry" and draw.random() < 0.5:
            entries.append(Entry(str(-sum(Decimal(e.balance) for e in entries)), account=LOSSES))
        name = draw.choice((f"M/{self.moves}", f"M/{self.moves}", "M/1", "/", f" M\t{self.moves} "))
        numbers = self.books.move(
            "entry" if kind == "payment" else kind, day.isoformat(), entries,
            name=name, journal=journal, company=company, state=state, **more,
        )  # fmt: skip
        for number, entry in zip(numbers, entries, strict=False):
            if entry.account in {TRADE, NOT_TRADE}:
                balance = Decimal(entry.balance)
                self.lines.append(
                    _Line(
                        number,
                        day,
                        company,
                        entry.partner,
                        balance,
                        entry.account == TRADE and state == "posted",
                    )
                )

    def _entry(self, sign: int, partner: int | None, day: date) -> Entry:
        draw = self.draw
        amount = Decimal(draw.choice(_AMOUNTS)) / 100 * (sign if draw.random() < 0.9 else -sign)
        if draw.random() < 0.03:
            amount = Decimal(0)
        is_exchange = draw.random() < 0.1
        return Entry(
            str(amount),
            partner if draw.random() < 0.9 else draw.choice(self.partners),
            draw.choice((None, (day + timedelta(days=draw.randrange(-5, 40))).isoformat())),
            account=TRADE if draw.random() < 0.95 else NOT_TRADE,
            amount_currency="0" if is_exchange else None,
            currency=USD if is_exchange else None,
            is_blocked=self.books.version <= 17 and draw.random() < 0.1,
        )

    def _pay(self, total: Decimal) -> None:
        """Note a payment of the next move: what came in, or a little less than what it settles."""
        amount = total - self.draw.choice((Decimal(0), Decimal(0), Decimal("0.01"), Decimal(5)))
        number = self.moves
        self.books.run(
            "insert into account_payment values (%s, %s, %s, %s, 'inbound')", number, number, abs(amount), EUR
        )

    def add_reconciliation(self) -> None:
        """Reconcile a debit with a credit, as far as both go; seldom on another day than the later one."""
        debits = [line for line in self.lines if line.rest > 0]
        credits_ = [line for line in self.lines if line.rest < 0]
        if not debits or not credits_:
            return
        debit = self.draw.choice(debits)
        near = [line for line in credits_ if (line.company, line.partner) == (debit.company, debit.partner)]
        credit = self.draw.choice(near if near and self.draw.random() < 0.85 else credits_)
        amount = min(debit.rest, -credit.rest)
        if self.draw.random() < 0.4:
            amount = max(
                (amount * Decimal(self.draw.randrange(1, 100)) / 100).quantize(Decimal("0.01")),
                Decimal("0.01"),
            )
        day = max(debit.day, credit.day)
        if self.draw.random() < 0.05:
            day = self.day()
        debit.rest -= amount
        credit.rest += amount
        more: dict[str, object] = {}
        if self.books.version >= 16 and self.draw.random() < 0.1:
            more["exchange_move_id"] = self.draw.randrange(1, self.moves + 1)
        self.partials.append(
            self.books.reconcile(debit.number, credit.number, str(amount), day.isoformat(), **more)
        )

    def change(self) -> None:
        """Do what happens between two loads: something is corrected, deleted, undone or added."""
        draw, number = self.draw, self.draw.randrange(1, self.moves + 1)
        match draw.choice(
            ("amount", "day", "state", "delete", "undo", "partner", "add", "reconcile", "name")
        ):
            case "amount":
                line = draw.choice(self.lines)
                self.books.run(
                    "update account_move_line set balance = balance + 1.00, write_date = now() where id = %s",
                    line.number,
                )
            case "day":
                day = self.day().isoformat()
                self.books.run("update account_move set date = %s where id = %s", day, number)
                self.books.run("update account_move_line set date = %s where move_id = %s", day, number)
            case "state":
                state = draw.choice(("posted", "draft", "cancel"))
                self.books.run("update account_move set state = %s where id = %s", state, number)
                self.books.run(
                    "update account_move_line set parent_state = %s where move_id = %s", state, number
                )
            case "delete":
                self.books.run(
                    "delete from account_partial_reconcile where debit_move_id in "
                    "(select id from account_move_line where move_id = %s) or credit_move_id in "
                    "(select id from account_move_line where move_id = %s)", number, number,
                )  # fmt: skip
                self.books.run("delete from account_move_line where move_id = %s", number)
                self.books.run("delete from account_move where id = %s", number)
            case "undo" if self.partials:
                self.books.run(
                    "delete from account_partial_reconcile where id = %s",
                    self.partials.pop(draw.randrange(len(self.partials))),
                )
            case "partner":
                self.books.run(
                    "update account_move_line set partner_id = %s where move_id = %s",
                    draw.choice(self.partners), number,
                )  # fmt: skip
            case "name":
                self.books.run("update account_move set name = 'N/' || id where id = %s", number)
            case "reconcile":
                self.add_reconciliation()
            case _:
                self.add_move()


def random_odoo(server: PostgresServer, version: int, seed: int) -> RandomOdoo:
    """Make books of 4 to 14 moves and about as many reconciliations."""
    draw = random.Random(seed)
    books = OdooBooks(server, version, {"Noord B.V.": EUR, "Zuid Ltd.": draw.choice((EUR, USD))})
    partners = [books.partner("Bakker"), books.partner("De Wit"), None]
    odoo = RandomOdoo(books, draw, partners)
    for _move in range(draw.randrange(4, 15)):
        odoo.add_move()
    for _partial in range(draw.randrange(0, 15)):
        odoo.add_reconciliation()
    return odoo


__all__ = ["CASH", "DAYS", "FIRST", "SALES", "RandomOdoo", "random_odoo"]
