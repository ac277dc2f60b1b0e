"""`payments_out`: what is left of bills, and planned lines on every day they fall on."""

from datetime import date
from pathlib import Path

import pytest

from data.store.load import load
from queries import Books, open_books
from tests import paths
from tests.query_books import D

_BILLS = "bill_id,supplier,bill_date,due_date,currency,amount,paid_date,paid_amount\n"
_ENTRIES = "entry_id,account,currency,entry_date,amount,counterparty,description\n"
_LINES = "line_id,label,category,amount,first_date,repeat,until\n"


def books_of(folder: Path, **files: str) -> Books:
    source = folder / "in"
    source.mkdir()
    for name, text in files.items():
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    report = load(folder / "store", [source])
    assert [file.rejects.rows() for file in report.files if file.rejected] == []
    return open_books(folder / "store")


def left(books: Books, day: str) -> dict[str, D]:
    rows = books.ask("payments_out", as_of=date.fromisoformat(day)).to_dicts()
    return {row["line_id"]: row["amount"] for row in rows if row["source"] == "bill"}


def days_of(books: Books, line: str, day: str, weeks: int = 13) -> list[str]:
    rows = books.ask("payments_out", as_of=date.fromisoformat(day), weeks=weeks).to_dicts()
    return [str(row["pay_date"]) for row in rows if row["line_id"] == line]


@pytest.mark.slow
def test_a_part_paid_bill_and_lines_of_two_and_four_weeks_and_half_a_year(tmp_path: Path):
    folder = paths.CASES / "c19_repeats_and_part_paid_bill" / "in"
    if not folder.exists():
        pytest.skip("the case is not beside the checkout")
    load(tmp_path / "store", [folder])
    with open_books(tmp_path / "store") as books:
        assert left(books, "2026-06-01") == {"K1": 600}
        # On 30 May nothing had left the bank.
        assert left(books, "2026-05-30") == {"K1": 1000}
        assert days_of(books, "L1", "2026-06-01") == ["2026-06-12", "2026-07-10", "2026-08-07"]
        assert days_of(books, "L2", "2026-06-01")[:3] == ["2026-06-12", "2026-06-26", "2026-07-10"]
        assert days_of(books, "L3", "2026-06-01") == ["2026-07-31"]


def test_lines_of_half_a_year_and_of_two_weeks_fall_on_their_days(tmp_path: Path):
    with books_of(
        tmp_path,
        planned_cash=_LINES + "A,Insurance,tax,-600.00,2025-08-31,half-yearly,\n"
        "B,Lease,rent,-50.00,2026-01-02,biweekly,2026-02-01\n",
    ) as books:
        assert days_of(books, "A", "2026-01-01", 40) == ["2026-02-28", "2026-08-31"]
        assert days_of(books, "B", "2026-01-01", 40) == ["2026-01-02", "2026-01-16", "2026-01-30"]


def test_one_bill_takes_the_place_of_one_line_of_two_weeks(tmp_path: Path):
    # Falls due five days after 16 January and nine before the 30th.
    with books_of(
        tmp_path,
        planned_cash=_LINES + "B,Lease BV,rent,-50.00,2026-01-02,biweekly,2026-02-01\n",
        bills=_BILLS + "K1,Lease BV,2025-12-30,2026-01-21,EUR,55.00,,\n",
    ) as books:
        assert days_of(books, "B", "2026-01-01") == ["2026-01-02", "2026-01-30"]


def test_what_a_bill_says_of_its_payment_counts_from_its_day(tmp_path: Path):
    # K1: 400 by 10 May. K2: 250 by no known day, so from the bill on. K3: all of it on 12 May. K4: 0.00 paid.
    with books_of(
        tmp_path,
        bills=_BILLS + "K1,S,2026-05-01,2026-06-15,EUR,1000.00,2026-05-10,400.00\n"
        "K2,S,2026-05-01,2026-06-15,EUR,300.00,,250.00\n"
        "K3,S,2026-05-01,2026-06-15,EUR,70.00,2026-05-12,\nK4,S,2026-05-01,2026-06-15,EUR,20.00,,0.00\n"
        "N1,S,2026-05-01,2026-06-15,EUR,-90.00,2026-05-10,-30.00\n",
    ) as books:
        assert left(books, "2026-05-09") == {"K1": 1000, "K2": 50, "K3": 70, "K4": 20, "N1": -90}
        assert left(books, "2026-05-12") == {"K1": 600, "K2": 50, "K4": 20, "N1": -60}
        # Open 600 + 50 + 20 - 60 of 1,300 billed in the 90 days: 610 / 1,300 x 90.
        assert books.ask("kpi", as_of=date(2026, 5, 12))["dpo"][0] == pytest.approx(610 / 1300 * 90)


