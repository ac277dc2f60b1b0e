"""Refused rows: English in the store and for programs, in the language spoken on screens."""

from pathlib import Path

import polars as pl
import pytest

from data.message_templates import stored_message
from reports import language
from reports.answers.data_quality import imports, rejects
from reports.packs import csv_bytes
from tests.books import Desk
from tests.data.importers.nasty import TABLE
from tests.data.importers.nasty.nasty_file import CUSTOMERS, Nasty, read

pytestmark = pytest.mark.usefixtures("dutch")


def test_the_store_keeps_reasons_in_english_and_the_screens_show_them_in_dutch(desk: Desk) -> None:
    desk.load(
        customers=[("C1", "Bakker", "retail", "NL", "30", "")],
        invoices=[("F1", "C1", "invoice", "2026-01-05", "2026-02-04", "EUR", "x")],
    )
    rows = desk.books().ask("rejects", batch=None)

    assert rows["reason"].to_list() == ["amount 'x' is not a number written like 1234.56"]
    said = rejects.of_books(desk.books(), rows)
    assert said["reason"].to_list() == ["amount 'x' is geen getal, geschreven zoals 1234.56"]
    assert said.drop("reason").equals(rows.drop("reason"))
    for style in ("nl", "international"):
        assert "is geen getal, geschreven zoals" in csv_bytes(said, style).decode()
    language.use("en")
    assert rejects.of_books(desk.books(), rows).equals(rows)


@pytest.mark.slow
def test_reasons_of_several_batches_stay_with_their_rows(desk: Desk) -> None:
    desk.load(customers=[("C1", "Bakker", "retail", "NL", "30", ""), ("C2", "", "retail", "NL", "30", "")])
    desk.load(
        invoices=[
            ("F1", "C1", "invoice", "2026-01-05", "2026-02-04", "EUR", "x"),
            ("F2", "C1", "invoice", "2026-01-05", "2026-02-04", "", "1.00"),
        ]
    )
    rows = desk.books().ask("rejects")

    assert rejects.of_books(desk.books(), rows).select("batch_id", "line", "reason").rows() == [
        (2, 2, "amount 'x' is geen getal, geschreven zoals 1234.56"),
        (2, 3, "currency is leeg"),
        (1, 3, "customer_name is leeg"),
    ]
    assert rejects.of_books(desk.books(), rows.clear()).equals(rows.clear())


def test_a_reason_somebody_wrote_is_not_translated() -> None:
    disputes = pl.DataFrame({"invoice_id": ["F1"], "reason": ["amount is empty"]})

    assert "amount is empty" in csv_bytes(disputes, "nl").decode()


def test_the_reasons_of_a_preview_are_dutch_too() -> None:
    content = (CUSTOMERS + b"C1,   ,,,,\n").decode()
    [shown] = imports.preview([imports.Upload("customers.csv", content.encode())], None)
    assert shown.reading is not None

    assert shown.reading.rejects["reason"].to_list() == ["customer_name has only spaces in it"]
    assert rejects.of_files([shown.reading])["reason"].to_list() == ["customer_name bevat alleen spaties"]
    assert rejects.of_files([shown.reading]).columns == ["file_name", "line", "column", "reason", "raw"]


@pytest.mark.parametrize("nasty", TABLE, ids=lambda nasty: nasty.title)
def test_a_reason_and_its_stored_message_say_the_same(nasty: Nasty, tmp_path: Path) -> None:
    if nasty.refused is None:
        rows = read(nasty, tmp_path).rejects
        assert [str(stored_message(stored)) for stored in rows["message"]] == rows["reason"].to_list()
