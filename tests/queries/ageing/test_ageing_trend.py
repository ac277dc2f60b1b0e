"""`ageing_trend`: each point is the ageing of its day."""

import csv
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import Books
from tests.paths import IBM
from tests.properties import makes_stores
from tests.query_books import (
    BUCKETS,
    END,
    D,
    assert_credits_only_move,
    assert_equals_ageing,
    books_of,
    summed,
)


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


@pytest.mark.slow
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"limits": [7, 21, 45, 120]},
        {"basis": "invoice"},
        {"segment": "food"},
        {"entity": "NL", "currency": "EUR"},
        {"credits": "apart"},
        {"credits": "apart", "basis": "invoice", "limits": [7, 21]},
    ],
    ids=str,
)
def test_each_point_of_the_trend_is_the_ageing_of_its_day(company: Books, filters: dict[str, object]) -> None:
    for every in ("week", "month"):
        trend = company.ask("ageing_trend", as_of=date(2026, 10, 1), every=every, **filters)
        assert trend["total"].n_unique() > 3
        assert_equals_ageing(trend, company, **filters)


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


_DAY = st.integers(0, 120).map(lambda n: date(2026, 1, 1) + timedelta(n))


_CENTS = st.integers(1, 99_999).map(lambda n: D(n) / 100)


_INVOICE = st.tuples(_DAY, st.integers(-5, 60), _CENTS, st.booleans(), st.one_of(st.none(), _DAY))


_PAYMENT = st.tuples(st.integers(-1, 7), _DAY, _CENTS, st.sampled_from(["payment", "write_off", "credit"]))


@pytest.mark.slow
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
    books = books_of(tmp_path_factory.mktemp("any"), files)
    aged = summed(books, day)
    rows = books.ask("tie_out", as_of=day)
    assert rows["is_tied"].all()
    assert sum(rows["receivables"].to_list(), D(0)) == aged["total"]
    assert sum(books.ask("open_items", as_of=day)["open_amount"].to_list(), D(0)) == sum(
        aged[b] for b in BUCKETS
    )
    buckets = dict(books.ask("ageing_buckets", as_of=day).select("bucket", "open_amount").rows())
    assert buckets == {name: aged[name] for name in [*BUCKETS, "unapplied"]}
    last = books.ask("cash_trend", as_of=day).row(-1, named=True)
    late = [
        row["open_amount"]
        for row in books.ask("open_items", as_of=day, bucket="overdue").iter_rows(named=True)
        if row["invoice_type"] == "invoice" and row["open_amount"] > 0
    ]
    assert (last["receivables"], last["overdue"]) == (aged["total"], sum(late, D(0)))
    assert_equals_ageing(books.ask("ageing_trend", as_of=day, **{"from": day - timedelta(40)}), books)
    apart = books.ask("ageing_trend", as_of=day, credits="apart", **{"from": day - timedelta(40)})
    assert_equals_ageing(apart, books, credits="apart")
    assert_credits_only_move(books, day)
