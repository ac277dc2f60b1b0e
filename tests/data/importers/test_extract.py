"""A file of documents: each is accepted, rejected or a repeat as a whole, whatever grains it becomes."""

from decimal import Decimal

from data.importers import reasons
from data.importers.formats.extract import DocumentRefusal, Extract, Row, reading_of


def invoice(line: int, number: str, amount: str, **more: str) -> Row:
    cells = {
        "invoice_id": number,
        "customer_id": "C1",
        "invoice_type": "invoice",
        "invoice_date": "2026-03-02",
        "currency": "EUR",
        "amount": amount,
    }
    return Row(line, cells | more, raw=f"<Invoice>{number}</Invoice>")


def customer(line: int, name: str = "Bakker") -> Row:
    return Row(line, {"customer_id": "C1", "customer_name": name})


def part(line: int, number: str, day: str, amount: str) -> Row:
    return Row(line, {"invoice_id": number, "due_date": day, "amount": amount})


def read(**rows: list[Row]):
    extract = Extract("invoices", rows)
    return reading_of(extract, name="a.xml", sha256="0", preset="x", preset_sha256="1")


def test_a_document_of_several_grains_is_one_row() -> None:
    reading = read(invoices=[invoice(1, "A", "10.00")], customers=[customer(1)])
    assert (reading.rows_read, reading.accepted, reading.rejected, reading.duplicate) == (1, 1, 0, 0)
    assert reading.grains["customers"]["customer_name"].to_list() == ["Bakker"]
    assert reading.sum_accepted == Decimal("10.00")


def test_a_document_with_one_wrong_part_is_refused_as_a_whole() -> None:
    reading = read(
        invoices=[invoice(1, "A", "10.00"), invoice(9, "B", "7.00")],
        instalments=[part(1, "A", "2026-02-30", "10.00"), part(9, "B", "2026-04-01", "7.00")],
    )
    assert (reading.rows_read, reading.accepted, reading.rejected) == (2, 1, 1)
    assert reading.grains["invoices"]["invoice_id"].to_list() == ["B"]
    assert reading.grains["instalments"]["invoice_id"].to_list() == ["B"]
    assert reading.rejects["raw"].to_list() == ["<Invoice>A</Invoice>"]
    assert (reading.sum_read, reading.sum_accepted) == (Decimal("17.00"), Decimal("7.00"))


def test_the_same_document_twice_counts_once_with_its_parts() -> None:
    twice = [invoice(1, "A", "10.00"), invoice(9, "A", "10.00")]
    parts = [part(line, "A", "2026-04-01", "5.00") for line in (1, 1, 9, 9)]
    reading = read(invoices=twice, instalments=parts)
    assert (reading.rows_read, reading.accepted, reading.duplicate) == (2, 1, 1)
    assert reading.grains["instalments"].height == 2


def test_one_number_with_two_contents_is_refused_on_both_lines() -> None:
    reading = read(invoices=[invoice(1, "A", "10.00"), invoice(9, "A", "11.00")])
    assert reading.rejects["line"].to_list() == [1, 9]
    assert reading.accepted == 0
    assert reading.sum_accepted == Decimal("0.00")


def test_what_could_not_be_read_is_counted_with_its_reason() -> None:
    refusal = DocumentRefusal(9, reasons.EMPTY_ROW())
    extract = Extract("invoices", {"invoices": [invoice(1, "A", "10.00")]}, [refusal])
    reading = reading_of(extract, name="a.xml", sha256="0", preset=None, preset_sha256=None)
    assert (reading.rows_read, reading.accepted, reading.rejected) == (2, 1, 1)
    assert reading.rejects["reason"].to_list() == ["every cell of the row is empty"]


def test_a_column_that_no_row_states_is_said_of_none() -> None:
    reading = read(invoices=[invoice(1, "A", "10.00", po_number="P1"), invoice(9, "B", "7.00")])
    assert "invoices.entity" in reading.unsaid
    assert "invoices.po_number" not in reading.unsaid
