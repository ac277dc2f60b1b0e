"""Payment terms, what stands beyond them, VAT on bad debts and the terms sheet, worked out by hand."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports import figures, language
from reports.answers.terms import terms, terms_sheet, vat_text
from reports.answers.terms import text as terms_text
from reports.colours import LIGHT
from reports.packs import sheet_bytes
from tests.apps import words
from tests.reports.answers.claims.test_hand_over import HOSTILE, Page
from tests.reports.answers.worklist.test_reminders import LIVE

pytestmark = pytest.mark.usefixtures("english")
# One customer of 30 days. F1 of 1,000 is paid on day 50; F2 of 3,000, due after 40 days, is paid
# 1,000 on day 30.
BOOK = {
    "invoices": [
        ("F1", "C1", "invoice", "2026-01-01", "2026-01-31", "EUR", "1000.00"),
        ("F2", "C1", "invoice", "2026-02-01", "2026-03-13", "EUR", "3000.00"),
    ],
    "payments": [
        ("P1", "C1", "F1", "2026-02-20", "EUR", "1000.00"),
        ("P2", "C1", "F2", "2026-03-03", "EUR", "1000.00"),
    ],
}


def customer(number: str = "C1", **changes: object) -> dict[str, object]:
    return {
        "customer_id": number, "customer_name": number, "segment": "retail", "country": "NL",
        "payment_terms_days": 30, "credit_limit": "", "customer_type": "business", "size_class": "small",
        **changes,
    }  # fmt: skip


def bill(name: str, issued: str, amount: str, *, due: str = "", who: str = "C1", **changes: object) -> dict:
    return {
        "invoice_id": name, "customer_id": who, "invoice_type": "invoice", "invoice_date": issued,
        "due_date": due, "currency": "EUR", "amount": amount, **changes,
    }  # fmt: skip


def paid(name: str, day: str, amount: str, *, number: str = "P1", who: str = "C1", kind: str = "payment"):
    return {
        "payment_id": number, "customer_id": who, "invoice_id": name, "payment_date": day,
        "currency": "EUR", "amount": amount, "kind": kind,
    }  # fmt: skip


def beyond(row: dict, term: str = "agreed") -> tuple[int, Decimal, Decimal]:
    return tuple(row[f"{name}_beyond_{term}"] for name in ("days", "standing", "interest"))


def late(desk, day: str, **values: object) -> dict[str, dict]:
    return {row["invoice_id"]: row for row in desk.ask("payment_terms_late", as_of=day, **values)}


def asked(desk, day: date, **values: object) -> terms.Terms:
    books = desk.books()
    return terms.of_rows(
        books.ask("payment_terms", as_of=day, **values),
        books.ask("payment_terms_late", as_of=day, **values),
        day,
    )


def sheet(desk, day: date = date(2026, 6, 30), **whose: str) -> terms_sheet.Sheet:
    return terms_sheet.gather(desk.books(), day, shown_currency="EUR", **whose)


def money(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"))


# The terms.


def test_applied_and_taken_days_are_weighted_by_amount(desk):
    desk.load(customers=[customer()], **BOOK)
    [row] = desk.ask("payment_terms", as_of="2026-06-30")
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
    assert desk.ask("payment_terms", as_of="2026-03-15")[0]["recent_days_late"] == pytest.approx(5.0)
    # On 25 May only the one of 3 March is.
    [row] = desk.ask("payment_terms", as_of="2026-05-25")
    assert (row["recent_days_late"], row["recent_paid_amount"]) == (pytest.approx(-10.0), money("1000"))


def test_a_day_before_the_payments_knows_nothing_of_them(desk):
    desk.load(customers=[customer()], **BOOK)
    [row] = desk.ask("payment_terms", as_of="2026-02-10")
    assert (row["taken_days"], row["open_amount"]) == (None, money("4000"))
    # F1 stands 10 days beyond its 30: 10,000 / 365 = 27.40; 1,000 x 10.15% x 10 / 365 = 2.78.
    assert {name: beyond(one) for name, one in late(desk, "2026-02-10").items()} == {
        "F1": (10, money("27.40"), money("2.78"))
    }


def test_only_the_year_to_the_day_counts(desk):
    desk.load(customers=[customer()], **BOOK)
    # F1 and its payment are over a year old; what is left of F2 is still open.
    [row] = desk.ask("payment_terms", as_of="2027-02-25")
    assert (row["billed_amount"], row["paid_amount"]) == (0, money("1000"))
    assert row["applied_days"] is None
    assert desk.ask("payment_terms", as_of="2027-02-25", segment="other") == []


@pytest.mark.parametrize(
    ("kind", "size", "company", "expected"),
    [
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
    ],
)
def test_the_legal_term_rests_on_what_is_known_and_says_what_is_not(desk, kind, size, company, expected):
    desk.load(
        customers=[customer(customer_type=kind, size_class=size)],
        invoices=BOOK["invoices"],
        settings=[("company_size", company)] if company else [("vat_period", "month")],
    )
    [row] = desk.ask("payment_terms", as_of="2026-06-30")
    assert (row["legal_days"], row["legal_basis"]) == expected
    assert terms_text.why_legal(row)


def test_which_sizes_count_as_large_is_a_setting(desk):
    desk.load(
        customers=[customer(size_class="XL")],
        invoices=BOOK["invoices"],
        settings=[("company_size", "small"), ("large_size_classes", "grand , xl")],
    )
    assert desk.ask("payment_terms", as_of="2026-06-30")[0]["legal_basis"] == "large_debtor"


def test_without_an_agreed_term_thirty_days_count_and_that_is_said(desk):
    desk.load(customers=[customer(payment_terms_days="")], **BOOK)
    [row] = desk.ask("payment_terms", as_of="2026-06-30")
    assert (row["agreed_days"], row["term_days"]) == (None, 30)
    assert "1 customer has no agreed term: 30 days count, as the law says." in terms_text.not_known(
        asked(desk, date(2026, 6, 30))
    )


def test_a_customer_known_by_its_invoice_only_is_of_an_unknown_kind(desk):
    desk.load(**BOOK)
    [row] = desk.ask("payment_terms", as_of="2026-06-30")
    assert (row["customer_name"], row["legal_basis"]) == ("C1", "kind_unknown")
    said = " ".join(terms_text.not_known(asked(desk, date(2026, 6, 30))))
    assert "The kind of 1 customer is not recorded" in said


# What stands beyond them.


def test_what_stands_beyond_the_agreed_and_the_legal_term(desk):
    desk.load(customers=[customer()], **BOOK)
    rows = late(desk, "2026-06-30")
    # F1: 1,000 x 20 / 365 = 54.79; 1,000 x 10.15% x 20 / 365 = 5.56. Within 60 days: nothing beyond those.
    assert beyond(rows["F1"]) == (20, money("54.79"), money("5.56"))
    assert beyond(rows["F1"], "legal") == (0, 0, 0)
    # F2: 2,000 from 3 March to 30 June, 119 days: 652.05, 203 x 119 / 365 = 66.18. From 2 April: 89 days.
    assert beyond(rows["F2"]) == (119, money("652.05"), money("66.18"))
    assert beyond(rows["F2"], "legal") == (89, money("487.67"), money("49.50"))
    assert list(rows) == ["F2", "F1"]
    assert (rows["F1"]["agreed_until"], rows["F1"]["paid_date"]) == (date(2026, 1, 31), date(2026, 2, 20))
    assert rows["F2"]["paid_date"] is None


def test_a_new_rate_holds_from_its_day(desk):
    desk.load(customers=[customer()], **BOOK)
    # 119 days at 10.15%, 66.18, and 10 at 10.40%, 2,000 x 10.40% x 10 / 365 = 5.70.
    assert beyond(late(desk, "2026-07-10")["F2"])[2] == money("71.88")


def test_the_published_case_of_statutory_interest(desk):
    # 10,000 due 31-01-2025 paid 31-03-2025: 59 days, 180.23.
    desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "10000.00")],
        payments=[paid("F1", "2025-03-31", "10000.00")],
    )
    assert beyond(late(desk, "2025-12-31")["F1"]) == (59, money("1616.44"), money("180.23"))
    # On 10-02-2026 the year begins on 10-02-2025: 49 days of it, 1,115 x 49 / 365 = 149.68.
    assert beyond(late(desk, "2026-02-10")["F1"]) == (59, money("1342.47"), money("149.68"))
    # When the year begins on the day it was paid, nothing of it is left.
    assert late(desk, "2026-03-31") == {}


def test_credits_and_write_offs_were_never_owed_and_a_reversal_opens_again(desk):
    desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1000.00"), bill("F2", "2025-01-01", "1000.00")],
        payments=[
            paid("F1", "2025-03-02", "600.00"),
            paid("F1", "2025-06-30", "300.00", number="P2", kind="credit"),
            paid("F1", "2025-06-30", "100.00", number="P3", kind="write_off"),
            paid("F2", "2025-01-20", "1000.00", number="P4"),
            paid("F2", "2025-02-10", "-1000.00", number="P5", kind="reversal"),
        ],
    )
    # F1: 600 x 30 / 365. F2, paid and reversed: 1,000 x 10 / 365 on 20 February.
    rows = late(desk, "2025-12-31")
    assert (rows["F1"]["amount"], beyond(rows["F1"])[:2]) == (money("600"), (30, money("49.32")))
    assert beyond(late(desk, "2025-02-20")["F2"])[:2] == (20, money("27.40"))


def test_money_paid_too_much_does_not_make_up_for_what_was_late(desk):
    desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1000.00")],
        payments=[paid("F1", "2025-02-10", "1500.00")],
    )
    assert beyond(late(desk, "2025-12-31")["F1"])[:2] == (10, money("27.40"))


def test_a_part_of_a_schedule_is_agreed_to_be_paid_on_its_own_day(desk):
    desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1000.00")],
        instalments=[("F1", "2025-01-31", "400.00"), ("F1", "2025-04-30", "600.00")],
        payments=[paid("F1", "2025-05-10", "1000.00")],
    )
    rows = desk.ask("payment_terms_late", as_of="2025-12-31")
    # 400 x 99 / 365, and 600 x 10 / 365; of the legal 60 days, to 2 March, both stand 69 days.
    assert {(str(row["due_date"]), *beyond(row)[:2]) for row in rows} == {
        ("2025-01-31", 99, money("108.49")), ("2025-04-30", 10, money("16.44")),
    }  # fmt: skip
    assert {row["days_beyond_legal"] for row in rows} == {69}


def test_a_consumer_has_no_legal_term(desk):
    desk.load(customers=[customer(customer_type="consumer")], **BOOK)
    row = late(desk, "2026-06-30")["F2"]
    assert beyond(row, "legal") == (None, None, None)
    assert row["legal_until"] is None
    assert beyond(row)[0] == 119
    found = asked(desk, date(2026, 6, 30))
    assert found.customers["outside"].to_list() == ["agreed"]


def test_segments_and_who_pays_outside(desk):
    # C2 pays 1,000 on day 70; C3 pays in time; C4, unpaid, stands 30 days beyond its 30.
    desk.load(
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
    found = asked(desk, date(2026, 6, 30))
    outside = dict(found.customers.select("customer_id", "outside").iter_rows())
    assert outside == {"C1": "agreed", "C2": "legal", "C3": "", "C4": "agreed"}
    assert found.customers["customer_id"].to_list() == ["C1", "C2", "C4", "C3"]
    retail, food = found.segments.to_dicts()
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
    assert found.whole["customers"].to_list() == [4]
    said = terms_text.customers_found(found, None)
    assert said == "3 of 4 customers pay outside the agreed term on average, 1 outside the legal one"
    assert (
        terms_text.found(found, "EUR")
        == "On average €817 stands beyond the agreed terms; that costs €83 a year"
    )
    assert terms_text.chosen(found.customers, "legal")["customer_id"].to_list() == ["C2"]
    assert terms_text.segments_found(found) == "retail goes furthest beyond its terms: 50.0 days, 30.0 agreed"
    figure = figures.term_pairs(terms_text.segment_rows(found), theme=LIGHT)
    assert "retail agreed 30.0, applied 36.0, taken 50.0" in figure.layout.meta["alt"]


def test_nothing_in_the_year_is_said_and_drawn(desk):
    desk.load(customers=[customer()], **BOOK)
    found = asked(desk, date(2026, 6, 30), segment="other")
    assert terms_text.found(found, "EUR") == "Nothing was billed or paid in these 365 days"
    assert terms_text.facts(found, "EUR") == []
    assert figures.term_pairs(found.segments, theme=LIGHT).layout.height == 76


def test_amounts_in_another_currency_are_converted_and_filtered(desk):
    desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2026-01-01", "1000.00", currency="USD"), bill("F2", "2026-01-01", "100.00")],
        fx_rates=[("2025-12-01", "USD", "0.5")],
        settings=[("reporting_currency", "EUR")],
    )
    # 10 days beyond: 500 x 10 / 365 = 13.70 in euros, 27.40 in dollars.
    assert beyond(late(desk, "2026-02-10")["F1"])[1] == money("13.70")
    assert {n: beyond(r)[1] for n, r in late(desk, "2026-02-10", currency="USD").items()} == {
        "F1": money("27.40")
    }


# VAT on bad debts.

VAT = {"vat_amount": "210.00"}


def vat(desk, day: str, **values: object) -> list[dict]:
    return desk.ask("vat_on_bad_debts", as_of=day, **values)


def test_vat_can_be_reclaimed_a_year_after_the_due_date_and_is_listed_sixty_days_before(desk):
    desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1210.00", due="2025-01-31", **VAT)],
        payments=[paid("F1", "2025-03-01", "605.00")],
    )
    assert vat(desk, "2025-12-01") == []
    [row] = vat(desk, "2025-12-02")
    assert (row["vat_state"], row["reclaimable_from"]) == ("opens", date(2026, 1, 31))
    # Half is unpaid: 605 x 210 / 1,210 = 105.00; the first quarter's return is due by 30 April.
    assert (row["unpaid_amount"], row["vat_unpaid"]) == (money("605"), money("105"))
    assert row["declare_by"] == date(2026, 4, 30)
    states = {day: vat(desk, day)[0]["vat_state"] for day in ("2026-01-31", "2026-04-30", "2026-05-01")}
    assert list(states.values()) == ["open", "open", "passed"]
    assert vat(desk, "2026-01-01", days_ahead=0) == []
    # Nothing can be put right five years after the year it could be reclaimed in.
    assert len(vat(desk, "2031-12-31")) == 1
    assert vat(desk, "2032-01-01") == []


def test_who_declares_per_month_has_a_month(desk):
    desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2024-01-01", "1210.00", due="2024-02-29", **VAT)],
        settings=[("vat_period", "month")],
    )
    [row] = vat(desk, "2025-03-01")
    # A year after 29 February is 28 February; the return of February is due by 31 March.
    assert (row["reclaimable_from"], row["declare_by"]) == (date(2025, 2, 28), date(2025, 3, 31))


def test_written_off_is_unpaid_credited_and_paid_are_not(desk):
    desk.load(
        customers=[customer()],
        invoices=[
            bill("F1", "2025-01-01", "1210.00", due="2025-01-31", **VAT),
            bill("F2", "2025-01-01", "1210.00", due="2025-01-31", **VAT),
            bill("F3", "2025-01-01", "1000.00", due="2025-01-31", vat_amount="0.00"),
        ],
        payments=[
            paid("F1", "2025-06-30", "121.00", kind="write_off"),
            paid("F1", "2025-06-30", "1089.00", number="P2", kind="credit"),
            paid("F2", "2025-06-30", "1210.00", number="P3"),
        ],
    )
    [row] = vat(desk, "2026-02-01")
    assert (row["invoice_id"], row["unpaid_amount"], row["written_off"], row["vat_unpaid"]) == (
        "F1", money("121"), money("121"), money("21"),
    )  # fmt: skip


def test_books_without_vat_say_what_is_missing_and_how_to_load_it(desk):
    desk.load(customers=[customer()], invoices=[bill("F1", "2025-01-01", "1210.00", due="2025-01-31")])
    rows = desk.books().ask("vat_on_bad_debts", as_of=date(2026, 2, 1))
    assert rows["vat_unpaid"].to_list() == [None]
    assert vat_text.found(rows, "EUR") == "VAT on unpaid invoices cannot be worked out: the books hold none"
    [said] = vat_text.notices(rows, "EUR", date(2026, 2, 1))
    assert said.startswith("1 invoice, €1,210.00 unpaid, has no VAT in the books: load invoices.csv")


def test_the_words_add_up_what_opens_apart_from_what_is_open(desk):
    desk.load(
        customers=[customer()],
        invoices=[
            bill("F1", "2025-01-01", "1210.00", due="2025-01-31", **VAT),
            bill("F2", "2025-01-01", "121.00", due="2025-02-28", vat_amount="21.00"),
            bill("F3", "2024-01-01", "242.00", due="2024-01-31", vat_amount="42.00"),
        ],
    )
    rows = desk.books().ask("vat_on_bad_debts", as_of=date(2026, 2, 1))
    assert vat_text.found(rows, "EUR") == (
        "€210.00 of VAT on unpaid invoices can be reclaimed now, €21.00 more within 60 days"
    )
    assert vat_text.chosen(rows, "passed")["invoice_id"].to_list() == ["F3"]
    assert "€42.00 of VAT" in vat_text.notices(rows, "EUR", date(2026, 2, 1))[0]
    assert "No tax advice." in vat_text.method()
    language.use("nl")
    assert "Geen belastingadvies." in vat_text.method()


# The sheet.


def test_a_customer_sheet_says_what_to_promise(desk):
    desk.load(customers=[customer(credit_limit="2500.00")], **BOOK)
    found = sheet(desk, customer="C1")
    facts = {word: value for _heading, rows in found.blocks for word, value in rows}
    assert facts["Agreed term"] == "30 days"
    assert (facts["Credit limit"], facts["Credit left"]) == ("€2,500", "€500")
    assert (facts["Days late, usually"], facts["Invoices paid on time"]) == ("5.0", "0%")
    assert (facts["Overdue"], facts["Oldest overdue"]) == ("€2,000", "109 days")
    assert facts["Beyond the agreed term, on average"] == "€707"
    assert found.promise[:2] == (
        "Payment within 30 days of the invoice date, as agreed.", "Delivery on account up to €500 more.",
    )  # fmt: skip
    assert "No term longer than 60 days: between businesses." in found.refuse
    assert "No longer term and no larger order on account while €2,000 is overdue." in found.refuse


def test_an_agreed_term_beyond_the_law_and_a_limit_used_up_are_not_promised(desk):
    desk.load(
        customers=[customer(customer_type="public", payment_terms_days=60, credit_limit="1900.00")], **BOOK
    )
    found = sheet(desk, customer="C1")
    assert found.promise[0] == "Payment within 30 days of the invoice date: the law allows no more."
    assert not any("Delivery on account" in one for one in found.promise)
    assert "No delivery on account: the credit limit is used up, €100 over it." in found.refuse
    assert found.refuse[0].startswith("The agreed 60 days are longer than the law allows")


def test_a_segment_sheet_names_those_most_beyond_their_terms(desk):
    desk.load(customers=[customer(), customer("C2", payment_terms_days=14)], **BOOK)
    found = sheet(desk, of_segment="retail")
    assert found.title == "Terms sheet: retail"
    assert [line[0] for line in found.worst[1:]] == ["C1"]
    assert found.promise[0] == "Payment within 30 days of the invoice date, as agreed."
    with pytest.raises(terms_sheet.NoTermsError):
        sheet(desk, of_segment="food")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_markup_on_the_sheet(desk, name):
    desk.load(
        customers=[customer(customer_name=name, segment=name, account_manager=name, preferred_method=name)],
        **BOOK,
    )
    for whose in ({"customer": "C1"}, {"of_segment": name}):
        text = sheet_bytes(sheet(desk, **whose)).decode()
        page = Page(text)
        assert page.tags <= {
            "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "div", "section", "table",
            "thead", "tbody", "tr", "th", "td", "ul", "li",
        }  # fmt: skip
        assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}
        assert "default-src 'none'" in text
        assert name in " ".join(page.text)


# The screen.


def test_the_screen_opens_a_customer_and_narrows_to_who_pays_outside(desk, open_page):
    desk.load(
        customers=[customer(), customer("C2")],
        invoices=[*BOOK["invoices"], ("G1", "C2", "invoice", "2026-01-01", "2026-01-31", "EUR", "1000.00")],
        payments=[*BOOK["payments"], ("P3", "C2", "G1", "2026-01-12", "EUR", "1000.00")],
    )
    page = open_page("payment_terms", as_of="2026-06-30", customer="C1")
    assert "C1: on average €706.84 beyond the agreed term, €71.74 interest" in words(page)
    assert [
        table.value["invoice_id"].to_list() for table in page.dataframe if "invoice_id" in table.value
    ] == [["F2", "F1"]]
    page = open_page("payment_terms", as_of="2026-06-30", part="agreed")
    named = [table.value["customer_name"].to_list() for table in page.dataframe if "outside" in table.value]
    assert named == [["C1"]]
    page = open_page("payment_terms", as_of="2026-06-30", customer="C9")
    assert "The address asked for something that is not there (customer)" in words(page)


@pytest.mark.slow  # in a real browser too, with what is exported
def test_no_name_becomes_markup_on_the_screen(desk, open_page):
    desk.load(
        customers=[customer(f"C{n}", customer_name=one, segment=one) for n, one in enumerate(HOSTILE)],
        invoices=[bill(f"F{n}", "2024-11-01", f"{100 + n}.00", who=f"C{n}", vat_amount="1.00")
                  for n in range(len(HOSTILE))],
    )  # fmt: skip
    for number in range(len(HOSTILE)):
        page = open_page("payment_terms", as_of="2026-01-01", customer=f"C{number}")
        assert not page.error
        drawn = [*page.header, *page.caption, *page.markdown, *page.warning]
        for text in [str(part.value) for part in drawn] + [str(link.label) for link in page.get("page_link")]:
            assert not LIVE.search(text), text
            assert "www.evil" not in text


def test_the_whole_year_of_every_customer_adds_up(desk):
    desk.load(customers=[customer()], **BOOK)
    found = asked(desk, date(2026, 6, 30))
    assert found.customers["standing_beyond_agreed"].sum() == found.late["standing_beyond_agreed"].sum()
    assert found.customers.schema["standing_beyond_agreed"] == pl.Decimal(38, 2)
