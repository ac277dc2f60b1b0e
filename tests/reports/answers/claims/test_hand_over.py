"""The hand-over file and the cases at a collection agency, also where names are an attack."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from data.errors import ChangedMeanwhileError
from reports import language
from reports.answers.claims import agency_case_form
from reports.answers.shared import forms
from reports.packs import handover_bytes
from tests.books import Desk
from tests.hand_over_files import DAY, SENDER, content, packed
from tests.markup import HOSTILE_NAMES, Page


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("nl")


def book(name: str = "Halsema", who: str = "C1", documents: str = "") -> dict:
    return {
        "customers": [{
            "customer_id": who, "customer_name": name, "segment": "", "country": "NL",
            "payment_terms_days": 30, "credit_limit": "", "customer_type": "consumer",
        }],
        "invoices": [
            (f"{documents}F1", who, "invoice", "2025-12-31", "2026-01-30", "EUR", "1000.00"),
            (f"{documents}F2", who, "invoice", "2026-03-20", "2026-04-19", "EUR", "50.00"),
        ],
        "payments": [(f"{documents}P1", who, f"{documents}F1", "2026-03-20", "EUR", "400.00")],
        "contacts": [(who, f"{documents}F1", "2026-02-10", "letter", "out", "notice_14_days")],
        "promises": [(f"{documents}F1", "2026-02-15", "2026-03-01", "1000.00")],
        "disputes": [(f"{documents}F1", "2026-03-25", "", name, "100.00")],
        "settings": SENDER,
    }  # fmt: skip


class AttackedBooks:
    """The book once for every hostile name, each of another customer; its claims are asked for once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._claims: dict[str, pl.DataFrame] = {}

    def ask(self, name: str, **values: object) -> pl.DataFrame:
        if not name.startswith("claim"):
            return self._desk.books().ask(name, **values)
        if name not in self._claims:
            self._claims[name] = self._desk.books().ask(name, **{**values, "customer": None})
        return self._claims[name].filter(customer_id=values["customer"])


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AttackedBooks]:
    desk = Desk(tmp_path_factory.mktemp("attacked"))
    books = [book(name, f"C{number}", f"{number}-") for number, name in enumerate(HOSTILE_NAMES)]
    rows = {grain: [row for one in books for row in one[grain]] for grain in books[0]}
    desk.load(**{**rows, "settings": SENDER})
    yield AttackedBooks(desk)
    desk.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_text_on_the_page_and_no_formula_in_a_cell(attacked, name):
    files = packed(attacked, f"C{HOSTILE_NAMES.index(name)}")
    page = Page(files[next(name for name in files if name.endswith(".html"))])
    assert page.tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "table", "thead",
        "tbody", "tfoot", "tr", "th", "td", "pre",
    }  # fmt: skip
    assert page.attributes <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "scope",
    }  # fmt: skip
    assert any(name in part for part in page.text)
    for file, text in files.items():
        if file.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            live = [cell for cell in cells if re.match(r"[=+@＝＋－＠\t\r\n]|-(?![0-9.,]+$)", cell)]
            assert live == []


@pytest.mark.slow
def test_the_same_books_give_the_same_bytes_and_dutch_is_dutch(shared_desk):
    shared_desk.load(**book())
    one, other = (handover_bytes(content(shared_desk.books())) for _ in range(2))
    assert one == other
    language.use("nl")
    files = packed(shared_desk.books())
    text = " ".join(Page(files[next(name for name in files if name.endswith(".html"))]).text)
    assert "Geen juridisch advies" in text
    assert "€\u00a0756,28" in text
    assert ";" in files["vordering.csv"]


def known(desk) -> pl.DataFrame:
    return desk.books().ask("collection_cases", as_of=DAY, customer="C1")


@pytest.mark.slow
def test_a_case_is_opened_told_and_closed(desk):
    desk.load(**book())
    opened = agency_case_form.open_case("C1", known(desk), DAY, " Incasso BV ", "756.28")
    forms.save(desk.store, {agency_case_form.FILE: opened.rows}, desk.moment())
    [case] = known(desk).to_dicts()
    assert (case["agency"], case["status"], case["claimed"]) == ("Incasso BV", "open", Decimal("756.28"))
    told = agency_case_form.update_case(case, "partly_paid", date(2026, 5, 1), "500", "75.00")
    forms.save(desk.store, {agency_case_form.FILE: told.rows}, desk.moment())
    [case] = desk.ask("collection_cases", as_of="2026-05-01")
    assert (case["status"], case["recovered"], case["cost"]) == ("partly_paid", Decimal(500), Decimal(75))
    assert case["claimed"] == Decimal("756.28")
    # On an earlier day it still ran.
    [case] = desk.ask("collection_cases", as_of="2026-04-30")
    assert (case["status"], case["closed_date"]) == ("open", None)
    assert desk.ask("collection_cases", as_of="2026-03-30") == []


@pytest.mark.slow
def test_what_somebody_else_said_of_a_case_meanwhile_is_not_written_over(desk):
    desk.load(**book())
    opened = agency_case_form.open_case("C1", known(desk), DAY, "Incasso BV", "")
    forms.save(desk.store, {agency_case_form.FILE: opened.rows}, desk.moment())
    seen, [case] = desk.moment(), known(desk).to_dicts()
    forms.save(
        desk.store,
        {agency_case_form.FILE: agency_case_form.update_case(case, "open", None, "10", "").rows},
        seen,
    )
    with pytest.raises(ChangedMeanwhileError):
        forms.save(
            desk.store,
            {agency_case_form.FILE: agency_case_form.update_case(case, "open", None, "20", "").rows},
            seen,
        )
    assert known(desk)["recovered"].to_list() == [Decimal(10)]


def test_what_is_wrong_with_a_case_is_said(desk):
    desk.load(**book())
    none = known(desk)
    said = [str(one) for one in agency_case_form.open_case("C1", none, DAY, " ", "-1").problems]
    assert said == ["Collection agency: write who collects", "Claimed: write an amount of 0 or more"]
    opened = agency_case_form.open_case("C1", none, DAY, "A", None)
    forms.save(desk.store, {agency_case_form.FILE: opened.rows}, desk.moment())
    again = agency_case_form.open_case("C1", known(desk), DAY, "B", None)
    assert [one.field for one in again.problems] == ["Handed over on"]
    [case] = known(desk).to_dicts()
    assert [one.field for one in agency_case_form.update_case(case, "paid", None, "", "").problems] == [
        "Closed on"
    ]
    assert [one.field for one in agency_case_form.update_case(case, "open", DAY, "", "").problems] == [
        "Closed on"
    ]
    early = agency_case_form.update_case(case, "paid", date(2026, 3, 1), "x", "")
    assert [one.field for one in early.problems] == ["Closed on", "Recovered"]
