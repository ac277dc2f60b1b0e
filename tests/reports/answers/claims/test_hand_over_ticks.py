"""Which invoices are handed over, and that nothing of another is in the file; its PDF and its refusals.

F1 is 60 days late and was demanded, F2 is one day late, F3 fourteen: interest of 10% agreed by contract.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pdfplumber
import polars as pl
import pytest

from reports import language
from reports.answers.claims import hand_over
from reports.answers.claims import text as claims_text
from reports.answers.settings.outgoing import OutgoingRefusedError
from reports.packs import pdf_bytes
from tests.books import Desk
from tests.hand_over_files import DAY, SENDER, content, packed, paper

NAME = '#panic("x") $y$ *vet* _k_ @a <b> \\ "]'
LONG = "F" * 60


def invoice(number: str, who: str, due: str, amount: str, entity: str = "") -> dict:
    return {
        "invoice_id": number, "customer_id": who, "invoice_type": "invoice", "due_date": due,
        "invoice_date": date.fromisoformat(due) - timedelta(days=30), "currency": "EUR", "amount": amount,
        "entity": entity,
    }  # fmt: skip


def customer(number: str, name: str) -> dict:
    return {
        "customer_id": number, "customer_name": name, "segment": "", "country": "NL", "language": "en",
        "payment_terms_days": 30, "credit_limit": "", "customer_type": "business",
        "contract_interest_percent": "10", "contract_interest_kind": "fixed",
        "street": "Dam 1", "postcode": "1012 JS", "city": "Amsterdam", "phone": "020-9",
        "contact_name": "J. de Wit",
    }  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> Iterator:
    language.use("en")
    desk = Desk(tmp_path_factory.mktemp("ticks"))
    desk.load(
        customers=[customer("C1", NAME), customer("C2", "Two")],
        invoices=[
            invoice("F1", "C1", "2026-01-30", "1000.00"), invoice("F2", "C1", "2026-03-30", "500.00"),
            invoice("F3", "C1", "2026-03-17", "200.00"), invoice(LONG, "C2", "2026-01-30", "100.00", "North"),
            invoice("G2", "C2", "2026-01-30", "100.00", "South"),
        ],
        contacts=[
            ("C1", "F1", "2026-02-03", "e-mail", "out", "friendly_reminder"),
            ("C1", "F1", "2026-02-14", "e-mail", "out", "formal_reminder"),
            ("C1", "F1", "2026-02-23", "letter", "out", "final_demand"),
            ("C1", "F3", "2026-03-20", "e-mail", "out", "friendly_reminder"),
            ("C1", "", "2026-03-10", "phone", "out", "call"),
            ("C1", "", "2023-05-01", "phone", "out", "question"),
        ],
        settings=[*SENDER, ("company_kvk@South", "87654321")],
    )  # fmt: skip
    yield desk.books()
    desk.close()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("nl")


def claims(books, who: str = "C1") -> pl.DataFrame:
    return books.ask("claims", as_of=DAY, customer=who)


def at_the_step(books, who: str = "C1") -> list[str]:
    items = books.ask("worklist_items", as_of=DAY, customer=who)
    return hand_over.at_the_step(items, claims(books, who))


@pytest.mark.slow
def test_what_is_up_to_the_hand_over_is_ticked_and_what_is_a_day_late_is_not(books):
    assert claims(books)["invoice_id"].to_list() == ["F1", "F2", "F3"]
    assert at_the_step(books) == ["F1"]
    assert at_the_step(books, "C2") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        # 1,000 x 10% x 60 / 365 = 16.44; 15% of 1,000.
        (["F1"], ("1000.00", "16.44", "150.00", "1166.44")),
        # 500 x 10% x 1 / 365 = 0.14, 75.00; 200 x 10% x 14 / 365 = 0.77, 30.00 is below the least, 40.00.
        (["F2", "F3"], ("700.00", "0.91", "115.00", "815.91")),
    ],
)
def test_interest_and_costs_are_those_of_what_is_ticked(books, ticked, expected):
    file = content(books, invoices=ticked)
    (claim, *_others) = file.tables
    assert tuple(str(claim.rows[name].sum()) for name in claim.sums) == expected
    total = f"€{Decimal(expected[3]):,.2f} can be claimed"
    assert file.finding.startswith(total)


@pytest.mark.slow
def test_nothing_of_an_invoice_that_is_not_ticked_is_in_the_file(books):
    files = packed(books, invoices=["F1"])
    assert not any("F2" in text or "F3" in text for text in files.values())
    contacts = list(csv.DictReader(io.StringIO(files["contacts.csv"])))
    # Three letters about F1 and the call about no invoice; the one of 2023 was before F1 was issued.
    assert [row["Contact"] for row in contacts] == ["2026-02-03", "2026-02-14", "2026-02-23", "2026-03-10"]
    assert [annex.heading for annex in content(books, invoices=["F1"]).annexes] == [
        "Friendly reminder of 3 Feb 2026", "Formal reminder of 14 Feb 2026", "Final demand of 23 Feb 2026",
    ]  # fmt: skip
    assert len(content(books, invoices=["F2"]).annexes) == 0


@pytest.mark.slow
def test_the_pdf_names_both_parties_and_has_the_letters_as_annexes(books):
    first, *others = paper(content(books, invoices=["F1"]))
    for words in (
        "Wij BV", "Kade 1, 3511 AB Utrecht", "12345678", "NL91 ABNA 0417 1643 00", "Dam 1, 1012 JS Amsterdam",
        "J. de Wit", "€1,166.44 can be claimed: €1,000.00 principal, €16.44 interest, €150.00 collection",
        "31 Jan 2026", "15% of the first €2,500", "Page 1 of",
    ):  # fmt: skip
        assert words in first + others[0], words
    annexes = [page for page in others if "Annex " in page]
    assert [page[page.index("Annex") :].split("\n")[0] for page in annexes] == [
        "Annex 1: Friendly reminder of 3 Feb 2026", "Annex 2: Formal reminder of 14 Feb 2026",
        "Annex 3: Final demand of 23 Feb 2026",
    ]  # fmt: skip
    # On its own day: due 30 January, four days late on the third.
    assert "Date: 3 Feb 2026" in annexes[0]
    assert "F1 of 31 Dec 2025, due 30 Jan 2026: €1,000.00 (4 days late)" in annexes[0]
    assert "notice of default" in annexes[2]


@pytest.mark.slow
def test_a_name_is_no_markup_in_the_pdf_and_a_long_number_stays_within_its_column(books):
    assert NAME in paper(content(books, invoices=["F1"]))[0].replace("\n", " ")
    with pdfplumber.open(io.BytesIO(pdf_bytes(content(books, "C2", [LONG])))) as pdf:
        for page in pdf.pages:
            assert max(sign["x1"] for sign in page.chars) <= float(page.width) - 50
        table = pdf.pages[0].extract_text()
    assert LONG not in table  # it goes on in the next line of its cell


@pytest.mark.slow
def test_the_same_file_is_the_same_bytes(books):
    file = content(books, invoices=["F1"])
    assert pdf_bytes(file) == pdf_bytes(file)


@pytest.mark.slow
def test_in_dutch_the_files_have_dutch_names(books):
    language.use("nl")
    assert {"overdracht-C1-2026-03-31.html", "vordering.csv", "rente.csv"} <= set(packed(books))
    assert "Bijlage 1: Vriendelijke herinnering van 03-02-2026" in "".join(paper(content(books)))


@pytest.mark.slow
def test_figures_of_seven_days_ago_make_a_file_and_of_eight_none(books):
    assert content(books, invoices=["F1"], written_on=DAY + timedelta(days=7)).annexes
    with pytest.raises(OutgoingRefusedError, match="figures are of 31 Mar 2026, more than 7 days ago"):
        content(books, invoices=["F1"], written_on=DAY + timedelta(days=8))


@pytest.mark.slow
def test_no_file_of_nothing_or_of_two_creditors(books):
    with pytest.raises(OutgoingRefusedError, match="No invoice is ticked"):
        content(books, invoices=[])
    with pytest.raises(OutgoingRefusedError, match=r"several administrations \(North, South\)"):
        content(books, "C2", [LONG, "G2"])
    south = content(books, "C2", ["G2"])
    assert ("Chamber of commerce number", "87654321") in south.parties[0][1]


@pytest.mark.slow
def test_a_creditor_without_address_and_register_makes_no_file(desk):
    known = [row for row in SENDER if row[0] not in {"company_kvk", "company_city"}]
    desk.load(
        customers=[customer("C1", "One")], invoices=[invoice("F1", "C1", "2026-01-30", "1000.00")],
        settings=known,
    )  # fmt: skip
    lacks = "The sender is not complete yet: street, postcode and city, chamber of commerce number missing."
    with pytest.raises(OutgoingRefusedError, match=lacks):
        content(desk.books(), invoices=["F1"])


def test_the_claim_says_what_is_due_at_which_step(books):
    rows = claims(books)
    # F1 is up to it: 1,166.44. F2 and F3: 700.00 and 0.14 + 0.77; their costs of 115.00 are to come.
    finding = claims_text.claim(rows, "EUR", DAY, ["F1"])
    assert finding.title == (
        "1 invoice is up to the hand-over, for €1,166.44: €1,000.00 principal, €16.44 interest, €150.00 "
        "collection costs"
    )
    assert "2 other overdue invoices are at an earlier step: €700.00 and €0.91 interest." in finding.method
    assert "Collection costs of €115.00 come with the hand-over" in finding.method
    early = claims_text.claim(rows.filter(invoice_id="F2"), "EUR", DAY, ["F1"])
    assert early.title == (
        "€500.00 is overdue and €0.14 interest runs on it; nothing is up to the hand-over yet"
    )
    assert "claimed" not in early.title
