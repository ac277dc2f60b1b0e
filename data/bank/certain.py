"""What is certain of a receipt, so that it is applied without a person; all else is somebody's decision.

Certain is a number, or a reference, that fits with an amount that is explained to the cent; and the amount
alone of a customer known by its account or exact name, if exactly one open invoice, or one pair and no
rival, makes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.bank import sums
from data.bank.books import Cents, Position
from data.bank.evidence import Evidence, Setting, slips
from data.bank.explanations import (
    Explanation,
    How,
    discounts,
    explanation,
    is_part_payment,
    with_amounts,
    with_shares,
)
from data.bank.open_ledger import OpenLedger
from data.bank.payers import is_same_payer

Why = Literal["number", "slip", "payer", "twice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a receipt pays.

    Attributes:
        why: what tells it: a number, one with a typing error, the payer and the amount, an invoice paid
            before.
        money: what explains the amount.
        on_account: money that stands on no invoice.
        customer: whose money it is.
    """

    why: Why
    money: Explanation
    on_account: Cents
    customer: str


def certain(
    setting: Setting, clues: Evidence, amount: Cents, barred: frozenset[Position] = frozenset()
) -> Finding | None:
    """Return what a receipt certainly pays, null if a person must say.

    Args:
        setting: the ledger of the day and what else is known.
        clues: what speaks for what.
        amount: the money, above 0.
        barred: documents that a person said the receipt is not for.
    """
    finding = by_number(setting, clues, amount) or _by_slip(setting, clues, amount, barred)
    if finding is None:
        finding = _by_payer(setting, clues, amount, barred) or _twice(setting, clues, amount)
    if finding is None:
        finding = _one_twice(setting, clues, amount)
    if finding is None or any(position in setting.claims for position, _money in finding.money.parts):
        return None
    return finding


def by_number(setting: Setting, clues: Evidence, amount: Cents) -> Finding | None:
    """Return what the numbers in the text and the amount say together."""
    if not clues.named:
        return None
    money = None
    if clues.surely:
        money = explanation(setting.ledger, clues.surely, amount, clues.entry.day, clues.charges)
        money = money or _some_of(setting, clues, amount) or _part(setting, clues, amount)
        money = money or _with_unnamed(setting, clues, amount)
    if money is None and len(clues.named) > len(clues.surely) and not clues.strangers:
        # A few digits count with the whole amount only.
        money = explanation(setting.ledger, clues.named, amount, clues.entry.day, ())
        allowed = {"full", "sum", "discount", "credit"} if clues.payer.known is not None else {"full", "sum"}
        money = money if money is not None and money.how in allowed else None
    if money is None or _is_of_another(setting, clues, money, amount):
        return None
    return _finding(setting, "number", money)


def _is_of_another(setting: Setting, clues: Evidence, money: Explanation, amount: Cents) -> bool:
    """Tell whether the payer is another customer, who may have meant a number or an invoice of its own."""
    known = clues.payer.known
    if known is None:
        return False
    kin = setting.payers.kin(known)
    customers = {setting.documents[position].customer for position, _money in money.parts}
    if all(setting.payers.kin(customer) == kin for customer in customers):
        return False
    return not clues.is_strong or amount in setting.ledger.amounts_of(known, clues.entry.currency)


def _some_of(setting: Setting, clues: Evidence, amount: Cents) -> Explanation | None:
    """Return the only documents among those named that make the amount."""
    opens = [position for position in clues.surely if setting.ledger.open(position)]
    if len(opens) <= 1:
        return None
    places = sums.only_subset([setting.ledger.open(position) for position in opens], amount)
    if places is None:
        return None
    return explanation(setting.ledger, [opens[place] for place in places], amount, clues.entry.day, ())


def _part(setting: Setting, clues: Evidence, amount: Cents) -> Explanation | None:
    """Return a part payment that the text states, or that is a simple share, or of a lone invoice."""
    ledger = setting.ledger
    if any(ledger.open(position) < 0 for position in clues.surely):
        return None
    opens = [position for position in clues.surely if ledger.open(position) > 0]
    ends = [
        (position, mention.end)
        for mention in clues.reading.mentions
        for position in opens
        if mention.documents == (position,)
    ]
    stated = with_amounts(ledger, ends, clues.reading.text, amount) if len(ends) == len(opens) else None
    if stated is not None:
        return stated
    if not opens or not _is_supported(setting, clues, opens) or _has_other_way(setting, clues, amount):
        return None
    if len(opens) == 1 and is_part_payment(clues.reading.text) and amount < ledger.open(opens[0]):
        return Explanation("part", ((opens[0], amount),))
    return with_shares(ledger, opens, amount) or _lone_part(setting, clues, amount)


