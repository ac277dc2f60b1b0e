"""Three questions the demo company has asked before, saved as scenarios."""

from pathlib import Path

import polars as pl

from data.demo.bank_days import calendar_day
from data.demo.company import Company
from data.demo.customers import LARGEST
from data.demo.write import customer_ids

_TERMS = """name = "Grote klanten op 14 dagen"
start = {start}

[[lever]]
kind = "terms"
segment = "Groot"
days = 14
"""
_DISCOUNT = """name = "2% korting binnen 8 dagen"
start = {start}

[[lever]]
kind = "discount"
segment = "Midden"
percent = 2
days = 8
uptake = 0.3
"""
_DEFAULT = """name = "Grootste klant valt om"
start = {start}

[[lever]]
kind = "default"
customers = ["{largest}"]
date = {later}
recovery = 0.1
"""


def write_scenarios(folder: Path, company: Company) -> None:
    """Write scenarios.csv."""
    as_of = company.calendar.as_of
    names = {
        "start": calendar_day(as_of + 1),
        "later": calendar_day(as_of + 15),
        "largest": customer_ids(company.customers)[LARGEST],
    }
    texts = [text.format(**names).strip() for text in (_TERMS, _DISCOUNT, _DEFAULT)]
    titles = [text.split('"')[1] for text in texts]
    pl.DataFrame({"name": titles, "toml": texts}).sort("name").write_csv(folder / "scenarios.csv")
