"""What a header promises: which column of the file feeds which column of the grain."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.errors import RefusedFileError
from data.grains import BY_NAME, Column, Grain
from data.importers import reasons
from data.importers.cells import Feed
from data.importers.files import kind_by_header, kind_by_name
from data.message_templates import Message, Template

_SHOWN, _SHOWN_LENGTH = 8, 40
_OTHER_DELIMITERS = {";": reasons.SEMICOLONS, "\t": reasons.TABS, "|": reasons.BARS}
# Of one column, of several, of more than are named.
_REPEATED = (reasons.COLUMN_REPEATED, reasons.COLUMNS_REPEATED, reasons.MORE_COLUMNS_REPEATED)
_UNKNOWN = (reasons.COLUMN_UNKNOWN, reasons.COLUMNS_UNKNOWN, reasons.MORE_COLUMNS_UNKNOWN)
_MISSING = (reasons.COLUMN_MISSING, reasons.COLUMNS_MISSING, reasons.MORE_COLUMNS_MISSING)


@dataclass(frozen=True)
class Layout:
    """How the cells of a file's rows become a grain's columns.

    Attributes:
        grain: the kind of row.
        positions: for every cell of a row the feed it goes to, None for a column that is ignored.
        constants: columns the file does not have, with the text every row gets (native form).
    """

    grain: Grain
    positions: tuple[Feed | None, ...]
    constants: tuple[tuple[Feed, str], ...] = ()

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """The columns that have a source, in the grain's order."""
        feeds = {feed.column.name: feed for feed in self.positions if feed}
        feeds |= {feed.column.name: feed for feed, _text in self.constants}
        return tuple(feeds[column.name] for column in self.grain.columns if column.name in feeds)

    @property
    def absent(self) -> tuple[Column, ...]:
        """The optional columns without a source."""
        names = {feed.column.name for feed in self.feeds}
        return tuple(column for column in self.grain.columns if column.name not in names)

    def label(self, column: str) -> str:
        """Return what the user calls a column of the grain."""
        return next((feed.label for feed in self.feeds if feed.column.name == column), column)


def native_layout(header: Sequence[str], name: str) -> Layout:
    """Return the layout of a native file.

    Raises:
        RefusedFileError: the kind cannot be told, the delimiter is not a comma, or the header has a
            column twice, one nobody knows, or lacks one that is needed.
    """
    _refuse_other_delimiters(header, name)
    grain = kind_by_name(name) or kind_by_header(header)
    if grain is None:
        kinds = ", ".join(f"{known}.csv" for known in BY_NAME)
        raise RefusedFileError(reasons.UNKNOWN_KIND(name=name, kinds=kinds))
    columns = {column.name: column for column in grain.file_columns}
    needed = [column.name for column in grain.columns if column.needed]
    refuse_wrong_header(header, name, known=columns, needed=needed)
    return Layout(grain, tuple(Feed(columns[cell], cell) for cell in header))


def refuse_wrong_header(
    header: Sequence[str], name: str, *, known: Sequence[str] | dict[str, Column], needed: Sequence[str]
) -> None:
    """Refuse a header with a repeated, unknown or missing column, naming all of them.

    Raises:
        RefusedFileError: the header is not what the kind of file takes.
    """
    wrong = []
    if "" in header:
        wrong.append(reasons.NAMELESS_COLUMN(position=header.index("") + 1))
    if repeated := sorted({cell for cell in header if cell and header.count(cell) > 1}):
        wrong.append(_about(repeated, _REPEATED))
    if unknown := [cell for cell in dict.fromkeys(header) if cell and cell not in known]:
        wrong.append(_about(unknown, _UNKNOWN))
    if missing := [column for column in needed if column not in header]:
        wrong.append(_about(missing, _MISSING))
    if wrong:
        raise RefusedFileError(reasons.WRONG_HEADER(name=name, faults=wrong))


def _about(names: Sequence[str], templates: tuple[Template, Template, Template]) -> Message:
    one, several, many = templates
    shown = ", ".join(repr(name[:_SHOWN_LENGTH]) for name in names[:_SHOWN])
    if len(names) > _SHOWN:
        return many(names=shown, more=len(names) - _SHOWN)
    return (one if len(names) == 1 else several)(names=shown)


def _refuse_other_delimiters(header: Sequence[str], name: str) -> None:
    known = {column.name for grain in BY_NAME.values() for column in grain.columns}
    for delimiter, word in _OTHER_DELIMITERS.items():
        if any(part in known for cell in header if delimiter in cell for part in cell.split(delimiter)):
            raise RefusedFileError(reasons.OTHER_DELIMITER(name=name, signs=word()))
