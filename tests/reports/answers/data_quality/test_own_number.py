"""The number by which e-invoices know us becomes a setting, whichever it is."""

import pytest

from reports.answers.data_quality.own_number import own_number


@pytest.mark.parametrize(
    ("typed", "setting"),
    [
        ("NL123456789B01", "company_vat_id,NL123456789B01"),
        (" nl 1234.56.789.b.01 ", "company_vat_id,NL123456789B01"),
        ("NL91 ABNA 0417 1643 00", "company_iban,NL91ABNA0417164300"),
        ("12345678", "company_kvk,12345678"),
    ],
)
def test_a_number_is_the_setting_that_it_is(typed, setting):
    file = own_number(typed)
    assert file is not None
    assert file.content.decode().splitlines() == ["key,value", setting]


@pytest.mark.parametrize("typed", ["", "  ", "12", "Bakker BV", "NL91 ABNA", '",\n', "=1+1"])
def test_what_is_none_of_them_is_no_setting(typed):
    assert own_number(typed) is None
