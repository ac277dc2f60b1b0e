"""Why the money is what it is: the open amounts of the invoices named, less what may be taken off."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.bank.books import Cents, Position
from data.bank.open_ledger import OpenLedger

How = Literal[
    "full", "sum", "discount", "credit", "charge", "part", "lone", "instalment", "share", "stated", "late",
    "short", "over", "first",
]  # fmt: skip
Why = Literal["number", "slip", "payer", "twice"]

_CHARGE_WORDS = (
    r"KOSTEN|CHARGES?|CHGS?\d?|FEES?|SPESEN|GEBUEHR(?:EN)?|GEBUHR(?:EN)?|FRAIS(?: DE BANQUE| BANCAIRES?)?|"
    r"PROVISIE|BANK COST|COSTS?"
)
_CHARGE = re.compile(
    rf"(?:{_CHARGE_WORDS})"
    r"[ :/=-]{0,3}(?:EUR|€|USD|GBP)?[ :/=-]{0,2}(\d{1,3})[.,](\d{2})(?!\d)"
)
_BANK_CHARGE = (
    r"(?:(?:BANK|TRANSACTIE|TRANSACTION|OVERBOEKINGS|TRANSFER|WIRE|UEBERWEISUNGS|UBERWEISUNGS)[ -]?"
    r"(?:KOSTEN|CHARGES?|FEES?|COSTS?|SPESEN|GEBUE?HR(?:EN)?)|CHARGES|SPESEN|"
    r"FRAIS (?:DE BANQUE|BANCAIRES?|DE VIREMENT))"
)
_LESS_CHARGE = re.compile(
    r"\b(?:MIN|MINUS|LESS|NET OF|AFTER|(?:NA|ONDER) AFTREK(?: VAN)?|ABZUE?GLICH|ABZGL\.?|MOINS) "
    rf"(?:DE |LES |THE |YOUR |OUR )?{_BANK_CHARGE}\b|"
    rf"\b{_BANK_CHARGE} (?:DEDUCTED|WITHHELD|INGEHOUDEN|AFGETROKKEN|ABGEZOGEN|EINBEHALTEN|DEDUITS?)\b"
)
_MOST_KEPT, _KEPT_SHARE = 2_500, 10
_STATED = re.compile(r"[ :=(/-]{1,3}(?:EUR|€)? ?(\d{1,3}(?:[. ]?\d{3})*)[.,](\d{2})(?!\d)")
_SHARES = {2: (1,), 3: (1, 2), 4: (1, 3), 5: (1, 2, 3, 4), 10: (1, 3, 7, 9)}
_LEAST_SHARE = 1_000
_LEAST_STATED = 2
_OTHERS = re.compile(
    r"\b(?:E\.? ?A\.?|E\.? ?O\.?|U\.? ?A\.?|ET AL|ETC|ENZ|USW|EN ANDEREN?|EN OVERIGEN?|UND ANDERE|AND OTHERS|"
    r"ET AUTRES)(?=\W|$)"
)
_PART = re.compile(
    r"\b(?:DEELBETALING|DEEL BETALING|DEELBET|AANBETALING|GEDEELTELIJK\w*|TERMIJN(?!EN)|"
    r"PART(?:IAL)? ?PAYMENT|"
    r"INSTALMENT|INSTALLMENT|TEILZAHLUNG|TEILBETRAG|ABSCHLAG\w*|ANZAHLUNG|ACOMPTE|PAIEMENT PARTIEL|"
    r"\d{1,2} ?(?:E|DE|STE) DEEL|DEEL \d)\b"
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Money to the cent.

    Attributes:
        how: what explains it.
        parts: document and money on it.
        settles: document, kind of settlement and by how much it is settled: a discount, what the bank kept
            (write_off), a credit note that was set off (credit, with its own share below 0).
    """

    how: How
    parts: tuple[tuple[Position, Cents], ...]
    settles: tuple[tuple[Position, str, Cents], ...] = ()


@dataclass(frozen=True, slots=True)
class CashFinding:
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


def explanation(
    ledger: OpenLedger, named: Sequence[Position], amount: Cents, day: date, charges: Collection[Cents]
) -> Explanation | None:
    """Return how the documents named make up an amount; null if they do not, to the cent.

    Args:
        ledger: what is open.
        named: invoices, and credit notes if the text names them.
        amount: the money, above 0.
        day: on which it was booked.
        charges: what a bank may have kept of it.
    """
    invoices = [position for position in named if ledger.open(position) > 0]
    credit_notes = [position for position in named if ledger.open(position) < 0]
    if not invoices:
        return None
    opens = [ledger.open(position) for position in invoices]
    due = sum(opens) + sum(ledger.open(position) for position in credit_notes)
    if due == amount and not credit_notes:
        return Explanation("full" if len(invoices) == 1 else "sum", tuple(zip(invoices, opens, strict=True)))
    if due == amount:
        return _less_credit(ledger, invoices, credit_notes)
    if due < amount or credit_notes:
        return None
    return (
        _less_discount(ledger, invoices, due - amount, day)
        or _less_open_credit(ledger, invoices, due - amount)
        or _less_charge(invoices, opens, due - amount, charges)
    )


def stated_charges(text: str) -> tuple[Cents, ...]:
    """Return what a text in capitals says that a bank kept."""
    return tuple(int(whole) * 100 + int(rest) for whole, rest in _CHARGE.findall(text))


def less_charge(text: str, amount: Cents, due: Cents) -> bool:
    """Tell whether a text in capitals says that a bank kept a charge, not how much; little is short."""
    gap = due - amount
    is_little = 0 < gap <= _MOST_KEPT and gap * _KEPT_SHARE <= due
    return is_little and not stated_charges(text) and _LESS_CHARGE.search(text) is not None


