"""A PDF that is kept for an invoice: which invoice it is of stands in its preset, not in the PDF."""

import hashlib
from collections.abc import Mapping

from data.importers.files import refuse_other_types
from data.importers.formats.extract import Extract, Row

READER = "attachment"
OPTIONS: dict[str, tuple[str, ...]] = {"invoice": (), "file_name": ()}
_PDF = b"%PDF"


def recognises(_content: bytes) -> bool:
    """Return False: no file is one by itself."""
    return False


def extract(content: bytes, name: str, options: Mapping[str, str]) -> Extract:
    """Return a row per invoice that a PDF belongs to.

    Args:
        content: the bytes of the file.
        name: of the file, printable.
        options: `invoice/1`, `invoice/2`: the numbers of the invoices; `file_name`: what it is called.

    Raises:
        RefusedFileError: it is of another type that is known by its first bytes.
    """
    if not content.startswith(_PDF):
        refuse_other_types(content, name)
    digest = hashlib.sha256(content).hexdigest()
    invoices = [number for option, number in options.items() if option.startswith("invoice/")]
    rows = [
        Row(
            line,
            {
                "invoice_id": number,
                "sha256": digest,
                "file_name": options.get("file_name", name),
                "size": str(len(content)),
            },
        )
        for line, number in enumerate(invoices, 1)
    ]
    return Extract("attachments", {"attachments": rows})
