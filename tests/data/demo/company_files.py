"""The demo company's files, read back as rows of text."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

AS_OF = date(2026, 11, 22)
SMALL = 1_500
USUAL = 20_000
ENTITIES = {"Zilverwaard Nederland BV", "Zilverwaard Services BV"}
NO_MONEY = Decimal("0.00")
# What people know and decide later, and what a company in one currency needs not.
LEFT_OUT = {
    "open_items",
    "attachments",
    "assignments",
    "cash_decisions",
    "bank_load_reversals",
    "provider_payments",
    "run_payments",
    "contact_details",
    "expected_dates",
    "forecast_runs",
    "fx_rates",
    "mutes",
    "notes",
    "payment_plans",
    "saved_views",
    "signals",
    "source_runs",
    "turnover",
}

Row = dict[str, str]


def rows_of(folder: Path, grain: str) -> list[Row]:
    with (folder / f"{grain}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date:
    return date.fromisoformat(text)
