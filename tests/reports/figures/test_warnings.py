"""Level against change: a point per customer, numbered where the number can be read."""

from decimal import Decimal

import polars as pl
import pytest

from reports.colours import LIGHT
from reports.figures.warnings import level_shift

pytestmark = pytest.mark.usefixtures("english")


def test_of_two_numbers_over_one_another_the_lower_stands():
    # On a plot 72 days wide and 4.2 high (from -0.6 to 3.6): 2 and 3 lie on one spot, 4 is 0.1 above them,
    # 5 stands at their height but 20 days away; 6 is beyond 60 days, where all stand on one line.
    frame = pl.DataFrame(
        {
            "customer_name": list("BCADEF"),
            "level": [10.0, 10.0, 40.0, 10.0, 30.0, 300.0],
            "shift": [1.0, 1.0, 1.0, 1.1, 1.0, 2.0],
            "owed_amount": [Decimal("100.00")] * 6,
            "place": [3, 2, 1, 4, 5, 6],
            "code": [None, *"cadef"],
        }
    )
    fig = level_shift(frame, theme=LIGHT, limits=(70.0, 3.0), currency="EUR", numbered=6)
    points = fig.data[1]
    texts = dict(zip(((hover[0]) for hover in points.hovertext), points.text, strict=True))
    assert texts == {"A": "1", "C": "2", "B": "", "D": "", "E": "5", "F": "6"}
