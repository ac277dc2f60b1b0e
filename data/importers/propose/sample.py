"""The header of a list that nobody knows, and the first rows below it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from data.errors import RefusedFileError
from data.importers import reasons
from data.importers.propose.facts import ColumnFacts, facts_of
from data.importers.propose.synonyms import bank_columns_of, columns_of
from data.importers.table_source import TableSource
from data.importers.workbook import Cell
from data.message_templates import Message

MOST_ROWS = 5_000
_LEAST_CELLS = 3


@dataclass(frozen=True)
class Sample:
    """What is looked at of a list.

    Attributes:
        source: the sheet, or the text with its delimiter.
        line: of the header.
        titles: the texts above it; above: how many filled lines they stand on.
        headings: its texts, empty ones too.
        known: how many of them other programs use.
        rows: the first rows with several cells, at most 5,000.
        names: lines with one text only that stand right above a row.
        sheet: its name, where the workbook has several.
    """

    source: TableSource
    line: int
    titles: tuple[str, ...]
    above: int
    headings: tuple[str, ...]
    known: int
    rows: list[list[Cell]]
    names: int
    sheet: str = ""

    @cached_property
    def facts(self) -> list[ColumnFacts]:
        """What the cells under each heading look like."""
        return [facts_of([cell_at(row, place) for row in self.rows]) for place in range(len(self.headings))]

    def texts(self, place: int) -> list[str]:
        """Return the filled cells under a heading, as texts."""
        return [text for row in self.rows if (text := str(cell_at(row, place)).strip())]


def cell_at(row: Sequence[Cell], place: int) -> Cell:
    """Return a cell of a row; an empty one beyond its end."""
    return row[place] if place < len(row) else ""


def best_sample(sources: Sequence[TableSource], name: str, *, sheet: str = "", header: int = 0) -> Sample:
    """Return the sample of the source with the most headings of other programs.

    Args:
        sources: the ways in which a file may be cut into rows.
        name: of the file, printable.
        sheet: the one to look at; empty: any.
        header: line of the headings, where somebody said which it is; 0: as the file shows.

    Raises:
        RefusedFileError: no line has several texts.
    """
    looked = [each for each in sources if not each.is_workbook or sheet in {"", each.title}]
    samples = [sample for source in looked if (sample := sample_of(source, header))]
    if not samples:
        raise RefusedFileError(reasons.NO_COLUMNS(name=name))
    best = max(samples, key=lambda each: (each.known, len([text for text in each.headings if text])))
    has_sheets = best.source.is_workbook and len(sources) > 1
    return replace(best, sheet=best.source.title) if has_sheets else best


def sample_of(source: TableSource, header: int = 0) -> Sample | None:
    """Return the sample of a source; None if no line of its first has several texts.

    The header is the line that is given, else the row with the most headings of other programs, else the
    first with several texts.
    """
    best: tuple[int, int, int, list[Cell]] | None = None
    for above, (line, cells) in enumerate(source.head_cells):
        texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
        known = sum(bool(columns_of(text) or bank_columns_of(text)) for text in texts)
        is_candidate = line == header if header else len(texts) >= _LEAST_CELLS
        if is_candidate and texts and (best is None or known > best[0]):
            best = (known, above, line, cells)
    if best is None:
        return None
    known, above, line, cells = best
    headings = tuple(cell.strip() if isinstance(cell, str) else "" for cell in cells)
    titles = tuple(
        cell.strip()
        for _line, cells in source.head_cells[:above]
        for cell in cells
        if isinstance(cell, str) and cell.strip()
    )
    rows, names = _below(source, line, min(_LEAST_CELLS, len(headings)))
    return Sample(source, line, titles, above, headings, known, rows, names)


def _below(source: TableSource, line: int, least: int) -> tuple[list[list[Cell]], int]:
    rows: list[list[Cell]] = []
    names, is_name = 0, False
    for first, _last, cells in source.records():
        if first <= line or isinstance(cells, Message):
            continue
        filled = [cell for cell in cells if not isinstance(cell, str) or cell.strip()]
        if len(filled) >= least:
            names += is_name
            rows.append(cells)
        if filled:
            is_name = len(filled) == 1 and isinstance(filled[0], str)
        if len(rows) == MOST_ROWS:
            break
    return rows, names
