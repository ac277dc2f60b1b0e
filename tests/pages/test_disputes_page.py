"""The Disputes screen: disputes, invoice quality, collection agencies."""

import pytest

from tests.apps import words
from tests.dispute_ledgers import CASES, DAY, DISPUTED, ago, customer, invoice, many

pytestmark = pytest.mark.usefixtures("english")


HOSTILE = "=1+1 <b>B</b> $x$ [a](http://evil.example) ![i](http://evil.example/x.png)"


def shown(app, column: str) -> list[list[object]]:
    return [table.value[column].to_list() for table in app.dataframe if column in table.value]


@pytest.mark.slow
def test_the_screen_shows_what_waits_and_a_reason_letter_by_letter(desk, open_page):
    rows = [*DISPUTED["disputes"], ("F4", ago(2), "", HOSTILE, "80.00")]
    desk.load(**{**DISPUTED, "disputes": rows})
    app = open_page("disputes", as_of=DAY.isoformat())
    said = words(app)
    assert "€980 is in dispute on 3 invoices" in said
    assert "8 disputes in 12 months, more than half" not in said
    assert HOSTILE in shown(app, "reason_said")[0]
    assert "http://evil.example)" not in "".join(str(one.value) for one in (*app.markdown, *app.header))
    app = open_page("disputes", as_of=DAY.isoformat(), reason="damage", listed="year")
    assert shown(app, "invoice_id") == [["F5", "F1"]]
    app = open_page("disputes", as_of=DAY.isoformat(), manager="Ann")
    assert shown(app, "invoice_id") == [["F1"]]
    assert "Of all account managers." in words(app)
    assert "could not be shown" not in said


@pytest.mark.slow
def test_the_screen_says_what_faults_cost_and_lists_their_invoices(desk, open_page):
    desk.load(**many(3))
    app = open_page("disputes", as_of=DAY.isoformat(), part="quality")
    assert "Invoices in dispute come 15.5 days later" in words(app)
    assert "+15.5 days, 95% 13.2 to 17.8" in words(app)
    assert "In dispute: 24 invoices of 12 months, €2,400" in words(app)
    app = open_page("disputes", as_of=DAY.isoformat(), part="quality", fault="credited")
    assert "No invoice of 12 months has it" in words(app)


def test_the_screen_opens_an_agency_to_its_cases(desk, open_page):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 10)], collection_cases=CASES)
    app = open_page("disputes", as_of=DAY.isoformat(), part="agencies", agency="South")
    assert shown(app, "case_id") == [["K5", "K4"]]
    assert "South: 2 cases" in words(app)


@pytest.mark.parametrize("part", ["disputes", "quality", "agencies"])
def test_without_disputes_or_cases_the_screen_says_what_to_do(desk, open_page, part):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 10)])
    said = words(open_page("disputes", part=part, as_of=DAY.isoformat()))
    assert "could not be shown" not in said
    assert {
        "disputes": "No dispute is recorded by this day",
        "quality": "0.0% of the invoices were disputed: 0 of 1.",
        "agencies": "No case at a collection agency by this day",
    }[part] in said
