"""The pictures of all charts of all pages, as a meeting gets them."""

import ast
import csv
import io
import operator
import os
import shutil
import subprocess
import sys
from itertools import repeat
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.store.load import load
from pages.parts.context import navigation
from tests.browser import pictures
from tests.browser.conftest import TODAY
from tests.browser.steps import AS_OF, go
from tests.exhaustive import exhaustive, how_many
from tests.paths import ROOT

# Minutes of page loads in a browser.
pytestmark = pytest.mark.slow

SUNDAY = "2026-11-22"
LONG = "WWWW <b>Maatschappij</b> tot Exploitatie van {x} $y$ %{z} & Zonen, gevestigd te 's-Gravenhage "
SCENARIO = (
    'name = "{name}"\n[[lever]]\nkind = "terms"\nchange = -10\n'
    '[[lever]]\nkind = "discount"\npercent = 2\ndays = 10\nuptake = 0.4\n'
)
FIRST = {"customer": "customer=EVIL-0"}
CHARTED = [screen.name for screen in navigation.SCREENS if screen.has_charts]
GATE = ["cash_position"]
# Dutch words are the longer ones; a dark screen must not show in the picture.
LANGUAGES = [("nl", True), ("en", False)][: how_many(1, exhaustive=2)]
# The pages of one walk, so that two processes share the minutes.
WALKS = [GATE, *exhaustive([name for name in CHARTED if name not in GATE][at::3] for at in range(3))]


@pytest.fixture(scope="module")
def picture_store(demo_store, tmp_path_factory) -> Path:
    """The demo company with long names in every place, two scenarios and a frozen forecast."""
    home = tmp_path_factory.mktemp("pictures")
    store = shutil.copytree(demo_store, home / "store")
    names = [LONG * 2 + str(at) for at in range(4)]
    scenarios = [names[0][:90], "Kort"]
    rows = {
        "customers": (
            "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,account_manager",
            [(f"EVIL-{at}", name, name, "NL", 30, "1000.00", name) for at, name in enumerate(names)],
        ),
        "invoices": (
            "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount",
            [
                (f"E-{at}-{nth}", f"EVIL-{at}", "invoice", issued, due, "EUR", "45000.00")
                for at in range(4)
                for nth, (issued, due) in enumerate(
                    [("2026-09-01", "2026-10-01"), ("2026-08-01", "2026-09-01"), ("2026-05-01", "2026-06-01")]
                )
            ],
        ),
        "payments": (
            "payment_id,customer_id,invoice_id,payment_date,currency,amount",
            [(f"P-{at}", f"EVIL-{at}", f"E-{at}-2", "2026-07-10", "EUR", "45000.00") for at in range(4)],
        ),
        "disputes": (
            "invoice_id,opened_date,closed_date,reason,amount",
            [(f"E-{at}-1", "2026-10-20", "", name, "45000.00") for at, name in enumerate(names)],
        ),
        "scenarios": ("name,toml", [(name, SCENARIO.format(name=name)) for name in scenarios]),
    }
    for grain, (header, lines) in rows.items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([header.split(","), *lines])
        (home / f"{grain}.csv").write_text(text.getvalue(), encoding="utf-8")
    load(store, [home / f"{grain}.csv" for grain in rows])
    subprocess.run(
        [
            sys.executable, "kasstroom.py", "--store", str(store),
            "forecast", "--as-of", "2026-10-25", "--freeze",
        ],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return store


@pytest.fixture(scope="module")
def picture_server(start_server, picture_store) -> str:
    return start_server(picture_store).url


def addresses() -> dict[str, list[str]]:
    """Return for each page with charts the addresses to walk from."""
    return {
        screen.name: [
            "&".join(part for part in (f"{screen.name}?as_of={SUNDAY}", FIRST.get(screen.name), more) if part)
            for more in (["", "scenario=Kort"] if screen.name == "what_if" else [""])
        ]
        for screen in navigation.SCREENS
        if screen.has_charts
    }


def keys_in_the_code() -> set[str]:
    """Return the keys of all charts that pages draw; of a key with data in it, what stands before."""
    keys = set()
    for path in (ROOT / "pages").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "blocks.chart":
                [key] = [word.value for word in call.keywords if word.arg == "key"]
                match key:
                    case ast.Constant(value=str(text)):
                        keys.add(text)
                    case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_rest]):
                        keys.add(text)
    return keys


