"""Lists as other programs write them come in: each document with its customer, days and amounts."""

from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers import load_preset, read_file, recognise, shipped_presets
from tests.data.importers.vendors import dutch, later, ledgers, others

CASES = (
    *dutch.EXACT, *dutch.MONEYBIRD, *dutch.AFAS, *dutch.OTHERS, *others.QUICKBOOKS, *others.XERO,
    *others.ODOO, *others.ERP, *others.GERMAN_AND_NORDIC, *others.ONLINE, *ledgers.OPEN_ITEMS,
    *later.CASES,
)  # fmt: skip
EACH = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def read_case(case, tmp_path):
    path = tmp_path / case.file
    path.write_bytes(case.content)
    return read_file(path, load_preset(case.preset), day=case.given_day)


def documents_in(reading):
    """Return number, customer, name, day, due, amount and what is open, as the books would have them."""
    names = dict(reading.grains["customers"].select("customer_id", "customer_name").iter_rows())
    open_amounts = {}
    if "open_items" in reading.grains:
        open_amounts = dict(reading.grains["open_items"].select("invoice_id", "open_amount").iter_rows())
    return {
        (number, customer, names[customer], day, due, amount, open_amounts.get(number))
        for number, customer, day, due, amount in reading.grains["invoices"]
        .select("invoice_id", "customer_id", "invoice_date", "due_date", "amount")
        .iter_rows()
    }


@EACH
def test_every_document_of_a_list_comes_in_as_it_stands(case, tmp_path):
    reading = read_case(case, tmp_path)
    assert reading.rejects.select("line", "reason").rows() == []
    assert documents_in(reading) == {tuple(each) for each in case.documents}
    assert reading.accepted == len(case.documents)
    assert reading.rows_read == reading.accepted + reading.rejected + reading.duplicate
    assert set(reading.grains["invoices"]["currency"]) == set(case.currency.split())
    if case.list_day:
        assert set(reading.grains["open_items"]["list_date"]) == {case.list_day}
        assert reading.sum_accepted == sum((each.open for each in case.documents), Decimal(0))


@EACH
def test_a_list_is_known_by_its_headings_for_one_of_its_program_alone(case):
    if case.known:
        assert recognise(case.content, case.file, shipped_presets()).name == case.preset
    else:
        with pytest.raises(RefusedFileError):
            recognise(case.content, case.file, shipped_presets())
