"""Payment terms per segment and as a whole, worked out by hand."""

from datetime import date

import polars as pl
import pytest

from reports import figures, language
from reports.answers.terms import text as terms_text
from reports.colours import LIGHT
from tests.terms_ledger import BOOK, customer, money, terms_on

pytestmark = pytest.mark.usefixtures("english")


def test_segments_and_who_pays_outside(shared_desk):
    # C2 pays 1,000 on day 70; C3 pays in time; C4, unpaid, stands 30 days beyond its 30.
    shared_desk.load(
        customers=[
            customer(),
            customer("C2"),
            customer("C3", segment="food", payment_terms_days=14),
            customer("C4"),
        ],
        invoices=[
            *BOOK["invoices"],
            ("G1", "C2", "invoice", "2026-01-01", "2026-01-31", "EUR", "1000.00"),
            ("H1", "C3", "invoice", "2026-01-01", "2026-01-15", "EUR", "500.00"),
            ("K1", "C4", "invoice", "2026-05-01", "2026-05-31", "EUR", "10.00"),
        ],
        payments=[
            *BOOK["payments"],
            ("P3", "C2", "G1", "2026-03-12", "EUR", "1000.00"),
            ("P4", "C3", "H1", "2026-01-10", "EUR", "500.00"),
        ],
    )
    view_terms = terms_on(shared_desk, date(2026, 6, 30))
    outside = dict(view_terms.customers.select("customer_id", "outside").iter_rows())
    assert outside == {"C1": "agreed", "C2": "legal", "C3": "", "C4": "agreed"}
    assert view_terms.customers["customer_id"].to_list() == ["C1", "C2", "C4", "C3"]
    retail, food = view_terms.segments.to_dicts()
    assert (retail["segment"], retail["customers"], food["segment"]) == ("retail", 3, "food")
    # Taken: 2,000 of C1 at 40 days and 1,000 of C2 at 70.
    assert retail["taken_days"] == pytest.approx(50.0)
    # Applied: (4,000 x 37.5 + 1,010 x 30) / 5,010, and the squares about it.
    mean = (4000 * 37.5 + 1010 * 30) / 5010
    spread = ((3000 * (40 - mean) ** 2 + 2010 * (30 - mean) ** 2) / 5010) ** 0.5
    assert (retail["applied_days"], retail["applied_spread"]) == pytest.approx((mean, spread))
    assert (retail["agreed_days"], retail["outside_agreed"], retail["outside_legal"]) == (30.0, 3, 1)
    # G1 stands 40 days beyond 30 and 10 beyond 60, K1 30 beyond 30: 109.59, 27.40, 0.82.
    assert retail["standing_beyond_agreed"] == money("54.79") + money("652.05") + money("109.59") + money(
        "0.82"
    )
    assert retail["standing_beyond_legal"] == money("487.67") + money("27.40")
    assert view_terms.whole["customers"].to_list() == [4]
    assert (
        terms_text.customers(view_terms, None).title
        == "3 of 4 customers pay outside the agreed term on average, 1 outside the legal one"
    )
    assert (
        terms_text.overview(view_terms, "EUR").title
        == "On average €817 stands beyond the agreed terms; that costs €83 a year"
    )
    assert terms_text.group_rows(view_terms.customers, "legal")["customer_id"].to_list() == ["C2"]
    assert (
        terms_text.segments(view_terms).title
        == "retail goes furthest beyond its terms: 50.0 days, 30.0 agreed"
    )
    figure = figures.term_pairs(terms_text.segment_rows(view_terms), theme=LIGHT)
    assert "retail agreed 30.0, applied 36.0, taken 50.0" in figure.layout.meta["alt"]


def test_nothing_in_the_year_is_said_and_drawn(shared_desk):
    shared_desk.load(customers=[customer()], **BOOK)
    view_terms = terms_on(shared_desk, date(2026, 6, 30), segment="other")
    assert terms_text.overview(view_terms, "EUR").title == "Nothing was billed or paid in these 365 days"
    assert terms_text.facts(view_terms, "EUR") == []
    assert figures.term_pairs(view_terms.segments, theme=LIGHT).layout.height == 76


def test_the_whole_year_of_every_customer_adds_up(shared_desk):
    shared_desk.load(customers=[customer()], **BOOK)
    view_terms = terms_on(shared_desk, date(2026, 6, 30))
    assert (
        view_terms.customers["standing_beyond_agreed"].sum()
        == view_terms.late["standing_beyond_agreed"].sum()
    )
    assert view_terms.customers.schema["standing_beyond_agreed"] == pl.Decimal(38, 2)


def test_groups_of_customers_have_names_in_both_languages():
    assert [terms_text.group_name(code) for code in terms_text.GROUPS] == [
        "Everybody", "Outside the agreed term", "Outside the legal term",
    ]  # fmt: skip
    language.use("nl")
    assert [terms_text.group_name(code) for code in terms_text.GROUPS] == [
        "Iedereen", "Buiten de afgesproken termijn", "Buiten de wettelijke termijn",
    ]  # fmt: skip
