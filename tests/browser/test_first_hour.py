"""A new user's own export, from the empty start page to its ageing, without a text editor."""

import time

import pytest
from playwright.sync_api import expect

from data.store.own_presets import list_presets
from tests.books import BOOKS
from tests.browser.accessibility import shut_doors
from tests.browser.hands import Mouse
from tests.browser.messy_exports import EXPORTS, MessyExport
from tests.browser.steps import FIRST_LOAD, go, settle

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

LANGUAGES = ("nl", "en")
WORDS = {
    "nl": {"load": "Bestanden laden", "ageing": "Ouderdom", "tie": "Sluit aan tot op de cent"},
    "en": {"load": "Load files", "ageing": "Ageing", "tie": "Ties out to the cent"},
}
MOST_SECONDS = 180
IS_CHECKED = "(all) => all.map((one) => one.checked)"


def choose_files(hand: Mouse, *files: dict) -> None:
    with hand.page.expect_file_chooser() as chosen:
        hand.press(hand.page.locator('.st-key-uploader [data-testid="stFileUploaderDropzone"] button'))
    chosen.value.set_files(list(files))
    expect(hand.page.locator('[class*="st-key-row-file-"]').first).to_be_visible(timeout=FIRST_LOAD)
    settle(hand.page)


def sent(export: MessyExport) -> dict:
    return {"name": export.name, "mimeType": "application/octet-stream", "buffer": export.content}


def say_what_is_not_sure(hand: Mouse, export: MessyExport, language: str) -> None:
    """Answer what stands under "Say which it is", in as few clicks as there are."""
    page = hand.page
    all_right = page.locator('[class*="-all-right"] button')
    ticks = page.locator('[class*="-right-"] label:has(input)')
    if all_right.count():
        hand.press(all_right)
    elif ticks.count():
        hand.press(ticks)
    settle(page)
    if export.date:
        hand.press(page.locator("label").filter(has_text=export.date[LANGUAGES.index(language)]))
        settle(page)
    if export.is_day_asked:
        hand.press(page.locator('[class*="-list_day"] [role="spinbutton"]'))
        page.keyboard.type("20112026")
        page.keyboard.press("Enter")
        settle(page)


# Each export in one language here, in the other in the exhaustive run.
IN_A_LANGUAGE = [
    pytest.param(export, language, marks=[pytest.mark.exhaustive] if (place + other) % len(LANGUAGES) else [])
    for place, export in enumerate(EXPORTS)
    for other, language in enumerate(LANGUAGES)
]


def books_total(page) -> str:
    return " ".join(page.locator(".st-key-tie-out").inner_text().split())


@pytest.mark.parametrize(
    ("export", "language"), IN_A_LANGUAGE, ids=lambda value: getattr(value, "name", value)
)
def test_an_export_is_on_the_ageing_page_within_three_minutes(
    visitor, start_server, tmp_path, export, language
):
    server = start_server(tmp_path / "store").url
    hand = Mouse(visitor(locale="nl-NL" if language == "nl" else "en-GB"))
    page, words = hand.page, WORDS[language]
    started = time.monotonic()
    go(page, server, f"?lang={language}")
    hand.press(page.locator(".st-key-no-books").get_by_role("link", name=words["load"]))
    settle(page)
    choose_files(hand, sent(export))
    say_what_is_not_sure(hand, export, language)
    hand.press(page.locator('[class*="st-key-use-once-"] button:not([disabled])'))
    hand.press(page.locator(".st-key-upload-publish button:not([disabled])"))
    hand.press(page.locator(".st-key-ways-on").get_by_role("link", name=words["ageing"]))
    expect(page.locator("h1")).to_have_text(words["ageing"], timeout=FIRST_LOAD)
    tie_out = page.locator(".st-key-tie-out")
    expect(tie_out).to_contain_text(words["tie"], timeout=FIRST_LOAD)
    assert f"= {export.open_amount[LANGUAGES.index(language)]}" in books_total(page)
    assert hand.clicks <= export.clicks  # the window of the system takes one more
    assert time.monotonic() - started < MOST_SECONDS
    assert list_presets(tmp_path / "store") == []


