import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from queries import open_books
from tests.browser.conftest import HOSTILE

AS_OF = "2026-11-20"
TITLES = {
    "nl": (
        "Kaspositie", "Liquiditeitsprognose", "Ouderdomsanalyse", "Klant", "Kengetallen", "Gegevens",
        "Definities",
    ),
    "en": (
        "Cash position", "Liquidity forecast", "Ageing of receivables", "Customer", "KPI trends", "Data",
        "Definitions",
    ),
}  # fmt: skip
PATHS = ("cash_position", "liquidity_forecast", "ageing", "customer", "kpi_trends", "data", "definitions")
IDLE = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-testid="stSkeleton"]')"""


def settle(page):
    """Wait until the page is drawn: the script must have been idle for a moment."""
    page.wait_for_selector("h1")
    for _ in range(2):
        page.wait_for_function(IDLE)
        page.wait_for_timeout(150)


def go(page, server, address=""):
    page.goto(f"{server}/{address}")
    settle(page)


def parameters(page):
    return dict(pair.split("=", 1) for pair in page.url.split("?", 1)[1].split("&"))


def pick_first_row(page):
    """The table is a canvas, so its first row is found by place: under the header, in the box's column."""
    box = page.locator('[data-testid="stDataFrame"]').first.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + 34 + 17)


@pytest.fixture(scope="module")
def books(demo_store):
    with open_books(demo_store) as opened:
        yield opened


@pytest.mark.parametrize(("locale", "spoken"), [("nl-BE", "nl"), ("en-GB", "en")])
def test_every_page_opens_in_the_language_of_the_browser(visitor, server, locale, spoken):
    page = visitor(locale=locale)
    go(page, server)
    links = page.locator('[data-testid="stSidebarNavLink"]')
    assert links.count() == len(PATHS)
    for place, title in enumerate(TITLES[spoken]):
        links.nth(place).click()
        page.wait_for_function(f"document.querySelector('h1')?.innerText === {title!r}")
        settle(page)
        assert page.locator('[data-testid="stException"]').count() == 0
        assert page.locator('[data-testid="stAlertContentError"]').count() == 0
        assert page.locator(".st-key-tie-out").count() == 1


def test_switching_the_language_keeps_page_and_filters(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&segment=Groot&bucket=d1_30")
    page.get_by_role("radio", name="EN", exact=True).click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Ageing of receivables'")
    settle(page)
    assert parameters(page) == {"as_of": AS_OF, "segment": "Groot", "bucket": "d1_30", "lang": "en"}
    expect(page.locator(".st-key-head-items h2")).to_contain_text("1–30 days: ")


def test_the_sidebar_keeps_the_filters(visitor, server):
    page = visitor()
    go(page, server, "ageing?as_of=2026-09-30&segment=Midden&limits=14-45")
    page.locator('[data-testid="stSidebarNavLink"]').first.click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Kaspositie'")
    settle(page)
    assert parameters(page) == {"as_of": "2026-09-30", "segment": "Midden", "limits": "14-45", "lang": "nl"}


def test_the_way_from_a_tile_to_its_rows_keeps_the_filters(visitor, server, books):
    page = visitor()
    go(page, server, f"?as_of={AS_OF}&segment=Klein")
    page.locator(".st-key-tile-overdue a").click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Ouderdomsanalyse'")
    settle(page)
    late = books.ask("open_items", as_of=AS_OF, segment="Klein", bucket="overdue")
    expect(page.locator(".st-key-head-items h2")).to_contain_text(
        f"{late['invoice_id'].n_unique()} documenten"
    )
    expect(page.locator(".st-key-f_segment input")).to_have_value("Klein")


def test_a_filter_picked_on_the_screen_changes_figures_and_address(visitor, server, books):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}")
    page.locator(".st-key-f_segment").click()
    page.get_by_role("option", name="Klein", exact=True).click()
    page.wait_for_url("**segment=Klein**")
    settle(page)
    overdue = books.ask("kpi", as_of=AS_OF, segment="Klein")["overdue"][0]
    shown = f"{overdue:,.0f}".replace(",", ".")
    expect(page.locator(".st-key-head-strip h2")).to_contain_text(f"€\u00a0{shown} is te laat")