def _lone_part(setting: Setting, clues: Evidence, amount: Cents) -> Explanation | None:
    """Return a part of the only invoice that the text of its customer names; what is short stays open."""
    if len(clues.named) > 1 or clues.strangers or clues.payer.known is None:
        return None
    [position] = clues.surely
    document = setting.documents[position]
    amounts = setting.ledger.amounts_of(document.customer, document.currency)
    if not 0 < amount < setting.ledger.open(position) or sums.pairs_of(_counts(amounts), amount):
        return None
    return Explanation("part", ((position, amount),))


def _with_unnamed(setting: Setting, clues: Evidence, amount: Cents) -> Explanation | None:
    """Return the invoices named, and the one or the only pair of a known customer that makes the rest.

    A bank cuts a list off, or a payer names the first of several.
    """
    known, ledger = clues.payer.known, setting.ledger
    opens = [position for position in clues.surely if ledger.open(position)]
    rest = amount - sum(ledger.open(position) for position in opens)
    if known is None or not opens or rest <= 0 or any(ledger.open(position) < 0 for position in opens):
        return None
    if any(setting.documents[position].customer != known for position in opens):
        return None
    if any(ledger.open(position) == rest for position in opens):
        return None  # As likely paid twice.
    others = _without(ledger.amounts_of(known, clues.entry.currency), frozenset(opens))
    chosen = _makers(others, rest)
    if chosen is None or (setting.floating.get((known, clues.entry.currency)) and _has_twins(others, chosen)):
        return None
    parts = [(position, ledger.open(position)) for position in (*opens, *chosen)]
    return Explanation("sum", tuple(parts))


def _counts(amounts: Mapping[Cents, Sequence[Position]]) -> dict[Cents, int]:
    return {amount: len(there) for amount, there in amounts.items()}


def _is_supported(setting: Setting, clues: Evidence, positions: Sequence[Position]) -> bool:
    """Tell whether the payer fits all of the invoices."""
    customers = {setting.documents[position].customer for position in positions}
    return all(setting.payers.supports(clues.payer, clues.entry, customer) for customer in customers)


def _has_other_way(setting: Setting, clues: Evidence, amount: Cents) -> bool:
    """Tell whether another invoice of a customer named is open for the amount: a number may be wrong."""
    customers = {setting.documents[position].customer for position in clues.surely}
    currency = clues.entry.currency
    return any(amount in setting.ledger.amounts_of(customer, currency) for customer in customers)


def _by_slip(setting: Setting, clues: Evidence, amount: Cents, barred: frozenset[Position]) -> Finding | None:
    """Return what a number with one typing error, and the amount, say together."""
    meant = [
        position for position in slips(setting, clues, amount, barred) if setting.ledger.open(position) > 0
    ]
    if not meant or len(meant) > sums.MOST_FOR_SUBSETS:
        return None
    surely = [position for position in clues.surely if setting.ledger.open(position) > 0]
    whole = amount - sum(setting.ledger.open(position) for position in surely)
    if whole <= 0 or (clues.surely and not surely):
        return None
    if not surely:
        alone = [p for p in meant if explanation(setting.ledger, [p], amount, clues.entry.day, clues.charges)]
        if alone:
            return _one_of(setting, clues, alone, amount)
    places = sums.only_subset([setting.ledger.open(position) for position in meant], whole)
    if places is None:
        return None
    money = explanation(
        setting.ledger, [*surely, *(meant[place] for place in places)], amount, clues.entry.day, ()
    )
    return None if money is None else _finding(setting, "slip", money)


def _one_of(setting: Setting, clues: Evidence, alone: list[Position], amount: Cents) -> Finding | None:
    """Return the invoice that a number with a slip is; of equal ones of a customer the oldest."""
    if len({(setting.documents[p].customer, setting.ledger.open(p)) for p in alone}) > 1:
        return None
    money = explanation(setting.ledger, alone[:1], amount, clues.entry.day, clues.charges)
    return None if money is None else _finding(setting, "slip", money)


