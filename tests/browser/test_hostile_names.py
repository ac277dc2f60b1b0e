"""Names that are an attack, on the screens of the follow-up and in what is taken away from them."""

import csv
import io
import re
import shutil
import zipfile
from datetime import date

import pytest
from playwright.sync_api import expect

from data.store.load import load
from queries import open_books
from reports.packs import handover_bytes
from tests import hand_over_files
from tests.browser.steps import AS_OF, FIRST_LOAD, go, settle, turn
from tests.hand_over_files import SENDER

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

PAYLOADS = (
    "<script>window.evil=1</script>",
    "<img src=x onerror=window.evil=1>",
    '"><svg onload=window.evil=1>',
    "<iframe src=javascript:parent.evil=1></iframe>",
    "</style></title></textarea><b onmouseover=window.evil=1>B</b>",
    "![x](http://evil.example/x.png)",
    "[link](http://evil.example)",
    "[click](javascript:window.evil=1)",
    "<http://evil.example>",
    "https://evil.example/?a=1&b=2",
    "www.evil.example",
    "pay@evil.example",
    "$\\frac{1}{2}$",
    ":material/bomb: :material_key: :streamlit: :smile:",
    ":red[x] :blue-background[y]",
    "`code` **bold** ~~gone~~ # head",
    "| a | b | -> c -- d >= e",
    "{{x}} %{x} {name}",
    '=HYPERLINK("http://evil.example")',
    "+31 6|cmd",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
)
MARKED_UP = 14  # the first ones, of all that HTML and Markdown can do: a page each takes its time
WARNED = '[class*="st-key-row-warned-"]'
IDS = tuple(f"EVIL{at:02d}" for at in range(len(PAYLOADS)))
# Beside digits and signs of a number, a text that starts so is run by a spreadsheet.
LIVE = re.compile(r"[=+@＝＋－＠\t\r\n]|-(?![\d.,]+$)")
# What a reader of a PDF would run, fetch or follow; a compressed stream may hold these letters by chance.
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
LIVE_PAPER = re.compile(rb"/(JavaScript|JS|URI|Launch|GoToR|SubmitForm|EmbeddedFile|OpenAction|AA)\b")
FOREIGN = """() => [...document.querySelectorAll('a[href], area[href], form[action], base[href]')]
  .map((one) => one.href || one.action)
  .filter((to) => !to.startsWith(location.origin + '/') && to !== location.origin)
  .filter((to) => !/^(mailto:[^?&]+|tel:[+]?[0-9]+)$/.test(to))"""
DRAWN = """() => {
  const parts = document.querySelectorAll('[data-testid="stMain"], [role="dialog"]');
  const live = 'script, iframe, object, embed, .katex, b[onmouseover], svg[onload], img:not([src^="data:"])';
  return [...parts].flatMap((part) => [...part.querySelectorAll(live)])
    .map((element) => element.outerHTML.slice(0, 200));
}"""
# The page's own, which bring the reader to a block and back to a place.
OWN_SCRIPTS = ("<script>\n(() => {\n  if (window.kasstroomPlaces)", "<script>(function show(key, tries) {")
OWNER = "<img src=x onerror=window.evil=1> ![x](http://evil.example/x.png) $x$"


@pytest.fixture(scope="module")
def hostile_store(demo_store, tmp_path_factory):
    """The demo company and a late customer per payload, with it as manager, reason and agency too."""
    home = tmp_path_factory.mktemp("hostile")
    store = shutil.copytree(demo_store, home / "store")
    rows = list(zip(IDS, PAYLOADS, strict=True))
    files = {
        "customers": (
            (
                "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,"
                "account_manager,email,contact_name,city"
            ),
            [(one, name, "Groot", "NL", 30, "1000.00", name, name, name, name) for one, name in rows],
        ),
        "invoices": (
            "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount",
            [
                (f"{one}-1" if at else f"{one} {name}", one, "invoice", issued, due, "EUR", "950000.00")
                for one, name in rows
                for at, issued, due in ((0, "2026-09-01", "2026-10-01"), (1, "2026-08-01", "2026-09-01"))
            ],
        ),
        "disputes": (
            "invoice_id,opened_date,closed_date,reason,amount",
            [(f"{one}-1", "2026-10-20", "", name, "950000.00") for one, name in rows],
        ),
        "collection_cases": (
            "case_id,customer_id,agency,opened_date,status,closed_date,claimed,recovered,cost",
            [(f"{one}-K", one, name, "2026-01-05", "paid", "2026-02-05", "10.00", "10.00", "1.00")
             for one, name in rows],
        ),
        "settings": (
            "key,value", [(key, OWNER if key == "company_name" else value) for key, value in SENDER],
        ),
    }  # fmt: skip
    for grain, (header, lines) in files.items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([header.split(","), *lines])
        (home / f"{grain}.csv").write_text(text.getvalue(), encoding="utf-8")
    load(store, [home / f"{grain}.csv" for grain in files])
    return store