def test_a_bucket_leads_to_its_invoices_and_on_to_the_customer(visitor, server, books):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}")
    page.locator(".st-key-cell-d1-30 a").click()
    page.wait_for_url("**bucket=d1_30**")
    settle(page)
    items = books.ask("open_items", as_of=AS_OF, bucket="d1_30")
    expect(page.locator(".st-key-head-items h2")).to_have_text(
        f"1–30 dgn: {items['invoice_id'].n_unique()} documenten van {items['customer_id'].n_unique()} klanten"
    )
    pick_first_row(page)
    page.wait_for_selector(".st-key-card-panel")
    settle(page)
    first = items.row(0, named=True)
    expect(page.locator(".st-key-head-panel h2")).to_have_text(first["customer_name"])
    assert parameters(page)["customer"] == first["customer_id"]
    page.get_by_role("link", name="Deze klant openen").click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Klant'")
    settle(page)
    expect(page.locator(".st-key-head-who h2")).to_have_text(first["customer_name"])


def test_clicking_a_part_of_the_strip_shows_its_invoices(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&bucket=d31_60")
    page.wait_for_selector('[class*="st-key-figure-strip"] .barlayer')
    box = page.locator('[class*="st-key-figure-strip"] .stPlotlyChart').bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
    page.wait_for_url("**bucket=not_due**")
    settle(page)
    expect(page.locator(".st-key-head-items h2")).to_contain_text("Niet vervallen: ")


def test_a_copied_link_reopens_the_same_view_in_a_fresh_browser(visitor, server, books):
    customer = books.ask("open_items", as_of="2026-10-31", segment="Midden", bucket="d1_30").row(
        0, named=True
    )
    first = visitor()
    go(
        first,
        server,
        f"ageing?as_of=2026-10-31&segment=Midden&bucket=d1_30&customer={customer['customer_id']}",
    )
    fresh = visitor(locale="en-US")
    fresh.goto(first.url)
    settle(fresh)
    for page in (first, fresh):
        expect(page.locator(".st-key-head-items h2")).to_contain_text("1–30 dgn: ")
        expect(page.locator(".st-key-head-panel h2")).to_have_text(customer["customer_name"])
        expect(page.locator(".st-key-f_segment input")).to_have_value("Midden")
        assert parameters(page)["as_of"] == "2026-10-31"
    assert fresh.url == first.url


def test_a_deep_link_is_served_as_the_very_first_visit(visitor, start_server):
    page = visitor()
    go(page, start_server().url, "customer?customer=C-EVIL")
    page.wait_for_selector(".st-key-head-who")
    assert page.locator("h1").inner_text() == "Klant"
    assert page.get_by_text("Page not found").count() == 0
    assert page.locator('[data-testid="stSidebarNavLink"]').count() == len(PATHS)


def test_a_name_from_the_data_is_shown_letter_by_letter_and_never_run(visitor, server):
    page = visitor()
    attacked = (
        "",
        "ageing?bucket=d31_60&customer=C-EVIL",
        "customer?customer=<img src=x>",
        "customer?customer=C-EVIL",
    )
    for address in attacked:
        go(page, server, address)
        main = page.locator('[data-testid="stMain"]')
        assert main.locator('img:not([src^="data:"])').count() == 0
        assert main.locator('a[href*="evil"], a[href^="javascript"]').count() == 0
    assert page.locator(".st-key-head-who h2").inner_text().replace("\u2060", "") == HOSTILE


@pytest.mark.parametrize("form", ["PNG", "SVG"])
def test_a_chart_is_saved_as_an_image_with_its_title_filters_and_day_inside(visitor, server, form):
    page = visitor()
    go(page, server, f"?as_of={AS_OF}&segment=Groot")
    finding = page.locator(".st-key-head-movement h2").inner_text()
    page.locator(".st-key-image-movement button").first.click()
    page.get_by_role("radio", name=form, exact=True).click()
    settle(page)
    with page.expect_download() as download:
        page.locator('[data-testid="stDialog"] .modebar-btn').first.click()
    saved = download.value
    page.wait_for_timeout(300)
    content = saved.path().read_bytes()
    assert saved.suggested_filename == f"receivables-moved-{AS_OF}.{form.lower()}"
    if form == "PNG":
        assert content.startswith(b"\x89PNG\r\n")
        return
    text = content.decode()
    for words in (finding.split("€")[0].strip(), "20-11-2026", "Groot"):
        assert words in text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "form",
    [("CSV, Nederlands", "utf-8-sig", ";", ","), ("CSV, internationaal", "utf-8", ",", ".")],
    ids=["nl", "international"],
)
def test_the_invoices_of_a_bucket_are_saved_as_csv(visitor, server, books, form):
    label, encoding, delimiter, decimal = form
    content, name = download(visitor(), server, label)
    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))
    expected = books.ask("open_items", as_of=AS_OF, bucket="d31_60")
    assert name == f"kasstroom-open-items-{AS_OF}.csv"
    assert len(rows) == expected.height + 1
    at = rows[0].index("Open")
    assert sum(Decimal(row[at].replace(decimal, ".")) for row in rows[1:]) == expected["open_amount"].sum()
    who = rows[0].index("Klant")
    assert [row[who] for row in rows[1:] if "evil" in row[who]] == ["'" + HOSTILE]


