"""What is proposed of a receipt that is not certain, with the chance that it is right.

The scores are the shares that were right in books drawn with their truth beside them (tests/data/bank).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from data.bank import reasons, sums
from data.bank.books import Cents, Position
from data.bank.evidence import CashSetting, Evidence, slips
from data.bank.explanations import Explanation, explanation
from data.message_templates import Message

_LATE_DISCOUNT = 5
_PASSED_OVER = 0.5
_EXACT = {
    "full": reasons.NUMBER,
    "sum": reasons.NUMBERS,
    "discount": reasons.NUMBER_DISCOUNT,
    "credit": reasons.NUMBER_CREDIT,
    "charge": reasons.NUMBER_CHARGE,
}
_MOST_LIKE = 20


@dataclass(frozen=True, slots=True)
class CashProposal:
    """What a receipt may pay.

    Attributes:
        money: the documents and their money; null if it would stand on account.
        customer: whose money it would be.
        score: chance that it is right.
        reason: why.
    """

    money: Explanation | None
    customer: str
    score: float
    reason: Message


Say = Callable[[Sequence[Position]], str]


def proposal(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position], say: Say
) -> CashProposal | None:
    """Return what a receipt most likely pays, null if nothing speaks for anything.

    Args:
        setting: what is open.
        clues: what speaks for what.
        amount: the money, above 0.
        barred: documents that a person said it is not for.
        say: numbers of documents, as a sentence names them.
    """
    kept = [
        made
        for made in (
            _by_number(setting, clues, amount, say),
            _by_slip(setting, clues, amount, barred, say),
            *_of_customers(setting, clues, amount, barred, say),
            _of_amount(setting, clues, amount, barred, say),
        )
        if made is not None
    ]
    return _told(setting, clues, max(kept, key=lambda made: made.score), say) if kept else None


def _told(setting: CashSetting, clues: Evidence, made: CashProposal, say: Say) -> CashProposal:
    """Return a proposal that tells of it, and is less likely, where it passes over what the text names."""
    if made.money is None:
        return made
    chosen = [position for position, _money in made.money.parts]
    named = {*clues.surely, *clues.others}
    if not named or named.intersection(chosen):
        return made
    score = min(made.score, _PASSED_OVER)
    if made.money.how not in {"full", "sum"}:
        return replace(made, score=score)
    reason = reasons.FITS_BUT(customer=_name(setting, made.customer), numbers=say(chosen))
    return replace(made, score=score, reason=reason)


def _by_number(setting: CashSetting, clues: Evidence, amount: Cents, say: Say) -> CashProposal | None:
    ledger = setting.ledger
    named = clues.surely or clues.named
    opens = [position for position in named if ledger.open(position) > 0]
    if not opens:
        return None
    customer = setting.documents[opens[0]].customer
    is_sure = bool(clues.surely) and setting.payers.supports(clues.payer, clues.entry, customer)
    due = sum(ledger.open(position) for position in opens)
    exact = explanation(ledger, named, amount, clues.entry.day, clues.charges)
    if exact is not None:
        score = 0.9 if is_sure else 0.7
        numbers = say([position for position, _money in exact.parts])
        return CashProposal(exact, customer, score, _EXACT[exact.how](numbers=numbers))
    if amount < due:
        parts = _fill(setting, opens, amount)
        return CashProposal(
            Explanation("part", parts), customer, 0.85 if is_sure else 0.6, reasons.PART(numbers=say(opens))
        )
    rest = amount - due
    others = setting.ledger.amounts_of(customer, clues.entry.currency)
    beside = [position for position in others.get(rest, ()) if position not in opens]
    if beside:
        together = [*opens, beside[0]]
        parts = tuple((position, ledger.open(position)) for position in together)
        reason = reasons.AND_OTHER(named=say(opens), numbers=say(beside[:1]))
        return CashProposal(Explanation("sum", parts), customer, 0.9 if is_sure else 0.6, reason)
    parts = tuple((position, ledger.open(position)) for position in opens)
    return CashProposal(
        Explanation("part", parts), customer, 0.65 if is_sure else 0.4, reasons.MORE(numbers=say(opens))
    )


def _by_slip(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position], say: Say
) -> CashProposal | None:
    if not clues.reading.others:
        return None
    meant = [
        position for position in slips(setting, clues, amount, barred) if setting.ledger.open(position) > 0
    ]
    if len(meant) != 1:
        return None
    parts = _fill(setting, meant, amount)
    is_exact = setting.ledger.open(meant[0]) == amount
    score = 0.85 if is_exact else 0.6
    customer = setting.documents[meant[0]].customer
    return CashProposal(Explanation("part", parts), customer, score, reasons.ALMOST(numbers=say(meant)))


def _of_customers(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position], say: Say
) -> list[CashProposal]:
    """Return what the customers that may have paid have open for the amount."""
    payer, names = clues.payer, setting.payers.names
    known = payer.known
    if known is not None:
        made = _of_customer(setting, clues, amount, known, barred=barred, say=say) or [
            CashProposal(None, known, 0.05, reasons.CUSTOMER_ONLY(customer=_name(setting, known)))
        ]
        for member in setting.payers.members(known):
            if member != known:
                made += [
                    CashProposal(
                        one.money,
                        member,
                        min(one.score, 0.85),
                        reasons.OF_GROUP(
                            payer=_name(setting, known),
                            customer=_name(setting, member),
                            numbers=_numbers(one, say),
                        ),
                    )
                    for one in _of_customer(setting, clues, amount, member, barred=barred, say=say)
                ]
        return made
    possible = payer.possible or names.like(clues.entry.counterparty)[:_MOST_LIKE]
    made = [
        one
        for customer in possible
        for one in _of_customer(setting, clues, amount, customer, barred=barred, say=say)
    ]
    share = 0.9 if len(possible) == 1 else 1 / max(len(made), 1)
    return [
        CashProposal(
            one.money,
            one.customer,
            one.score * share,
            reasons.LIKE_NAME(customer=_name(setting, one.customer), numbers=_numbers(one, say)),
        )
        for one in made
    ] or [
        CashProposal(None, customer, 0.05, reasons.CUSTOMER_ONLY(customer=_name(setting, customer)))
        for customer in possible[:1]
        if len(possible) == 1
    ]


def _of_customer(
    setting: CashSetting,
    clues: Evidence,
    amount: Cents,
    customer: str,
    *,
    barred: frozenset[Position],
    say: Say,
) -> list[CashProposal]:
    """Return the invoices of a customer that make an amount, the likeliest way."""
    ledger, name = setting.ledger, _name(setting, customer)
    invoices = [p for p in ledger.invoices_of(customer, clues.entry.currency) if p not in barred]
    amounts: dict[Cents, list[Position]] = {}
    for position in invoices:
        amounts.setdefault(ledger.open(position), []).append(position)
    if amount in amounts:
        chosen = amounts[amount][:1]
        score, reason = 0.9, reasons.FITS_BUT(customer=name, numbers=say(chosen))
        if not clues.strangers:
            score = 0.9 if len(amounts[amount]) == 1 else 0.5
            reason = reasons.BY_NAME(customer=name, numbers=say(chosen))
        return [_proposal(setting, chosen, customer, score, reason)]
    pairs = sums.pairs_of({value: len(there) for value, there in amounts.items()}, amount)
    if pairs:
        one, other = pairs[0]
        chosen = [amounts[one][0], amounts[other][1 if one == other else 0]]
        reason = reasons.SETS(customer=name, numbers=say(chosen))
        return [_proposal(setting, chosen, customer, 0.85 / len(pairs), reason)]
    discount = _late_discount(setting, clues, amount, invoices)
    if discount is not None:
        reason = reasons.DISCOUNT_FITS(customer=name, numbers=say([discount.parts[0][0]]))
        return [CashProposal(discount, customer, 0.85, reason)]
    oldest = _oldest(setting, amount, invoices)
    if oldest:
        reason = reasons.OLDEST(customer=name, numbers=say(oldest[-1:]))
        return [_proposal(setting, oldest, customer, 0.9, reason)]
    places = sums.only_subset([ledger.open(position) for position in invoices], amount)
    if places is None:
        return []
    chosen = [invoices[place] for place in places]
    reason = reasons.SETS(customer=name, numbers=say(chosen))
    return [_proposal(setting, chosen, customer, 0.8, reason)]


def _late_discount(
    setting: CashSetting, clues: Evidence, amount: Cents, invoices: Sequence[Position]
) -> Explanation | None:
    """Return an invoice less its discount, in time or a few days late."""
    for position in invoices:
        document = setting.documents[position]
        until, cut = document.discount_until, document.discount
        if until is None or not cut or setting.ledger.open(position) - cut != amount:
            continue
        if (clues.entry.day - until).days <= _LATE_DISCOUNT:
            return Explanation("discount", ((position, amount),), ((position, "discount", cut),))
    return None


def _oldest(setting: CashSetting, amount: Cents, invoices: Sequence[Position]) -> Sequence[Position]:
    """Return the oldest invoices if all up to one of them make the amount."""
    made = 0
    for place, position in enumerate(invoices):
        made += setting.ledger.open(position)
        if made >= amount:
            return invoices[: place + 1] if made == amount else ()
    return ()


def _of_amount(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position], say: Say
) -> CashProposal | None:
    """Return the only invoice of the amount: a hint, no proof."""
    if clues.payer.possible or clues.named:
        return None
    alone = [p for p in setting.ledger.of_amount(clues.entry.currency, amount) if p not in barred]
    if len(alone) != 1:
        return None
    customer = setting.documents[alone[0]].customer
    reason = reasons.AMOUNT_ALONE(customer=_name(setting, customer), numbers=say(alone))
    return _proposal(setting, alone, customer, 0.7, reason)


def _proposal(
    setting: CashSetting, chosen: Sequence[Position], customer: str, score: float, reason: Message
) -> CashProposal:
    parts = tuple((position, setting.ledger.open(position)) for position in chosen)
    return CashProposal(Explanation("full" if len(parts) == 1 else "sum", parts), customer, score, reason)


def _fill(
    setting: CashSetting, positions: Sequence[Position], amount: Cents
) -> tuple[tuple[Position, Cents], ...]:
    """Return the money on invoices, the first named first, until it is spent."""
    parts: list[tuple[Position, Cents]] = []
    for position in positions:
        part = min(setting.ledger.open(position), amount - sum(money for _position, money in parts))
        if part > 0:
            parts.append((position, part))
    return tuple(parts)


def _numbers(made: CashProposal, say: Say) -> str:
    return say([position for position, _money in made.money.parts]) if made.money else ""


def _name(setting: CashSetting, customer: str) -> str:
    return setting.payers.names.names.get(customer, customer)
