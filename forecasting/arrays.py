"""The arrays the models count in, and days as numbers."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Narrow = npt.NDArray[np.float32]

EPOCH = date(1970, 1, 1)


def number(day: date) -> int:
    """Return a day as days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(days: int) -> date:
    """Return the day of a number; the reverse of `number`."""
    return EPOCH + timedelta(days=int(days))
