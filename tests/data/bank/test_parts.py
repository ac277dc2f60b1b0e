"""Less than an invoice named: a part, said to be one or not, or what a bank kept of it."""

import pytest

from data.bank import reasons
from data.bank.application import apply_cash
from data.message_templates import stored_message
from tests.data.bank.small_books import books, invoice, receipt

BAKKER = "Bakker Techniek B.V."
DUE = invoice("202600402", "C1", "800.00")
Shown = tuple[str, str, float, str]


def shown(amount: str, text: str) -> tuple[Shown, list[tuple[str, str]]]:
    """Amount, status, score and sentence of the only row, and what is settled beside it."""
    answer = apply_cash(books([receipt("1", amount, text, counterparty=BAKKER)], [DUE]))
    [row] = answer.rows.iter_rows(named=True)
    assert row["invoice_id"] == "202600402"
    beside = [(row["kind"], str(row["amount"])) for row in answer.settlements.iter_rows(named=True)]
    sentence = str(stored_message(row["reason"]))
    return (str(row["applied_amount"]), row["status"], row["score"], sentence), beside


def test_a_part_that_the_text_does_not_call_so_has_its_own_sentence_and_is_less_sure() -> None:
    sentence = str(reasons.NUMBER_LONE(numbers="202600402"))
    assert sentence == "The text names 202600402; a part of it is paid."
    assert shown("692.50", "202600402") == (("692.50", "applied", 0.99, sentence), [])


def test_a_part_that_the_text_calls_so_says_it() -> None:
    sentence = "The text names 202600402 and says that it is a part payment."
    assert shown("1.00", "deelbetaling 202600402") == (("1.00", "applied", 1.0, sentence), [])


@pytest.mark.parametrize(
    ("amount", "status"), [("80.01", "applied"), ("79.99", "proposed"), ("1.00", "proposed")]
)
def test_less_than_a_tenth_is_a_part_only_if_the_text_says_so(amount: str, status: str) -> None:
    assert shown(amount, "202600402")[0][:2] == (amount, status)


@pytest.mark.parametrize(
    "text",
    [
        "inv 202600402 less bank charges",
        "202600402 min bankkosten",
        "202600402 min bankkosten 7,50",
        "RG 202600402 abzüglich Bankgebühren",
        "RG 202600402 abzgl. Spesen",
        "202600402 abzüglich Bankgebühren 7,50",
        "facture 202600402 moins frais bancaires",
        "facture 202600402 moins les frais bancaires 7,50",
        "202600402, bank charges deducted",
        "202600402 bank charges 7.50",
    ],
)
def test_a_charge_that_the_text_names_is_kept_by_the_bank_in_any_language(text: str) -> None:
    sentence = "The text names 202600402; a bank kept its charge."
    assert shown("792.50", text) == (("792.50", "applied", 1.0, sentence), [("write_off", "7.50")])


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("692.50", "202600402 less bank charges"),
        ("792.50", "202600402 less bank charges 5.00"),
        ("792.50", "202600402 less shipping costs"),
        ("792.50", "202600402 bank charges are yours"),
    ],
)
def test_what_no_charge_explains_stays_open(amount: str, text: str) -> None:
    assert shown(amount, text)[1] == []
