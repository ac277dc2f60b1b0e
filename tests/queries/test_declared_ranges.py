"""Columns that declare 0-1, 0-100 or 0 or more stay there, whatever credit a ledger holds."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import Books, Query, catalogue
from queries.catalogue import Returned
from tests.properties import asks_many_queries
from tests.query_books import D, books_of

_FIRST = date(2026, 1, 1)
_RANGES = (
    (re.compile(r"\b0-1\b"), 0, 1),
    (re.compile(r"\b0-100\b"), 0, 100),
    (re.compile(r"\b0 or more\b"), 0, None),
)
_SLACK = 1e-9  # of a quotient of floats
# What a parameter that must be given is, in the drawn ledgers.
_GIVEN = {"customer": "C0", "since": _FIRST, "from": _FIRST, "invoice": "A0"}
_DAY = st.integers(0, 150).map(lambda n: _FIRST + timedelta(n))
_CENTS = st.one_of(st.sampled_from([100_00, 250_00]), st.integers(1, 99_999)).map(lambda n: D(n) / 100)
# With a kind, so that a legal term is known.
_CUSTOMERS = (
    "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,customer_type\n"
    "C0,Zero,food,NL,30,200.00,business\nC1,One,retail,NL,30,200.00,business\nC2,Two,retail,NL,30,,public\n"
)
# customer, day, term, amount, a credit note or not, the number of the invoice it names, cancelled on
_DOCUMENT = st.tuples(
    st.integers(0, 2),
    _DAY,
    st.integers(-5, 60),
    _CENTS,
    st.booleans(),
    st.integers(-1, 3),
    st.one_of(st.none(), _DAY),
)
# customer, document (below 0: on account), day, part of the document's amount or an amount, kind
_PAYMENT = st.tuples(
    st.integers(0, 2),
    # Most on the first two documents: refunds and bounces need payments to undo.
    st.sampled_from([-1, 0, 0, 0, 1, 1, 2, 3]),
    _DAY,
    st.sampled_from([D(1), D("0.5"), D("1.5"), D(-1), D("-0.5")]),
    st.sampled_from(["payment", "payment", "write_off", "credit", "reversal"]),
)


def declared_range(column: Returned) -> tuple[int, int | None] | None:
    for pattern, lowest, highest in _RANGES:
        if pattern.search(column.meaning):
            return lowest, highest
    return None


def outside(query: Query, rows: pl.DataFrame) -> Iterator[tuple[str, str, object]]:
    """Yield every value of an answer that is not where the header says it is."""
    for column in query.returns:
        bounds = declared_range(column)
        if bounds is None or column.name not in rows.columns:
            continue
        lowest, highest = bounds
        for value in rows[column.name].drop_nulls():
            if value < lowest - _SLACK or (highest is not None and value > highest + _SLACK):
                yield query.name, column.name, value


def files_of(documents: list, payments: list, day: date) -> dict[str, list[str]]:
    sold = [
        f"A{n},C{who},{'credit_note' if credit else 'invoice'},{on},{on + timedelta(term)},EUR,"
        f"{-amount if credit else amount},,,{f'A{of}' if credit and of >= 0 else ''},{cancelled or ''}"
        for n, (who, on, term, amount, credit, of, cancelled) in enumerate(documents)
    ]
    paid = []
    for n, (who, to, on, part, kind) in enumerate(payments):
        if 0 <= to < len(documents):
            owner, _, _, amount, credit, _, _ = documents[to]
            moved = (part * amount * (-1 if credit else 1)).quantize(D("0.01"))
            # A reversal takes money back; the other kinds settle, and a negative payment pays money out.
            kind_of_row = kind if kind != "reversal" or moved < 0 else "payment"
            paid.append(f"P{n},C{owner},A{to},{on},EUR,{moved},{kind_of_row},")
        else:
            paid.append(f"P{n},C{who},,{on},EUR,{(part * 100).quantize(D('0.01'))},payment,")
    return {
        "invoices": sold,
        **({"payments": paid} if paid else {}),
        "promises": [f"A0,{day - timedelta(9)},{day - timedelta(2)},80.00"],
        "disputes": [
            f"A0,{day - timedelta(20)},,price,50.00",
            f"A1,{day - timedelta(20)},{day},damage,20.00",
        ],
        "contacts": [f"C0,,{day - timedelta(5)},email,out,formal_reminder"],
        "bills": [
            f"K1,Supplier,{day - timedelta(30)},{day},EUR,90.00,",
            f"K2,Supplier,{day},{day},EUR,40.00,{day}",
        ],
    }


def answers(books: Books, day: date) -> Iterator[tuple[Query, pl.DataFrame]]:
    for name, query in catalogue().items():
        if not any(map(declared_range, query.returns)):
            continue
        values = {
            parameter.name: _GIVEN[parameter.name]
            for parameter in query.parameters
            if parameter.default is None and parameter.name != "as_of"
        }
        if any(parameter.name == "as_of" for parameter in query.parameters):
            values["as_of"] = day
        yield query, books.ask(name, **values)


@pytest.mark.slow
@asks_many_queries
@given(
    st.lists(_DOCUMENT, min_size=2, max_size=6),
    st.lists(_PAYMENT, min_size=1, max_size=10),
    st.integers(30, 200).map(lambda n: _FIRST + timedelta(n)),
)
def test_no_share_leaves_0_to_1_and_no_days_fall_below_0(
    tmp_path_factory: pytest.TempPathFactory, documents: list, payments: list, day: date
) -> None:
    folder = tmp_path_factory.mktemp("ranges")
    (folder / "in").mkdir()
    (folder / "in" / "customers.csv").write_text(_CUSTOMERS, encoding="utf-8")
    with books_of(folder, files_of(documents, payments, day)) as books:
        assert [odd for query, rows in answers(books, day) for odd in outside(query, rows)] == []


def test_every_share_says_its_range() -> None:
    # A column named a share is of 0-1; one of days that cannot be early says 0 or more.
    silent = [
        f"{name}.{column.name}"
        for name, query in catalogue().items()
        for column in query.returns
        if ("share" in column.name.split("_") or column.name.endswith("_dso"))
        and declared_range(column) is None
    ]
    assert silent == []


def test_the_check_itself_sees_what_is_outside(tmp_path: Path) -> None:
    query = catalogue()["kpi"]
    rows = pl.DataFrame(
        {"overdue_share": [-3.0], "dso_balance_90": [-450.0], "cei": [100.5], "top10_share": [1.0]}
    )
    assert {name for _, name, _ in outside(query, rows)} == {"overdue_share", "dso_balance_90", "cei"}
