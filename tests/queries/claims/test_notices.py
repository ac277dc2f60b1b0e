"""A 14-day notice counts from its receipt: by post the second delivery day, by e-mail the day itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import holidays
import pytest

from data.law import post
from data.store.load import load
from queries import open_books
from tests.books import Desk
from tests.paths import CASES
from tests.worklist_ledger import customer

CASE = CASES / "c08_notice_by_post" / "in"


def bill(name: str, amount: str, due: str, who: str = "C1") -> tuple:
    return (name, who, "invoice", due, due, "EUR", amount)


def notice(day: str, channel: str, invoice: str = "", *, received: str = "") -> dict:
    return {
        "customer_id": "C1", "invoice_id": invoice, "contact_date": day, "channel": channel,
        "direction": "out", "kind": "notice_14_days", "received_date": received,
    }  # fmt: skip


@pytest.fixture(scope="module")
def netherlands(tmp_path_factory) -> Iterator[Desk]:
    """A store without any setting: the days of post and the holidays are those published."""
    desk = Desk(tmp_path_factory.mktemp("netherlands"))
    desk.load(customers=[customer("C1")])
    yield desk
    desk.close()


def received_on(desk, day: str) -> list[date]:
    """Return the days on which an e-mail and a letter of a day count as received."""
    return [row["received_date"] for row in desk.ask("notice_ends", as_of=day)]


@pytest.mark.slow
@pytest.mark.skipif(not CASE.exists(), reason="the cases are not at ../shared/cases")
def test_the_published_case_of_letters_posted_on_a_friday(tmp_path):
    load(tmp_path, [CASE])
    with open_books(tmp_path) as books:
        before = {row["invoice_id"]: row for row in books.ask("claims", as_of="2026-02-17").to_dicts()}
        after = {row["invoice_id"]: row for row in books.ask("claims", as_of="2026-02-18").to_dicts()}
    assert {name: row["costs_from"] for name, row in before.items()} == {
        "L1": None, "L2": None, "L3": date(2026, 2, 14),
    }  # fmt: skip
    assert {name: row["costs_from"] for name, row in after.items()} == {
        "L1": date(2026, 2, 18), "L2": date(2026, 2, 18), "L3": date(2026, 2, 14),
    }  # fmt: skip
    # 1,000 x 4% x 31 / 365 = 3.40; 600.00 - 3.40 = 596.60; 403.40 x 15% = 60.51;
    # 403.40 x 4% x 2 / 365 = 0.09.
    amounts = [after["L2"][name] for name in ("principal", "interest", "collection_costs", "total")]
    assert amounts == [Decimal("403.40"), Decimal("0.09"), Decimal("60.51"), Decimal("464.00")]


@pytest.mark.parametrize(
    ("posted", "received"),
    [
        ("2026-01-28", "2026-01-30"),  # Wednesday: Thursday, Friday
        ("2026-01-30", "2026-02-03"),  # Friday: Saturday, Tuesday
        ("2026-01-31", "2026-02-04"),  # Saturday: Tuesday, Wednesday
        ("2026-02-01", "2026-02-04"),  # Sunday: the same
        ("2026-02-02", "2026-02-04"),  # Monday: Tuesday, Wednesday
        ("2025-12-24", "2025-12-30"),  # Wednesday: 25 and 26 December are holidays; Saturday, Tuesday
        ("2026-05-12", "2026-05-15"),  # Tuesday: Wednesday, not Ascension the 14th, Friday
        ("2026-04-01", "2026-04-04"),  # Wednesday: Thursday, not Good Friday, Saturday
        ("2025-04-25", "2025-04-30"),  # Friday: not Saturday the 26th (King's Day); Tuesday, Wednesday
        ("2025-05-02", "2025-05-06"),  # Friday: Saturday, Tuesday; Liberation Day is a Monday
        ("2020-05-04", "2020-05-07"),  # Monday: not Tuesday the 5th, a lustrum; Wednesday, Thursday
        ("2026-05-04", "2026-05-06"),  # Monday: Tuesday the 5th is an ordinary year's
        ("2013-06-07", "2013-06-10"),  # Friday: Saturday, Monday; until 2014 post came on Mondays
    ],
)
def test_post_comes_on_the_second_delivery_day(netherlands, posted, received):
    assert received_on(netherlands, posted) == [date.fromisoformat(posted), date.fromisoformat(received)]


def test_the_public_holidays_are_those_of_the_netherlands(netherlands):
    published = holidays.country_holidays("NL", years=range(2012, 2100), language="en_US")
    first, days = date(2012, 1, 1), (date(2099, 12, 31) - date(2012, 1, 1)).days + 1
    closed = {
        row[0]
        for row in netherlands.rows(
            f"select day from (select date '{first}' + cast(unnest(range({days})) as integer) as day) "
            "where is_public_holiday(day)"
        )
    }
    assert closed == set(published)


def test_a_setting_with_a_first_day_overrules_the_published_days(desk):
    desk.load(
        customers=[customer("C1")],
        settings=[("post_delivery", "2027-07-01 3 tue wed thu fri sat; 2028-01-01 1 wed")],
    )
    assert received_on(desk, "2027-06-30")[1] == date(2027, 7, 2)  # Wednesday: the second day, Friday
    assert received_on(desk, "2027-07-01")[1] == date(2027, 7, 6)  # Thursday: Friday, Saturday, Tuesday
    assert received_on(desk, "2028-01-05")[1] == date(2028, 1, 12)  # the next Wednesday


def test_a_rule_of_delivery_that_cannot_be_read_is_refused(desk):
    values = ["2027-07-01", "2027-02-30 2 tue", "2027-07-01 2 die", "2027-07-01 2 tue;", "soon 2 tue"]
    report = desk.load(settings=[("post_delivery", value) for value in values])
    assert report.files[0].rejects["reason"].to_list() == [
        "value must be a day, a delivery day and weekdays, such as 2027-07-01 3 tue wed thu fri sat"
    ] * len(values)


def test_every_published_rule_has_a_source_and_a_day():
    rules = post.delivery_rules()
    assert [rule.valid_from for rule in rules] == sorted({rule.valid_from for rule in rules})
    assert all("ECLI:NL:HR:2016:2704" in rule.source and rule.verified_on for rule in rules)
    assert max(rule.valid_from for rule in rules) <= max(rule.verified_on for rule in rules)


@pytest.mark.parametrize(
    ("channel", "received", "costs_from"),
    [
        ("letter", "", "2026-02-18"),  # Friday 30 January: Tuesday the 3rd, and 14 days
        ("post", "", "2026-02-18"),
        ("pigeon", "", "2026-02-18"),  # unknown: the slowest
        ("E-mail", "", "2026-02-14"),
        ("whatsapp", "", "2026-02-14"),
        ("letter", "2026-01-31", "2026-02-15"),
        ("letter", "2026-02-10", "2026-02-25"),  # collected at the post office
        ("email", "2026-02-02", "2026-02-17"),
    ],
)
def test_costs_fall_due_fifteen_days_after_the_receipt(shared_desk, channel, received, costs_from):
    shared_desk.load(
        customers=[customer("C1", customer_type="consumer")],
        invoices=[bill("F1", "100.00", "2026-01-16")],
        contacts=[notice("2026-01-30", channel, received=received)],
    )
    day = date.fromisoformat(costs_from)
    [before] = shared_desk.ask("claims", as_of=day - timedelta(days=1))
    [after] = shared_desk.ask("claims", as_of=day)
    assert (before["costs_from"], before["collection_costs"]) == (None, 0)
    assert (after["costs_from"], after["collection_costs"]) == (day, 40)
    assert after["notice_date"] == date(2026, 1, 30)
    assert after["notice_received_date"] == day - timedelta(days=15)


def test_a_notice_received_before_it_was_sent_is_refused(desk):
    report = desk.load(contacts=[notice("2026-01-30", "letter", received="2026-01-29")])
    assert report.files[0].rejects["column"].to_list() == ["received_date"]


def test_a_second_notice_starts_nothing_again_for_what_was_noticed_before(shared_desk):
    # F1 by the letter of 30 January: costs from 18 February. F2 fell due after it: by the e-mail of 1 March
    # costs from 16 March. 300 x 15% = 45.00; 500 x 15% = 75.00 together, so 30.00 for F2.
    shared_desk.load(
        customers=[customer("C1", customer_type="consumer")],
        invoices=[bill("F1", "300.00", "2026-01-16"), bill("F2", "200.00", "2026-02-16")],
        contacts=[notice("2026-01-30", "letter"), notice("2026-03-01", "email")],
    )
    rows = {row["invoice_id"]: row for row in shared_desk.ask("claims", as_of="2026-03-15")}
    assert [rows[name]["costs_from"] for name in ("F1", "F2")] == [date(2026, 2, 18), None]
    rows = {row["invoice_id"]: row for row in shared_desk.ask("claims", as_of="2026-03-16")}
    assert [rows[name]["costs_from"] for name in ("F1", "F2")] == [date(2026, 2, 18), date(2026, 3, 16)]
    assert [rows[name]["collection_costs"] for name in ("F1", "F2")] == [45, 30]
    assert rows["F1"]["notice_date"] == date(2026, 1, 30)


def test_the_timeline_says_when_a_notice_was_received(shared_desk):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[bill("F1", "100.00", "2026-01-16")],
        contacts=[notice("2026-01-30", "letter")],
    )
    [event] = [
        row
        for row in shared_desk.ask("timeline", customer="C1", as_of="2026-02-28")
        if row["event"] == "contact"
    ]
    assert event["detail"] == "out/letter/notice_14_days/2026-02-03"
    assert shared_desk.ask("contacts", as_of="2026-02-28")[0]["received_date"] == date(2026, 2, 3)
