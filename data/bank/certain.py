"""What is certain of a receipt, so that it is applied without a person; all else is somebody's decision.

Certain is a number, or a reference, that fits with an amount that is explained to the cent; and the amount alone of a
customer known by its account or exact name, if exactly one open invoice, or one pair and no rival, makes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.bank import sums
from data.bank.books import Cents, Position
from data.bank.evidence import Evidence, Setting, slips
from data.bank.explanations import Explanation, discounts, explanation, is_part_payment
from data.bank.payers import is_same_payer

Why = Literal["number", "slip", "payer", "twice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a receipt pays.

    Attributes:
        why: what tells it: a number, one with a typing error, the payer and the amount, an invoice paid before.
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
    if finding is None or any(position in setting.claims for position, _money in finding.money.parts):
        return None
    return finding


def by_number(setting: Setting, clues: Evidence, amount: Cents) -> Finding | None:
    """Return what the numbers in the text and the amount say together."""
    if not clues.named or _is_of_another(setting, clues, amount):
        return None
    money = None
    if clues.surely:
        money = explanation(setting.ledger, clues.surely, amount, clues.entry.day, clues.charges)
        money = money or _some_of(setting, clues, amount) or _stated_part(setting, clues, amount)
    if money is None and len(clues.named) > len(clues.surely) and not clues.strangers:
        # A few digits count with the whole amount only.
        money = explanation(setting.ledger, clues.named, amount, clues.entry.day, ())
        money = money if money is not None and money.how in {"full", "sum"} else None
    return None if money is None else _finding(setting, "number", money)


def _is_of_another(setting: Setting, clues: Evidence, amount: Cents) -> bool:
    """Tell whether the payer is another customer, who may have meant a number or an invoice of its own."""
    known = clues.payer.known
    if known is None:
        return False
    kin = setting.payers.kin(known)
    if all(setting.payers.kin(setting.documents[position].customer) == kin for position in clues.named):
        return False
    return not clues.is_strong or amount in setting.ledger.amounts_of(known, clues.entry.currency)


def _some_of(setting: Setting, clues: Evidence, amount: Cents) -> Explanation | None:
    """Return the only documents among those named that make the amount."""
    opens = [position for position in clues.surely if setting.ledger.open(position)]
    if len(opens) < 2:
        return None
    places = sums.only_subset([setting.ledger.open(position) for position in opens], amount)
    if places is None:
        return None
    return explanation(setting.ledger, [opens[place] for place in places], amount, clues.entry.day, ())


def _stated_part(setting: Setting, clues: Evidence, amount: Cents) -> Explanation | None:
    """Return a part payment, if the text says that it is one."""
    opens = [position for position in clues.surely if setting.ledger.open(position) > 0]
    if len(opens) != 1 or not is_part_payment(clues.reading.text) or amount >= setting.ledger.open(opens[0]):
        return None
    return Explanation("part", ((opens[0], amount),))


def _by_slip(setting: Setting, clues: Evidence, amount: Cents, barred: frozenset[Position]) -> Finding | None:
    """Return what a number with one typing error, and the amount, say together."""
    if not clues.reading.others:
        return None
    meant = [
        position for position in slips(setting, clues, amount, barred) if setting.ledger.open(position) > 0
    ]
    if not meant or len(meant) > sums.MOST_FOR_SUBSETS:
        return None
    surely = [position for position in clues.surely if setting.ledger.open(position) > 0]
    whole = amount - sum(setting.ledger.open(position) for position in surely)
    if surely and whole <= 0:
        return None
    if not surely:
        if clues.surely:
            return None
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
    """Return what the amount says of a customer known by its account or exact name."""
    known = clues.payer.known
    if known is None or clues.strangers:
        return None
    amounts = setting.ledger.amounts_of(known, clues.entry.currency)
    if barred:
        amounts = _without(amounts, barred)
    if amount in amounts:
        chosen: tuple[Position, ...] = (amounts[amount][0],)
        if _has_discount_rival(setting, clues, amount):
            return None
    else:
        pair = sums.only_pair({value: len(there) for value, there in amounts.items()}, amount)
        if pair is None:
            return None
        one, other = pair
        chosen = (amounts[one][0], amounts[other][1 if one == other else 0])
    if not set(clues.surely) <= set(chosen):
        return None
    parts = tuple((position, setting.ledger.open(position)) for position in chosen)
    return _finding(setting, "payer", Explanation("full" if len(parts) == 1 else "sum", parts))


def _has_discount_rival(setting: Setting, clues: Evidence, amount: Cents) -> bool:
    """Tell whether another invoice less its discount comes to the amount as well."""
    known, ledger = str(clues.payer.known), setting.ledger
    invoices = ledger.invoices_of(known, clues.entry.currency)
    return any(
        ledger.open(position) - cut == amount
        for position, cut in discounts(ledger, invoices, clues.entry.day)
    )


def _twice(setting: Setting, clues: Evidence, amount: Cents) -> Finding | None:
    """Return what is paid a second time: it stays on account, and never goes over the invoice."""
    if not clues.surely or clues.strangers:
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
