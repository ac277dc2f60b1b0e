"""The rows that statements become, gathered as columns: statements, closing balances and entries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from data.importers.formats.bank.camt_entry import CamtEntry, EntryPart
from data.importers.formats.bank.entries import entry_id, statement_id
from data.importers.formats.bank.values import money
from data.importers.formats.extract import ColumnRows

_ENTRY = (
    "entry_id", "account", "currency", "entry_date", "amount", "counterparty", "description",
    "counterparty_account", "value_date", "reference", "end_to_end_id", "bank_reference", "bank_code",
    "return_reason", "batch_entry", "batch_amount", "form",
)  # fmt: skip
_STATEMENT = (
    "statement_id", "account", "currency", "number", "from_date", "to_date", "opening", "closing", "entries",
    "credits", "debits", "part", "first_page", "last_page",
)  # fmt: skip
_BALANCE = ("account", "currency", "balance_date", "balance")
_Alike = tuple[str, str, str, str, str, str, str]


@dataclass
class Statement:
    """One statement, whole; amounts in cents, None where it does not say.

    Attributes:
        line: of the file, where it begins.
        key: what the file calls it, so that the same one twice in a file is known.
        account, currency, number: of it.
        from_date, to_date: its days.
        opening, closing: its balances.
        balances: day -> balance at the end of it.
        entries: booked.
        part: of the pages of the statement, as `statement_part` has it.
        pages: numbers of the first and the last page, None where they have none.
    """

    line: int
    key: str
    account: str
    currency: str
    number: str
    from_date: str = ""
    to_date: str = ""
    opening: int | None = None
    closing: int | None = None
    balances: dict[str, int] = field(default_factory=dict)
    entries: list[CamtEntry] = field(default_factory=list)
    part: str = ""
    pages: tuple[int | None, int | None] = (None, None)


class _Closing(NamedTuple):
    line: int
    opening: int | None
    cents: int


class StatementRows:
    """Gathers the rows of one file."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._entries: list[tuple[str, ...]] = []
        self._entry_lines: list[int] = []
        self._statements: list[tuple[str, ...]] = []
        self._statement_lines: list[int] = []
        self._closings: dict[tuple[str, str, str], list[_Closing]] = {}
        self._count: dict[_Alike, int] = {}
        self._first: dict[tuple[str, str], dict[_Alike, int]] = {}

    def add(self, statement: Statement) -> None:
        """Take a statement in, with its entries; one that stands in the file twice gets the same names."""
        amounts = [entry.cents for entry in statement.entries]
        facts = (
            statement.account,
            statement.currency,
            statement.number,
            statement.from_date,
            statement.to_date,
            "" if statement.opening is None else money(statement.opening),
            "" if statement.closing is None else money(statement.closing),
            str(len(amounts)),
            money(sum(amount for amount in amounts if amount > 0)),
            money(-sum(amount for amount in amounts if amount < 0)),
        )
        name = statement_id(statement.number, *facts)
        pages = ("" if page is None else str(page) for page in statement.pages)
        self._statements.append((name, *facts, statement.part, *pages))
        self._statement_lines.append(statement.line)
        for day, balance in statement.balances.items():
            key = (statement.account, statement.currency, day)
            self._closings.setdefault(key, []).append(_Closing(statement.line, statement.opening, balance))
        # A statement that stands in the file again is counted from where it was the first time.
        known = self._first.get((statement.key, name))
        own: dict[_Alike, int] = {}
        for entry in statement.entries:
            self._add(statement, entry, self._count if known is None else known, own)
        if known is None:
            count = self._count
            self._first[statement.key, name] = {alike: count[alike] for alike in own if alike in count}
            count.update({alike: count.get(alike, 0) + number for alike, number in own.items()})

    def columns(self) -> dict[str, ColumnRows]:
        """Return the rows by the name of their grain."""
        last = [(key, _last_of_day(closings)) for key, closings in self._closings.items()]
        balances = [(*key, money(closing.cents)) for key, closing in last]
        rows = {
            "bank_entries": _columns(_ENTRY, self._entries, self._entry_lines),
            "bank_statements": _columns(_STATEMENT, self._statements, self._statement_lines),
            "bank_balances": _columns(_BALANCE, balances, [closing.line for _key, closing in last]),
        }
        self._entries, self._statements = [], []
        return rows

    def _add(
        self, statement: Statement, entry: CamtEntry, before: dict[_Alike, int], own: dict[_Alike, int]
    ) -> None:
        account, currency = statement.account, statement.currency
        where = (account, currency, entry.day)
        line, amount = "", ""
        if entry.parts:
            amount = money(entry.cents)
            line = _name(where, amount, entry.whole, before, own)
        for part in entry.parts or (entry.whole,):
            of_part = money(part.cents)
            self._entry_lines.append(entry.line)
            self._entries.append(
                (
                    _name(where, of_part, part, before, own),
                    account,
                    currency,
                    entry.day,
                    of_part,
                    part.counterparty,
                    part.text,
                    part.account,
                    entry.value_day,
                    part.reference,
                    part.end_to_end_id,
                    part.bank_reference,
                    part.code,
                    part.return_reason,
                    line,
                    amount,
                    self._form,
                )
            )


def _name(
    where: tuple[str, str, str],
    amount: str,
    part: EntryPart,
    before: dict[_Alike, int],
    own: dict[_Alike, int],
) -> str:
    """Return the name of an entry.

    Args:
        where: account, currency and day.
        amount: of the part.
        part: the entry, or a part of it.
        before: how many entries that are alike the statements before have.
        own: how many this one has up to here; it is added to.
    """
    counterparty, text, bank_reference = part.counterparty, part.text, part.bank_reference
    alike = (*where, amount, counterparty, text, bank_reference)
    number = own[alike] = own.get(alike, 0) + 1
    return entry_id(where[2], amount, counterparty, text, before.get(alike, 0) + number, bank_reference)


def _last_of_day(closings: Sequence[_Closing]) -> _Closing:
    """Return the closing of the last statement of a day: the one that no other begins with."""
    openings = {each.opening for each in closings if each.opening != each.cents}
    last = next((each for each in reversed(closings) if each.cents not in openings), closings[-1])
    return next(each for each in closings if each.cents == last.cents)


def _columns(names: Sequence[str], rows: Sequence[tuple[str, ...]], lines: Sequence[int]) -> ColumnRows:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return ColumnRows(lines, dict(zip(names, columns, strict=True)))
