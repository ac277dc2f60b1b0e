"""What the data layer says, on the Dutch screens."""

import pytest

from reports import language
from tests.apps import words

CUSTOMER = ("C1", "Bakker", "retail", "NL", "30", "")
INVOICE = ("F1", "C1", "invoice", "2026-01-05", "2026-02-04", "EUR", "100.00")
REJECTED = ("F2", "C1", "invoice", "2026-01-05", "2026-02-04", "EUR", "<b>x</b>")


@pytest.fixture
def dutch_page(open_page):
    language.use("nl")
    return lambda name, **address: open_page(name, lang="nl", **address)


@pytest.mark.parametrize("name", ["ageing", "data"])
def test_without_a_store_the_page_says_in_dutch_what_to_do(dutch_page, name):
    said = words(dutch_page(name))
    assert "Nog geen boeken" in said
    assert "No books yet" not in said


def test_the_rejects_of_a_file_have_dutch_reasons_with_the_cell_as_it_stands(desk, dutch_page):
    desk.load(customers=[CUSTOMER], invoices=[INVOICE, REJECTED])
    page = dutch_page("data", part="files")
    reasons = [row for table in page.dataframe if "reason" in table.value for row in table.value["reason"]]
    assert reasons == ["amount '<b>x</b>' is geen getal, geschreven zoals 1234.56"]


@pytest.mark.slow
def test_a_file_gone_from_the_store_is_told_in_dutch_and_letter_by_letter(desk, dutch_page):
    desk.load(customers=[CUSTOMER], invoices=[INVOICE])
    for kept in (desk.store / "raw").iterdir():
        if kept.suffix != ".json":
            kept.unlink()
    said = words(dutch_page("data"))
    assert "Levering 1: het bestand waar ze uit komt (customers.csv) staat niet meer in raw/." in said
    assert "no longer in raw" not in said
