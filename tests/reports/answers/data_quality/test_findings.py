import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

import queries
from reports.answers.data_quality import findings as findings_answers

pytestmark = pytest.mark.usefixtures("english")


def _batches(*moments: datetime, rejected: int = 0) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "batch_id": range(1, len(moments) + 1),
            "recorded_at": list(moments),
            "accepted": [10] * len(moments),
            "rejected": [rejected] * len(moments),
        }
    )


def test_every_finding_the_query_can_give_has_words() -> None:
    sql = queries.find("findings").sql
    # Its codes are the only quoted words with an underscore, beside the kinds and settings it compares with.
    quoted = set(re.findall(r"select\s+'([a-z_]+)'", sql)) | set(re.findall(r"'([a-z]+_[a-z_]+)'", sql))
    assert quoted - set(findings_answers._FINDINGS) <= {
        "credit_note", "write_off", "step_formal_days", "step_final_days", "step_hand_over_days",
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


def test_the_last_load_is_the_files_recorded_one_instant_after_another() -> None:
    first, second = datetime(2026, 11, 1, 8), datetime(2026, 11, 2, 8)  # noqa: DTZ001 - UTC without zone
    step = timedelta(microseconds=1)
    batches = _batches(first, first + step, second, second + step, second + 2 * step)
    assert findings_answers.last_load(batches)["batch_id"].to_list() == [5, 4, 3]
    assert findings_answers.loaded_at(batches) == second + 2 * step
    assert (
        findings_answers.load_sentence(batches, "today")
        == "Last load today: 3 files, 30 rows taken in, none rejected"
    )
    with_rejects = _batches(first, rejected=2)
    assert (
        findings_answers.load_sentence(with_rejects, "x")
        == "Last load x: 1 file, 10 rows taken in, 2 rejected"
    )


def test_the_checks_say_what_ties_out_and_to_which_day() -> None:
    tied = pl.DataFrame({"is_tied": [True, True], "ledger_date": [date(2026, 9, 30), date(2026, 10, 31)]})
    equal = pl.DataFrame(
        {
            "balance_date": [date(2026, 9, 30), date(2026, 8, 31)],
            "ledger_difference": [Decimal(0), Decimal(0)],
        }
    )
    assert findings_answers.checks_sentence(tied, equal).endswith(
        "to the general ledger of 30\u00a0Sep\u00a02026"
    )
    earlier = equal.with_columns(ledger_difference=pl.Series([Decimal(0), Decimal("0.01")]))
    assert findings_answers.checks_sentence(tied, earlier) == (
        "1 of 2 general ledger balances differ, the first on 31\u00a0Aug\u00a02026"
    )
    off = tied.with_columns(is_tied=pl.Series([True, False]))
    assert findings_answers.checks_sentence(off, equal) == "1 of 2 entities do not tie out"
    none = tied.with_columns(ledger_date=pl.lit(None, dtype=pl.Date))
    assert "no general ledger balance is loaded" in findings_answers.checks_sentence(none, equal.clear())


def test_the_general_ledger_says_on_which_day_it_first_differs() -> None:
    balances = pl.DataFrame(
        {
            "balance_date": [date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31)],
            "ledger_difference": [Decimal("5.00"), Decimal("-0.01"), Decimal("0.00")],
        }
    )
    assert findings_answers.ledger_sentence(balances) == (
        "2 of 3 general ledger balances differ, the first on 30\u00a0Sep\u00a02026"
    )
    assert (
        findings_answers.ledger_sentence(balances.tail(1))
        == "The books agree with the only general ledger balance"
    )
    assert findings_answers.ledger_sentence(balances.clear()) == "No general ledger balance is loaded"


def test_the_demo_store_is_whole_and_a_lost_raw_file_is_a_fault(desk) -> None:
    desk.load(customers=[("C1", "One", "retail", "NL", "30", "")])
    with queries.open_books(desk.store) as books:
        assert findings_answers.faults(books) == []
        [kept] = [file for file in (desk.store / "raw").iterdir() if file.suffix != ".json"]
        kept.unlink()
        [fault] = findings_answers.faults(books)
        assert "no longer in raw/" in str(fault)
