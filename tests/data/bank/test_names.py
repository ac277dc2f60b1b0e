"""Names as banks write them."""

import pytest

from data.bank.names import CustomerNames, exact_name, is_alike


@pytest.mark.parametrize("written", ["BAKKER TECHNIEK BV", "Bakker Techniek B.V.", "bakker techniek b v"])
def test_one_name_in_other_spellings(written: str) -> None:
    assert exact_name(written) == exact_name("Bakker Techniek BV")


@pytest.mark.parametrize(
    "written", ["Bakker Techniek", "BAKKER TECHN", "Baker Techniek BV", "Bakker Techniek Amsterdam"]
)
def test_a_name_that_looks_like_it(written: str) -> None:
    assert is_alike(written, "Bakker Techniek BV")


@pytest.mark.parametrize("written", ["Bakker", "Visser Techniek", "", "BV"])
def test_a_name_that_does_not(written: str) -> None:
    assert not is_alike(written, "Bakker Techniek BV")


def test_two_customers_of_one_name_are_two() -> None:
    names = CustomerNames([("C1", "Jansen BV"), ("C2", "JANSEN B.V."), ("C3", "Jansen VOF")])
    assert names.of_this_name("Jansen bv") == ("C1", "C2")
