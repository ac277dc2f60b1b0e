"""The readings of many small files at once: as `reading_of` gives each, for the cost of one list.

Typing and checking a row takes far longer to set up than to do. So the rows of all files that state the same
columns are typed and checked together. Whatever is not plain (a file with several documents, one with a row
to refuse, the second file of a document) is read by itself, so that only one place knows how that goes.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import polars as pl

from data.grains import BY_NAME
from data.importers.formats.extract import Extract, ExtractedFile, Row, layout_of
from data.importers.layout import Layout
from data.importers.outcome import grains_of, outcome_of, reject_rows
from data.importers.reading import Reading
from data.importers.row_parser import REJECT_SCHEMA, Batch, parse
from data.importers.shapes import unsaid

# What identifies the document of a file: two files of one document are not typed together.
_NUMBERS = {"invoices": ("invoice_id",), "bills": ("bill_id",), "attachments": ("invoice_id", "sha256")}
_Tables = dict[int, dict[str, pl.DataFrame]]


def readings_of(files: Sequence[ExtractedFile]) -> list[Reading]:
    """Return the reading of each file, in their order."""
    numbers: set[tuple[str, ...]] = set()
    plain = {place for place, file in enumerate(files) if _is_plain(file.extract, numbers)}
    tables, silent, refused = _tables({place: files[place].extract for place in plain})
    readings = []
    for place, file in enumerate(files):
        if place in plain and place not in refused:
            readings.append(_reading(file, tables[place], silent[place]))
        else:
            readings.append(file.reading)
    return readings


def _is_plain(extract: Extract, numbers: set[tuple[str, ...]]) -> bool:
    """Tell whether a file has one document, of a number that is not among these; note its number."""
    columns = _NUMBERS.get(extract.kind)
    main = extract.rows.get(extract.kind, ())
    if columns is None or extract.columns or extract.refusals or len(main) != 1:
        return False
    number = (extract.kind, *(main[0].cells[column] for column in columns))
    lines = {row.line for rows in extract.rows.values() for row in rows}
    singles = [rows for kind, rows in extract.rows.items() if kind != "instalments"]
    if number in numbers or len(lines) != 1 or any(len(rows) > 1 for rows in singles):
        return False
    numbers.add(number)
    return True


def _tables(extracts: dict[int, Extract]) -> tuple[_Tables, dict[int, tuple[str, ...]], set[int]]:
    """Return per file its rows by grain and the columns it says nothing of, and the files with a bad row."""
    alike: dict[tuple[str, tuple[str, ...]], list[tuple[int, Row]]] = {}
    for place, extract in extracts.items():
        for kind, rows in extract.rows.items():
            stated = tuple(sorted({column for row in rows for column in row.cells}))
            alike.setdefault((kind, stated), []).extend((place, row) for row in rows)
    tables: _Tables = {place: {} for place in extracts}
    silent: dict[int, list[str]] = {place: [] for place in extracts}
    refused: set[int] = set()
    for (kind, stated), placed in alike.items():
        layout = layout_of(kind, stated)
        frames, bad = _typed(placed, layout, kind)
        refused |= bad
        columns = unsaid(layout)
        for place, frame in frames.items():
            tables[place][kind] = frame
            silent[place] += columns
    # In the order in which the file has them.
    in_order = {
        place: {kind: tables[place][kind] for kind in extract.rows if kind in tables[place]}
        for place, extract in extracts.items()
    }
    return in_order, {place: tuple(sorted(columns)) for place, columns in silent.items()}, refused


def _typed(
    placed: Sequence[tuple[int, Row]], layout: Layout, kind: str
) -> tuple[dict[int, pl.DataFrame], set[int]]:
    """Return file -> its rows of a grain, typed, and the files of which a row is refused."""
    columns = [feed.column.name for feed in layout.feeds]
    places = [place for place, _row in placed]
    batch = Batch(
        columns={column: [row.cells.get(column, "") for _place, row in placed] for column in columns},
        first=places,
        last=places,
    )
    outcome = outcome_of([parse(batch, layout, None)], layout, is_one_file=False)
    lines = pl.DataFrame(
        {"of_file": places, "row_line": [row.line for _place, row in placed]},
        schema={"of_file": pl.Int64(), "row_line": pl.Int64()},
    ).unique("of_file")
    typed = grains_of(outcome.rows, layout)[kind].rename({"line": "of_file"})
    typed = typed.join(lines, on="of_file", how="left", maintain_order="left").rename({"row_line": "line"})
    frames = typed.partition_by("of_file", as_dict=True, include_key=False, maintain_order=True)
    return {int(place): frame for (place,), frame in frames.items()}, set(outcome.rejects["line"])


@cache
def _no_rejects() -> pl.DataFrame:
    # Not as this file is imported: Polars would start its threads, of which a fork of the process has none.
    return reject_rows(pl.DataFrame(schema=REJECT_SCHEMA), [])


def _reading(file: ExtractedFile, tables: dict[str, pl.DataFrame], silent: tuple[str, ...]) -> Reading:
    """Return the reading of a file of one document of which nothing was refused."""
    kind = file.extract.kind
    total = BY_NAME[kind].total
    amount = None if total is None else Decimal(str(tables[kind][total][0]))
    return Reading(
        name=file.name,
        kind=kind,
        sha256=file.sha256,
        preset=file.preset,
        preset_sha256=file.preset_sha256,
        rows_read=1,
        grains=tables,
        rejects=_no_rejects(),
        duplicate=0,
        sum_read=amount,
        sum_accepted=amount,
        accepted=1,
        unsaid=silent,
        notes=tuple(file.extract.notes),
    )
