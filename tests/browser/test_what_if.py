"""The question before a year's end, asked on the screen: what must come in, and what do other terms do."""

import shutil
from datetime import date

import pytest
from playwright.sync_api import expect

from queries import open_books
from reports import language
from reports.answers.whatif.evaluate import evaluate
from reports.answers.whatif.ground import ground
from reports.answers.whatif.scenario_file import parse
from tests.browser.steps import go, parameters, settle
from tests.exhaustive import how_many

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

SUNDAY = "2026-11-22"
RUN_SECONDS = 60_000
ROUNDS = how_many(3, exhaustive=50)  # of adding a lever and changing it


@pytest.fixture(scope="module")
def own_store(demo_store, tmp_path_factory):
    """A copy: what these tests save, the others need not see."""
    return shutil.copytree(demo_store, tmp_path_factory.mktemp("what-if") / "store")


@pytest.fixture(scope="module")
def own_server(start_server, own_store) -> str:
    return start_server(own_store).url


def opened(page, server, address=""):
    go(page, server, f"what_if?as_of={SUNDAY}{address}")
    expect(page.locator(".st-key-head-outcome h2")).to_be_visible(timeout=RUN_SECONDS)
    settle(page)


def add(page, name: str) -> None:
    page.get_by_role("button", name="Maatregel toevoegen").click()
    page.get_by_role("menuitem", name=name, exact=True).click()
    settle(page)