def test_a_saved_preset_reads_the_next_export_and_the_screens_keep_nobody_out(
    visitor, start_server, tmp_path
):
    server = start_server(tmp_path / "store").url
    hand = Mouse(visitor())
    page, export = hand.page, EXPORTS[0]
    go(page, server, "data?part=upload&lang=nl")
    choose_files(hand, sent(export))
    assert shut_doors(page) == []
    say_what_is_not_sure(hand, export, "nl")
    page.get_by_label("Naam van het profiel").fill("Openstaande posten van Café Zuid")
    page.keyboard.press("Tab")
    # An impatient hand: the second click finds what the first one made.
    page.locator('[class*="st-key-save-and-use-"] button:not([disabled])').dblclick()
    line = page.locator('[class*="st-key-row-file-"]')
    expect(line).to_contain_text("Openstaande posten van Café Zuid", timeout=FIRST_LOAD)
    settle(page)
    assert shut_doors(page) == []
    page.locator(".st-key-upload-publish button:not([disabled])").dblclick()
    expect(page.locator(".st-key-upload-done h2")).to_contain_text("4 nieuwe regels", timeout=FIRST_LOAD)
    settle(page)
    expect(page.locator(".st-key-head-own-presets h2")).to_contain_text("1 eigen profiel")
    assert shut_doors(page) == []
    # A week later: one is paid, and the list is known.
    text = export.content.decode("cp1252").replace("20-11-2026", "21-11-2026")
    later = text.replace("2.420,10;2.420,10", "2.420,10;420,10").replace("3.685,10", "1.685,10")
    choose_files(hand, {**sent(export), "buffer": later.encode("cp1252")})
    expect(line).to_contain_text("Openstaande posten van Café Zuid", timeout=FIRST_LOAD)
    expect(line).to_contain_text("De lijst is van 21-11-2026")
    hand.press(page.locator(".st-key-upload-publish button:not([disabled])"))
    hand.press(page.locator(".st-key-ways-on").get_by_role("link", name="Ouderdom"))
    expect(page.locator("h1")).to_have_text("Ouderdom", timeout=FIRST_LOAD)
    expect(page.locator(".st-key-tie-out")).to_contain_text("Sluit aan", timeout=FIRST_LOAD)
    settle(page)
    assert "= € 1.685,10" in books_total(page)


@pytest.mark.parametrize("has_books", [False, True], ids=["no books", "books"])
def test_a_list_that_is_described_again_shows_what_was_said(visitor, start_server, desk, has_books):
    """What a box shows must be what counts, also after it was away for a while."""
    if has_books:
        desk.load(**BOOKS)
    hand = Mouse(visitor(locale="en-GB"))
    page, export = hand.page, EXPORTS[2]
    go(page, start_server(desk.store).url, "data?part=upload&lang=en")
    choose_files(hand, sent(export))
    say_what_is_not_sure(hand, export, "en")

    def shown() -> tuple:
        settle(page)
        return (
            page.locator('[class*="-one_currency"] input').first.input_value(),
            page.locator('[class*="-header"] input').first.input_value(),
            page.locator('[class*="-right-one_currency"] input').is_checked(),
            page.locator('[class*="-date_format"] input').evaluate_all(IS_CHECKED),
            page.locator('[class*="-invoice_id"] input').first.input_value(),
        )

    said = ("USD", "2", True, [True, False], "Invoice No.")
    assert shown() == said
    # Another kind of list, and back.
    for shape in ("Invoices, without payments", "Open items on a day"):
        page.locator("label").filter(has_text=shape).first.click()
        settle(page)
    assert shown() == said
    # Used once, and described again.
    hand.press(page.locator('[class*="st-key-use-once-"] button:not([disabled])'))
    settle(page)
    hand.press(page.locator('[class*="st-key-read-as-menu-"] button'))
    page.locator('[class*="st-key-read-as-"] input').last.click()
    page.get_by_role("option", name="Say what is in it").click()
    settle(page)
    page.keyboard.press("Escape")
    assert shown() == said
