"""The ageing beside that of another day, on a ledger with one invoice paid and one new between the days."""

from datetime import date

import pytest

from queries import Books
from reports.answers.ageing import compared
from reports.answers.shared.comparison import change_column, then_column
from reports.packs import csv_bytes
from tests.query_books import END, D, books_of

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 5, 31)
LEDGER = {
    "customers": [f"C{number},Customer {number},retail,NL,30,,Ann" for number in range(1, 4)],
    "invoices": [
        "A1,C1,invoice,2026-05-01,2026-05-31,EUR,100.00,,,,",  # due on 31 May, 30 days late on 30 June
        "B1,C2,invoice,2026-04-01,2026-05-01,EUR,200.00,,,,",  # 30 days late on 31 May, paid on 10 June
        "N1,C3,invoice,2026-06-15,2026-07-15,EUR,50.00,,,,",  # new
    ],
    "payments": ["P1,C2,B1,2026-06-10,EUR,200.00,,"],
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return books_of(tmp_path_factory.mktemp("compared"), LEDGER)


def answers(books: Books, name: str, **values: object) -> list:
    return [books.ask(name, as_of=day, credits="apart", **values) for day in (END, DAY)]


def test_customers_stand_with_both_days_and_who_is_gone_with_nothing(ledger: Books) -> None:
    rows = compared.customers(*answers(ledger, "ageing"), DAY)

    assert rows.select("customer_name", *compared.customer_columns(DAY)[1:]).rows() == [
        ("Customer 2", D(0), D(200), D(-200)),
        ("Customer 3", D(50), D(0), D(50)),
        ("Customer 1", D(100), D(100), D(0)),
    ]
    then = ("not_due_then_2026-05-31", "d1_30_change_2026-05-31")
    assert rows.select("customer_id", "not_due", *then).rows() == [
        ("C2", D(0), D(0), D(-200)),
        ("C3", D(50), D(0), D(0)),
        ("C1", D(0), D(100), D(100)),
    ]  # fmt: skip


def test_buckets_customers_and_groups_add_up_to_the_same(ledger: Books) -> None:
    buckets = compared.buckets(*answers(ledger, "ageing_buckets"), DAY)
    customers = compared.customers(*answers(ledger, "ageing"), DAY)
    groups = compared.groups(*answers(ledger, "ageing_groups", by="country"), DAY)

    sums = {
        (rows[name].sum(), rows[f"{name}_then_2026-05-31"].sum(), rows[f"{name}_change_2026-05-31"].sum())
        for rows, name in ((buckets, "open_amount"), (customers, "total"), (groups, "total"))
    }
    assert sums == {(D(150), D(300), D(-150))}


def test_the_change_of_seven_days_is_the_change_since_that_day(ledger: Books) -> None:
    end, week = date(2026, 6, 16), date(2026, 6, 9)
    now, then = (ledger.ask("ageing_buckets", as_of=day, credits="apart") for day in (end, week))

    changes = compared.buckets(now, then, week)["open_amount_change_2026-06-09"].to_list()
    assert changes == now["change_7d"].to_list()
    assert sum(changes) == D(-150)  # 200.00 paid, 50.00 new


def test_the_title_says_by_how_much_customers_owe_more_or_less(ledger: Books) -> None:
    now, then = answers(ledger, "ageing")
    day = "31\u00a0May\u00a02026"
    title = compared.customers_finding(compared.customers(now, then, DAY), DAY, "EUR").title
    assert title == f"Customers owe €150 less than on {day}"

    same = compared.customers_finding(compared.customers(now, now, DAY), DAY, "EUR").title
    assert same == f"Customers owe as much as on {day}"

    unknown = compared.customers_finding(compared.customers(now, None, DAY), DAY, "EUR").title
    assert unknown == "2 customers owe €150"


def test_a_file_has_the_value_the_value_then_and_the_difference(ledger: Books) -> None:
    buckets = compared.buckets(*answers(ledger, "ageing_buckets"), DAY)
    lines = csv_bytes(buckets.select("bucket", "^open_amount.*$"), "international").decode().splitlines()

    assert lines[:3] == [
        'Bucket,Open,Open on 31 May 2026,"Open, change since 31 May 2026"',
        "Not due,50.00,100.00,-50.00",
        "1–30 days,100.00,200.00,-100.00",
    ]


def test_segments_stand_with_what_was_open_and_overdue_on_the_other_day(ledger: Books) -> None:
    now, then = (ledger.ask("ageing_segments", as_of=day) for day in (END, DAY))
    rows = compared.segments(now, then, DAY)
    # 30 June: 100 late and 50 new; 31 May: 100 due on the day and 200 late.
    names = ("open_amount", "overdue_amount")
    both = [column for name in names for column in (name, then_column(name, DAY), change_column(name, DAY))]
    assert rows.select("segment", *both).rows() == [
        ("retail", D(150), D(300), D(-150), D(100), D(200), D(-100))
    ]
