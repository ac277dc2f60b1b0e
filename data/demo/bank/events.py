"""What customers make happen on the accounts: payments, collections, refunds, money that goes back."""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from data.demo.bank import rates
from data.demo.bank.chance import Chance
from data.demo.bank.payers import PayingCustomer
from data.demo.bank_days import Ints
from data.demo.company import Company
from data.demo.lines import DISCOUNT, ON_ACCOUNT, PAYMENT, REVERSAL
from data.demo.settlements import DISCOUNT_DAYS

_CENTS_IN_EURO, _LEAST_DIGITS, _TWO = 100, 3, 2


@dataclass(frozen=True)
class Event:
    """Money that moves between a customer and one account.

    Attributes:
        kind: receipt, refund or return.
        pays: per document, its position and cents; -1 in place of one that is not named.
        noise: kinds of noise in amount and occasion.
    """

    day: int
    kind: str
    customer: int
    services: int
    pays: tuple[tuple[int, int], ...]
    noise: tuple[str, ...] = ()

    @property
    def cents(self) -> int:
        """Return the money that moves; below 0 if it goes out."""
        return sum(cents for _, cents in self.pays)


def bookkept_events(company: Company, *, unnamed: bool, since: int = 0) -> list[Event]:
    """Return the money behind the payments of the bookkeeping, by day.

    Args:
        company: the demo company.
        unnamed: whether a payment without an invoice is one on its own day; else it comes with its invoice,
            on the day on which that was found.
        since: only what came after this day.
    """
    lines = company.lines
    is_cash = np.isin(lines.kind, (PAYMENT, REVERSAL))
    rows = np.flatnonzero(is_cash & (lines.day > since))
    order = rows[np.lexsort((lines.document[rows], lines.group[rows], lines.day[rows]))]
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in order.tolist():
        groups[int(lines.day[row]), int(lines.group[row])].append(row)
    discounts = set(lines.document[lines.kind == DISCOUNT].tolist())
    events = []
    for (day, _), members in groups.items():
        pays = [(int(lines.document[row]), int(lines.amount[row])) for row in members]
        if not unnamed:
            pays = [pair for pair in pays if pair[0] != ON_ACCOUNT]
        total = sum(cents for _, cents in pays)
        if total == 0:
            continue
        first = members[0]
        is_return = total < 0 and bool((lines.kind[members] == REVERSAL).any())
        kind = "receipt" if total > 0 else "return" if is_return else "refund"
        labels = ("discount",) if any(document in discounts for document, _ in pays) else ()
        events.append(
            Event(
                day=day,
                kind=kind,
                customer=int(lines.customer[first]),
                services=int(lines.services[first]),
                pays=tuple(pays),
                noise=labels if kind == "receipt" else (),
            )
        )
    return events


def with_fewer_parts(events: list[Event], amounts: Ints, seed: int) -> list[Event]:
    """Return the events, most invoices that are paid in two parts being paid at once, with the first part.

    A part that remains is paid for itself: who agreed on instalments, or has not enough, pays by hand, beside
    the run that pays all else.

    Args:
        events: in order of the day.
        amounts: cents of each document.
        seed: of the company.
    """
    chance = Chance(seed, "parts")
    payments: dict[int, list[int]] = defaultdict(list)
    for place, event in enumerate(events):
        if event.kind == "receipt":
            for document, _ in event.pays:
                payments[document].append(place)
    moved: dict[int, dict[int, int]] = defaultdict(dict)
    parts = set()
    for document, places in payments.items():
        paid = [dict(events[place].pays)[document] for place in places]
        if len(places) < _TWO or sum(paid) > amounts[document]:
            continue
        if len(places) == _TWO and not chance.happens(rates.IN_PARTS):
            moved[places[0]][document], moved[places[1]][document] = sum(paid), 0
        else:
            parts.add(document)
    result = []
    for place, event in enumerate(events):
        pays = {document: moved[place].get(document, cents) for document, cents in event.pays}
        whole = tuple(
            (document, cents) for document, cents in pays.items() if cents and document not in parts
        )
        apart = [(document, cents) for document, cents in pays.items() if cents and document in parts]
        if event.kind != "receipt":
            result.append(event)
            continue
        if whole:
            result.append(replace(event, pays=whole))
        result += [replace(event, pays=(pair,)) for pair in apart]
    return result


