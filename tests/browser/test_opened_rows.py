"""A click on a point of a line opens its rows over the page, which stays where it was."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import AS_OF, go, parameters, settle

# A forecast in a browser takes a minute.
pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("address", "figure", "opens"),
    [
        ("kpi_trends?", "chart-overdue", "chart-overdue.2025-12-31"),
        ("kpi_trends?part=dso&", "chart-methods", "chart-methods.2024-11-30"),
        ("liquidity_forecast?", "fan", "fan.2026-"),
    ],
)
def test_a_click_on_a_line_opens_the_rows_of_its_point_and_back_keeps_the_place(
    visitor, server, address, figure, opens
):
    page = visitor()
    go(page, server, f"{address}as_of={AS_OF}")
    chart = page.locator(f".st-key-figure-{figure}")
    chart.locator(".scatterlayer .point").first.wait_for(state="attached")
    chart.scroll_into_view_if_needed()
    settle(page)
    points = chart.locator(".scatterlayer .point")
    box = points.nth(points.count() // 2).bounding_box()
    before = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollTop")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    settle(page)
    assert parameters(page)["opens"].startswith(opens)
    dialog.locator(".st-key-opened-back button").click()
    expect(dialog).to_have_count(0)
    settle(page)
    assert "opens" not in parameters(page)
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollTop") == before
