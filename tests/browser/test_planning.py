"""Typing over what is planned: the forecast follows, and an invoice shows what was noted about it."""

import contextlib
import shutil
from decimal import Decimal

import pytest
from playwright.sync_api import TimeoutError, expect  # noqa: A004 - its name there

from queries import open_books
from tests.browser.steps import AS_OF, go, settle

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

LABEL, DIRECTION, AMOUNT = 200, 72, 104  # widths of the first columns, after the box of a row
TRIES = 5
BOX, ROW = 32, 34


@pytest.fixture(scope="module")
def own_store(demo_store, tmp_path_factory):
    """A copy: what these tests save, the others need not see."""
    return shutil.copytree(demo_store, tmp_path_factory.mktemp("planning") / "store")


@pytest.fixture(scope="module")
def own_server(start_server, own_store) -> str:
    return start_server(own_store).url


def type_amount(page, text: str) -> None:
    """The grid is a canvas: the first amount is found by place, which moves while the page is drawn."""
    cell = page.locator("#portal textarea")
    for _attempt in range(TRIES):
        settle(page)
        box = page.locator('.st-key-typed-table-plan-lines [data-testid="stDataFrame"]').bounding_box()
        page.mouse.click(box["x"] + BOX + LABEL + DIRECTION + AMOUNT / 2, box["y"] + ROW * 1.5)
        page.keyboard.press("Enter")
        with contextlib.suppress(TimeoutError):
            cell.wait_for(timeout=2_000)
            break
    cell.fill(text)
    page.wait_for_timeout(150)
    cell.press("Enter")
    page.wait_for_timeout(300)
    settle(page)


def test_a_planned_line_is_typed_over_and_the_forecast_follows(visitor, own_server, own_store):
    page = visitor()
    go(page, own_server, f"liquidity_forecast?as_of={AS_OF}&part=plan")
    found = page.locator(".st-key-head-plan h2")
    expect(found).to_be_visible(timeout=60_000)
    before = found.inner_text()
    save = page.locator(".st-key-under-plan-lines").get_by_role("button", name="Opslaan")
    type_amount(page, "<b>veel</b>")
    save.click()
    settle(page)
    said = page.locator('[data-testid="stAlertContentError"]').inner_text()
    assert "‘<b>veel</b>’ is geen bedrag; schrijf het als 1.234,56" in said
    page.locator(".st-key-under-plan-lines").get_by_role("button", name="Ongedaan maken").click()
    settle(page)
    type_amount(page, "9.000.000,50")
    save.click()
    expect(page.locator('[data-testid="stAlertContentSuccess"]')).to_contain_text("1 regel gewijzigd")
    expect(found).not_to_have_text(before, timeout=60_000)
    assert "krap" in found.inner_text()
    with open_books(own_store) as books:
        assert Decimal("-9000000.50") in books.ask("planned_lines")["amount"].to_list()


def test_a_phone_gets_one_line_at_a_time(visitor, own_server, own_store):
    page = visitor(phone=True, locale="en-GB")
    go(page, own_server, f"liquidity_forecast?as_of={AS_OF}&part=plan")
    page.get_by_label("Description").fill("New <i>van</i>")
    page.get_by_label("Amount", exact=True).fill("12,500")
    page.locator('[data-testid="stForm"] [data-testid="stDateInput"] [role=spinbutton]').first.click()
    page.keyboard.type("01122026")
    page.locator(".st-key-plan-lines-0-save button").click()
    expect(page.locator('[data-testid="stAlertContentSuccess"]')).to_contain_text(
        "1 line added", timeout=60_000
    )
    settle(page)
    with open_books(own_store) as books:
        added = books.ask("planned_lines").filter(label="New <i>van</i>").to_dicts()
    assert [(row["amount"], row["category"], str(row["first_date"])) for row in added] == [
        (Decimal("-12500.00"), "payroll", "2026-12-01")
    ]


def test_an_expected_day_is_noted_at_the_invoice(visitor, own_server, own_store):
    page = visitor()
    go(page, own_server, f"liquidity_forecast?as_of={AS_OF}")
    table = page.locator('[class*="st-key-table-expected"] [data-testid="stDataFrame"]')
    table.scroll_into_view_if_needed(timeout=60_000)
    settle(page)
    box = table.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + ROW * 1.5)
    card = page.locator(".st-key-card-why")
    card.get_by_role("radio", name="Verwachte dag", exact=True).click()
    settle(page)
    card.locator('[data-testid="stDateInput"]').nth(1).locator("[role=spinbutton]").first.click()
    page.keyboard.type("31122026")
    card.get_by_label("Reden").fill("gebeld")
    card.get_by_role("button", name="Opslaan").click()
    expect(page.locator('[data-testid="stAlertContentSuccess"]')).to_contain_text(
        "verwachte dag", timeout=60_000
    )
    settle(page)
    with open_books(own_store) as books:
        noted = books.ask("arrangements", as_of="2026-11-15").filter(kind="date").to_dicts()
    assert [(str(row["made_date"]), str(row["pay_date"])) for row in noted] == [("2026-11-15", "2026-12-31")]