@pytest.fixture(scope="session")
def seen_folder(tmp_path_factory) -> Path:
    """A folder that all processes of the tests share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "charts-seen"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("walk", WALKS, ids="-".join)
def test_every_chart_of_every_page_makes_a_picture_for_a_slide(visitor, picture_server, seen_folder, walk):
    kept = os.environ.get("KASSTROOM_PICTURES")  # a folder, for who wants to look at them
    viewer = visitor()
    wrong, seen = [], set()
    dutch: dict[tuple[str, str], list[int]] = {}
    for language, dark in LANGUAGES:
        page = visitor(locale={"nl": "nl-NL", "en": "en-GB"}[language], dark=dark)
        page.set_default_timeout(pictures.RUN)
        page.add_init_script(f"({pictures.KEEP})()")
        for name, start in [(page_name, start) for page_name in walk for start in addresses()[page_name]]:

            def is_wanted(key: str, name: str = name, language: str = language) -> bool:
                """Dutch is taken whole; English where its words are longer, and may not fit."""
                words = page.evaluate(pictures.WORDS, key)  # noqa: B023
                if language == "nl":
                    is_new = (name, key) not in dutch
                    dutch.setdefault((name, key), words)
                    return is_new
                return any(map(operator.gt, words, dutch.get((name, key), [0, 0])))

            page.goto(f"{picture_server}/{start}")
            pictures.ready(page)
            for taken in pictures.walk(page, is_wanted):
                if kept:
                    Path(kept, f"{language}-{name}-{taken.key}.png").write_bytes(taken.png)
                    Path(kept, f"{language}-{name}-{taken.key}.svg").write_text(taken.svg)
                wrong += [f"{language} {name}: {fault}" for fault in pictures.faults(viewer, taken)]
                seen.add(taken.key)
    assert wrong == []
    (seen_folder / "-".join(walk)).write_text("\n".join(seen), encoding="utf-8")
    walks = list(seen_folder.iterdir())
    if len(walks) == len(WALKS):  # the last one tells what none of them has reached
        drawn = [key for file in walks for key in file.read_text(encoding="utf-8").split("\n")]
        assert {
            key for key in keys_in_the_code() if not any(map(str.startswith, drawn, repeat(key)))
        } == set()


BAD = """<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080" viewBox="0 0 960 540">
<style>@font-face{font-family:"x";src:url(data:font/woff2;base64,AAAA)}</style>
<text x="36" y="60" font-size="24">A title</text><g transform="translate(36 100) scale(1)">
<clipPath id="clipxyplot"><rect width="800" height="300"/></clipPath>
<text x="10" y="40">one name</text><text x="20" y="42">another name</text>
<text x="930" y="40">cut at the edge</text><text x="10" y="90" fill="#AAAAAA">pale</text>
<g class="barlayer"><g class="point"><path d="M0,100h40v20h-40Z"/></g>
<g class="point"><path d="M0,140h90v20h-90Z"/></g></g></g></svg>"""


def test_the_look_into_a_picture_notices_what_is_wrong(visitor):
    viewer = visitor()
    viewer.set_viewport_size({"width": 1900, "height": 1080})
    viewer.set_content(f'<body style="margin:0">{BAD}</body>')
    png = viewer.screenshot()
    wrong = " | ".join(pictures.faults(viewer, pictures.Taken("bad", "bad.png", png, BAD, 0.1)))
    for fault in (
        "1900x1080", "over one another: one name", "outside: cut at the edge", "contrast 2.3: pale",
        "largest bar takes 11%",
    ):  # fmt: skip
        assert fault in wrong


def test_a_picture_is_copied_as_pixels(visitor, picture_server):
    page = visitor()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, picture_server, f"ageing?as_of={AS_OF}&segment=Groot")
    pictures.open_menu(page, "trend")
    page.get_by_role("button", name="Kopieer").click()
    expect(page.locator(".st-key-buttons-trend [role=status]")).to_contain_text("Gekopieerd")
    size = page.evaluate("""async () => {
      const [item] = await navigator.clipboard.read();
      const image = await createImageBitmap(await item.getType('image/png'));
      return [image.width, image.height];
    }""")
    assert size == [1920, 1080]
    name, svg, _seconds = pictures.save(page, "trend", "svg")
    assert name == f"ouderdom-trend-{AS_OF}.svg"
    text = svg.decode().replace("\u00a0", " ")
    assert f"Kasstroom · per {AS_OF[8:]}-{AS_OF[5:7]}-{AS_OF[:4]} · alle administraties · Groot" in text
    assert "data:font/woff2;base64," in text


def test_a_browser_that_cannot_copy_says_so(visitor, picture_server):
    page = visitor()
    page.add_init_script("delete globalThis.ClipboardItem")
    go(page, picture_server, f"ageing?as_of={AS_OF}")
    pictures.open_menu(page, "trend")
    page.get_by_role("button", name="Kopieer").click()
    expect(page.locator(".st-key-buttons-trend [role=status]")).to_contain_text("sla de PNG op")


def test_the_picture_of_a_key_figure_bears_the_day_of_its_last_point(visitor, picture_server):
    page = visitor()
    page.add_init_script(f"({pictures.KEEP})()")
    go(page, picture_server, f"kpi_trends?as_of={TODAY}")
    key = next(key for key in pictures.charts(page) if key.startswith("kpi-"))
    taken = pictures.take(page, key)
    assert taken.name.endswith("-2026-11-22.png")
    assert "per 22-11-2026" in taken.svg
