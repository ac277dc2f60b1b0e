"""Exact sums and rounding of money columns."""

from decimal import Decimal

import numpy as np

from reports.answers.shared.money import round_to_sum


def test_rounded_parts_add_up_to_the_rounded_whole():
    thirds = np.array([10 / 3, 10 / 3, 10 / 3, 0.0, -0.005])
    parts = round_to_sum(thirds, Decimal("9.99"))
    assert parts.to_list() == [Decimal("3.33"), Decimal("3.33"), Decimal("3.33"), Decimal(0), Decimal("0.00")]
    assert round_to_sum(thirds[:3], Decimal("10.00")).to_list() == [
        Decimal("3.34"), Decimal("3.33"), Decimal("3.33"),
    ]  # fmt: skip
    assert round_to_sum(np.array([1.25]), Decimal("1.25")).to_list() == [Decimal("1.25")]
    assert round_to_sum(np.zeros(0), Decimal(0)).to_list() == []
