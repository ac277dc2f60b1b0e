"""The lines of a list: which are rows, which are titles, totals, page breaks and the names of customers."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, islice, pairwise

import numpy as np
import polars as pl

from data.errors import RefusedFileError
from data.importers import list_reasons
from data.importers.bank_grains import OWN
from data.importers.cell_texts import texts
from data.importers.cells import Feed
from data.importers.headings import places, plain
from data.importers.list_groups import Groups
from data.importers.list_header import LEAST_HEADINGS, Header, find_header
from data.importers.preset import Preset
from data.importers.row_parser import Batch
from data.importers.shapes import NO_DOCUMENT
from data.importers.table_source import Record
from data.importers.workbook import Cell
from data.message_templates import Message

__all__ = ["Header", "ListRows", "find_header"]

_BATCH_ROWS = 50_000
_TOTAL = re.compile(
    r"(?i)\W*(?:sub|grand|eind|general|generaal|report|gesamt|zwischen)?[\s-]*"
    r"(?:totaal|totaalbedrag|totalen|totals?|totale|summen?|gesamt|gesamtsumme|gesamtbetrag|saldo|somme|sum)\b.*"
)
# What a row is known by, where it has no day.
_NUMBERS = ("invoice_id", "bill_id", "person_id", "activity_id", "company_id", "full_name", "last_name")
_NOT = pl.lit(value=False)
_RULE = re.compile(r"[-=_|+.\s]*")


@dataclass
class ListRows:
    """Cuts the lines under a header into batches of rows.

    Attributes:
        header: where the list begins.
        preset: how it is written.
        name: of the file, printable.
        passed_over: lines that are no rows: feet of pages, remarks.
        no_documents: lines of drafts and of documents that were cancelled before they counted, of entries
            that are not booked, and of what the preset says is no row.
        own_money: lines that move money between balances of one owner.
    """

    header: Header
    preset: Preset
    name: str
    passed_over: list[int] = field(default_factory=list)
    no_documents: list[int] = field(default_factory=list)
    own_money: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = self.header.found
        self.feeds = [
            self.preset.feed_of(column, self.header.cells[place]) for column, place in found.items()
        ]
        self._groups = Groups(self.preset.groups, self.header.titles)
        self._group_columns = [column for column in self._groups.columns if column not in found]
        self._width = len(self.header.cells)
        of_type = {
            kind: [feed.raw for feed in self.feeds if feed.column.type == kind] for kind in ("date", "money")
        }
        self._days, self._money = of_type["date"], of_type["money"]
        self._number = next((f"raw:{column}" for column in _NUMBERS if column in found), "")
        self._others = [
            feed.raw for feed in self.feeds if feed.raw not in {*self._days, *self._money, self._number}
        ]
        self._headings = sorted(
            {text.lower() for text in (*self.header.cells, *self.preset.headings) if text}
        )
        self._section = 0

    @property
    def all_feeds(self) -> list[Feed]:
        """The columns of the rows, those that stand above them last."""
        return [*self.feeds, *(self.preset.feed_of(column, column) for column in self._group_columns)]

    def batches(self) -> Iterator[Batch]:
        """Give the rows in batches; there is always one, if empty. Their cells are in `Batch.frame`."""
        records = dropwhile(lambda record: record[0] <= self.header.line, self.header.source.records())
        chunk = list(islice(records, _BATCH_ROWS))
        yield self._batch(chunk)
        while chunk := list(islice(records, _BATCH_ROWS)):
            yield self._batch(chunk)

    def _batch(self, chunk: Sequence[Record]) -> Batch:
        batch, lines = Batch(), self._lines(chunk)
        batch.broken = lines.broken
        texts_ = [self._texts(lines.cells, feed) for feed in self.feeds]
        frame = pl.DataFrame([*lines.numbers(), *texts_])
        kinds = frame.select(
            "line",
            day=self._has_day,
            number=self._has_number,
            none=self._are_no_documents,
            own=self._are_own,
        )
        are_rows = kinds["day"].to_list()
        for place in kinds.with_row_index("at").filter(~pl.col("day") & pl.col("number"))["at"]:
            are_rows[place] = sum(map(is_filled, lines.cells[place])) > 1
        none = kinds["none"]
        unlike = (~kinds["day"] | none).arg_true()
        odd = sorted({at for at in unlike if none[at] or not are_rows[at]} | {*lines.wide})
        kept = [True] * len(are_rows)
        marks, totals = [self._mark(0)], []
        for place in odd:
            cells, line = lines.cells[place], lines.first[place]
            kept[place] = (
                are_rows[place] and not none[place] and not any(map(is_filled, cells[self._width :]))
            )
            if none[place]:
                (self.own_money if kinds["own"][place] else self.no_documents).append(line)
                continue
            if are_rows[place]:
                if not kept[place]:
                    # A cell too many has moved what stands behind it.
                    wrong = list_reasons.MORE_CELLS(count=len(cells), width=self._width)
                    batch.broken.append((line, lines.last[place], wrong))
                continue
            before = self._section
            if self._take_line(cells, frame.row(place, named=True), line):
                kept[place] = True
                totals.append(place)
                marks.append(self._mark(place))
                # The sum above a customer's rows is of those that follow, any other of those before.
                self._section += self._section == before
            marks.append(self._mark(place + 1))
        rows, batch.sections = self._marked(frame, marks, kept)
        batch.totals = {sum(kept[:place]) for place in totals}
        batch.frame = self._filled(rows, batch.totals)
        return batch

    def _lines(self, chunk: Sequence[Record]) -> "_Lines":
        lines, width = _Lines(), self._width
        for first, last, cells in chunk:
            if isinstance(cells, Message):
                lines.broken.append((first, last, cells))
                continue
            if len(cells) != width:
                if len(cells) > width:
                    lines.wide.append(len(lines.cells))
                cells = cells + [""] * (width - len(cells))  # noqa: PLW2901 - a short row has empty cells
            lines.cells.append(cells)
            lines.first.append(first)
            lines.last.append(last)
        return lines

    def _texts(self, rows: Sequence[list[Cell]], feed: Feed) -> pl.Series:
        column = feed.column.name
        places_ = [self.header.found[column], *self.header.fallbacks.get(column, [])]
        own, *others = (texts([row[place] for row in rows], feed, self.preset) for place in places_)
        for other in others:
            own = pl.select(pl.when(own != "").then(own).otherwise(other).alias(feed.raw)).to_series()
        return own

    @property
    def _has_day(self) -> pl.Expr:
        """Tell rows from titles, totals and headers: they have a day."""
        return pl.any_horizontal(_NOT, *(pl.col(name).str.contains("[0-9]") for name in self._days))

    @property
    def _has_number(self) -> pl.Expr:
        """Tell rows by the number of a document that is not the word total; something must stand beside it.

        Below names of customers a number alone may be a name.
        """
        if not self._number:
            return _NOT
        number = pl.col(self._number)
        has_number = (number.str.strip_chars("* ") != "") & ~number.str.to_lowercase().is_in(self._headings)
        has_number &= ~number.str.contains(f"^(?:{_TOTAL.pattern})$")
        # A name with a sum is no document: beside its amount that has something else too.
        has_number &= self._has_other | ~self._has_amount
        if self.preset.groups:
            has_number &= self._has_other & self._has_amount
        return has_number

    @property
    def _has_other(self) -> pl.Expr:
        return pl.any_horizontal(_NOT, *(pl.col(name) != "" for name in self._others))

    @property
    def _has_amount(self) -> pl.Expr:
        return pl.any_horizontal(_NOT, *(pl.col(name) != "" for name in self._money))

    @property
    def _are_no_documents(self) -> pl.Expr:
        are_none = _NOT
        for column in ("state", "state_2"):
            states = self.preset.choices.get(column, {})
            words = [word for word, state in states.items() if state in NO_DOCUMENT]
            are_none |= pl.col(f"raw:{column}").is_in(words) if column in self.header.found else _NOT
        if self.preset.total_row:
            heading, text = self.preset.total_row
            marker = self.preset.columns[heading]
            if marker in self.header.found:
                are_none |= pl.col(f"raw:{marker}").str.starts_with(text)
        return are_none | self._are_own

    @property
    def _are_own(self) -> pl.Expr:
        words = [word for word, side in self.preset.choices.get("side", {}).items() if side == OWN]
        return pl.col("raw:side").is_in(words) if words and "side" in self.header.found else _NOT

    def _take_line(self, cells: Sequence[Cell], row: Mapping[str, str], line: int) -> bool:
        """Read a line that is no row; return whether it states a total."""
        filled = [cell for cell in cells if is_filled(cell)]
        if not filled or all(isinstance(cell, str) and _RULE.fullmatch(cell) for cell in filled):
            return False
        if self._is_header_again(filled):
            return False
        self._refuse_second_table(cells, line)
        has_amount = any(row[name] for name in self._money)
        if self._takes_name(filled, has_amount=has_amount):
            self._section += 1
        elif not has_amount:
            self.passed_over.append(line)
        return has_amount

    def _takes_name(self, filled: Sequence[Cell], *, has_amount: bool) -> bool:
        """Read whose rows follow, if the line says so.

        `Total Recall` names a customer, unless it is the total of the customer Recall.
        """
        if not self._group_columns:
            return False
        words = [cell.strip() for cell in filled if isinstance(cell, str)]
        own = self._groups.values.get("customer_name", "")
        if not words or (is_total(words[0]) and (has_amount or (own and words[0].endswith(own)))):
            return False
        if has_amount:
            return self._groups.take(words[0], is_alone=True)
        return self._groups.take(" ".join(str(cell).strip() for cell in filled), is_alone=len(filled) == 1)

    def _is_header_again(self, filled: Sequence[Cell]) -> bool:
        return all(isinstance(cell, str) and plain(cell) in self.header.words for cell in filled)

    def _refuse_second_table(self, cells: Sequence[Cell], line: int) -> None:
        if self.preset.cells:
            return
        found = places([str(cell) for cell in cells], self.preset.headings)
        if len(found) >= LEAST_HEADINGS:
            raise RefusedFileError(list_reasons.SECOND_TABLE(name=self.name, line=line))

    def _filled(self, rows: pl.DataFrame, totals: Collection[int]) -> pl.DataFrame:
        """Fill the empty cells for which the preset has a text; a total says nothing but its amounts."""
        texts_ = {f"raw:{column}": text for column, text in self.preset.fill.items()}
        is_empty = ~pl.int_range(pl.len()).is_in(list(totals))
        return rows.with_columns(
            pl.when(is_empty & (pl.col(name) == "")).then(pl.lit(text)).otherwise(pl.col(name)).alias(name)
            for name, text in texts_.items()
            if name in rows.columns
        )

    def _mark(self, place: int) -> tuple[int, int, list[str]]:
        return place, self._section, [self._groups.values.get(column, "") for column in self._group_columns]

    def _marked(
        self, frame: pl.DataFrame, marks: Sequence[tuple[int, int, list[str]]], kept: Sequence[bool]
    ) -> tuple[pl.DataFrame, pl.Series]:
        """Give every row its section and customer, and leave out what is none."""
        starts = [place for place, _section, _names in marks]
        lengths = [after - before for before, after in pairwise([*starts, frame.height])]
        columns = [f"raw:{column}" for column in self._group_columns]
        spread = pl.DataFrame(
            [(section, *names) for _place, section, names in marks],
            schema={"section": pl.Int64(), **dict.fromkeys(columns, pl.String())},
            orient="row",
        )[np.repeat(np.arange(len(marks)), lengths)]
        rows = pl.concat([frame, spread], how="horizontal").filter(pl.Series(kept, dtype=pl.Boolean))
        return rows.drop("section"), rows["section"]


@dataclass
class _Lines:
    """Lines of a list: their cells, where they stand, those with cells too many, and those without cells."""

    cells: list[list[Cell]] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    wide: list[int] = field(default_factory=list)
    broken: list[tuple[int, int, Message]] = field(default_factory=list)

    def numbers(self) -> tuple[pl.Series, pl.Series]:
        return pl.Series("line", self.first, dtype=pl.Int64), pl.Series("last", self.last, dtype=pl.Int64)


def is_filled(cell: Cell) -> bool:
    """Tell whether there is anything in a cell."""
    return not isinstance(cell, str) or (not cell.isspace() and cell != "")


def is_total(text: str) -> bool:
    """Tell whether a text is a word for a total, or the stars that stand for it."""
    return _TOTAL.fullmatch(text) is not None or not text.strip("* ")
