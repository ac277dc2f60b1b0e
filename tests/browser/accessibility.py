"""What keeps people out of a page."""

from axe_playwright_python.sync_playwright import Axe

# Impacts, as axe calls them, that keep somebody out.
KEEPS_OUT = ("serious", "critical")


def shut_doors(page) -> list[tuple]:
    """What axe finds wrong with the page as it stands, for people who cannot see, point or hear."""
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in KEEPS_OUT
        for node in rule["nodes"]
    ]
