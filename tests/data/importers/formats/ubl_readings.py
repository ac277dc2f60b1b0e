"""What electronic invoices made for the tests become: rows, notes, reasons."""

from data.importers.formats.extract import reading_of
from data.importers.formats.ubl import extract
from data.importers.reading import Reading


def read(content: bytes, direction: str = "sales", **options: str) -> Reading:
    said = extract(content, "a.xml", {"direction": direction, **options})
    reading = reading_of(said, name="a.xml", sha256="0", preset=None, preset_sha256=None)
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    return reading


def rows(content: bytes, grain: str, direction: str = "sales") -> list[dict]:
    """Return the rows of a grain that a good document becomes, without what they leave open."""
    reading = read(content, direction)
    assert reading.rejects["reason"].to_list() == []
    frame = reading.grains.get(grain)
    kept = [] if frame is None else frame.drop("line").to_dicts()
    return [{name: str(value) for name, value in row.items() if value is not None} for row in kept]


def invoice(content: bytes) -> dict:
    (only,) = rows(content, "invoices")
    return only


def notes(content: bytes, direction: str = "sales") -> list[str]:
    return [str(note) for note in read(content, direction).notes]


def reason(content: bytes) -> str:
    reading = read(content)
    assert (reading.rows_read, reading.rejected) == (1, 1)
    return reading.rejects["reason"][0]
