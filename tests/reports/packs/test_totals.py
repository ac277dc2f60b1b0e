"""Which sums stand under a sheet."""

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from reports.packs import xlsx_bytes
from reports.packs.totals import totals

pytestmark = pytest.mark.usefixtures("english")

ITEMS = pl.DataFrame(
    {
        "invoice_id": ["=1+1", "I-2", "I-3"],
        "days_overdue": [1, 2, 3],
        "amount": [Decimal("100.10"), Decimal("-20.05"), None],
        "credit_limit": [Decimal(5), Decimal(5), Decimal(5)],
    },
    schema_overrides={"amount": pl.Decimal(18, 2), "credit_limit": pl.Decimal(18, 2)},
)


def test_amounts_of_documents_are_added_up_and_limits_are_not():
    assert totals(ITEMS) == {"amount": Decimal("80.05")}


@pytest.mark.parametrize(
    "frame",
    [
        ITEMS.head(1),
        ITEMS.drop("invoice_id"),
        ITEMS.with_columns(as_of=pl.Series(["2026-01-01"] * 3).str.to_date()),
        ITEMS.with_columns(currency=pl.Series(["EUR", "USD", "EUR"])),
    ],
    ids=["one row", "no document", "balances of days", "two currencies"],
)
def test_what_has_no_sum_gets_none(frame):
    assert totals(frame) == {}


def sheets(book: bytes) -> dict[str, list[list[Any]]]:
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}


def test_the_last_row_is_a_formula_that_carries_its_value():
    book = xlsx_bytes({"Items": ITEMS}, "Items")
    rows = sheets(book)["Items"]
    assert rows[1][0] == "=1+1"
    assert rows[-1] == ["Total", "", 80.05, ""]
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        formulas = re.findall(r"<f>(.*?)</f>", parts.read("xl/worksheets/sheet2.xml").decode())
    assert formulas == ["SUBTOTAL(109,C2:C4)"]


def test_a_table_over_two_sheets_has_no_sum():
    _about, *parts = sheets(xlsx_bytes({"Items": ITEMS}, "Items", most_rows=3)).values()
    assert len(parts) == 2
    first_cells = [row[0] for part in parts for row in part]
    assert "Total" not in first_cells
