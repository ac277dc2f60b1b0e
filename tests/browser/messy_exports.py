"""Five lists as programs export them: what must be said of each, and what is open."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import xlsxwriter

DUTCH = """\
Openstaande posten debiteuren per 20-11-2026
Administratie: Café Zuid B.V.

Factuurnummer;Debiteur;Factuurdatum;Vervaldatum;Bedrag;Openstaand
2026-0101;Café De Groot;03-09-2026;03-10-2026;1.210,00;1.210,00
2026-0102;Café De Groot;14-10-2026;13-11-2026;605,00;105,00
2026-0103;Smit & Zn.;25-10-2026;24-11-2026;2.420,10;2.420,10
2026-0104;Smit & Zn.;28-10-2026;;-50,00;-50,00
Totaal;;;;4.185,10;3.685,10
"""
GERMAN = """\
Kunde;Rechnungsnr.;Rechnungsdatum;Fällig am;Rechnungsbetrag;Offener Betrag
Müller GmbH;R-1;01.09.2026;01.10.2026;1.190,00;1.190,00
Müller GmbH;R-2;15.10.2026;14.11.2026;238,00-;238,00-
Weiß & Söhne;R-3;30.10.2026;29.11.2026;3.570,50;570,50
Summe;;;;4.522,50;1.522,50
"""
# No day of these is above 12: they can be read both ways.
AMERICAN = """\
Open invoices
Invoice No.,Customer Name,Invoice Date,Due Date,Amount,Balance Due
1001,Acme Inc.,03/04/2026,04/03/2026,"$1,234.50","$1,234.50"
1002,Acme Inc.,05/06/2026,06/05/2026,$100.00,$40.00
1003,"Bolt, Nut & Co.",09/10/2026,10/10/2026,($25.00),($25.00)
Total,,,,"$1,309.50","$1,249.50"
"""


@dataclass(frozen=True)
class MessyExport:
    """One export.

    Attributes:
        name: of the file.
        content: its bytes.
        is_day_asked: it does not say its day: 20-11-2026.
        date: the reading of its first date that is right, in Dutch and English; None where it is not asked.
        open_amount: the sum of what is open, as Dutch and English screens write it.
        clicks: most that it may take from the file window to the figures.
    """

    name: str
    content: bytes
    open_amount: tuple[str, str]
    clicks: int
    is_day_asked: bool = False
    date: tuple[str, str] | None = None


def _workbook(write: Callable[[xlsxwriter.Workbook, xlsxwriter.format.Format], None]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    write(book, book.add_format({"num_format": "dd-mm-yyyy"}))
    book.close()
    return content.getvalue()


def _grouped(book: xlsxwriter.Workbook, day: xlsxwriter.format.Format) -> None:
    """Write a list with each customer above its rows and a sum below them."""
    sheet = book.add_worksheet("Openstaand")
    sheet.write_row(0, 0, ["Openstaande posten"])
    sheet.write_row(1, 0, ["Peildatum: 20-11-2026"])
    sheet.write_row(3, 0, ["Factuur", "Datum", "Vervaldatum", "Bedrag", "Openstaand"])
    rows = [
        ["Bakkerij Jansen"],
        ["F1", date(2026, 9, 1), date(2026, 10, 1), 1000, 1000],
        ["F2", date(2026, 10, 20), date(2026, 11, 19), 250.25, 250.25],
        ["Subtotaal", "", "", 1250.25, 1250.25],
        ["Slagerij Pieters"],
        ["F3", date(2026, 11, 2), date(2026, 12, 2), 500, 125],
        ["Subtotaal", "", "", 500, 125],
        ["Totaal", "", "", 1750.25, 1375.25],
    ]
    _write(sheet, rows, 4, day)


def _two_sided(book: xlsxwriter.Workbook, day: xlsxwriter.format.Format) -> None:
    """Write documents with debit and credit beside each other, on the second sheet."""
    book.add_worksheet("Read me").write_row(0, 0, ["Exported by accounts"])
    sheet = book.add_worksheet("Documents")
    sheet.write_row(
        0, 0, ["Customer", "Document No.", "Document Date", "Due Date", "Debit", "Credit", "Currency"]
    )
    rows = [
        ["Nord Ltd", "D-1", date(2026, 9, 3), date(2026, 10, 3), 800, "", "EUR"],
        ["Nord Ltd", "D-2", date(2026, 10, 5), date(2026, 11, 4), 450.75, "", "EUR"],
        ["Syd plc", "D-3", date(2026, 11, 6), date(2026, 11, 6), "", 100, "EUR"],
    ]
    _write(sheet, rows, 1, day)


def _write(sheet: xlsxwriter.worksheet.Worksheet, rows: list[list], first: int, day: object) -> None:
    for at, row in enumerate(rows, first):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, place, cell, day)
            elif cell != "":
                sheet.write(at, place, cell)


EXPORTS = (
    # 1,210.00 + 105.00 + 2,420.10 - 50.00
    MessyExport("openstaand.csv", DUTCH.encode("cp1252"), ("€ 3.685,10", "€3,685.10"), 6),
    # 1,190.00 - 238.00 + 570.50
    MessyExport(
        "offene-posten.csv", GERMAN.encode("utf-8-sig"), ("€ 1.522,50", "€1,522.50"), 7, is_day_asked=True
    ),
    # 1,234.50 + 40.00 - 25.00
    MessyExport(
        "open-invoices.csv", AMERICAN.encode(), ("US$ 1.249,50", "$1,249.50"), 8, is_day_asked=True,
        date=("4 maart 2026", "4 March 2026"),
    ),
    # 1,000.00 + 250.25 + 125.00
    MessyExport("Openstaand per klant.xlsx", _workbook(_grouped), ("€ 1.375,25", "€1,375.25"), 6),
    # 800.00 + 450.75 - 100.00
    MessyExport("documents.xlsx", _workbook(_two_sided), ("€ 1.150,75", "€1,150.75"), 5),
)  # fmt: skip
