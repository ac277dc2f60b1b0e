"""The terms sheet of a customer and of a segment, also where names are an attack."""

from collections.abc import Iterator

import pytest

from reports.answers.terms import terms_sheet
from reports.packs import sheet_bytes
from tests.books import Desk
from tests.markup import HOSTILE_NAMES, Page
from tests.terms_ledger import BOOK, customer, sheet

pytestmark = pytest.mark.usefixtures("english")


def test_a_customer_sheet_says_what_to_promise(shared_desk):
    shared_desk.load(customers=[customer(credit_limit="2500.00")], **BOOK)
    terms_page = sheet(shared_desk, customer="C1")
    facts = {word: value for _heading, rows in terms_page.blocks for word, value in rows}
    assert facts["Agreed term"] == "30 days"
    assert (facts["Credit limit"], facts["Credit left"]) == ("€2,500", "€500")
    assert (facts["Days late, usually"], facts["Invoices paid on time"]) == ("5.0", "0%")
    assert (facts["Overdue"], facts["Oldest overdue"]) == ("€2,000", "109 days")
    assert facts["Beyond the agreed term, on average"] == "€707"
    assert terms_page.promise[:2] == (
        "Payment within 30 days of the invoice date, as agreed.", "Delivery on account up to €500 more.",
    )  # fmt: skip
    assert "No term longer than 60 days: between businesses." in terms_page.refuse
    assert "No longer term and no larger order on account while €2,000 is overdue." in terms_page.refuse


def test_an_agreed_term_beyond_the_law_and_a_limit_used_up_are_not_promised(shared_desk):
    shared_desk.load(
        customers=[customer(customer_type="public", payment_terms_days=60, credit_limit="1900.00")], **BOOK
    )
    terms_page = sheet(shared_desk, customer="C1")
    assert terms_page.promise[0] == "Payment within 30 days of the invoice date: the law allows no more."
    assert not any("Delivery on account" in one for one in terms_page.promise)
    assert "No delivery on account: the credit limit is used up, €100 over it." in terms_page.refuse
    assert terms_page.refuse[0].startswith("The agreed 60 days are longer than the law allows")


@pytest.mark.slow
def test_a_segment_sheet_names_those_most_beyond_their_terms(desk):
    desk.load(customers=[customer(), customer("C2", payment_terms_days=14)], **BOOK)
    terms_page = sheet(desk, of_segment="retail")
    assert terms_page.title == "Terms sheet: retail"
    assert [line[0] for line in terms_page.worst[1:]] == ["C1"]
    assert terms_page.promise[0] == "Payment within 30 days of the invoice date, as agreed."
    with pytest.raises(terms_sheet.NoTermsError):
        sheet(desk, of_segment="food")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The book once for every hostile name: a customer and a segment of that name."""
    desk = Desk(tmp_path_factory.mktemp("attacked"))
    names = {f"C{number}": name for number, name in enumerate(HOSTILE_NAMES)}
    desk.load(
        customers=[
            customer(number, customer_name=name, segment=name, account_manager=name, preferred_method=name)
            for number, name in names.items()
        ],
        invoices=[
            (f"{number}-{document}", number, *row)
            for number in names
            for document, _customer, *row in BOOK["invoices"]
        ],
        payments=[
            (f"{number}-{payment}", number, f"{number}-{document}", *row)
            for number in names
            for payment, _customer, document, *row in BOOK["payments"]
        ],
    )
    yield desk
    desk.close()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_becomes_markup_on_the_sheet(attacked, name):
    for whose in ({"customer": f"C{HOSTILE_NAMES.index(name)}"}, {"of_segment": name}):
        text = sheet_bytes(sheet(attacked, **whose)).decode()
        page = Page(text)
        assert page.tags <= {
            "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "div", "section", "table",
            "thead", "tbody", "tr", "th", "td", "ul", "li",
        }  # fmt: skip
        assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}
        assert "default-src 'none'" in text
        assert name in " ".join(page.text)
