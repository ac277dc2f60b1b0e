"""Noting a call in a browser: an impatient double click notes one call, with the customer it was made to."""

import shutil

import pytest
from playwright.sync_api import expect

from queries import open_books
from tests.browser.steps import AS_OF, go, settle

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

NAME = ".st-key-head-line h2"
COUNT = ".st-key-head-lines h2"


@pytest.fixture(scope="module")
def own_store(demo_store, tmp_path_factory):
    """A copy: what these tests save, the others need not see."""
    return shutil.copytree(demo_store, tmp_path_factory.mktemp("contacts") / "store")


@pytest.fixture(scope="module")
def own_server(start_server, own_store) -> str:
    return start_server(own_store).url


@pytest.fixture
def page(visitor, own_server):
    opened = visitor()
    go(opened, own_server, f"worklist?as_of={AS_OF}&lang=en")
    expect(opened.locator(NAME)).to_be_visible(timeout=120_000)
    return opened


def contacts(own_store) -> list[tuple]:
    with open_books(own_store) as books, books.session() as cursor:
        return cursor.execute(
            "select distinct customer_id, contact_id from contact_at(null) where outcome = 'no_answer'"
        ).fetchall()


def test_a_double_click_on_save_notes_one_call_and_the_same_customer_stays(page, own_store):
    name = page.locator(NAME).inner_text().split(":")[0]
    count = int(page.locator(COUNT).inner_text().split()[0])
    before = contacts(own_store)
    page.get_by_role("button", name="Called").click()
    settle(page)
    page.get_by_text("No answer", exact=True).click()
    settle(page)
    save = page.locator('[class*="-call-save"] button')
    place = save.bounding_box()
    assert place is not None

    def click() -> None:
        page.mouse.click(place["x"] + 20, place["y"] + 10)

    click()
    page.wait_for_timeout(100)
    click()
    expect(page.get_by_text("Noted: called")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(600)
    click()
    settle(page)
    assert page.locator(NAME).inner_text().split(":")[0] == name
    added = [row for row in contacts(own_store) if row not in before]
    assert len(added) == 1
    expect(page.locator(COUNT)).to_contain_text(f"{count - 1} customer", timeout=30_000)

    undo = page.get_by_role("button", name="Undo")
    undo.dblclick()
    expect(page.locator(COUNT)).to_contain_text(f"{count} customer", timeout=30_000)
    assert contacts(own_store) == before
    assert page.locator(NAME).inner_text().split(":")[0] == name


def test_keys_walk_the_list_and_open_the_note_and_typing_in_it_walks_nowhere(page):
    first = page.locator(NAME).inner_text()
    page.keyboard.press("j")
    expect(page.locator(NAME)).not_to_have_text(first, timeout=30_000)
    settle(page)
    second = page.locator(NAME).inner_text()
    page.keyboard.press("k")
    expect(page.locator(NAME)).to_have_text(first, timeout=30_000)
    settle(page)
    page.keyboard.press("j")
    expect(page.locator(NAME)).to_have_text(second, timeout=30_000)
    settle(page)
    page.keyboard.press("n")
    note = page.locator('[class*="note-note"] textarea')
    expect(note).to_be_visible(timeout=30_000)
    note.click()
    page.keyboard.type("jjkn asks")
    settle(page)
    assert note.input_value() == "jjkn asks"
    assert page.locator(NAME).inner_text() == second
    page.get_by_role("button", name="Cancel").click()
    settle(page)
    page.locator("h1").click()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(second.split(":")[0], timeout=30_000)


CLICK = """(button) => {
  button.click();
  const first = button.getAttribute('aria-disabled');
  let passed = 0;
  button.addEventListener('click', () => passed++, {once: true});
  button.click();
  return [first, passed];
}"""


def test_save_is_disabled_from_the_click_until_the_answer_and_keeps_the_focus(page, own_server):
    """Every form that writes; a click that is caught does not reach the page."""
    page.get_by_role("button", name="Called").click()
    settle(page)
    page.get_by_text("Call back", exact=True).click()
    settle(page)
    save = page.locator('[class*="-call-save"] button')
    assert save.evaluate(CLICK) == ["true", 0]
    # A day is asked: the answer is there, and Save can be pressed again.
    expect(page.get_by_text("Contact again on:")).to_be_visible(timeout=30_000)
    expect(save).to_be_enabled()
    save.focus()
    page.keyboard.press("Enter")
    expect(save).to_be_disabled()
    expect(save).to_be_enabled()
    assert save.evaluate("(button) => button === document.activeElement")

    page.get_by_role("button", name="Contact details").click()
    details = page.locator('[class*="details-worklist"][class*="-save"] button')
    assert details.evaluate(CLICK) == ["true", 0]
    expect(page.get_by_text("Nothing was changed.")).to_be_visible(timeout=30_000)

    for address, saves in (
        ("settings?part=sender", '[class*="-save"] button'),
        ("liquidity_forecast?part=plan", ".st-key-plan-lines-0-save button"),
    ):
        go(page, own_server, f"{address}&as_of={AS_OF}&lang=en")
        save = page.locator(saves).first
        assert save.evaluate(CLICK) == ["true", 0]
        expect(page.get_by_text("Nothing was changed.")).to_be_visible(timeout=30_000)
        expect(save).to_be_enabled()


def test_an_outcome_pressed_as_soon_as_it_is_seen_is_taken_each_of_eight_times(page):
    called = page.get_by_role("button", name="Called")
    outcomes = page.locator('[class*="-call-outcome"] [role="radio"]')
    for _time in range(8):
        called.click()
        page.get_by_role("radio", name="Promised").click()
        expect(page.locator('[class*="-call-promised"]')).to_be_visible()
        expect(page.get_by_role("radio", name="Promised")).to_be_checked()
        settle(page)
        page.get_by_role("button", name="Cancel").click()
        expect(outcomes).to_have_count(0)
        settle(page)


def test_a_click_counts_where_it_was_pressed_though_the_page_moves_before_it_is_let_go(page):
    called = page.get_by_role("button", name="Called")
    place = called.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 20, place["y"] + 10)
    page.mouse.down()
    page.evaluate("document.querySelector('[class*=\"-panel\"]').style.marginTop = '120px'")
    page.mouse.up()
    expect(page.get_by_role("radio", name="Promised")).to_be_visible()
    settle(page)

    # Who moves the hand away before letting go, as one does who changed his mind, clicks nothing.
    place = page.get_by_role("button", name="Cancel").bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 20, place["y"] + 10)
    page.mouse.down()
    page.mouse.move(place["x"] + 20, place["y"] - 100)
    page.mouse.up()
    settle(page)
    expect(page.get_by_role("radio", name="Promised")).to_be_visible()
