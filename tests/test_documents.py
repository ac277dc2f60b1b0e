"""The documents name files that exist, and decisions name the files they govern."""

import re

import pytest

from tests.paths import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "DECISIONS.md", "docs/architecture.md", "docs/forecast-model.md")
FOLDERS = ("cli", "data", "docs", "forecasting", "pages", "queries", "reports", "tests")
# A path in backticks, from the root; what holds <...> or * stands for many.
PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[^`<*\s]+|[A-Z]+\.md|app\.py|kasstroom\.py)`")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_a_document_names_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = PATH.findall(text)
    assert named or name == "README.md"
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_decision_names_the_files_it_governs():
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"(?m)^## (\d+)\. ", text)]
    assert numbers == list(range(1, len(numbers) + 1))
    decisions = re.split(r"(?m)^## \d+\. ", text)[1:]
    without = [decision.splitlines()[0] for decision in decisions if not re.search(r"\nGoverns: `", decision)]
    assert without == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_between_documents_leads_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []
