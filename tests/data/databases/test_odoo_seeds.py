"""Odoo's seeds beside the checkout: what is open per partner and company on the days of the manifest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.books import Desk
from tests.data.databases.odoo_loads import load_source, rows
from tests.data.databases.postgres_server import PostgresServer
from tests.paths import SAMPLES

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Seed:
    file: Path
    facts: dict


def seeds() -> Iterator[Seed]:
    manifest = SAMPLES / "MANIFEST.tsv"
    if manifest.exists():
        for line in manifest.read_text(encoding="utf-8").splitlines():
            kind, file, *_, facts = line.split("\t")
            if kind == "odoo" and file.endswith(".sql"):
                yield Seed(SAMPLES / file, json.loads(facts))


@pytest.mark.parametrize("seed", list(seeds()), ids=lambda seed: seed.file.stem)
def test_every_day_of_the_manifest_has_its_total_per_partner_and_company(
    seed: Seed, postgres: PostgresServer, desk: Desk
) -> None:
    name = postgres.database()
    with postgres.connect(name) as connection:
        connection.execute(seed.file.read_bytes())
        companies = dict(connection.execute("select id::text, name from res_company").fetchall())
    reading, report = load_source(postgres.address(name), desk.store)
    assert report is not None
    assert sum(file.rejected for file in report.files) == 0
    assert str(reading.notes[0]).startswith(f"Odoo {seed.facts['odoo_version']}, {name}. ")
    for day, of_companies in seed.facts["as_of"].items():
        for company, expected in of_companies.items():
            ageing = desk.ask(
                "ageing",
                as_of=day,
                entity=companies[company],
                currency=seed.facts["company_currency"][company],
            )
            by_partner = {row["customer_id"]: row["total"] for row in ageing if row["total"]}
            named = {
                "no-partner" if partner == "None" else partner: Decimal(amount)
                for partner, amount in expected["by_partner"].items()
            }
            assert by_partner == named, (day, company)
            assert sum(by_partner.values()) == Decimal(expected["total"])
    tied = desk.ask("tie_out", as_of="2026-12-31")
    assert {row["entity"] for row in tied} == set(companies.values())
    # Each of them is compared with what the server sums itself.
    assert all(row["is_tied"] and row["ledger_date"] for row in tied)
    assert rows(desk.store, "select count(*) from dispute_at(null)") == [(1,)]


def test_the_seeds_are_here() -> None:
    if not list(seeds()):
        pytest.skip("the seeds are not here: shared/samples/odoo")
