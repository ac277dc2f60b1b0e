"""Addresses, the way back, typing, the phone and the forecast, in a real Chromium."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.steps import AS_OF, PATHS, go, parameters, pick_first_row, settle, turn

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def phone(lasting_visitor, server):
    page = lasting_visitor(phone=True)
    go(page, server)
    return page


@pytest.fixture(scope="module")
def desk(lasting_visitor, server):
    page = lasting_visitor()
    go(page, server)
    return page


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_never_scrolls_sideways(phone, path):
    turn(phone, "" if path == PATHS[0] else path)
    phone.wait_for_timeout(300)
    wide = phone.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
          .map((part) => part.scrollWidth)"""
    )
    assert max(wide) <= 390
    if path == "cash_position":
        assert phone.locator('[data-testid="stMetric"]').count() == 4


def test_the_dark_theme_reaches_the_charts(visitor, server):
    page = visitor(dark=True)
    go(page, server)
    page.wait_for_selector(".st-key-figure-fan .xtick text")
    colours = page.evaluate(
        """() => [getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor,
          getComputedStyle(document.querySelector('.st-key-figure-fan .xtick text')).fill]"""
    )
    assert colours == ["rgb(16, 22, 29)", "rgb(163, 176, 189)"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ageing?as_of=xx", "Het adres vroeg om iets wat er niet is (peildatum)"),
        ("ageing?segment=<script>", "Het adres vroeg om iets wat er niet is (segment)"),
        ("ageing?as_of=1999-01-01", "Op 01\u201101\u20111999 is er nog niets"),
        ("customer?customer=<script>", "Er staat geen klant <script> in de boeken."),
    ],
)
def test_a_bad_address_gets_a_sentence_and_a_way_out(visitor, server, address, said):
    page = visitor()
    go(page, server, address)
    text = page.locator('[data-testid="stMain"]').inner_text().replace("\u2060", "")
    assert said in text
    assert "Traceback" not in text
    assert page.locator('[data-testid="stException"]').count() == 0


def test_an_unknown_bucket_in_the_address_shows_what_is_overdue(visitor, server):
    page = visitor()
    go(page, server, "ageing?bucket=foo")
    expect(page.locator(".st-key-head-items h2")).to_contain_text("Te laat: ")


def test_the_day_the_books_end_is_the_day_shown(visitor, server, books):
    page = visitor()
    go(page, server)
    assert date.fromisoformat(parameters(page)["as_of"]) == books.default_as_of


