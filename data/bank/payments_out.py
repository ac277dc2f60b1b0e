"""Money out as lines: what came back, bank charges, refunds; ordinary debits are left out."""

from data.bank import kinds, reasons
from data.bank.books import BankEntry, Position
from data.bank.debits import MOST_CHARGED, ReturnOrigin, credit_note_refund, is_refund, return_origin
from data.bank.desk import Desk
from data.bank.evidence import Evidence, evidence
from data.bank.outcome import Line, Outcome, SideSettlement, Status
from data.message_templates import Message


def debit(desk: Desk, entry: BankEntry, barred: frozenset[Position]) -> Outcome:
    """Return what money out is; one without lines is an ordinary debit."""
    has_objection = desk.has_objection(entry)
    if kinds.is_refusal(entry):
        return _return(desk, evidence(desk.setting, entry, barred), has_objection=has_objection)
    if kinds.is_bank_charge(entry):
        is_of_return = kinds.is_return(entry) and -entry.amount <= MOST_CHARGED
        return desk.plain(entry, "charge", reasons.RETURN_CHARGE() if is_of_return else reasons.BANK_CHARGE())
    if kinds.is_tax(entry) or kinds.is_salary(entry):
        return Outcome(entry, bills=desk.bills.pay(entry))
    if bills := desk.bills.pay(entry):
        return Outcome(entry, bills=bills)
    clues = evidence(desk.setting, entry, barred)
    if kinds.is_return(entry) and return_origin(desk.register, clues) is not None:
        return _return(desk, clues, has_objection=has_objection)
    return _refund(desk, clues, has_objection=has_objection)


def _return(desk: Desk, clues: Evidence, *, has_objection: bool) -> Outcome:
    """Open the invoices of a payment that came back again; the bank's charge stands apart."""
    entry, day = clues.entry, desk.day(clues.entry)
    back = return_origin(desk.register, clues)
    if back is None:
        return desk.plain(entry, "return", reasons.RETURN_UNKNOWN(), "unmatched", 0.0)
    is_applied = back.is_certain and not has_objection
    status: Status = "applied" if is_applied else "proposed"
    score = 1.0 if is_applied else 0.6
    reason = reasons.RETURN(numbers=desk.say(list(back.parts)))
    lines = [
        Line(
            position,
            "return",
            -money,
            desk.documents[position].customer,
            status,
            score,
            reason,
            desk.day(entry, position),
        )
        for position, money in back.parts.items()
    ]
    if back.charge:
        lines.append(Line(None, "charge", -back.charge, None, status, score, reasons.RETURN_CHARGE(), day))
    settles = _undone(desk, entry, back, status)
    if is_applied:
        for position, money in back.parts.items():
            desk.setting.ledger.settle(position, -money)
            back.receipt.parts[position] -= money
        for one in settles:
            desk.setting.ledger.settle(one.document, one.amount)
    return Outcome(entry, [*desk.objections(entry), *lines], settles)


def _undone(desk: Desk, entry: BankEntry, back: ReturnOrigin, status: Status) -> list[SideSettlement]:
    """Return the discounts and the like that go with the whole receipt."""
    if back.parts != back.receipt.parts:
        return []
    return [
        SideSettlement(position, kind, -amount, desk.day(entry, position), status)
        for position, kind, amount in back.receipt.settles
    ]


def _refund(desk: Desk, clues: Evidence, *, has_objection: bool) -> Outcome:
    """Return what is paid back to a customer: a credit note, or money that stood on account."""
    entry, amount = clues.entry, -clues.entry.amount
    notes = credit_note_refund(desk.setting, clues)
    if notes:
        status: Status = "proposed" if has_objection else "applied"
        reason = reasons.REFUND_CREDIT(numbers=desk.say(notes))
        lines = [
            Line(
                position,
                "refund",
                desk.setting.ledger.open(position),
                desk.documents[position].customer,
                status,
                0.9 if has_objection else 0.99,
                reason,
                desk.day(entry, position),
            )
            for position in notes
        ]
        for line, position in zip(lines, notes, strict=True):
            if not has_objection:
                desk.setting.ledger.settle(position, line.amount)
        return Outcome(entry, [*desk.objections(entry), *lines])
    named = {desk.documents[position].customer for position in clues.surely}
    customer = clues.payer.known or (named.pop() if len(named) == 1 else None)
    if customer is None:
        return Outcome(entry)
    on_account = desk.on_account.get((customer, entry.currency), [])
    if amount in on_account and not has_objection:
        on_account.remove(amount)
        return _on_none(desk, entry, customer, reasons.REFUND(customer=desk.name(customer)), is_applied=True)
    if is_refund(entry):
        reason = reasons.REFUND_UNSURE(customer=desk.name(customer))
        return _on_none(desk, entry, customer, reason, is_applied=False)
    return Outcome(entry)


def _on_none(desk: Desk, entry: BankEntry, customer: str, reason: Message, *, is_applied: bool) -> Outcome:
    status: Status = "applied" if is_applied else "proposed"
    score = 0.99 if is_applied else 0.6
    line = Line(None, "refund", entry.amount, customer, status, score, reason, desk.day(entry))
    return Outcome(entry, [*desk.objections(entry), line])
