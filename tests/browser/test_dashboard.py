"""Pages, languages, drilling down and taking away, in a real Chromium."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from reports import language
from tests.browser.accessibility import shut_doors
from tests.browser.conftest import HOSTILE
from tests.browser.steps import AS_OF, FIRST_LOAD, PATHS, TITLES, go, parameters, pick_first_row, settle


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "spoken", "dark"),
    [("nl-BE", "nl", False), pytest.param("en-GB", "en", True, marks=pytest.mark.exhaustive)],
)
def test_every_page_opens_in_the_language_of_the_browser_and_keeps_nobody_out(
    visitor, server, locale, spoken, dark
):
    page = visitor(locale=locale, dark=dark)
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
        assert shut_doors(page) == []


@pytest.mark.slow
def test_switching_the_language_keeps_page_and_filters(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&segment=Groot&bucket=d1_30")
    page.get_by_role("radio", name="EN", exact=True).click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Ageing'")
    settle(page)
    assert parameters(page) == {"as_of": AS_OF, "segment": "Groot", "bucket": "d1_30", "lang": "en"}
    expect(page.locator(".st-key-head-items h2")).to_contain_text("1–30 days: ")
    # What is chosen in a list is said in the new language too.
    expect(page.locator(".st-key-f_entity input")).to_have_value("All entities")


@pytest.mark.slow
def test_the_sidebar_keeps_the_filters(visitor, server):
    page = visitor()
    go(page, server, "ageing?as_of=2026-09-30&segment=Midden&limits=14-45")
    page.locator('[data-testid="stSidebarNavLink"]').first.click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Kaspositie'")
    settle(page)
    assert parameters(page) == {"as_of": "2026-09-30", "segment": "Midden", "limits": "14-45", "lang": "nl"}


@pytest.mark.slow
def test_below_1100_pixels_the_filters_are_a_panel_under_a_button(visitor, server):
    page = visitor(width=1024)
    go(page, server, f"ageing?as_of={AS_OF}")
    button, segment = page.locator(".filters-button"), page.locator(".st-key-f_segment input")
    day = language.day(date.fromisoformat(AS_OF))
    expect(button).to_have_text(f"{day} · alles · EUR")
    expect(segment).to_be_hidden()
    button.click()
    segment.click()
    page.get_by_role("option", name="Groot", exact=True).click()
    settle(page)
    expect(button).to_have_text(f"{day} · Groot · EUR")
    expect(button).to_have_attribute("aria-expanded", "true")  # one choice does not close it
    segment.focus()
    page.keyboard.press("Escape")
    expect(segment).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    expect(segment).to_be_visible()
    page.locator("h1").click()
    expect(segment).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(segment).to_be_visible()
    expect(button).to_be_hidden()


@pytest.mark.slow
def test_the_first_visit_to_a_server_has_the_sidebar_and_the_sheet_of_every_visit(
    visitor, start_server, tmp_path
):
    page = visitor()
    page.goto(f"{start_server(tmp_path / 'nothing').url}/ageing")
    settle(page)
    assert page.locator('[data-testid="stSidebar"]').bounding_box()["width"] == 224
    # Streamlit's own rules of the same weight come earlier in the page than ours.
    expect(page.locator(".st-key-follow-theme")).to_be_hidden()


@pytest.mark.slow
def test_the_way_from_a_tile_to_its_rows_keeps_the_filters(visitor, server, books):
    page = visitor()
    go(page, server, f"?as_of={AS_OF}&segment=Klein")
    page.locator(".st-key-tile-overdue a").click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Ouderdom'")
    settle(page)
    late = books.ask("open_items", as_of=AS_OF, segment="Klein", bucket="overdue", credits="apart")
    expect(page.locator(".st-key-head-items h2")).to_contain_text(
        f"{late['invoice_id'].n_unique()} documenten"
    )
    expect(page.locator(".st-key-f_segment input")).to_have_value("Klein")


@pytest.mark.slow
def test_a_filter_picked_on_the_screen_changes_figures_and_address(visitor, server, books):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}")
    page.locator(".st-key-f_segment").click()
    page.get_by_role("option", name="Klein", exact=True).click()
    page.wait_for_url("**segment=Klein**")
    settle(page)
    overdue = books.ask("kpi", as_of=AS_OF, segment="Klein")["overdue"][0]
    language.use("nl")
    shown = language.money(overdue, "EUR", 0)
    expect(page.locator(".st-key-head-strip h2")).to_contain_text(f"{shown} is te laat")


@pytest.mark.slow
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
    expect(page.locator("h1")).to_have_text(first["customer_name"], timeout=FIRST_LOAD)
    settle(page)
    expect(page.locator(".st-key-who")).to_be_visible()


@pytest.mark.slow
# A grid on a fresh page takes a moment to know its cell; after the longer one the focus is inside its canvas.
@pytest.mark.parametrize("pause", [500, 1_500])
def test_enter_in_a_table_opens_its_row(visitor, server, books, pause):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&bucket=d1_30")
    box = page.locator('[data-testid="stDataFrame"]').first.bounding_box()
    page.mouse.click(box["x"] + 150, box["y"] + 34 * 2.5)  # a cell of the second row, which picks nothing
    page.wait_for_timeout(pause)
    page.keyboard.press("Enter")
    second = books.ask("open_items", as_of=AS_OF, bucket="d1_30").row(1, named=True)
    expect(page.locator(".st-key-head-panel h2")).to_have_text(second["customer_name"], timeout=FIRST_LOAD)


@pytest.mark.slow
def test_clicking_a_part_of_the_strip_shows_its_invoices(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}&bucket=d31_60")
    page.wait_for_selector('[class*="st-key-figure-strip"] .barlayer')
    box = page.locator('[class*="st-key-figure-strip"] .stPlotlyChart').bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
    page.wait_for_url("**bucket=not_due**")
    settle(page)
    expect(page.locator(".st-key-head-items h2")).to_contain_text("Niet vervallen: ")


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_deep_link_is_served_as_the_very_first_visit(visitor, start_server):
    page = visitor()
    go(page, start_server().url, "customer?customer=C-EVIL")
    expect(page.locator(".st-key-who")).to_be_visible(timeout=FIRST_LOAD)
    assert page.locator("h1").inner_text().replace("\u2060", "") == HOSTILE
    assert page.get_by_text("Page not found").count() == 0
    assert page.locator('[data-testid="stSidebarNavLink"]').count() == len(PATHS)


@pytest.mark.slow
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
    assert page.locator("h1").inner_text().replace("\u2060", "") == HOSTILE


@pytest.mark.slow
def test_a_name_that_every_object_of_a_browser_has_stays_as_it_is_in_dutch(visitor, server):
    page = visitor()
    go(page, server, "definitions")
    names = ["constructor", "toString", "__proto__", "valueOf"]
    page.evaluate(
        """(names) => names.forEach((name) => {
          const part = Object.assign(document.createElement('p'), {className: 'named', textContent: name});
          part.setAttribute('aria-label', name);
          document.body.append(part);
        })""",
        names,
    )
    page.wait_for_timeout(300)
    parts = "(parts) => parts.map((part) => [part.textContent, part.getAttribute('aria-label')])"
    assert page.locator(".named").evaluate_all(parts) == [[name, name] for name in names]


@pytest.mark.slow
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
    assert name == f"kasstroom-openstaande-posten-{AS_OF}.csv"
    assert len(rows) == expected.height + 1
    at = rows[0].index("Openstaand")
    assert sum(Decimal(row[at].replace(decimal, ".")) for row in rows[1:]) == expected["open_amount"].sum()
    who = rows[0].index("Klant")
    assert [row[who] for row in rows[1:] if "evil" in row[who]] == ["'" + HOSTILE]


@pytest.mark.slow
def test_the_invoices_of_a_bucket_are_saved_as_xlsx_with_real_numbers_and_what_they_are(
    visitor, server, books
):
    content, name = download(visitor(), server, "Excel (XLSX)")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    about = dict(row[:2] for row in book.get_sheet_by_index(0).to_python() if len(row) > 1)
    expected = books.ask("open_items", as_of=AS_OF, bucket="d31_60")
    rows = book.get_sheet_by_index(1).to_python()
    assert name == f"kasstroom-openstaande-posten-{AS_OF}.xlsx"
    assert about["Per"] == "20-11-2026"
    *amounts, total = [row[rows[0].index("Openstaand")] for row in rows[1:]]
    assert amounts == [float(value) for value in expected["open_amount"]]
    assert total == float(expected["open_amount"].sum())
    assert rows[1][rows[0].index("Vervaldatum")] == expected["due_date"][0]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if "/worksheets/sheet" in name]
        sheets = "".join(parts.read(name).decode() for name in names)
    formulas = re.findall(r"<f[ >].*?</f>", sheets)
    assert formulas
    assert [formula for formula in formulas if "SUBTOTAL(109," not in formula] == []


def download(page, server, label):
    go(page, server, f"ageing?as_of={AS_OF}&bucket=d31_60")
    page.locator(".st-key-export-items button").first.click()
    settle(page)
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    return started.value.path().read_bytes(), started.value.suggested_filename


@pytest.mark.slow
def test_the_charts_follow_the_theme_when_it_is_switched(visitor, server):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}")
    label = page.locator(".st-key-figure-trend .ytick text").first
    ink = label.evaluate("(one) => getComputedStyle(one).fill")
    page.emulate_media(color_scheme="dark")
    expect(label).not_to_have_css("fill", ink)
