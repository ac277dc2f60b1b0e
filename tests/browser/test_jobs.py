"""The jobs of a day, done with the mouse and its clicks counted, and done with the keyboard alone."""

import shutil
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from data.store.load import load
from queries import open_books
from tests.browser.conftest import HOSTILE
from tests.browser.hands import Mouse
from tests.browser.steps import AS_OF, FIRST_LOAD, go, settle

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

AMOUNTS = [Decimal("7001.00"), Decimal("7002.00"), Decimal("7003.00")]
LATE = [f"C-LATE{at}" for at in range(4)]
MOST_TABS = 250
# A component of ours has a document of its own, whose focus its own root tells.
HAS_FOCUS = "(one) => one.matches(':focus') || one.querySelector(':focus') !== null"
IS_BEFORE = """(one) => {
  const place = one.getRootNode().host ?? one, focus = document.activeElement;
  return focus !== document.body
    && (focus.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
}"""


class Keyboard:
    """A hand that walks to a button with Tab and presses it; it has no clicks."""

    def __init__(self, page) -> None:
        self.page, self.clicks = page, 0

    def press(self, target) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def choose(self, radio) -> None:
        """Reach the group of a radio button, and walk to it with the arrow."""
        self.reach(radio.first.locator("xpath=ancestor::*[@role='radiogroup']"))
        for _step in range(MOST_TABS):
            if radio.first.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
            settle(self.page)
        raise AssertionError("the arrow does not come there")

    def reach(self, target) -> None:
        expect(target.first).to_be_visible(timeout=FIRST_LOAD)
        for _tab in range(MOST_TABS):
            if target.first.evaluate(HAS_FOCUS):
                return
            # What stands before the focus is reached backwards, as anybody would.
            self.page.keyboard.press("Shift+Tab" if target.first.evaluate(IS_BEFORE) else "Tab")
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


def test_the_bucket_over_90_days_becomes_a_picture_for_a_slide(hand, server):
    page = hand.page
    go(page, server, f"ageing?as_of={AS_OF}&lang=en")
    hand.press(page.locator(".st-key-cell-d90-plus a"))
    settle(page)
    hand.press(page.locator(".st-key-export-strip button[aria-haspopup]"))
    png = page.get_by_role("button", name="PNG")
    expect(png).to_be_visible(timeout=FIRST_LOAD)
    with page.expect_download() as started:
        hand.press(png)
    assert started.value.path().read_bytes().startswith(b"\x89PNG")
    if isinstance(hand, Keyboard):
        # The hand stands on its button still, and Escape brings it back to where it opened the menu.
        assert png.evaluate(HAS_FOCUS)
        page.keyboard.press("Escape")
        expect(page.locator(".st-key-export-strip button[aria-haspopup]")).to_be_focused()
    assert hand.clicks <= 3


def test_a_month_end_comparison_is_exported(hand, server):
    page = hand.page
    go(page, server, f"ageing?as_of={AS_OF}&lang=en")
    hand.press(page.locator(".st-key-day-menu button"))
    settle(page)
    hand.choose(page.get_by_role("radio", name="Last month-end"))
    page.keyboard.press("Escape")
    settle(page)
    hand.press(page.locator(".st-key-export-strip button[aria-haspopup]"))
    with page.expect_download() as started:
        hand.press(page.get_by_role("button", name="Excel (XLSX)"))
    about = CalamineWorkbook.from_path(str(started.value.path())).get_sheet_by_index(0).to_python()
    assert ["Compared with", "31 Oct 2026"] in [row[:2] for row in about]
    assert hand.clicks <= 4


def test_from_the_cash_position_to_the_payments_behind_its_change(visitor, server):
    hand = Mouse(visitor(locale="en-GB"))
    page = hand.page
    go(page, server, f"cash_position?as_of={AS_OF}&lang=en")
    hand.press(page.locator(".st-key-opens-changes button"))
    hand.press(page.locator(".st-key-open-changes input"))
    hand.press(page.get_by_role("option").filter(has_text="€"))
    dialog = page.get_by_role("dialog")
    expect(dialog.locator('[data-testid="stDataFrame"]')).to_be_visible(timeout=FIRST_LOAD)
    assert hand.clicks <= 3


def test_a_new_user_has_own_books_on_the_screen(visitor, start_server, tmp_path):
    files = []
    for name, lines in (
        (
            "customers",
            [
                "customer_id,customer_name,segment,country,payment_terms_days,credit_limit",
                f'K1,"{HOSTILE.replace(chr(34), chr(34) * 2)}",A,NL,30,',
            ],
        ),
        (
            "invoices",
            [
                "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount",
                "N1,K1,invoice,2026-09-01,2026-10-01,EUR,1234.56",
            ],
        ),
    ):
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_text("\n".join(lines) + "\n")
    hand = Mouse(visitor(locale="en-GB"))
    page = hand.page
    go(page, start_server(tmp_path / "empty").url, "?lang=en")
    hand.press(page.get_by_role("link", name="Load files"))
    settle(page)
    with page.expect_file_chooser() as chosen:
        hand.press(page.locator('.st-key-uploader [data-testid="stFileUploaderDropzone"] button'))
    chosen.value.set_files(files)
    hand.press(page.get_by_role("button", name="Publish"))
    hand.press(page.get_by_role("link", name="To Cash position"))
    expect(page.get_by_text("€1,235").or_(page.get_by_text("€1,234.56")).first).to_be_visible(
        timeout=FIRST_LOAD
    )
    assert hand.clicks + 1 <= 6  # the file window of the system takes one more
