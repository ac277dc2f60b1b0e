"""A database as a source: what is new in it since it was last loaded, as native files."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from data.databases.odoo import books as odoo
from data.databases.odoo import mirror
from data.databases.postgres import PostgresBooks, open_books
from data.databases.stored import file_name, stored_rows
from data.message_templates import Message


@dataclass(frozen=True)
class NativeFile:
    """A native file that is in memory.

    Attributes:
        name: what it is called; the store knows by it where its rows came from.
        content: its bytes.
    """

    name: str
    content: bytes


@dataclass(frozen=True)
class SourceReading:
    """What a source has that the store has not.

    Attributes:
        files: to be loaded as one publication, also where the same bytes were loaded before (`again` of
            `load`), for an amount may go back to what it was. None where nothing is new.
        notes: what is to be said of it.
    """

    files: tuple[NativeFile, ...]
    notes: tuple[Message, ...]

    def write(self, folder: Path) -> list[Path]:
        """Write the files into a folder and return them."""
        paths = []
        for file in self.files:
            path = folder / file.name
            path.write_bytes(file.content)
            paths.append(path)
        return paths


def read_source(url: str, store_folder: Path, *, keeps_rows: bool = True) -> SourceReading:
    """Read what is new in a database since it was last loaded into a store.

    Only SELECTs are run, in one snapshot and a transaction that cannot write. The rows read are kept in the
    folder `sources` of the store, so that the next reading asks for what changed only.

    Args:
        url: address of the database, `postgresql://USER:PASSWORD@HOST/DATABASE`.
        store_folder: the store, to compare with; it need not be there yet.
        keeps_rows: keep them; a try that is to leave nothing behind does not.

    Raises:
        SourceError: the database cannot be read; the sentence says what to do.
        StoreBrokenError, StoreMissingError: the store cannot be read.
    """
    with open_books(url) as books:
        source = _name(books)
        kept_file = store_folder / mirror.FOLDER / f"{source}.duckdb"
        rows = odoo.read_rows(books, kept_file, keeps_rows=keeps_rows)
    changes, notes = odoo.changed_files(rows, stored_rows(store_folder, source), source)
    files = tuple(
        NativeFile(file_name(kind, source), frame.write_csv().encode()) for kind, frame in changes.items()
    )
    return SourceReading(files, (*rows.notes, *notes))


def _name(books: PostgresBooks) -> str:
    """Return what a database is called in the names of its files; on another host it is the same."""
    identity = []
    if "value" in books.columns().get("ir_config_parameter", ()):
        identity = books.rows(
            "select p.value::text from ir_config_parameter as p where p.key = 'database.uuid'"
        )
    text = identity[0][0] if identity and identity[0][0] else books.database
    return f"odoo-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
