"""Reading native files: columns, sums, rejects, and a plain loop over the same rules to compare with."""

import csv
import datetime as dt
import hashlib
import io
import re
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import RefusedFileError
from data.grains import GRAINS
from data.importers import file_reader, read_file
from tests.data.importers.samples import INVOICES, rejected


def test_columns_may_stand_in_any_order(read):
    result = read(
        "invoices.csv",
        "amount,currency,due_date,invoice_date,invoice_type,customer_id,invoice_id",
        "5,EUR,2026-02-04,2026-01-05,invoice,C1,F1",
    )
    assert result.grains["invoices"].row(0, named=True)["amount"] == Decimal("5.00")
    assert result.grains["invoices"].columns[0] == "invoice_id"


def test_the_control_totals_count_every_readable_amount_and_what_went_in(read):
    result = read(
        "invoices.csv",
        INVOICES,
        "F1,C1,invoice,2026-01-05,,EUR,100.10",  # accepted
        "F2,C1,invoice,2026-13-05,,EUR,20.20",  # rejected, its amount can be read
        "F3,C1,invoice,2026-01-05,,EUR,3.003",  # rejected, its amount cannot
        "F1,C1,invoice,2026-01-05,,EUR,100.10",  # repeat
        "F4,C1,credit_note,2026-01-05,,EUR,-0.05",  # accepted
        "F5,C1,invoice",  # rejected, no amount
    )
    assert result.sum_read == Decimal("220.35")
    assert result.sum_accepted == Decimal("100.05")
    assert (result.rows_read, result.accepted, result.rejected, result.duplicate) == (6, 2, 3, 1)


def test_totals_are_exact_where_a_float_would_not_be(read):
    big = "9999999999999999.99"
    rows = [f"F{number},C1,invoice,2026-01-05,,EUR,{big}" for number in range(3)]
    assert read("invoices.csv", INVOICES, *rows).sum_read == Decimal("29999999999999999.97")


def test_a_kind_without_amounts_has_no_control_total_and_an_empty_file_has_zero(read):
    assert read("fx_rates.csv", "rate_date,currency,rate", "2026-03-01,USD,1.08").sum_read is None
    empty = read("invoices.csv", INVOICES)
    assert (empty.rows_read, empty.sum_read, empty.sum_accepted) == (0, Decimal("0.00"), Decimal("0.00"))


def test_a_reject_shows_its_row_printable_and_cut_to_500_characters(read):
    result = read(
        "customers.csv",
        "customer_id,customer_name,segment,country,payment_terms_days,credit_limit",
        'C1,"Jan\x00sen\nen Zonen",,,,',
        "C2," + "x" * 600 + ",,,many,",
    )
    assert result.rejects["raw"].to_list() == ['C1,"Jan␀sen\nen Zonen",,,,', "C2," + "x" * 497]


def test_a_reading_names_the_bytes_it_read(tmp_path):
    path = tmp_path / "upload.tmp"
    content = (INVOICES + "\nF1,C1,invoice,2026-01-05,,EUR,5\n").encode()
    path.write_bytes(content)
    result = read_file(path, name="../../etc/invoices.csv")
    assert (result.name, result.kind) == ("invoices.csv", "invoices")
    assert result.sha256 == hashlib.sha256(content).hexdigest()
    assert (result.preset, result.preset_sha256) == (None, None)


def test_progress_is_the_share_of_the_lines_and_batches_change_nothing(read, monkeypatch, tmp_path):
    rows = [f"F{number % 7},C1,invoice,2026-01-05,,EUR,{number % 7 + 1}" for number in range(20)]
    rows[9] = "F2,C1,invoice,2026-01-05,,EUR,99"
    whole = read("invoices.csv", INVOICES, *rows)
    monkeypatch.setattr(file_reader, "_BATCH_ROWS", 3)
    seen = []
    parts = read_file(tmp_path / "invoices.csv", progress=seen.append)
    # Header, 20 rows and what follows the last newline are 22 lines; a tenth is left for the comparison.
    assert seen == pytest.approx([0.9 * rows / 22 for rows in (3, 6, 9, 12, 15, 18, 20)])
    assert parts.grains["invoices"].equals(whole.grains["invoices"])
    assert parts.rejects.equals(whole.rejects)
    # F2 is contradicted on lines 4, 11, 18; the number 9 % 7 == 2 stands on line 11 only with 99.
    assert rejected(whole) == [(4, "invoice_id"), (11, "invoice_id"), (18, "invoice_id")]
    assert (whole.accepted, whole.duplicate) == (6, 11)