def with_short_texts(events: list[Event], payers: list[PayingCustomer]) -> list[Event]:
    """Return the events; who sees to it that all numbers fit the text pays many invoices in pieces."""
    result = []
    for event in events:
        if event.kind != "receipt" or not payers[event.customer].splits:
            result.append(event)
            continue
        most = rates.MOST_IN_TEXT
        pieces = [event.pays[start : start + most] for start in range(0, len(event.pays), most)]
        result += [replace(event, pays=piece) for piece in pieces]
    return result


def with_wrong_amounts(
    events: list[Event], company: Company, payers: list[PayingCustomer], seed: int
) -> list[Event]:
    """Return the events as customers make them happen: other amounts, payments made twice or taken back."""
    chance = Chance(seed, "amounts")
    calendar = company.calendar
    result = []
    for event in events:
        if event.kind != "receipt" or company.customers.direct_debit[event.customer]:
            result.append(event)
            continue
        payer = payers[event.customer]
        changed = _amount(event, company, payer, chance)
        result.append(changed)
        again = changed.day + chance.number(2, 12)
        if chance.happens(rates.TWICE):
            result.append(replace(changed, day=_bank_day(company, again), noise=("twice",)))
        elif chance.happens(rates.TAKEN_BACK):
            back = _bank_day(company, changed.day + chance.number(1, 3))
            pays = tuple((document, -cents) for document, cents in changed.pays)
            result.append(replace(changed, day=back, kind="return", pays=pays, noise=("taken back",)))
            later = _bank_day(company, again + 5)
            result.append(replace(changed, day=later, noise=(*changed.noise, "again")))
    return sorted((event for event in result if event.day <= calendar.as_of), key=lambda event: event.day)


def _bank_day(company: Company, day: int) -> int:
    return int(company.calendar.next_bank_day(np.array(day)))


def _amount(event: Event, company: Company, payer: PayingCustomer, chance: Chance) -> Event:
    """Return the event with the amount that the payer in fact pays."""
    by_hand = payer.by_hand
    percent = int(company.customers.discount_percent[event.customer])
    last, cents = event.pays[-1]
    total = event.cents
    late = all(event.day > int(company.invoices.day[document]) + DISCOUNT_DAYS for document, _ in event.pays)
    if percent and late and "discount" not in event.noise and chance.happens(rates.LATE_DISCOUNT):
        pays = tuple((document, own - (own * percent + 50) // 100) for document, own in event.pays)
        return replace(event, pays=pays, noise=(*event.noise, "discount too late"))
    kind = chance.weighted(
        [
            (rates.ROUNDED_BY_HAND if by_hand else rates.ROUNDED, "rounded"),
            (rates.DIGIT_WRONG_BY_HAND if by_hand else rates.DIGIT_WRONG, "digit"),
            (rates.CENTS_LOST, "cents"),
            (rates.CHARGES if payer.country == "NL" else rates.CHARGES_ABROAD, "charges"),
            (1.0, ""),
        ]
    )
    if kind == "rounded":
        money, label = (total + 50) // _CENTS_IN_EURO * _CENTS_IN_EURO, "rounded"
    elif kind == "digit":
        money, label = _swapped_digits(total, chance), "amount with a digit wrong"
    elif kind == "cents":
        money, label = total + chance.one_of((-5, -3, -2, -1, 1, 2)), "cents lost"
    elif kind == "charges":
        money, label = total - chance.number(rates.LEAST_CHARGE, rates.MOST_CHARGE), "charges taken off"
    else:
        return event
    if money <= 0 or money == total or cents + money - total <= 0:
        return event
    return replace(event, pays=(*event.pays[:-1], (last, cents + money - total)), noise=(*event.noise, label))


def _swapped_digits(cents: int, chance: Chance) -> int:
    digits = list(str(cents))
    if len(digits) < _LEAST_DIGITS:
        return cents
    place = chance.number(0, len(digits) - 2)
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    return int("".join(digits))


def settled_by_others(company: Company, kinds: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Return day, document and cents of what was settled without money, by day."""
    lines = company.lines
    rows = np.flatnonzero(np.isin(lines.kind, kinds) & (lines.document >= 0))
    order = rows[np.argsort(lines.day[rows], kind="stable")]
    return [(int(lines.day[row]), int(lines.document[row]), int(lines.amount[row])) for row in order.tolist()]
