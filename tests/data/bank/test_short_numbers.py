"""A year, a day or a few digits are a number of ours only if their customer pays."""

import pytest

from data.bank.application import apply_cash
from tests.data.bank.small_books import books, invoice, receipt

BAKKER, STRANGER, IBAN = "Bakker Techniek B.V.", "J. de Boer", "NL91ABNA0417164300"


def shown(number: str, text: str, payer: str, **more: str) -> tuple[str, str, float]:
    """Invoice, status and score of the only row."""
    entries = [receipt("1", "50.00", text, counterparty=payer, **more)]
    answer = apply_cash(books(entries, [invoice(number, "C1", "50.00")], accounts=[(IBAN, "C1")]))
    [row] = answer.rows.iter_rows(named=True)
    return row["invoice_id"], row["status"], row["score"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("2026", "contributie 2026"),
        ("2026", "factuur 2026"),
        ("1001", "nota 1001"),
        ("A1", "nr A1"),
        ("20261101", "huur 20261101"),
        ("01112026", "huur 01112026"),
        ("202611", "huur 202611"),
        ("261101", "huur 261101"),
        ("2026-11", "huur 2026-11"),
    ],
)
def test_a_stranger_who_writes_a_year_a_day_or_a_few_digits_is_not_certain(number: str, text: str) -> None:
    assert shown(number, text, STRANGER) == (number, "proposed", 0.7)
    assert shown(number, text, BAKKER)[:2] == (number, "applied")
    assert shown(number, text, STRANGER, counterparty_account=IBAN)[:2] == (number, "applied")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("20261101", "factuur 20261101"),
        ("20269901", "huur 20269901"),
        ("F-20261101", "huur F20261101"),
        ("800100", "800100"),
        ("2026-1101", "huur 2026-1101"),
        ("2026-0123", "factuur 2026-0123"),
    ],
)
def test_a_number_that_is_nothing_else_is_certain_whoever_pays(number: str, text: str) -> None:
    assert shown(number, text, STRANGER) == (number, "applied", 1.0)


def test_the_field_for_references_says_that_it_is_a_number() -> None:
    assert shown("20261101", "", STRANGER, reference="20261101") == ("20261101", "applied", 1.0)
