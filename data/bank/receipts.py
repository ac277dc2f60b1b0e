"""Receipts as lines: what is applied of one, what is proposed, what is left."""

from dataclasses import replace
from datetime import date

from data.bank import kinds, reasons
from data.bank.books import BankEntry, Cents
from data.bank.desk import Desk
from data.bank.evidence import Evidence
from data.bank.explanations import CashFinding, Explanation
from data.bank.outcome import Line, Outcome, SideSettlement, Status
from data.bank.proposals import CashProposal
from data.message_templates import Message

_SCORES = {"number": 1.0, "slip": 0.99, "payer": 0.99, "twice": 0.99}
_LONE_SCORE = 0.99
_REST_SCORE = 0.05
_BY_NUMBER = {
    "full": reasons.NUMBER,
    "sum": reasons.NUMBERS,
    "discount": reasons.NUMBER_DISCOUNT,
    "credit": reasons.NUMBER_CREDIT,
    "charge": reasons.NUMBER_CHARGE,
    "part": reasons.NUMBER_PART,
    "lone": reasons.NUMBER_LONE,
    "instalment": reasons.INSTALMENT,
    "share": reasons.NUMBER_SHARE,
    "stated": reasons.NUMBER_STATED,
    "late": reasons.NUMBER_LATE,
    "short": reasons.NUMBER_SHORT,
    "over": reasons.NUMBER_OVER,
    "first": reasons.NUMBER_FIRST,
}


def apply_finding(desk: Desk, clues: Evidence, finding: CashFinding, since: date | None = None) -> Outcome:
    """Apply what is certain of a receipt, and return its lines.

    Args:
        desk: the books of the day.
        clues: what speaks for what.
        finding: what is certain.
        since: the day on which it became certain, if that is later than the receipt.
    """
    entry, ledger = clues.entry, desk.setting.ledger
    reason, score = _reason(desk, clues, finding), _SCORES[finding.why]
    if finding.money.how == "lone":
        score = _LONE_SCORE
    lines = _lines(desk, entry, finding.money, "applied", score=score, reason=reason)
    if since is not None:
        lines = [replace(line, day=max(line.day, since)) for line in lines]
    if finding.on_account:
        lines.append(
            Line(
                None,
                "on_account",
                finding.on_account,
                finding.customer,
                "applied",
                score,
                reason,
                desk.day(entry),
            )
        )
        desk.on_account[(finding.customer, entry.currency)].append(finding.on_account)
    if finding.money.how == "first":
        lines.append(_rest_of_list(desk, entry, finding))
    settles = _settles(desk, entry, finding.money, "applied")
    outcome = Outcome(entry, lines, settles)
    for position, money in finding.money.parts:
        ledger.settle(position, money)
        desk.setting.last_payer[position] = entry
        if finding.why == "payer":
            desk.setting.guesses.add(position)
    if finding.why == "number" and kinds.payment_provider(entry) is None:
        desk.setting.payers.see(entry, finding.customer)
    for position, _kind, amount in finding.money.settles:
        ledger.settle(position, amount)
    desk.register.add(outcome)
    return outcome


def _rest_of_list(desk: Desk, entry: BankEntry, finding: CashFinding) -> Line:
    """Return the money of a list whose last numbers nobody read; it may be for anything of the customer."""
    rest = entry.amount - sum(money for _position, money in finding.money.parts)
    owner, floating = (finding.customer, entry.currency), desk.setting.floating
    floating[owner] = floating.get(owner, 0) + 1
    day = desk.day(entry)
    reason = reasons.LIST_REST(customer=desk.name(finding.customer))
    return Line(None, "on_account", rest, finding.customer, "proposed", _REST_SCORE, reason, day)


def proposed(desk: Desk, entry: BankEntry, offer: CashProposal) -> Outcome:
    """Return what is proposed of a receipt, and keep it from other proposals."""
    lines: list[Line] = []
    settles: list[SideSettlement] = []
    if offer.money is not None:
        lines = _lines(desk, entry, offer.money, "proposed", score=offer.score, reason=offer.reason)
        settles = _settles(desk, entry, offer.money, "proposed")
        for position, money in offer.money.parts:
            desk.setting.ledger.settle(position, money)
    rest = entry.amount - sum(line.amount for line in lines)
    if rest:
        day, score = desk.day(entry), offer.score
        lines.append(Line(None, "on_account", rest, offer.customer, "proposed", score, offer.reason, day))
    return Outcome(entry, [*desk.objections(entry), *lines], settles)


def rest_line(desk: Desk, entry: BankEntry, amount: Cents, reason: Message, *, kind: str) -> Line:
    """Return money that nothing is known of."""
    return Line(None, kind, amount, None, "unmatched", 0.0, reason, desk.day(entry))


def _lines(
    desk: Desk, entry: BankEntry, money: Explanation, status: Status, *, score: float, reason: Message
) -> list[Line]:
    return [
        Line(
            position,
            "invoice",
            amount,
            desk.documents[position].customer,
            status,
            score,
            reason,
            desk.day(entry, position),
        )
        for position, amount in money.parts
    ]


def _settles(desk: Desk, entry: BankEntry, money: Explanation, status: Status) -> list[SideSettlement]:
    return [
        SideSettlement(position, kind, amount, desk.day(entry, position), status)
        for position, kind, amount in money.settles
    ]


def _reason(desk: Desk, clues: Evidence, finding: CashFinding) -> Message:
    positions = [position for position, _money in finding.money.parts]
    numbers = desk.say(positions or clues.surely)
    payer = clues.payer.known
    if finding.why == "twice":
        return reasons.TWICE(numbers=desk.say(clues.surely))
    if finding.why == "payer":
        return _by_payer(desk, clues, finding, numbers)
    reason = _BY_NUMBER[finding.money.how](numbers=numbers)
    if finding.why == "slip":
        reason = reasons.SLIP(numbers=numbers, money=reasons.AMOUNT_FITS())
    if any(desk.documents[position].day > clues.entry.day for position in positions):
        reason = reasons.LATER_INVOICE(numbers=numbers)
    if (
        payer is not None
        and payer != finding.customer
        and desk.setting.payers.is_kin(payer, finding.customer)
    ):
        return reasons.KIN(reason=reason, payer=desk.name(payer))
    return reason


def _by_payer(desk: Desk, clues: Evidence, finding: CashFinding, numbers: str) -> Message:
    customer = desk.name(finding.customer)
    if finding.money.how == "discount":
        return reasons.BY_PAYER_DISCOUNT(customer=customer, numbers=numbers)
    is_one = len(finding.money.parts) == 1
    if clues.payer.by == "account":
        sentence = reasons.BY_ACCOUNT if is_one else reasons.PAIR_BY_ACCOUNT
    elif clues.payer.by == "name":
        sentence = reasons.BY_NAME if is_one else reasons.PAIR_BY_NAME
    else:
        sentence = reasons.BY_TEXT if is_one else reasons.PAIR_BY_TEXT
    return sentence(customer=customer, numbers=numbers)
