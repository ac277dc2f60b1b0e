"""What speaks for which documents: the numbers in the texts of an entry, and who paid it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from data.bank.books import BankEntry, Cents, LedgerDocument, Position
from data.bank.explanations import stated_charges
from data.bank.lists import Numbered, with_lists
from data.bank.numbers import (
    Mention,
    NumberIndex,
    Strength,
    TextReading,
    compact_number,
)
from data.bank.open_ledger import OpenLedger
from data.bank.payers import EntryPayer, Payers
from data.bank.slips import is_one_slip, with_digits

_NO_ID = frozenset({"", "NOTPROVIDED", "NONREF", "NOT PROVIDED"})
_POOL = 400
_SLIP_DIGITS, _LONG_SLIP, _MOST_CUT = 5, 7, 3
_SEVERAL = 2


@dataclass(frozen=True)
class CashSetting:
    """What every decision looks at: the ledger of the day, the numbers, the payers."""

    documents: Sequence[LedgerDocument]
    ledger: OpenLedger
    index: NumberIndex
    payers: Payers
    charges: frozenset[Cents]
    claims: dict[Position, int] = field(default_factory=dict)
    """Invoices that an earlier receipt names and that nobody has decided on, with how many do."""
    fits: dict[Position, int] = field(default_factory=dict)
    """Those that an earlier receipt, which names none, fits by its amount."""
    floating: dict[tuple[str, str], int] = field(default_factory=dict)
    """How many receipts of a customer, in a currency, nobody has decided on."""
    equals: dict[tuple[str, str, Cents], list[date]] = field(default_factory=dict)
    """The days of those receipts, by customer, currency and amount."""
    guesses: set[Position] = field(default_factory=set)
    """Invoices paid by amount alone, of which equal ones may have been meant."""
    last_payer: dict[Position, BankEntry] = field(default_factory=dict)
    """The last receipt on each document."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for what.

    Attributes:
        entry: the entry.
        payer: who paid it.
        reading: what its texts mention.
        named: the documents that are meant, in the order of the text.
        surely: those of them that are not read from a few digits.
        strangers: whether the text holds a number of a document that cannot be meant, or one of our series
            that is not in the books: the amount alone decides nothing then.
        others: the documents that the text mentions and that cannot be meant.
        is_unknown: whether the text holds a number of our series that is not in the books.
        is_strong: whether all of `surely` is plain without regard to the payer.
        charges: what a bank may have kept.
    """

    entry: BankEntry
    payer: EntryPayer
    reading: TextReading
    named: tuple[Position, ...]
    surely: tuple[Position, ...]
    strangers: bool
    others: tuple[Position, ...]
    is_unknown: bool
    is_strong: bool
    charges: frozenset[Cents]


def evidence(setting: CashSetting, entry: BankEntry, barred: frozenset[Position] = frozenset()) -> Evidence:
    """Return what speaks for which documents.

    Args:
        setting: the ledger of the day and what else is known.
        entry: money in or out.
        barred: documents that a person said the entry is not for.
    """
    payer = setting.payers.payer(entry)
    reading = _reading(setting, entry)
    named: list[Position] = []
    surely: list[Position] = []
    others: list[Position] = []
    is_strong = True
    read = _together(setting, entry, payer, reading.mentions) or [
        _read(setting, entry, payer, mention) for mention in reading.mentions
    ]
    anchors = {
        setting.payers.kin(setting.documents[positions[0]].customer)
        for mention, positions in zip(reading.mentions, read, strict=True)
        if len(positions) == 1 and mention.strength == Strength.STRONG
    }
    for mention, positions in zip(reading.mentions, read, strict=True):
        meant = positions
        if len(meant) > 1 and anchors:
            near = [p for p in meant if setting.payers.kin(setting.documents[p].customer) in anchors]
            meant = near or meant
        if len(meant) > 1:
            meant = _by_what_is_open(setting, meant, entry.amount)
        if len(meant) > 1 and mention.is_order and not barred.intersection(meant):
            named += meant
            surely += meant
            is_strong = False
            continue
        chosen = meant[0] if len(meant) == 1 and meant[0] not in barred else None
        if chosen is None:
            others += mention.documents if mention.strength > Strength.WEAK else ()
            continue
        named.append(chosen)
        if mention.strength > Strength.WEAK:
            surely.append(chosen)
            is_strong = is_strong and mention.strength == Strength.STRONG
    cut_off = _cut_off(setting, entry, reading, surely) if surely else None
    if cut_off is not None and cut_off not in barred:
        named.append(cut_off)
        surely.append(cut_off)
    is_unknown = any(setting.index.is_shaped_like_ours(number) for number in reading.others)
    return Evidence(
        entry=entry,
        payer=payer,
        reading=reading,
        named=tuple(dict.fromkeys(named)),
        surely=tuple(dict.fromkeys(surely)),
        strangers=bool(others) or is_unknown,
        others=tuple(others),
        is_unknown=is_unknown,
        is_strong=is_strong and bool(surely),
        charges=setting.charges | frozenset(stated_charges(reading.text)),
    )


def slips(
    setting: CashSetting, clues: Evidence, amount: Cents, barred: frozenset[Position]
) -> list[Position]:
    """Return the invoices that a number in the text is, but for one typing error.

    A number that is another document of the books is never taken for a typing error.
    """
    typed = [
        (number, with_digits(number))
        for number in clues.reading.others
        if len(number) >= _SLIP_DIGITS and not _is_ours(setting.index, number)
    ]
    if not typed:
        return []
    entry, ledger = clues.entry, setting.ledger
    customers = {
        member for customer in clues.payer.possible for member in setting.payers.members(customer)
    } | {setting.documents[position].customer for position in clues.surely}
    pool = list(ledger.of_amount(entry.currency, amount)[:_POOL])
    for customer in sorted(customers):
        pool += ledger.invoices_of(customer, entry.currency)[:_POOL]
    named = set(clues.named)
    meant: list[Position] = []
    for position in dict.fromkeys(pool):
        if position in named or position in barred:
            continue
        document = setting.documents[position]
        spellings = setting.index.spellings(position, document)
        hit = [
            number
            for number, digits in typed
            for text in spellings
            if len(text) >= _SLIP_DIGITS and (is_one_slip(number, text) or with_digits(text) == digits)
        ]
        if not hit:
            continue
        is_alone = (
            clues.payer.known is None
            and len(ledger.of_amount(entry.currency, amount)) == 1
            and ledger.open(position) == amount
            and max(map(len, hit)) >= _LONG_SLIP
        )
        if is_alone or setting.payers.supports(clues.payer, entry, document.customer):
            meant.append(position)
    return meant


def _cut_off(
    setting: CashSetting, entry: BankEntry, reading: TextReading, surely: Sequence[Position]
) -> Position | None:
    """Return the only open invoice of which a bank cut off the number, the last one of a list."""
    end = compact_number(entry.description)
    typed = [number for number in reading.others if len(number) > _SLIP_DIGITS and end.endswith(number)]
    if not typed:
        return None
    first = setting.documents[surely[0]]
    meant = {
        position
        for position in setting.ledger.invoices_of(first.customer, first.currency)[-_POOL:]
        if position not in surely
        and any(
            text.startswith(number) and 0 < len(text) - len(number) <= _MOST_CUT
            for number in typed
            for text in [compact_number(setting.documents[position].document_id)]
        )
    }
    return meant.pop() if len(meant) == 1 else None


def _is_ours(index: NumberIndex, number: str) -> bool:
    return bool(
        index.of("=", number) or (number.isdigit() and (index.of("#", number) or index.of("$", number)))
    )


def _reading(setting: CashSetting, entry: BankEntry) -> TextReading:
    texts = [(entry.description, False)]
    if entry.end_to_end_id.upper() not in _NO_ID:
        texts.append((entry.end_to_end_id, False))
    if entry.reference:
        texts.append((entry.reference, True))
    reading = setting.index.reading(texts)
    return with_lists(
        reading, Numbered(setting.documents, setting.index, setting.ledger, setting.payers.is_kin)
    )


def _read(setting: CashSetting, entry: BankEntry, payer: EntryPayer, mention: Mention) -> list[Position]:
    """Return the documents that a mention may mean, of those that fit the currency and the payer."""
    there = [
        position
        for position in mention.documents
        if setting.ledger.is_in(position) and setting.documents[position].currency == entry.currency
    ]
    near = [p for p in there if setting.payers.supports(payer, entry, setting.documents[p].customer)]
    if near:
        own = [p for p in near if setting.documents[p].customer in payer.possible]
        return own or near
    if mention.strength == Strength.STRONG:
        return there
    # Nobody known paid: a short number counts if it is the only one that the amount fits as well.
    alone = setting.ledger.of_amount(entry.currency, entry.amount)
    is_fair = mention.strength == Strength.FAIR and not payer.possible
    return list(alone) if is_fair and len(alone) == 1 and alone[0] in there else []


def _together(
    setting: CashSetting, entry: BankEntry, payer: EntryPayer, mentions: Sequence[Mention]
) -> list[list[Position]]:
    """Return the invoices of one customer that several short numbers are and that make the amount.

    One of them says little of a payer that nobody knows; together they are no chance.
    """
    telling = [mention for mention in mentions if mention.strength > Strength.WEAK]
    if payer.possible or len(telling) < _SEVERAL:
        return []
    customers = set.intersection(
        *({setting.documents[position].customer for position in mention.documents} for mention in telling)
    )
    for customer in sorted(customers):
        meant = [
            [
                position
                for position in mention.documents
                if mention.strength > Strength.WEAK
                and setting.documents[position].customer == customer
                and setting.documents[position].currency == entry.currency
                and setting.ledger.open(position) > 0
            ]
            for mention in mentions
        ]
        chosen = {position for there in meant for position in there}
        is_plain = sum(len(there) == 1 for there in meant) == len(telling)
        if is_plain and len(chosen) >= _SEVERAL and sum(map(setting.ledger.open, chosen)) == entry.amount:
            return meant
    return []


def _by_what_is_open(setting: CashSetting, positions: list[Position], amount: Cents) -> list[Position]:
    """Return the one that the amount makes plain, else those that are open, else all of them."""
    opens = [position for position in positions if setting.ledger.open(position)]
    equal = [position for position in opens if setting.ledger.open(position) == amount]
    return equal if len(equal) == 1 else (opens or positions)
