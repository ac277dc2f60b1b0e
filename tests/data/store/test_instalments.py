"""Instalments, worked out by hand: money due back, payments that name one, terms that make them."""

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import Desk
from tests.cases import Case, Cases, Loaded
from tests.data.store.ageing_matrix import holds, invoice, payment
from tests.properties import asks_many_queries

D = Decimal
cases = Cases()
# 700 and 500, and 200 back: together 1,000.
WITH_RETURN = [
    ("F1", "2026-01-31", "700.00"), ("F1", "2026-02-28", "500.00"), ("F1", "2026-03-31", "-200.00"),
]  # fmt: skip


def open_parts(case: Case, day: str) -> list[Decimal]:
    """Return what is open per instalment of F1, 0.00 where nothing is, in the order of due dates."""
    rows = case.rows(
        f"select due_date, sum(amount) from item where document_id = '{case.id('F1')}' "
        f"and due_date is not null and post_date <= '{day}' group by due_date order by due_date"
    )
    return [amount for _due, amount in rows]


@cases.rows(
    invoices=[invoice("1000.00")],
    instalments=WITH_RETURN,
    payments=[
        payment("700.00", "2026-01-30"),
        payment("500.00", "2026-02-27", payment_id="P2"),
        payment("-200.00", "2026-04-10", payment_id="P3"),
    ],
)
def test_a_part_of_the_other_sign_is_money_due_back_on_its_own_day(case: Case) -> None:
    holds(case, {
        ("2026-01-29", None): {"C1": {"not_due": "1000.00"}},  # 700 + 500 - 200
        ("2026-01-30", None): {"C1": {"not_due": "300.00"}},  # 500 - 200
        ("2026-02-28", None): {"C1": {"not_due": "-200.00"}},
        ("2026-04-01", None): {"C1": {"d1_30": "-200.00"}},
        ("2026-04-10", None): {},
    })  # fmt: skip
    named = {row["finding"] for row in case.ask_of_all("findings", as_of=date(2026, 5, 1))}
    assert "instalments_do_not_add_up" not in named
    assert case.ask("bounces", as_of=date(2026, 5, 1)) == []


@pytest.mark.slow
def test_money_due_back_is_set_off_from_its_own_day_and_is_not_late(desk: Desk) -> None:
    desk.load(
        invoices=[invoice("1000.00"), invoice("900.00", invoice_id="F2")],
        instalments=WITH_RETURN,
        payments=[payment("1200.00", "2026-01-30")],
    )
    owed = [
        {row["invoice_id"]: row["owed_amount"] for row in desk.ask("open_items", as_of=date(2026, *day))}
        for day in ((3, 30), (3, 31))
    ]
    # The 200 of F1 are there from 31 March: 900 - 200.
    assert owed == [{"F1": D("-200.00"), "F2": D("900.00")}, {"F1": D("0.00"), "F2": D("700.00")}]
    # Fell due in the 90 days to 31 March: 700 and 500 paid in time, 900 not: 1,200 of 2,100.
    assert desk.ask("kpi", as_of=date(2026, 3, 31))[0]["on_time_share"] == pytest.approx(1200 / 2100)
    assert {row["amount_due"] for row in desk.ask("fallen_due", as_of=date(2026, 3, 31))} == {
        D("700.00"), D("500.00"), D("900.00"),
    }  # fmt: skip


@cases.rows(
    invoices=[invoice("1000.00")],
    instalments=WITH_RETURN,
    payments=[
        payment("900.00", "2026-01-10"),
        payment("100.00", "2026-02-10", payment_id="P2"),
        payment("50.00", "2026-02-11", payment_id="P3"),
        payment("250.00", "2026-02-12", payment_id="P4"),
    ],
)
def test_a_document_paid_as_a_whole_leaves_no_part_open(case: Case) -> None:
    assert open_parts(case, "2026-01-10") == [D("0.00"), D("300.00"), D("-200.00")]
    assert open_parts(case, "2026-02-10") == [D("0.00"), D("0.00"), D("0.00")]
    assert open_parts(case, "2026-02-11") == [D("0.00"), D("0.00"), D("-50.00")]
    assert open_parts(case, "2026-02-12") == [D("0.00"), D("-100.00"), D("-200.00")]  # 1,300 of 1,200


