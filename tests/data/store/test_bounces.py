"""Which payments a bounce or a refund takes away: of its number, of its amount, else the latest in part."""

from datetime import date, timedelta

from data.store.bounces import InvoiceLine, line_changes

START = date(2026, 3, 1)


def taken(amount: int, *lines: tuple) -> list[tuple]:
    """Return (step, is_bounce, line, kind, cents) of every change on an invoice of so many cents.

    A line is (number, cents) or (number, cents, kind); each is a day later than the one before.
    """
    full = [
        InvoiceLine(
            place, "F1", line[0], kind := line[2] if len(line) > 2 else "payment",
            kind in {"payment", "reversal"}, START + timedelta(days=place), line[1], amount,
        )
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    return [
        (change.step, change.is_bounce, change.line_id, change.kind, change.cents)
        for change in line_changes(full)
    ]


def test_a_bounce_takes_the_payment_of_its_number_also_if_a_later_one_has_its_amount() -> None:
    changes = taken(1000, ("P1", 300), ("P2", 300), ("P1", -300, "reversal"))
    assert changes == [(1, True, 1, "payment", -300), (1, True, 3, "reversal", 300)]


def test_a_bounce_without_a_number_takes_the_latest_payment_of_its_amount() -> None:
    changes = taken(1000, ("P1", 300), ("P2", 300), ("P3", 200), ("R1", -300))
    assert changes == [(1, True, 2, "payment", -300), (1, True, 4, "payment", 300)]


def test_a_bounce_of_no_payments_amount_takes_the_latest_in_part() -> None:
    # 200 of P2, and 50 of the 300 of P1.
    changes = taken(1000, ("P1", 300), ("P2", 200), ("R1", -250))
    assert [change for change in changes if change[2] != 3] == [
        (1, True, 2, "payment", -200), (1, True, 1, "payment", -50),
    ]  # fmt: skip


def test_what_the_payments_of_a_number_do_not_cover_is_looked_for_by_its_own_amount() -> None:
    changes = taken(1000, ("P1", 100), ("P2", 150), ("P3", 400), ("P1", -250))
    assert [change for change in changes if change[2] != 4] == [
        (1, True, 1, "payment", -100), (1, True, 2, "payment", -150),
    ]  # fmt: skip


def test_two_bounces_of_one_amount_take_two_payments() -> None:
    changes = taken(1000, ("P1", 300), ("P2", 300), ("R1", -300), ("R2", -300))
    assert [(step, line) for step, _is, line, _kind, cents in changes if cents < 0] == [(1, 2), (2, 1)]


def test_a_refund_of_what_was_paid_too_much_is_no_bounce_and_takes_the_latest_money() -> None:
    # 1,000 paid with 500 and 1,000: the 500 too much are of the last payment, though the first was 500.
    changes = taken(1000, ("P1", 500), ("P2", 1000), ("R1", -500))
    assert changes == [(1, False, 2, "payment", -500), (1, False, 3, "payment", 500)]


def test_a_line_is_a_refund_up_to_what_was_paid_too_much_and_a_bounce_beyond_it() -> None:
    changes = taken(1000, ("P1", 1200), ("R1", -1200, "reversal"))
    assert [(step, is_bounce, cents) for step, is_bounce, line, _kind, cents in changes if line == 1] == [
        (1, False, -200), (2, True, -1000),
    ]  # fmt: skip


def test_money_back_after_a_credit_or_a_cancellation_is_a_refund() -> None:
    credited = taken(1000, ("P1", 1000), ("C1", 400, "credit"), ("R1", -400))
    cancelled = taken(1000, ("P1", 1000), (None, 1000, "cancellation"), ("R1", -1000))
    assert [change[1] for change in (*credited, *cancelled)] == [False] * 4


def test_a_credit_that_is_taken_back_is_no_bounce() -> None:
    assert taken(1000, ("P1", 500), ("C1", 500, "credit"), ("C1", -500, "credit")) == []


def test_money_that_came_back_from_nobody_counts_as_a_reversal_and_not_as_a_payment() -> None:
    # Nothing was paid: the line stays, under another kind, so that it is in no number of days to pay.
    assert taken(1000, ("R1", -300)) == [(1, True, 1, "payment", 300), (1, True, 1, "reversal", -300)]
    assert taken(1000, ("R1", -300, "reversal")) == []