@pytest.fixture(scope="module")
def hostile_server(start_server, hostile_store) -> str:
    return start_server(hostile_store).url


@pytest.fixture(scope="module")
def hostile_books(hostile_store):
    with open_books(hostile_store) as books:
        yield books


@pytest.fixture
def page(visitor):
    """Open a browser in which nothing may pop up; what it asks others for fails the test at its end."""
    opened = visitor(locale="en-GB")
    popped: list[str] = []
    opened.on("dialog", lambda dialog: (popped.append(dialog.message), dialog.dismiss()))
    opened.on("popup", lambda other: popped.append(other.url))
    yield opened
    assert popped == []


def plain(text: str) -> str:
    return " ".join(text.replace("\u2060", "").replace("\u00a0", " ").split())


def harmless(page) -> str:
    """Assert that nothing of a name runs, is drawn or leads away; return the text of the page."""
    assert page.evaluate("window.evil") is None
    assert page.evaluate(FOREIGN) == []
    assert [part for part in page.evaluate(DRAWN) if not part.startswith(OWN_SCRIPTS)] == []
    assert page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').count() == 0
    return plain(page.locator('[data-testid="stMain"]').inner_text())


def saved(page, button) -> tuple[str, bytes]:
    with page.expect_download() as started:
        button.click()
    return started.value.suggested_filename, started.value.path().read_bytes()


def exported(page, key: str) -> dict[str, bytes]:
    """Take a table away in all its forms."""
    page.locator(f".st-key-export-{key} button").first.click()
    labels = ("Excel (XLSX)", "CSV, Dutch", "CSV, international")
    files = [saved(page, page.get_by_role("button", name=label)) for label in labels]
    page.keyboard.press("Escape")
    return {f"{at}-{name}": content for at, (name, content) in enumerate(files)}


def inert(files: dict[str, bytes]) -> str:
    """Assert that no cell of a table is a formula or a link; return what the CSV files hold."""
    held = []
    for name, content in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                parts = {
                    one: book.read(one).decode() for one in book.namelist() if one.endswith((".xml", ".rels"))
                }
            sums = re.compile(r"<f>SUBTOTAL\(109,[A-Z]+2:[A-Z]+\d+\)</f>")
            assert not [
                one
                for one, text in parts.items()
                if re.search(r"<f[ >]|<hyperlink|TargetMode=", sums.sub("", text))
            ]
        elif name.endswith(".csv"):
            text = content.decode("utf-8-sig")
            delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
            cells = [
                cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row
            ]
            assert [cell for cell in cells if LIVE.match(cell)] == []
            held += cells
    return "\n".join(held)


