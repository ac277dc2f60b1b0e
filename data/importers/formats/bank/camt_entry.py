"""One entry of camt.053 with its transactions: what was booked, or the parts that it was booked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.importers import reasons
from data.importers.formats.bank import statement_reasons
from data.importers.formats.bank.camt_elements import Texts
from data.importers.formats.bank.values import (
    account_number,
    amount_fault,
    cents_of,
    clean,
    day_of,
    entry_reference,
    money,
    reference,
)
from data.message_templates import Message

SIGNS = {"CRDT": 1, "DBIT": -1}
_BOOKED = "BOOK"
# Subfamilies of ISO 20022 (external code set): unpaid or reversed direct debits, returned transfers.
_RETURNS = frozenset({"UPDD", "PRDD", "RRTN", "RPCR", "RCDD"})
# Geschäftsvorfallcodes of the Deutsche Kreditwirtschaft: direct debits charged or credited back, and
# returned transfers.
_GERMAN_RETURNS = re.compile(r"N[A-Z]{3}\+(?:108|109|159|181|184)\b")
_NO_REASON = "MS03"  # reason not specified (ISO 20022, external return reasons)
_SIDES = ("debtor", "creditor")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose account a statement is of: its number as `account_number` gives it, and the name of its owner."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """What an entry, or a part of a batch, becomes in `bank_entries`; amount in cents, with its sign."""

    cents: int
    counterparty: str
    text: str
    account: str
    reference: str
    end_to_end_id: str
    bank_reference: str
    code: str
    return_reason: str


@dataclass(slots=True)
class Entry:
    """One line booked.

    Attributes:
        line: of the file, where it begins.
        day: it was booked on; empty where the entry does not say.
        value_day: as the file writes it, empty where it does not.
        cents: with their sign.
        currency: of the amount.
        whole: the line as one.
        parts: of a batch whose parts add up to it; none where it is not split.
        is_unsplit: it has several parts, which do not add up.
    """

    line: int
    day: str
    value_day: str
    cents: int
    currency: str
    whole: Part
    parts: Sequence[Part] = ()
    is_unsplit: bool = False


class EntryError(Exception):
    """An entry that cannot be read for sure; `reason` is a clause."""

    def __init__(self, reason: Message) -> None:
        super().__init__()
        self.reason = reason


def is_booked(entry: Texts) -> bool:
    """Return whether an entry counts: one without a status is booked."""
    return str(entry.get("status", "")).strip().upper() in {"", _BOOKED}


def entry_of(line: int, entry: Texts, transactions: Sequence[Texts], owner: Owner) -> Entry:
    """Return a line that was booked.

    Raises:
        EntryError: its amount, side or booking date cannot be read.
    """
    cents = cents_of(entry.get("amount", ""))
    if cents is None:
        raise EntryError(amount_fault("Amt", entry.get("amount", "")))
    side = clean(entry.get("sign", ""))
    if side not in SIGNS:
        raise EntryError(statement_reasons.NO_SIDE(value=side[:40]))
    cents *= SIGNS[side]
    booked = clean(entry.get("day", ""))
    day = day_of(booked)
    if booked and not day:
        raise EntryError(reasons.NOT_CALENDAR_DAY(label="BookgDt", value=booked[:40]))
    currency = clean(entry.get("amount:ccy", "")).upper()
    amounts = _part_amounts(cents, currency, transactions) if len(transactions) > 1 else None
    only = transactions[0] if len(transactions) == 1 else {}
    return Entry(
        line=line,
        day=day,
        value_day=clean(entry.get("value_day", "")),
        cents=cents,
        currency=currency,
        whole=_part(cents, entry, only, owner),
        parts=[
            _part(amount, entry, transaction, owner, is_part=True)
            for amount, transaction in zip(amounts or (), transactions if amounts else (), strict=True)
        ],
        is_unsplit=len(transactions) > 1 and amounts is None,
    )


def _part_amounts(cents: int, currency: str, transactions: Sequence[Texts]) -> list[int] | None:
    """Return the amounts of the parts of a batch, with their signs; None where they do not add up to it.

    Versions differ in where the amount in the currency of the account stands, so that each place is tried;
    a part's own side is only of use where it makes the parts add up.
    """
    sign = 1 if cents >= 0 else -1
    for places in (("transaction", "instructed", "amount"), ("amount",), ("transaction",), ("instructed",)):
        amounts = [_amount_at(places, currency, each) for each in transactions]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(amounts):
            continue
        own = [
            SIGNS.get(clean(each.get("sign", "")), sign) * amount
            for amount, each in zip(known, transactions, strict=True)
        ]
        for signed in (own, [sign * amount for amount in known]):
            if sum(signed) == cents:
                return signed
    return None


def _amount_at(places: Sequence[str], currency: str, transaction: Texts) -> int | None:
    for place in places:
        stated = clean(transaction.get(f"{place}:ccy", "")).upper()
        if place in transaction and stated in {"", currency}:
            return cents_of(transaction[place])
    return None


def _part(cents: int, entry: Texts, transaction: Texts, owner: Owner, *, is_part: bool = False) -> Part:
    code = (_code(transaction) or _code(entry)) if is_part else (_code(entry) or _code(transaction))
    return_reason = _return_reason(entry, transaction, code)
    side = _counterparty_side(cents, owner, transaction, is_return=bool(return_reason))
    name = clean(transaction.get(side, "")) or clean(transaction.get(f"ultimate_{side}", ""))
    structured = [text for text in map(reference, transaction.get("references", ())) if text]
    own = reference(transaction.get("bank_reference", ""))
    of_entry = reference(entry.get("bank_reference", "")) or entry_reference(entry.get("entry_reference", ""))
    return Part(
        cents=cents,
        counterparty=name,
        text=_text(cents, entry, transaction, structured[1:], name, is_part=is_part),
        account=account_number(transaction.get(f"{side}_iban", ""), transaction.get(f"{side}_number", "")),
        reference=structured[0] if structured else "",
        end_to_end_id=reference(transaction.get("end_to_end_id", "")),
        bank_reference=own or of_entry,
        code=code,
        return_reason=return_reason,
    )


def _code(texts: Texts) -> str:
    """Return what kind of entry it is: the code of ISO 20022, joined, else the bank's own."""
    of_iso = [clean(texts.get(name, "")) for name in ("domain", "family", "subfamily")]
    return "-".join(filter(None, of_iso)) or clean(texts.get("own_code", ""))


