"""Lists of open items: on the day of a list a document is open as it says; numbers worked out by hand."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.importers import Reading, read_file
from data.store import incoming
from data.store.load import load
from data.store.load_report import LoadReport
from data.store.missing import FullLoad
from queries import open_books
from tests.books import Desk
from tests.kpi_ledger import invoice, payment
from tests.open_item_ledger import (
    F1,
    F2,
    FEBRUARY,
    JANUARY,
    K1,
    MARCH,
    is_open,
    listed,
    load_complete,
    load_list,
    require_tied,
    rows,
)

pytestmark = pytest.mark.slow

D = Decimal


@pytest.fixture(autouse=True)
def own_loads(desk: Desk) -> None:
    desk.shares_loads = False


def test_the_first_list_settles_on_its_day_what_was_paid_before_it(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, JANUARY, F1="100.00", F2="150.00")
    # Of F2 50.00 was paid before the list; nobody knows when.
    assert listed(desk) == [("F2", "01-31", D("-50.00"))]
    assert is_open(desk, "2026-01-30") == {"F1": D(100), "F2": D(200)}
    assert is_open(desk, JANUARY) == {"F1": D(100), "F2": D(150)}
    # 300.00 - 50.00
    assert require_tied(desk)["listed"] == D("50.00")


def test_what_a_list_shows_less_of_is_settled_in_part(desk: Desk) -> None:
    desk.load(invoices=[F1])
    load_list(desk, JANUARY, F1="100.00")
    load_list(desk, FEBRUARY, F1="60.00")
    load_list(desk, MARCH, F1="15.00")
    assert listed(desk) == [("F1", "02-28", D("-40.00")), ("F1", "03-31", D("-45.00"))]
    assert is_open(desk, MARCH) == {"F1": D(15)}
    require_tied(desk)


def test_what_is_no_longer_on_a_list_stays_open_and_is_named(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, JANUARY, F1="100.00", F2="200.00")
    report = load_list(desk, FEBRUARY, FullLoad(), F2="200.00")
    assert report.missing.select("kind", "invoice_id", "customer_id", "day", "amount").rows() == [
        ("open_items", "F1", "C1", FEBRUARY, D("100.00"))
    ]
    assert (report.cancelled, listed(desk)) == (0, [])
    assert is_open(desk, FEBRUARY) == {"F1": D(100), "F2": D(200)}
    [odd] = [row for row in desk.ask("findings", as_of=FEBRUARY) if row["finding"] == "missing_from_list"]
    assert (odd["count"], odd["amount"], odd["example"]) == (1, D("100.00"), "F1")


def test_what_is_no_longer_on_a_complete_list_is_settled_on_its_day(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, JANUARY, F1="100.00", F2="200.00")
    before = desk.moment()
    report = load_complete(desk, FEBRUARY, F2="200.00")
    assert report.cancelled == 1
    assert is_open(desk, "2026-02-27") == {"F1": D(100), "F2": D(200)}
    assert is_open(desk, FEBRUARY) == {"F2": D(200)}
    assert is_open(desk, FEBRUARY, known_on=before) == {"F1": D(100), "F2": D(200)}
    assert require_tied(desk)["listed"] == D("100.00")
    # Said once more, nothing is missing.
    assert load_list(desk, FEBRUARY, FullLoad(cancel=0), F2="200.00").snapshot is None
    [tie] = desk.ask("tie_out", as_of=FEBRUARY)
    assert tie["receivables"] == D("200.00")


def test_a_document_that_is_back_on_a_later_list_is_open_again_from_its_day(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, JANUARY, F1="100.00", F2="200.00")
    load_complete(desk, FEBRUARY, F2="200.00")
    load_list(desk, MARCH, F1="70.00", F2="200.00")
    assert listed(desk) == [("F1", "02-28", D("-100.00")), ("F1", "03-31", D("70.00"))]
    assert is_open(desk, "2026-03-30") == {"F2": D(200)}
    assert is_open(desk, MARCH) == {"F1": D(70), "F2": D(200)}
    require_tied(desk)


def test_a_credit_note_on_a_list_is_settled_as_an_invoice_is(desk: Desk) -> None:
    desk.load(invoices=[F1, K1])
    load_list(desk, JANUARY, F1="100.00", K1="-50.00")
    load_list(desk, FEBRUARY, F1="100.00", K1="-20.00")
    load_complete(desk, MARCH, F1="100.00")
    assert listed(desk) == [("K1", "02-28", D("30.00")), ("K1", "03-31", D("20.00"))]
    assert is_open(desk, FEBRUARY) == {"F1": D(100), "K1": D(-20)}
    assert is_open(desk, MARCH) == {"F1": D(100)}
    # Negative: settling a credit note raises the receivables.
    assert require_tied(desk)["listed"] == D("-50.00")


@pytest.mark.parametrize(
    ("paid", "items"),
    [
        # Before the list: it is what the list had seen.
        ("2026-02-10", []),
        ("2026-02-28", []),
        # Booked later than the list was made up: the list had seen it all the same, and it counts once.
        ("2026-03-05", [("F1", "02-28", D("-100.00")), ("F1", "03-05", D("100.00"))]),
    ],
)
def test_a_payment_loaded_afterwards_takes_the_place_of_what_the_list_settled(
    desk: Desk, paid: str, items: list[tuple]
) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, JANUARY, F1="100.00", F2="200.00")
    load_complete(desk, FEBRUARY, F2="200.00")
    before = desk.moment()
    desk.load(payments=[payment("P1", "F1", paid, "100.00")])
    assert listed(desk) == items
    assert is_open(desk, FEBRUARY) == is_open(desk, MARCH) == {"F2": D(200)}
    assert is_open(desk, FEBRUARY, known_on=before) == {"F2": D(200)}
    tie = require_tied(desk)
    assert (tie["received"], tie["listed"], tie["receivables"]) == (D(100), D(0), D(200))


def test_a_payment_in_part_leaves_the_rest_to_the_list(desk: Desk) -> None:
    desk.load(invoices=[F1])
    load_list(desk, JANUARY, F1="100.00")
    load_list(desk, FEBRUARY, F1="25.00")
    desk.load(payments=[payment("P1", "F1", "2026-02-10", "60.00")])
    # 100.00 - 60.00 - 25.00
    assert listed(desk) == [("F1", "02-28", D("-15.00"))]
    # What is paid after the list is paid: it was not in it.
    desk.load(payments=[payment("P2", "F1", "2026-03-10", "25.00")])
    assert listed(desk) == [("F1", "02-28", D("-15.00"))]
    assert is_open(desk, MARCH) == {}
    require_tied(desk)


def test_more_than_a_list_left_open_is_paid_too_much_only_beyond_what_the_list_settled(desk: Desk) -> None:
    desk.load(invoices=[F1])
    load_list(desk, JANUARY, F1="30.00")
    # 120.00 on an invoice of 100.00, of which the list settled 70.00: 20.00 too much, not 90.00.
    desk.load(payments=[payment("P1", "F1", "2026-02-10", "120.00")])
    assert is_open(desk, FEBRUARY) == {"F1": D(-20)}
    assert listed(desk) == [("F1", "01-31", D("-70.00")), ("F1", "02-10", D("70.00"))]


def test_a_payment_that_bounces_after_a_list_opens_the_invoice_again(desk: Desk) -> None:
    desk.load(invoices=[F1], payments=[payment("P1", "F1", "2026-01-20", "60.00")])
    load_complete(desk, JANUARY, F1="40.00")
    load_list(desk, FEBRUARY, F1="0.00")
    assert listed(desk) == [("F1", "02-28", D("-40.00"))]
    desk.load(payments=[payment("R1", "F1", "2026-03-03", "-60.00", kind="reversal")])
    assert is_open(desk, MARCH) == {"F1": D(60)}
    [bounce] = desk.ask("bounces", as_of=MARCH, customer="C1")
    assert (bounce["bounce_date"], bounce["amount"]) == (date(2026, 3, 3), D("60.00"))
    require_tied(desk)


def test_a_corrected_list_of_the_same_day_counts_and_the_answer_of_before_stays(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, JANUARY, F1="100.00", F2="200.00")
    load_list(desk, MARCH, F1="10.00", F2="200.00")
    before = desk.moment()
    # The list of January was wrong about F1, and F2 was not on it.
    report = load_complete(desk, JANUARY, F1="80.00")
    assert report.missing.select("invoice_id", "day", "amount").rows() == [("F2", JANUARY, D("200.00"))]
    assert listed(desk) == [
        ("F1", "01-31", D("-20.00")), ("F1", "03-31", D("-70.00")),
        ("F2", "01-31", D("-200.00")), ("F2", "03-31", D("200.00")),
    ]  # fmt: skip
    assert is_open(desk, JANUARY) == {"F1": D(80)}
    assert is_open(desk, MARCH) == {"F1": D(10), "F2": D(200)}
    assert is_open(desk, JANUARY, known_on=before) == {"F1": D(100), "F2": D(200)}
    require_tied(desk)


def test_lists_loaded_backwards_settle_the_same(desk: Desk, tmp_path: Path) -> None:
    lists = [
        (JANUARY, {"F1": "100.00", "F2": "150.00", "K1": "-50.00"}),
        (FEBRUARY, {"F2": "150.00", "K1": "-50.00"}),
        (MARCH, {"F1": "30.00"}),
    ]
    backwards = Desk(tmp_path / "backwards", shares_loads=False)
    for one, order in ((desk, lists), (backwards, lists[::-1])):
        one.load(invoices=[F1, F2, K1])
        for day, shown in order:
            load_complete(one, day, **shown)
    assert listed(backwards) == listed(desk) == [
        ("F1", "02-28", D("-100.00")), ("F1", "03-31", D("30.00")),
        ("F2", "01-31", D("-50.00")), ("F2", "03-31", D("-150.00")), ("K1", "03-31", D("50.00")),
    ]  # fmt: skip
    backwards.close()


def test_a_list_before_the_date_of_a_document_counts_on_that_date(desk: Desk) -> None:
    desk.load(invoices=[invoice("F9", "2026-02-10", "2026-03-10", "100.00")])
    load_list(desk, JANUARY, F9="70.00")
    assert listed(desk) == [("F9", "02-10", D("-30.00"))]
    assert is_open(desk, FEBRUARY) == {"F9": D(70)}


def read_as_lists(path: Path, preset: object, **more: object) -> Reading:
    """Read `invoices.csv` as a list that shows what is open of its documents and not what they come to."""
    reading = read_file(path, preset, **more)
    if not path.parent.name.startswith("list-"):
        return reading
    documents = reading.grains["invoices"]
    lines = documents.select(
        "invoice_id", "currency", "line", list_date=date.fromisoformat(path.parent.name[-10:]),
        open_amount="amount", entity=pl.lit(None, pl.String), list=pl.lit(None, pl.String),
    )  # fmt: skip
    return replace(
        reading,
        kind="open_items",
        grains={"invoices": documents, "open_items": lines},
        unsaid=(*reading.unsaid, "invoices.amount"),
    )


def load_without_amounts(desk: Desk, day: date, *documents: dict, full: FullLoad | None = None) -> LoadReport:
    folder = desk.home / f"list-{day}"
    desk.file("invoices", documents, folder=folder)
    return load(desk.store, [folder], full=full)


def test_what_a_document_on_a_list_comes_to_may_be_told_by_the_first_list_alone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "read_file", read_as_lists)
    backwards = Desk(tmp_path / "backwards", shares_loads=False)
    for one, order in ((desk, 1), (backwards, -1)):
        for day, amount in [(JANUARY, "100.00"), (FEBRUARY, "130.00"), (MARCH, "40.00")][::order]:
            load_without_amounts(one, day, {**F1, "amount": amount})
        assert one.rows("select amount from invoice_at(null)") == [(D("100.00"),)]
        assert listed(one) == [("F1", "02-28", D("30.00")), ("F1", "03-31", D("-90.00"))]
        assert is_open(one, MARCH) == {"F1": D(40)}
        require_tied(one)
    # As soon as a file says what it comes to, that counts.
    desk.load(source_date=date(2026, 1, 5), invoices=[{**F1, "amount": "160.00"}])
    assert desk.rows("select amount from invoice_at(null)") == [(D("160.00"),)]
    assert is_open(desk, JANUARY) == {"F1": D(100)}
    require_tied(desk)
    backwards.close()


def test_the_documents_that_come_with_a_list_are_not_all_there_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "read_file", read_as_lists)
    desk.load(invoices=[F2])
    load_without_amounts(desk, JANUARY, F1, K1)
    report = load_without_amounts(desk, FEBRUARY, K1, full=FullLoad())
    # F2 was on no list, and F1 is settled by the list, not cancelled.
    assert report.missing.select("kind", "invoice_id").rows() == [("open_items", "F1")]
    # Of the customer the later list knows as much as the first: what an older file says is older.
    assert desk.rows("select distinct source_date from invoice where invoice_id = 'F1'") == [(JANUARY,)]


def test_each_list_speaks_of_its_own_documents(desk: Desk) -> None:
    desk.load(invoices=[F1, F2])
    both = [*rows(JANUARY, {"F1": "100.00"}, list="north"), *rows(JANUARY, {"F2": "200.00"}, entity="South")]
    desk.load(open_items=both)
    folder = desk.folder(open_items=rows(FEBRUARY, {"F7": "1.00"}, list="north"))
    report = load(desk.store, [folder], full=FullLoad())
    assert report.missing["invoice_id"].to_list() == ["F1"]


def test_of_two_lists_of_a_day_the_one_that_shows_more_counts_and_the_other_is_named(desk: Desk) -> None:
    desk.load(invoices=[F1])
    desk.load(open_items=[*rows(JANUARY, {"F1": "70.00"}), *rows(JANUARY, {"F1": "90.00"}, list="other")])
    assert is_open(desk, JANUARY) == {"F1": D(90)}
    codes = {row["finding"]: row["example"] for row in desk.ask("findings", as_of=JANUARY)}
    assert codes["lists_disagree"] == "F1"


def test_a_list_in_another_currency_or_of_an_unknown_document_has_no_effect_and_is_named(desk: Desk) -> None:
    desk.load(invoices=[F1])
    other = [{**row, "currency": "USD"} for row in rows(JANUARY, {"F1": "70.00"})]
    desk.load(open_items=[*other, *rows(JANUARY, {"F8": "5.00"})])
    assert is_open(desk, JANUARY) == {"F1": D(100)}
    codes = {row["finding"]: row["example"] for row in desk.ask("findings", as_of=JANUARY)}
    assert (codes["list_other_currency"], codes["list_without_invoice"]) == ("F1", "F8")


def test_a_store_made_anew_from_raw_answers_the_same(desk: Desk, tmp_path: Path) -> None:
    moments: list[datetime] = []
    desk.load(invoices=[F1, F2, K1])
    for day, names in ((JANUARY, {"F1": "100.00", "F2": "150.00"}), (MARCH, {"F2": "150.00"})):
        load_complete(desk, day, **names)
        moments.append(desk.moment())
    load(tmp_path / "new", [desk.store / "raw"])
    with open_books(tmp_path / "new") as anew:
        for known_on in (None, *moments):
            for day in (JANUARY, FEBRUARY, MARCH):
                when = {"as_of": day, "known_on": known_on}
                assert anew.ask("open_items", **when).to_dicts() == desk.ask("open_items", **when)


def test_the_books_go_as_far_as_the_latest_list(desk: Desk) -> None:
    desk.load(invoices=[F1])
    load_list(desk, MARCH, F1="100.00")
    assert desk.books().default_as_of == MARCH
    [span] = desk.ask("as_of_range")
    assert span["last_date"] == MARCH
    assert {row["kind"]: row["last_date"] for row in desk.ask("sources")}["open_items"] == MARCH
