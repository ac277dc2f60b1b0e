"""The electronic invoices of a load: which side of them we are, and a number of its own for every document.

What was decided is kept in the preset beside each file, so that the same file is read the same way again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import tomli_w

from data.errors import RefusedFileError
from data.importers import Reading, display_name
from data.importers.files import read_bytes
from data.importers.formats import ubl
from data.importers.formats.document_numbers import owner_of, tell_apart
from data.importers.formats.extract import Extract, reading_of
from data.importers.formats.registry import FormatPreset
from data.importers.formats.ubl_direction import OwnParty, own_parties, side_of
from data.message_templates import Message
from data.store import reader
from data.store.batch_writer import SourceFile
from data.store.snapshot import current_snapshot, store_exists

READER = "ubl"
_NUMBERS = {"invoices": "invoice_id", "bills": "bill_id"}
_STORED = {
    "invoices": """
        select invoice_id, amount, '' from invoice_at(null) where list_contains($numbers, invoice_id)
        """,
    "bills": """
        select bill_id, amount, supplier from bill_at(null) where list_contains($numbers, bill_id)
        """,
}


def is_undecided(file: SourceFile) -> bool:
    """Tell whether a file is an e-invoice of which nobody said yet which side of it we are."""
    preset = file.preset
    return isinstance(preset, FormatPreset) and preset.reader == READER and "direction" not in preset.options


def read_e_invoices(
    folder: Path, files: Sequence[SourceFile], typed: Mapping[str, str]
) -> list[tuple[SourceFile, Reading]]:
    """Read the electronic invoices of one load, oldest first: the newest address of a customer counts.

    Args:
        folder: the store; its settings say who we are.
        files: those of which `is_undecided`.
        typed: settings that come in with the same load.

    Raises:
        RefusedFileError: it cannot be told which side of one of them we are, or one is no invoice.
    """
    if not files:
        return []
    with_books = store_exists(folder)
    if with_books:
        with reader.session(current_snapshot(folder)) as connection:
            settings = dict(connection.execute("select key, value from setting_at(null)").fetchall())
            decided = _decide(files, own_parties({**settings, **typed}))
            stored = _stored(connection, decided)
    else:
        decided, stored = _decide(files, own_parties(typed)), {}
    told_apart = tell_apart([(each.name, each.extract) for each in decided], stored)
    pairs = [_reading(each, extract) for each, extract in zip(decided, told_apart, strict=True)]
    return sorted(pairs, key=lambda pair: (str(pair[1].last_date), pair[1].name))


@dataclass(frozen=True)
class _Decided:
    """An e-invoice, and which side of it we are."""

    file: SourceFile
    name: str
    digest: str
    options: Mapping[str, str]
    extract: Extract


def _decide(files: Sequence[SourceFile], own: Sequence[OwnParty]) -> list[_Decided]:
    decided = []
    for file in files:
        name = display_name(file.name or file.path.name)
        content = read_bytes(file.path, name)
        side = side_of(content, own, name)
        if isinstance(side, Message):
            raise RefusedFileError(side)
        options = {"direction": str(side.direction)} | ({"entity": side.entity} if side.entity else {})
        digest = hashlib.sha256(content).hexdigest()
        decided.append(_Decided(file, name, digest, options, ubl.extract(content, name, options)))
    return decided


def _stored(connection: duckdb.DuckDBPyConnection, decided: Sequence[_Decided]) -> dict[str, dict[str, str]]:
    """Return kind -> number -> what tells the document of the books from others of that number."""
    owners = {}
    for kind, column in _NUMBERS.items():
        numbers = {row.cells[column] for each in decided for row in each.extract.rows.get(kind, ())}
        numbers |= {
            f"{row.cells[column]} ({row.cells['supplier']})"
            for each in decided
            for row in each.extract.rows.get(kind, ())
            if "supplier" in row.cells
        }
        numbers |= {f"{number}-C" for number in numbers}
        rows = connection.execute(_STORED[kind], {"numbers": sorted(numbers)}).fetchall()
        owners[kind] = {
            number: owner_of({"amount": str(amount), "supplier": supplier})
            for number, amount, supplier in rows
        }
    return owners


def _reading(decided: _Decided, extract: Extract) -> tuple[SourceFile, Reading]:
    """Return a file with the preset that reads it again as it was read now, and its reading."""
    preset = _preset({**decided.options, **_own_numbers(decided.extract, extract)})
    reading = reading_of(
        extract, name=decided.name, sha256=decided.digest, preset=preset.name, preset_sha256=preset.sha256
    )
    return replace(decided.file, preset=preset), reading


def _own_numbers(before: Extract, after: Extract) -> dict[str, str]:
    """Return `number/LINE` -> the number a document got, empty for one that was refused."""
    own: dict[str, str] = {}
    for kind, column in _NUMBERS.items():
        now = {row.line: row.cells[column] for row in after.rows.get(kind, ())}
        for row in before.rows.get(kind, ()):
            if now.get(row.line) != row.cells[column]:
                own[f"number/{row.line}"] = now.get(row.line, "")
    return own


def _preset(options: Mapping[str, str]) -> FormatPreset:
    stated = {"name": READER, "title": READER, "reader": READER, "options": dict(options)}
    text = tomli_w.dumps(stated).encode()
    return FormatPreset(READER, READER, "", READER, options, hashlib.sha256(text).hexdigest(), text)