@cases.rows(
    invoices=[invoice("-1000.00", invoice_type="credit_note")],
    instalments=[(number, day, str(-D(amount))) for number, day, amount in WITH_RETURN],
    payments=[payment("-800.00", "2026-01-30")],
)
def test_a_credit_note_in_parts_is_mirrored(case: Case) -> None:
    assert open_parts(case, "2026-01-29") == [D("-700.00"), D("-500.00"), D("200.00")]
    assert open_parts(case, "2026-01-30") == [D("0.00"), D("-400.00"), D("200.00")]


def named(parts: list[tuple[str, str, str]]) -> list[dict]:
    return [
        {"invoice_id": number, "due_date": day, "amount": amount, "part": name}
        for (number, day, amount), name in zip(parts, "abc", strict=True)
    ]


@cases.rows(
    invoices=[invoice("1000.00")],
    instalments=named(WITH_RETURN),
    payments=[
        payment("400.00", "2026-01-10", part="b"),
        payment("250.00", "2026-01-11", payment_id="P2"),
        payment("300.00", "2026-01-12", payment_id="P3", part="b"),
        payment("-400.00", "2026-01-13", kind="reversal"),
    ],
)
def test_a_payment_for_a_named_part_goes_there_and_the_rest_on_to_the_others(case: Case) -> None:
    assert open_parts(case, "2026-01-10") == [D("700.00"), D("100.00"), D("-200.00")]
    assert open_parts(case, "2026-01-11") == [D("450.00"), D("100.00"), D("-200.00")]
    # 100 are left for b, the other 200 go to a.
    assert open_parts(case, "2026-01-12") == [D("250.00"), D("0.00"), D("-200.00")]
    # What came back was named b, by its number: 300 of 500 are left there, 250 on a.
    assert open_parts(case, "2026-01-13") == [D("450.00"), D("200.00"), D("-200.00")]


@cases.rows(
    invoices=[invoice("1000.00")],
    instalments=named(WITH_RETURN),
    payments=[
        payment("700.00", "2026-01-30"),
        payment("-200.00", "2026-02-01", payment_id="P2", part="c"),
    ],
)
def test_money_paid_back_by_name_is_no_bounce(case: Case) -> None:
    assert open_parts(case, "2026-02-01") == [D("0.00"), D("500.00"), D("0.00")]
    assert case.ask("bounces", as_of=date(2026, 5, 1)) == []


@cases.rows(
    invoices=[invoice("300.00")],
    instalments=[("F1", "2026-01-31", "100.00"), ("F1", "2026-02-28", "200.00")],
    payments=[payment("50.00", "2026-01-10", part="1")],
)
def test_a_part_that_several_instalments_bear_names_none(case: Case) -> None:
    # Left out, every day numbers its own parts: both are `1`.
    assert open_parts(case, "2026-01-10") == [D("50.00"), D("200.00")]


TERMS = [
    ("0", "2026-01-15", "2026-01-15"),
    ("45", "2026-01-15", "2026-03-01"),
    ("eom", "2028-02-01", "2028-02-29"),
    ("eom+30", "2026-01-15", "2026-03-02"),  # 31 January and 30 days
    ("eom+30", "2026-02-28", "2026-03-30"),
    ("30+eom", "2026-01-15", "2026-02-28"),  # 14 February, and the end of that month
    ("30+eom", "2026-01-31", "2026-03-31"),  # 2 March
    ("15-next", "2026-01-31", "2026-02-15"),
    ("31-next", "2026-01-05", "2026-02-28"),
    ("1-next", "2026-12-31", "2027-01-01"),
]
for terms_of_one, issued_on, _due in TERMS:
    cases.add(
        f"{terms_of_one} {issued_on}",
        {"invoices": [invoice(invoice_date=issued_on, due_date="", payment_terms=terms_of_one)]},
    )


@pytest.mark.parametrize(("terms", "issued", "due"), TERMS)
def test_terms_give_the_due_date(loaded_cases: Loaded, terms: str, issued: str, due: str) -> None:
    case = loaded_cases.case(f"{terms} {issued}")
    rows = case.rows(f"select due_date from receivable where {case.owns('document_id')}")
    assert rows == [(date.fromisoformat(due),)]


