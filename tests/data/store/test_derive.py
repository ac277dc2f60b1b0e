"""The item ledger against books worked out by hand: every day, every state of knowledge."""

from decimal import Decimal

import pytest

from tests.books import Desk
from tests.cases import Case, Cases
from tests.data.store.ageing_matrix import holds, invoice, payment

cases = Cases()


@cases.rows(invoices=[invoice()])
def test_the_due_day_itself_is_not_overdue_and_each_bucket_ends_on_its_last_day(case: Case) -> None:
    holds(case, {
        ("2025-12-31", None): {},
        ("2026-01-01", None): {"C1": {"not_due": "100.00"}},
        ("2026-01-31", None): {"C1": {"not_due": "100.00"}},
        ("2026-02-01", None): {"C1": {"d1_30": "100.00"}},
        ("2026-03-02", None): {"C1": {"d1_30": "100.00"}},  # 30 days
        ("2026-03-03", None): {"C1": {"d31_60": "100.00"}},
        ("2026-04-01", None): {"C1": {"d31_60": "100.00"}},  # 60 days
        ("2026-04-02", None): {"C1": {"d61_90": "100.00"}},
        ("2026-05-01", None): {"C1": {"d61_90": "100.00"}},  # 90 days
        ("2026-05-02", None): {"C1": {"d90_plus": "100.00"}},
    })  # fmt: skip


@cases.rows(
    invoices=[invoice("10000.00", invoice_date="2016-11-30", due_date="2017-02-28")],
    payments=[
        payment("1500.00", "2016-11-09", payment_id="P1"),
        payment("1000.00", "2016-11-30", payment_id="P2"),
        payment("2000.00", "2017-01-30", payment_id="P3"),
    ],
)
def test_the_published_example_of_part_payments_on_all_its_days(case: Case) -> None:
    holds(case, {
        ("2016-11-15", None): {"C1": {"unapplied": "-1500.00"}},
        ("2016-11-30", None): {"C1": {"not_due": "7500.00"}},
        ("2016-12-31", None): {"C1": {"not_due": "7500.00"}},
        ("2017-02-28", None): {"C1": {"not_due": "5500.00"}},
        ("2017-03-01", None): {"C1": {"d1_30": "5500.00"}},
        ("2017-04-04", None): {"C1": {"d31_60": "5500.00"}},
    })  # fmt: skip


@cases.steps(
    {"invoices": [invoice("100.00")]},
    {"invoices": [invoice("80.00")]},
)
def test_a_corrected_amount_shows_on_every_day_but_only_once_known(case: Case) -> None:
    first, second = case.moment(0), case.moment(1)
    holds(case, {
        ("2026-01-15", first): {"C1": {"not_due": "100.00"}},
        ("2026-01-15", second): {"C1": {"not_due": "80.00"}},
        ("2026-02-15", first): {"C1": {"d1_30": "100.00"}},
        ("2026-02-15", second): {"C1": {"d1_30": "80.00"}},
        ("2026-02-15", None): {"C1": {"d1_30": "80.00"}},
    })  # fmt: skip


@cases.steps(
    {"invoices": [invoice()]},
    {"invoices": [invoice(cancelled_date="2026-02-10")]},
)
def test_a_cancelled_invoice_is_open_until_its_cancellation_and_was_open_for_who_did_not_know(
    case: Case,
) -> None:
    first, second = case.moment(0), case.moment(1)
    holds(case, {
        ("2026-02-09", first): {"C1": {"d1_30": "100.00"}},
        ("2026-02-10", first): {"C1": {"d1_30": "100.00"}},
        ("2026-02-09", second): {"C1": {"d1_30": "100.00"}},
        ("2026-02-10", second): {},
        ("2026-12-31", None): {},
    })  # fmt: skip


@cases.steps(
    {"invoices": [invoice()]},
    {"invoices": [invoice(invoice_date="2026-02-01", due_date="2026-03-03")]},
)
def test_a_re_dated_invoice_moves_to_its_new_days(case: Case) -> None:
    first, second = case.moment(0), case.moment(1)
    holds(case, {
        ("2026-01-15", first): {"C1": {"not_due": "100.00"}},
        ("2026-01-15", second): {},
        ("2026-02-20", first): {"C1": {"d1_30": "100.00"}},
        ("2026-02-20", second): {"C1": {"not_due": "100.00"}},
        ("2026-03-05", first): {"C1": {"d31_60": "100.00"}},
        ("2026-03-05", second): {"C1": {"d1_30": "100.00"}},
    })  # fmt: skip


@cases.steps(
    {"invoices": [invoice()], "payments": [payment("40.00", "2026-01-10")]},
    {"invoices": [invoice(invoice_date="2026-01-20", due_date="2026-02-19")]},
)
def test_a_payment_on_a_re_dated_invoice_waits_on_account_for_the_new_date(case: Case) -> None:
    first, second = case.moment(0), case.moment(1)
    holds(case, {
        ("2026-01-15", first): {"C1": {"not_due": "60.00"}},
        ("2026-01-15", second): {"C1": {"unapplied": "-40.00"}},
        ("2026-01-20", second): {"C1": {"not_due": "60.00"}},
    })  # fmt: skip


