"""Small bank files written for these tests, and what a reader makes of them."""

from types import ModuleType

from data.importers.formats.bank import coda, mt940
from data.importers.formats.extract import Extract, reading_of
from data.importers.reading import Reading


def read(module: ModuleType, content: bytes | str) -> tuple[Extract, Reading]:
    """Return what a reader makes of a file, and what of that is accepted."""
    content = content.encode("cp1252") if isinstance(content, str) else content
    assert module.recognises(content)
    assert not any(other.recognises(content) for other in (coda, mt940) if other is not module)
    extract = module.extract(content, "a.sta", {})
    reading = reading_of(extract, name="a.sta", sha256="0", preset="p", preset_sha256="1")
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    return extract, reading


def notes(extract: Extract) -> str:
    """Return the sentences about a file."""
    return "\n".join(map(str, extract.notes))


def cells(extract: Extract, kind: str, *columns: str) -> list[tuple[str, ...]]:
    """Return columns of the rows of a grain, in their order."""
    return [tuple(row.cells[column] for column in columns) for row in extract.rows[kind]]


def statements(extract: Extract) -> list[tuple[str, ...]]:
    """Return number, days, balances, entries, credits and debits of the statements."""
    columns = ("number", "from_date", "to_date", "opening", "closing", "entries", "credits", "debits")
    return cells(extract, "bank_statements", *columns)


def message(
    *lines: str,
    account: str = "NL91ABNA0417164300",
    number: str = "1/1",
    opening: str = "C260101EUR100,00",
    closing: str = "C260131EUR100,00",
) -> str:
    """Return a message of MT940 with these lines between its balances."""
    head = (":20:REF", f":25:{account}", f":28C:{number}", f":60F:{opening}")
    return "\n".join((*head, *lines, f":62F:{closing}", "-", ""))


def entry(remittance: str, line: str = ":61:2601050105C10,00NTRFNONREF", **parts: str) -> dict[str, str]:
    """Return the cells of the one entry of a message with this :86:."""
    extract, reading = read(mt940, message(line, f":86:{remittance}", **parts))
    assert not reading.rejected
    [row] = extract.rows["bank_entries"]
    return dict(row.cells)
