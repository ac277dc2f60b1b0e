"""A payout as lines: the invoices its payments are for, what the provider kept, what it took back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from data.bank import reasons
from data.bank.books import BankEntry, Cents, Position
from data.bank.desk import Desk
from data.bank.numbers import Strength, compact_number
from data.bank.outcome import Line, Outcome, SideSettlement
from data.bank.payouts import Payout, PayoutLine
from data.bank.receipts import rest_line

_Kind = Literal["invoice", "return", "refund"]


def split(desk: Desk, entry: BankEntry, payout: Payout, provider: str) -> Outcome:
    """Return an entry that is a payout: money per invoice less the fee, which settles it beside the money.

    Payments of which no invoice is known are left in one line; so are refunds without a credit note.
    """
    money: dict[tuple[Position, _Kind], Cents] = defaultdict(int)
    fees: dict[Position, Cents] = defaultdict(int)
    kept = 0
    for line in payout.lines:
        if line.kind == "fee":
            kept += line.net
            continue
        place = _place(desk, entry, line)
        if place is None:
            continue
        position, kind = place
        is_paid = kind == "invoice"
        money[(position, kind)] += line.net if is_paid else line.gross
        desk.setting.ledger.settle(position, line.gross)
        if is_paid:
            fees[position] -= line.fee
        else:
            kept += line.fee
    lines = [
        Line(
            position,
            kind,
            own,
            desk.documents[position].customer,
            "applied",
            1.0,
            reasons.PAYOUT_OF(provider=provider, payout=payout.payout_id, numbers=desk.say([position])),
            desk.day(entry, position),
        )
        for (position, kind), own in money.items()
        if own
    ]
    if kept:
        reason = reasons.PAYOUT_FEE(provider=provider)
        lines.append(Line(None, "charge", kept, None, "applied", 1.0, reason, desk.day(entry)))
    settles = [
        SideSettlement(position, "write_off", fee, desk.day(entry, position), "applied")
        for position, fee in fees.items()
        if fee
    ]
    rest = entry.amount - sum(line.amount for line in lines)
    if rest:
        reason = reasons.PAYOUT_REST(provider=provider)
        lines.append(rest_line(desk, entry, rest, reason, kind="other"))
    return Outcome(entry, [*desk.objections(entry), *lines], settles)


def _place(desk: Desk, entry: BankEntry, line: PayoutLine) -> tuple[Position, _Kind] | None:
    """Return the document of a line, if its number and amount fit: never more than is open, or was paid."""
    ledger = desk.setting.ledger
    barred = desk.barred(entry)
    documents = _documents(desk, entry, line)
    exact = [position for position in documents if ledger.open(position) == line.gross]
    for position in exact or (documents if len(documents) == 1 else ()):
        document, is_open = desk.documents[position], ledger.open(position)
        if position in barred:
            continue
        if line.gross > 0 and line.kind in {"charge", "chargeback"}:
            if 0 < line.net == line.gross + line.fee and line.gross <= is_open:
                return position, "invoice"
        elif line.gross < 0 and line.kind == "chargeback" and document.amount > 0:
            if -line.gross <= document.amount - ledger.balance[position]:
                return position, "return"
        elif line.gross < 0 and line.kind == "refund" and is_open < 0 and is_open <= line.gross:
            return position, "refund"
    return None


def _documents(desk: Desk, entry: BankEntry, line: PayoutLine) -> Sequence[Position]:
    """Return the documents that a line names: by invoice, else by order, else in its text."""
    index = desk.setting.index
    for number in line.numbers:
        compact = compact_number(number)
        there = index.of("=", compact) or index.of("&", compact) if compact else ()
        fitting = [position for position in there if _is_in(desk, entry, position)]
        if fitting:
            return fitting
    reading = index.reading([(line.text, False)]) if line.text else None
    mentions = reading.mentions if reading is not None else ()
    return [
        mention.documents[0]
        for mention in mentions
        if mention.strength > Strength.WEAK
        and len(mention.documents) == 1
        and _is_in(desk, entry, mention.documents[0])
    ]


def _is_in(desk: Desk, entry: BankEntry, position: Position) -> bool:
    return desk.setting.ledger.is_in(position) and desk.documents[position].currency == entry.currency
