"""Agreed, applied and taken days per customer and its legal term, worked out by hand."""

from datetime import date

import pytest

from reports.answers.terms import text as terms_text
from tests.terms_ledger import BOOK, beyond, customer, late, money, terms_on

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_applied_and_taken_days_are_weighted_by_amount(shared_desk):
    shared_desk.load(customers=[customer()], **BOOK)
    [row] = shared_desk.ask("payment_terms", as_of="2026-06-30")
    # (1,000 x 30 + 3,000 x 40) / 4,000; squares of -7.5 and 2.5 weighted: 18.75.
    assert row["applied_days"] == pytest.approx(37.5)
    assert row["applied_spread"] == pytest.approx(18.75**0.5)
    # 1,000 on day 50, 20 late, and 1,000 on day 30, 10 early; only the first is outside 30 days.
    assert (row["taken_days"], row["days_late"]) == pytest.approx((40.0, 5.0))
    assert (row["share_outside_agreed"], row["share_outside_legal"]) == (0.5, 0.0)
    assert (row["agreed_days"], row["term_days"], row["legal_days"], row["legal_basis"]) == (
        30,
        30,
        60,
        "business",
    )
    assert (row["parts_due"], row["parts_on_time"]) == (2, 0)
    assert (row["billed_amount"], row["paid_amount"], row["open_amount"]) == (
        money("4000"), money("2000"), money("2000"),
    )  # fmt: skip
    assert row["recent_days_late"] is None
    # On 15 March both payments are of the last 90 days.
    assert shared_desk.ask("payment_terms", as_of="2026-03-15")[0]["recent_days_late"] == pytest.approx(5.0)
    # On 25 May only the one of 3 March is.
    [row] = shared_desk.ask("payment_terms", as_of="2026-05-25")
    assert (row["recent_days_late"], row["recent_paid_amount"]) == (pytest.approx(-10.0), money("1000"))


def test_a_day_before_the_payments_knows_nothing_of_them(shared_desk):
    shared_desk.load(customers=[customer()], **BOOK)
    [row] = shared_desk.ask("payment_terms", as_of="2026-02-10")
    assert (row["taken_days"], row["open_amount"]) == (None, money("4000"))
    # F1 stands 10 days beyond its 30: 10,000 / 365 = 27.40; 1,000 x 10.15% x 10 / 365 = 2.78.
    assert {name: beyond(one) for name, one in late(shared_desk, "2026-02-10").items()} == {
        "F1": (10, money("27.40"), money("2.78"))
    }


def test_only_the_year_to_the_day_counts(shared_desk):
    shared_desk.load(customers=[customer()], **BOOK)
    # F1 and its payment are over a year old; what is left of F2 is still open.
    [row] = shared_desk.ask("payment_terms", as_of="2027-02-25")
    assert (row["billed_amount"], row["paid_amount"]) == (0, money("1000"))
    assert row["applied_days"] is None
    assert shared_desk.ask("payment_terms", as_of="2027-02-25", segment="other") == []


LEGAL_TERMS = [
    ("public", "small", "", (30, "public")),
    ("public", "large", "large", (30, "public")),
    ("consumer", "", "small", (None, "consumer")),
    ("business", "large", "small", (30, "large_debtor")),
    ("business", "Groot", "medium", (30, "large_debtor")),
    ("business", "large", "large", (60, "business")),
    ("business", "large", "", (60, "company_unknown")),
    ("business", "", "small", (60, "size_unknown")),
    ("business", "", "", (60, "size_unknown")),
    ("business", "", "large", (60, "business")),
    ("business", "small", "", (60, "business")),
    ("", "small", "small", (60, "kind_unknown")),
    ("", "large", "small", (30, "large_debtor")),
    ("", "", "large", (60, "kind_unknown")),
]


@pytest.mark.parametrize(("kind", "size", "company", "expected"), LEGAL_TERMS)
def test_the_legal_term_rests_on_what_is_known_and_says_what_is_not(
    shared_desk, kind, size, company, expected
):
    shared_desk.load(
        customers=[customer(customer_type=kind, size_class=size)],
        invoices=BOOK["invoices"],
        **({"settings": [("company_size", company)]} if company else {}),
    )
    [row] = shared_desk.ask("payment_terms", as_of="2026-06-30")
    assert (row["legal_days"], row["legal_basis"]) == expected
    assert terms_text.legal_term(row)


def test_which_sizes_count_as_large_is_a_setting(shared_desk):
    shared_desk.load(
        customers=[customer(size_class="XL")],
        invoices=BOOK["invoices"],
        settings=[("company_size", "small"), ("large_size_classes", "grand , xl")],
    )
    assert shared_desk.ask("payment_terms", as_of="2026-06-30")[0]["legal_basis"] == "large_debtor"


def test_without_an_agreed_term_thirty_days_count_and_that_is_said(shared_desk):
    shared_desk.load(customers=[customer(payment_terms_days="")], **BOOK)
    [row] = shared_desk.ask("payment_terms", as_of="2026-06-30")
    assert (row["agreed_days"], row["term_days"]) == (None, 30)
    assert "1 customer has no agreed term: 30 days count, as the law says." in terms_text.gaps(
        terms_on(shared_desk, date(2026, 6, 30))
    )


def test_a_customer_known_by_its_invoice_only_is_of_an_unknown_kind(shared_desk):
    shared_desk.load(**BOOK)
    [row] = shared_desk.ask("payment_terms", as_of="2026-06-30")
    assert (row["customer_name"], row["legal_basis"]) == ("C1", "kind_unknown")
    said = " ".join(terms_text.gaps(terms_on(shared_desk, date(2026, 6, 30))))
    assert "The kind of 1 customer is not recorded" in said
