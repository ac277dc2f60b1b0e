"""A proposal says what it rests on: a number that it passes over, and one number or several."""

import pytest

from data.bank.application import apply_cash
from data.message_templates import stored_message
from tests.data.bank.small_books import Row, books, invoice, receipt

BAKKER = "Bakker Techniek B.V."
ONE, TWO = invoice("202600901", "C1", "1000.00"), invoice("202600911", "C1", "2000.00")
OTHER = invoice("202600955", "C2", "1000.00")


def shown(text: str, documents: list[Row], payer: str = BAKKER) -> tuple[str, str, float, str]:
    """Invoice, status, score and sentence of the only row."""
    answer = apply_cash(books([receipt("1", "1000.00", text, counterparty=payer)], documents))
    [row] = answer.rows.iter_rows(named=True)
    return row["invoice_id"], row["status"], row["score"], str(stored_message(row["reason"]))


@pytest.mark.parametrize(("text", "documents"), [("202600911", [ONE, TWO]), ("202600955", [ONE, OTHER])])
def test_a_number_that_is_passed_over_is_told_of_and_makes_it_less_likely(
    text: str, documents: list[Row]
) -> None:
    sentence = "Bakker Techniek B.V. has 202600901 open for this amount, but the text names something else."
    assert shown(text, documents) == ("202600901", "proposed", 0.5, sentence)


def test_of_one_invoice_the_sentence_speaks_of_one() -> None:
    found = shown("huur dd 20261101", [invoice("20261101", "C1", "1000.00")], "P. Jansen")
    sentence = "The text names 20261101, and the amount is what is open."
    assert found == ("20261101", "proposed", 0.7, sentence)