def fill(page, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Enter")
    page.wait_for_timeout(300)
    settle(page)


def test_the_year_end_question(visitor, own_server, own_store):
    """At most 100,000 overdue on 31 December: which invoices must come in?"""
    with open_books(own_store) as books:
        text = 'name = "x"\n[[lever]]\nkind = "target"\ndate = 2026-12-31\nmax_overdue = 100000.00\n'
        what_if_ground = ground(books, as_of=date.fromisoformat(SUNDAY))
        [target] = evaluate(what_if_ground, parse(text)).targets
    assert target.must_come_in > 0
    assert target.is_within_reach

    page = visitor()
    opened(page, own_server)
    add(page, "Doel voor te laat")
    fill(page, "Hooguit te laat", "100.000,00")
    said = page.locator(".st-key-head-target-0 h2").inner_text()
    language.use("nl")
    assert language.money(1000 * round(target.must_come_in / 1000), "EUR", 0) in said
    assert f"het best van deze {language.number(target.invoices.height)} facturen" in said
    assert "31\u201112\u20112026" in said
    # The headline answers the question, and the lever moves no money.
    assert page.locator(".st-key-head-outcome h2").inner_text() == said
    assert page.locator(".st-key-tile-lowest").get_by_text("geen verschil").count() == 1
    assert page.locator(".st-key-tile-last").get_by_text("geen verschil").count() == 1
    assert page.locator(".st-key-head-difference").count() == 0
    page.locator(".st-key-export-target-0 button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV, internationaal").last.click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == target.invoices.height + 1
    assert target.invoices["invoice_id"][0] in lines[1]
    assert str(target.invoices["so_far"].to_list()[-1]) in lines[-1]
    # The address opens the same question.
    address = page.url
    again = visitor()
    again.goto(address)
    expect(again.locator(".st-key-head-target-0 h2")).to_have_text(said, timeout=RUN_SECONDS)


def test_other_terms_are_saved_and_opened_by_their_link(visitor, own_server, own_store):
    page = visitor()
    opened(page, own_server)
    fill(page, "Dagen meer of minder", "-16")
    expect(page.locator(".st-key-head-difference h2")).to_contain_text("Grootste verschil")
    found = page.locator(".st-key-head-outcome h2").inner_text()
    fill(page, "Naam", "Zestien dagen korter")
    page.get_by_role("button", name="Bewaar scenario").click()
    expect(page.locator('[data-testid="stAlertContentSuccess"]')).to_contain_text(
        "Bewaard als", timeout=RUN_SECONDS
    )
    settle(page)
    assert parameters(page)["scenario"] == "Zestien+dagen+korter"
    assert "draft" not in parameters(page)
    with open_books(own_store) as books:
        [row] = books.ask("scenarios").filter(name="Zestien dagen korter").to_dicts()
    assert parse(row["toml"]).levers[0].whole("change") == -16
    other = visitor()
    opened(other, own_server, "&scenario=Zestien+dagen+korter")
    assert other.locator(".st-key-head-outcome h2").inner_text() == found
    assert other.get_by_label("Dagen meer of minder", exact=True).input_value() == "-16"


def test_what_is_not_sensible_stands_at_its_box(visitor, own_server):
    page = visitor()
    opened(page, own_server)
    add(page, "Betalingskorting")
    fill(page, "Deel van de bedragen dat meedoet, %", "130")
    errors = page.locator('[data-testid="stAlertContentError"]')
    expect(errors).to_contain_text("Schrijf een percentage van 0 tot en met 100.")
    expect(page.locator(".st-key-head-outcome")).to_have_count(0)
    fill(page, "Deel van de bedragen dat meedoet, %", "30")
    expect(errors).to_have_count(0)
    expect(page.locator(".st-key-head-outcome h2")).to_be_visible()


def test_a_phone_has_the_levers_above_the_outcome(visitor, own_server):
    page = visitor(phone=True)
    opened(page, own_server)
    page.locator('[data-testid="stExpander"] summary').filter(has_text="Maatregelen").click()
    fill(page, "Dagen meer of minder", "-10")
    expect(page.locator(".st-key-head-difference h2")).to_contain_text("Grootste verschil")
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth + 1")


def test_a_name_from_the_data_is_shown_letter_by_letter(visitor, own_server):
    page = visitor()
    opened(page, own_server)
    # The customer that owes most is chosen first: its name is an attack.
    add(page, "Klanten betalen later")
    said = page.locator(".st-key-head-outcome p")
    expect(said).to_contain_text("=1+1 <img src=x onerror=alert(1)> ![x]")
    for block in ("outcome", "whatif-customers"):
        assert page.locator(f".st-key-head-{block} img, .st-key-head-{block} a[href]").count() == 0


def cards(page):
    return page.get_by_role("button", name="Verwijderen", exact=True)


def has_cards(page, count: int) -> None:
    """Wait for a number of levers, and see that it stays once the page has come to rest."""
    expect(cards(page)).to_have_count(count, timeout=RUN_SECONDS)
    settle(page)
    expect(cards(page)).to_have_count(count)


def test_a_lever_is_added_once_on_a_slow_and_on_a_fast_line(visitor, own_server, own_store):
    """Each add is followed by a change, with slow, fast and double clicks; then saved and reopened."""
    page = visitor()
    opened(page, own_server)
    page.set_default_timeout(RUN_SECONDS)
    slow = page.context.new_cdp_session(page)
    expected = cards(page).count()
    for turn in range(ROUNDS):
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 6 if turn % 5 == 0 else 1})
        page.get_by_role("button", name="Maatregel toevoegen").last.click()
        item = page.get_by_role("menuitem", name="Betalingskorting", exact=True)
        item.click(click_count=2 if turn % 3 == 0 else 1)
        expected += 1
        expect(cards(page)).to_have_count(expected, timeout=RUN_SECONDS)
        box = page.get_by_label("Deel van de bedragen dat meedoet, %", exact=True).last
        page.wait_for_timeout(turn * 97 % 700)
        box.fill(str(20 + turn))
        box.press("Enter")
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        has_cards(page, expected)
        if expected > 4:
            remove = cards(page).last
            remove.dblclick() if turn % 2 else remove.click()
            expected -= 1
            has_cards(page, expected)
    name = page.get_by_label("Naam", exact=True)
    name.fill("Geteld")
    name.press("Enter")
    settle(page)
    page.get_by_role("button", name="Bewaar scenario").dblclick()
    expect(page.locator('[data-testid="stAlertContentSuccess"]')).to_contain_text(
        "Bewaard als", timeout=RUN_SECONDS
    )
    again = visitor()
    opened(again, own_server, "&scenario=Geteld")
    has_cards(again, expected)
    with open_books(own_store) as books:
        saved = dict(books.ask("scenarios").select("name", "toml").iter_rows())
    assert len(parse(saved["Geteld"]).levers) == expected