@cases.steps(
    {"invoices": [invoice()], "payments": [payment("40.00", "2026-01-10")]},
    {"invoices": [invoice(customer_id="C2")]},
)
def test_an_invoice_moved_to_another_customer_leaves_the_first(case: Case) -> None:
    first = case.moment(0)
    holds(case, {
        ("2026-01-15", first): {"C1": {"not_due": "60.00"}},
        ("2026-01-15", None): {"C2": {"not_due": "60.00"}},
        ("2026-01-05", None): {"C2": {"not_due": "100.00"}},
    })  # fmt: skip


@pytest.mark.slow
def test_a_customers_new_terms_and_segment_count_for_its_invoices_without_a_due_date(desk: Desk) -> None:
    desk.load(
        customers=[("C1", "Acme", "retail", "NL", "14", "")],
        invoices=[invoice(due_date=""), invoice(invoice_id="F2", due_date="", terms_days="60")],
    )
    first = desk.moment()
    desk.load(customers=[("C1", "Acme BV", "public", "NL", "30", "")])
    holds(desk, {
        ("2026-01-20", first): {"C1": {"d1_30": "100.00", "not_due": "100.00"}},  # due 15 January and 2 March
        ("2026-01-20", None): {"C1": {"not_due": "200.00"}},  # due 31 January
        ("2026-02-01", None): {"C1": {"d1_30": "100.00", "not_due": "100.00"}},
    })  # fmt: skip
    holds(
        desk,
        {("2026-01-20", first): {}, ("2026-01-20", None): {"C1": {"not_due": "200.00"}}},
        segment="public",
    )
    names = [desk.ask("ageing", as_of="2026-01-20", known_on=on)[0]["customer_name"] for on in (first, None)]
    assert names == ["Acme", "Acme BV"]


@pytest.mark.slow
def test_an_unknown_customer_has_thirty_days_and_its_id_for_a_name_until_it_is_known(desk: Desk) -> None:
    desk.load(invoices=[invoice(due_date="")])
    holds(
        desk,
        {
            ("2026-01-31", None): {"C1": {"not_due": "100.00"}},
            ("2026-02-01", None): {"C1": {"d1_30": "100.00"}},
        },
    )
    assert desk.ask("ageing", as_of="2026-01-31")[0]["customer_name"] == "C1"
    desk.load(customers=[("C1", "Acme", "", "", "8", "")])
    holds(
        desk,
        {
            ("2026-01-09", None): {"C1": {"not_due": "100.00"}},
            ("2026-01-10", None): {"C1": {"d1_30": "100.00"}},
        },
    )
    assert desk.ask("ageing", as_of="2026-01-31")[0]["customer_name"] == "Acme"


@cases.steps(
    {"invoices": [invoice()]},
    {"payments": [payment("100.00", "2026-01-30")]},
)
def test_a_payment_recorded_late_counts_from_its_own_date_once_known(case: Case) -> None:
    first = case.moment(0)
    holds(case, {
        ("2026-02-05", first): {"C1": {"d1_30": "100.00"}},
        ("2026-02-05", None): {},
        ("2026-01-29", None): {"C1": {"not_due": "100.00"}},
        ("2026-01-30", None): {},
    })  # fmt: skip


@cases.rows(
    invoices=[invoice(invoice_date="2016-11-30", due_date="2016-12-30")],
    payments=[payment("100.00", "2017-01-01")],
)
def test_a_year_end_invoice_paid_in_the_new_year_is_open_at_year_end(case: Case) -> None:
    holds(case, {("2016-12-31", None): {"C1": {"d1_30": "100.00"}}, ("2017-01-01", None): {}})


@cases.rows(
    invoices=[invoice()],
    payments=[
        payment("100.00", "2026-01-20"),
        payment("-100.00", "2026-02-03", payment_id="P2", kind="reversal"),
    ],
)
def test_a_reversed_payment_opens_the_invoice_again_on_its_own_day(case: Case) -> None:
    holds(case, {
        ("2026-01-19", None): {"C1": {"not_due": "100.00"}},
        ("2026-01-20", None): {},
        ("2026-02-02", None): {},
        ("2026-02-03", None): {"C1": {"d1_30": "100.00"}},
    })  # fmt: skip


@cases.rows(
    invoices=[invoice("300.00")],
    instalments=[
        ("F1", "2026-01-31", "100.00"),
        ("F1", "2026-02-28", "100.00"),
        ("F1", "2026-03-31", "100.00"),
    ],
    payments=[payment("150.00", "2026-01-10"), payment("170.00", "2026-04-01", payment_id="P2")],
)
def test_what_is_paid_goes_to_the_earliest_instalment_and_too_much_stays_with_the_last(case: Case) -> None:
    holds(case, {
        ("2026-01-05", None): {"C1": {"not_due": "300.00"}},
        ("2026-01-10", None): {"C1": {"not_due": "150.00"}},
        ("2026-03-01", None): {"C1": {"d1_30": "50.00", "not_due": "100.00"}},  # the second is 1 day over
        ("2026-04-01", None): {"C1": {"d1_30": "-20.00"}},  # overpaid: with the last, due 31 March
        ("2026-05-01", None): {"C1": {"d31_60": "-20.00"}},
    })  # fmt: skip


