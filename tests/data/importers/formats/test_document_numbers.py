"""Documents of one load with the same number: each keeps its own, or is refused in words."""

from itertools import permutations

import pytest

from data.importers.formats.document_numbers import owner_of, tell_apart
from data.importers.formats.extract import Extract
from data.importers.formats.ubl import extract
from tests.data.importers.formats.ubl_texts import SELLER, tax, terms, totals, ubl

NEGATIVE = totals(TaxExclusiveAmount="-100.00", TaxInclusiveAmount="-121.00", PayableAmount="-121.00")
POSITIVE, CREDIT = ubl("12345"), ubl("12345", taxes=tax("-21.00"), sums=NEGATIVE)
OTHER_SUPPLIER = ubl("12345", seller=SELLER.replace("Bakkerij Zon", "Slagerij Ster"))


def read(*contents: bytes, direction: str = "sales") -> list[tuple[str, Extract]]:
    return [
        (f"{place}.xml", extract(content, f"{place}.xml", {"direction": direction}))
        for place, content in enumerate(contents)
    ]


def ids(extracts: list[Extract]) -> dict[str, str]:
    """Return the amount of every document by the number it is kept under."""
    return {
        row.cells.get("invoice_id") or row.cells["bill_id"]: row.cells["amount"]
        for extract in extracts
        for kind in ("invoices", "bills")
        for row in extract.rows.get(kind, ())
    }


def reasons(extracts: list[Extract]) -> list[str]:
    return [str(refusal.reason) for extract in extracts for refusal in extract.refusals]


@pytest.mark.parametrize("contents", list(permutations([POSITIVE, CREDIT])))
def test_an_invoice_and_a_credit_note_of_one_number_are_both_kept(contents: tuple[bytes, ...]) -> None:
    extracts = tell_apart(read(*contents), {})
    assert ids(extracts) == {"12345": "121.00", "12345-C": "-121.00"}
    assert [str(note) for extract in extracts for note in extract.notes] == [
        "12345: another document has this number too; this one is kept as 12345-C."
    ]


def test_a_number_of_its_own_is_kept_as_it_is() -> None:
    files = read(ubl("1"), ubl("2", root="CreditNote", code="381"))
    assert tell_apart(files, {}) == [content for _name, content in files]


def test_all_rows_of_a_document_get_its_number() -> None:
    more = terms(Amount="-50.00", InstallmentDueDate="2026-04-01") + terms(
        Amount="-50.00", InstallmentDueDate="2026-05-01"
    )
    sums = totals(TaxInclusiveAmount="-121.00", PrepaidAmount="-21.00", PayableAmount="-100.00")
    credit = ubl("12345", taxes=tax("-21.00"), sums=sums, more=more)
    _invoice, extract = tell_apart(read(POSITIVE, credit), {})
    assert {row.cells["invoice_id"] for row in extract.rows["instalments"]} == {"12345-C"}
    (payment,) = extract.rows["payments"]
    assert (payment.cells["invoice_id"], payment.cells["payment_id"]) == ("12345-C", "12345-C/prepaid")


def test_a_credit_note_makes_way_for_an_invoice_in_the_books_each_time_it_is_loaded() -> None:
    first = {"invoices": {"12345": "+"}}
    assert ids(tell_apart(read(CREDIT), first)) == {"12345-C": "-121.00"}
    second = {"invoices": {"12345": "+", "12345-C": "-"}}
    assert ids(tell_apart(read(CREDIT, POSITIVE), second)) == {"12345-C": "-121.00", "12345": "121.00"}


def test_an_invoice_whose_number_a_credit_note_in_the_books_has_is_refused() -> None:
    extracts = tell_apart(read(POSITIVE), {"invoices": {"12345": "-"}})
    assert ids(extracts) == {}
    (reason,) = reasons(extracts)
    assert reason.startswith("the books have another document with number 12345, of the other sign: ")
    assert extracts[0].rows == {}


@pytest.mark.parametrize("contents", list(permutations([POSITIVE, ubl("12345", due="2026-05-01"), POSITIVE])))
def test_documents_of_one_number_that_differ_are_all_refused(contents: tuple[bytes, ...]) -> None:
    extracts = tell_apart(read(*contents), {})
    assert ids(extracts) == {}
    assert len(reasons(extracts)) == 3
    assert all("number 12345 stands with other content in " in reason for reason in reasons(extracts))


def test_the_same_document_twice_is_left_to_the_books() -> None:
    extracts = tell_apart(read(POSITIVE, POSITIVE), {})
    assert reasons(extracts) == []
    assert [len(extract.rows["invoices"]) for extract in extracts] == [1, 1]


def test_a_document_of_the_books_may_come_again_with_other_content() -> None:
    assert ids(tell_apart(read(POSITIVE), {"invoices": {"12345": "+"}})) == {"12345": "121.00"}


@pytest.mark.parametrize("contents", list(permutations([POSITIVE, OTHER_SUPPLIER, CREDIT])))
def test_bills_of_two_suppliers_are_both_kept(contents: tuple[bytes, ...]) -> None:
    extracts = tell_apart(read(*contents, direction="purchases"), {})
    assert ids(extracts) == {
        "12345": "121.00", "12345 (Slagerij Ster)": "121.00", "12345 (Bakkerij Zon)": "-121.00",
    }  # fmt: skip
    assert reasons(extracts) == []


def test_a_bill_of_the_books_keeps_its_number() -> None:
    stored = {"bills": {"12345": owner_of({"supplier": "SLAGERIJ STER", "amount": "1.00"})}}
    assert ids(tell_apart(read(OTHER_SUPPLIER, direction="purchases"), stored)) == {"12345": "121.00"}
    assert ids(tell_apart(read(POSITIVE, direction="purchases"), stored)) == {
        "12345 (Bakkerij Zon)": "121.00"
    }


def test_sales_and_bills_do_not_share_numbers() -> None:
    files = [*read(POSITIVE), *read(POSITIVE, direction="purchases")]
    assert tell_apart(files, {}) == [content for _name, content in files]
