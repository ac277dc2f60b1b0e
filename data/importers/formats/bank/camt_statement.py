"""One statement of camt.053: its account, currency, days and balances, and what is doubtful in it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from data.importers import reasons
from data.importers.formats.bank import statement_reasons
from data.importers.formats.bank.camt_elements import Texts
from data.importers.formats.bank.camt_entry import SIGNS, CamtEntry, Owner
from data.importers.formats.bank.entries import page_number, statement_part
from data.importers.formats.bank.statement_rows import Statement
from data.importers.formats.bank.values import account_number, amount_fault, cents_of, day_of, money
from data.importers.formats.extract import DocumentRefusal
from data.message_templates import Message

_OPENINGS, _CLOSING = ("OPBD", "PRCD"), "CLBD"
_INTERMEDIATE = "INTM"  # of a page that is not the first, or not the last
_NAMED = 5


@dataclass(frozen=True)
class Balance:
    """A balance as it stands in the file.

    Attributes:
        kind: OPBD, PRCD, CLBD or another.
        is_intermediate: it is that of a page.
        cents: with its sign, None where it cannot be read; `text` is what stands there.
        currency: as the amount has it, empty where it does not.
        day: empty where it is none.
    """

    kind: str
    is_intermediate: bool
    cents: int | None
    text: str
    currency: str
    day: str


@dataclass
class Doubts:
    """What is said of a file that is taken in."""

    not_booked: int = 0
    without_day: int = 0
    parts_differ: int = 0
    value_dates: list[tuple[int, str, int]] = field(default_factory=list)
    currencies: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    balances: dict[tuple[str, str, str, str], None] = field(default_factory=dict)

    def notes(self) -> Iterator[Message]:
        """Give the sentences."""
        if self.not_booked:
            yield statement_reasons.NOT_BOOKED(count=self.not_booked)
        for line, value, cents in self.value_dates[:_NAMED]:
            yield statement_reasons.VALUE_DATE(line=line, value=value[:40], amount=Decimal(money(cents)))
        if len(self.value_dates) > _NAMED:
            yield statement_reasons.MORE_VALUE_DATES(count=len(self.value_dates) - _NAMED)
        if self.without_day:
            yield statement_reasons.WITHOUT_DAY(count=self.without_day)
        if self.parts_differ:
            yield statement_reasons.PARTS_DIFFER(count=self.parts_differ)
        for (stated, account, currency), count in self.currencies.items():
            yield statement_reasons.OTHER_CURRENCY(
                stated=stated, account=account, currency=currency, count=count
            )
        for kind, account, stated, currency in self.balances:
            yield statement_reasons.BALANCE_IN_OTHER_CURRENCY(
                kind=kind, account=account, stated=stated, currency=currency
            )


def balance_of(texts: Texts) -> Balance:
    """Return a balance; one without a side is a credit, one that is written with a minus is below zero."""
    text = texts.get("amount", "")
    cents = cents_of(text.removeprefix("-"))
    sign = -1 if text.startswith("-") else SIGNS.get(texts.get("sign", ""), 1)
    return Balance(
        kind=texts.get("kind", "").upper(),
        is_intermediate=texts.get("subtype", "").upper() == _INTERMEDIATE,
        cents=None if cents is None else sign * cents,
        text=text,
        currency=texts.get("amount:ccy", "").upper(),
        day=day_of(texts.get("day", "")),
    )


def owner_of(header: Texts) -> Owner:
    """Return whose account a statement is of."""
    account = account_number(header.get("iban", ""), header.get("number", ""))
    return Owner(account, header.get("owner", "").lower())


@dataclass(frozen=True)
class StatementPage:
    """A statement, or a page of one, as it stands in the file.

    Attributes:
        line: where it begins.
        header: its texts.
        balances, entries: in the order of the file.
        last: its last page where several are one.
        refused_currency: of an entry that could not be read, empty without one.
    """

    line: int
    header: Texts
    balances: Sequence[Balance]
    entries: list[CamtEntry]
    last: "StatementPage | None" = None
    refused_currency: str = ""

    @property
    def page(self) -> int | None:
        """Number of the page; None where it says none."""
        return page_number(self.header.get("page", ""))

    @property
    def is_begun(self) -> bool:
        """Whether there are pages before it."""
        if self.page is not None:
            return self.page > 1
        return next((each.is_intermediate for each in self.balances if each.kind in _OPENINGS), False)

    @property
    def is_final(self) -> bool:
        """Whether there are no pages after it."""
        page = self.last or self
        if page.page is not None and (stated := page.header.get("is_last", "").lower()):
            return stated in {"true", "1"}
        return not any(each.is_intermediate for each in page.balances if each.kind == _CLOSING)

    def continues(self, before: "StatementPage") -> bool:
        """Return whether this is the next page of the statement before it."""
        name = self.header.get("id", "")
        if not name or name != before.header.get("id", ""):
            return False
        if owner_of(self.header).account != owner_of(before.header).account:
            return False
        last = (before.last or before).page
        if self.page is not None and last is not None:
            return self.page == last + 1
        return any(each.is_intermediate for each in self.balances if each.kind in _OPENINGS) and any(
            each.is_intermediate for each in before.balances if each.kind == _CLOSING
        )

    def statements(self, doubts: Doubts, refusals: list[DocumentRefusal]) -> Iterator[Statement]:
        """Give the statement; of an account in several currencies, one for each.

        Args:
            doubts: gets what is doubtful.
            refusals: gets what cannot be read.
        """
        currencies, is_split = self._currencies()
        for currency in currencies:
            entries = [each for each in self.entries if not is_split or each.currency in {"", currency}]
            if not is_split:
                self._doubt_currencies(currency, doubts)
            yield self._statement(currency, entries, doubts, refusals)

    def _statement(
        self, currency: str, entries: Sequence[CamtEntry], doubts: Doubts, refusals: list[DocumentRefusal]
    ) -> Statement:
        balances = [each for each in self.balances if each.currency in {"", currency}]
        opening, closing = _opening(balances), _closing(balances)
        name = self.header.get("id", "")
        numbers = [self.header.get(each, "") for each in ("electronic_number", "legal_number")]
        number = next(filter(None, numbers), name)
        refusals += [
            DocumentRefusal(self.line, amount_fault(f"Bal {balance.kind}", balance.text), number)
            for balance in (opening, closing)
            if balance and balance.cents is None
        ]
        opened, closed = opening.day if opening else "", closing.day if closing else ""
        dated = self._dated(entries, closed, doubts, refusals)
        days = sorted(entry.day for entry in dated) or [""]
        first = opened or days[0]
        last = closed or days[-1] or self._day("to") or opened or self._day("made")
        at_day_ends = _at_day_ends(balances)
        if not self.is_final:  # of a page, also where the bank does not say so
            at_day_ends.pop(closed, None)
        return Statement(
            line=self.line,
            key=name,
            account=owner_of(self.header).account,
            currency=currency,
            number=number,
            from_date=min(first, last),
            to_date=max(first, last),
            opening=opening.cents if opening else None,
            closing=closing.cents if closing else None,
            balances=at_day_ends,
            entries=dated,
            part=statement_part(is_begun=self.is_begun, is_final=self.is_final),
            pages=(self.page, (self.last or self).page),
        )

    def _day(self, name: str) -> str:
        return day_of(self.header.get(name, ""))

    def _currencies(self) -> tuple[list[str], bool]:
        """Return the currencies of the statement, and whether each has balances and entries of its own."""
        stated = self.header.get("currency", "").upper()
        booked = [each for each in self.balances if each.kind in {*_OPENINGS, _CLOSING} and each.currency]
        of_balances = list(dict.fromkeys(each.currency for each in booked))
        of_entries = list(dict.fromkeys(each.currency for each in self.entries if each.currency))
        kinds = Counter(kind for kind, _currency in {(each.kind, each.currency) for each in booked})
        if any(count > 1 for count in kinds.values()):
            return list(dict.fromkeys([*of_balances, *of_entries])), True
        if stated or of_balances:
            return [stated or of_balances[0]], False
        return (of_entries or [self.refused_currency]), len(of_entries) > 1

    def _doubt_currencies(self, currency: str, doubts: Doubts) -> None:
        account = owner_of(self.header).account
        for entry in self.entries:
            if entry.currency not in {"", currency}:
                doubts.currencies[entry.currency[:10], account, currency] += 1
        for balance in self.balances:
            if balance.kind in {*_OPENINGS, _CLOSING} and balance.currency not in {"", currency}:
                doubts.balances[balance.kind, account, balance.currency[:10], currency] = None

    def _dated(
        self, entries: Sequence[CamtEntry], last_day: str, doubts: Doubts, refusals: list[DocumentRefusal]
    ) -> list[CamtEntry]:
        """Return the entries with the days they were booked on, and value dates that are days."""
        dated = []
        for entry in entries:
            value_day = day_of(entry.value_day) if entry.value_day else ""
            if not entry.day:
                entry.day = value_day or last_day or self._day("to") or self._day("made")
                if not entry.day:
                    reason = reasons.EMPTY_CELL(label="BookgDt")
                    refusals.append(DocumentRefusal(entry.line, reason, money(entry.cents)))
                    continue
                doubts.without_day += 1
            if entry.value_day and not value_day:
                doubts.value_dates.append((entry.line, entry.value_day, entry.cents))
                value_day = entry.day
            entry.value_day = value_day
            doubts.parts_differ += entry.is_unsplit
            dated.append(entry)
        return dated


def _opening(balances: Sequence[Balance]) -> Balance | None:
    """Return the first opening balance; without one, the closing balance of the statement before."""
    for kind in _OPENINGS:
        if of_kind := [each for each in balances if each.kind == kind]:
            return min(of_kind, key=lambda each: each.day)
    return None


def _closing(balances: Sequence[Balance]) -> Balance | None:
    of_kind = [each for each in balances if each.kind == _CLOSING]
    # The last of a day: of two pages that of the last one counts.
    return max(reversed(of_kind), key=lambda each: each.day) if of_kind else None


def _at_day_ends(balances: Sequence[Balance]) -> dict[str, int]:
    return {
        each.day: each.cents
        for each in balances
        if each.kind == _CLOSING and not each.is_intermediate and each.day and each.cents is not None
    }
