"""Jobs of a day with the clicks of the mouse counted, and those of the follow-up with the keyboard alone."""

import shutil
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from data.store.load import load
from queries import open_books
from tests.browser.steps import AS_OF, FIRST_LOAD, go, settle

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

AMOUNTS = [Decimal("7001.00"), Decimal("7002.00"), Decimal("7003.00")]
LATE = [f"C-LATE{at}" for at in range(4)]
MOST_TABS = 250


class Mouse:
    """A hand that clicks; each click counts."""

    def __init__(self, page) -> None:
        self.page, self.clicks = page, 0

    def press(self, target) -> None:
        expect(target.first).to_be_visible(timeout=FIRST_LOAD)
        target.first.click()
        self.clicks += 1


class Keyboard:
    """A hand that walks to a button with Tab and presses it; it has no clicks."""

    def __init__(self, page) -> None:
        self.page, self.clicks = page, 0

    def press(self, target) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def reach(self, target) -> None:
        expect(target.first).to_be_visible(timeout=FIRST_LOAD)
        for _tab in range(MOST_TABS):
            if target.first.evaluate("(one) => one.contains(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("Tab does not come there")


@pytest.fixture(params=[Mouse, Keyboard])
def hand(request, visitor):
    return request.param(visitor(locale="en-GB"))


@pytest.fixture(scope="module")
def own_store(demo_store, tmp_path_factory):
    """The demo company, and customers far over their limit with three invoices late, one per test."""
    home = tmp_path_factory.mktemp("jobs")
    store = shutil.copytree(demo_store, home / "store")
    customers = ["customer_id,customer_name,segment,country,payment_terms_days,credit_limit"]
    invoices = ["invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount"]
    for who in LATE:
        customers.append(f"{who},Te laat {who},Groot,NL,30,1000.00")
        invoices += [
            f"{who}-{at},{who},invoice,2026-09-0{at},2026-10-0{at},EUR,{amount}"
            for at, amount in enumerate(AMOUNTS, 1)
        ]
    for name, lines in (("customers", customers), ("invoices", invoices)):
        (home / f"{name}.csv").write_text("\n".join(lines) + "\n")
    load(store, [home / "customers.csv", home / "invoices.csv"])
    return store


@pytest.fixture(scope="module")
def own_server(start_server, own_store) -> str:
    return start_server(own_store).url


@pytest.fixture(scope="module")
def customers():
    return iter(LATE)


def note_a_promise(hand) -> None:
    """From an open form for a call: promised, the day, saved."""
    page = hand.page
    hand.press(page.get_by_role("radio", name="Promised"))
    settle(page)
    day = page.locator('[class*="-call-promised"] [role="spinbutton"]')
    if isinstance(hand, Mouse):
        hand.press(day)
    else:
        hand.reach(day)
    page.keyboard.type("27112026")
    save = page.locator('[class*="-call-save"] button')
    hand.press(save)
    expect(page.get_by_text("Noted: called")).to_be_visible(timeout=FIRST_LOAD)
    settle(page)


def promises(store, who: str) -> list[tuple[str, Decimal]]:
    with open_books(store) as books, books.session() as cursor:
        return cursor.execute(
            "select invoice_id, amount from promise_at(null) where promised_date = date '2026-11-27' "
            "and contact_id is not null and starts_with(invoice_id, ?) order by invoice_id",
            [who],
        ).fetchall()


def three_of(who: str) -> list[tuple[str, Decimal]]:
    return [(f"{who}-{at}", amount) for at, amount in enumerate(AMOUNTS, 1)]


def test_a_call_from_the_worklist_with_a_promise_over_three_invoices(hand, own_server, own_store, customers):
    page, who = hand.page, next(customers)
    go(page, own_server, f"worklist?as_of={AS_OF}&lang=en&customer={who}")
    expect(page.locator(".st-key-head-line h2")).to_contain_text(f"Te laat {who}", timeout=FIRST_LOAD)
    settle(page)
    hand.press(page.get_by_role("button", name="Called"))
    settle(page)
    note_a_promise(hand)
    assert promises(own_store, who) == three_of(who)
    assert hand.clicks <= 4


def test_a_warning_becomes_a_call_with_a_promise_over_three_invoices(hand, own_server, own_store, customers):
    page, who = hand.page, next(customers)
    go(page, own_server, f"early_warning?as_of={AS_OF}&lang=en&part=all")
    hand.press(page.locator(f'[class*="st-key-warned-call-"][class*="{who}"] button'))
    settle(page)
    note_a_promise(hand)
    assert promises(own_store, who) == three_of(who)
    assert hand.clicks <= 6


def test_the_bucket_over_90_days_becomes_a_picture_for_a_slide(visitor, server):
    hand = Mouse(visitor(locale="en-GB"))
    page = hand.page
    go(page, server, f"ageing?as_of={AS_OF}&lang=en")
    hand.press(page.locator(".st-key-cell-d90-plus a"))
    settle(page)
    hand.press(page.locator(".st-key-export-strip button[aria-haspopup]"))
    png = page.get_by_role("button", name="PNG")
    expect(png).to_be_visible(timeout=FIRST_LOAD)
    with page.expect_download() as started:
        hand.press(png)
    assert started.value.suggested_filename.endswith(".png")
    assert hand.clicks <= 3
