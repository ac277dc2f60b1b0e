"""The record of a nasty file, and the parts such files are written from."""

from dataclasses import dataclass, field

from data.importers import load_preset, read_file

INVOICES = b"invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
CUSTOMERS = b"customer_id,customer_name,segment,country,payment_terms_days,credit_limit\n"
PAYMENTS = b"payment_id,customer_id,invoice_id,payment_date,currency,amount\n"
NL = b"factuurnummer;klantnummer;klantnaam;factuurdatum;vervaldatum;bedrag;betaald_op\n"
GOOD = b"F1,C1,invoice,2026-01-05,2026-02-04,EUR,100.00\n"


def invoice(  # noqa: PLR0917 - the columns of the file, in its order
    number: str = "F1",
    customer: str = "C1",
    kind: str = "invoice",
    date: str = "2026-01-05",
    due: str = "2026-02-04",
    currency: str = "EUR",
    amount: str = "100.00",
) -> bytes:
    return f"{number},{customer},{kind},{date},{due},{currency},{amount}\n".encode()


@dataclass(frozen=True)
class Nasty:
    """A file and what must come of it: `refused`, or `ids` and `rejects` (line, column, part of reason)."""

    title: str
    file: str
    content: bytes
    refused: str | None = None
    ids: tuple[str, ...] = ()
    rejects: tuple[tuple[int, str | None, str], ...] = ()
    duplicate: int = 0
    preset: str | None = None
    cells: dict[str, object] = field(default_factory=dict)  # of the first accepted row


def bad_cell(title: str, column: str, reason: str, **cell: str) -> Nasty:
    """One good invoice, and one with a cell that must be rejected."""
    return Nasty(
        title,
        "invoices.csv",
        INVOICES + GOOD + invoice(**{"number": "F2", **cell}),
        ids=("F1",),
        rejects=((3, column, reason),),
    )


def good_cell(title: str, column: str, value: object, **cell: str) -> Nasty:
    """One invoice with a cell that looks odd and must go in as it is."""
    content = INVOICES + invoice(**cell)
    return Nasty(title, "invoices.csv", content, ids=(cell.get("number", "F1"),), cells={column: value})


def read(nasty, tmp_path):
    path = tmp_path / nasty.file
    path.write_bytes(nasty.content)
    return read_file(path, load_preset(nasty.preset) if nasty.preset else None)
