"""A DATEV file as a table: its header, its columns by heading or place, its rows with their lines.

Source: DATEV-Format (EXTF, DTVF), developer.datev.de: header of 31 fields, then headings, then rows;
semicolons, texts in quotes, decimal commas, Windows-1252 (or UTF-8 with its mark).
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.errors import RefusedFileError
from data.importers import audit_reasons as reasons
from data.importers.formats.audit.elements import calendar_day, is_utf_8

_MARK = b"\xef\xbb\xbf"
_HEADER = re.compile(rb'^(?:\xef\xbb\xbf)?"?(?:EXTF|DTVF)"?;[0-9]{2,4};"?[0-9]{1,3}"?;')
_FORMAT, _CATEGORY, _NAME, _MADE, _YEAR, _LENGTH, _FROM, _TO, _TITLE, _CURRENCY, _CHART = (
    0, 2, 3, 5, 12, 13, 14, 15, 16, 21, 26,
)  # fmt: skip


def is_datev(content: bytes) -> bool:
    """Return whether the content begins with a header of the DATEV format."""
    return _HEADER.match(content) is not None


@dataclass(frozen=True, slots=True)
class DatevRow:
    """A row: its line in the file, 1-based, its cells, and how it stands there."""

    line: int
    cells: Sequence[str]
    raw: str


@dataclass(frozen=True)
class DatevTable:
    """A file.

    Attributes:
        name: of the file, for sentences.
        header: fields of the first line.
        headings: of the second line, without case, spaces and dashes.
        rows: those that are not blank.
    """

    name: str
    header: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[DatevRow]

    @property
    def category(self) -> int:
        """The kind of data: 21 bookings, 16 debtors and creditors."""
        text = self.header_field(_CATEGORY)
        return int(text) if text.isdecimal() and len(text) <= len("999") else 0

    @property
    def category_name(self) -> str:
        """The kind of data in words."""
        return self.header_field(_NAME)

    @property
    def format(self) -> str:
        """EXTF for files of other programs, DTVF for those of DATEV's own."""
        return self.header_field(_FORMAT)

    @property
    def title(self) -> str:
        """What the batch is called."""
        return self.header_field(_TITLE)

    @property
    def currency(self) -> str:
        """Currency of the ledger; EUR where the header leaves it out."""
        return self.header_field(_CURRENCY) or "EUR"

    @property
    def chart(self) -> str:
        """The chart of accounts, 03 or 04; empty if the header leaves it out."""
        return self.header_field(_CHART).rjust(2, "0") if self.header_field(_CHART) else ""

    @property
    def account_length(self) -> int:
        """Digits of accounts of the general ledger, 4 to 8; those of debtors and creditors have one more."""
        text = self.header_field(_LENGTH)
        return int(text) if text in {"4", "5", "6", "7", "8"} else 4

    @property
    def creation_day(self) -> date | None:
        """Day on which the file was written, None if the header does not say."""
        return self._header_day(_MADE)

    @property
    def first_day_of_year(self) -> date | None:
        """First day of the fiscal year, None if the header does not say."""
        return self._header_day(_YEAR)

    @property
    def span(self) -> tuple[date | None, date | None]:
        """First and last day of the bookings, None where the header does not say."""
        return self._header_day(_FROM), self._header_day(_TO)

    def header_field(self, position: int) -> str:
        """Return a field of the header without edge spaces; empty if it is not there."""
        return self.header[position].strip() if position < len(self.header) else ""

    def column(self, *names: str, place: int | None = None) -> int | None:
        """Return the position of a column, None if it is not there.

        Args:
            names: its headings in the versions of the format.
            place: its position in every version, where headings were renamed or translated.
        """
        for name in names:
            if (heading := plain_heading(name)) in self.headings:
                return self.headings.index(heading)
        return place if place is not None and place < len(self.headings) else None

    def _header_day(self, position: int) -> date | None:
        text = self.header_field(position)[:8]
        if not re.fullmatch(r"[0-9]{8}", text):
            return None
        return calendar_day(text[:4], text[4:6], text[6:])


def plain_heading(text: str) -> str:
    """Return a heading in small letters, without what versions write differently: spaces, dashes, stops."""
    return re.sub(r"[\s.\-–—]+", "", text).lower()


def datev_table(content: bytes, name: str) -> DatevTable:
    """Read a file into rows of text.

    Raises:
        RefusedFileError: its first line is no header of the format, or there is none after it.
    """
    if not is_datev(content):
        raise RefusedFileError(reasons.DATEV_HEADER(name=name))
    lines = _text(content).split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=";")
    rows: list[DatevRow] = []
    first = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                raw = "\n".join(lines[first - 1 : reader.line_num])
                rows.append(DatevRow(first, cells, raw))
            first = reader.line_num + 1
    except csv.Error as error:  # a cell longer than any can be, or a lone carriage return
        raise RefusedFileError(reasons.DATEV_ROW(name=name, line=first)) from error
    if len(rows) < len(("header", "headings")):
        raise RefusedFileError(reasons.DATEV_HEADER(name=name))
    header, headings, *others = rows
    return DatevTable(name, header.cells, [plain_heading(each) for each in headings.cells], others)


def _text(content: bytes) -> str:
    if content.startswith(_MARK) or (not content.isascii() and is_utf_8(content)):
        return content.removeprefix(_MARK).decode("utf-8", "replace")
    return content.decode("cp1252", "replace")


def is_debtor(account: str, length: int) -> bool:
    """Return whether an account is that of a debtor, by the digits that accounts of the ledger have."""
    return len(account) == length + 1 and "1" <= account[0] <= "6"