def test_the_invoices_of_a_bucket_are_saved_as_xlsx_with_real_numbers_and_what_they_are(
    visitor, server, books
):
    content, name = download(visitor(), server, "Excel (XLSX)")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    about = dict(row[:2] for row in book.get_sheet_by_index(0).to_python() if len(row) > 1)
    expected = books.ask("open_items", as_of=AS_OF, bucket="d31_60")
    rows = book.get_sheet_by_index(1).to_python()
    assert name == f"kasstroom-open-items-{AS_OF}.xlsx"
    assert about["Per"] == "20-11-2026"
    amounts = [row[rows[0].index("Open")] for row in rows[1:]]
    assert amounts == [float(value) for value in expected["open_amount"]]
    assert rows[1][rows[0].index("Vervaldatum")] == expected["due_date"][0]
    assert b"<f>" not in content


def download(page, server, label):
    go(page, server, f"ageing?as_of={AS_OF}&bucket=d31_60")
    page.locator(".st-key-export-items button").first.click()
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    return started.value.path().read_bytes(), started.value.suggested_filename


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_never_scrolls_sideways(visitor, server, path):
    page = visitor(phone=True)
    go(page, server, "" if path == PATHS[0] else path)
    page.wait_for_timeout(300)
    wide = page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
          .map((part) => part.scrollWidth)"""
    )
    assert max(wide) <= 390
    if path == "cash_position":
        assert page.locator('[data-testid="stMetric"]').count() == 4


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
        ("ageing?as_of=xx", "Het adres vroeg om iets wat er niet is (as_of)"),
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


def test_back_goes_back_one_step_at_a_time(visitor, server, books):
    page = visitor()
    go(page, server, f"?as_of={AS_OF}")
    page.locator('[data-testid="stSidebarNavLink"]').nth(PATHS.index("ageing")).click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Ouderdomsanalyse'")
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


def test_every_search_for_a_customer_counts(visitor, server, books):
    page = visitor()
    go(page, server, f"customer?as_of={AS_OF}")
    names = books.ask("customers", as_of=AS_OF)["customer_name"].to_list()[1:4]
    for name in names:
        box = page.get_by_placeholder("Naam of nummer")
        box.fill(name)
        box.press("Enter")
        expect(page.locator(".st-key-head-customers h2")).to_contain_text(f"“{name}”")
        settle(page)


def test_a_typed_day_counts_on_enter(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}")
    page.locator(".st-key-f_as_of [role=spinbutton]").first.click()
    page.keyboard.type("15102026")
    page.keyboard.press("Enter")
    page.wait_for_url("**as_of=2026-10-15**")


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


def test_the_tools_of_a_table_leave_its_export_free(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}")
    page.locator('[data-testid="stDataFrame"]').first.hover()
    page.wait_for_timeout(300)
    export = page.locator(".st-key-export-items button").first.bounding_box()
    tools = page.locator('.st-key-table-items-overdue [data-testid="stElementToolbar"]').bounding_box()
    assert tools["y"] >= export["y"] + export["height"]


def test_a_filter_behind_the_button_is_shown_and_cleared(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&limits=14-45&basis=invoice")
    expect(page.locator('.st-key-extras [data-testid="stButton"]')).to_have_count(2)
    page.locator(".st-key-extra-limits button").first.click()
    expect(page.locator('.st-key-extras [data-testid="stButton"]')).to_have_count(1)
    settle(page)
    assert "limits" not in parameters(page)
    assert parameters(page)["basis"] == "invoice"


def test_the_lowest_week_leads_to_its_invoices_and_why_they_come_then(visitor, server):
    page = visitor()
    go(page, server, f"?as_of={AS_OF}")
    page.locator(".st-key-tile-low a").click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Liquiditeitsprognose'")
    settle(page)
    week = date.fromisoformat(parameters(page)["week"])
    expect(page.locator(".st-key-head-week h2")).to_contain_text(f"Week {week.isocalendar().week}: ")
    box = page.locator('[class*="st-key-table-expected"] [data-testid="stDataFrame"]').bounding_box()
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
