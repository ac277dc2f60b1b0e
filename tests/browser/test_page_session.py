"""Clicks in a page that is being left, in a real Chromium."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import AS_OF, go, settle
from tests.exhaustive import exhaustive

pytestmark = pytest.mark.slow

# In one breath, as a second finger does on a slow line: the page before still stands there.
_LEAVE_AND_CLICK = """([link, button]) => {
  document.querySelector(`[data-testid="stSidebarNavLink"][href*="${link}"]`).click();
  document.querySelector(button).click();
}"""
_MENU = '[class*="st-key-menu-"] button'


@pytest.mark.parametrize("page_left", ["", *exhaustive(["ageing", "kpi_trends"])])
def test_a_click_in_a_page_that_is_left_breaks_none_of_those_after_it(visitor, server, page_left):
    page = visitor()
    go(page, server, f"{page_left}?as_of={AS_OF}&lang=en")
    page.wait_for_selector(_MENU)
    page.evaluate(_LEAVE_AND_CLICK, ["liquidity_forecast", _MENU])
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Liquidity forecast")
    page.wait_for_selector(_MENU)
    page.locator(_MENU).first.click()
    settle(page)
    expect(page.locator('[data-testid="stPopoverBody"] button').first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liquidity forecast")


@pytest.mark.parametrize("page_opened", ["ageing", *exhaustive(["", "kpi_trends"])])
def test_a_click_in_the_page_that_an_address_opened_is_answered(visitor, server, page_opened):
    page = visitor()
    for _again in range(2):
        go(page, server, f"{page_opened}?as_of={AS_OF}&lang=en")
        page.wait_for_selector(_MENU)
        page.locator(_MENU).first.click()
        expect(page.locator('[data-testid="stPopoverBody"] button').first).to_be_visible()


def test_a_page_that_its_program_took_off_the_screen_is_opened_again(chromium, server):
    page = chromium.new_page()
    go(page, server, f"ageing?as_of={AS_OF}&lang=en")
    page.evaluate("""() => {
      document.getElementById('root').replaceChildren();
      setTimeout(() => { throw new Error('a fault of the program'); });
    }""")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ageing", timeout=30_000)
    page.close()
