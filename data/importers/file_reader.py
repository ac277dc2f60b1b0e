"""Reading one file: every row of it is accepted, rejected with a reason, or counted as a repeat."""

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from data.errors import RefusedFileError
from data.importers import reasons
from data.importers.files import display_name, read_bytes, refuse_other_types
from data.importers.formats.registry import FormatPreset, read_format
from data.importers.layout import native_layout
from data.importers.list_reader import read_list
from data.importers.outcome import grains_of, outcome_of, reject_rows
from data.importers.reading import Reading
from data.importers.recognition import AnyPreset
from data.importers.row_parser import Batch, parse, total_of
from data.importers.rows import csv_rows, raw_text, repaired, split_lines, undecodable
from data.importers.shapes import unsaid
from data.message_templates import Message
from data.progress import Share, untold

_BATCH_ROWS = 50_000
_READ = 0.9  # of the time that a file takes
_Record = tuple[int, int, list[str] | Message]


def read_file(
    path: Path,
    preset: AnyPreset | None = None,
    *,
    name: str | None = None,
    day: date | None = None,
    progress: Share = untold,
) -> Reading:
    """Read a file of the native form, or of a preset's, strictly.

    Args:
        path: where the bytes are.
        preset: how it is written; None for the native form.
        name: what the user calls it, where that is not the path's name; it tells the kind.
        day: the file speaks of, where it was given.
        progress: told the share that is read, now and then.

    Raises:
        RefusedFileError: nothing of the file can be read for sure; the sentence says what to do.
    """
    shown = display_name(path.name if name is None else name)
    content = read_bytes(path, shown)
    if isinstance(preset, FormatPreset):
        return read_format(content, shown, preset, progress)
    if preset is not None and preset.is_list:
        return read_list(content, shown, preset, day=day, progress=progress)
    refuse_other_types(content, shown)
    lines, is_damaged = split_lines(content, preset.encoding if preset else "utf-8", shown)
    stream = csv_rows(lines, preset.delimiter if preset else ",", shown)
    header = _header(stream, shown)
    layout = preset.layout(header, shown) if preset else native_layout(header, shown)
    rows_read, parts = 0, []
    for batch in _batches(stream, header, is_damaged=is_damaged):
        rows_read += batch.height
        parts.append(parse(batch, layout, preset.total_row if preset else None))
        # What is compared over all rows comes after them.
        progress(_READ * rows_read / len(lines))
    outcome = outcome_of(parts, layout)
    rejects = outcome.rejects.sort("line")
    raw = [raw_text(lines, first, last) for first, last in rejects.select("line", "last").iter_rows()]
    total = layout.grain.total
    return Reading(
        name=shown,
        kind=preset.kind if preset else layout.grain.name,
        sha256=hashlib.sha256(content).hexdigest(),
        preset=preset.name if preset else None,
        preset_sha256=preset.sha256 if preset else None,
        rows_read=rows_read - outcome.agreed_totals,
        grains=grains_of(outcome.rows, layout),
        rejects=reject_rows(rejects, raw),
        duplicate=outcome.duplicate,
        sum_read=outcome.total if total else None,
        sum_accepted=total_of(outcome.rows, total) if total else None,
        accepted=outcome.rows.height,
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
