"""What is certain of a receipt, so that it is applied without a person; all else is somebody's decision.

Certain is a number, or a reference, that fits with an amount that is explained to the cent; and the amount
alone of a customer known by its account or exact name, if exactly one open invoice, or one pair and no
rival, makes it (of_payer).
"""

from collections.abc import Sequence

from data.bank import near_amounts, sums
from data.bank.books import Cents, Position
from data.bank.evidence import CashSetting, Evidence, slips
from data.bank.explanations import (
    CashFinding,
    Explanation,
    explanation,
    is_part_payment,
    less_charge,
    names_others,
    with_amounts,
    with_shares,
)
from data.bank.of_payer import (
    by_payer,
    cash_finding,
    counts,
    has_twins,
    makers,
    rest_makers,
    without,
)
from data.bank.payers import is_same_payer
from data.bank.short_numbers import may_be_no_number

_CUT_LIST, _CUT_TEXT, _CUT_NUMBER = 3, 100, 16
"""A list is cut off if it has so many numbers, its text is so long, and so little stands behind the last."""

_LEAST_PART = 10
"""Less than a tenth of an invoice is no part payment unless the text says so."""


def certain(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position] = frozenset()
) -> CashFinding | None:
    """Return what a receipt certainly pays, null if a person must say.

    Args:
        setting: the ledger of the day and what else is known.
        clues: what speaks for what.
        amount: the money, above 0.
        barred: documents that a person said the receipt is not for.
    """
    finding = by_number(setting, clues, amount) or _by_slip(setting, clues, amount, barred)
    if finding is None:
        finding = _nearly(setting, clues, amount) or _first_of_list(setting, clues, amount)
    if finding is None:
        finding = by_payer(setting, clues, amount, barred) or _twice(setting, clues, amount)
    if finding is None:
        finding = _one_twice(setting, clues, amount)
    if finding is None or _has_rival_receipt(setting, clues, finding):
        return None
    return finding


def _has_rival_receipt(setting: CashSetting, clues: Evidence, finding: CashFinding) -> bool:
    """Tell whether a receipt that nobody decided on may have paid the same: by number or amount.

    A number that fits with the amount is certain whatever another of the same amount may be for.
    """
    positions = [position for position, _money in finding.money.parts]
    if any(position in setting.claims for position in positions):
        return True
    if finding.why == "number" and set(positions) <= set(clues.surely):
        return False
    if any(position in setting.fits for position in positions):
        return True
    rivals = setting.equals.get((finding.customer, clues.entry.currency, clues.entry.amount)) or []
    return bool(rivals) and all(max(rivals) >= setting.documents[position].day for position in positions)


def by_number(setting: CashSetting, clues: Evidence, amount: Cents) -> CashFinding | None:
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
    positions = [position for position, _money in money.parts]
    if len(positions) == 1 and may_be_no_number(clues, positions[0]):
        # The amount may be the same by chance.
        return cash_finding(setting, "number", money) if _is_supported(setting, clues, positions) else None
    return cash_finding(setting, "number", money)


def _nearly(setting: CashSetting, clues: Evidence, amount: Cents) -> CashFinding | None:
    """Return the invoices that all numbers name and the payer fits, paid but for a discount or a rounding."""
    opens = [position for position in clues.surely if setting.ledger.open(position) > 0]
    is_plain = len(opens) == len(clues.named) == len(clues.surely) and not clues.strangers
    if not opens or not is_plain or names_others(clues.reading.text):
        return None
    if not _is_supported(setting, clues, opens) or _has_other_way(setting, clues, amount):
        return None
    money = near_amounts.less_late_discount(setting.ledger, opens, amount, clues.entry.day)
    money = money or near_amounts.short_by_little(setting.ledger, opens, amount)
    if money is not None:
        return cash_finding(setting, "number", money)
    rest = near_amounts.little_too_much(setting.ledger, opens, amount)
    if not rest:
        return None
    parts = tuple((position, setting.ledger.open(position)) for position in opens)
    customer = setting.documents[opens[0]].customer
    return CashFinding("number", Explanation("over", parts), rest, customer)


def _first_of_list(setting: CashSetting, clues: Evidence, amount: Cents) -> CashFinding | None:
    """Return the invoices named at the beginning of a list that a bank cut off, or that goes on (`e.a.`).

    Each of them is paid; for what the rest is, a person must say.
    """
    opens = {position: setting.ledger.open(position) for position in clues.surely}
    rest = amount - sum(opens.values())
    customers = {setting.documents[position].customer for position in opens}
    is_its = clues.payer.known is not None and customers == {clues.payer.known}
    if not is_its or clues.strangers or rest <= 0 or min(opens.values()) <= 0 or rest in opens.values():
        return None
    last = max((mention.end for mention in clues.reading.mentions), default=0)
    size = len(clues.entry.description)
    is_cut = len(opens) >= _CUT_LIST and size >= _CUT_TEXT and last >= size - _CUT_NUMBER
    if not (is_cut or names_others(clues.reading.text)) or _has_other_way(setting, clues, amount):
        return None
    return cash_finding(setting, "number", Explanation("first", tuple(opens.items())))


