"""Files that are all there is: what they lack is listed, and cancelled if that was agreed."""

import json
from datetime import date
from decimal import Decimal

import pytest

from cli import main
from data.errors import RefusedFileError
from data.store.load import load
from data.store.missing import FullLoad
from queries import open_books
from tests.books import Desk
from tests.kpi_ledger import CUSTOMERS, invoice, payment

_DAY = date(2026, 6, 30)
INVOICES = [
    invoice("A", "2026-05-01", "2026-05-31", "100.00", entity="NL"),
    invoice("B", "2026-05-02", "2026-06-01", "200.00", entity="NL"),
    invoice("C", "2026-05-03", "2026-06-02", "400.00", entity="NL"),
    invoice("LATER", "2026-07-01", "2026-07-31", "800.00", entity="NL"),
]
PAYMENTS = [
    payment("P1", "A", "2026-05-20", "30.00"),
    payment("P2", "B", "2026-05-21", "50.00"),
    payment("P3", None, "2026-05-22", "7.00"),
]


@pytest.fixture
def books(desk: Desk) -> Desk:
    """A 100 with 30 paid, B 200 with 50 paid, C 400, 7 on account, and an invoice of a day after."""
    desk.load(source_date=date(2026, 6, 1), customers=CUSTOMERS, invoices=INVOICES, payments=PAYMENTS)
    desk.shares_loads = False
    return desk


def all_there_is(desk: Desk, full: FullLoad, *, without: tuple[str, ...] = ("B", "P2", "P3"), **more: object):
    folder = desk.folder(
        customers=CUSTOMERS,
        invoices=[row for row in INVOICES[:3] if row["invoice_id"] not in without],
        payments=[row for row in PAYMENTS if row["payment_id"] not in without],
    )
    return load(desk.store, [folder], source_date=_DAY, full=full, **more)


def total(desk: Desk, **when: object) -> Decimal:
    return sum((row["total"] for row in desk.ask("ageing", **when)), Decimal(0))


@pytest.mark.slow
def test_what_is_missing_is_listed_and_stays(books: Desk):
    report = all_there_is(books, FullLoad())
    rows = report.missing.select("kind", "invoice_id", "payment_id", "amount").rows()
    assert rows == [
        ("invoices", "B", None, Decimal("200.00")),
        ("payments", "B", "P2", Decimal("50.00")),
        ("payments", None, "P3", Decimal("7.00")),
    ]
    assert report.cancelled == 0
    # 100 - 30 + 200 - 50 + 400 - 7
    assert total(books, as_of=_DAY) == 613


@pytest.mark.slow
def test_the_number_listed_cancels_documents_from_the_day_and_takes_payments_back(books: Desk):
    before = books.moment()
    report = all_there_is(books, FullLoad(cancel=3))
    assert report.cancelled == 3
    # 100 - 30 + 400: B is cancelled on 30 June, P2 and P3 never were.
    assert total(books, as_of=_DAY) == 470
    assert total(books, as_of="2026-06-29") == 670
    assert total(books, as_of=_DAY, known_on=before) == 613
    [row] = books.rows("select cancelled_date, entity from invoice_at(null) where invoice_id = 'B'")
    assert row == (_DAY, "NL")
    # The invoice of 1 July is not in a file of 30 June.
    assert total(books, as_of="2026-07-01") == 1270
    # Said again, nothing is missing any more.
    assert all_there_is(books, FullLoad(cancel=0)).missing.is_empty()


@pytest.mark.slow
def test_files_that_are_in_the_books_already_still_tell_what_is_missing(books: Desk):
    all_there_is(books, FullLoad())
    report = all_there_is(books, FullLoad(cancel=3))
    assert report.cancelled == 3
    assert report.snapshot is not None
    assert total(books, as_of=_DAY) == 470


def test_another_number_is_refused_and_nothing_is_published(books: Desk):
    moment = books.moment()
    with pytest.raises(RefusedFileError, match="you agreed to cancel 2, and 3 are missing now"):
        all_there_is(books, FullLoad(cancel=2))
    assert books.moment() == moment


def test_a_dry_run_lists_and_changes_nothing(books: Desk):
    moment = books.moment()
    assert all_there_is(books, FullLoad(cancel=3), dry_run=True).missing.height == 3
    assert books.moment() == moment


