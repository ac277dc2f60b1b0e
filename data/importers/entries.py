"""Entries on the accounts of customers, with the code of what settles what, as documents and payments.

Invoices and credit notes become documents, all else payments. The rows of one code settle each other, per
customer, administration and currency: what is paid goes to the document it names, else to the oldest due,
on the day of the entry that pays; a credit note settles on the day of the match, or the later of the two
days. What a group leaves over stays open, or on account. So the sum of a customer's entries up to any day
is what the books have open and on account on that day, to the cent. What cannot be known is the day on
which money was matched: it counts from the day it came.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from data.grains import BY_NAME
from data.importers.cells import DTYPES
from data.importers.numbers import number_places
from data.importers.shapes import conform, customers_of

_CENT = Decimal("0.01")
_MONEY = {"payment": "payment", "discount": "discount", "write_off": "write_off", "correction": "credit"}


@dataclass(eq=False, slots=True)
class Entry:
    """One entry; amounts are in cents.

    Attributes:
        line: of the file.
        account: customer, administration and currency.
        day, due: of the entry, and when it is to be paid.
        number: of the document it is or names; empty if it has none.
        name: by which a payment is known.
        amount: above 0 for what the customer owes.
        kind: of the payment it is; empty for a document.
        code: what it is matched with; empty if with nothing.
        cleared: day of the match.
        document: number of the document it became.
        rest: what is left of the amount.
        settled: what it settled: the entry of the document, cents.
    """

    line: int
    account: tuple[str, str, str]
    day: date
    due: date | None
    number: str
    name: str
    amount: int
    kind: str
    code: str
    cleared: date | None
    document: str = ""
    rest: int = 0
    settled: list[tuple["Entry", int]] = field(default_factory=list)

    @property
    def falls_due(self) -> tuple[date, date, str, int]:
        """By which documents are paid: the oldest due first."""
        return self.due or self.day, self.day, self.document, self.line


@dataclass(frozen=True)
class EntryBooks:
    """What entries become.

    Attributes:
        grains: customers, invoices, payments and instalments.
        other_open: entries of which another amount is open than their matches leave.
    """

    grains: dict[str, pl.DataFrame]
    other_open: int


class _Payments:
    """The rows of payments, added up per payment, document, kind and day."""

    def __init__(self) -> None:
        self._cents: defaultdict[tuple[str, str | None, str, date, bool], int] = defaultdict(int)
        self._entries: dict[tuple[str, str | None, str, date, bool], Entry] = {}

    def add(self, entry: Entry, name: str, document: str | None, *, cents: int, kind: str, day: date) -> None:
        """Add what an entry settles of a document, or leaves on account."""
        key = (name, document, kind, day, cents < 0)
        self._cents[key] += cents
        self._entries.setdefault(key, entry)

    def rows(self) -> pl.DataFrame:
        """Return the rows with the columns of the grain and `line`."""
        sets: defaultdict[tuple[str, str | None, str, bool], int] = defaultdict(int)
        for name, document, kind, _day, is_below in self._cents:
            sets[name, document, kind, is_below] += 1
        rows = [
            {
                "payment_id": name,
                "customer_id": entry.account[0],
                "invoice_id": document,
                "payment_date": day,
                "currency": entry.account[2],
                "amount": cents * _CENT,
                "kind": kind,
                "entity": entry.account[1] or None,
                "part": day.isoformat() if sets[name, document, kind, is_below] > 1 else None,
                "place": 1,
                "line": entry.line,
            }
            for (name, document, kind, day, is_below), cents in self._cents.items()
            for entry in [self._entries[name, document, kind, day, is_below]]
        ]
        grain = BY_NAME["payments"]
        schema = {column.name: DTYPES[column.type] for column in grain.columns} | {"line": pl.Int64()}
        return conform(number_places(pl.DataFrame(rows, schema=schema), grain), grain)


def books_of(rows: pl.DataFrame) -> EntryBooks:
    """Turn typed entries into documents and payments.

    Args:
        rows: columns of `list_grains.ENTRIES` and `line`.
    """
    entries = _entries(rows)
    documents = _documents(entries)
    for group in _groups(entries, rows):
        _settle(group)
    payments = _Payments()
    for entry in entries:
        _pay(entry, payments, documents)
    invoices, parts = _invoices(rows, documents)
    grains = {"customers": conform(customers_of(rows), BY_NAME["customers"]), "invoices": invoices}
    grains["payments"] = payments.rows()
    if parts.height:
        grains["instalments"] = parts
    stated = rows.filter(pl.col("open_amount").is_not_null()).select("line", "open_amount").iter_rows()
    rests = {entry.line: entry.rest for entry in entries}
    other = sum(rests[line] != _cents(amount) for line, amount in stated)
    return EntryBooks({name: frame.sort("line") for name, frame in grains.items()}, other)


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def _entries(rows: pl.DataFrame) -> list[Entry]:
    named = {
        (customer, number)
        for customer, number, amount in rows.select("customer_id", "invoice_id", "amount").iter_rows()
        if number and amount > 0
    }
    columns = (
        "line", "customer_id", "entity", "currency", "invoice_date", "due_date", "invoice_id", "entry_number",
        "entry_id", "amount", "document_type", "match_code", "cleared_date",
    )  # fmt: skip
    entries = []
    for row in rows.select(columns).iter_rows():
        line, customer, entity, currency, day, due, number, entry, own, amount, stated, code, cleared = row
        kind = _kind(
            stated or "other", amount, is_named=(customer, number) in named, has_own=bool(number and due)
        )
        entries.append(
            Entry(
                line, (customer, entity or "", currency), day, due, number or "",
                own or " ".join(filter(None, (entry or number, customer, day.isoformat()))),
                _cents(amount), kind, code or "", cleared, rest=_cents(amount),
            )
        )  # fmt: skip
    return entries


def _kind(stated: str, amount: Decimal, *, is_named: bool, has_own: bool) -> str:
    """Return the kind of payment an entry is; empty for a document.

    An entry of a kind nobody knows is a document if the customer owes it; what lowers the debt is a credit
    note if it has a number of its own and falls due, else a payment.
    """
    if stated in {"invoice", "credit_note"} or (amount > 0 and stated in {"correction", "other"}):
        return ""
    if stated == "other":
        return "" if has_own and not is_named else "payment"
    return _MONEY[stated]


def _documents(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Give every entry of a document its number; return number -> its entries.

    Entries of one customer, number and day on one side are one document. Another one with the same number has
    words behind it that tell it apart; the first keeps the number, so that a longer export repeats it.
    """
    slots: dict[str, tuple[object, ...]] = {}
    documents: defaultdict[str, list[Entry]] = defaultdict(list)
    of_documents = (entry for entry in entries if not entry.kind)
    for entry in sorted(of_documents, key=lambda each: (each.amount < 0, each.day, each.line)):
        number, is_credit = entry.number or entry.name, entry.amount < 0
        own = (entry.account, entry.day, is_credit)
        for words in _words_apart(entry):
            if slots.setdefault(f"{number}{words}", own) == own:
                entry.document = f"{number}{words}"
                documents[entry.document].append(entry)
                break
    return documents


