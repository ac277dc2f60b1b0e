"""One entry of camt.053 with its transactions: what was booked, or the parts that it was booked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from data.importers import reasons
from data.importers.formats.bank import statement_reasons
from data.importers.formats.bank.camt_elements import Texts
from data.importers.formats.bank.values import (
    account_number,
    amount_fault,
    cents_of,
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
_SUBFAMILY = 4
_NO_REASON = "MS03"  # reason not specified (ISO 20022, external return reasons)
_SIDES = ("debtor", "creditor")
_WHOSE = tuple(f"{side}_{kind}" for side in _SIDES for kind in ("iban", "number"))
_OF_BATCH = frozenset({"batch", "message", "batch_size"})
_ULTIMATE = (("ULTD", "ultimate_debtor"), ("ULTC", "ultimate_creditor"))


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose account a statement is of: its number as `account_number` gives it, and name, lower case."""

    account: str
    name: str


class EntryPart(NamedTuple):
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
class CamtEntry:
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
    whole: EntryPart
    parts: Sequence[EntryPart] = ()
    is_unsplit: bool = False


class EntryError(Exception):
    """An entry that cannot be read for sure; `reason` is a clause."""

    def __init__(self, reason: Message) -> None:
        super().__init__()
        self.reason = reason


def is_booked(entry: Texts) -> bool:
    """Return whether an entry counts: one without a status is booked."""
    return entry.get("status", "").upper() in {"", _BOOKED}


def entry_of(line: int, entry: Texts, transactions: Sequence[Texts], owner: Owner) -> CamtEntry:
    """Return a line that was booked.

    Raises:
        EntryError: its amount, side or booking date cannot be read.
    """
    cents = cents_of(entry.get("amount", ""))
    if cents is None:
        raise EntryError(amount_fault("Amt", entry.get("amount", "")))
    side = entry.get("sign", "")
    if side not in SIGNS:
        raise EntryError(statement_reasons.NO_SIDE(value=side[:40]))
    cents *= SIGNS[side]
    booked = entry.get("day", "")
    day = day_of(booked)
    if booked and not day:
        raise EntryError(reasons.NOT_CALENDAR_DAY(label="BookgDt", value=booked[:40]))
    currency = entry.get("amount:ccy", "")
    amounts = _part_amounts(cents, currency, transactions) if len(transactions) > 1 else None
    only = transactions[0] if len(transactions) == 1 else {}
    return CamtEntry(
        line=line,
        day=day,
        value_day=entry.get("value_day", ""),
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
            SIGNS.get(each.get("sign", ""), sign) * amount
            for amount, each in zip(known, transactions, strict=True)
        ]
        for signed in (own, [sign * amount for amount in known]):
            if sum(signed) == cents:
                return signed
    return None


def _amount_at(places: Sequence[str], currency: str, transaction: Texts) -> int | None:
    for place in places:
        stated = transaction.get(f"{place}:ccy", "")
        if place in transaction and stated in {"", currency}:
            return cents_of(transaction[place])
    return None


def _part(cents: int, entry: Texts, transaction: Texts, owner: Owner, *, is_part: bool = False) -> EntryPart:
    code = (_code(transaction) or _code(entry)) if is_part else (_code(entry) or _code(transaction))
    return_reason = transaction.get("reason", "") or (
        _NO_REASON if _is_return(entry, transaction, code) else ""
    )
    side, account = _counterparty(cents, owner, transaction, is_return=bool(return_reason))
    name = transaction.get(side, "") or transaction.get(f"ultimate_{side}", "")
    structured: list[str] = []
    if "references" in transaction:
        structured = [text for text in map(reference, transaction["references"]) if text]
    bank_reference = (
        reference(transaction.get("bank_reference", ""))
        or reference(entry.get("bank_reference", ""))
        or entry_reference(entry.get("entry_reference", ""))
    )
    text = _text(cents, entry, transaction, structured[1:], name, is_part=is_part)
    end_to_end_id = reference(transaction.get("end_to_end_id", ""))
    first = structured[0] if structured else ""
    # By position, which takes half the time of names: a file has a million of them.
    return EntryPart(cents, name, text, account, first, end_to_end_id, bank_reference, code, return_reason)


def _code(texts: Texts) -> str:
    """Return what kind of entry it is: the code of ISO 20022, joined, else the bank's own."""
    if "domain" in texts and (
        code := _joined(texts["domain"], texts.get("family", ""), texts.get("subfamily", ""))
    ):
        return code
    own: str = texts.get("own_code", "")
    return own


@lru_cache(maxsize=1024)
def _joined(*codes: str) -> str:
    return "-".join(filter(None, codes))


def _is_return(entry: Texts, transaction: Texts, code: str) -> bool:
    if "reversal" in entry and entry["reversal"].lower() in {"true", "1"}:
        return True
    if code[-_SUBFAMILY:] in _RETURNS and code.rpartition("-")[2] in _RETURNS:
        return True
    own = [each["own_code"] for each in (entry, transaction) if "own_code" in each]
    return any(map(_GERMAN_RETURNS.match, own))


def _counterparty(cents: int, owner: Owner, transaction: Texts, *, is_return: bool) -> tuple[str, str]:
    """Return which side of a transaction is not ours, and its account.

    Money comes in from the debtor and goes to the creditor. In a return the parties are those of the payment
    that came back, at most banks; so whose account is known to be ours decides first.
    """
    names = (transaction.get("debtor", ""), transaction.get("creditor", ""))
    accounts = (_account(transaction, "debtor"), _account(transaction, "creditor"))
    ours = _among(accounts, owner.account)
    if ours[0] == ours[1]:
        ours = _among((names[0].lower(), names[1].lower()), owner.name)
    if ours[0] == ours[1]:
        ours = (not names[0] and not accounts[0], not names[1] and not accounts[1])
    other = ours[0] if ours[0] != ours[1] else (cents < 0) != is_return
    return _SIDES[other], accounts[other]


def _account(transaction: Texts, side: str) -> str:
    return account_number(transaction.get(f"{side}_iban", ""), transaction.get(f"{side}_number", ""))


def _among(texts: tuple[str, str], own: str) -> tuple[bool, bool]:
    return texts[0] != "" and texts[0] == own, texts[1] != "" and texts[1] == own


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
    text = " ".join(filter(None, texts))
    of_entry = "" if is_part else entry.get("additional", "")
    texts = [text] if of_entry in text else [text, of_entry]
    if "mandate" in transaction and (mandate := reference(transaction["mandate"])):
        texts.append(f"/MARF/{mandate}")
    for tag, side in _ULTIMATE:
        if side in transaction and (ultimate := transaction[side]) and ultimate != name:
            texts.append(f"/{tag}/{ultimate}")
    texts += _amounts_text(cents, entry, transaction, is_part=is_part)
    if not is_part:
        texts += _batch_texts(entry, transaction)
    return " ".join(filter(None, texts))


def _batch_texts(entry: Texts, transaction: Texts) -> list[str]:
    """Return the order and number of payments of an entry that is a batch, and nothing of any other.

    A payer's own order says nothing here: a single transaction that tells who paid is no batch.
    """
    if not (_OF_BATCH & entry.keys()) and "batch" not in transaction:
        return []
    size = entry.get("batch_size", "")
    if transaction and size in {"", "1"}:
        is_told = any(transaction.get(name) for name in (*_SIDES, *_WHOSE, "unstructured"))
        if is_told or reference(transaction.get("end_to_end_id", "")):
            return []
    orders = (entry.get("batch", ""), transaction.get("batch", ""), entry.get("message", ""))
    order = next(filter(None, map(reference, orders)), "")
    return [f"/{tag}/{text}" for tag, text in (("PREF", order), ("NRTX", size)) if text]


def _amounts_text(cents: int, entry: Texts, transaction: Texts, *, is_part: bool) -> list[str]:
    tags = []
    texts = transaction if is_part or "instructed" in transaction else entry
    if instructed := cents_of(texts.get("instructed", "")):
        currency = texts["instructed:ccy"]
        if instructed != abs(cents) or currency != entry.get("amount:ccy", ""):
            tags.append(f"/OCMT/{currency}{money(instructed)}")
    texts = transaction if is_part or "charges" in transaction else entry
    if "charges" in texts:
        for text, currency in zip(texts["charges"], texts["charges:ccy"], strict=True):
            if amount := cents_of(text):
                tags.append(f"/CHGS/{currency}{money(amount)}")
    return tags