@pytest.mark.slow
def test_a_store_made_anew_from_raw_answers_the_same(books: Desk, tmp_path):
    before = books.moment()
    all_there_is(books, FullLoad(cancel=3))
    load(tmp_path / "new", [books.store / "raw"])
    with open_books(tmp_path / "new") as anew:
        for when in ({"as_of": _DAY}, {"as_of": date(2026, 6, 29)}, {"as_of": _DAY, "known_on": before}):
            assert anew.ask("ageing", **when).rows() == books.books().ask("ageing", **when).rows(), when
        assert anew.ask("batches").select("kind", "accepted").rows() == [
            (row["kind"], row["accepted"]) for row in books.ask("batches")
        ]


def test_refused_rows_hide_what_is_there_so_that_nothing_is_cancelled(books: Desk):
    folder = books.folder(
        customers=CUSTOMERS,
        invoices=[INVOICES[0], INVOICES[2], invoice("B", "2026-05-02", "2026-06-01", "no number")],
    )
    with pytest.raises(RefusedFileError, match="1 rows of the files were refused"):
        load(books.store, [folder], source_date=_DAY, full=FullLoad(cancel=1))


def test_a_kind_that_the_files_do_not_hold_is_not_missing(books: Desk):
    folder = books.folder(invoices=INVOICES[:2])
    rows = load(books.store, [folder], source_date=_DAY, full=FullLoad()).missing
    assert rows.select("kind", "invoice_id").rows() == [("invoices", "C")]


@pytest.mark.slow
def test_what_a_later_file_said_is_not_missing_from_an_earlier_one(books: Desk):
    books.load(source_date=date(2026, 7, 2), invoices=[INVOICES[1]])
    assert all_there_is(books, FullLoad(), without=("B",)).missing.is_empty()


@pytest.mark.slow
def test_an_unattended_run_cancels_up_to_a_twentieth_of_a_kind(desk: Desk):
    desk.shares_loads = False
    rows = [invoice(f"F{n:02}", "2026-05-01", "2026-05-31", "10.00") for n in range(40)]
    desk.load(source_date=date(2026, 6, 1), customers=CUSTOMERS, invoices=rows)
    # 3 of 40 is 7.5%, 2 of 40 is 5%.
    much = load(
        desk.store, [desk.folder(invoices=rows[3:])], source_date=_DAY, full=FullLoad(is_unattended=True)
    )
    assert much.cancelled == 0
    assert "of the 40 rows of invoices.csv in the books 3 are missing" in str(much.not_cancelled)
    assert total(desk, as_of=_DAY) == 400
    few = load(
        desk.store, [desk.folder(invoices=rows[2:])], source_date=_DAY, full=FullLoad(is_unattended=True)
    )
    assert (few.cancelled, few.not_cancelled) == (2, None)
    assert total(desk, as_of=_DAY) == 380


@pytest.mark.slow
def test_the_command_line_lists_refuses_and_cancels(books: Desk, capsys: pytest.CaptureFixture[str]):
    folder = str(books.folder(invoices=[INVOICES[0], INVOICES[2]]))
    words = ("load", folder, "--store", str(books.store), "--source-date", "2026-06-30", "--lang", "en")
    assert main((*words, "--cancel-missing", "1")) == 2
    assert "--cancel-missing needs --full" in capsys.readouterr().err
    assert main((*words, "--full", "--format", "json")) == 0
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert [(row["invoice_id"], row["amount"]) for row in answer["missing"]] == [("B", "200.00")]
    assert [file["kind"] for file in answer["files"]] == ["invoices"]
    assert "1 document and 0 payments, together 1." in err
    assert main((*words, "--full", "--cancel-missing", "2")) == 1
    assert "you agreed to cancel 2, and 1 are missing now" in capsys.readouterr().err
    assert main((*words, "--full", "--cancel-missing", "auto")) == 0
    assert "which is more than 5%" in capsys.readouterr().err
    assert main((*words, "--full", "--cancel-missing", "1")) == 0
    assert "1 missing row was cancelled." in capsys.readouterr().err
    assert books.rows("select cancelled_date from invoice_at(null) where invoice_id = 'B'") == [(_DAY,)]
