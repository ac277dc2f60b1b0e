"""What a receipt of a known customer pays by its amount alone."""

from collections.abc import Mapping, Sequence

from data.bank import sums
from data.bank.books import Cents, Position
from data.bank.evidence import CashSetting, Evidence
from data.bank.explanations import CashFinding, Explanation, How, Why, discounts, explanation
from data.bank.likely_sets import likely_set
from data.bank.open_ledger import OpenLedger

_LIST = 3


def by_payer(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position]
) -> CashFinding | None:
    """Return what the amount says of a customer known by its account or exact name.

    One invoice, or one pair, must make it, each less its discount where one may be taken; else all that is
    due, or the only set that is no chance. Where a receipt of the customer is not decided on, it may have
    paid the older of equal invoices: then nothing is certain.
    """
    known = clues.payer.known
    if known is None or _has_strangers(setting, clues, amount):
        return None
    finding = _one_or_pair(setting, clues, amount, barred)
    if finding is None and not clues.strangers:
        finding = _set(setting, clues, amount, barred)
    return finding


def rest_makers(
    setting: CashSetting, clues: Evidence, opens: Sequence[Position], rest: Cents
) -> tuple[Position, ...] | None:
    """Return the other invoices of a known customer that make what is left behind those named.

    Of a list in the order of its days that a bank cut off they come later.
    """
    known, ledger = clues.payer.known, setting.ledger
    if known is None:
        return None
    others = [p for p in ledger.invoices_of(known, clues.entry.currency) if p not in opens]
    if len(opens) >= _LIST and list(opens) == sorted(opens):
        later = [position for position in others if position > max(opens)]
        places = likely_set([ledger.open(position) for position in later], rest)
        if places is not None:
            return tuple(later[place] for place in places)
    places = likely_set([ledger.open(position) for position in others], rest)
    return None if places is None else tuple(others[place] for place in places)


def _has_strangers(setting: CashSetting, clues: Evidence, amount: Cents) -> bool:
    """Tell whether the text names what the money may be for, and it is none of the payer's own."""
    if not clues.strangers or clues.payer.by not in {"account", "name"}:
        return clues.strangers
    documents, known = setting.documents, clues.payer.known or ""
    return clues.is_unknown or any(
        setting.ledger.open(position) == amount or setting.payers.is_kin(documents[position].customer, known)
        for position in clues.others
    )


def _set(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position]
) -> CashFinding | None:
    """Return all that is due of a customer by a day, or the only set that makes the amount."""
    ledger, known, currency = setting.ledger, clues.payer.known or "", clues.entry.currency
    invoices = [p for p in ledger.invoices_of(known, currency) if p not in barred]
    if clues.surely or not invoices:
        return None
    amounts = ledger.amounts_of(known, currency)
    if amount in amounts or sums.pairs_of(counts(amounts), amount):
        return None  # One, or two, make it as well.
    opens = [ledger.open(position) for position in invoices]
    cuts = dict(discounts(ledger, invoices, clues.entry.day))
    less = [own - cuts.get(position, 0) for position, own in zip(invoices, opens, strict=True)]
    notes = ledger.credits_of(known, currency)
    credit = -sum(ledger.open(note) for note in notes)
    ways = [(opens, 0), *([(less, 0)] if cuts else []), *([(opens, credit)] if credit else [])]
    for values, extra in ways:
        places = likely_set(values, amount + extra)
        if places is None:
            continue
        chosen = [invoices[place] for place in places]
        if setting.floating.get((known, currency)) and has_twins(amounts, chosen):
            return None
        named = [*chosen, *(notes if extra else ())]
        money = explanation(ledger, named, amount, clues.entry.day, ())
        return None if money is None else cash_finding(setting, "payer", money)
    return None


def _one_or_pair(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position]
) -> CashFinding | None:
    known = clues.payer.known or ""
    ledger, currency = setting.ledger, clues.entry.currency
    amounts = ledger.amounts_of(known, currency)
    if barred:
        amounts = without(amounts, barred)
    cuts = dict(discounts(ledger, ledger.invoices_of(known, currency), clues.entry.day))
    less = _less(ledger, amounts, cuts) if cuts else {}
    full, cut = makers(amounts, amount), makers(less, amount)
    if full is not None and cut is not None and full != cut:
        return None
    chosen = full or cut
    if chosen is None or not set(clues.surely) <= set(chosen):
        return None
    if clues.surely and len(chosen) > len(clues.surely) and len({ledger.open(one) for one in chosen}) == 1:
        return None  # As likely paid twice.
    values = amounts if full is not None else less
    if setting.floating.get((known, currency)) and has_twins(values, chosen):
        return None
    taken = cuts if full is None else {}
    parts = tuple((position, ledger.open(position) - taken.get(position, 0)) for position in chosen)
    settles = tuple((position, "discount", taken[position]) for position in chosen if position in taken)
    how: How = "discount" if settles else "full" if len(parts) == 1 else "sum"
    return cash_finding(setting, "payer", Explanation(how, parts, settles))


def makers(amounts: Mapping[Cents, Sequence[Position]], amount: Cents) -> tuple[Position, ...] | None:
    """Return the oldest invoice of an amount, else the oldest two of the only pair that makes it.

    Nothing is certain where two or three others make what one does, as round amounts do.
    """
    if amount in amounts:
        others = counts(amounts)
        return None if sums.has_pair_or_triple(others, amount) else (amounts[amount][0],)
    pair = sums.only_pair(counts(amounts), amount)
    if pair is None:
        return None
    one, other = pair
    return amounts[one][0], amounts[other][1 if one == other else 0]


def has_twins(amounts: Mapping[Cents, Sequence[Position]], chosen: Sequence[Position]) -> bool:
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


def counts(amounts: Mapping[Cents, Sequence[Position]]) -> dict[Cents, int]:
    return {amount: len(there) for amount, there in amounts.items()}


def without(
    amounts: Mapping[Cents, Sequence[Position]], barred: frozenset[Position]
) -> dict[Cents, list[Position]]:
    kept: dict[Cents, list[Position]] = {}
    for amount, positions in amounts.items():
        left = [position for position in positions if position not in barred]
        if left:
            kept[amount] = left
    return kept


def cash_finding(setting: CashSetting, why: Why, money: Explanation) -> CashFinding:
    return CashFinding(why, money, 0, setting.documents[money.parts[0][0]].customer)
