"""Which of the forms a preset allows a list is written in: the one that reads all of its days and amounts.

A program writes days and amounts as its user's country does, so that a preset names several forms. One file
is written in one of them. Days that two forms read differently are told by what cannot be: an invoice date
after the day of the list, a due date before the invoice date. Where that does not tell, the file is refused.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from data.errors import RefusedFileError
from data.importers import list_reasons
from data.importers.cells import Feed
from data.importers.preset import Preset
from data.importers.value_formats import Formats

_MONEY = "1,2"
_ORDERED = ("entry_date", "created_date")
_SURE = 0.05  # of the rows: if one form contradicts itself in more, and the other never, the other is meant


@dataclass(frozen=True)
class _Read:
    """What one form makes of the days, and how many cells it does not read."""

    formats: Formats
    unread: int
    days: pl.DataFrame


def list_formats(
    preset: Preset,
    frames: Sequence[pl.DataFrame],
    feeds: Sequence[Feed],
    *,
    name: str,
    day: Callable[[Formats], date | None],
) -> Formats:
    """Return the form a list is written in.

    Args:
        preset: with the forms that are possible.
        frames: its rows as texts.
        feeds: the columns of them.
        name: of the file, printable.
        day: a form -> the day of the list, as far as it is known.

    Raises:
        RefusedFileError: two forms read all days, and differently; the sentence says what to do.
    """
    of_type = {kind: [feed.raw for feed in feeds if feed.column.type == kind] for kind in ("date", "money")}
    formats = _amount_form(preset, frames, of_type["money"])
    candidates = [replace(formats, date=form) for form in preset.date_forms]
    if len(candidates) == 1 or not of_type["date"]:
        return candidates[0]
    reads = [_read(form, frames, of_type["date"]) for form in candidates]
    fewest = min(read.unread for read in reads)
    best = [read for read in reads if read.unread == fewest]
    differing = [read for read in best if not read.days.equals(best[0].days)]
    if not differing:
        return best[0].formats
    likely = [read for read in best if not _contradicts(read, day(read.formats))]
    if len(likely) == 1 and all(
        _contradicts(read, day(read.formats)) > _SURE for read in best if read is not likely[0]
    ):
        return likely[0].formats
    forms = " · ".join(read.formats.date for read in best)
    raise RefusedFileError(
        list_reasons.DAYS_EITHER_WAY(name=name, forms=forms, preset=f"{preset.name}@{best[0].formats.date}")
    )


def _amount_form(preset: Preset, frames: Sequence[pl.DataFrame], columns: Sequence[str]) -> Formats:
    """Return the form that reads the most amounts; with two decimals at most no two read one differently."""
    candidates = [
        replace(preset.formats, decimal=decimal, thousands=thousands)
        for decimal, thousands in preset.amount_forms
    ]
    if len(candidates) == 1 or not columns:
        return candidates[0]
    best, fewest = candidates[0], None
    for form in candidates:
        unread = sum(int(frame.select(_unread_amounts(form, columns)).item()) for frame in frames)
        if fewest is None or unread < fewest:
            best, fewest = form, unread
        if not unread:
            break
    return best


def _unread_amounts(form: Formats, columns: Sequence[str]) -> pl.Expr:
    pattern = form.amount_pattern(_MONEY)
    return pl.sum_horizontal(
        ((pl.col(name) != "") & ~pl.col(name).str.contains(pattern)).sum() for name in columns
    )


def _read(form: Formats, frames: Sequence[pl.DataFrame], columns: Sequence[str]) -> _Read:
    days = pl.concat(
        [
            frame.select(form.day(pl.col(name)).alias(name.removeprefix("raw:")) for name in columns)
            for frame in frames
        ]
    )
    filled = sum(
        int(frame.select(pl.sum_horizontal((pl.col(columns) != "").sum())).item()) for frame in frames
    )
    return _Read(form, filled - sum(days[name].count() for name in days.columns), days)


def _contradicts(read: _Read, list_day: date | None) -> float:
    """Return the share of rows whose days cannot be what this form reads."""
    columns, none = set(read.days.columns), pl.lit(value=False)
    late = pl.col("invoice_date") > pl.lit(list_day, dtype=pl.Date) if "invoice_date" in columns else none
    before = pl.col("due_date") < pl.col("invoice_date") if {"invoice_date", "due_date"} <= columns else none
    shares = read.days.select(
        (late.fill_null(value=False) | before.fill_null(value=False)).mean().alias("share")
    )
    return max(float(shares["share"][0] or 0), _disorder(read.days))


def _disorder(days: pl.DataFrame) -> float:
    """Return the share of the entries of a bank or payment provider that stand against the order of the rest.

    Their files go forwards or backwards in time; a form that makes them jump to and fro is not meant.
    """
    column = next((name for name in _ORDERED if name in days.columns), None)
    if column is None:
        return 0.0
    steps = days.select((pl.col(column).diff().dt.total_days()).alias("days")).drop_nulls()["days"]
    if not len(steps):
        return 0.0
    return float(min((steps < 0).sum(), (steps > 0).sum()) / len(steps))
