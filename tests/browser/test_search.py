"""From the keyboard to a customer, and back."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import go, settle

# Page loads in a browser.
pytestmark = pytest.mark.slow


def test_a_few_letters_and_enter_open_a_customer_and_back_leads_home(visitor, server):
    page = visitor()
    go(page, server, "ageing")
    assert page.title() == "Ouderdom · Kasstroom"
    assert page.evaluate("document.documentElement.lang") == "nl"
    page.keyboard.press("Control+k")
    expect(page.locator(".st-key-search-text input")).to_be_focused(timeout=60_000)
    page.keyboard.type("c-evil")
    page.keyboard.press("Enter")  # before any result is there
    page.wait_for_url("**/customer?**customer=C-EVIL**")
    settle(page)
    assert page.locator('[role="dialog"]').count() == 0
    page.go_back()
    page.wait_for_url("**/ageing?**")
    settle(page)
    page.keyboard.press("Meta+k")
    page.locator(".st-key-search-text input").fill("xyzzy [a](b)")
    expect(page.locator(".st-key-search-results")).to_contain_text("Niets heeft “xyzzy [a](b)”")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert "/ageing" in page.url
