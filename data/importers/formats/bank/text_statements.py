"""Statements as MT940 and CODA have them, and the rows that become of them."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from data.importers.formats.bank import text_statement_reasons as reasons
from data.importers.formats.bank.entries import entry_id, statement_id, statement_part
from data.importers.formats.extract import DocumentRefusal, Extract, Row
from data.message_templates import Message

_ZERO = Decimal("0.00")
_CENTS = Decimal("0.01")
_SENTENCES = 20
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class LineText:
    """What is told of an entry, or of a part of one, apart from day and amount; empty where it is not told.

    Attributes:
        counterparty: name of the other one.
        text: the whole description.
        account: of the other one.
        reference: structured payment reference.
        end_to_end_id: what the payer called the payment.
        bank_reference: what the bank calls it.
        bank_code: what kind of entry it is.
        return_reason: why a payment came back.
    """

    counterparty: str = ""
    text: str = ""
    account: str = ""
    reference: str = ""
    end_to_end_id: str = ""
    bank_reference: str = ""
    bank_code: str = ""
    return_reason: str = ""


@dataclass(frozen=True, slots=True)
class LinePart:
    """A part of a booked line: its amount, signed from the account's side, and what is told of it."""

    amount: Decimal
    text: LineText


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A line of a statement.

    Attributes:
        line: of the file, 1-based.
        day: it was booked on.
        value_day: from when it bears interest, None where the file does not say.
        amount: signed from the account's side, in cents.
        text: what is told of it.
        parts: of a batch, which come to its amount; else none.
        raw: as it stands in the file.
    """

    line: int
    day: date
    value_day: date | None
    amount: Decimal
    text: LineText
    parts: tuple[LinePart, ...] = ()
    raw: str = ""


@dataclass(slots=True)
class AccountStatement:
    """A statement of an account.

    Attributes:
        line: of the file where it begins, 1-based.
        account, currency, number: as rows have them.
        opening, closing: balances, None where the file does not say.
        opening_day, closing_day: of the balances.
        is_final: the closing is the balance of the end of its day, not of a page.
        is_begun: the opening is that of a page that is not the first.
        first_page, last_page: that it holds, None where they have no number.
        lines: booked, in the order of the file.
    """

    line: int
    account: str
    currency: str
    number: str
    opening: Decimal | None = None
    opening_day: date | None = None
    closing: Decimal | None = None
    closing_day: date | None = None
    is_final: bool = True
    is_begun: bool = False
    first_page: int | None = None
    last_page: int | None = None
    lines: list[BookedLine] = field(default_factory=list)

    @property
    def credits(self) -> Decimal:
        """What came in."""
        return sum((line.amount for line in self.lines if line.amount > 0), _ZERO)

    @property
    def debits(self) -> Decimal:
        """What went out, above 0."""
        return -sum((line.amount for line in self.lines if line.amount < 0), _ZERO)

    @property
    def last_day(self) -> date | None:
        """Day of the closing, else of the last entry, else of the opening; None without any."""
        return self.closing_day or max((line.day for line in self.lines), default=self.opening_day)

    @property
    def first_day(self) -> date | None:
        """Day of the opening, else of the first entry, if it is not after the last day; else None."""
        last = self.last_day
        days = (self.opening_day, min((line.day for line in self.lines), default=None))
        return next((day for day in days if day is not None and last is not None and day <= last), None)


def in_cents(amount: Decimal) -> Decimal | None:
    """Return an amount with two decimals; None if it has more of them, or too many digits for a row."""
    cents = amount.quantize(_CENTS)
    return cents if cents == amount and len(cents.as_tuple().digits) <= MOST_DIGITS else None


def statements_extract(
    form: str,
    statements: Sequence[AccountStatement],
    refusals: Sequence[DocumentRefusal],
    notes: Sequence[Message],
) -> Extract:
    """Return the rows of statements; a statement that stands twice in a file gives its rows twice.

    Args:
        form: `mt940` or `coda`.
        statements: in the order of the file; each has a last day.
        refusals: what cannot be read.
        notes: what the reader has to say.
    """
    entries: list[Row] = []
    headers: list[Row] = []
    counted: Counter[tuple[str, ...]] = Counter()
    written: dict[tuple[str, str], list[str]] = {}
    for statement in statements:
        header = _statement_cells(statement)
        headers.append(Row(statement.line, header))
        names = written.setdefault((header["statement_id"], _digest(statement)), [])
        is_repeat = len(names) > 0
        given = iter(tuple(names))
        for line in statement.lines:
            rows = list(_entry_rows(form, statement, line, counted, given if is_repeat else None))
            if not is_repeat:
                names += [row.cells["batch_entry"] or row.cells["entry_id"] for row in rows[:1]]
                names += [row.cells["entry_id"] for row in rows]
            entries += rows
    said = [*_limited([*notes, *_not_following(statements)]), *_contents_note(form, statements)]
    return Extract(
        "bank_entries",
        {"bank_entries": entries, "bank_statements": headers, "bank_balances": list(_balances(statements))},
        refusals,
        said,
    )


def _statement_cells(statement: AccountStatement) -> dict[str, str]:
    cells = {
        "account": statement.account,
        "currency": statement.currency,
        "number": statement.number,
        "from_date": _text_of_day(statement.first_day),
        "to_date": _text_of_day(statement.last_day),
        "opening": _text_of_amount(statement.opening),
        "closing": _text_of_amount(statement.closing),
        "entries": str(len(statement.lines)),
        "credits": _text_of_amount(statement.credits),
        "debits": _text_of_amount(statement.debits),
    }
    facts = [text for name, text in cells.items() if name != "number"]
    pages = {
        "part": statement_part(is_begun=statement.is_begun, is_final=statement.is_final),
        "first_page": _text_of_page(statement.first_page),
        "last_page": _text_of_page(statement.last_page),
    }
    return {"statement_id": statement_id(statement.number, *facts), **cells, **pages}


def _digest(statement: AccountStatement) -> str:
    """Return what tells a statement that stands in the file again from another with the same balances."""
    digest = hashlib.sha256(statement.account.encode())
    for line in statement.lines:
        digest.update(f"{line.day} {line.amount} {line.text}\n".encode())
    return digest.hexdigest()


def _entry_rows(
    form: str,
    statement: AccountStatement,
    line: BookedLine,
    counted: Counter[tuple[str, ...]],
    given: Iterator[str] | None,
) -> Iterator[Row]:
    """Give the rows of a line, or of its parts; `given` are their names, of a statement that stood before."""

    def name(amount: Decimal, text: LineText) -> str:
        if given is not None:
            return next(given, "")
        key = (f"{line.day}", f"{amount:.2f}", text.counterparty, text.text)
        alike = (statement.account, statement.currency, *key, text.bank_reference)
        counted[alike] += 1
        return entry_id(*key, counted[alike], text.bank_reference)

    whole = name(line.amount, line.text)
    if not line.parts:
        if given is not None:
            next(given, None)
        yield Row(line.line, _cells(form, statement, line, LinePart(line.amount, line.text), whole), line.raw)
        return
    for part in line.parts:
        text = part.text
        if not text.bank_reference:
            text = replace(text, bank_reference=line.text.bank_reference)
        cells = _cells(form, statement, line, LinePart(part.amount, text), name(part.amount, text))
        batch = {"batch_entry": whole, "batch_amount": f"{line.amount:.2f}"}
        yield Row(line.line, {**cells, **batch}, line.raw)


def _cells(
    form: str, statement: AccountStatement, line: BookedLine, part: LinePart, name: str
) -> dict[str, str]:
    text = part.text
    return {
        "entry_id": name,
        "account": statement.account,
        "currency": statement.currency,
        "entry_date": f"{line.day}",
        "amount": f"{part.amount:.2f}",
        "counterparty": text.counterparty,
        "description": text.text,
        "counterparty_account": text.account,
        "value_date": _text_of_day(line.value_day),
        "reference": text.reference,
        "end_to_end_id": text.end_to_end_id,
        "bank_reference": text.bank_reference,
        "bank_code": text.bank_code,
        "return_reason": text.return_reason,
        "batch_entry": "",
        "batch_amount": "",
        "form": form,
    }


def _balances(statements: Sequence[AccountStatement]) -> Iterator[Row]:
    """Give the balance at the end of a day once: of two statements of a day, the one that comes last."""
    of_day: dict[tuple[str, str, date], AccountStatement] = {}
    for statement in statements:
        if statement.closing is None or statement.closing_day is None or not statement.is_final:
            continue
        key = (statement.account, statement.currency, statement.closing_day)
        before = of_day.get(key)
        # A file may have its statements from the last to the first: then the one before goes on from this.
        if before is None or statement.closing not in {before.opening, before.closing}:
            of_day[key] = statement
    for statement in of_day.values():
        cells = {
            "account": statement.account,
            "currency": statement.currency,
            "balance_date": _text_of_day(statement.closing_day),
            "balance": _text_of_amount(statement.closing),
        }
        yield Row(statement.line, cells)


def _not_following(statements: Sequence[AccountStatement]) -> Iterator[Message]:
    for statement in statements:
        if statement.opening is None or statement.closing is None:
            continue
        expected = statement.opening + statement.credits - statement.debits
        if expected != statement.closing:
            yield reasons.NOT_FOLLOWING(
                number=statement.number or "-",
                account=statement.account,
                expected=expected,
                closing=statement.closing,
                difference=statement.closing - expected,
            )


def _limited(notes: Sequence[Message]) -> Iterator[Message]:
    """Give the first sentences of a kind, and how many more there are of it."""
    count = Counter(note.template.text for note in notes)
    given: Counter[str] = Counter()
    for note in notes:
        given[note.template.text] += 1
        if given[note.template.text] <= _SENTENCES:
            yield note
            if given[note.template.text] == _SENTENCES < count[note.template.text]:
                yield reasons.MORE(count=count[note.template.text] - _SENTENCES)


def _contents_note(form: str, statements: Sequence[AccountStatement]) -> Iterator[Message]:
    firsts = [day for statement in statements if (day := statement.first_day or statement.last_day)]
    lasts = [day for statement in statements if (day := statement.last_day)]
    if firsts:
        yield reasons.STATEMENTS(
            format=form.upper(),
            statements=len(statements),
            entries=sum(len(statement.lines) for statement in statements),
            first=min(firsts),
            last=max(lasts),
        )


def _text_of_day(day: date | None) -> str:
    return "" if day is None else f"{day}"


def _text_of_page(page: int | None) -> str:
    return "" if page is None else str(page)


def _text_of_amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