@cases.rows(
    customers=[
        {
            "customer_id": "C1", "customer_name": "Acme", "segment": "", "country": "NL",
            "payment_terms_days": "60", "credit_limit": "", "payment_terms": "10-next",
        },
    ],
    invoices=[
        invoice(invoice_id="F1", due_date="2026-01-05", payment_terms="eom"),
        invoice(invoice_id="F2", due_date="", payment_terms="eom", terms_days="7"),
        invoice(invoice_id="F3", due_date="", terms_days="7"),
        invoice(invoice_id="F4", due_date=""),
        invoice("-5.00", invoice_id="F5", due_date="", invoice_type="credit_note", payment_terms="eom"),
    ],
)  # fmt: skip
def test_a_given_date_comes_before_terms_and_terms_of_the_invoice_before_those_of_the_customer(
    case: Case,
) -> None:
    due_dates = "select due_date from receivable where {} order by document_id"
    days = [day.isoformat() for (day,) in case.rows(due_dates.format(case.owns("document_id")))]
    assert days == ["2026-01-05", "2026-01-31", "2026-01-08", "2026-02-10", "2026-01-01"]
    (terms,) = case.ask("payment_terms", as_of=date(2026, 3, 1))
    assert terms["agreed_days"] == 40  # at most: of the first of a month of 31 days


@cases.rows(
    invoices=[
        invoice("100.01", due_date="", payment_terms="33%@14 33%@eom rest@eom+30"),
        invoice("0.02", invoice_id="F2", due_date="", payment_terms="25%@1 25%@2 25%@3 25%@4"),
        invoice("1000.00", invoice_id="F3", due_date="", payment_terms="50%@30 50%@60"),
    ],
    instalments=[("F3", "2026-06-30", "1000.00")],
    payments=[payment("40.00", "2026-01-20", part="2")],
)
def test_terms_in_instalments_give_parts_to_the_cent(case: Case) -> None:
    rows = case.rows(
        f"select document_id, due_date, amount from receivable where {case.owns('document_id')} "
        "order by document_id, instalment"
    )
    assert [(number, day.isoformat(), amount) for number, day, amount in rows] == [
        ("F1", "2026-01-15", D("33.00")),  # 33% of 100.01 is 33.0033
        ("F1", "2026-01-31", D("33.00")),
        ("F1", "2026-03-02", D("34.01")),
        ("F2", "2026-01-02", D("0.01")),  # half a cent, rounded up; the second takes the other one
        ("F2", "2026-01-03", D("0.01")),
        ("F3", "2026-06-30", D("1000.00")),  # a schedule of its own
    ]
    # Terms number their parts: 33 to the second, 7 to the first.
    assert open_parts(case, "2026-01-20") == [D("26.00"), D("0.00"), D("34.01")]


amounts = st.lists(st.integers(-500, 900).filter(bool), min_size=2, max_size=5).filter(
    lambda all_: sum(all_) > 0
)
moves = st.lists(
    st.tuples(st.integers(-600, 900).filter(bool), st.sampled_from(("", "p0", "p1", "p2"))), max_size=6
)


# Several documents in one store: a load costs more than its rows.
@pytest.mark.slow
@asks_many_queries
@given(st.lists(st.tuples(amounts, moves), min_size=5, max_size=5))
def test_parts_add_up_to_the_document_after_every_payment(
    documents: list[tuple[list[int], list[tuple[int, str]]]],
) -> None:
    drawn = Cases()
    for number, (cents, paid) in enumerate(documents):
        drawn.add(str(number), rows_of(cents, paid))
    with tempfile.TemporaryDirectory() as home, drawn.loaded(Path(home)) as loaded:
        for number, (cents, paid) in enumerate(documents):
            after_every_payment(loaded.case(str(number)), cents, paid)


def rows_of(cents: list[int], paid: list[tuple[int, str]]) -> dict[str, Sequence[dict]]:
    first = date(2026, 1, 1)
    return {
        "invoices": [invoice(str(D(sum(cents)) / 100))],
        "instalments": [
            {"invoice_id": "F1", "due_date": first + timedelta(days=n), "amount": D(c) / 100, "part": f"p{n}"}
            for n, c in enumerate(cents)
        ],
        "payments": [
            payment(str(D(c) / 100), str(first + timedelta(days=n + 1)), payment_id=f"P{n}", part=part)
            for n, (c, part) in enumerate(paid)
        ],
    }


def after_every_payment(case: Case, cents: list[int], paid: list[tuple[int, str]]) -> None:
    left = sum(cents)
    for n, (c, _part) in enumerate(paid):
        left -= c
        parts = open_parts(case, str(date(2026, 1, 1) + timedelta(days=n + 1)))
        assert sum(parts) == D(left) / 100
        if left == 0:
            assert not any(parts)


@cases.rows(customers=[("A", "Name A", "Klein", "NL", 30, "")])
def test_days_of_the_customer_stay_its_term_where_no_terms_are_written(case: Case) -> None:
    assert [row["payment_terms_days"] for row in case.ask("customer", customer=case.id("A"))] == [30]
