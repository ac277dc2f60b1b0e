"""What a file of another format says, put in the words of the native form and checked as strictly as that."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from data.grains import BY_NAME
from data.importers.cells import Feed
from data.importers.layout import Layout
from data.importers.outcome import FileOutcome, grains_of, outcome_of, reject_rows
from data.importers.reading import Reading
from data.importers.row_parser import REJECT_SCHEMA, Batch, parse, total_of
from data.importers.rows import raw_text
from data.importers.shapes import unsaid
from data.message_templates import Message

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One row of a grain, in native text.

    Attributes:
        line: line of the file where what it comes from begins, 1-based. Rows of all grains with the same
            line are of one document: if one of them is refused, none of them is taken in.
        cells: column of the grain -> text as the native CSV writes it; a column the file says nothing of is
            left out, an empty text says that there is none.
        raw: what stands in the file, for the list of what was refused.
    """

    line: int
    cells: Cells
    raw: str = ""


@dataclass(frozen=True)
class ColumnRows:
    """The rows of a grain as columns, for large files: a dictionary per row costs more than its cells.

    Attributes:
        lines: for every row what `Row.line` is.
        columns: column of the grain -> its text in every row, as `Row.cells` has it.
    """

    lines: Sequence[int]
    columns: Mapping[str, Sequence[str]]

    def raw_texts(self, lines: Collection[int]) -> dict[int, str]:
        """Return what stands in the rows of some lines, for the list of what was refused."""
        texts: dict[int, str] = {}
        for place, line in enumerate(self.lines):
            if line in lines and line not in texts:
                texts[line] = " ".join(cell[place] for cell in self.columns.values() if cell[place])
        return texts


@dataclass(frozen=True)
class DocumentRefusal:
    """A document that cannot be read for sure: its line, and a clause that says why."""

    line: int
    reason: Message
    raw: str = ""


@dataclass(frozen=True)
class Extract:
    """What a file says.

    Attributes:
        kind: name of the grain whose rows are counted.
        rows: name of a grain -> its rows; all grains are of the same database of the store.
        refusals: documents of which nothing is taken in; each counts as a row read.
        notes: what the file says of itself or lacks, and changes no row: totals it declares, sentences.
        columns: the same as `rows`, of grains that are not in it.
    """

    kind: str
    rows: Mapping[str, Sequence[Row]]
    refusals: Sequence[DocumentRefusal] = ()
    notes: Sequence[Message] = ()
    columns: Mapping[str, ColumnRows] = field(default_factory=dict)


@dataclass(frozen=True)
class ExtractedFile:
    """A file of another format: what it says, and the facts of its reading.

    Attributes:
        extract: what it says.
        name: of the file, printable.
        sha256: of its bytes.
        preset: name of the preset it was read with.
        preset_sha256: hash of that preset's own file.
    """

    extract: Extract
    name: str
    sha256: str
    preset: str | None
    preset_sha256: str | None

    @property
    def reading(self) -> Reading:
        """Its reading."""
        return reading_of(
            self.extract,
            name=self.name,
            sha256=self.sha256,
            preset=self.preset,
            preset_sha256=self.preset_sha256,
        )


def reading_of(
    extract: Extract, *, name: str, sha256: str, preset: str | None, preset_sha256: str | None
) -> Reading:
    """Check what a file says as native files are checked, and return its reading.

    A line is one document: it is accepted, rejected with a reason or a repeat as a whole.

    Args:
        extract: what the file says.
        name: of the file, printable.
        sha256: of its bytes.
        preset: name of the preset it was read with.
        preset_sha256: hash of that preset's own file.
    """
    rows = {kind: _as_columns(each) for kind, each in extract.rows.items()} | dict(extract.columns)
    layouts = {kind: layout_of(kind, each.columns) for kind, each in rows.items() if each.lines}
    outcomes = {kind: _outcome(rows[kind], layout) for kind, layout in layouts.items()}
    refused = pl.DataFrame(
        [(each.line, each.line, None, _message(each.reason)) for each in extract.refusals],
        schema=REJECT_SCHEMA,
        orient="row",
    )
    rejects = (
        pl.concat([refused, *(outcome.rejects for outcome in outcomes.values())])
        .unique("line", keep="first", maintain_order=True)
        .sort("line")
    )
    main = outcomes.get(extract.kind)
    left_out = {*rejects["line"], *(_repeats(rows[extract.kind], main) if main else ())}
    tables = {
        kind: grains_of(outcome.rows.filter(~pl.col("line").is_in(list(left_out))), layouts[kind])[kind]
        for kind, outcome in outcomes.items()
    }
    lines = {line for each in rows.values() for line in each.lines}
    lines |= {each.line for each in extract.refusals}
    taken = {line for table in tables.values() for line in table["line"]}
    raw = _raw_texts(extract, set(rejects["line"]))
    total = BY_NAME[extract.kind].total
    accepted = tables.get(extract.kind)
    return Reading(
        name=name,
        kind=extract.kind,
        sha256=sha256,
        preset=preset,
        preset_sha256=preset_sha256,
        rows_read=len(lines),
        grains=tables,
        rejects=reject_rows(rejects, [_printable(raw.get(line, "")) for line in rejects["line"]]),
        duplicate=len(lines) - len(taken) - rejects.height,
        sum_read=None if total is None else (main.total if main else Decimal("0.00")),
        sum_accepted=None if total is None else _sum(accepted, total),
        accepted=len(taken),
        unsaid=tuple(sorted(column for layout in layouts.values() for column in unsaid(layout))),
        notes=tuple(extract.notes),
    )


def _as_columns(rows: Sequence[Row]) -> ColumnRows:
    names = dict.fromkeys(column for row in rows for column in row.cells)
    return ColumnRows(
        [row.line for row in rows], {name: [row.cells.get(name, "") for row in rows] for name in names}
    )


def layout_of(kind: str, columns: Collection[str]) -> Layout:
    """Return the layout of rows of a grain that state these columns."""
    grain = BY_NAME[kind]
    if unknown := set(columns) - {column.name for column in grain.file_columns}:
        raise KeyError(*unknown)
    stated = [column for column in grain.file_columns if column.name in columns]
    return Layout(grain, tuple(Feed(column, column.name) for column in stated))


def _outcome(rows: ColumnRows, layout: Layout) -> FileOutcome:
    columns = {feed.column.name: rows.columns[feed.column.name] for feed in layout.feeds}
    batch = Batch(columns=columns, first=list(rows.lines), last=list(rows.lines))
    return outcome_of([parse(batch, layout, None)], layout)


def _repeats(rows: ColumnRows, outcome: FileOutcome) -> set[int]:
    return set(rows.lines) - set(outcome.rows["line"])


def _raw_texts(extract: Extract, lines: Collection[int]) -> dict[int, str]:
    """Return what stands in the file on the lines that were refused."""
    raw: dict[int, str] = {}
    for columns in extract.columns.values():
        raw = columns.raw_texts(lines) | raw
    raw |= {row.line: row.raw for rows in extract.rows.values() for row in rows if row.raw}
    return raw | {each.line: each.raw for each in extract.refusals if each.raw}


def _sum(rows: pl.DataFrame | None, column: str) -> Decimal:
    return Decimal("0.00") if rows is None else total_of(rows, column)


def _message(reason: Message) -> dict[str, str]:
    return {"text": str(reason), "message": reason.to_json()}


def _printable(text: str) -> str:
    lines = text.split("\n")
    return raw_text(lines, 1, len(lines))
