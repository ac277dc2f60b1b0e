"""Amounts and chances of a forecast, written no finer than they are."""

from decimal import Decimal

import pytest

from reports.formats import chance, forecast_rounding

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("412345.67", "412000"), ("-98765", "-98800"), ("1234", "1230"), ("87.5", "88"), ("0", "0")],
)
def test_a_forecast_amount_is_written_no_finer_than_it_is(amount, shown):
    assert forecast_rounding(Decimal(amount)) == Decimal(shown)


def test_a_chance_is_never_written_as_certain():
    assert [chance(share) for share in (0.0, 0.004, 0.47, 0.999, 1.0)] == [
        "less than 1%", "less than 1%", "47%", "more than 99%", "more than 99%",
    ]  # fmt: skip
