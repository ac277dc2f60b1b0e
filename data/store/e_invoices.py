"""The electronic invoices of a load: which side of them we are, and a number of its own for every document.

What was decided is kept in the preset beside each file, so that the same file is read the same way again.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import duckdb
import tomli_w

from data.errors import RefusedFileError
from data.importers import Reading, display_name
from data.importers.files import read_bytes
from data.importers.formats import ubl
from data.importers.formats.bulk import readings_of
from data.importers.formats.document_numbers import owner_of, tell_apart
from data.importers.formats.extract import Extract, ExtractedFile
from data.importers.formats.invoice_pdf import MOST_BYTES, attached_to
from data.importers.formats.registry import FormatPreset
from data.importers.formats.ubl_direction import OwnParty, own_parties, side_of_root
from data.importers.formats.xml import Element, parse
from data.message_templates import Message
from data.progress import Progress, unseen
from data.store import reader
from data.store.batch_writer import SourceFile
from data.store.snapshot import current_snapshot, store_exists

READER = "ubl"
# Of the PDFs inside the e-invoices of a load, in bytes, and inside one of them.
_MOST_EMBEDDED = 2_000_000_000
_MOST_INSIDE = 20
_NUMBERS = {"invoices": "invoice_id", "bills": "bill_id"}
_STORED = {
    "invoices": """
        select invoice_id, amount, '' from invoice_at(null)
        where invoice_id in (select unnest($numbers))
        """,
    "bills": """
        select bill_id, amount, supplier from bill_at(null)
        where bill_id in (select unnest($numbers))
        """,
}


@dataclass(frozen=True)
class EmbeddedPdf:
    """A PDF from inside an e-invoice: where it is now, its name, the number of its invoice, its bytes."""

    path: Path
    file_name: str
    number: str
    size: int


@dataclass(frozen=True)
class EInvoice:
    """An e-invoice as it is read.

    Attributes:
        file: with the preset that reads it again so.
        reading: its rows.
        invoices: of each of our invoices in it the number it bears, and its id in the books.
        pdfs: the PDFs inside it.
    """

    file: SourceFile
    reading: Reading
    invoices: tuple[tuple[str, str], ...]
    pdfs: tuple[EmbeddedPdf, ...]


def is_undecided(file: SourceFile) -> bool:
    """Tell whether a file is an e-invoice of which nobody said yet which side of it we are."""
    preset = file.preset
    return isinstance(preset, FormatPreset) and preset.reader == READER and "direction" not in preset.options


def read_e_invoices(
    folder: Path,
    files: Sequence[SourceFile],
    typed: Mapping[str, str],
    progress: Progress = unseen,
    embedded: Path | None = None,
) -> list[EInvoice]:
    """Read the electronic invoices of one load, oldest first: the newest address of a customer counts.

    Args:
        folder: the store; its settings say who we are.
        files: those of which `is_undecided`.
        typed: settings that come in with the same load.
        progress: told the name of the file that is parsed, and the share done, 0-1.
        embedded: an empty folder for the PDFs inside them; None: they are left.

    Raises:
        RefusedFileError: it cannot be told which side of one of them we are, or one is no invoice.
    """
    if not files:
        return []
    with_books = store_exists(folder)
    if with_books:
        with reader.session(current_snapshot(folder)) as connection:
            settings = dict(connection.execute("select key, value from setting_at(null)").fetchall())
            decided = _decide(files, own_parties({**settings, **typed}), progress, embedded)
            stored = _stored(connection, decided)
    else:
        decided, stored = _decide(files, own_parties(typed), progress, embedded), {}
    told_apart = tell_apart([(each.name, each.extract) for each in decided], stored)
    presets = Presets(READER)
    numbered = [_numbered(each, extract, presets) for each, extract in zip(decided, told_apart, strict=True)]
    readings = readings_of([extracted for _file, extracted in numbered])
    read = [
        EInvoice(file, reading, _invoices(before.extract, reading, extracted.extract), before.pdfs)
        for (file, extracted), reading, before in zip(numbered, readings, decided, strict=True)
    ]
    return sorted(read, key=lambda each: (str(each.reading.last_date), each.reading.name))


def _invoices(before: Extract, reading: Reading, extract: Extract) -> tuple[tuple[str, str], ...]:
    """Return the number that each invoice of a file bears, and the one it got."""
    if "invoices" not in reading.grains:
        return ()
    written = {row.line: row.cells["invoice_id"] for row in before.rows.get("invoices", ())}
    accepted = set(reading.grains["invoices"]["line"])
    return tuple(
        (written[row.line], row.cells["invoice_id"])
        for row in extract.rows.get("invoices", ())
        if row.line in accepted
    )


@dataclass(frozen=True)
class _Decided:
    """An e-invoice, which side of it we are, and the PDFs inside it."""

    file: SourceFile
    name: str
    digest: str
    options: Mapping[str, str]
    extract: Extract
    pdfs: tuple[EmbeddedPdf, ...]


def _decide(
    files: Sequence[SourceFile],
    own: Sequence[OwnParty],
    progress: Progress,
    embedded: Path | None,
) -> list[_Decided]:
    decided: list[_Decided] = []
    room = _MOST_EMBEDDED
    for place, file in enumerate(files):
        name = display_name(file.name or file.path.name)
        progress(name, place / len(files))
        content = read_bytes(file.path, name)
        root = parse(content, name)
        side = side_of_root(root, own, name)
        if isinstance(side, Message):
            raise RefusedFileError(side)
        options = {"direction": str(side.direction)} | ({"entity": side.entity} if side.entity else {})
        digest = hashlib.sha256(content).hexdigest()
        extract = ubl.extract_root(root, name, options)
        pdfs = _write_pdfs(root, embedded, room) if embedded is not None and side.direction == "sales" else ()
        room -= sum(pdf.size for pdf in pdfs)
        decided.append(_Decided(file, name, digest, options, extract, pdfs))
    return decided


def _write_pdfs(root: Element, folder: Path, room: int) -> tuple[EmbeddedPdf, ...]:
    """Write the PDFs inside an e-invoice into a folder, as long as there is room for them."""
    written: list[EmbeddedPdf] = []
    for pdf in islice(attached_to(root), _MOST_INSIDE):
        room -= len(pdf.content)
        if len(pdf.content) <= MOST_BYTES and room >= 0:
            path = folder / f"{uuid.uuid4().hex}.pdf"
            path.write_bytes(pdf.content)
            written.append(EmbeddedPdf(path, pdf.file_name, pdf.number, len(pdf.content)))
    return tuple(written)


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


def _numbered(decided: _Decided, extract: Extract, presets: "Presets") -> tuple[SourceFile, ExtractedFile]:
    """Return a file with the preset that reads it again as it was read now, and what it says."""
    preset = presets.of({**decided.options, **_own_numbers(decided.extract, extract)})
    extracted = ExtractedFile(extract, decided.name, decided.digest, preset.name, preset.sha256)
    return replace(decided.file, preset=preset), extracted


def _own_numbers(before: Extract, after: Extract) -> dict[str, str]:
    """Return `number/LINE` -> the number a document got, empty for one that was refused."""
    own: dict[str, str] = {}
    for kind, column in _NUMBERS.items():
        now = {row.line: row.cells[column] for row in after.rows.get(kind, ())}
        for row in before.rows.get(kind, ()):
            if now.get(row.line) != row.cells[column]:
                own[f"number/{row.line}"] = now.get(row.line, "")
    return own


class Presets:
    """The presets of a load: files that are read alike have one."""

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._made: dict[tuple[tuple[str, str], ...], FormatPreset] = {}

    def of(self, options: Mapping[str, str]) -> FormatPreset:
        """Return the preset with these options."""
        key = tuple(options.items())
        if key not in self._made:
            name = self._reader
            stated = {"name": name, "title": name, "reader": name, "options": dict(options)}
            text = tomli_w.dumps(stated).encode()
            digest = hashlib.sha256(text).hexdigest()
            self._made[key] = FormatPreset(name, name, "", name, options, digest, text)
        return self._made[key]
