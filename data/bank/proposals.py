"""What is proposed of a receipt that is not certain, with the chance that it is right.

The scores are the shares that were right in books drawn with their truth beside them (tests/data/bank).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.bank import reasons, sums
from data.bank.books import Cents, Position
from data.bank.evidence import Evidence, Setting, slips
from data.bank.explanations import Explanation, explanation
from data.message_templates import Message

_LATE_DISCOUNT = 5
_MOST_LIKE = 20


@dataclass(frozen=True, slots=True)
class Proposal:
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
    setting: Setting, clues: Evidence, amount: Cents, barred: frozenset[Position], say: Say
) -> Proposal | None:
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
    return max(kept, key=lambda made: made.score) if kept else None


def _by_number(setting: Setting, clues: Evidence, amount: Cents, say: Say) -> Proposal | None:
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
        return Proposal(exact, customer, score, reasons.NUMBERS(numbers=say(opens)))
    if amount < due:
        parts = _fill(setting, opens, amount)
        return Proposal(
            Explanation("part", parts), customer, 0.95 if is_sure else 0.6, reasons.PART(numbers=say(opens))
        )
    rest = amount - due
    others = setting.ledger.amounts_of(customer, clues.entry.currency)
    beside = [position for position in others.get(rest, ()) if position not in opens]
    if beside:
        together = [*opens, beside[0]]
        parts = tuple((position, ledger.open(position)) for position in together)
        reason = reasons.AND_OTHER(named=say(opens), numbers=say(beside[:1]))
        return Proposal(Explanation("sum", parts), customer, 0.9 if is_sure else 0.6, reason)
    parts = tuple((position, ledger.open(position)) for position in opens)
    return Proposal(
        Explanation("part", parts), customer, 0.9 if is_sure else 0.5, reasons.MORE(numbers=say(opens))
    )


def _by_slip(
    setting: Setting, clues: Evidence, amount: Cents, barred: frozenset[Position], say: Say
) -> Proposal | None:
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
    return Proposal(Explanation("part", parts), customer, score, reasons.ALMOST(numbers=say(meant)))


def _of_customers(
    setting: Setting, clues: Evidence, amount: Cents, barred: frozenset[Position], say: Say
) -> list[Proposal]:
    """Return what the customers that may have paid have open for the amount."""
    payer, names = clues.payer, setting.payers.names
    known = payer.known
    if known is not None:
        made = _of_customer(setting, clues, amount, known, barred, say) or [
            Proposal(None, known, 0.4, reasons.CUSTOMER_ONLY(customer=_name(setting, known)))
        ]
        for member in setting.payers.members(known):
            if member != known:
                made += [
                    Proposal(
                        one.money,
                        member,
                        min(one.score, 0.85),
                        reasons.OF_GROUP(
                            payer=_name(setting, known),
                            customer=_name(setting, member),
                            numbers=_numbers(one, say),
                        ),
                    )
                    for one in _of_customer(setting, clues, amount, member, barred, say)
                ]
        return made
    possible = payer.possible or names.like(clues.entry.counterparty)[:_MOST_LIKE]
    made = [
        one for customer in possible for one in _of_customer(setting, clues, amount, customer, barred, say)
    ]
    share = 0.9 if len(possible) == 1 else 1 / max(len(made), 1)
    return [
        Proposal(
            one.money,
            one.customer,
            one.score * share,
            reasons.LIKE_NAME(customer=_name(setting, one.customer), numbers=_numbers(one, say)),
        )
        for one in made
    ] or [
        Proposal(None, customer, 0.3, reasons.CUSTOMER_ONLY(customer=_name(setting, customer)))
        for customer in possible[:1]
        if len(possible) == 1
    ]


def _of_customer(
    setting: Setting, clues: Evidence, amount: Cents, customer: str, barred: frozenset[Position], say: Say
) -> list[Proposal]:
    """Return the invoices of a customer that make an amount, the likeliest way."""
    ledger, currency = setting.ledger, clues.entry.currency
    name = _name(setting, customer)
    invoices = [p for p in ledger.invoices_of(customer, currency) if p not in barred]
    amounts: dict[Cents, list[Position]] = {}
    for position in invoices:
        amounts.setdefault(ledger.open(position), []).append(position)
    if amount in amounts:
        chosen = amounts[amount][:1]
        score, reason = 0.9, reasons.FITS_BUT(customer=name, numbers=say(chosen))
        if not clues.strangers:
            score, reason = 0.95, reasons.BY_NAME(customer=name, numbers=say(chosen))
        return [_proposal(setting, chosen, customer, score, reason)]
    pairs = sums.pairs_of({value: len(there) for value, there in amounts.items()}, amount)
    if pairs:
        one, other = pairs[0]
        chosen = [amounts[one][0], amounts[other][1 if one == other else 0]]
        score = 0.85 / len(pairs)
        return [_proposal(setting, chosen, customer, score, reasons.SETS(customer=name, numbers=say(chosen)))]
    for position in invoices:
        document = setting.documents[position]
        late = document.discount_until
        if late is None or ledger.open(position) - document.discount != amount or not document.discount:
            continue
        if (clues.entry.day - late).days <= _LATE_DISCOUNT:
            money = Explanation(
                "discount", ((position, amount),), ((position, "discount", document.discount),)
            )
            reason = reasons.DISCOUNT_FITS(customer=name, numbers=say([position]))
            return [Proposal(money, customer, 0.85, reason)]
    made = 0
    for place, position in enumerate(invoices):
        made += ledger.open(position)
        if made == amount:
            reason = reasons.OLDEST(customer=name, numbers=say([position]))
            return [_proposal(setting, invoices[: place + 1], customer, 0.9, reason)]
    places = sums.only_subset([ledger.open(position) for position in invoices], amount)
    if places is not None:
        chosen = [invoices[place] for place in places]
        return [_proposal(setting, chosen, customer, 0.8, reasons.SETS(customer=name, numbers=say(chosen)))]
    return []


def _of_amount(
    setting: Setting, clues: Evidence, amount: Cents, barred: frozenset[Position], say: Say
) -> Proposal | None:
    """Return the only invoice of the amount: a hint, no proof."""
    if clues.payer.possible or clues.named:
        return None
    alone = [p for p in setting.ledger.of_amount(clues.entry.currency, amount) if p not in barred]
    if len(alone) != 1:
        return None
    customer = setting.documents[alone[0]].customer
    reason = reasons.AMOUNT_ALONE(customer=_name(setting, customer), numbers=say(alone))
    return _proposal(setting, alone, customer, 0.3, reason)


def likely(setting: Setting, clues: Evidence, amount: Cents) -> tuple[Position, ...]:
    """Return the invoices that an undecided receipt may well be for, which no later one gets by itself."""
    ledger = setting.ledger
    named = tuple(position for position in clues.surely if ledger.open(position) > 0)
    if named:
        return named
    customers = [clues.payer.known] if clues.payer.known else clues.payer.possible
    fitting = [ledger.amounts_of(customer, clues.entry.currency).get(amount, ()) for customer in customers]
    return tuple(there[0] for there in fitting if there)


def _proposal(
    setting: Setting, chosen: Sequence[Position], customer: str, score: float, reason: Message
) -> Proposal:
    parts = tuple((position, setting.ledger.open(position)) for position in chosen)
    return Proposal(Explanation("full" if len(parts) == 1 else "sum", parts), customer, score, reason)


def _fill(
    setting: Setting, positions: Sequence[Position], amount: Cents
) -> tuple[tuple[Position, Cents], ...]:
    """Return the money on invoices, the first named first, until it is spent."""
    parts: list[tuple[Position, Cents]] = []
    for position in positions:
        part = min(setting.ledger.open(position), amount - sum(money for _position, money in parts))
        if part > 0:
            parts.append((position, part))
    return tuple(parts)


def _numbers(made: Proposal, say: Say) -> str:
    return say([position for position, _money in made.money.parts]) if made.money else ""


def _name(setting: Setting, customer: str) -> str:
    return setting.payers.names.names.get(customer, customer)
