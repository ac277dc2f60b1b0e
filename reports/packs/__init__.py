"""Frames as files to take away: CSV and XLSX."""

from reports.packs.cells import file_name, harmless
from reports.packs.table import CsvStyle, csv_bytes
from reports.packs.workbook import xlsx_bytes

__all__ = ["CsvStyle", "csv_bytes", "file_name", "harmless", "xlsx_bytes"]
