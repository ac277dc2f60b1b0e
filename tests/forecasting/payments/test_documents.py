"""Draws by key."""

import numpy as np

from forecasting.payments.documents import uniform


def test_draws_hang_on_the_key_and_not_on_the_position():
    keys = np.array([5, 17, 99], dtype=np.uint64)
    drawn = uniform(keys, 3)
    assert drawn.tolist() == uniform(keys[::-1], 3)[::-1].tolist()
    many = uniform(np.arange(100_000, dtype=np.uint64), 3)
    assert abs(many.mean() - 0.5) < 0.005
    assert many.min() > 0
    assert many.max() < 1