def _return_reason(entry: Texts, transaction: Texts, code: str) -> str:
    stated = clean(transaction.get("reason", ""))
    if stated:
        return stated
    is_return = (
        clean(entry.get("reversal", "")).lower() in {"true", "1"}
        or code.rpartition("-")[2] in _RETURNS
        or any(_GERMAN_RETURNS.match(clean(each.get("own_code", ""))) for each in (entry, transaction))
    )
    return _NO_REASON if is_return else ""


def _counterparty_side(cents: int, owner: Owner, transaction: Texts, *, is_return: bool) -> str:
    """Return which side of a transaction is not ours.

    Money comes in from the debtor and goes to the creditor. In a return the parties are those of the payment
    that came back, at most banks; so whose account is known to be ours decides first.
    """
    accounts = [
        account_number(transaction.get(f"{side}_iban", ""), transaction.get(f"{side}_number", ""))
        for side in _SIDES
    ]
    ours = [bool(account) and account == owner.account for account in accounts]
    if ours[0] != ours[1]:
        return _SIDES[ours[0]]
    names = [clean(transaction.get(side, "")).lower() for side in _SIDES]
    is_owner = [bool(name) and name == owner.name.lower() for name in names]
    if is_owner[0] != is_owner[1]:
        return _SIDES[is_owner[0]]
    said = [bool(name or account) for name, account in zip(names, accounts, strict=True)]
    if said[0] != said[1]:
        return _SIDES[said[1]]
    return _SIDES[(cents < 0) != is_return]


def _text(
    cents: int, entry: Texts, transaction: Texts, references: Sequence[str], name: str, *, is_part: bool
) -> str:
    """Return the description: what the payer wrote, what the bank adds, and facts without a column.

    These facts bear the tags that Dutch banks write in MT940: `/MARF/` mandate, `/ULTD/` and `/ULTC/` the
    parties behind the parties, `/OCMT/` the amount before charges and exchange, `/CHGS/` charges, `/PREF/`
    and `/NRTX/` the order and number of payments of a batch.
    """
    texts = [*transaction.get("unstructured", ()), *transaction.get("documents", ()), *references]
    texts += [transaction.get("additional", ""), *transaction.get("return_texts", ())]
    text = " ".join(filter(None, map(clean, texts)))
    of_entry = "" if is_part else clean(entry.get("additional", ""))
    if of_entry and of_entry not in text:
        text = f"{text} {of_entry}" if text else of_entry
    tags: list[tuple[str, str]] = [("MARF", reference(transaction.get("mandate", "")))]
    for tag, side in (("ULTD", "ultimate_debtor"), ("ULTC", "ultimate_creditor")):
        ultimate = clean(transaction.get(side, ""))
        tags.append((tag, "" if ultimate == name else ultimate))
    tags += _amount_tags(cents, entry, transaction, is_part=is_part)
    if not transaction:
        tags += [
            ("PREF", reference(entry.get("batch", ""))),
            ("NRTX", reference(entry.get("batch_size", ""))),
        ]
    return " ".join(filter(None, [text, *(f"/{tag}/{value}" for tag, value in tags if value)]))


def _amount_tags(cents: int, entry: Texts, transaction: Texts, *, is_part: bool) -> list[tuple[str, str]]:
    tags = []
    texts = transaction if is_part or "instructed" in transaction else entry
    currency = clean(texts.get("instructed:ccy", "")).upper()
    instructed = cents_of(texts.get("instructed", ""))
    own = clean(entry.get("amount:ccy", "")).upper()
    if instructed and (instructed != abs(cents) or currency != own):
        tags.append(("OCMT", f"{currency}{money(instructed)}"))
    texts = transaction if is_part or "charges" in transaction else entry
    charges = texts.get("charges", ())
    for text, stated in zip(charges, texts.get("charges:ccy", ()), strict=False):
        if amount := cents_of(text):
            tags.append(("CHGS", f"{clean(stated).upper()}{money(amount)}"))
    return tags
