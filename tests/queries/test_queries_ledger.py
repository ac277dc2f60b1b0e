"""What is open, who owes it, what happened, and whether it adds up: the queries on the ledger."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import QueryError
from data.importers import load_preset
from data.store.load import load
from queries import Books, open_books
from tests.paths import IBM
from tests.properties import makes_stores

BUCKETS = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]
D = Decimal
END = date(2026, 6, 30)  # a Tuesday

HEADERS = {
    "customers": "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,account_manager",
    "invoices": "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount,po_number,entity,"
    "original_invoice_id,cancelled_date",
    "payments": "payment_id,customer_id,invoice_id,payment_date,currency,amount,kind,entity",
    "instalments": "invoice_id,due_date,amount",
    "disputes": "invoice_id,opened_date,closed_date,reason,amount",
    "promises": "invoice_id,made_date,promised_date,amount",
    "contacts": "customer_id,invoice_id,contact_date,channel,direction,kind",
    "bank_balances": "account,currency,balance_date,balance",
    "ledger_balances": "balance_date,entity,currency,balance",
    "bills": "bill_id,supplier,bill_date,due_date,currency,amount,paid_date",
    "fx_rates": "rate_date,currency,rate",
}
COMPANY = {
    "customers": [
        "C1,Café Zoë,retail,NL,30,500.00,Ann", "C2,50% Off_BV,food,NL,30,,Bob",
        "C3,Quiet,food,NL,30,,",
    ],
    "invoices": [
        "A1,C1,invoice,2026-03-01,2026-03-31,EUR,100.00,PO7,NL,,",  # 91 days late
        "A2,C1,invoice,2026-05-01,2026-05-31,EUR,200.00,,NL,,",  # 30 days late, 50 paid, disputed
        "A3,C1,invoice,2026-06-20,2026-06-30,EUR,300.00,,NL,,",  # due on the day
        "A4,C1,credit_note,2026-06-10,2026-06-10,EUR,-40.00,,NL,A1,",
        "B1,C2,invoice,2026-04-01,2026-05-01,EUR,400.00,,BE,,",  # overpaid by 25
        "B2,C2,invoice,2026-04-10,2026-05-10,EUR,80.00,,BE,,2026-06-15",  # cancelled, 30 was paid
        "B3,C2,invoice,2026-05-20,2026-06-19,EUR,500.00,,BE,,",  # promise broken
        "B4,C2,invoice,2026-05-21,2026-06-20,EUR,600.00,,BE,,",  # reminded
        "B5,C2,invoice,2026-05-22,2026-06-21,EUR,700.00,,BE,,",  # promised
        "B6,C2,invoice,2026-07-05,2026-08-04,EUR,900.00,,BE,,",  # of a later day
    ],
    "payments": [
        "P1,C1,A2,2026-06-05,EUR,50.00,,",
        "P2,C2,B1,2026-05-01,EUR,425.00,,",
        "P3,C2,B2,2026-05-12,EUR,30.00,,",
        "P4,C2,,2026-06-25,EUR,60.00,,BE",
        "P5,C2,B6,2026-06-26,EUR,10.00,,",  # before its invoice: on account
        "P6,C1,A1,2026-07-02,EUR,100.00,,",  # of a later day
    ],
    "disputes": ["A2,2026-06-08,,price,200.00", "A1,2026-04-01,2026-05-01,damage,20.00"],
    "promises": [
        "B3,2026-06-20,2026-06-25,500.00",
        "B5,2026-06-25,2026-07-01,700.00",
        "B1,2026-04-20,2026-05-02,400.00",
    ],
    "contacts": [
        "C2,B4,2026-06-25,e-mail,out,friendly_reminder", "C2,B5,2026-06-10,e-mail,out,pre_due_reminder",
    ],
    "bank_balances": ["NL1,EUR,2026-06-16,1000.00", "NL1,EUR,2026-06-29,1500.00", "NL2,EUR,2026-06-20,70.00"],
    "ledger_balances": ["2026-06-24,NL,EUR,510.00"],
}  # fmt: skip


def _books(folder: Path, files: Mapping[str, Iterable[str]]) -> Books:
    source = folder / "in"
    source.mkdir(exist_ok=True)
    for name, rows in files.items():
        text = "\n".join([HEADERS[name], *rows]) + "\n"
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    report = load(folder / "store", [source])
    assert [file.rejects.rows() for file in report.files if file.rejected] == []
    return open_books(folder / "store")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return _books(tmp_path_factory.mktemp("company"), COMPANY)


@pytest.fixture(scope="module")
def ibm(tmp_path_factory: pytest.TempPathFactory) -> Books:
    if not IBM.exists():
        pytest.skip("the IBM sample is not at ../shared/samples/ibm")
    folder = tmp_path_factory.mktemp("ibm")
    load(folder, [IBM], preset=load_preset("ibm"))
    return open_books(folder)


def _row(frame: pl.DataFrame, **values: object) -> dict[str, object]:
    return frame.row(by_predicate=pl.all_horizontal(pl.col(k) == v for k, v in values.items()), named=True)


def test_every_bucket_has_a_row_with_its_days_its_documents_and_the_change_of_a_week(company: Books) -> None:
    rows = company.ask("ageing_buckets", as_of=END)
    assert rows.select("bucket", "position", "days_from", "days_to", "open_amount", "invoices").rows() == [
        ("not_due", 0, None, 0, D("300.00"), 1),
        # A2 150, A4 -40, B3 500, B4 600, B5 700
        ("d1_30", 1, 1, 30, D("1910.00"), 5),
        # B1 -25 is 60 days late, B2 -30 51 days
        ("d31_60", 2, 31, 60, D("-55.00"), 2),
        ("d61_90", 3, 61, 90, D("0.00"), 0),
        ("d90_plus", 4, 91, None, D("100.00"), 1),
        ("unapplied", -1, None, None, D("-70.00"), None),
    ]
    # On the 23rd: the same documents not due and 1-30; A1 84 days late, nothing on account yet.
    assert rows["change_7d"].to_list() == [
        D(n) for n in ("0.00", "0.00", "0.00", "-100.00", "100.00", "-70.00")
    ]
    assert rows["customers"].to_list() == [1, 2, 1, 0, 1, 1]
    assert rows["share"].to_list()[:2] == pytest.approx([300 / 2255, 1910 / 2255])
    assert rows["share"].to_list()[5] is None


def test_other_limits_give_other_buckets(company: Books) -> None:
    rows = company.ask("ageing_buckets", as_of=END, limits=[10, 90])
    assert rows.select("bucket", "open_amount").rows() == [
        ("not_due", D("300.00")),
        ("b1", D("1300.00")),  # B4 is 10 days late, B5 9
        ("b2", D("555.00")),  # A2 150, A4 -40, B1 -25, B2 -30, B3 500
        ("b3", D("100.00")),
        ("unapplied", D("-70.00")),
    ]


def test_segments_come_with_the_largest_overdue_share_first(company: Books) -> None:
    assert company.ask("ageing_segments", as_of=END).rows() == [
        ("food", 1, D("1745.00"), D("1745.00"), 1.0),
        ("retail", 1, D("510.00"), D("210.00"), pytest.approx(210 / 510)),
    ]


def test_open_items_show_what_is_open_and_the_first_state_that_holds(company: Books) -> None:
    rows = company.ask("open_items", as_of=END)
    assert rows.select("invoice_id", "days_overdue", "amount", "open_amount", "bucket", "state").rows() == [
        ("B5", 9, D("700.00"), D("700.00"), "d1_30", "promised"),
        ("B4", 10, D("600.00"), D("600.00"), "d1_30", "reminded"),
        ("B3", 11, D("500.00"), D("500.00"), "d1_30", "promise_broken"),
        ("A3", 0, D("300.00"), D("300.00"), "not_due", ""),
        ("A2", 30, D("200.00"), D("150.00"), "d1_30", "disputed"),
        ("A1", 91, D("100.00"), D("100.00"), "d90_plus", ""),
        ("B1", 60, D("400.00"), D("-25.00"), "d31_60", "overpaid"),
        ("B2", 51, D("80.00"), D("-30.00"), "d31_60", "cancelled"),
        ("A4", 20, D("-40.00"), D("-40.00"), "d1_30", "credit_note"),
    ]
    assert _row(rows, invoice_id="A1")["po_number"] == "PO7"


def test_an_open_item_is_what_it_was_on_an_earlier_day(company: Books) -> None:
    rows = company.ask("open_items", as_of=date(2026, 6, 6), customer="C1")
    assert rows.select("invoice_id", "days_overdue", "open_amount", "state").rows() == [
        ("A2", 6, D("150.00"), "part_paid"),
        ("A1", 67, D("100.00"), ""),
    ]


def test_a_bucket_leads_to_its_own_documents(company: Books) -> None:
    picked = company.ask("open_items", as_of=END, bucket="d31_60")["invoice_id"].to_list()
    assert picked == ["B1", "B2"]
    late = company.ask("open_items", as_of=END, bucket="overdue")["open_amount"].sum()
    assert late == D("1955.00")
    assert company.ask("open_items", as_of=END, bucket="b3", limits=[10, 90])["invoice_id"].to_list() == [
        "A1"
    ]


def test_open_items_of_several_customers_are_asked_at_once(company: Books) -> None:
    both = company.ask("open_items", as_of=END, customers=["C1", "C2"])
    apart = [company.ask("open_items", as_of=END, customer=one).height for one in ("C1", "C2")]
    assert set(both["customer_id"]) == {"C1", "C2"}
    assert both.height == sum(apart) > 0
    assert company.ask("open_items", as_of=END, customers="C2").height == apart[1]
    assert company.ask("open_items", as_of=END, customers='["C1", "C2"]').rows() == both.rows()


def test_a_customer_with_a_comma_in_its_number_is_named_in_a_json_array(tmp_path: Path) -> None:
    books = _books(tmp_path, {"invoices": ['A1,"C,1",invoice,2026-06-01,,EUR,5.00,,,,']})
    assert books.ask("open_items", as_of=END, customers='["C,1"]')["invoice_id"].to_list() == ["A1"]
    assert books.ask("open_items", as_of=END, customers="C,1").is_empty()


@pytest.mark.parametrize("text", ['["C1"', '["C1", 2]', "[C1]", '[["C1"]]'])
def test_an_array_that_is_none_of_texts_is_refused_with_the_form(company: Books, text: str) -> None:
    with pytest.raises(QueryError, match=r'write C1,C2 or a JSON array such as \["C,1","C2"\]'):
        company.ask("open_items", as_of=END, customers=text)


@pytest.mark.parametrize(
    ("bucket", "limits", "names"),
    [
        ("zzz", [30, 60, 90], "overdue, not_due, d1_30, d31_60, d61_90, d90_plus"),
        ("b1", [30, 60, 90], "overdue, not_due, d1_30, d31_60, d61_90, d90_plus"),
        ("d1_30", [10, 20], "overdue, not_due, b1, b2, b3"),
        ("", [10], "overdue, not_due, b1, b2"),
    ],
)
def test_a_bucket_the_limits_do_not_make_is_refused_with_those_they_do(
    company: Books, bucket: str, limits: list[int], names: str
) -> None:
    with pytest.raises(QueryError, match=rf"bucket is '{bucket}'; it is one of {names}\.$"):
        company.ask("open_items", as_of=END, bucket=bucket, limits=limits)


@pytest.mark.parametrize("code", ["usd", "euro", "€", "", "null", "EUR "])
def test_a_currency_that_is_no_code_is_refused_and_one_without_documents_is_empty(
    company: Books, code: str
) -> None:
    with pytest.raises(QueryError, match=r"write an ISO 4217 code such as EUR"):
        company.ask("ageing", as_of=END, currency=code)
    assert company.ask("ageing", as_of=END, currency="CHF").is_empty()


def test_customers_are_found_without_case_accents_or_wildcards(company: Books) -> None:
    def found(text: str | None) -> list[str]:
        return company.ask("customers", as_of=END, search=text)["customer_id"].to_list()

    assert found("CAFE ZOE") == ["C1"]
    assert found("é") == ["C1", "C3"]  # Café and Quiet
    assert found("0% off_") == ["C2"]
    assert found("%") == ["C2"]
    assert found("c_") == []
    assert found("c3") == ["C3"]
    assert found("' or 1=1 --") == []
    assert found(None) == ["C2", "C1", "C3"]


def test_a_customer_in_the_list_shows_what_it_owes_and_when_it_last_paid(company: Books) -> None:
    rows = company.ask("customers", as_of=END, limit=2)
    figures = ["customer_id", "open_amount", "overdue_amount", "oldest_days_overdue", "open_invoices"]
    assert rows.select(*figures, "last_payment_date", "account_manager").rows() == [
        ("C2", D("1745.00"), D("1745.00"), 11, 5, date(2026, 6, 26), "Bob"),
        ("C1", D("510.00"), D("210.00"), 91, 4, date(2026, 6, 5), "Ann"),
    ]


def test_one_customer_is_one_row_with_its_own_figures(company: Books) -> None:
    row = company.ask("customer", as_of=END, customer="C1").row(0, named=True)
    expected = {
        "customer_name": "Café Zoë", "credit_limit": D("500.00"), "open_amount": D("510.00"),
        "overdue_amount": D("210.00"), "unapplied": D("0.00"), "open_invoices": 4,
        "days_to_pay": 35.0, "days_late": 5.0, "first_invoice_date": date(2026, 3, 1),
        "last_invoice_date": date(2026, 6, 20), "last_payment_date": date(2026, 6, 5),
        "disputed_amount": D("200.00"), "billings_365": D("560.00"),
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    # P2: 425 after 30 days, on the day; P3: 30 after 32 days, 2 late.
    other = company.ask("customer", as_of=END, customer="C2").row(0, named=True)
    assert other["days_to_pay"] == pytest.approx((425 * 30 + 30 * 32) / 455)
    assert other["days_late"] == pytest.approx(60 / 455)
    assert other["unapplied"] == D("-70.00")
    assert other["billings_365"] == D("2200.00")  # the cancelled 80 is taken off again
    assert company.ask("customer", as_of=END, customer="nobody").is_empty()


def test_the_running_balance_of_a_customer_ends_at_its_total(company: Books) -> None:
    rows = company.ask("customer_ledger", as_of=date(2026, 7, 6), customer="C2").tail(5)
    assert rows.select("document_id", "payment_id", "kind", "due_date", "amount", "balance").rows() == [
        (None, "P4", "payment", None, D("-60.00"), D("1685.00")),
        ("B6", "P5", "payment", None, D("-10.00"), D("1675.00")),
        ("B6", None, "invoice", date(2026, 8, 4), D("900.00"), D("2575.00")),
        # On its invoice date the money leaves the account for the document.
        ("B6", "P5", "payment", None, D("10.00"), D("2585.00")),
        ("B6", "P5", "payment", date(2026, 8, 4), D("-10.00"), D("2575.00")),
    ]
    total = company.ask("ageing", as_of=date(2026, 7, 6), customer="C2")["total"].item()
    assert total == D("2575.00")


def test_each_payment_shows_how_late_it_came(company: Books) -> None:
    rows = company.ask("payment_behaviour", as_of=END, customer="C2")
    assert rows.select("invoice_id", "payment_date", "days_late", "days_to_pay", "amount").rows() == [
        ("B1", date(2026, 5, 1), 0, 30, D("425.00")),
        ("B2", date(2026, 5, 12), 2, 32, D("30.00")),
    ]
    assert company.ask("payment_behaviour", as_of=date(2028, 5, 1), customer="C2")[
        "invoice_id"
    ].to_list() == [
        "B2",
        "B6",
    ]


def test_the_timeline_tells_what_happened_newest_first(company: Books) -> None:
    rows = company.ask("timeline", as_of=END, customer="C1")
    assert rows.rows() == [
        (END, "due", "A3", None, D("300.00")),
        (date(2026, 6, 20), "invoice", "A3", None, D("300.00")),
        (date(2026, 6, 10), "credit", "A4", "credit_note", D("40.00")),
        (date(2026, 6, 8), "dispute_opened", "A2", "price", D("200.00")),
        (date(2026, 6, 5), "payment", "A2", "P1", D("50.00")),
        (date(2026, 5, 31), "due", "A2", None, D("200.00")),
        (date(2026, 5, 1), "dispute_closed", "A1", "damage", D("20.00")),
        (date(2026, 5, 1), "invoice", "A2", None, D("200.00")),
        (date(2026, 4, 1), "dispute_opened", "A1", "damage", D("20.00")),
        (date(2026, 3, 31), "due", "A1", None, D("100.00")),
        (date(2026, 3, 1), "invoice", "A1", "PO7", D("100.00")),
    ]


def test_promises_are_judged_at_the_end_of_the_promised_day(company: Books) -> None:
    def promises(day: date) -> list[tuple[object, ...]]:
        rows = company.ask("timeline", as_of=day, customer="C2").filter(
            pl.col("event").str.starts_with("promise")
        )
        return rows.select("event_date", "event", "document_id", "detail").rows()

    before = [
        (date(2026, 6, 25), "promise_broken", "B3", None),
        (date(2026, 6, 25), "promise", "B5", "2026-07-01"),
        (date(2026, 6, 20), "promise", "B3", "2026-06-25"),
        (date(2026, 5, 2), "promise_kept", "B1", None),
        (date(2026, 4, 20), "promise", "B1", "2026-05-02"),
    ]
    assert promises(END) == before
    assert promises(END + timedelta(1)) == [(END + timedelta(1), "promise_broken", "B5", None), *before]


def test_contacts_on_the_timeline_say_direction_channel_and_kind(company: Books) -> None:
    contacts = company.ask("timeline", as_of=END, customer="C2").filter(event="contact")
    assert contacts["detail"].to_list() == ["out/e-mail/friendly_reminder", "out/e-mail/pre_due_reminder"]


def test_a_dispute_is_open_until_the_day_it_is_closed(company: Books) -> None:
    figures = ["invoice_id", "closed_date", "amount", "days_open", "is_open"]
    assert company.ask("disputes", as_of=END).select(figures).rows() == [
        ("A2", None, D("200.00"), 22, True),
        ("A1", date(2026, 5, 1), D("20.00"), 30, False),
    ]
    assert company.ask("disputes", as_of=date(2026, 4, 30)).select(figures).rows() == [
        ("A1", None, D("20.00"), 29, True)
    ]
    assert company.ask("disputes", as_of=date(2026, 5, 1)).select(figures).rows() == [
        ("A1", date(2026, 5, 1), D("20.00"), 30, False)
    ]
    for day, disputed, state in ((date(2026, 4, 30), "20.00", "disputed"), (date(2026, 5, 1), "0.00", "")):
        assert company.ask("customer", as_of=day, customer="C1")["disputed_amount"].to_list() == [D(disputed)]
        assert _row(company.ask("open_items", as_of=day), invoice_id="A1")["state"] == state


def test_the_most_overdue_customers_come_with_their_share(company: Books) -> None:
    assert company.ask("top_overdue", as_of=END, top=1).rows() == [
        ("C2", "50% Off_BV", "food", D("1745.00"), D("1745.00"), 11, 5, pytest.approx(1745 / 1955))
    ]


def test_the_bank_shows_the_latest_balance_of_every_account(company: Books) -> None:
    assert company.ask("bank_position", as_of=date(2026, 6, 28)).rows() == [
        ("NL1", "EUR", date(2026, 6, 16), D("1000.00"), D("1000.00")),
        ("NL2", "EUR", date(2026, 6, 20), D("70.00"), D("70.00")),
    ]


def test_the_cash_trend_ends_on_the_day_and_steps_back_by_weeks(company: Books) -> None:
    rows = company.ask("cash_trend", as_of=END, weeks=3)
    assert rows.select("as_of", "bank_balance", "receivables", "overdue").rows() == [
        (date(2026, 6, 16), D("1000.00"), D("1955.00"), D("155.00")),
        (date(2026, 6, 23), D("1070.00"), D("2255.00"), D("1955.00")),
        (END, D("1570.00"), D("2185.00"), D("1955.00")),
    ]
    assert company.ask("cash_trend", as_of=date(2026, 6, 15), weeks=1)["bank_balance"].to_list() == [None]


def test_documents_and_payments_tie_out_with_the_ageing(company: Books) -> None:
    rows = company.ask("tie_out", as_of=END, opening_date=date(2026, 4, 30))
    sums = ["entity", "opening", "invoiced", "credited", "received", "written_off", "receivables"]
    assert rows.select(sums).rows() == [
        ("BE", D("480.00"), D("1800.00"), D("80.00"), D("525.00"), D("0.00"), D("1675.00")),
        ("NL", D("100.00"), D("500.00"), D("40.00"), D("50.00"), D("0.00"), D("510.00")),
    ]
    assert rows.select("bucket_total", "unapplied", "difference", "is_tied").rows() == [
        (D("1745.00"), D("-70.00"), D("0.00"), True),
        (D("510.00"), D("0.00"), D("0.00"), True),
    ]
    declared = ["ledger_date", "ledger_balance", "ledger_difference"]
    assert rows.select(declared).rows()[1] == (date(2026, 6, 24), D("510.00"), D("0.00"))
    assert company.ask("tie_out", as_of=END)["opening_date"].unique().to_list() == [date(2025, 12, 31)]


def test_a_ledger_balance_that_differs_breaks_the_tie_out(tmp_path: Path) -> None:
    books = _books(tmp_path, {**COMPANY, "ledger_balances": ["2026-06-04,NL,EUR,299.99"]})
    row = _row(books.ask("tie_out", as_of=END), entity="NL")
    assert (row["ledger_difference"], row["difference"], row["is_tied"]) == (D("0.01"), D("0.00"), False)


ODD = {
    "customers": ["C1,One,,NL,30,,"],
    "invoices": [
        "A1,C1,invoice,2026-03-01,2026-02-27,EUR,100.00,,,,",  # due before it was sent
        "A2,C1,credit_note,2026-03-02,,EUR,-70.00,,,A1,",
        "A3,C1,credit_note,2026-03-03,,EUR,-50.00,,,A1,",  # with A2 more than A1
        "A4,C1,credit_note,2026-03-03,,EUR,-5.00,,,GONE,",
        "A5,C9,invoice,2026-04-01,,EUR,60.00,,,,",  # no such customer in the list
        "A6,C9,invoice,2026-04-01,,EUR,60.00,,,,",  # looks like A5
        "A7,C1,invoice,2026-04-02,,EUR,90.00,,,,",  # schedule comes to 80
        "A8,C1,invoice,2026-04-03,,USD,40.00,,,,",  # no rate
        "A9,C1,invoice,2026-08-01,,EUR,11.00,,,,",  # later
    ],
    "payments": [
        "P1,C1,A1,2026-02-20,EUR,103.00,,",  # before its invoice, and 3 too much
        "P2,C1,NONE,2026-05-01,EUR,12.00,,",
        "P3,C1,A7,2026-05-01,USD,13.00,,",
        "P4,C1,A5,2026-05-02,EUR,14.00,,",
        "P5,C1,A7,2026-05-03,EUR,-15.00,,",
        "P6,C1,A7,2026-08-03,EUR,16.00,,",
    ],
    "instalments": ["A7,2026-05-01,40.00", "A7,2026-06-01,40.00", "LOST,2026-06-01,1.00"],
    "disputes": ["NONE,2026-05-01,,price,5.00"],
    "promises": ["NONE,2026-05-01,2026-05-02,5.00"],
    "contacts": ["C1,NONE,2026-05-01,phone,out,call", "C8,,2026-05-01,phone,out,call"],
    "bank_balances": ["US1,USD,2026-05-01,200.00"],
    "bills": [
        "R1,S,2026-04-01,2026-03-01,EUR,21.00,", "R2,S,2026-04-01,2026-05-01,EUR,21.00,2026-03-31",
        "R3,S,2026-04-02,2026-05-01,USD,23.00,",
    ],
}  # fmt: skip


def test_everything_odd_is_named_with_its_number_amount_and_an_example(tmp_path: Path) -> None:
    rows = _books(tmp_path, ODD).ask("findings", as_of=END)
    assert {row[0]: row[1:] for row in rows.rows()} == {
        "bill_due_before_date": (1, D("21.00"), "R1", "EUR"),
        "bill_paid_before_date": (1, D("21.00"), "R2", "EUR"),
        "contact_unknown_customer": (1, None, "C8", None),
        "contact_unknown_invoice": (1, None, "NONE", None),
        "credit_note_over_invoice": (1, D("50.00"), "A3", "EUR"),
        "credit_note_without_invoice": (1, D("5.00"), "A4", "EUR"),
        "dispute_unknown_invoice": (1, None, "NONE", None),
        "due_before_invoice": (1, D("100.00"), "A1", "EUR"),
        "duplicate_looking_bill": (1, D("21.00"), "R2", "EUR"),
        "duplicate_looking_invoice": (1, D("60.00"), "A6", "EUR"),
        "future_document": (1, D("11.00"), "A9", "EUR"),
        "future_payment": (1, D("16.00"), "P6", "EUR"),
        "instalment_without_invoice": (1, None, "LOST", None),
        "instalments_do_not_add_up": (1, D("10.00"), "A7", "EUR"),
        "missing_rate": (2, D("27.00"), "A7", "USD"),  # A8 40 open, P3 13 on account
        "missing_rate_bank": (1, D("200.00"), "US1", "USD"),
        "missing_rate_bill": (1, D("23.00"), "R3", "USD"),
        "overpaid_document": (1, D("3.00"), "A1", "EUR"),
        "payer_other_customer": (1, D("14.00"), "P4", "EUR"),
        "payment_before_invoice": (1, D("103.00"), "P1", "EUR"),
        "payment_other_currency": (1, None, "P3", "EUR"),
        "payment_without_invoice": (1, D("12.00"), "P2", "EUR"),
        "placeholder_customer": (1, D("106.00"), "C9", "EUR"),
        "promise_unknown_invoice": (1, None, "NONE", None),
        "refund": (1, D("15.00"), "P5", "EUR"),
    }


def test_amounts_without_a_rate_are_named_and_those_with_one_converted(tmp_path: Path) -> None:
    books = _books(tmp_path, ODD)
    assert _row(books.ask("tie_out", as_of=END), currency="USD")["unconverted_amount"] == D("27.00")
    converted = _books(tmp_path, {"fx_rates": ["2026-01-01,USD,0.500000"]})
    assert _row(converted.ask("tie_out", as_of=END), currency="USD")["unconverted_amount"] == D("0.00")
    assert "missing_rate" not in converted.ask("findings", as_of=END)["finding"].to_list()
    assert _row(converted.ask("open_items", as_of=END), invoice_id="A8")["open_amount"] == D("20.00")
    assert converted.ask("open_items", as_of=END, currency="USD")["open_amount"].to_list() == [D("40.00")]
    assert converted.ask("bank_position", as_of=END)["reporting_balance"].to_list() == [D("100.00")]


def test_what_was_converted_at_an_old_rate_is_named(tmp_path: Path) -> None:
    books = _books(tmp_path, {
        "customers": ["C1,One,,NL,30,,"],
        "invoices": [
            *(f"A{number},C1,invoice,2026-03-01,,EUR,{number}.00,,,," for number in range(1, 6)),
            "U1,C1,invoice,2026-02-01,,USD,40.00,,,,",  # 31 days after the rate: not old yet
            "U2,C1,invoice,2026-02-02,,USD,50.00,,,,",  # 32 days
        ],
        "payments": ["P1,C1,U2,2026-03-01,USD,50.00,,", "P2,C1,,2026-03-02,USD,7.00,,"],
        "bank_balances": ["US1,USD,2026-03-31,200.00"],
        "fx_rates": ["2026-01-01,USD,0.9", "2026-06-10,CHF,1.1"],
    })  # fmt: skip
    rows = books.ask("findings", as_of=END)
    assert rows.select("finding", "count", "amount", "example", "currency").rows() == [
        ("stale_rate", 2, D("57.00"), "P2", "USD"),  # U2, and P2 on account; P1 goes by the rate of U2
        ("stale_rate_bank", 1, D("200.00"), "US1", "USD"),
        ("stale_rate_now", 1, D("40.00"), "USD", "USD"),
    ]
    monthly = books.ask("findings", as_of=END, rate_days=90)
    assert monthly["finding"].to_list() == ["stale_rate_now"]
    assert books.ask("findings", as_of=END, currency="USD").is_empty()


def test_money_on_account_and_on_a_document_under_one_number_is_named_until_it_is_taken_off(
    tmp_path: Path,
) -> None:
    plain = {"customers": ["C1,One,,NL,30,,"], "invoices": ["A1,C1,invoice,2026-03-01,,EUR,100.00,,,,"]}
    _books(tmp_path, {**plain, "payments": ["P1,C1,,2026-04-01,EUR,40.00,,", "P2,C1,,2026-04-01,EUR,9.00,,"]})
    twice = _books(tmp_path, {"payments": ["P1,C1,A1,2026-04-01,EUR,40.00,,"]})
    assert twice.ask("findings", as_of=END).rows() == [
        ("payment_on_account_too", 1, D("40.00"), "P1", "EUR"),
    ]
    assert twice.ask("kpi", as_of=END)["receivables"].item() == D("11.00")  # 100 - 40 - 40 - 9
    once = _books(tmp_path, {"payments": ["P1,C1,,2026-04-01,EUR,0.00,,"]})
    assert once.ask("findings", as_of=END).is_empty()
    assert once.ask("kpi", as_of=END)["receivables"].item() == D("51.00")


def test_an_amount_that_lost_its_rate_is_unknown_and_not_zero(tmp_path: Path) -> None:
    plain = {"customers": ["C1,One,food,NL,30,,"]}
    pounds = "G1,C1,invoice,2026-05-01,2026-05-31,GBP,100.00,,,,"
    paid = "P1,C1,G1,2026-05-20,GBP,25.00,,"
    _books(tmp_path, {**plain, "invoices": [pounds], "payments": [paid]})
    euros = [f"E{number},C1,invoice,2026-05-01,2026-05-31,EUR,1.00,,,," for number in range(3)]
    books = _books(tmp_path, {"invoices": euros})
    assert books.ask("as_of_range", as_of=END)["reporting_currency"].item() == "EUR"
    late = _row(books.ask("fallen_due", as_of=END), invoice_id="G1")
    assert (late["amount_due"], late["amount_on_time"]) == (None, None)
    assert _row(books.ask("issued_invoices", as_of=END), invoice_id="G1")["amount"] is None
    assert _row(books.ask("billed", as_of=END), invoice_id="G1")["amount"] is None
    booked = books.ask("customer_ledger", as_of=END, customer="C1")
    assert booked.filter(pl.col("document_id") == "G1")["amount"].to_list() == [None, None]
    happened = books.ask("timeline", as_of=END, customer="C1").filter(pl.col("document_id") == "G1")
    assert happened.select("event", "amount").rows() == [("payment", None), ("invoice", None)]
    assert books.ask("payment_behaviour", as_of=END, customer="C1")["amount"].to_list() == [None]


def test_what_a_correction_took_away_leaves_no_row_and_no_choice(tmp_path: Path) -> None:
    # A1 moves to another customer, administration and currency, and is dated later.
    _books(tmp_path, {
        "customers": ["C1,One,food,NL,30,,"],
        "invoices": [
            "A1,C9,invoice,2026-01-10,2026-01-20,USD,100.00,,BE,,",
            "A2,C1,invoice,2026-05-01,,EUR,5.00,,NL,,",
        ],
    })  # fmt: skip
    books = _books(tmp_path, {"invoices": ["A1,C1,invoice,2026-05-10,2026-05-20,EUR,100.00,,NL,,"]})
    assert books.ask("customers", as_of=END)["customer_id"].to_list() == ["C1"]
    assert books.ask("customer", as_of=END, customer="C9").is_empty()
    assert books.ask("tie_out", as_of=END).select("entity", "currency").rows() == [("NL", "EUR")]
    assert books.ask("filter_values")["value"].to_list() == ["EUR", "NL", "food"]
    assert books.ask("as_of_range", as_of=END)["currencies"].item() == "EUR"
    assert books.ask("cohort_map", as_of=END)["cohort"].unique().to_list() == [date(2026, 5, 1)]
    cohorts = books.ask("recovery_curve", as_of=END)["cohort"].drop_nulls()
    assert cohorts.unique().to_list() == [date(2026, 5, 1)]
    assert books.ask("findings", as_of=END).is_empty()


def test_books_without_oddities_have_no_findings(tmp_path: Path) -> None:
    plain = {"customers": ["C1,One,,NL,30,,"], "invoices": ["A1,C1,invoice,2026-03-01,,EUR,100.00,,,,"]}
    assert _books(tmp_path, plain).ask("findings", as_of=END).is_empty()


def test_filters_offer_what_the_books_hold(company: Books) -> None:
    assert company.ask("filter_values").rows() == [
        ("account_manager", "Ann", 4),
        ("account_manager", "Bob", 6),
        ("currency", "EUR", 10),
        ("entity", "BE", 6),
        ("entity", "NL", 4),
        ("segment", "food", 6),
        ("segment", "retail", 4),
    ]


def test_the_books_say_which_days_and_currencies_they_hold(company: Books) -> None:
    assert company.ask("as_of_range", as_of=END).rows() == [
        (date(2026, 3, 1), date(2026, 7, 5), "EUR", "EUR", END)
    ]


def test_batches_and_rejects_say_what_became_of_each_file(tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    rows = ["A1,C1,invoice,2026-03-01,,EUR,100.00,,,,", "A2,C1,invoice,2026-13-01,,EUR,7.00,,,,"]
    file.write_text("\n".join([HEADERS["invoices"], *rows]) + "\n", encoding="utf-8")
    load(tmp_path / "store", [file])
    books = open_books(tmp_path / "store")
    batch = books.ask("batches").row(0, named=True)
    counted = (
        "batch_id",
        "kind",
        "file_name",
        "rows_read",
        "accepted",
        "rejected",
        "duplicate",
        "sum_accepted",
    )
    assert tuple(batch[name] for name in counted) == (1, "invoices", "invoices.csv", 2, 1, 1, 0, D("100.00"))
    assert books.ask("rejects", batch=1).select("line", "column").rows() == [(3, "invoice_date")]
    assert books.ask("rejects", batch=2).is_empty()
    before = datetime(2020, 1, 1)  # noqa: DTZ001 (the store keeps UTC without a zone)
    assert books.ask("batches", known_on=before).is_empty()


def _summed(books: Books, day: date, **filters: object) -> dict[str, Decimal]:
    rows = books.ask("ageing", as_of=day, **filters)
    columns = [name for name in rows.columns if name not in {"customer_id", "customer_name"}]
    return {name: sum(rows[name].to_list(), D(0)) for name in columns}


def _assert_equals_ageing(trend: pl.DataFrame, books: Books, **filters: object) -> None:
    for row in trend.iter_rows(named=True):
        day = row.pop("as_of")
        assert row == _summed(books, day, **filters), day


def test_weeks_end_on_sunday_and_months_on_their_last_day(company: Books) -> None:
    def points(**values: object) -> list[date]:
        return company.ask("ageing_trend", **values)["as_of"].to_list()

    # END is a Tuesday: its week is not over. It is the last of its month.
    weeks = points(as_of=END)
    assert (len(weeks), weeks[0], weeks[-1]) == (26, date(2026, 1, 4), date(2026, 6, 28))
    months = points(as_of=END, every="month")
    assert (len(months), months[0], months[-1]) == (24, date(2024, 7, 31), END)
    assert points(as_of=date(2026, 6, 29), every="month")[-1] == date(2026, 5, 31)
    assert points(as_of=END, **{"from": date(2026, 6, 7), "to": date(2026, 6, 20)}) == [
        date(2026, 6, 7), date(2026, 6, 14),
    ]  # fmt: skip
    assert points(as_of=END, every="month", **{"from": date(2026, 1, 31), "to": date(2026, 12, 31)}) == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), END,
    ]  # fmt: skip
    assert points(as_of=END, **{"from": date(2026, 6, 29)}) == []


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"limits": [7, 21, 45, 120]},
        {"basis": "invoice"},
        {"segment": "food"},
        {"entity": "NL", "currency": "EUR"},
    ],
    ids=str,
)
def test_each_point_of_the_trend_is_the_ageing_of_its_day(company: Books, filters: dict[str, object]) -> None:
    for every in ("week", "month"):
        trend = company.ask("ageing_trend", as_of=date(2026, 10, 1), every=every, **filters)
        assert trend["total"].n_unique() > 3
        _assert_equals_ageing(trend, company, **filters)


def test_the_trend_of_a_real_ledger_equals_plain_loops_over_its_rows(ibm: Books) -> None:
    def day(text: str) -> date:
        month, number, year = text.split("/")
        return date(int(year), int(month), int(number))

    with IBM.open(encoding="utf-8-sig", newline="") as file:
        invoices = [
            (day(r["InvoiceDate"]), day(r["DueDate"]), D(r["InvoiceAmount"]), day(r["SettledDate"]))
            for r in csv.DictReader(file)
        ]
    trend = ibm.ask("ageing_trend", as_of=date(2013, 12, 31), **{"from": date(2012, 1, 1)})
    assert trend.height == 105
    for row in trend.iter_rows(named=True):
        point, sums = row["as_of"], defaultdict(D)
        for invoiced, due, amount, settled in invoices:
            if invoiced <= point < max(settled, invoiced):
                late = (point - due).days
                sums[BUCKETS[0 if late <= 0 else min(4, (late - 1) // 30 + 1)]] += amount
            if settled <= point < invoiced:
                sums["unapplied"] -= amount
        assert {name: row[name] for name in [*BUCKETS, "unapplied"]} == {
            name: sums[name] for name in [*BUCKETS, "unapplied"]
        }, point


def test_the_open_items_of_a_real_ledger_are_its_published_answer(ibm: Books) -> None:
    rows = ibm.ask("open_items", as_of=date(2013, 6, 30))
    assert (rows.height, rows["customer_id"].n_unique(), rows["open_amount"].sum()) == (84, 52, D("5119.85"))
    assert rows.filter(pl.col("days_overdue") > 0)["open_amount"].sum() == D("835.56")
    buckets = ibm.ask("ageing_buckets", as_of=date(2013, 6, 30))
    assert _row(buckets, bucket="not_due")["open_amount"] == D("4284.29")
    march = ibm.ask("open_items", as_of=date(2013, 3, 31))
    assert (march.height, march["open_amount"].sum()) == (94, D("5903.74"))
    assert ibm.ask("tie_out", as_of=date(2013, 6, 30))["is_tied"].all()


_DAY = st.integers(0, 120).map(lambda n: date(2026, 1, 1) + timedelta(n))
_CENTS = st.integers(1, 99_999).map(lambda n: D(n) / 100)
_INVOICE = st.tuples(_DAY, st.integers(-5, 60), _CENTS, st.booleans(), st.one_of(st.none(), _DAY))
_PAYMENT = st.tuples(st.integers(-1, 7), _DAY, _CENTS, st.sampled_from(["payment", "write_off", "credit"]))


@makes_stores
@given(st.lists(_INVOICE, min_size=1, max_size=6), st.lists(_PAYMENT, max_size=8), _DAY)
def test_any_ledger_ties_out_and_every_view_of_it_gives_the_same_sums(
    tmp_path_factory: pytest.TempPathFactory, invoices: list, payments: list, day: date
) -> None:
    sold = [
        f"A{n},C{n % 2},{'credit_note' if credit else 'invoice'},{on},{on + timedelta(term)},EUR,"
        f"{-amount if credit else amount},,,,{cancelled or ''}"
        for n, (on, term, amount, credit, cancelled) in enumerate(invoices)
    ]
    paid = [
        f"P{n},C0,{f'A{to}' if to >= 0 else ''},{on},EUR,{amount},{kind},"
        for n, (to, on, amount, kind) in enumerate(payments)
        if not (0 <= to < len(invoices) and invoices[to][3])  # on a credit note the sign differs
    ]
    files = {"invoices": sold, **({"payments": paid} if paid else {})}
    books = _books(tmp_path_factory.mktemp("any"), files)
    aged = _summed(books, day)
    rows = books.ask("tie_out", as_of=day)
    assert rows["is_tied"].all()
    assert sum(rows["receivables"].to_list(), D(0)) == aged["total"]
    assert sum(books.ask("open_items", as_of=day)["open_amount"].to_list(), D(0)) == sum(
        aged[b] for b in BUCKETS
    )
    buckets = dict(books.ask("ageing_buckets", as_of=day).select("bucket", "open_amount").rows())
    assert buckets == {name: aged[name] for name in [*BUCKETS, "unapplied"]}
    last = books.ask("cash_trend", as_of=day).row(-1, named=True)
    assert (last["receivables"], last["overdue"]) == (aged["total"], sum(aged[b] for b in BUCKETS[1:]))
    _assert_equals_ageing(books.ask("ageing_trend", as_of=day, **{"from": day - timedelta(40)}), books)