def test_the_language_stays_chosen_from_page_to_page(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&lang=nl")
    for name in ("settings", "definitions", "data", "ageing"):
        turn(page, f"{name}?as_of={AS_OF}&lang=nl")
        expect(page.get_by_role("radio", name="NL", exact=True)).to_be_checked()


def test_back_goes_back_one_step_at_a_time(visitor, server, books):
    page = visitor()
    go(page, server, f"?as_of={AS_OF}")
    page.locator('[data-testid="stSidebarNavLink"]').nth(PATHS.index("ageing")).click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Ouderdom'")
    settle(page)
    page.locator(".st-key-cell-d31-60 a").click()
    page.wait_for_url("**bucket=d31_60**")
    settle(page)
    pick_first_row(page)
    page.wait_for_selector(".st-key-card-panel")
    settle(page)
    page.locator('[data-testid="stSidebarNavLink"]').first.click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Kaspositie'")
    settle(page)
    page.go_back()
    page.wait_for_selector(".st-key-card-panel")  # the bucket and its customer
    settle(page)
    assert parameters(page)["bucket"] == "d31_60"
    page.go_back()
    page.wait_for_selector(".st-key-card-panel", state="detached")
    assert "customer" not in parameters(page)
    page.go_back()
    expect(page.locator(".st-key-head-items h2")).to_contain_text("Te laat: ")
    page.go_back()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Kaspositie'")


def test_back_ticks_the_row_that_was_left_on_its_page_of_the_table(visitor, server):
    page = visitor()
    go(page, server, f"kpi_trends?as_of={AS_OF}&part=customers")
    page.locator('[class*="st-key-under-kpi-customers"]').get_by_text("2", exact=True).click()
    settle(page)
    pick_first_row(page)
    # By its words: while a row is picked, the link that stood in this place before can stand beside it.
    opens = page.locator(".st-key-link-kpi-customer").get_by_role("link", name="Deze klant openen")
    expect(opens).to_be_visible()
    settle(page)
    opens.click()
    page.wait_for_url("**/customer?**")
    settle(page)
    customer = parameters(page)["customer"]
    page.go_back()
    expect(opens).to_have_attribute("href", re.compile(rf"customer={re.escape(customer)}\b"))
    settle(page)
    expect(page.locator('[class*="st-key-under-kpi-customers"]')).to_contain_text("21–40 van ")
    page.go_forward()
    page.wait_for_url("**/customer?**")
    settle(page)
    assert parameters(page)["customer"] == customer


def test_back_to_where_nothing_was_ticked_ticks_nothing(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&bucket=all")
    pick_first_row(page)
    panel = page.locator(".st-key-card-panel")
    expect(panel).to_be_visible()
    settle(page)
    page.go_back()
    expect(panel).to_have_count(0)
    settle(page)
    page.go_forward()
    expect(panel).to_be_visible()


def test_another_bucket_closes_the_customer_of_the_last_one_and_starts_on_its_first_page(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&bucket=all")
    pick_first_row(page)
    page.wait_for_selector(".st-key-card-panel")
    page.locator('[class*="st-key-under-items"]').get_by_text("2", exact=True).click()
    expect(page.locator('[class*="st-key-under-items"]')).to_contain_text("11–20 van ")
    settle(page)
    page.get_by_role("radio", name="Niet vervallen", exact=True).click()
    page.wait_for_selector(".st-key-card-panel", state="detached")
    expect(page.locator('[class*="st-key-under-items"]')).to_contain_text("1–10 van ")
    assert "customer" not in parameters(page)


def test_every_search_for_a_customer_counts(desk, books):
    turn(desk, f"customer?as_of={AS_OF}")
    names = books.ask("customers", as_of=AS_OF)["customer_name"].to_list()[1:4]
    for name in names:
        box = desk.get_by_placeholder("Naam of nummer")
        box.fill(name)
        box.press("Enter")
        expect(desk.locator(".st-key-head-customers h2")).to_contain_text(f"“{name}”")
        settle(desk)


def test_a_typed_day_counts_on_enter(desk):
    turn(desk, f"ageing?as_of={AS_OF}")
    desk.locator(".st-key-f_as_of [role=spinbutton]").first.click()
    desk.keyboard.type("15102026")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**as_of=2026-10-15**")


def test_a_day_gone_to_in_the_menu_leaves_the_comparison_as_it_is_for_every_click_after_it(desk):
    """The browser keeps the words of the comparisons it was told first, each with its day."""
    turn(desk, f"ageing?as_of={AS_OF}&compare=month")
    desk.locator(".st-key-day-menu button").first.click()
    desk.locator(".st-key-quick-month button").click()
    desk.wait_for_url("**as_of=2026-10-31**")
    settle(desk)
    for label in ("EN", "NL"):
        desk.keyboard.press("Escape")
        desk.locator(".st-key-f_language").get_by_text(label, exact=True).click()
        settle(desk)
        assert desk.get_by_text(re.compile("could not be shown|niet worden getoond")).count() == 0
        assert parameters(desk)["compare"] == "month"


@pytest.mark.parametrize(
    ("address", "title", "said"),
    [
        (f"cash_position?as_of={AS_OF}", "Kaspositie", None),
        ("nowhere/at/all", "Kaspositie", "Er is geen pagina /nowhere/at/all"),
    ],
)
def test_a_path_of_no_page_shows_the_first_one(visitor, server, address, title, said):
    page = visitor()
    go(page, server, address)
    assert page.locator("h1").inner_text() == title
    assert page.get_by_text("Page not found").count() == 0
    if said:
        assert said in page.locator('[data-testid="stMain"]').inner_text().replace("\u2060", "")
    else:
        assert parameters(page)["as_of"] == AS_OF


def test_the_tools_of_a_table_leave_its_export_free(desk):
    turn(desk, f"ageing?as_of={AS_OF}")
    desk.locator('[data-testid="stDataFrame"]').first.hover()
    desk.wait_for_timeout(300)
    export = desk.locator(".st-key-export-items button").first.bounding_box()
    tools = desk.locator('.st-key-table-items-overdue [data-testid="stElementToolbar"]').bounding_box()
    assert tools["y"] >= export["y"] + export["height"]


def test_a_filter_behind_the_button_is_shown_and_cleared(desk):
    turn(desk, f"ageing?as_of={AS_OF}&limits=14-45&basis=invoice")
    expect(desk.locator('.st-key-extras [data-testid="stButton"]')).to_have_count(2)
    desk.locator(".st-key-extra-limits button").first.click()
    expect(desk.locator('.st-key-extras [data-testid="stButton"]')).to_have_count(1)
    settle(desk)
    assert "limits" not in parameters(desk)
    assert parameters(desk)["basis"] == "invoice"


def test_the_lowest_week_leads_to_its_invoices_and_why_they_come_then(visitor, server):
    page = visitor()
    go(page, server, f"?as_of={AS_OF}")
    page.locator(".st-key-tile-low a").click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Liquiditeitsprognose'")
    settle(page)
    week = date.fromisoformat(parameters(page)["week"])
    expect(page.locator(".st-key-head-week h2")).to_contain_text(f"Week {week.isocalendar().week}: ")
    table = page.locator('[class*="st-key-table-expected"] [data-testid="stDataFrame"]')
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + 34 + 17)
    expect(page.locator(".st-key-card-why li").first).to_be_visible()
    settle(page)


def test_a_week_that_is_not_forecast_is_said_not_to_be_there(visitor, server):
    page = visitor(locale="en-GB")
    go(page, server, f"liquidity_forecast?as_of={AS_OF}&week=2031-01-06")
    page.wait_for_selector(".st-key-head-week h2")
    settle(page)
    assert "something that is not there (week)" in page.locator('[data-testid="stMain"]').inner_text()
    assert "week" not in parameters(page)


@pytest.mark.parametrize(("locale", "said"), [("nl-NL", "weken teruggekeken"), ("en-GB", "past weeks")])
def test_the_accuracy_of_the_forecast_is_told_in_both_languages(visitor, server, locale, said):
    page = visitor(locale=locale, dark=True)
    go(page, server, f"liquidity_forecast?as_of={AS_OF}&part=accuracy")
    expect(page.locator(".st-key-head-methods h2")).to_contain_text(said, timeout=60_000)
    expect(page.locator(".st-key-figure-coverage .js-plotly-plot")).to_be_visible()
    settle(page)
    assert page.locator('[data-testid="stAlertContentError"]').count() == 0
