from decimal import Decimal

import pytest

from reports import figures
from reports.colours import LIGHT

pytestmark = pytest.mark.usefixtures("dutch")


def test_the_line_of_a_waterfall_goes_past_a_step_of_nothing():
    causes = (
        "invoiced", "received", "credited", "written_off", "discounts", "listed", "exchange", "recovered",
    )  # fmt: skip
    amounts = dict.fromkeys(causes, Decimal(0)) | {"invoiced": Decimal(100), "received": Decimal(40)}
    fig = figures.movement(amounts, theme=LIGHT)
    lines = [(round(shape.y0, 2), round(shape.y1, 2)) for shape in fig.layout.shapes]
    assert (1.28, 1.72) in lines
    assert (1.72, 2.72) in lines
    assert (2.72, 3.72) in lines
