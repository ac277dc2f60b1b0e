"""Every page by the rules of axe, in both themes, wide and on a phone: nothing that keeps somebody out."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.steps import AS_OF, PATHS, go

# Page loads in a browser.
pytestmark = pytest.mark.slow

KEEPS_SOMEBODY_OUT = ("serious", "critical")


@pytest.mark.parametrize("shape", [{"dark": False}, {"dark": True, "width": 1024}, {"phone": True}])
@pytest.mark.parametrize("path", PATHS)
def test_axe_has_no_serious_finding(visitor, server, path, shape):
    page = visitor(**shape)
    go(page, server, f"{path}?as_of={AS_OF}&lang=nl")
    found = Axe().run(page).response["violations"]
    serious = [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        if rule["impact"] in KEEPS_SOMEBODY_OUT
        for node in rule["nodes"]
    ]
    assert serious == []