def _words_apart(entry: Entry) -> Iterator[str]:
    yield ""
    if entry.amount < 0:
        yield " credit"
    customer, entity, currency = entry.account
    side = " credit" if entry.amount < 0 else ""
    yield f" {customer}{side}"
    yield f" {customer} {entry.day.isoformat()}{side}"
    yield f" {customer} {entity} {currency} {entry.day.isoformat()}{side}"


def _groups(entries: Iterable[Entry], rows: pl.DataFrame) -> list[list[Entry]]:
    """Return the entries that are matched with each other.

    A code may be the number of another entry, the one that closed it: then that entry is of the group too.
    """
    ids = dict(rows.filter(pl.col("entry_id").is_not_null()).select("entry_id", "line").iter_rows())
    codes = {entry.line: entry.code for entry in entries}
    closing = {code for code in codes.values() if code in ids}
    names = {line: own for own, line in ids.items()}
    groups: defaultdict[tuple[tuple[str, str, str], str], list[Entry]] = defaultdict(list)
    for entry in entries:
        code, seen = entry.code, set()
        if not code and names.get(entry.line) in closing:
            code = names[entry.line]
        while code in ids and codes[ids[code]] and code not in seen:
            seen.add(code)
            code = codes[ids[code]]
        if code:
            groups[entry.account, code].append(entry)
    return list(groups.values())


