"""Findings of data quality in words."""

import re
from decimal import Decimal

import polars as pl
import pytest

import queries
from reports.answers.data_quality import findings as findings_answers
from tests.paths import ROOT

pytestmark = pytest.mark.usefixtures("english")


def test_every_finding_the_query_can_give_has_words() -> None:
    macros = ROOT / "data" / "store" / "sql" / "macros"
    texts = [
        (macros / name).read_text(encoding="utf-8")
        for name in ("lists.sql", "bank.sql", "cash_application.sql")
    ]
    sql = queries.find("findings").sql + "".join(texts)
    # Its codes are the only quoted words with an underscore, beside the kinds and settings it compares with.
    quoted = set(re.findall(r"select\s+'([a-z_]+)'", sql)) | set(re.findall(r"'([a-z]+_[a-z_]+)'", sql))
    row_sets = set(re.findall(r"(\w+) as \(", sql))  # CTEs, which macros take by name
    assert quoted - row_sets - set(findings_answers._FINDINGS) <= {
        "credit_note", "write_off",
    }  # fmt: skip
    assert set(findings_answers._FINDINGS) <= quoted


def test_findings_are_worded_with_the_largest_first_and_those_without_amount_last() -> None:
    findings = pl.DataFrame(
        {
            "finding": ["contact_unknown_invoice", "refund", "brand_new"],
            "count": [3, 1, 2],
            "amount": [None, Decimal("10.00"), Decimal("20.00")],
            "example": ["F1", "B1", "![x](http://evil)"],
            "currency": [None, "EUR", "EUR"],
        }
    )
    rows = findings_answers.in_words(findings)
    assert rows["finding"].to_list() == [
        "Brand new",
        "Refunds: payments of a negative amount",
        "Contacts about invoices that are not in the books",
    ]
    assert rows["advice"].to_list()[1] == "Nothing to do when they are meant."
    assert rows["example"].to_list()[0] == "![x](http://evil)"
