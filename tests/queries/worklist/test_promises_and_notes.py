"""A promise is kept by what a note takes off its invoice, whether the books have put it there or not."""

import pytest

from tests.credit_rows import customer, document, payment

PAID = payment("P", "C1", "F1", "2026-06-29", "600.00", kind="payment")
POSTED = [
    payment("X", "C1", "F1", "2026-06-21", "400.00", kind="credit"),
    payment("X", "C1", "N1", "2026-06-21", "-400.00", kind="credit"),
]


@pytest.mark.parametrize(
    ("noted_on", "settled", "kept"),
    [
        ("2026-06-20", [PAID], True),
        ("2026-06-20", [PAID, *POSTED], True),
        ("2026-06-20", [], False),
        # The note was there when the promise was made, and it came too late.
        ("2026-06-02", [PAID], False),
        ("2026-07-01", [PAID], False),
    ],
)
def test_a_note_that_names_the_invoice_counts_towards_its_promise(
    desk, noted_on, settled, *, kept: bool
) -> None:
    desk.load(
        customers=[customer("C1")],
        invoices=[
            document("F1", "C1", "2026-05-01", "2026-05-31", "1000.00"),
            document("N1", "C1", noted_on, "", "-400.00", original_invoice_id="F1"),
        ],
        payments=settled,
        promises=[("F1", "2026-06-03", "2026-06-30", "1000.00")],
    )
    [row] = desk.ask("promises", as_of="2026-07-10")
    assert row["is_kept"] is kept
