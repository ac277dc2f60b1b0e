"""How long things last and what a mark costs in days, on numbers worked by hand and on drawn ones."""

import numpy as np
import polars as pl
import pytest

from forecasting.statistics.survival import median_days
from forecasting.statistics.within_customer import FEWEST_CUSTOMERS, FEWEST_INVOICES, compare_within_customers


def spells(*rows: tuple[int, bool]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"days": pl.Int64, "is_over": pl.Boolean}, orient="row")


@pytest.mark.parametrize(
    ("rows", "median"),
    [
        ([(3, True), (5, True), (9, True)], 5),
        # Half is over by the fourth day: 3/4, then 3/4 x 2/3 = 1/2.
        ([(2, True), (4, True), (6, True), (8, True)], 4),
        # The open one has lasted 5 days already: 2/3 at day 3, then 0 at day 9.
        ([(3, True), (5, False), (9, True)], 9),
        # Leaving the open ones out would say 3.
        ([(3, True), (10, False), (20, False)], None),
        ([(0, True)], 0),
        ([(7, False)], None),
        ([], None),
        # 9/10 x 8/9 x 7/8 x 6/7 x 5/6 is one half, whatever the rounding of its shares.
        ([(n, True) for n in range(1, 11)], 5),
    ],
)
def test_the_median_counts_what_is_not_over_for_as_long_as_it_lasts(rows, median):
    assert median_days(spells(*rows)) == median


def rows_of(*rows: tuple[str, float, bool]) -> pl.DataFrame:
    schema = {"customer_id": pl.String, "days": pl.Float64, "is_marked": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_a_customer_is_held_against_itself_and_weighs_by_what_it_has_of_both():
    # A, fast: 12 with, 2 and 4 without: +9, weight 1 x 2 / 3. B, slow: 41 and 43 with, 40 without: +2, 2/3.
    # C: 20, 20 with, 10, 10 without: +10, weight 2 x 2 / 4 = 1. D has only marked ones, E none.
    found = compare_within_customers(
        rows_of(
            ("A", 12, True), ("A", 2, False), ("A", 4, False),
            ("B", 41, True), ("B", 43, True), ("B", 40, False),
            ("C", 20, True), ("C", 20, True), ("C", 10, False), ("C", 10, False),
            ("D", 90, True), ("E", 1, False),
        )
    )  # fmt: skip
    # (2/3 x 9 + 2/3 x 2 + 1 x 10) / (7/3) = 52/7
    assert found.added_days == pytest.approx(52 / 7)
    assert (found.days_with, found.days_others) == (
        pytest.approx((12 * 2 / 3 + 42 * 2 / 3 + 20) / (7 / 3)),
        pytest.approx((3 * 2 / 3 + 40 * 2 / 3 + 10) / (7 / 3)),
    )
    assert found.invoices == 5
    assert found.customers["customer_id"].to_list() == ["C", "A", "B"]
    assert found.customers["weight"].to_list() == pytest.approx([3 / 7, 2 / 7, 2 / 7])
    assert (found.low, found.high) == (None, None)  # 5 of 3 are too few


def test_the_interval_leaves_out_one_customer_at_a_time():
    # Ten customers, 2 with and 2 without each: +0, +2, ... +18; all weigh a tenth, the mean is 9.
    rows = [
        (f"C{n}", value, marked)
        for n in range(10)
        for value, marked in ((2 * n, True), (2 * n, True), (0, False), (0, False))
    ]
    found = compare_within_customers(rows_of(*rows))
    # Without one: 9 - (d - 9) / 9, so that the squares sum to 330 / 81; x 9 / 10 = 11 / 3. t of 9: 2.262157.
    assert found.added_days == pytest.approx(9)
    assert found.high - 9 == pytest.approx(2.262157 * (11 / 3) ** 0.5, rel=1e-6)
    assert 9 - found.low == pytest.approx(found.high - 9)
    assert compare_within_customers(rows_of(*rows[:-4])).low is None  # nine customers
    assert (
        compare_within_customers(rows_of(*[row for at, row in enumerate(rows) if at != 0])).low is None
    )  # 19 invoices
    assert (FEWEST_INVOICES, FEWEST_CUSTOMERS) == (20, 10)


def test_without_a_customer_that_has_both_there_is_nothing_to_say():
    found = compare_within_customers(rows_of(("A", 1, True), ("B", 2, False)))
    assert (found.invoices, found.customers.height, found.added_days) == (0, 0, None)
    assert compare_within_customers(rows_of()).added_days is None


@pytest.mark.slow
def test_slow_customers_with_many_marked_invoices_do_not_explain_it_and_the_interval_covers():
    rng = np.random.default_rng(7)
    covered, plain, within = 0, [], []
    for _round in range(200):
        rows = []
        for who in range(30):
            level, share = rng.gamma(2, 8), rng.uniform(0.05, 0.5)
            share = min(0.9, share + level / 60)  # who pays slowly has the mark more often
            own = 6 + rng.normal(0, 4)  # and it costs no two customers the same
            for _invoice in range(int(rng.integers(4, 40))):
                marked = bool(rng.random() < share)
                rows.append((f"C{who}", level + own * marked + rng.normal(0, 8), marked))
        frame = rows_of(*rows)
        found = compare_within_customers(frame)
        covered += found.low <= 6 <= found.high
        within.append(found.added_days)
        means = frame.group_by("is_marked").agg(pl.col("days").mean()).sort("is_marked")["days"]
        plain.append(means[1] - means[0])
    assert np.mean(within) == pytest.approx(6, abs=0.5)
    assert np.mean(plain) > 12  # what a comparison of all with all would say
    assert 0.91 <= covered / 200 <= 0.99
