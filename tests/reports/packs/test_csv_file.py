import re
from datetime import datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import language
from reports.packs import csv_bytes
from tests.reports.packs.hostile_texts import HOSTILE

pytestmark = pytest.mark.usefixtures("dutch")


def test_dutch_csv_opens_in_dutch_excel(rows: pl.DataFrame):
    assert csv_bytes(rows, "nl").decode("utf-8") == (
        "\ufeffFactuur;Klant;Vervaldatum;Dagen te laat;Openstaand;Deel;Status;Nog open\r\n"
        '007;"Brouwer ""& Zonen""";31-12-2026;-3;-1234,50;0,24;Toezegging niet nagekomen;ja\r\n'
        '"F;2";;;39;0,10;;;nee\r\n'
    )


def test_international_csv_is_for_any_other_program(rows: pl.DataFrame):
    language.use("en")
    assert csv_bytes(rows, "international").decode("utf-8") == (
        "Invoice,Customer,Due date,Days overdue,Open,Share,Status,Still open\r\n"
        '007,"Brouwer ""& Zonen""",2026-12-31,-3,-1234.50,0.24,Promise broken,yes\r\n'
        "F;2,,,39,0.10,,,no\r\n"
    )


@pytest.mark.parametrize("style", ["nl", "international"])
def test_no_text_in_a_csv_is_run_as_a_formula(style: str):
    frame = pl.DataFrame({"customer_name": HOSTILE, "amount": [Decimal("-5.00")] * len(HOSTILE)})

    text = csv_bytes(frame, style).decode("utf-8-sig")  # type: ignore[arg-type]

    assert "'=1+1" in text
    assert "'-5 stuks" in text
    assert not re.search(r"(^|[;,\n\"])[=+@\t\r＝]", text.replace("\r\n", "\n"))
    minus = "-5,00" if style == "nl" else "-5.00"
    assert text.count(f"{minus}\r\n") == len(HOSTILE)
    assert "'-5,00" not in text
    assert "'-5.00" not in text


def test_amounts_keep_every_cent_and_floats_no_exponent():
    frame = pl.DataFrame(
        {"amount": [Decimal("9999999999999999.99")], "share": [0.000012], "days_late": [0.1 + 0.2]},
        schema_overrides={"amount": pl.Decimal(38, 2)},
    )

    assert csv_bytes(frame, "international").decode().splitlines()[1] == "9999999999999999.99,0.000012,0.3"


def test_moments_and_lists_are_written_out():
    recorded = datetime(2026, 11, 22, 18, 5)  # noqa: DTZ001  # the store keeps UTC without a zone
    frame = pl.DataFrame({"recorded_at": [recorded], "customers": [["A", "B"]]})

    assert csv_bytes(frame).decode("utf-8-sig").splitlines()[1] == "22-11-2026 18:05:00;A B"
    assert csv_bytes(frame, "international").decode().splitlines()[1] == "2026-11-22T18:05:00,A B"


def test_a_frame_without_rows_is_its_headings():
    frame = pl.DataFrame(schema={"invoice_id": pl.String, "amount": pl.Decimal(18, 2)})

    assert csv_bytes(frame) == b"\xef\xbb\xbfFactuur;Bedrag\r\n"


@given(st.lists(st.decimals(min_value=-(10**12), max_value=10**12, places=2), min_size=1, max_size=20))
def test_amounts_in_a_dutch_csv_add_up_to_the_cent(amounts: list[Decimal]):
    language.use("nl")
    frame = pl.DataFrame({"amount": amounts}, schema={"amount": pl.Decimal(18, 2)})

    lines = csv_bytes(frame).decode("utf-8-sig").splitlines()[1:]

    assert sum(Decimal(line.replace(",", ".")) for line in lines) == sum(amounts)