CELLS = {
    "invoice_id": ["F1", "F2", "007", "1E05", " F3", "", "F\n4"],
    "customer_id": ["C1", "Yes", "No", "", "C\t2"],
    "invoice_type": ["invoice", "credit_note", "Invoice", ""],
    "invoice_date": ["2026-01-05", "2024-02-29", "2023-02-29", "05-01-2026", "", "1899-12-31"],
    "due_date": ["2026-02-05", "", "2026-2-5"],
    "currency": ["EUR", "USD", "NLG", "eur", ""],
    "amount": ["5", "5.00", "-5", "0", "-0.00", "1.234,56", "10.005", "1e3", "", "٣", "12345678901234567"],
}
GOOD_ROW = ["F1", "C1", "invoice", "2026-01-05", "", "EUR", "5"]


def plain_row(cells):
    """Return the row typed, or None if it must be rejected, one plain rule after the other."""
    number, customer, kind, date, due, currency, amount = cells
    for text in (number, customer):
        if text == "" or text != text.strip() or any(ord(letter) < 32 for letter in text):
            return None
    days = []
    for text in (date, due):
        try:
            days.append(dt.date.fromisoformat(text) if re.fullmatch(r"[0-9-]{10}", text) else None)
        except ValueError:
            return None
    if days[0] is None or days[0].year < 1900 or (due and days[1] is None):
        return None
    if currency not in {"EUR", "USD"} or not re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]{1,2})?", amount):
        return None
    value = Decimal(amount)
    if kind not in {"invoice", "credit_note"} or (value <= 0 if kind == "invoice" else value >= 0):
        return None
    return (number, customer, kind, days[0], days[1], currency, value)


@st.composite
def invoice_rows(draw):
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        cells = list(GOOD_ROW)
        for column in draw(st.sets(st.integers(0, 6), max_size=3)):
            cells[column] = draw(st.sampled_from(CELLS[INVOICES.split(",")[column]]))
        rows.append(cells[: draw(st.sampled_from([7, 7, 7, 7, 7, 6]))])
    return rows


@pytest.mark.slow
@given(invoice_rows(), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from([2, 50_000]))
def test_a_file_is_read_as_a_plain_loop_over_the_same_rules_reads_it(rows, newline, is_quoted, batch_rows):
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    csv.writer(text, lineterminator=newline, quoting=quoting).writerows([INVOICES.split(","), *rows])
    typed = [plain_row(row) if len(row) == 7 else None for row in rows]
    contents = defaultdict(set)
    for row in typed:
        if row:
            contents[row[0]].add(row)
    expected = list(dict.fromkeys(row for row in typed if row and len(contents[row[0]]) == 1))
    bad = sum(1 for row in typed if not row or len(contents[row[0]]) > 1)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_reader, "_BATCH_ROWS", batch_rows)
        path = Path(folder) / "invoices.csv"
        path.write_bytes(text.getvalue().encode())
        result = read_file(path)
    assert result.grains["invoices"].select(INVOICES.split(",")).rows() == expected
    assert (result.rows_read, result.rejected) == (len(rows), bad)
    assert result.duplicate == len(rows) - bad - len(expected)


@given(st.binary(max_size=200), st.sampled_from(GRAINS))
def test_whatever_bytes_follow_the_header_every_row_is_accounted_for(content, grain):
    header = ",".join(column.name for column in grain.columns if column.needed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{grain.name}.csv"
        path.write_bytes(header.encode() + b"\n" + content)
        try:
            result = read_file(path)
        except RefusedFileError:
            return
    assert result.rows_read == result.accepted + result.rejected + result.duplicate
    assert result.rejects.height == 0 or result.rejects["reason"].null_count() == 0
    assert result.accepted == result.grains[grain.name].height