def _settle(group: Sequence[Entry]) -> None:
    """Let the entries of a group settle each other, in the order in which they came."""
    owed = sorted(
        (entry for entry in group if not entry.kind and entry.amount > 0), key=lambda e: e.falls_due
    )
    credits_ = [entry for entry in group if not entry.kind and entry.amount < 0]
    paid = [entry for entry in group if entry.kind and entry.amount < 0]
    back = [entry for entry in group if entry.kind and entry.amount > 0]
    events = sorted([*paid, *credits_, *back], key=lambda e: (e.day, e.amount > 0, not e.kind, e.line))
    undone: set[int] = set()
    for entry in events:
        if entry.amount < 0:
            _apply(entry, owed)
        elif not _take_back(entry, [each for each in paid if each.day <= entry.day], undone):
            # Money that went back pays out a credit note, or what was paid too much.
            _apply_back(entry, credits_)
            _apply_back(entry, paid)
    for entry in (*paid, *credits_):
        # What a payment that came back has opened again.
        if entry.line not in undone:
            _apply(entry, owed)
    for entry in back:
        _apply_back(entry, paid)


def _apply(entry: Entry, owed: Sequence[Entry]) -> None:
    """Settle documents with the rest of a payment or credit note: the one it names, then the oldest due."""
    for document in (*(each for each in owed if each.number == entry.number and each.number), *owed):
        cents = min(-entry.rest, document.rest)
        if cents > 0:
            entry.settled.append((document, cents))
            entry.rest += cents
            document.rest -= cents


def _apply_back(entry: Entry, others: Sequence[Entry]) -> None:
    for other in others:
        cents = min(entry.rest, -other.rest)
        if cents > 0:
            entry.settled.append((other, -cents))
            entry.rest -= cents
            other.rest += cents


def _take_back(entry: Entry, paid: Sequence[Entry], undone: set[int]) -> bool:
    """Open again what the last payment of the same amount settled; return whether there is one."""
    same = [
        each for each in paid if each.amount == -entry.amount and each.line not in undone and each.settled
    ]
    if not same:
        return False
    bounced = max(
        same, key=lambda each: (each.number == entry.number and bool(each.number), each.day, each.line)
    )
    undone.add(bounced.line)
    for document, cents in bounced.settled:
        entry.settled.append((document, -cents))
        document.rest += cents
    # What it left on account goes with it.
    entry.rest = bounced.rest = 0
    return True


def _pay(entry: Entry, payments: _Payments, documents: dict[str, list[Entry]]) -> None:
    """Write what an entry settled, and what it left on account."""
    if not entry.kind:
        for document, cents in entry.settled:
            day = max(filter(None, (entry.cleared, entry.day, document.day)))
            for number, signed in ((document.document, cents), (entry.document, -cents)):
                payments.add(entry, entry.document, number, cents=signed, kind="credit", day=day)
        return
    on_account = -entry.amount
    opens = any(cents < 0 < document.amount for document, cents in entry.settled)
    kind = "reversal" if opens else entry.kind
    for document, cents in entry.settled:
        if not document.kind:
            payments.add(entry, entry.name, document.document, cents=cents, kind=kind, day=entry.day)
            on_account -= cents
    # 0.00 takes back what an older file left on account, or on the document it names.
    payments.add(entry, entry.name, None, cents=on_account, kind=entry.kind, day=entry.day)
    settled = {document.document for document, _cents in entry.settled}
    if entry.number in documents and entry.number not in settled:
        payments.add(entry, entry.name, entry.number, cents=0, kind=entry.kind, day=entry.day)


def _invoices(rows: pl.DataFrame, documents: dict[str, list[Entry]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the documents, and the instalments of those that fall due on several days."""
    of_line = [
        (
            entries[0].line,
            number,
            sum(entry.amount for entry in entries) * _CENT,
            min(e.due or e.day for e in entries),
        )
        for number, entries in documents.items()
    ]
    schema = {
        "line": pl.Int64(),
        "invoice_id": pl.String(),
        "amount": DTYPES["money"],
        "first_due": pl.Date(),
    }
    stated = pl.DataFrame(of_line, schema=schema, orient="row")
    kept = rows.drop("invoice_id", "amount").join(stated, on="line")
    kept = kept.with_columns(
        due_date=pl.when(pl.col("due_date").is_not_null()).then("first_due"),
        invoice_type=pl.when(pl.col("amount") < 0).then(pl.lit("credit_note")).otherwise(pl.lit("invoice")),
    )
    parts = [
        (number, entry.due, entry.amount * _CENT, str(place), entry.line)
        for number, entries in documents.items()
        if len({entry.due for entry in entries}) > 1 and all(entry.due for entry in entries)
        for place, entry in enumerate(entries, start=1)
    ]
    grain = BY_NAME["instalments"]
    schema = {column.name: DTYPES[column.type] for column in grain.columns} | {"line": pl.Int64()}
    return conform(kept, BY_NAME["invoices"]), conform(
        pl.DataFrame(parts, schema=schema, orient="row"), grain
    )
