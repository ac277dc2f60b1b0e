"""The lines of a list: which are rows, which are titles, totals, page breaks and the names of customers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data.errors import RefusedFileError
from data.importers import list_reasons
from data.importers.cell_texts import writer
from data.importers.headings import LINES_SEARCHED, absent_columns, places, plain
from data.importers.layout import Layout
from data.importers.preset import Preset
from data.importers.row_parser import Batch
from data.importers.table_source import Record, TableSource
from data.importers.workbook import Cell
from data.message_templates import Message

_BATCH_ROWS = 50_000
_LEAST_HEADINGS = 3
_TOTAL = re.compile(
    r"(?i)\W*(?:sub|grand|eind|general|report|gesamt)?[\s-]*"
    r"(?:totaal|totalen|totals?|totale|summe|gesamt|saldo|somme|sum)\b.*"
)


@dataclass(frozen=True)
class Header:
    """Where a list begins.

    Attributes:
        source: the sheet, or the text with its delimiter.
        line: of its headings.
        cells: the headings as they stand.
        found: column of the grain -> place of its heading.
        titles: the texts above it.
    """

    source: TableSource
    line: int
    cells: tuple[str, ...]
    found: Mapping[str, int]
    titles: tuple[str, ...]

    @property
    def unused(self) -> list[str]:
        """The headings that feed nothing."""
        used = set(self.found.values())
        return [cell for place, cell in enumerate(self.cells) if cell.strip() and place not in used]


def find_header(sources: Sequence[TableSource], preset: Preset) -> list[Header]:
    """Return where the preset's list begins: in each source the first row with the headings it needs.

    No list: the closest row of every source is none of them, so the answer is empty.
    """
    return [header for source in sources if (header := _header(source, preset))]


def _header(source: TableSource, preset: Preset) -> Header | None:
    titles: list[str] = []
    for count, (line, _last, cells) in enumerate(source.records()):
        if count == LINES_SEARCHED:
            break
        if isinstance(cells, Message):
            continue
        texts = [str(cell) for cell in cells]
        found = places(texts, preset.columns)
        if len(found) >= _LEAST_HEADINGS and not absent_columns([*found, preset.group], preset.needs):
            return Header(source, line, tuple(text.strip() for text in texts), found, tuple(titles))
        titles += [text.strip() for text in texts if text.strip()]
    return None


@dataclass
class ListRows:
    """Cuts the lines under a header into batches of rows.

    Attributes:
        header: where the list begins.
        layout: how its rows are typed; its feeds are in the order of `header.found`, then the group's.
        preset: how it is written.
        name: of the file, printable.
        passed_over: lines that are no rows: feet of pages, remarks.
    """

    header: Header
    layout: Layout
    preset: Preset
    name: str
    passed_over: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = self.header.found
        feeds = [feed for feed in self.layout.positions if feed]
        self._used = [found[feed.column.name] for feed in feeds if feed.column.name in found]
        self._writers = [writer(feed, self.preset) for feed in feeds[: len(self._used)]]
        self._money = [i for i, feed in enumerate(feeds[: len(self._used)]) if feed.column.type == "money"]
        self._days = [i for i, feed in enumerate(feeds[: len(self._used)]) if feed.column.type == "date"]
        self._number = list(found).index("invoice_id") if "invoice_id" in found else None
        self._heading = {plain(self.header.cells[place]) for place in self._used}
        self._headings = {heading.casefold() for heading in self.preset.columns}
        self._section, self._of = 0, ""

    def batches(self) -> Iterator[Batch]:
        """Give the rows in batches; there is always one, if empty."""
        batch = Batch()
        for record in self._below_header():
            self._add(batch, record)
            if batch.height >= _BATCH_ROWS:
                yield batch
                batch = Batch()
        yield batch

    def _below_header(self) -> Iterator[Record]:
        return (record for record in self.header.source.records() if record[0] > self.header.line)

    def _add(self, batch: Batch, record: Record) -> None:
        first, last, cells = record
        if isinstance(cells, Message):
            batch.broken.append((first, last, cells))
            return
        width = len(cells)
        texts = [
            write(cells[place]) if place < width else ""
            for write, place in zip(self._writers, self._used, strict=True)
        ]
        if self._is_row(texts, cells):
            if width != len(self.header.cells) and any(map(_is_filled, cells[len(self.header.cells) :])):
                # A cell too many has moved what stands behind it.
                batch.broken.append(
                    (first, last, list_reasons.MORE_CELLS(count=width, width=len(self.header.cells)))
                )
                return
            batch.add(self._with_group(texts), first, last, self._section)
            return
        if not any(map(_is_filled, cells)) or self._is_header_again(texts):
            return
        self._refuse_second_table(cells, first)
        has_amount = any(texts[place] for place in self._money)
        name = self._group_name(cells, has_amount=has_amount)
        if name:
            self._section += 1
            self._of = name
        if has_amount:
            batch.totals.add(len(batch.cells))
            batch.add(self._with_group(texts), first, last, self._section)
            # The sum above a customer's rows is of those that follow, any other of those that went before.
            self._section += not name
        elif not name:
            self.passed_over.append(first)

    def _group_name(self, cells: Sequence[Cell], *, has_amount: bool) -> str:
        """Return whose rows follow, empty if the line does not say so.

        `Total Recall` names a customer, unless it is the total of the customer Recall.
        """
        if not self.preset.group:
            return ""
        texts = [str(cell).strip() for cell in cells if isinstance(cell, str) and _is_filled(cell)]
        if not texts or (len(texts) > 1 and not has_amount):
            return ""
        is_end = _is_total(texts[0]) and (has_amount or texts[0].endswith(self._of))
        return "" if is_end else texts[0]

    def _with_group(self, texts: list[str]) -> list[str]:
        return [*texts, self._of] if self.preset.group else texts

    def _is_row(self, texts: list[str], cells: Sequence[Cell]) -> bool:
        """Tell a row from titles, totals and headers: it has a day, or a number and something beside it."""
        number = texts[self._number] if self._number is not None else ""
        if number.casefold() in self._headings:
            return False
        if any(texts[place] for place in self._days):
            return True
        return bool(number) and not _is_total(number) and sum(map(_is_filled, cells)) > 1

    def _is_header_again(self, texts: list[str]) -> bool:
        filled = [plain(text) for text in texts if text]
        return bool(filled) and all(text in self._heading for text in filled)

    def _refuse_second_table(self, cells: Sequence[Cell], line: int) -> None:
        found = places([str(cell) for cell in cells], self.preset.columns)
        if len(found) >= _LEAST_HEADINGS:
            raise RefusedFileError(list_reasons.SECOND_TABLE(name=self.name, line=line))


def _is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or (not cell.isspace() and cell != "")


def _is_total(text: str) -> bool:
    return _TOTAL.fullmatch(text) is not None or not text.strip("* ")
