"""What people decided on an entry: it stands above all, and teaches whose account the other one is."""

from data.bank import reasons
from data.bank.books import BankEntry, Cents, Decision
from data.bank.desk import Desk, is_reserved, set_aside
from data.bank.kinds import payment_provider
from data.bank.outcome import Line, Outcome, SideSettlement
from data.bank.receipts import rest_line
from data.message_templates import Message


def is_decided(desk: Desk, entry: BankEntry) -> bool:
    """Tell whether a person said what an entry is, or that it is none of ours."""
    return any(
        one.status == "confirmed" or one.document_id is None for one in desk.decisions.get(entry.key, ())
    )


def decide(desk: Desk, entry: BankEntry) -> Outcome:
    """Return an entry as people decided; never more than its amount, and never more than is open."""
    lines = desk.objections(entry)
    sign = 1 if entry.amount > 0 else -1
    left = abs(entry.amount)
    for one in _in_order(desk, entry):
        if is_reserved(one) and (one.document_id or "") in desk.positions:
            desk.setting.ledger.release(desk.positions[one.document_id or ""], set_aside(one))
        if one.amount or not one.settles:
            made, used = _part(desk, entry, one, sign, left)
            lines += made
            left -= used
    outcome = Outcome(entry, lines, _beside(desk, entry))
    desk.register.add(outcome)
    if left:
        turned_down = [one for one in desk.decisions[entry.key] if one.status == "rejected"]
        if turned_down and not any(line.status == "confirmed" for line in lines):
            last = turned_down[-1]
            line = _line(
                desk, entry, last, None, sign * left, reason=reasons.NOT_OURS(person=last.decided_by or "")
            )
            lines.append(line)
        else:
            lines.append(rest_line(desk, entry, sign * left, reasons.REST(), kind="other"))
    return outcome


def _in_order(desk: Desk, entry: BankEntry) -> list[Decision]:
    confirmed = [one for one in desk.decisions[entry.key] if one.status == "confirmed"]
    return sorted(confirmed, key=lambda one: (one.document_id is None, one.document_id or "", one.kind))


def _part(desk: Desk, entry: BankEntry, one: Decision, sign: int, left: Cents) -> tuple[list[Line], Cents]:
    """Return the lines of one decision, and how much of the entry they take."""
    ledger = desk.setting.ledger
    position = desk.positions.get(one.document_id) if one.document_id else None
    reason = reasons.BY_PERSON(person=one.decided_by or "")
    amount = min(abs(one.amount) or left, left)
    if position is None:
        _learn(desk, entry, one.customer)
        if one.kind in {"invoice", "on_account"} and one.customer and sign > 0:
            desk.on_account[(one.customer, entry.currency)].append(amount)
        kind = "on_account" if one.kind == "invoice" else one.kind
        return [_line(desk, entry, one, None, sign * amount, reason=reason, kind=kind)], amount
    document = desk.documents[position]
    _learn(desk, entry, document.customer)
    on_it = amount
    if sign > 0 and document.amount > 0:
        on_it = min(amount, max(ledger.balance[position], 0))
    ledger.settle(position, sign * on_it)
    if sign > 0:
        desk.setting.last_payer[position] = entry
    lines = [_line(desk, entry, one, document.document_id, sign * on_it, reason=reason)] if on_it else []
    if amount > on_it:
        desk.on_account[(document.customer, entry.currency)].append(amount - on_it)
        lines.append(_line(desk, entry, one, None, sign * (amount - on_it), reason=reason, kind="on_account"))
    return lines, amount


def _beside(desk: Desk, entry: BankEntry) -> list[SideSettlement]:
    """Return what documents are settled with beside their money, never more than is open of them.

    Of credit notes no more is set off than the invoices can bear, and the other way round.
    """
    chosen = [one for one in _in_order(desk, entry) if one.settles and one.document_id in desk.positions]
    credit = {True: 0, False: 0}
    for one in chosen:
        if one.settles == "credit":
            credit[one.settled > 0] += abs(_open_for(desk, one))
    left = {is_invoice: min(credit.values()) for is_invoice in credit}
    settles = []
    for one in chosen:
        amount = _open_for(desk, one)
        if one.settles == "credit":
            is_invoice = amount > 0
            amount = min(amount, left[True]) if is_invoice else max(amount, -left[False])
            left[is_invoice] -= abs(amount)
        if amount and one.settles:
            position = desk.positions[str(one.document_id)]
            desk.setting.ledger.settle(position, amount)
            settles.append(
                SideSettlement(position, one.settles, amount, desk.day(entry, position), "confirmed")
            )
    return settles


def _open_for(desk: Desk, one: Decision) -> Cents:
    """Return by how much a document can be settled of what a person said."""
    balance = desk.setting.ledger.balance[desk.positions[str(one.document_id)]]
    return min(one.settled, max(balance, 0)) if one.settled > 0 else max(one.settled, min(balance, 0))


def _learn(desk: Desk, entry: BankEntry, customer: str | None) -> None:
    if customer and entry.counterparty_account and payment_provider(entry) is None:
        desk.setting.payers.learn(entry.counterparty_account, customer)


def _line(
    desk: Desk,
    entry: BankEntry,
    one: Decision,
    document_id: str | None,
    amount: Cents,
    *,
    reason: Message,
    kind: str | None = None,
) -> Line:
    position = desk.positions[document_id] if document_id else None
    customer = desk.documents[position].customer if position is not None else one.customer
    return Line(
        document=position,
        kind=kind or one.kind,
        amount=amount,
        customer=customer,
        status="confirmed" if one.status == "confirmed" else "rejected",
        score=1.0 if one.status == "confirmed" else 0.0,
        reason=reason,
        day=desk.day(entry, position),
        decided_by=one.decided_by,
        decided_at=one.decided_at,
    )
