"""What was decided on an entry, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from data.bank.books import Cents, Entry, Position
from data.message_templates import Message

Kind = Literal["invoice", "on_account", "refund", "return", "transfer", "charge", "other"]
Status = Literal["applied", "proposed", "unmatched", "rejected", "confirmed"]


@dataclass(frozen=True, slots=True)
class Line:
    """Money of an entry on a document, or on none.

    Attributes:
        document: the document, null for what stands on none.
        kind: what it is.
        amount: with the sign of the entry.
        customer: whose it is, null if nobody's.
        status: applied by itself, proposed, unmatched, or confirmed or rejected by a person.
        score: how likely it is right, 0-1.
        reason: why.
        day: on which it counts.
        decided_by, decided_at: who decided, and when; null if nobody did.
    """

    document: Position | None
    kind: str
    amount: Cents
    customer: str | None
    status: Status
    score: float
    reason: Message
    day: date
    decided_by: str | None = None
    decided_at: Any = None


@dataclass(frozen=True, slots=True)
class SideSettlement:
    """What is settled beside the money: a discount, what a bank kept (write_off), a credit note (credit)."""

    document: Position
    kind: str
    amount: Cents
    day: date
    status: Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided on an entry: its lines, what is settled beside them, and the bills it pays."""

    entry: Entry
    lines: Sequence[Line] = ()
    settles: Sequence[SideSettlement] = ()
    bills: tuple[str, ...] = ()
