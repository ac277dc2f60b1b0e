"""The first rows of a large workbook of Excel, as a workbook of its own.

To tell what a file is, its headings and some rows are enough; the library parses a sheet as a whole.
"""

import io
import re
import zipfile
import zlib

SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW_END = re.compile(rb"</((?:[\w.-]+:)?)row\s*>")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|is)\b")
_CHUNK = 1 << 18


def workbook_head(content: bytes, most_rows: int) -> bytes | None:
    """Return a workbook with the first rows of each sheet; None if none is longer, or its sheets are no XML.

    Args:
        content: a zip file that unpacks within its limits.
        most_rows: with a value in them that are left of each sheet.
    """
    target = io.BytesIO()
    is_cut = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(target, "w") as head:
            for part in archive.infolist():
                sheet = _sheet_head(archive, part, most_rows) if SHEET_PART.fullmatch(part.filename) else None
                is_cut |= sheet is not None
                head.writestr(part.filename, archive.read(part) if sheet is None else sheet)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError, zlib.error):
        return None
    return target.getvalue() if is_cut else None


def _sheet_head(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most_rows: int) -> bytes | None:
    """Return a sheet that ends after its first rows; None if it has no more than those."""
    read, begins, count = bytearray(), 0, 0
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            read += chunk
            for end in _ROW_END.finditer(read, begins):
                count += _VALUE.search(read, begins, end.start()) is not None
                begins = end.end()
                if count == most_rows:
                    prefix = end[1]
                    return bytes(read[:begins]) + b"</%bsheetData></%bworksheet>" % (prefix, prefix)
    return None
