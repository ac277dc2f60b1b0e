"""The ageing beside that of the last month-end, as a file, in four clicks from the screen."""

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.steps import AS_OF, go, parameters, settle

# Page loads in a browser.
pytestmark = pytest.mark.slow


def test_a_month_end_comparison_is_exported_in_four_clicks(visitor, server, tmp_path):
    page = visitor()
    go(page, server, f"ageing?as_of={AS_OF}")
    clicks = [
        page.locator(".st-key-day-menu button"),
        page.get_by_text("Vorig maandeinde"),
        page.locator(".st-key-export-strip button[aria-haspopup]"),
        page.get_by_role("button", name="Excel (XLSX)"),
    ]
    for click in clicks[:3]:
        click.first.click()
        settle(page)
    with page.expect_download() as download:
        clicks[3].first.click()
    file = tmp_path / "ageing.xlsx"
    download.value.save_as(file)

    about, buckets, customers = (
        CalamineWorkbook.from_path(file).get_sheet_by_index(at).to_python() for at in range(3)
    )
    assert ["Vergeleken met", "31-10-2026"] in about
    assert buckets[0][4:7] == [
        "Openstaand",
        "Openstaand op 31-10-2026",
        "Openstaand, verschil met 31-10-2026",
    ]
    total, then, change = customers[-1][-3:]
    assert [total, then] == pytest.approx([sum(row[at] for row in buckets[1:]) for at in (4, 5)])
    assert total - then == pytest.approx(change)
    assert parameters(page)["compare"] == "month"

    page.locator(".st-key-extra-compare button").first.click()
    settle(page)
    expect(page.locator(".st-key-day-menu button").first).to_contain_text("13")  # a week before
    assert "compare" not in parameters(page)