def is_part_payment(text: str) -> bool:
    """Tell whether a text in capitals says that a part is paid."""
    return _PART.search(text) is not None


def names_others(text: str) -> bool:
    """Tell whether a text in capitals says that there is more than the numbers in it."""
    return _OTHERS.search(text) is not None


def is_simple_share(part: Cents, whole: Cents) -> bool:
    """Tell whether an amount is a half, a third, a quarter or the like of another, to the cent."""
    return any(
        abs(part * parts - share * whole) < parts
        for parts, shares in _SHARES.items()
        for share in shares
        if share * whole >= parts * _LEAST_SHARE
    )


def with_shares(ledger: OpenLedger, invoices: Sequence[Position], amount: Cents) -> Explanation | None:
    """Return invoices paid in full but for one, of which a simple share is paid; null if several fit."""
    opens = {position: ledger.open(position) for position in invoices}
    gap = sum(opens.values()) - amount
    fitting = [
        position
        for position, money in opens.items()
        if 0 < gap < money and is_simple_share(money - gap, ledger.documents[position].amount)
    ]
    if len(fitting) != 1:
        return None
    parts = tuple(
        (position, money - (gap if position == fitting[0] else 0)) for position, money in opens.items()
    )
    return Explanation("share", parts)


def with_amounts(
    ledger: OpenLedger, mentions: Sequence[tuple[Position, int]], text: str, amount: Cents
) -> Explanation | None:
    """Return what a text says of each invoice: its number with its amount behind it.

    Args:
        ledger: what is open.
        mentions: the invoices named, each with where its number ends.
        text: in capitals.
        amount: the money, which the amounts must add up to.
    """
    parts: dict[Position, Cents] = {}
    for position, end in mentions:
        stated = _STATED.match(text, end)
        if stated is None or position in parts:
            return None
        money = int(re.sub(r"\D", "", stated[1]) + stated[2])
        if not 0 < money <= ledger.open(position):
            return None
        parts[position] = money
    if len(parts) < _LEAST_STATED or sum(parts.values()) != amount:
        return None
    return Explanation("stated", tuple(parts.items()))


def discounts(ledger: OpenLedger, invoices: Sequence[Position], day: date) -> list[tuple[Position, Cents]]:
    """Return the discounts that may still be taken: agreed, within their days, and nothing paid yet."""
    return [
        (position, document.discount)
        for position in invoices
        if (document := ledger.documents[position]).discount > 0
        and document.discount_until is not None
        and day <= document.discount_until
        and ledger.open(position) == document.amount
    ]


def _less_discount(
    ledger: OpenLedger, invoices: Sequence[Position], gap: Cents, day: date
) -> Explanation | None:
    taken = discounts(ledger, invoices, day)
    if not taken or sum(discount for _position, discount in taken) != gap:
        return None
    less = dict(taken)
    parts = tuple((position, ledger.open(position) - less.get(position, 0)) for position in invoices)
    return Explanation("discount", parts, tuple((position, "discount", cut) for position, cut in taken))


def _less_open_credit(ledger: OpenLedger, invoices: Sequence[Position], gap: Cents) -> Explanation | None:
    """Return the money less an open credit note: that of an invoice named, or the only such amount."""
    keys = {
        (ledger.documents[position].customer, ledger.documents[position].currency) for position in invoices
    }
    notes = [note for key in sorted(keys) for note in ledger.credits_of(*key)]
    fitting = [note for note in notes if -ledger.open(note) == gap]
    own = [note for note in fitting if _is_of(ledger, note, invoices)]
    if fitting:
        return _less_credit(ledger, invoices, [(own or fitting)[0]])
    if len(notes) > 1 and -sum(ledger.open(note) for note in notes) == gap:
        return _less_credit(ledger, invoices, notes)
    return None


def _less_credit(
    ledger: OpenLedger, invoices: Sequence[Position], notes: Sequence[Position]
) -> Explanation | None:
    """Set credit notes off: each against the invoice it is of, else against the oldest that can bear it."""
    left = {position: ledger.open(position) for position in invoices}
    settles: list[tuple[Position, str, Cents]] = []
    for note in notes:
        rest = -ledger.open(note)
        own = [position for position in invoices if _is_of(ledger, note, [position])]
        bearing = [position for position in invoices if left[position] >= rest]
        for position in dict.fromkeys([*own, *bearing[:1], *invoices]):
            cut = min(rest, left[position])
            if cut:
                left[position] -= cut
                rest -= cut
                settles.append((position, "credit", cut))
        if rest:
            return None
        settles.append((note, "credit", ledger.open(note)))
    parts = tuple((position, money) for position, money in left.items() if money)
    return Explanation("credit", parts, tuple(settles)) if parts else None


def _less_charge(
    invoices: Sequence[Position], opens: Sequence[Cents], gap: Cents, charges: Collection[Cents]
) -> Explanation | None:
    if gap not in charges:
        return None
    bearing = max(range(len(invoices)), key=lambda place: opens[place])
    if opens[bearing] <= gap:
        return None
    parts = tuple(
        (position, money - (gap if place == bearing else 0))
        for place, (position, money) in enumerate(zip(invoices, opens, strict=True))
    )
    return Explanation("charge", parts, ((invoices[bearing], "write_off", gap),))


def _is_of(ledger: OpenLedger, note: Position, invoices: Sequence[Position]) -> bool:
    original = ledger.documents[note].original
    return original is not None and any(
        ledger.documents[position].document_id == original for position in invoices
    )
