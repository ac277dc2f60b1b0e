"""A proposal for a list that nobody knows: its header, what feeds what, how it is written, and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from data.importers.headings import LINES_SEARCHED
from data.importers.preset import Preset
from data.importers.propose import reasons
from data.importers.propose.bank import SHAPE, bank_headings, feed_bank
from data.importers.propose.columns import AMOUNTS, DAYS, Fed, feed, fits, words_of
from data.importers.propose.decisions import Decisions
from data.importers.propose.draft import PresetDraft
from data.importers.propose.facts import ColumnFacts
from data.importers.propose.flags import flags_of
from data.importers.propose.forms import Form, date_form, decimal_form, thousands_form
from data.importers.propose.sample import MOST_ROWS, Sample, best_sample, cell_at
from data.importers.propose.words import BANK_SIDES, BANK_STATES, SIDES, STATES, TYPES
from data.importers.relations import HELD, RELATIONS, as_values, rows_that_agree
from data.importers.shapes import SHAPES
from data.importers.table_source import table_sources
from data.importers.value_formats import Formats
from data.importers.workbook import Cell
from data.message_templates import Message

_SHOWN_WORDS = 3
_KNOWN_WORDS = {"invoice_type": TYPES, "state": STATES, "side": SIDES}
_BANK_WORDS = {"state": BANK_STATES, "side": BANK_SIDES}
_OPEN = ("open_amount", "open_debit", "open_credit", "paid_amount", "state")
_OPEN_ITEMS = re.compile(
    r"(?i)openstaand|open posten|ouderdom|saldolijst|aged|age?ing|outstanding|unpaid|open items"
    r"|offene posten|opos"
)


@dataclass(frozen=True)
class ProposalPart:
    """One part of a proposal.

    Attributes:
        key: what is proposed: `header`, `shape`, `date_format`, `decimal`, `currency`, `group`, or a column.
        value: proposed.
        evidence: for it, as a clause.
        is_sure: nothing in the file speaks against it, and nothing else could be meant.
        others: what it could be too.
    """

    key: str
    value: str
    evidence: Message
    is_sure: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """How a list could be read; nothing of it counts before somebody has looked at it.

    Attributes:
        draft: the preset as proposed.
        parts: each part of it with its evidence.
        headings: the texts of the header, empty ones too.
        samples: for each heading the first five filled cells below it.
        days, amounts: the different texts of the columns of days and of amounts.
        words: column of which only a few words can be meant -> the different words in the file.
    """

    draft: PresetDraft
    parts: tuple[ProposalPart, ...]
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    days: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def preset(self) -> Preset:
        """Return the preset as proposed.

        Raises:
            PresetError: a column that a list of its shape needs has no heading.
        """
        return self.draft.preset()

    @property
    def unsure(self) -> list[ProposalPart]:
        """The parts that somebody must decide."""
        return [part for part in self.parts if not part.is_sure]


def propose(content: bytes, name: str, *, currency: str = "EUR", preset_name: str = "own") -> Proposal:
    """Propose how a list is read.

    Args:
        content: the file, text or workbook.
        name: of it, printable.
        currency: of amounts where the file names none.
        preset_name: of the preset to be made.

    Raises:
        RefusedFileError: it cannot be read as rows and columns, or has no line of headings.
    """
    sample = best_sample(table_sources(content, name, most_rows=MOST_ROWS + LINES_SEARCHED), name)
    return propose_for(sample, name, currency=currency, preset_name=preset_name)


def propose_for(
    sample: Sample, name: str, *, currency: str, preset_name: str, decisions: Decisions | None = None
) -> Proposal:
    """Propose how a list is read of which the first rows are known, and something may be decided.

    Args:
        sample: of the list.
        name: of its file, printable.
        currency: of amounts where the file names none.
        preset_name: of the preset to be made.
        decisions: what somebody decided; evidence is given for that too.
    """
    builder = _Builder(sample, [name, *sample.titles], currency, decisions or Decisions())
    draft = builder.draft(preset_name, name)
    return Proposal(
        draft,
        tuple(builder.parts),
        sample.headings,
        tuple(facts.values for facts in builder.facts),
        days=builder.texts_of(DAYS),
        amounts=builder.texts_of(AMOUNTS),
        words=builder.file_words,
    )


class _Builder:
    """Works out the parts of a proposal for a sample."""

    def __init__(self, sample: Sample, titles: Sequence[str], currency: str, decisions: Decisions) -> None:
        self._sample = sample
        self._usual_currency = currency
        self._decisions = decisions
        self.facts = sample.facts
        self.file_words: dict[str, tuple[str, ...]] = {}
        self._name = titles[0] if titles else ""
        told_by = bank_headings(sample.headings, self.facts)
        chosen = self._decisions.shape
        if chosen == SHAPE or (told_by and not chosen):
            fed = feed_bank(sample.headings, self.facts)
            self._shape = SHAPE
            why = reasons.OF_BANK(heading=repr(told_by)) if told_by else reasons.CHOSEN()
            is_told = True
        else:
            fed = feed(sample.headings, self.facts)
            self._find_invoice_day(fed)
            self._shape, why, is_told = self._shape_of(fed, " ".join(titles))
        known = {column.name for column in SHAPES[self._shape].file_columns}
        self._fed = {column: each for column, each in self._decided(fed).items() if column in known}
        self._dates = date_form(self._of(DAYS), self._pairs())
        self._decimal = decimal_form(self._of(AMOUNTS))
        self.parts = [
            _header_part(sample),
            ProposalPart("shape", self._shape, why, is_told, _others(self._shape)),
            *map(self._column_part, self._fed.values()),
            _part("date_format", self._dates),
            _part("decimal", self._decimal),
        ]

    def draft(self, name: str, title: str) -> PresetDraft:
        """Return the preset as proposed, and add the parts that follow from its columns."""
        columns = {each.column: each.heading for each in self._fed.values()}
        group = self._group(columns)
        words = self._words(columns)
        signs = tuple(sorted({sign for each in self._of(AMOUNTS) for sign in each.currency_signs}))
        currency = "" if "currency" in columns else self._currency(signs)
        return PresetDraft(
            name=name,
            title=title,
            shape=self._shape,
            columns=columns,
            date_format=self._formats.date,
            decimal=self._formats.decimal,
            thousands=self._formats.thousands,
            flags=flags_of(self._of(DAYS), self._of(AMOUNTS)),
            currency_signs=signs,
            currency=currency,
            account=self._account(columns),
            words=words,
            group=group,
            sheet=self._sample.sheet,
            checks=self._checks,
        )

    def texts_of(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Return the different texts of columns, in the order of the file; typed cells are none."""
        places = [self._fed[column].place for column in columns if column in self._fed]
        cells = (cell_at(row, place) for row in self._sample.rows for place in places)
        return tuple(dict.fromkeys(cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()))

    def _shape_of(self, fed: dict[str, Fed], titles: str) -> tuple[str, Message, bool]:
        """Return the shape, why, and whether the file says so; move what a list of the shape calls else."""
        shape, why = _shape(fed)
        is_told = True
        if shape == "invoices" and "amount" in fed and _OPEN_ITEMS.search(titles):
            shape, why, is_told = "open_items", reasons.OPEN_TITLE(), False
        if self._decisions.shape and self._decisions.shape != shape:
            shape, why, is_told = self._decisions.shape, reasons.CHOSEN(), True
        if shape == "open_items" and "amount" in fed and not set(_OPEN) & set(fed):
            amount = fed.pop("amount")
            fed["open_amount"] = replace(amount, column="open_amount", is_sure=False)
        if shape == "cleared_invoices":
            _name_as_number(fed)
        return shape, why, is_told

    def _decided(self, fed: dict[str, Fed]) -> dict[str, Fed]:
        """Return the headings as proposed, but for those that somebody chose."""
        chosen = dict(fed)
        for column, heading in self._decisions.columns.items():
            if not heading:
                chosen.pop(column, None)
            elif (column not in fed or fed[column].heading != heading) and heading in self._sample.headings:
                place = self._sample.headings.index(heading)
                evidence = reasons.CHOSEN() if fits(column, self.facts[place]) else reasons.CHOSEN_MISFIT()
                chosen[column] = Fed(column, heading, place, evidence, is_sure=True)
        return chosen

    def _of(self, columns: Sequence[str]) -> list[ColumnFacts]:
        return [self.facts[self._fed[column].place] for column in columns if column in self._fed]

    def _find_invoice_day(self, fed: dict[str, Fed]) -> None:
        """Propose a column of days for the invoice date where no heading says which it is."""
        taken = {each.place for each in fed.values()}
        free = [
            place
            for place, heading in enumerate(self._sample.headings)
            if heading and place not in taken and fits("invoice_date", self.facts[place])
        ]
        if "invoice_date" not in fed and free:
            heading, count = self._sample.headings[free[0]], self.facts[free[0]].filled
            evidence = reasons.BY_VALUES(count=count)
            fed["invoice_date"] = Fed("invoice_date", heading, free[0], evidence, is_sure=False)

    def _pairs(self) -> list[tuple[str, str]]:
        """Return invoice date and due date of the rows that have both as texts."""
        if not {"invoice_date", "due_date"} <= set(self._fed):
            return []
        places = self._fed["invoice_date"].place, self._fed["due_date"].place
        cells = [tuple(cell_at(row, place) for place in places) for row in self._sample.rows]
        return [(a, b) for a, b in cells if isinstance(a, str) and isinstance(b, str) and a and b]

    @cached_property
    def _formats(self) -> Formats:
        money, days = self._of(AMOUNTS), self._of(DAYS)
        flags = flags_of(days, money)
        decimal = self._decisions.decimal or self._decimal.value
        return Formats(
            date=self._decisions.date_format or self._dates.value,
            decimal=decimal,
            thousands=thousands_form(money, decimal) if money else "",
            trailing_minus="trailing_minus" in flags,
            has_time="has_time" in flags,
            has_plus="has_plus" in flags,
            parentheses="parentheses" in flags,
            in_thousands="in_thousands" in flags,
        )

    @cached_property
    def _held(self) -> dict[str, tuple[int, int]]:
        """Check of a relation -> in how many rows it holds, and how many have both values."""
        columns = {relation.column for relation in RELATIONS} | {relation.other for relation in RELATIONS}
        texts = {
            column: [_plain_text(cell_at(row, each.place), self._formats) for row in self._sample.rows]
            for column, each in self._fed.items()
            if column in columns
        }
        rows = as_values(texts, self._formats)
        return {relation.check: rows_that_agree(rows, relation) for relation in RELATIONS}

    @property
    def _checks(self) -> tuple[str, ...]:
        return tuple(check for check, (count, of) in self._held.items() if of and count >= HELD * of)

    def _column_part(self, each: Fed) -> ProposalPart:
        """Return the part of a column, with what its values say beside another's."""
        evidence, is_sure = each.evidence, each.is_sure
        for relation in RELATIONS:
            count, of = self._held[relation.check]
            if relation.column != each.column or not of:
                continue
            other = repr(self._fed[relation.other].heading)
            if count >= HELD * of:
                evidence = relation.evidence(heading=other, count=count, of=of) if is_sure else evidence
            else:
                evidence = relation.contrary(heading=other, count=of - count, of=of)
                is_sure = False
        return ProposalPart(each.column, each.heading, evidence, is_sure)

    def _group(self, columns: dict[str, str]) -> str:
        """Return `customer_name` if names stand above the rows and no column has them."""
        if self._shape == SHAPE:
            return ""
        is_grouped = self._decisions.is_grouped
        if is_grouped is None:
            is_grouped = self._sample.names > 0 and not {"customer_id", "customer_name"} & set(columns)
        if not is_grouped:
            return ""
        columns.pop("customer_name", None)
        evidence = reasons.GROUPS(count=self._sample.names)
        self.parts.append(ProposalPart("group", "customer_name", evidence, is_sure=self._sample.names > 0))
        return "customer_name"

    def _words(self, columns: dict[str, str]) -> dict[str, Mapping[str, str]]:
        """Return what the words for types and states stand for; a column with others is left out.

        Unless somebody chose it: then a row with a word that stands for nothing is rejected.
        """
        words: dict[str, Mapping[str, str]] = {}
        for column, known in (_BANK_WORDS if self._shape == SHAPE else _KNOWN_WORDS).items():
            if column not in columns:
                continue
            values = list(dict.fromkeys(self._sample.texts(self._fed[column].place)))
            self.file_words[column] = tuple(values)
            words[column], unknown = words_of(values, known)
            decided = self._decisions.words.get(column, {})
            words[column] = {**words[column], **decided}
            words[column] = {word: stands for word, stands in words[column].items() if stands}
            if unknown and not self._decisions.columns.get(column):
                del words[column], columns[column]
                self.parts = [part for part in self.parts if part.key != column]
                shown = ", ".join(repr(word) for word in unknown[:_SHOWN_WORDS])
                evidence = reasons.WORDS_UNKNOWN(words=shown)
                self.parts.append(ProposalPart(column, "", evidence, is_sure=column != "state"))
        return words

    def _account(self, columns: dict[str, str]) -> str:
        """Return the account of a bank's export that has no column for it: at first the name of the file."""
        if self._shape != SHAPE or "account" in columns:
            return ""
        account = self._name.rpartition(".")[0] or self._name
        self.parts.append(ProposalPart("account", account, reasons.NO_ACCOUNT(), is_sure=False))
        return account

    def _currency(self, signs: Sequence[str]) -> str:
        part = _currency_part(self._of(AMOUNTS), signs, self._usual_currency)
        self.parts.append(part)
        return self._decisions.currency or part.value


