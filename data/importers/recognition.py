"""What a file is, from its content: the native form, a format, or a list that one preset reads."""

from collections.abc import Sequence

from data.errors import RefusedFileError, UnknownListError
from data.importers import reasons
from data.importers.files import kind_by_header, kind_by_name, refuse_other_types
from data.importers.formats import notice_reasons
from data.importers.formats.notices import notice
from data.importers.formats.registry import FORMATS, FormatPreset
from data.importers.headings import LINES_SEARCHED, plain, without_currency
from data.importers.list_rows import find_header
from data.importers.preset import Preset
from data.importers.rows import csv_rows, split_lines
from data.importers.table_source import UTF_16_MARKS, TableSource, table_sources
from data.importers.workbook import is_workbook
from data.message_templates import Message

AnyPreset = Preset | FormatPreset
_HEAD = 1 << 18  # bytes in which a list shows its headings
_SHOWN = 8
_LEAST_HEADINGS = 3
# Headings of those we owe, and of those who owe us: a list with the first and none of the second is payables.
_SUPPLIERS = ("supplier", "vendor", "creditor", "crediteur", "leverancier", "kreditor", "lieferant")
_CUSTOMERS = ("customer", "client", "debtor", "debiteur", "klant", "relatie", "debitor", "kunde", "contact")


def recognise(content: bytes, name: str, presets: Sequence[AnyPreset]) -> AnyPreset | None:
    """Return the preset a file is read with; None for the native form.

    A preset of a list takes part if it says by which headings it knows its files, and those are there.

    Args:
        content: the file.
        name: of it, printable.
        presets: those that may be used unseen.

    Raises:
        RefusedFileError: nothing knows it, several presets fit, or it is a notice; it says what to do.
    """
    if what := notice(content):
        raise RefusedFileError(notice_reasons.REFUSED(name=name, what=what))
    formats = {key for key, each in FORMATS.items() if each.recognises(content)}
    fits: list[AnyPreset] = [
        each for each in presets if isinstance(each, FormatPreset) and each.reader in formats
    ]
    if not fits:
        if not is_workbook(content):
            if not content.startswith(UTF_16_MARKS):
                refuse_other_types(content, name)
            if _is_native(content, name):
                return None
        sources = table_sources(_head(content), name, most_rows=LINES_SEARCHED)
        fits = [each for each in presets if isinstance(each, Preset) and _fits(each, sources, content, name)]
        if not fits:
            _refuse_unknown(sources, content, name)
            return None
    if len(of_name := {each.name for each in fits}) > 1:
        names = ", ".join(sorted(of_name))
        raise RefusedFileError(reasons.SEVERAL_PRESETS(name=name, names=names))
    return fits[0]


def _head(content: bytes) -> bytes:
    """Return the first lines of a text, whole; a workbook as it is, of which only the first rows are read."""
    if is_workbook(content) or len(content) <= _HEAD:
        return content
    head = content[:_HEAD]
    # Two bytes a letter: the cut falls between letters.
    return head if head.startswith(UTF_16_MARKS) else head[: head.rfind(b"\n") + 1] or head


def _is_native(content: bytes, name: str) -> bool:
    header = _first_row(content, "utf-8", ",", name)
    kind = kind_by_name(name)
    if kind is None:
        return kind_by_header(header) is not None
    needed = {column.name for column in kind.columns if column.needed}
    return bool(needed & set(header))


def _first_row(content: bytes, encoding: str, delimiter: str, name: str) -> list[str]:
    try:
        lines, _is_damaged = split_lines(_head(content), encoding, name)
        cells = next(csv_rows(lines[:LINES_SEARCHED], delimiter, name))[2]
    except (RefusedFileError, StopIteration):
        return []
    return [] if isinstance(cells, Message) else cells


def _fits(preset: Preset, sources: Sequence[TableSource], content: bytes, name: str) -> bool:
    if not preset.is_list:
        if is_workbook(content):
            return False
        try:
            preset.layout(_first_row(content, preset.encoding, preset.delimiter, name), name)
        except RefusedFileError:
            return False
        return True
    if preset.cells:
        return bool(find_header(sources, preset))
    known = {plain(without_currency(heading)) for heading in preset.known_by}
    return bool(known) and any(
        known <= {plain(cell) for cell in header.cells} for header in find_header(sources, preset)
    )


def _refuse_unknown(sources: Sequence[TableSource], content: bytes, name: str) -> None:
    """Refuse a file that nothing knows; a text named after a native kind is left to the native reader.

    Raises:
        RefusedFileError: with its headings, or why it has none.
    """
    if not is_workbook(content) and kind_by_name(name) is not None:
        return
    headings = _headings(sources)
    if not headings:
        raise RefusedFileError(reasons.NO_COLUMNS(name=name))
    if supplier := _supplier_heading(headings):
        raise RefusedFileError(reasons.PAYABLES(name=name, heading=repr(supplier)))
    shown = ", ".join(headings[:_SHOWN]) + (", …" if len(headings) > _SHOWN else "")
    raise UnknownListError(reasons.UNKNOWN_LIST(name=name, headings=shown))


def _headings(sources: Sequence[TableSource]) -> list[str]:
    """Return the first row with several texts, cut by the delimiter that gives the most of them."""
    rows: list[list[str]] = []
    for source in sources:
        for count, (_first, _last, cells) in enumerate(source.records()):
            if count == LINES_SEARCHED:
                break
            if isinstance(cells, Message):
                continue
            texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
            if len(texts) >= _LEAST_HEADINGS:
                rows.append(texts)
                break
    return max(rows, key=len, default=[])


def _supplier_heading(headings: Sequence[str]) -> str | None:
    names = {heading: plain(heading) for heading in headings}
    if any(word in name for name in names.values() for word in _CUSTOMERS):
        return None
    return next(
        (heading for heading, name in names.items() if any(word in name for word in _SUPPLIERS)), None
    )
