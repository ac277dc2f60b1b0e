"""Numbers that several documents of one load have, or that the books have for another document.

The books know a document by its number. Programs give an invoice and the credit note that takes it back the
same number, or count credit notes in a series of their own; suppliers each have a series of their own. Loaded
as they are, one document would take the place of another as its newer version.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from data.importers import invoice_reasons
from data.importers.formats.extract import Cells, DocumentRefusal, Extract, Row
from data.message_templates import Message

_NUMBER = {"invoices": "invoice_id", "bills": "bill_id"}
# Columns of all grains that hold the number of a document, or begin with it.
_NUMBERED = ("invoice_id", "bill_id", "payment_id")


@dataclass(frozen=True)
class _Document:
    """A document of a load.

    Attributes:
        file: place of its file among the files.
        row: its row among the invoices or bills; all rows of its line are its own.
        number: as its issuer wrote it.
        owner: what tells it from others of that number.
    """

    file: int
    row: Row
    number: str
    owner: str

    @property
    def place(self) -> tuple[int, int]:
        """Its file and line."""
        return self.file, self.row.line


def owner_of(cells: Cells) -> str:
    """Return what tells documents of one number apart: the sign of their amount, and of a bill its supplier.

    Args:
        cells: `amount`, and `supplier` of a bill, as the native form writes them. Names are compared without
            case, spaces and signs.
    """
    letters = (letter for letter in cells.get("supplier", "").casefold() if letter.isalnum())
    return ("-" if cells["amount"].startswith("-") else "+") + "".join(letters)


def tell_apart(
    files: Sequence[tuple[str, Extract]], stored: Mapping[str, Mapping[str, str]]
) -> list[Extract]:
    """Return the files of one load with a number of its own for every document.

    An invoice keeps its number. A credit note whose number is that of an invoice gets `-C` behind it; a bill
    whose number is that of another supplier's gets the name of its supplier behind it. Documents that cannot
    be told apart by these are refused: an invoice whose number a credit note in the books has, and documents
    of one number, sign and supplier that say different things. The outcome does not depend on the order of
    the files.

    Args:
        files: name and content of each, sales and purchases.
        stored: `invoices` and `bills` -> number -> `owner_of` the document in the books.
    """
    refused: dict[tuple[int, int], Message] = {}
    numbers: dict[tuple[int, int], tuple[str, str]] = {}
    for kind, column in _NUMBER.items():
        documents = list(_documents(files, kind, column))
        refused |= {each.place: reason for each, reason in _contradictions(documents, files)}
        claims = dict(stored.get(kind, {}))
        for document in sorted(documents, key=lambda each: (each.owner, each.number)):
            if document.place in refused:
                continue
            own = _own_number(document, claims)
            if own is None:
                refused[document.place] = invoice_reasons.SAME_NUMBER(number=document.number)
                continue
            claims[own] = document.owner
            if own != document.number:
                numbers[document.place] = (document.number, own)
    changed = {file for file, _line in (*numbers, *refused)}
    by_file: dict[int, dict[tuple[int, int], tuple[str, str]]] = {}
    for place, pair in numbers.items():
        by_file.setdefault(place[0], {})[place] = pair
    return [
        _renumbered(file, extract, by_file.get(file, {}), refused) if file in changed else extract
        for file, (_name, extract) in enumerate(files)
    ]


def _documents(files: Sequence[tuple[str, Extract]], kind: str, column: str) -> Iterator[_Document]:
    for file, (_name, extract) in enumerate(files):
        for row in extract.rows.get(kind, ()):
            yield _Document(file, row, row.cells[column], owner_of(row.cells))


def _contradictions(
    documents: Sequence[_Document], files: Sequence[tuple[str, Extract]]
) -> Iterator[tuple[_Document, Message]]:
    """Yield documents of one number and owner that say different things: nobody can tell which one counts."""
    alike: dict[tuple[str, str], list[_Document]] = {}
    for document in documents:
        alike.setdefault((document.number, document.owner), []).append(document)
    for group in alike.values():
        # The first document, and the first that differs from it: one of them differs from any other.
        first = group[0]
        other = next((each for each in group if each.row.cells != first.row.cells), None)
        if other is None:
            continue
        for document in group:
            differing = other if document.row.cells == first.row.cells else first
            file = files[differing.file][0]
            yield document, invoice_reasons.OTHER_CONTENT(number=document.number, file=file)


def _own_number(document: _Document, claims: Mapping[str, str]) -> str | None:
    """Return the first number that nobody else has, None if there is none."""
    candidates = [document.number]
    if supplier := document.row.cells.get("supplier"):
        candidates.append(f"{document.number} ({supplier})")
    if document.owner.startswith("-"):
        candidates += [f"{candidate}-C" for candidate in candidates]
    return next((each for each in candidates if claims.get(each, document.owner) == document.owner), None)


def _renumbered(
    file: int,
    extract: Extract,
    numbers: Mapping[tuple[int, int], tuple[str, str]],
    refused: Mapping[tuple[int, int], Message],
) -> Extract:
    """Return what a file says with the numbers its documents get, without those that are refused."""
    refusals: dict[int, DocumentRefusal] = {}
    rows: dict[str, list[Row]] = {}
    for grain, of_grain in extract.rows.items():
        for row in of_grain:
            place = (file, row.line)
            if place in refused:
                refusals[row.line] = DocumentRefusal(row.line, refused[place], row.raw)
            else:
                rows.setdefault(grain, []).append(
                    _with_number(row, *numbers[place]) if place in numbers else row
                )
    notes = [
        invoice_reasons.NUMBER_TWICE(number=number, own=own)
        for (of_file, _line), (number, own) in numbers.items()
        if of_file == file
    ]
    return replace(
        extract,
        rows=rows,
        refusals=[*extract.refusals, *refusals.values()],
        notes=[*extract.notes, *notes],
    )


def with_own_numbers(extract: Extract, own: Mapping[int, str]) -> Extract:
    """Return what a file says with the numbers its documents got when it was first read.

    Args:
        extract: as the file says it.
        own: line of a document -> the number it got; empty if it was refused.
    """
    refused: dict[tuple[int, int], Message] = {}
    numbers: dict[tuple[int, int], tuple[str, str]] = {}
    for kind, column in _NUMBER.items():
        for row in extract.rows.get(kind, ()):
            number = row.cells[column]
            if own.get(row.line) == "":
                refused[0, row.line] = invoice_reasons.SAME_NUMBER(number=number)
            elif row.line in own:
                numbers[0, row.line] = (number, own[row.line])
    return _renumbered(0, extract, numbers, refused)


def _with_number(row: Row, number: str, own: str) -> Row:
    cells = {
        column: own + cell.removeprefix(number) if column in _NUMBERED else cell
        for column, cell in row.cells.items()
    }
    return replace(row, cells=cells)