def _by_payer(
    setting: Setting, clues: Evidence, amount: Cents, barred: frozenset[Position]
) -> Finding | None:
    """Return what the amount says of a customer known by its account or exact name.

    One invoice, or one pair, must make it, each less its discount where one may be taken. Where a receipt of
    the customer is not decided on, it may have paid the older of equal invoices: then nothing is certain.
    """
    known = clues.payer.known
    if known is None or clues.strangers:
        return None
    ledger, currency = setting.ledger, clues.entry.currency
    amounts = ledger.amounts_of(known, currency)
    if barred:
        amounts = _without(amounts, barred)
    cuts = dict(discounts(ledger, ledger.invoices_of(known, currency), clues.entry.day))
    less = _less(ledger, amounts, cuts) if cuts else {}
    full, cut = _makers(amounts, amount), _makers(less, amount)
    if full is not None and cut is not None and full != cut:
        return None
    chosen = full or cut
    if chosen is None or not set(clues.surely) <= set(chosen):
        return None
    if clues.surely and len(chosen) > len(clues.surely) and len({ledger.open(one) for one in chosen}) == 1:
        return None  # As likely paid twice.
    values = amounts if full is not None else less
    if setting.floating.get((known, currency)) and _has_twins(values, chosen):
        return None
    taken = cuts if full is None else {}
    parts = tuple((position, ledger.open(position) - taken.get(position, 0)) for position in chosen)
    settles = tuple((position, "discount", taken[position]) for position in chosen if position in taken)
    how: How = "discount" if settles else "full" if len(parts) == 1 else "sum"
    return _finding(setting, "payer", Explanation(how, parts, settles))


def _makers(amounts: Mapping[Cents, Sequence[Position]], amount: Cents) -> tuple[Position, ...] | None:
    """Return the oldest invoice of an amount, else the oldest two of the only pair that makes it."""
    if amount in amounts:
        return (amounts[amount][0],)
    pair = sums.only_pair(_counts(amounts), amount)
    if pair is None:
        return None
    one, other = pair
    return amounts[one][0], amounts[other][1 if one == other else 0]


def _has_twins(amounts: Mapping[Cents, Sequence[Position]], chosen: Sequence[Position]) -> bool:
    """Tell whether an invoice left open is equal to one of those chosen."""
    return any(
        position in there and not set(there) <= set(chosen)
        for there in amounts.values()
        for position in chosen
    )


def _less(
    ledger: OpenLedger, amounts: Mapping[Cents, Sequence[Position]], cuts: Mapping[Position, Cents]
) -> dict[Cents, list[Position]]:
    """Return the open amounts, less the discounts that may be taken."""
    less: dict[Cents, list[Position]] = {}
    for position in sorted(position for there in amounts.values() for position in there):
        less.setdefault(ledger.open(position) - cuts.get(position, 0), []).append(position)
    return less


def _twice(setting: Setting, clues: Evidence, amount: Cents) -> Finding | None:
    """Return what is paid a second time: it stays on account, and never goes over the invoice."""
    if not clues.surely or clues.strangers or setting.guesses.intersection(clues.surely):
        return None
    documents = [setting.documents[position] for position in clues.surely]
    if len({document.customer for document in documents}) > 1 or any(one.amount < 0 for one in documents):
        return None
    if sum(document.amount for document in documents) != amount:
        return None
    customer = documents[0].customer
    earlier = [setting.last_payer.get(position) for position in clues.surely]
    is_same = all(entry is not None and is_same_payer(entry, clues.entry) for entry in earlier)
    if not is_same and not (clues.is_strong and setting.payers.supports(clues.payer, clues.entry, customer)):
        return None
    # The number may be an old one, copied for an invoice of the same amount.
    if amount in setting.ledger.amounts_of(customer, clues.entry.currency):
        return None
    parts = tuple(
        (position, setting.ledger.open(position))
        for position in clues.surely
        if setting.ledger.open(position) > 0
    )
    rest = amount - sum(money for _position, money in parts)
    return Finding("twice", Explanation("part", parts), rest, customer) if rest > 0 else None


def _one_twice(setting: Setting, clues: Evidence, amount: Cents) -> Finding | None:
    """Return the invoices named, one of which is paid a second time in the same receipt."""
    ledger = setting.ledger
    opens = {position: ledger.open(position) for position in clues.surely if ledger.open(position)}
    rest = amount - sum(opens.values())
    if clues.strangers or rest <= 0 or rest not in opens.values() or min(opens.values()) < 0:
        return None
    if setting.guesses.intersection(clues.surely):
        return None
    customers = {setting.documents[position].customer for position in opens}
    if len(customers) > 1 or not _is_supported(setting, clues, list(opens)):
        return None
    [customer] = customers
    equal = ledger.amounts_of(customer, clues.entry.currency).get(rest, ())
    if not set(equal) <= set(opens) or amount in ledger.amounts_of(customer, clues.entry.currency):
        return None
    return Finding("twice", Explanation("part", tuple(opens.items())), rest, customer)


def _finding(setting: Setting, why: Why, money: Explanation) -> Finding:
    return Finding(why, money, 0, setting.documents[money.parts[0][0]].customer)


def _without(
    amounts: Mapping[Cents, Sequence[Position]], barred: frozenset[Position]
) -> dict[Cents, list[Position]]:
    kept: dict[Cents, list[Position]] = {}
    for amount, positions in amounts.items():
        left = [position for position in positions if position not in barred]
        if left:
            kept[amount] = left
    return kept