@cases.rows(
    invoices=[invoice("200.00")],
    instalments=[("F1", "2026-01-31", "100.00"), ("F1", "2026-03-31", "100.00")],
    payments=[payment("30.00", "2026-01-10"), payment("-50.00", "2026-01-12", payment_id="P2")],
)
def test_a_refund_beyond_what_was_paid_goes_to_the_first_instalment(case: Case) -> None:
    holds(case, {
        ("2026-01-10", None): {"C1": {"not_due": "170.00"}},
        ("2026-02-10", None): {"C1": {"d1_30": "120.00", "not_due": "100.00"}},
    })  # fmt: skip


@cases.rows(invoices=[invoice()], instalments=[("F1", "2026-01-10", "50.00"), ("F1", "2026-02-10", "49.99")])
def test_a_schedule_that_does_not_add_up_to_the_document_is_not_used(case: Case) -> None:
    holds(case, {("2026-01-20", None): {"C1": {"not_due": "100.00"}}})


@cases.rows(
    invoices=[invoice("9000000000000000.03")],
    instalments=[("F1", "2026-01-31", "9000000000000000.01"), ("F1", "2026-03-31", "0.02")],
    payments=[payment("9000000000000000.02", "2026-01-10")],
)
def test_instalments_keep_amounts_that_a_float_cannot(case: Case) -> None:
    holds(
        case,
        {("2026-01-31", None): {"C1": {"not_due": "0.01"}}, ("2026-04-01", None): {"C1": {"d1_30": "0.01"}}},
    )


@cases.rows(
    invoices=[invoice(), invoice("-30.00", invoice_id="K1", invoice_type="credit_note", due_date="")],
    payments=[
        payment("30.00", "2026-03-10", payment_id="V1", kind="credit"),
        payment("-30.00", "2026-03-10", payment_id="V1", invoice_id="K1", kind="credit"),
    ],
)
def test_a_credit_note_is_negative_in_the_bucket_of_its_own_date_and_closes_when_settled(case: Case) -> None:
    holds(case, {
        ("2026-01-01", None): {"C1": {"not_due": "70.00"}},
        ("2026-01-02", None): {"C1": {"not_due": "100.00", "d1_30": "-30.00"}},
        ("2026-03-10", None): {"C1": {"d31_60": "70.00"}},
    })  # fmt: skip


@cases.rows(
    invoices=[invoice()],
    payments=[payment("130.00", "2026-01-10"), payment("-30.00", "2026-02-10", payment_id="P2")],
)
def test_an_overpaid_document_stays_in_its_own_bucket_and_a_refund_closes_it(case: Case) -> None:
    holds(case, {
        ("2026-01-10", None): {"C1": {"not_due": "-30.00"}},
        ("2026-02-01", None): {"C1": {"d1_30": "-30.00"}},
        ("2026-02-10", None): {},
    })  # fmt: skip


@cases.rows(invoices=[invoice()], payments=[payment("100.00", "2026-01-10", invoice_id="")])
def test_a_customer_whose_columns_cancel_out_is_still_listed(case: Case) -> None:
    holds(case, {("2026-01-10", None): {"C1": {"not_due": "100.00", "unapplied": "-100.00"}}})
    assert case.ask("ageing", as_of="2026-01-10")[0]["total"] == 0


def test_a_payment_in_another_currency_stays_on_account_and_does_not_lower_the_invoice(desk: Desk) -> None:
    desk.load(invoices=[invoice()], payments=[payment("100.00", "2026-01-10", currency="USD")])
    holds(desk, {("2026-01-15", None): {"C1": {"not_due": "100.00"}}}, currency="EUR")
    holds(desk, {("2026-01-15", None): {"C1": {"unapplied": "-100.00"}}}, currency="USD")


@cases.steps(
    {"payments": [payment("100.00", "2026-01-20")]},
    {"invoices": [invoice()]},
)
def test_a_payment_before_its_invoice_is_known_stands_on_account_then_settles_it(case: Case) -> None:
    first = case.moment(0)
    holds(case, {
        ("2026-01-20", first): {"C1": {"unapplied": "-100.00"}},
        ("2026-01-20", None): {},
        ("2026-01-10", None): {"C1": {"not_due": "100.00"}},
    })  # fmt: skip


@pytest.mark.slow
def test_a_correction_is_a_reversing_row_and_a_new_one_and_nothing_else_moves(desk: Desk) -> None:
    desk.load(invoices=[invoice(), invoice("55.00", invoice_id="F2")])
    desk.load(invoices=[invoice("80.00"), invoice("55.00", invoice_id="F2")])
    rows = desk.rows(
        "select document_id, amount, weight from item order by recorded_at, document_id, weight, amount"
    )
    assert rows == [
        ("F1", Decimal("100.00"), 1),
        ("F2", Decimal("55.00"), 1),
        ("F1", Decimal("-100.00"), -1),
        ("F1", Decimal("80.00"), 1),
    ]
