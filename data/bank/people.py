"""What people decided on an entry: it stands above all, and teaches whose account the other one is."""

from data.bank import reasons
from data.bank.books import Cents, Decision, Entry
from data.bank.desk import Desk, is_reserved
from data.bank.kinds import payment_provider
from data.bank.outcome import Line, Outcome, SideSettlement
from data.bank.receipts import rest_line
from data.message_templates import Message

_SIDE_KINDS = frozenset({"discount", "write_off", "credit"})


def is_decided(desk: Desk, entry: Entry) -> bool:
    """Tell whether a person said what an entry is, or that it is none of ours."""
    return any(
        one.status == "confirmed" or one.document_id is None for one in desk.decisions.get(entry.key, ())
    )


def decide(desk: Desk, entry: Entry) -> Outcome:
    """Return an entry as people decided; never more than its amount, and never more than is open."""
    lines = desk.objections(entry)
    settles: list[SideSettlement] = []
    sign = 1 if entry.amount > 0 else -1
    left = abs(entry.amount)
    for one in _in_order(desk, entry):
        if one.kind in _SIDE_KINDS:
            settles += _side(desk, entry, one)
            continue
        made, used = _part(desk, entry, one, sign, left)
        lines += made
        left -= used
    outcome = Outcome(entry, lines, settles)
    desk.register.add(outcome)
    if left:
        turned_down = [one for one in desk.decisions[entry.key] if one.status == "rejected"]
        if turned_down and not any(line.status == "confirmed" for line in lines):
            last = turned_down[-1]
            line = _line(desk, entry, last, None, sign * left, reasons.NOT_OURS(person=last.decided_by or ""))
            lines.append(line)
        else:
            lines.append(rest_line(desk, entry, sign * left, reasons.REST(), kind="other"))
    return outcome


def _in_order(desk: Desk, entry: Entry) -> list[Decision]:
    confirmed = [one for one in desk.decisions[entry.key] if one.status == "confirmed"]
    return sorted(confirmed, key=lambda one: (one.document_id is None, one.document_id or "", one.kind))


def _part(desk: Desk, entry: Entry, one: Decision, sign: int, left: Cents) -> tuple[list[Line], Cents]:
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
        return [_line(desk, entry, one, None, sign * amount, reason, kind)], amount
    document = desk.documents[position]
    _learn(desk, entry, document.customer)
    if is_reserved(one):
        ledger.release(position, one.amount)
    on_it = amount
    if sign > 0 and document.amount > 0:
        on_it = min(amount, max(ledger.balance[position], 0))
    ledger.settle(position, sign * on_it)
    if sign > 0:
        desk.setting.last_payer[position] = entry
    lines = [_line(desk, entry, one, document.document_id, sign * on_it, reason)] if on_it else []
    if amount > on_it:
        desk.on_account[(document.customer, entry.currency)].append(amount - on_it)
        lines.append(_line(desk, entry, one, None, sign * (amount - on_it), reason, "on_account"))
    return lines, amount


def _side(desk: Desk, entry: Entry, one: Decision) -> list[SideSettlement]:
    """Return a discount or the like that a person settled beside the money."""
    position = desk.positions.get(one.document_id) if one.document_id else None
    if position is None:
        return []
    desk.setting.ledger.settle(position, one.amount)
    return [SideSettlement(position, one.kind, one.amount, desk.day(entry, position), "confirmed")]


def _learn(desk: Desk, entry: Entry, customer: str | None) -> None:
    if customer and entry.counterparty_account and payment_provider(entry) is None:
        desk.setting.payers.learn(entry.counterparty_account, customer)


def _line(
    desk: Desk,
    entry: Entry,
    one: Decision,
    document_id: str | None,
    amount: Cents,
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
