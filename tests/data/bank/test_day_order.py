"""Entries of one day: what they tell decides who comes first, never their ids or the order of loading."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from data.bank.application import apply_cash
from tests.data.bank.small_books import Row, books, invoice, receipt

BAKKER, IBAN = "Bakker Techniek B.V.", "NL91ABNA0417164300"
ONE, TWO = (invoice(f"20260060{n}", "C1", "640.00", date(2026, 1, 9 + n)) for n in (1, 2))


def answer(entries: list[Row], documents: list[Row]) -> dict[str, list[tuple[str | None, str, str, str]]]:
    """Invoice, kind, amount and status of each row, by entry."""
    found: dict[str, list[tuple[str | None, str, str, str]]] = {}
    for row in apply_cash(books(entries, documents)).rows.iter_rows(named=True):
        shown = (row["invoice_id"], row["kind"], str(row["applied_amount"]), row["status"])
        found.setdefault(row["entry_id"], []).append(shown)
    return found


def back(entry_id: str, amount: str, text: str, **more: Any) -> Row:
    return receipt(entry_id, amount, text, return_reason="AC04", counterparty_account=IBAN, **more)


@pytest.mark.parametrize(("paid", "returned"), [("a", "b"), ("b", "a")])
@pytest.mark.parametrize("ids", [{}, {"end_to_end_id": "E2E-1"}])
def test_a_payment_that_comes_back_on_its_own_day_is_known_whatever_the_ids(
    paid: str, returned: str, ids: Row
) -> None:
    entries = [
        receipt(paid, "640.00", "factuur 202600601", counterparty_account=IBAN, **ids),
        back(returned, "-640.00", "STORNO factuur 202600601", **ids),
    ]
    assert answer(entries, [ONE]) == {
        paid: [("202600601", "invoice", "640.00", "applied")],
        returned: [("202600601", "return", "-640.00", "applied")],
    }


@pytest.mark.parametrize(("anew", "returned"), [("a", "b"), ("b", "a")])
def test_what_came_back_of_an_earlier_day_is_paid_anew_on_the_same_day(anew: str, returned: str) -> None:
    entries = [
        receipt("0", "640.00", "202600601", entry_date=date(2026, 2, 20), end_to_end_id="E2E-1"),
        back(returned, "-640.00", "STORNO 202600601", end_to_end_id="E2E-1"),
        receipt(anew, "640.00", "202600601 alsnog", counterparty=BAKKER, counterparty_account=IBAN),
    ]
    found = answer(entries, [ONE])
    assert found[returned] == [("202600601", "return", "-640.00", "applied")]
    assert found[anew] == [("202600601", "invoice", "640.00", "applied")]


@pytest.mark.parametrize("ids", list(permutations("abc")))
def test_what_is_paid_comes_back_and_is_paid_anew_within_a_day(ids: tuple[str, str, str]) -> None:
    paid, returned, anew = ids
    entries = [
        receipt(paid, "640.00", "202600601", end_to_end_id="E2E-1"),
        back(returned, "-640.00", "STORNO", end_to_end_id="E2E-1"),
        receipt(anew, "640.00", "202600601"),
    ]
    assert answer(entries, [ONE]) == {
        paid: [("202600601", "invoice", "640.00", "applied")],
        returned: [("202600601", "return", "-640.00", "applied")],
        anew: [("202600601", "invoice", "640.00", "applied")],
    }


@pytest.mark.parametrize(("paid", "returned"), [("a", "b"), ("b", "a")])
def test_a_return_without_a_number_is_of_the_receipt_of_its_day_before_that_of_an_earlier_one(
    paid: str, returned: str
) -> None:
    entries = [
        receipt("0", "640.00", "202600601", entry_date=date(2026, 2, 1), end_to_end_id="SAME"),
        receipt(paid, "640.00", "202600602", counterparty_account=IBAN, end_to_end_id="SAME"),
        back(returned, "-640.00", "STORNO", end_to_end_id="SAME"),
    ]
    assert answer(entries, [ONE, TWO])[returned] == [("202600602", "return", "-640.00", "applied")]


@pytest.mark.parametrize("ids", list(permutations("abc")))
def test_of_equal_invoices_a_receipt_that_names_one_goes_before_one_that_names_none(
    ids: tuple[str, str, str],
) -> None:
    bare, *naming = ids
    entries = [receipt(bare, "640.00", "betaling", counterparty=BAKKER)]
    entries += [receipt(one, "640.00", "202600602", counterparty=BAKKER) for one in naming]
    found = answer(entries, [ONE, TWO])
    assert answer(entries[::-1], [TWO, ONE]) == found
    assert found[bare] == [("202600601", "invoice", "640.00", "applied")]
    assert sorted((found[one] for one in naming), key=str) == [
        [("202600602", "invoice", "640.00", "applied")],
        [(None, "on_account", "640.00", "applied")],
    ]


def test_an_earlier_day_does_not_see_what_a_later_one_names() -> None:
    day = date(2026, 2, 27)
    first = receipt("b", "640.00", "betaling", counterparty=BAKKER, entry_date=day)
    named = receipt("a", "640.00", "202600601", counterparty=BAKKER)
    alone = answer([first], [ONE, TWO])
    assert alone == {"b": [("202600601", "invoice", "640.00", "applied")]}
    assert answer([named, first], [ONE, TWO])["b"] == alone["b"]
