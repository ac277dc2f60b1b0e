"""A hand that works a page, and counts."""

from playwright.sync_api import expect

from tests.browser.steps import FIRST_LOAD


class Mouse:
    """A hand that clicks; each click counts."""

    def __init__(self, page) -> None:
        self.page, self.clicks = page, 0

    def press(self, target) -> None:
        expect(target.first).to_be_visible(timeout=FIRST_LOAD)
        target.first.click()
        self.clicks += 1

    def choose(self, radio) -> None:
        self.press(radio.locator("xpath=ancestor::label"))
