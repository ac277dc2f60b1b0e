"""What applying cash works with: the books as they stand on a day, and who decided what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from data.bank import reasons
from data.bank.books import (
    BankBooks,
    BankEntry,
    Cents,
    Decision,
    LedgerDocument,
    Position,
    bill_rows,
    cents,
    decision_rows,
    document_rows,
)
from data.bank.closing import open_day
from data.bank.debits import OpenBills
from data.bank.evidence import CashSetting
from data.bank.numbers import NumberIndex
from data.bank.open_ledger import OpenLedger
from data.bank.outcome import Line, Outcome, Status
from data.bank.payers import Payers, compact_account
from data.bank.payouts import Payouts
from data.bank.register import Register
from data.message_templates import Message

_MOST_NUMBERS = 12


@dataclass(frozen=True)
class Desk:
    """The books of the day.

    Attributes:
        documents: the oldest first; a position is a place in it.
        positions: document_id -> position.
        setting: what decisions on receipts look at.
        register: the receipts that were applied.
        bills: the bills that are not paid.
        payouts: the payouts of payment providers that no entry stands for yet.
        decisions: what people decided, per entry.
        own_accounts: in capitals, without spaces.
        closed_until: the last closed day per entity.
        on_account: what stands on account, per customer and currency.
    """

    documents: Sequence[LedgerDocument]
    positions: Mapping[str, Position]
    setting: CashSetting
    register: Register
    bills: OpenBills
    payouts: Payouts
    decisions: Mapping[tuple[str, str], Sequence[Decision]]
    own_accounts: frozenset[str]
    closed_until: Mapping[str, date]
    on_account: dict[tuple[str, str], list[Cents]] = field(default_factory=lambda: defaultdict(list))

    @staticmethod
    def of(books: BankBooks) -> "Desk":
        """Return the desk before the first day."""
        documents = document_rows(books)
        positions = {document.document_id: place for place, document in enumerate(documents)}
        settled = [
            (day, positions[number], amount)
            for number, day, amount in zip(
                books.settled["document_id"].to_list(),
                books.settled["day"].to_list(),
                cents(books.settled["amount"]),
                strict=True,
            )
            if number in positions
        ]
        decisions = decision_rows(books)
        entries = {
            (account, entry_id) for account, entry_id in books.entries.select("account", "entry_id").rows()
        }
        reserved: dict[Position, Cents] = defaultdict(int)
        for key, taken in decisions.items():
            for one in taken if key in entries else ():
                if is_reserved(one) and one.document_id in positions:
                    reserved[positions[str(one.document_id)]] += set_aside(one)
        own = frozenset(compact_account(account) for account in books.own_accounts)
        customers = sorted(
            books.customers.select("customer_id", "customer_name", "group").fill_null("").rows()
        )
        accounts = sorted(books.accounts.select("counterparty_account", "customer_id").drop_nulls().rows())
        return Desk(
            documents=documents,
            positions=positions,
            setting=CashSetting(
                documents=documents,
                ledger=OpenLedger(documents, settled, reserved),
                index=_index(books),
                payers=Payers(customers, accounts, own),
                charges=frozenset(int(charge * 100) for charge in books.charges),
            ),
            register=Register(),
            bills=OpenBills(bill_rows(books)),
            payouts=Payouts(books.payouts),
            decisions=decisions,
            own_accounts=own,
            closed_until=books.closed_until,
        )

    def day(self, entry: BankEntry, position: Position | None = None) -> date:
        """Return the day on which money of an entry counts, on a document or on none."""
        if position is None:
            return open_day(self.closed_until, "", entry.day)
        document = self.documents[position]
        return open_day(self.closed_until, document.entity, entry.day, document.day)

    def say(self, positions: Sequence[Position]) -> str:
        """Return numbers of documents, as a sentence names them."""
        numbers = [self.documents[position].document_id for position in positions[:_MOST_NUMBERS]]
        return ", ".join(numbers) + (", …" if len(positions) > _MOST_NUMBERS else "")

    def name(self, customer: str) -> str:
        """Return the name of a customer, its number where it has none."""
        return self.setting.payers.names.names.get(customer) or customer

    def fits(self, parts: Sequence[tuple[Position, Cents]]) -> bool:
        """Tell whether as much is open still on every invoice."""
        return all(self.setting.ledger.open(position) >= money for position, money in parts)

    def plain(
        self, entry: BankEntry, kind: str, reason: Message, status: Status = "applied", score: float = 1.0
    ) -> Outcome:
        """Return an entry that is one thing as a whole, and on no document."""
        line = Line(None, kind, entry.amount, None, status, score, reason, self.day(entry))
        return Outcome(entry, [*self.objections(entry), line])

    def barred(self, entry: BankEntry) -> frozenset[Position]:
        """Return the documents that people said an entry is not for."""
        return frozenset(
            position
            for one in self.decisions.get(entry.key, ())
            if one.status == "rejected"
            and (position := self.positions.get(one.document_id or "")) is not None
        )

    def has_objection(self, entry: BankEntry) -> bool:
        """Tell whether a person turned something down: the rest of it is proposed only."""
        return any(one.status == "rejected" for one in self.decisions.get(entry.key, ()))

    def objections(self, entry: BankEntry) -> list[Line]:
        """Return the lines of what people turned down, without money."""
        return [
            Line(
                document=position,
                kind=one.kind,
                amount=0,
                customer=self.documents[position].customer,
                status="rejected",
                score=0.0,
                reason=reasons.AGAINST(person=one.decided_by or "", numbers=one.document_id or ""),
                day=self.day(entry),
                decided_by=one.decided_by,
                decided_at=one.decided_at,
            )
            for one in self.decisions.get(entry.key, ())
            if one.status == "rejected"
            and (position := self.positions.get(one.document_id or "")) is not None
        ]


def _index(books: BankBooks) -> NumberIndex:
    """Return the index of numbers, with one number of each look of those that are left out of the books."""
    index = NumberIndex()
    if books.past_numbers is not None:
        numbers = pl.DataFrame({"number": books.past_numbers}).with_columns(
            compact=pl.col("number").str.to_uppercase().str.replace_all("[^A-Z0-9]", "")
        )
        looks = numbers.group_by(pl.col("compact").str.slice(0, 4), size=pl.col("compact").str.len_chars())
        index.add_past(looks.agg(pl.col("number").first())["number"])
    return index


def is_reserved(decision: Decision) -> bool:
    """Tell whether a person set money aside for an invoice."""
    return (
        decision.status == "confirmed"
        and decision.document_id is not None
        and decision.kind == "invoice"
        and set_aside(decision) > 0
    )


def set_aside(decision: Decision) -> Cents:
    """Return what nobody else may take of an invoice: the money, and what it is settled with beside it."""
    return max(decision.amount, 0) + max(decision.settled, 0)
