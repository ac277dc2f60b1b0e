"""Reading one file: every row of it is accepted, rejected with a reason, or counted as a repeat."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path

import polars as pl

from data.errors import RefusedFileError
from data.importers import reasons
from data.importers.cleared_invoices import CLEARED_INVOICES, conform, split, unsaid
from data.importers.duplicate_keys import compare
from data.importers.files import display_name, read_bytes
from data.importers.layout import Layout, native_layout
from data.importers.numbers import number_contacts, number_parts, number_places
from data.importers.presets import Preset
from data.importers.row_parser import REJECT_SCHEMA, Batch, Parsed, parse, total_of
from data.importers.rows import csv_rows, raw_text, repaired, split_lines, undecodable
from data.message_templates import Message

_BATCH_ROWS = 50_000
_Record = tuple[int, int, list[str] | Message]


@dataclass(frozen=True)
class Reading:
    """One file, read.

    `rows_read == accepted + rejected + duplicate`, always.

    Attributes:
        name: file name without folders, printable.
        kind: name of the grain; of the main one for a preset that gives several.
        sha256: of the file's bytes.
        preset: name of the preset, None for a native file.
        preset_sha256: of the preset's own file.
        rows_read: data rows: no header, no blank lines, no total row that agrees.
        grains: name -> accepted rows: the grain's columns, typed, and `line` Int64 (1-based, where the
            row starts in the file). Absent optional columns are null.
        unsaid: columns of these grains the file says nothing of, as `invoices.entity`, in alphabetical order.
        rejects: `line` Int64, `column` String (null for the whole row), `reason` String (a clause),
            `raw` String (the row as it stands, printable, at most 500 characters), `message` String (the
            reason's template and values as JSON); by line.
        duplicate: rows that repeat an earlier row of the file identically; kept once.
        sum_read: sum of the control column over every row where it is an amount, None if the grain has none.
        sum_accepted: the same over the accepted rows.
        accepted: number of accepted rows of the file.
    """

    name: str
    kind: str
    sha256: str
    preset: str | None
    preset_sha256: str | None
    rows_read: int
    grains: dict[str, pl.DataFrame]
    rejects: pl.DataFrame
    duplicate: int
    sum_read: Decimal | None
    sum_accepted: Decimal | None
    accepted: int
    unsaid: tuple[str, ...] = ()

    @property
    def rejected(self) -> int:
        """Number of rejected rows; each has one reject."""
        return self.rejects.height


def read_file(
    path: Path,
    preset: Preset | None = None,
    *,
    name: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Read a file of the native form, or of a preset's, strictly.

    Args:
        path: where the bytes are.
        preset: how it is written; None for the native form.
        name: what the user calls it, where that is not the path's name; it tells the kind.
        progress: called with the number of rows read so far, now and then.

    Raises:
        RefusedFileError: nothing of the file can be read for sure; the sentence says what to do.
    """
    shown = display_name(path.name if name is None else name)
    content = read_bytes(path, shown)
    lines, is_damaged = split_lines(content, preset.encoding if preset else "utf-8", shown)
    stream = csv_rows(lines, preset.delimiter if preset else ",", shown)
    header = _header(stream, shown)
    layout = preset.layout(header, shown) if preset else native_layout(header, shown)
    rows_read, parts = 0, []
    for batch in _batches(stream, header, is_damaged=is_damaged):
        rows_read += batch.height
        parts.append(parse(batch, layout, preset.total_row if preset else None))
        if progress:
            progress(rows_read)
    settled = _settled(parts, layout)
    rejects = settled.rejects.sort("line")
    raw = [raw_text(lines, first, last) for first, last in rejects.select("line", "last").iter_rows()]
    total = layout.grain.total
    return Reading(
        name=shown,
        kind=preset.kind if preset else layout.grain.name,
        sha256=hashlib.sha256(content).hexdigest(),
        preset=preset.name if preset else None,
        preset_sha256=preset.sha256 if preset else None,
        rows_read=rows_read - settled.agreed_totals,
        grains=_grains(settled.rows, layout),
        rejects=rejects.select(
            "line",
            "column",
            pl.col("reason").struct.field("text").alias("reason"),
            pl.Series("raw", raw, dtype=pl.String),
            pl.col("reason").struct.field("message"),
        ),
        duplicate=settled.duplicate,
        sum_read=settled.total if total else None,
        sum_accepted=total_of(settled.rows, total) if total else None,
        accepted=settled.rows.height,
        unsaid=unsaid(layout),
    )


def _header(stream: Iterator[_Record], name: str) -> list[str]:
    for _first, _last, cells in stream:
        if isinstance(cells, Message):
            raise RefusedFileError(reasons.UNREADABLE_HEADER(name=name, reason=cells))
        if any("\udc80" <= letter <= "\udcff" for cell in cells for letter in cell):
            raise RefusedFileError(reasons.DAMAGED_HEADER(name=name))
        return cells
    raise RefusedFileError(reasons.NO_ROWS(name=name))


def _batches(stream: Iterator[_Record], header: list[str], *, is_damaged: bool) -> Iterator[Batch]:
    """Give the rows in batches, so that the text of a large file is not held as Python objects at once."""
    records_ = list(islice(stream, _BATCH_ROWS))
    yield _batch(records_, header, is_damaged=is_damaged)
    while records_ := list(islice(stream, _BATCH_ROWS)):
        yield _batch(records_, header, is_damaged=is_damaged)


def _batch(records_: list[_Record], header: list[str], *, is_damaged: bool) -> Batch:
    batch, width = Batch(), len(header)
    for first, last, cells in records_:
        if isinstance(cells, Message):
            batch.broken.append((first, last, cells))
        elif len(cells) != width:
            wrong = reasons.ONE_CELL if len(cells) == 1 else reasons.CELLS
            batch.broken.append((first, last, wrong(count=len(cells), width=width)))
        else:
            if is_damaged and (index := undecodable(cells)) is not None:
                batch.damaged[len(batch.cells)] = header[index]
                cells = [repaired(cell) for cell in cells]  # noqa: PLW2901 - polars takes no lone surrogates
            batch.cells.append(cells)
            batch.first.append(first)
            batch.last.append(last)
    return batch


@dataclass(frozen=True)
class _Settled:
    rows: pl.DataFrame
    rejects: pl.DataFrame
    duplicate: int
    total: Decimal
    agreed_totals: int


def _settled(parts: list[Parsed], layout: Layout) -> _Settled:
    """Put the batches together, compare keys and declared totals over the whole file."""
    total = sum((part.total for part in parts), Decimal("0.00"))
    key_labels = [
        feed.label for column in layout.grain.file_key for feed in layout.feeds if feed.column.name == column
    ]
    rows = pl.concat([part.good for part in parts])
    good = number_contacts(number_parts(rows, layout.grain), layout.grain)
    repeats = compare(good, layout.grain, key_labels)
    contradicted = repeats.contradicted.select(
        "line", "last", pl.lit(key_labels[0]).alias("column"), "reason"
    )
    totals = pl.concat([part.totals for part in parts])
    agrees = pl.col("amount").cast(pl.Decimal(38, 2)).eq_missing(pl.lit(total, dtype=pl.Decimal(38, 2)))
    wrong = totals.filter(~agrees).select(
        "line",
        "last",
        pl.lit(None, dtype=pl.String).alias("column"),
        reasons.WRONG_TOTAL.over(total=total).alias("reason"),
    )
    rejects = pl.concat([*(part.rejects for part in parts), contradicted, wrong])
    return _Settled(
        number_places(repeats.kept, layout.grain),
        rejects.match_to_schema(REJECT_SCHEMA),
        repeats.duplicate,
        total,
        totals.height - wrong.height,
    )


def _grains(rows: pl.DataFrame, layout: Layout) -> dict[str, pl.DataFrame]:
    if layout.grain is CLEARED_INVOICES:
        return split(rows)
    return {layout.grain.name: conform(rows, layout.grain)}
