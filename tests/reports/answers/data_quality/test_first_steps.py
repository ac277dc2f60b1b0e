"""The steps of new books: computed from what is there."""

import polars as pl
import pytest

from reports.answers.data_quality.first_steps import finding, first_steps, has_core, is_complete

pytestmark = pytest.mark.usefixtures("english")


def rows(**counts: int) -> pl.DataFrame:
    kinds = ("invoices", "payments", "bank_balances", "bills", "customers")
    return pl.DataFrame(
        {
            "kind": kinds,
            "row_count": [counts.get(kind, 0) for kind in kinds],
            "all_rows": [counts.get(f"all_{kind}", counts.get(kind, 0)) for kind in kinds],
        }
    )


def test_without_books_every_step_is_open():
    steps = first_steps(None, has_sender=False)
    assert [step.is_done for step in steps] == [False] * 6
    assert finding(steps).title == "0 of 6 steps done; next: invoices or open items"


def test_a_step_is_done_once_the_books_have_its_rows():
    steps = first_steps(rows(invoices=3, bills=1, all_customers=2), has_sender=True)
    assert [step.key for step in steps if step.is_done] == ["invoices", "bills", "sender"]
    assert [step.state for step in steps if step.state] == [
        "3 rows",
        "1 row",
        "0 of 2 with a segment, e-mail or address",
    ]
    assert finding(steps).title == "3 of 6 steps done; next: payments"
    assert not has_core(steps)


def test_figures_stand_on_invoices_payments_and_a_bank_balance():
    steps = first_steps(rows(invoices=1, payments=1, bank_balances=1), has_sender=False)
    assert has_core(steps)
    assert not is_complete(steps)
    everything = first_steps(
        rows(invoices=1, payments=1, bank_balances=1, bills=1, customers=1), has_sender=True
    )
    assert is_complete(everything)
