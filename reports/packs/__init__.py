"""Frames as files: CSV, XLSX, the hand-over file of a customer, and the sheet of its terms."""

from reports.packs.cell_text import file_name, harmless
from reports.packs.csv_file import CsvStyle, csv_bytes
from reports.packs.file_names import file_words
from reports.packs.hand_over import handover_bytes
from reports.packs.hand_over_pdf import pdf_bytes
from reports.packs.terms_sheet import sheet_bytes
from reports.packs.workbook import xlsx_bytes

__all__ = [
    "CsvStyle",
    "csv_bytes",
    "file_name",
    "file_words",
    "handover_bytes",
    "harmless",
    "pdf_bytes",
    "sheet_bytes",
    "xlsx_bytes",
]