@pytest.mark.exhaustive
def test_early_warning_shows_names_letter_by_letter(page, hostile_server):
    go(page, hostile_server, f"early_warning?as_of={AS_OF}&part=all")
    page.wait_for_selector(".st-key-row-warned-0", timeout=FIRST_LOAD)
    settle(page)
    seen = harmless(page)
    pages = page.locator(".st-key-warned-pager")
    for number in range(2, -(-len(PAYLOADS) // 15) + 1):  # of fifteen rows
        before = page.locator(WARNED).first.inner_text()
        pages.get_by_text(str(number), exact=True).click()
        page.wait_for_function(
            "([row, text]) => ![undefined, text].includes(document.querySelector(row)?.innerText)",
            arg=[WARNED, before],
        )
        settle(page)
        seen += " " + harmless(page)
    assert [name for name in PAYLOADS if plain(name) not in seen] == []
    held = inert(exported(page, "warned"))
    assert [name for name in PAYLOADS if name not in held] == []
    for one, name in zip(IDS[:6], PAYLOADS[:6], strict=True):
        turn(page, f"early_warning?as_of={AS_OF}&customer={one}")
        row = page.locator(WARNED, has=page.locator(".st-key-card-opened"))
        expect(row).to_have_count(1, timeout=FIRST_LOAD)
        assert plain(name) in plain(row.inner_text())
        harmless(page)


def picked_one_by_one(page, key: str, card: str, heading: str, *, rows: int) -> list[str]:
    """Pick the rows of a table from the top, so many on a page, one per name; return the headings."""
    table = page.locator(f'[class*="st-key-table-{key}"] [data-testid="stDataFrame"]')
    seen: list[str] = []
    last = ""
    for at in range(len(PAYLOADS)):
        if at and at % rows == 0:
            page.locator(f'[class*="st-key-under-{key}"]').get_by_label("Next page").click()
            settle(page)
        pick(page, table, at % rows)
        page.wait_for_selector(card)
        if at:  # no two names are the same: the last one has to go
            expect(page.locator(heading)).not_to_have_text(last)
        settle(page)
        harmless(page)
        last = page.locator(heading).inner_text()
        seen.append(plain(last))
    return seen


def pick(page, table, row: int) -> None:
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + 34 * (row + 1.5))


@pytest.mark.exhaustive
def test_the_worklist_and_its_letters_hold_names_letter_by_letter(page, hostile_server):
    go(page, hostile_server, f"worklist?as_of={AS_OF}")
    expect(page.locator(".st-key-head-line h2")).to_be_visible(timeout=60_000)
    settle(page)
    seen = picked_one_by_one(page, "lines", ".st-key-card-line", ".st-key-head-line h2", rows=14)
    assert {one.rsplit(": ", 1)[0] for one in seen} == {plain(name) for name in PAYLOADS}
    held = inert(exported(page, "lines"))
    assert [name for name in PAYLOADS if name not in held] == []
    _name, content = saved(page, page.get_by_role("button", name="All reminders"))
    with zipfile.ZipFile(io.BytesIO(content)) as batch:
        merged = {"mail-merge.csv": batch.read("mail-merge.csv")}
        drafts = [batch.read(one) for one in batch.namelist() if one.endswith(".eml")]
    assert [name for name in PAYLOADS if name not in inert(merged)] == []
    assert len(drafts) >= len(PAYLOADS)
    assert not [one for one in drafts if b"text/html" in one.lower()]


@pytest.mark.exhaustive
def test_disputes_show_names_and_reasons_letter_by_letter(page, hostile_server):
    go(page, hostile_server, f"disputes?as_of={AS_OF}")
    seen = set(picked_one_by_one(page, "listed-open", ".st-key-card-panel", ".st-key-head-panel h2", rows=12))
    assert seen == {plain(name) for name in PAYLOADS}
    page.locator(".st-key-pick-reason").click()
    page.wait_for_timeout(300)
    harmless(page)
    page.keyboard.press("Escape")
    held = inert({**exported(page, "reasons"), **exported(page, "listed")})
    assert [name for name in PAYLOADS if name not in held] == []
    turn(page, f"disputes?as_of={AS_OF}&part=quality")
    harmless(page)
    inert(exported(page, "fault"))
    turn(page, f"disputes?as_of={AS_OF}&part=agencies&agency=%3Cscript%3Ewindow.evil=1%3C/script%3E")
    assert "<script>window.evil=1</script>: 1 case" in harmless(page)
    inert(exported(page, "agencies"))


@pytest.mark.exhaustive
def test_a_customer_its_claim_and_its_file_hold_names_letter_by_letter(
    page, visitor, hostile_server, hostile_books, english
):
    reader = visitor(locale="en-GB")
    go(page, hostile_server, f"customer?as_of={AS_OF}")
    for one, name in zip(IDS[:MARKED_UP], PAYLOADS[:MARKED_UP], strict=True):
        turn(page, f"customer?as_of={AS_OF}&customer={one}")
        assert plain(page.locator("h1").inner_text()) == plain(name)
        expect(page.locator(".st-key-card-claim")).to_be_visible()
        harmless(page)
        if one in IDS[:2]:  # as the screen hands it out; of the others the same file, made at once
            ticks = page.locator('[class*="st-key-table-hand-over"] [data-testid="stDataFrame"]')
            ticks.scroll_into_view_if_needed()
            box = ticks.bounding_box()
            page.mouse.click(box["x"] + 16, box["y"] + 34 * 1.5)
            settle(page)
            _name, taken = saved(page, page.get_by_role("button", name="All files (ZIP)"))
        else:
            taken = handover_bytes(hand_over_files.content(hostile_books, one, day=date.fromisoformat(AS_OF)))
        with zipfile.ZipFile(io.BytesIO(taken)) as packed:
            files = {name: packed.read(name) for name in packed.namelist()}
        papers = [paper for name, paper in files.items() if name.endswith(".pdf")]
        assert papers
        assert [paper for paper in papers if LIVE_PAPER.search(STREAM.sub(b"", paper))] == []
        inert(files)
        whole = next(part for name, part in files.items() if name.endswith(".html"))
        reader.set_content(whole.decode())
        assert reader.evaluate("window.evil") is None
        assert reader.locator("script, img, iframe, svg, a, form, object, [onmouseover]").count() == 0
        assert plain(name) in plain(reader.locator("body").inner_text())
    inert(exported(page, "claim"))
    inert(exported(page, "cases"))


def test_the_form_for_a_contact_holds_names_letter_by_letter(page, hostile_server):
    """Who it is, the invoices ticked, what was noted and the way back."""
    go(page, hostile_server, f"customer?as_of={AS_OF}")
    for one in (0, 5, 12):  # HTML, Markdown, and signs drawn as a formula
        turn(page, f"customer?as_of={AS_OF}&customer={IDS[one]}")
        page.get_by_role("button", name="Called", exact=True).first.click()
        ticks = page.locator('[class*="-call-invoices"]')
        expect(ticks).to_be_visible()
        settle(page)
        assert plain(f"{IDS[one]} {PAYLOADS[one]}, €950") in plain(ticks.inner_text())
        harmless(page)
    page.get_by_text("No answer", exact=True).click()
    settle(page)
    page.locator('[class*="note-note"] textarea, [class*="call-note"] textarea').first.fill(PAYLOADS[1])
    page.locator('[class*="-call-save"] button').click()
    expect(page.get_by_text("Noted: called")).to_be_visible(timeout=FIRST_LOAD)
    settle(page)
    harmless(page)


def test_the_search_and_the_rows_behind_a_bar_hold_names_letter_by_letter(page, hostile_server):
    go(page, hostile_server, f"ageing?as_of={AS_OF}&opens=trend.{AS_OF}.d61_90")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=FIRST_LOAD)
    settle(page)
    harmless(page)
    held = inert(exported(page, "behind"))
    assert [name for name in PAYLOADS if name not in held] == []
    page.locator(".st-key-opened-back button").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    results = page.locator(".st-key-search-results")
    for one, name in zip(IDS[:MARKED_UP], PAYLOADS[:MARKED_UP], strict=True):
        page.locator(".st-key-search-text input").fill(one.lower())
        expect(results.locator("a").first).to_have_attribute("href", re.compile(f"customer={one}"))
        settle(page)
        assert plain(name) in plain(results.inner_text())
        harmless(page)


def test_the_settings_hold_the_sender_letter_by_letter(page, hostile_server):
    go(page, hostile_server, f"settings?as_of={AS_OF}&part=sender")
    expect(page.locator(f"input[value*='{OWNER[:4]}']").first).to_be_visible()
    harmless(page)
    turn(page, f"settings?as_of={AS_OF}&part=letters")
    harmless(page)
