"""The shape of a declaration: a kind of row and its columns."""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["id", "text", "date", "money", "integer", "number", "currency", "choice"]


@dataclass(frozen=True)
class Column:
    """One column of a grain.

    Attributes:
        name: header in the native CSV and column in the store.
        type: how the text is parsed; `money` is DECIMAL(18,2), `number` DECIMAL(18,10).
        needed: the header must have it.
        may_be_empty: an empty cell is accepted and stored as null (ids of optional things, as null too).
        choices: the words a `choice` column takes.
        of_entity: those of them that may name an administration after an `@`: `company_name@North BV`.
        of_group: those of them that may name a group of customers after a `/`: `steps/retail`.
        meaning: for `docs/files.md`, in Markdown; empty where the name says it all.
        stored_as: SQL type and nullability in the store, where these do not follow from `type` and
            `may_be_empty`.
        is_counted: no file has it; the importer fills it.
        most: largest number that an `integer` may be; None where it is a number of days.
    """

    name: str
    type: ColumnType
    needed: bool = True
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()
    of_entity: tuple[str, ...] = ()
    of_group: tuple[str, ...] = ()
    meaning: str = ""
    stored_as: str | None = None
    is_counted: bool = False
    most: int | None = None


@dataclass(frozen=True)
class Grain:
    """One kind of row.

    Attributes:
        name: name of the native file, without `.csv`.
        table: table in the store.
        database: `ledger` (what the books say) or `journal` (what people know and decide).
        columns: in the order of the native file and of the table.
        key: columns that identify a row in the store; the same key later is a newer version.
        total: money column summed as the control total, or None.
        meaning: for `docs/files.md`, in Markdown.
        withdrawn_by: an amount of this kind says that there is no such row any more; None where no amount
            does.
        withdrawn_in: the column that says so.
        apart: by what the rows of one file are told apart, where that is not the key; `sign` is that of the
            amount. Rows that are equal in everything all count.
    """

    name: str
    table: str
    database: Literal["ledger", "journal"]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    total: str | None
    meaning: str
    withdrawn_by: Literal["zero", "empty"] | None = None
    withdrawn_in: str = "amount"
    apart: tuple[str, ...] | None = None

    @property
    def file_columns(self) -> tuple[Column, ...]:
        """The columns that a file may have."""
        return tuple(column for column in self.columns if not column.is_counted)

    @property
    def file_key(self) -> tuple[str, ...]:
        """By what the rows of one file are told apart."""
        return self.key if self.apart is None else self.apart

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError if the grain has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def optional(
    name: str,
    kind: ColumnType,
    choices: tuple[str, ...] = (),
    *,
    meaning: str = "",
    stored_as: str | None = None,
) -> Column:
    """Return a column that a file may leave out, and whose cells may be empty."""
    return Column(
        name, kind, needed=False, may_be_empty=True, choices=choices, meaning=meaning, stored_as=stored_as
    )
