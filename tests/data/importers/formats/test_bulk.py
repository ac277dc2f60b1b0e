"""The readings of many small files at once: those that each file has by itself."""

import polars as pl
import pytest

from data.importers.formats import bulk, ubl
from data.importers.formats.bulk import readings_of
from data.importers.formats.extract import ExtractedFile, layout_of
from data.importers.reading import Reading
from tests.data.importers.formats.ubl_texts import BUYER, reference, totals
from tests.data.importers.formats.ubl_texts import ubl as document

SALE, PURCHASE = {"direction": "sales", "entity": "Noord"}, {"direction": "purchases"}
NO_MAIL = BUYER.replace("kas@maan.example", "")
PREPAID = totals(
    TaxExclusiveAmount="100.00", TaxInclusiveAmount="121.00", PrepaidAmount="21.00", PayableAmount="100.00"
)
FILES = {
    "plain": (document("1"), SALE),
    "of the same customer": (document("2"), SALE),
    "without an address": (document("3", buyer=NO_MAIL), SALE),
    "paid in part": (document("4", sums=PREPAID), SALE),
    "credit note": (document("5", root="CreditNote", code="381", due="", more=reference("1")), SALE),
    "bill": (document("1"), PURCHASE),
    "the first once more": (document("1") + b"\n", SALE),
    "other words for the first": (document("1", due="2026-05-01"), SALE),
    "due before it is issued": (document("6", due="1026-04-01"), SALE),
    "without a number": (document(""), SALE),
}


def extracted(name: str) -> ExtractedFile:
    content, options = FILES[name]
    return ExtractedFile(ubl.extract(content, name, options), name, f"sha of {name}", "ubl", "sha")


def facts(reading: Reading) -> dict[str, object]:
    """Return what a reading says, with its frames as rows and types."""
    frames = {kind: (frame.schema, frame.rows()) for kind, frame in reading.grains.items()}
    return {
        **vars(reading), "grains": frames, "rejects": (reading.rejects.schema, reading.rejects.rows())
    }  # fmt: skip


@pytest.mark.parametrize("order", [list(FILES), list(reversed(FILES))], ids=["in order", "reversed"])
def test_files_read_together_are_as_each_is_read_by_itself(order):
    files = [extracted(name) for name in order]
    assert [facts(reading) for reading in readings_of(files)] == [facts(each.reading) for each in files]


def test_files_that_state_the_same_columns_are_typed_once(monkeypatch):
    typed: list[str] = []

    def counted(kind, rows):
        typed.append(kind)
        return layout_of(kind, rows)

    monkeypatch.setattr(bulk, "layout_of", counted)
    readings = readings_of([extracted("plain"), extracted("of the same customer")])
    assert typed == ["invoices", "customers"]
    amounts = pl.concat([reading.grains["invoices"] for reading in readings])["amount"]
    assert list(map(str, amounts)) == ["121.00", "121.00"]