def _plain_text(cell: Cell, formats: Formats) -> str:
    if isinstance(cell, str):
        return cell.strip()
    return formats.amount_text(cell) if isinstance(cell, Decimal) else formats.day_text(cell)


def _header_part(sample: Sample) -> ProposalPart:
    count = len([text for text in sample.headings if text])
    values = {"line": sample.line, "known": sample.known, "count": count, "above": sample.above}
    if not sample.known:
        evidence = reasons.HEADER_GUESSED(**values)
    else:
        evidence = (reasons.HEADER_BELOW if sample.above else reasons.HEADER)(**values)
    return ProposalPart("header", str(sample.line), evidence, sample.known * 2 >= count)


def _others(shape: str) -> tuple[str, ...]:
    return tuple(name for name in SHAPES if name != shape)


def _part(key: str, form: Form) -> ProposalPart:
    return ProposalPart(key, form.value, form.evidence, form.is_sure, form.others)


def _shape(fed: dict[str, Fed]) -> tuple[str, Message]:
    """Return the shape of a list, by what it says of payments."""
    for column in ("open_amount", "open_debit", "paid_amount"):
        if column in fed:
            return "open_items", reasons.OPEN_COLUMN(heading=repr(fed[column].heading))
    if "cleared_date" in fed:
        return "cleared_invoices", reasons.CLEARED_COLUMN(heading=repr(fed["cleared_date"].heading))
    for column in ("state", "days_overdue"):
        if column in fed:
            return "open_items", reasons.OPEN_COLUMN(heading=repr(fed[column].heading))
    return "invoices", reasons.NO_PAYMENTS()


def _name_as_number(fed: dict[str, Fed]) -> None:
    """Take the name for the number of customers that have none."""
    if "customer_id" not in fed and "customer_name" in fed:
        name = fed.pop("customer_name")
        fed["customer_id"] = Fed("customer_id", name.heading, name.place, name.evidence, name.is_sure)


def _currency_part(money: Sequence[ColumnFacts], signs: Sequence[str], usual: str) -> ProposalPart:
    meant = {"€": "EUR", "$": "USD", "£": "GBP"}
    codes = {meant.get(sign, sign) for sign in signs}
    if len(codes) == 1:
        count = sum(each.currency_signs.total() for each in money)
        of = sum(each.numbers for each in money)
        code = codes.pop()
        # A dollar is not only that of the United States.
        evidence = reasons.CURRENCY_SIGN(sign=signs[0], sure=count, count=of)
        return ProposalPart("currency", code, evidence, is_sure=code != "USD" or "USD" in signs)
    return ProposalPart("currency", usual, reasons.NO_CURRENCY(), is_sure=False)
