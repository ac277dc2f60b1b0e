"""Reading a list of another program: its headings are found, its totals compared, its day told."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import cast

import polars as pl

from data.errors import NoReceivablesError, RefusedFileError
from data.importers import bank_reasons, list_reasons
from data.importers.bank_cells import cleaned, title_texts
from data.importers.bank_grains import BANK_NEEDS
from data.importers.cells import Feed
from data.importers.headings import absent_columns
from data.importers.layout import Layout
from data.importers.list_forms import list_formats
from data.importers.list_outcome import ListOutcome, list_outcome
from data.importers.list_rows import Header, ListRows, find_header
from data.importers.outcome import reject_rows
from data.importers.preset import Preset
from data.importers.reading import Reading
from data.importers.relations import RELATIONS, rows_that_agree
from data.importers.row_parser import Batch, parse
from data.importers.shapes import unsaid
from data.importers.table_source import TableSource, table_sources
from data.importers.value_formats import Formats
from data.message_templates import Message, stored_message
from data.progress import Share, part, untold

_LINES_NAMED = 5
_LEAST_ROWS = 5
_CUT, _GATHERED, _PARSED = 0.5, 0.6, 0.9  # shares of the time that a list takes
_STILL_HOLDS = 0.8  # of the rows; when the preset was made it was nearly all of them
# Forms of a day that can be read one way only; the preset's own form comes first.
_TITLE_FORMS = (
    "YYYY-MM-DD",
    "D MMM YYYY",
    "MMM D, YYYY",
    "D-MMM-YYYY",
    "D-MMM-YY",
    "D. MMM YYYY",
    "YYYYMMDD",
)
_EITHER_ORDER = ("D{0}M{0}YYYY", "M{0}D{0}YYYY")
_LIST_DAY = re.compile(
    r"(?i)\b(?:as (?:of|at)|per|peildatum|t/m|tot en met|op datum|stichtag|stand|zum|bis|au)\b[\s:]*(.+)"
)
_OTHER_DAY = re.compile(r"(?i)\b(?:report date|rapportdatum|datum|date|to|tot|until)\b[\s:]*(.+)")
_ALONE = re.compile("^(.+)$")


def read_list(
    content: bytes,
    name: str,
    preset: Preset,
    *,
    day: date | None = None,
    progress: Share = untold,
) -> Reading:
    """Read a list with a preset whose headings are found by name.

    Args:
        content: the file.
        name: of it, printable.
        preset: with `is_list`.
        day: of the list, where it was given; it comes before what the list says itself.
        progress: told the share that is read, now and then.

    Raises:
        RefusedFileError: nothing of the file can be read for sure; the sentence says what to do.
    """
    sources = table_sources(
        content,
        name,
        encoding=preset.encoding,
        delimiter=preset.delimiter,
        sheet=preset.sheet,
        progress=part(progress, 0.0, _CUT),
    )
    digest = hashlib.sha256(content).hexdigest()
    return read_sources(sources, name, preset, day=day, progress=part(progress, _CUT, 1.0), digest=digest)


def read_sources(
    sources: Sequence[TableSource],
    name: str,
    preset: Preset,
    *,
    day: date | None = None,
    progress: Share = untold,
    digest: str = "",
) -> Reading:
    """Read a list that is cut into rows already, such as the first rows of a long one.

    Args:
        sources: its sheets, or its text by each delimiter.
        name: of the file, printable.
        preset: with `is_list`.
        day: of the list, where it was given.
        progress: told the share that is read, now and then.
        digest: SHA-256 of the file.

    Raises:
        RefusedFileError: as `read_list`.
    """
    of_sheet = [each for each in sources if not each.is_workbook or preset.sheet in {"", each.title}]
    header = _one_header(of_sheet, preset, name)
    if refusal := list_reasons.WITHOUT_RECEIVABLES.get(preset.shape):
        what = refusal()
        raise NoReceivablesError(list_reasons.NO_RECEIVABLES(name=name, what=what), what)
    rows = ListRows(header, preset, name)
    batches, rows_read = [], 0
    for batch in rows.batches():
        batches.append(batch)
        rows_read += batch.height
        progress(_GATHERED * rows_read / header.source.size)
    if preset.shape == "entries" and not _are_matched(batches):
        rest = part(progress, _GATHERED, 1.0)
        return read_sources(sources, name, preset.of_open_items, day=day, progress=rest, digest=digest)
    frames = [batch.frame for batch in batches if batch.frame is not None]
    days = (
        partial(_day_of, header.titles, given=day) if preset.shape == "open_items" else lambda _formats: None
    )
    formats = list_formats(preset, frames, rows.feeds, name=name, day=days)
    list_day = days(formats)
    feeds = [replace(feed, formats=formats) for feed in rows.all_feeds]
    extra: list[Message] = []
    titles: list[tuple[Feed, str]] = []
    if preset.shape in BANK_NEEDS:
        batches, extra = cleaned(batches, feeds, formats)
        titles = title_texts(header, preset, formats)
    layout = preset.list_layout(feeds, list_day.isoformat() if list_day else "", header.currency, titles)
    parts = []
    for batch in batches:
        parts.append(parse(batch, layout, None))
        progress(_GATHERED + (_PARSED - _GATHERED) * len(parts) / len(batches))
    outcome = list_outcome(parts, frames, layout, preset)
    is_empty = preset.shape == "open_items" and not outcome.rows.height and not outcome.rejects.height
    if is_empty and list_day is None:
        raise RefusedFileError(list_reasons.EMPTY_LIST_WITHOUT_DAY(name=name))
    if preset.shape == "open_items" and not is_empty:
        list_day = _list_day(outcome.rows, name)
    _refuse_other_meaning(outcome, rows_read, preset, name)
    _refuse_payables(outcome, preset, name)
    rejects = outcome.rejects.sort("line")
    raw = [header.source.raw(first, last) for first, last in rejects.select("line", "last").iter_rows()]
    return Reading(
        name=name,
        kind=preset.kind,
        sha256=digest,
        preset=preset.name,
        preset_sha256=preset.sha256,
        rows_read=outcome.accepted + rejects.height + outcome.duplicate,
        grains=outcome.grains,
        rejects=reject_rows(rejects, raw),
        duplicate=outcome.duplicate,
        sum_read=outcome.sum_read,
        sum_accepted=outcome.sum_accepted,
        accepted=outcome.accepted,
        unsaid=unsaid(layout),
        notes=(*_notes(header, rows, layout, outcome, list_day), *extra, *_bank_notes(rows, layout)),
        list_day=list_day,
        list_entity=dict(preset.defaults).get("entity") if is_empty else None,
    )


def _are_matched(batches: Sequence[Batch]) -> bool:
    """Tell whether any entry has a code of what it settles."""
    frames = [batch.frame for batch in batches if batch.frame is not None]
    return any((frame["raw:match_code"] != "").any() for frame in frames if "raw:match_code" in frame.columns)


def _day_of(titles: tuple[str, ...], formats: Formats, *, given: date | None) -> date | None:
    return given or day_in(titles, formats)


def _one_header(sources: Sequence[TableSource], preset: Preset, name: str) -> Header:
    headers = find_header(sources, preset)
    if not headers:
        missing = absent_columns(preset.group_columns, preset.needs)
        wanted = " · ".join("/".join(columns) for columns in missing)
        raise RefusedFileError(list_reasons.NO_LIST(name=name, preset=preset.name, columns=wanted))
    if len(headers) > 1 and headers[0].source.is_workbook:
        sheets = ", ".join(header.source.title for header in headers)
        raise RefusedFileError(list_reasons.SEVERAL_SHEETS(name=name, sheets=sheets))
    # A text is cut by the delimiter that gives the most headings.
    return max(headers, key=lambda header: len(header.found))


def day_in(titles: tuple[str, ...], formats: Formats) -> date | None:
    """Return the day that the lines above a list name; None if they name none, or several.

    A day behind words for the day of a list comes before one behind `Date`, which may be that of the print,
    and that before one that stands alone.
    """
    for pattern in (_LIST_DAY, _OTHER_DAY, _ALONE):
        stated = [found[1] for title in titles if (found := pattern.search(title))]
        days = {day for text in stated if (day := _day(text.strip().rstrip("."), formats))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _day(text: str, formats: Formats) -> date | None:
    for form in (formats.date, *_TITLE_FORMS):
        if day := _day_of_form(text, form):
            return day
    # 20-11-2026 is one day whatever comes first; 03-04-2026 is none that could be told.
    days = {_day_of_form(text, order.format(sign)) for sign in "-/." for order in _EITHER_ORDER} - {None}
    return days.pop() if len(days) == 1 else None


def _day_of_form(text: str, form: str) -> date | None:
    written = Formats(date=form, has_time=True)
    return cast("date | None", pl.select(written.day(pl.lit(text, dtype=pl.String)).alias("day"))["day"][0])


def _refuse_other_meaning(outcome: ListOutcome, rows_read: int, preset: Preset, name: str) -> None:
    """Refuse a list in which a column no longer is what it was when its preset was made.

    A few rows that differ say nothing: they are read, or rejected with a reason.
    """
    for relation in RELATIONS:
        if relation.check not in preset.checks:
            continue
        count, of = rows_that_agree(outcome.rows, relation)
        if of >= _LEAST_ROWS and count < _STILL_HOLDS * of:
            reason = relation.broken(count=of - count, of=of)
            raise RefusedFileError(list_reasons.OTHER_MEANING(name=name, preset=preset.name, reason=reason))
    rejected = outcome.rejects.height
    if preset.checks and rows_read >= _LEAST_ROWS and rejected > (1 - _STILL_HOLDS) * rows_read:
        first = stored_message(outcome.rejects["reason"].struct.field("message")[0])
        raise RefusedFileError(
            list_reasons.MANY_REJECTED(
                name=name, preset=preset.name, count=rejected, of=rows_read, reason=first
            )
        )


def _refuse_payables(outcome: ListOutcome, preset: Preset, name: str) -> None:
    """Refuse a list of receivables with hardly anything owed: lists of bills look the same."""
    if (
        preset.shape not in {"open_items", "invoices"}
        or preset.has_credits
        or outcome.rows.height < _LEAST_ROWS
    ):
        return
    column = "open_amount" if preset.shape == "open_items" else "amount"
    count = outcome.rows.filter(pl.col(column) < 0).height
    if count > _STILL_HOLDS * outcome.rows.height:
        raise RefusedFileError(list_reasons.MOSTLY_CREDIT(name=name, count=count, of=outcome.rows.height))


def _list_day(rows: pl.DataFrame, name: str) -> date | None:
    """Return the one day that the rows of a list of open items speak of."""
    days = rows["list_date"].drop_nulls().unique().sort().to_list()
    if len(days) > 1:
        raise RefusedFileError(list_reasons.SEVERAL_LIST_DAYS(name=name, first=days[0], second=days[-1]))
    if rows.height and (not days or rows["list_date"].null_count()):
        raise RefusedFileError(list_reasons.NO_LIST_DAY(name=name))
    return days[0] if days else None


def _notes(
    header: Header, rows: ListRows, layout: Layout, outcome: ListOutcome, day: date | None
) -> list[Message]:
    notes = [list_reasons.LIST_DAY(day=day)] if day else []
    if day and not outcome.rows.height and not outcome.rejects.height:
        notes = [list_reasons.EMPTY_LIST(day=day)]
    if outcome.agreed_totals:
        notes.append(list_reasons.TOTALS_AGREE(count=outcome.agreed_totals))
    if outcome.other_totals:
        notes.append(list_reasons.TOTALS_DIFFER(lines=_shown(outcome.other_totals)))
    if outcome.joined:
        notes.append(list_reasons.LINES_JOINED(count=outcome.joined, documents=outcome.accepted))
    constants = {feed.column.name: text for feed, text in layout.constants}
    if "currency" in constants and not header.currency:
        notes.append(list_reasons.NO_CURRENCY(currency=constants["currency"]))
    if header.unused and not rows.preset.cells:
        notes.append(list_reasons.COLUMNS_UNUSED(names=", ".join(repr(text) for text in header.unused)))
    if rows.no_documents and rows.preset.shape not in BANK_NEEDS:
        notes.append(list_reasons.NO_DOCUMENTS(lines=_shown(rows.no_documents)))
    if rows.passed_over:
        notes.append(list_reasons.LINES_PASSED_OVER(lines=_shown(rows.passed_over)))
    return [*notes, *outcome.notes]


def _bank_notes(rows: ListRows, layout: Layout) -> list[Message]:
    """Say what counts for nothing in an export of a bank, and whose account it is where it does not say."""
    if rows.preset.shape not in BANK_NEEDS:
        return []
    notes = [bank_reasons.NOT_COUNTED(lines=_shown(rows.no_documents))] if rows.no_documents else []
    if rows.own_money:
        notes.append(bank_reasons.OWN_MONEY(lines=_shown(rows.own_money)))
    default = rows.preset.defaults.get("account", "")
    if default and (Feed(layout.grain.column("account"), "account"), default) in layout.constants:
        notes.append(bank_reasons.NO_ACCOUNT(account=default, preset=rows.preset.name))
    return notes


def _shown(lines: Sequence[int]) -> str:
    more = "…" if len(lines) > _LINES_NAMED else ""
    return ", ".join(map(str, lines[:_LINES_NAMED])) + more
