"""What a visitor does again and again."""

AS_OF = "2026-11-20"
FIRST_LOAD = 90_000  # ms; a page of a store that nobody asked anything yet
TITLES = {
    "nl": (
        "Kaspositie", "Liquiditeitsprognose", "Wat als", "Ouderdom", "Klant", "Bank", "Kengetallen",
        "Vroegsignalering", "Actielijst", "Disputen", "Betalingstermijnen",
        "Gegevens", "Instellingen", "Definities",
    ),
    "en": (
        "Cash position", "Liquidity forecast", "What-if", "Ageing", "Customer", "Bank", "KPI trends",
        "Early warning", "Worklist", "Disputes", "Payment terms",
        "Data", "Settings", "Definitions",
    ),
}  # fmt: skip
PATHS = (
    "cash_position",
    "liquidity_forecast",
    "what_if",
    "ageing",
    "customer",
    "bank",
    "kpi_trends",
    "early_warning",
    "worklist",
    "disputes",
    "payment_terms",
    "data",
    "settings",
    "definitions",
)
IDLE = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-testid="stSkeleton"]')"""


def settle(page):
    """Wait until the page is drawn: the script must have been idle for a moment."""
    page.wait_for_selector("h1", timeout=FIRST_LOAD)
    for _ in range(2):
        page.wait_for_function(IDLE, timeout=FIRST_LOAD)
        page.wait_for_timeout(150)


def go(page, server, address=""):
    page.goto(f"{server}/{address}")
    settle(page)


TURN = """(address) => {
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate', {state: {}}));
}"""


def turn(page, address):
    """Go to another address within the visit, as Back does; `go` opens all anew: five times the work."""
    page.evaluate(TURN, f"/{address}")
    page.wait_for_timeout(150)
    settle(page)


def parameters(page):
    return dict(pair.split("=", 1) for pair in page.url.split("?", 1)[1].split("&"))


def pick_first_row(page):
    """The table is a canvas, so its first row is found by place: under the header, in the box's column."""
    box = page.locator('[data-testid="stDataFrame"]').first.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + 34 + 17)
