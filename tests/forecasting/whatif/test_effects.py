"""Levers on expected money: the worked example by hand, and what holds whatever the money."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows

ORIGIN = 20_000
SPAN = 400


def flows_of(issued, terms, paid_after, *, amount=1_000.0, horizon=91, coming=None, customers=None) -> Flows:
    """Invoices issued so many days after the origin, each paid on one day, so many days after its issue."""
    issued = np.asarray(issued, dtype=np.int64)
    count = len(issued)
    by_day = np.zeros((count, SPAN))
    amounts = np.broadcast_to(np.asarray(amount, dtype=np.float64), (count,)).copy()
    by_day[np.arange(count), issued + np.asarray(paid_after) - 1] = amounts
    is_coming = np.ones(count, dtype=bool) if coming is None else np.asarray(coming)
    return Flows(
        origin=ORIGIN,
        horizon=horizon,
        customer=np.zeros(count, dtype=np.int64) if customers is None else np.asarray(customers),
        issued=ORIGIN + issued,
        due=ORIGIN + issued + np.asarray(terms),
        amount=amounts,
        billed=np.where(is_coming, amounts, 0.0),
        is_coming=is_coming,
        is_note=np.zeros(count, dtype=bool),
        by_day=by_day,
        forgone=np.zeros(SPAN),
    )


def everyone(flows: Flows) -> np.ndarray:
    return np.ones(len(flows.issued), dtype=bool)


def same(flows: Flows, days: float) -> np.ndarray:
    return np.full(len(flows.issued), float(days))


def test_fourteen_days_less_release_fourteen_days_of_billings_week_by_week():
    # A hundred invoices of 1,000.00 every Monday, all paid 5 days late, on the 35th day: Mondays again.
    mondays = np.repeat(1 + 7 * np.arange(13), 100)
    base = flows_of(mondays, 30, 35)
    after = effects.change_terms(
        base, effects.coming_invoices(base, ORIGIN + 1), same(base, 16), same(base, 1)
    )

    # The first week's are paid in the sixth week; on 16 days in the fourth, on the 21st day.
    assert base.per_week().tolist() == [0.0] * 5 + [100_000.0] * 8
    assert after.per_week() == pytest.approx([0.0] * 3 + [100_000.0] * 10)
    release = after.per_week() - base.per_week()
    assert release == pytest.approx([0, 0, 0, 100_000, 100_000, 0, 0, 0, 0, 0, 0, 0, 0])
    assert release.sum() == pytest.approx(14 * 100_000 / 7)


def test_half_a_pass_through_releases_half_of_it():
    base = flows_of(np.repeat(1 + 7 * np.arange(20), 100), 30, 35)
    after = effects.change_terms(base, everyone(base), same(base, 16), same(base, 0.5))

    assert (after.per_week() - base.per_week()).sum() == pytest.approx(7 * 100_000 / 7)


def test_only_invoices_issued_from_the_start_get_other_terms():
    base = flows_of([-20, 5, 12], 30, 35, coming=[False, True, True])

    assert effects.coming_invoices(base, ORIGIN + 12).tolist() == [False, False, True]
    note = replace(base, is_note=np.array([False, True, False]))
    assert effects.coming_invoices(note, ORIGIN + 1).tolist() == [False, False, True]


def test_nobody_pays_before_the_day_after_the_invoice():
    base = flows_of([1, 10], 30, 12)
    after = effects.change_terms(base, everyone(base), same(base, 0), same(base, 1))

    assert np.flatnonzero(after.by_day[0]).tolist() == [1]  # the second day
    assert np.flatnonzero(after.by_day[1]).tolist() == [10]
    assert after.by_day.sum() == pytest.approx(base.by_day.sum())


def test_a_fraction_of_a_day_is_shared_between_two():
    base = flows_of([1], 30, 30)
    after = effects.change_terms(base, everyone(base), same(base, 14), same(base, 0.6))  # 9.6 days earlier

    assert {int(day): after.by_day[0, day] for day in np.flatnonzero(after.by_day[0] > 1e-9)} == {
        20: pytest.approx(600.0),
        21: pytest.approx(400.0),
    }


def test_instalments_are_equal_and_so_many_days_apart():
    base = flows_of([1, 1], 30, [10, 40])
    after = effects.pay_in_instalments(base, everyone(base), 3, 14, ORIGIN + 20)

    assert after.by_day[0].tolist() == base.by_day[0].tolist()  # paid before the start
    assert np.flatnonzero(after.by_day[1] > 1e-9).tolist() == [40, 54, 68]
    assert after.by_day[1, [40, 54, 68]] == pytest.approx([1000 / 3] * 3)


def test_what_is_moved_earlier_is_not_before_the_start():
    base = flows_of([-30, -30, -30], 20, [40, 45, 60], coming=[False] * 3)
    after = effects.delay(base, everyone(base), same(base, -10), ORIGIN + 12)

    # Paid on day 10 (before the start), on 15 (5 and not earlier than 12), on 30.
    assert [np.flatnonzero(row > 1e-9).tolist() for row in after.by_day] == [[9], [11], [19]]


def test_a_customer_who_fails_pays_what_is_recovered():
    base = flows_of([1, 1], 30, [10, 40])
    after = effects.recover_part(base, everyone(base), 0.25, ORIGIN + 30)

    assert after.by_day.sum(axis=1).tolist() == [1000.0, 250.0]


def test_the_discount_comes_on_its_day_and_the_rest_as_before():
    base = flows_of([3], 30, 35)
    after = effects.give_discount(base, everyone(base), 0.02, 8, 0.3)

    assert after.by_day[0, 3 + 8 - 1] == pytest.approx(0.3 * 0.98 * 1000)
    assert after.by_day[0, 3 + 35 - 1] == pytest.approx(0.7 * 1000)
    assert after.forgone.sum() == pytest.approx(0.3 * 0.02 * 1000)


def test_more_sales_bill_and_bring_in_more_of_the_same():
    base = flows_of([1, 8], 30, 35)
    after = effects.scale_billings(base, np.array([False, True]), 1.1)

    assert after.billings_by_day.tolist()[:8] == pytest.approx([1000, 0, 0, 0, 0, 0, 0, 1100])
    assert after.by_day.sum(axis=1) == pytest.approx([1000, 1100])


some_flows = st.builds(
    lambda rows: flows_of(
        [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows],
        amount=[row[3] for row in rows], customers=[row[4] for row in rows],
    ),
    st.lists(
        st.tuples(
            st.integers(1, 60), st.integers(0, 60), st.integers(1, 90), st.floats(1, 1e5), st.integers(0, 1)
        ),
        min_size=1, max_size=8,
    ),
)  # fmt: skip


@given(some_flows, st.integers(1, 60))
def test_a_lever_of_nothing_changes_nothing_at_all(base, start):
    day, all_of = ORIGIN + start, everyone(base)
    for after in (
        effects.change_terms(base, all_of, (base.due - base.issued).astype(float), same(base, 0.6)),
        effects.delay(base, all_of, same(base, 0), day),
        effects.give_discount(base, all_of, 0.02, 8, 0.0),
        effects.recover_part(base, all_of, 1.0, day),
        effects.scale_billings(base, all_of, 1.0),
        effects.change_terms(base, ~all_of, same(base, 3), same(base, 1)),
    ):
        assert np.array_equal(after.by_day, base.by_day)


@given(some_flows, st.floats(0, 1.5))
def test_ten_days_less_and_ten_days_more_bracket_the_base(base, follows):
    given_terms = (base.due - base.issued).astype(float)
    so_far = [
        np.cumsum(
            effects.change_terms(base, everyone(base), given_terms + days, same(base, follows)).by_day.sum(
                axis=0
            )
        )
        for days in (-10, 0, 10)
    ]

    assert (so_far[0] >= so_far[1] - 1e-6).all()
    assert (so_far[1] >= so_far[2] - 1e-6).all()


@given(some_flows, st.integers(-60, 60), st.integers(2, 6), st.integers(1, 20), st.integers(1, 60))
def test_when_only_timing_moves_the_sum_stays(base, days, parts, every, start):
    day, all_of = ORIGIN + start, everyone(base)
    for after in (
        effects.change_terms(base, all_of, same(base, 60 + days), same(base, 0.7)),
        effects.delay(base, all_of, same(base, days / 2), day),
        effects.pay_in_instalments(base, all_of, parts, every, day),
    ):
        assert after.by_day.sum(axis=1) == pytest.approx(base.by_day.sum(axis=1), rel=1e-9)
        assert (after.by_day >= -1e-6).all()


@given(some_flows, st.floats(0, 1), st.floats(0, 1), st.integers(0, 60))
def test_a_discount_costs_exactly_its_share_of_what_takes_it(base, share, uptake, days):
    taken = base.customer == 0
    after = effects.give_discount(base, taken, share, days, uptake)
    lost = base.by_day.sum() - after.by_day.sum()

    assert lost == pytest.approx(uptake * share * base.amount[taken].sum(), abs=1e-5)
    assert after.forgone.sum() == pytest.approx(lost, abs=1e-5)


@given(some_flows, st.integers(-30, 30))
def test_levers_on_different_customers_add_up(base, days):
    one, other = base.customer == 0, base.customer == 1

    def first(flows):
        return effects.change_terms(flows, one, same(flows, 45 + days), same(flows, 0.6))

    def second(flows):
        return effects.give_discount(
            effects.delay(flows, other, same(flows, 12), ORIGIN + 20), other, 0.03, 9, 0.4
        )

    both = second(first(base)).by_day - base.by_day
    apart = first(base).by_day - base.by_day + second(base).by_day - base.by_day
    assert both == pytest.approx(apart, abs=1e-7)