def _is_of_another(setting: CashSetting, clues: Evidence, money: Explanation, amount: Cents) -> bool:
    """Tell whether the payer is another customer, who may have meant a number or an invoice of its own."""
    possible = clues.payer.possible
    kin = {setting.payers.kin(customer) for customer in possible}
    customers = {setting.documents[position].customer for position, _money in money.parts}
    if not possible or all(setting.payers.kin(customer) in kin for customer in customers):
        return False
    if clues.payer.known is not None and not clues.is_strong:
        return True
    return any(amount in setting.ledger.amounts_of(one, clues.entry.currency) for one in possible)


def _some_of(setting: CashSetting, clues: Evidence, amount: Cents) -> Explanation | None:
    """Return the only documents among those named that make the amount."""
    opens = [position for position in clues.surely if setting.ledger.open(position)]
    if len(opens) <= 1:
        return None
    places = sums.only_subset([setting.ledger.open(position) for position in opens], amount)
    if places is None:
        return None
    return explanation(setting.ledger, [opens[place] for place in places], amount, clues.entry.day, ())


def _part(setting: CashSetting, clues: Evidence, amount: Cents) -> Explanation | None:
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
    if len(opens) == 1 and less_charge(clues.reading.text, amount, ledger.open(opens[0])):
        kept = ledger.open(opens[0]) - amount
        return Explanation("charge", ((opens[0], amount),), ((opens[0], "write_off", kept),))
    return with_shares(ledger, opens, amount) or _lone_part(setting, clues, amount)


def _lone_part(setting: CashSetting, clues: Evidence, amount: Cents) -> Explanation | None:
    """Return a part of the only invoice that the text of its customer names; what is short stays open."""
    if len(clues.named) > 1 or clues.strangers or clues.payer.known is None:
        return None
    if names_others(clues.reading.text):
        return None
    [position] = clues.surely
    document = setting.documents[position]
    if document.customer != clues.payer.known:
        return None
    amounts = setting.ledger.amounts_of(document.customer, document.currency)
    due = setting.ledger.open(position)
    if not 0 < amount < due or amount * _LEAST_PART < due or sums.pairs_of(counts(amounts), amount):
        return None
    return Explanation("lone", ((position, amount),))


def _with_unnamed(setting: CashSetting, clues: Evidence, amount: Cents) -> Explanation | None:
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
    others = without(ledger.amounts_of(known, clues.entry.currency), frozenset(opens))
    chosen = makers(others, rest) or rest_makers(setting, clues, opens, rest)
    if chosen is None or (setting.floating.get((known, clues.entry.currency)) and has_twins(others, chosen)):
        return None
    parts = [(position, ledger.open(position)) for position in (*opens, *chosen)]
    return Explanation("sum", tuple(parts))


def _is_supported(setting: CashSetting, clues: Evidence, positions: Sequence[Position]) -> bool:
    """Tell whether the payer fits all of the invoices."""
    customers = {setting.documents[position].customer for position in positions}
    return all(setting.payers.supports(clues.payer, clues.entry, customer) for customer in customers)


def _has_other_way(setting: CashSetting, clues: Evidence, amount: Cents) -> bool:
    """Tell whether another invoice of a customer named is open for the amount: a number may be wrong."""
    customers = {setting.documents[position].customer for position in clues.surely}
    currency = clues.entry.currency
    return any(amount in setting.ledger.amounts_of(customer, currency) for customer in customers)


def _by_slip(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position]
) -> CashFinding | None:
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
    return None if money is None else cash_finding(setting, "slip", money)


def _one_of(
    setting: CashSetting, clues: Evidence, alone: list[Position], amount: Cents
) -> CashFinding | None:
    """Return the invoice that a number with a slip is; of equal ones of a customer the oldest."""
    if len({(setting.documents[p].customer, setting.ledger.open(p)) for p in alone}) > 1:
        return None
    money = explanation(setting.ledger, alone[:1], amount, clues.entry.day, clues.charges)
    return None if money is None else cash_finding(setting, "slip", money)


def _twice(setting: CashSetting, clues: Evidence, amount: Cents) -> CashFinding | None:
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
    return CashFinding("twice", Explanation("part", parts), rest, customer) if rest > 0 else None


def _one_twice(setting: CashSetting, clues: Evidence, amount: Cents) -> CashFinding | None:
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
    return CashFinding("twice", Explanation("part", tuple(opens.items())), rest, customer)
