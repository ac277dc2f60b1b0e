"""The CRM files of the samples: companies come in, opportunities are refused in words."""

import json

import pytest

from data.errors import RefusedFileError
from data.importers import read_file, recognise, shipped_presets
from tests.paths import SAMPLES

MANIFEST = SAMPLES / "MANIFEST.tsv"


def facts():
    if not MANIFEST.exists():
        return {}
    lines = [line.split("\t") for line in MANIFEST.read_text(encoding="utf-8").splitlines()]
    return {row[1]: json.loads(row[-1]) for row in lines if row[0] == "crm"}


FACTS = facts()
COMPANIES, OPPORTUNITIES = "crm/hubspot_companies.csv", "crm/salesforce_opportunities.csv"
pytestmark = pytest.mark.skipif(not FACTS, reason="the samples in ../shared/samples are not there")


def read(name):
    path = SAMPLES / name
    return read_file(path, recognise(path.read_bytes(), path.name, shipped_presets()))


def test_every_crm_file_of_the_samples_is_read_or_refused_here():
    assert set(FACTS) == {COMPANIES, OPPORTUNITIES}


def test_companies_of_hubspot_come_in_under_their_number_there():
    reading = read(COMPANIES)
    assert (reading.kind, reading.accepted, reading.rejected) == ("customers", FACTS[COMPANIES]["rows"], 0)
    rows = reading.grains["customers"].select("customer_id", "customer_name", "crm_id").rows()
    assert rows == [
        ("hubspot:1001", "Acme Inc", "hubspot:1001"),
        ("hubspot:1002", "Globex", "hubspot:1002"),
    ]


def test_opportunities_are_no_receivables_and_are_refused_with_what_to_do():
    with pytest.raises(
        RefusedFileError, match=r"sales opportunities: nobody owes them yet.*billing_plan\.csv"
    ):
        read(OPPORTUNITIES)