def test_an_entry_pays_a_bill_only_if_it_names_supplier_and_bill_and_fits(tmp_path: Path):
    entries = [
        "E1,NL1,EUR,2026-05-02,-100.00,LEVERANCIER B.V.,factuur K1.",   # pays: 900 left
        "E2,NL1,EUR,2026-05-03,-950.00,Leverancier BV,K1",              # more than is left
        "E3,NL1,EUR,2026-05-04,-100.00,Leverancier BV,K10 and XK1",     # other words
        "E4,NL1,EUR,2026-05-05,-100.00,Iemand anders,K1",               # another supplier
        "E5,NL1,USD,2026-05-06,-100.00,Leverancier BV,K1",              # another currency
        "E6,NL1,EUR,2026-04-30,-100.00,Leverancier BV,K1",              # before the bill
        "E7,NL1,EUR,2026-05-07,100.00,Leverancier BV,K1",               # money in
        "E8,NL1,EUR,2026-05-08,-300.00,Leverancier BV,/REMI/K1/rest",   # pays: 600 left
        "E9,NL1,EUR,2026-05-09,-80.00,Leverancier BV,12/3",             # the bill 12/3, not 12
        "EA,NL1,EUR,2026-05-10,-75.00,Leverancier BV,K5 K6",            # the sum of both
        "EB,NL1,EUR,2026-05-11,-20.00,Leverancier BV,k7 + k8",          # in part: the first to fall due
    ]  # fmt: skip
    with books_of(
        tmp_path,
        bank_entries=_ENTRIES + "\n".join(entries) + "\n",
        bills=_BILLS + "K1,Leverancier BV,2026-05-01,2026-06-15,EUR,1000.00,,\n"
        "12,Leverancier BV,2026-05-01,2026-06-15,EUR,80.00,,\n"
        "12/3,Leverancier BV,2026-05-01,2026-06-15,EUR,80.00,,\n"
        "K5,Leverancier BV,2026-05-01,2026-06-15,EUR,50.00,,\n"
        "K6,Leverancier BV,2026-05-01,2026-06-15,EUR,25.00,,\n"
        "K7,Leverancier BV,2026-05-01,2026-06-20,EUR,50.00,,\n"
        "K8,Leverancier BV,2026-05-01,2026-06-15,EUR,25.00,,\n",
    ) as books:
        assert left(books, "2026-05-31") == {"K1": 600, "12": 80, "K7": 50, "K8": 5}


def test_a_payment_that_bill_and_bank_both_know_counts_once(tmp_path: Path):
    # The bill says 400 by 10 May, with the entry of the 9th in it; the entry of the 11th comes on top.
    with books_of(
        tmp_path,
        bank_entries=_ENTRIES + "E1,NL1,EUR,2026-05-09,-400.00,S,K1\nE2,NL1,EUR,2026-05-11,-100.00,S,K1\n"
        "E3,NL1,EUR,2026-05-09,-70.00,S,K2\n",
        bills=_BILLS + "K1,S,2026-05-01,2026-06-15,EUR,1000.00,2026-05-10,400.00\n"
        "K2,S,2026-05-01,2026-06-15,EUR,70.00,2026-05-12,\n",
    ) as books:
        assert left(books, "2026-05-08") == {"K1": 1000, "K2": 70}
        assert left(books, "2026-05-10") == {"K1": 600}
        assert left(books, "2026-05-11") == {"K1": 500}


def test_more_paid_than_billed_and_an_unknown_repetition_are_refused(tmp_path: Path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "bills.csv").write_text(
        _BILLS + "K1,S,2026-05-01,2026-06-15,EUR,10.00,2026-05-10,10.01\n"
        "K2,S,2026-05-01,2026-06-15,EUR,10.00,,-1.00\n"
    )
    (source / "planned_cash.csv").write_text(_LINES + "A,Rent,rent,-1.00,2026-01-01,fortnightly,\n")
    report = load(tmp_path / "store", [source], dry_run=True)
    assert {file.kind: file.rejected for file in report.files} == {"bills": 2, "planned_cash": 1}


def test_what_a_bill_saves_when_it_is_paid_by_a_day_stands_with_it(tmp_path: Path):
    bills = (
        "bill_id,supplier,bill_date,due_date,currency,amount,paid_date,discount_percent,discount_days\n"
        "K1,Supplier,2026-06-01,2026-07-01,EUR,1000.00,,2.5,10\n"
        "K2,Supplier,2026-06-01,2026-07-01,EUR,1000.00,,,\n"
    )
    books = books_of(tmp_path, bills=bills)
    rows = {row["line_id"]: row for row in books.ask("payments_out", as_of="2026-06-05").to_dicts()}
    # 2.5% of 1,000.00 by 11 June; the payment itself stays on the due date.
    assert (rows["K1"]["discount_until"], rows["K1"]["discount_amount"]) == (date(2026, 6, 11), D("25.00"))
    assert rows["K1"]["pay_date"] == date(2026, 7, 1)
    assert rows["K2"]["discount_until"] is None
    later = {row["line_id"]: row for row in books.ask("payments_out", as_of="2026-06-11").to_dicts()}
    assert later["K1"]["discount_until"] is None


def test_a_bill_leaves_whatever_text_of_the_bank_names_it(tmp_path: Path):
    entries = [
        "E1,NL1,EUR,2026-05-02,-100.00,Energie BV,maand mei,F-2026-01,",     # the number is the end-to-end id
        "E2,NL1,EUR,2026-05-03,-200.00,ENERGIE B.V.,maand mei,,F-2026-02",      # or the reference
        "E3,NL1,EUR,2026-05-04,-300.00,,factuur F-2026-03,,",                   # the bank names nobody
        "E4,NL1,EUR,2026-05-05,-400.00,Incasso Services,factuur F-2026-04,,",   # collected by another
        "E5,NL1,EUR,2026-05-06,-499.00,Incasso Services,factuur F-2026-05,,",   # another amount: not
        "E6,NL1,EUR,2026-05-07,-600.00,Energie BV,dank,,",                      # the oldest of two equal ones
        "E7,NL1,EUR,2026-05-08,-650.00,Iemand anders,dank,,",                   # no supplier of ours
    ]  # fmt: skip
    bills = [
        *(f"F-2026-0{n},Energie BV,2026-05-01,2026-06-1{n},EUR,{n}00.00,," for n in range(1, 6)),
        "G1,Energie BV,2026-04-01,2026-06-20,EUR,600.00,,",
        "G2,Energie BV,2026-05-01,2026-06-25,EUR,600.00,,",
        "G3,Energie BV,2026-05-01,2026-06-25,EUR,650.00,,",
    ]  # fmt: skip
    with books_of(
        tmp_path,
        bank_entries=_ENTRIES.strip() + ",end_to_end_id,reference\n" + "\n".join(entries) + "\n",
        bills=_BILLS + "\n".join(bills) + "\n",
    ) as books:
        assert left(books, "2026-05-31") == {"F-2026-05": 500, "G2": 600, "G3": 650}
        assert left(books, "2026-05-06") == {"F-2026-05": 500, "G1": 600, "G2": 600, "G3": 650}


def test_a_planned_payment_that_the_bank_made_early_leaves_and_the_next_one_stays(tmp_path: Path):
    # Rent of 1,000 on the 25th, paid on the 23rd with 1,050; wages by the id of their line; the tax of 500 is
    # not what the same office took for another: 300 is more than a tenth off.
    with books_of(
        tmp_path,
        planned_cash=_LINES + "R,Verhuur BV,rent,-1000.00,2026-04-25,monthly,\n"
        "L-77,Lonen,payroll,-9000.00,2026-05-26,none,\nT,Belastingdienst,tax,-500.00,2026-05-31,none,\n",
        bank_entries=_ENTRIES + "E1,NL1,EUR,2026-05-23,-1050.00,VERHUUR B.V.,huur juni\n"
        "E2,NL1,EUR,2026-05-23,-9321.45,Salarisrun,batch L-77\n"
        "E3,NL1,EUR,2026-05-23,-300.00,Belastingdienst,naheffing\n",
    ) as books:

        def planned(day: str) -> list[str]:
            rows = books.ask("payments_out", as_of=date.fromisoformat(day), weeks=6).to_dicts()
            return [f"{row['line_id']} {row['pay_date']}" for row in rows]

        assert planned("2026-05-22") == ["R 2026-05-25", "L-77 2026-05-26", "T 2026-05-31", "R 2026-06-25"]
        assert planned("2026-05-23") == ["T 2026-05-31", "R 2026-06-25"]
        rows = books.ask("planned_occurrences", as_of=date(2026, 5, 23), weeks=2)
        assert rows.select("line_id", "entry_id").rows() == [("R", "E1"), ("L-77", "E2"), ("T", None)]
