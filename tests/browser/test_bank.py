"""Cash application in a browser: a proposal accepted with the keyboard, published once, and undone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.books import Desk
from tests.browser.accessibility import shut_doors
from tests.browser.steps import go, settle

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

DAY = "2026-11-20"
CARD = ".st-key-head-entry h2"
BOOKS = {
    "customers": [("C1", "Smederij Smit", "retail", "NL", 30, "")],
    "invoices": [
        ("F2026-103", "C1", "invoice", date(2026, 10, 9), date(2026, 11, 8), "EUR", "300.00"),
        ("F2026-104", "C1", "invoice", date(2026, 10, 12), date(2026, 11, 11), "EUR", "500.00"),
    ],
    "bank_entries": [
        {
            "entry_id": name, "account": "NL01BANK", "currency": "EUR", "entry_date": day, "amount": amount,
            "counterparty": who, "description": text,
        }
        for name, day, amount, who, text in (
            ("E1", date(2026, 11, 17), "310.00", "SMEDERIJ SMIT", "F2026-103"),
            ("E2", date(2026, 11, 16), "75.00", "SMIT", "deel F2026-104"),
        )
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def own_desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("bank"))
    desk.load(**BOOKS)
    return desk


@pytest.fixture
def page(visitor, start_server, own_desk):
    opened = visitor()
    go(opened, start_server(own_desk.store).url, f"bank?as_of={DAY}&lang=en")
    expect(opened.locator(CARD)).to_be_visible(timeout=120_000)
    return opened


def still_open(desk):
    return {row["invoice_id"]: str(row["open_amount"]) for row in desk.ask("open_items", as_of=DAY)}


def decisions(desk):
    return list(desk.rows("select entry_id, decision from journal.cash_decision order by all"))


def test_a_proposal_is_accepted_by_key_published_once_and_undone(page, own_desk):
    before = still_open(own_desk)
    assert before == {"F2026-103": "300.00", "F2026-104": "500.00"}
    expect(page.locator(CARD)).to_contain_text("SMEDERIJ SMIT: €310.00")
    page.keyboard.press("j")
    expect(page.locator(CARD)).to_contain_text("SMIT: €75.00", timeout=30_000)
    settle(page)
    page.keyboard.press("k")
    expect(page.locator(CARD)).to_contain_text("SMEDERIJ SMIT: €310.00", timeout=30_000)
    settle(page)
    page.keyboard.press("a")
    # The next one is open, and the first waits in the list.
    expect(page.locator(CARD)).to_contain_text("SMIT: €75.00", timeout=30_000)
    publish = page.get_by_role("button", name="Publish 1 decision")
    expect(publish).to_be_visible(timeout=30_000)
    settle(page)
    assert still_open(own_desk) == before
    publish.dblclick()
    expect(page.get_by_text("Published 1 decision")).to_be_visible(timeout=30_000)
    settle(page)
    assert "F2026-103" not in still_open(own_desk)
    assert {entry for entry, _decision in decisions(own_desk)} == {"E1"}
    published = len(decisions(own_desk))
    page.get_by_role("button", name="Undo").dblclick()
    expect(page.get_by_text("1 decision was undone")).to_be_visible(timeout=30_000)
    settle(page)
    assert still_open(own_desk) == before
    # Each was written once: what was confirmed, then as many rows withdrawn.
    assert len(decisions(own_desk)) == 2 * published


@pytest.mark.parametrize("part", ["unmatched", "applied", "sample", "statements"])
def test_no_part_of_the_bank_keeps_anybody_out(visitor, start_server, own_desk, part):
    page = visitor()
    go(page, start_server(own_desk.store).url, f"bank?as_of={DAY}&lang=en&part={part}")
    expect(page.locator(".st-key-head-bank h2")).to_be_visible(timeout=120_000)
    settle(page)
    assert shut_doors(page) == []
