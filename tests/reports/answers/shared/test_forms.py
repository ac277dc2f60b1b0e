"""Amounts as people type them, in either language."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import language
from reports.answers.shared import forms

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("nl", "1.234,56", "1234.56"), ("nl", "1234,5", "1234.50"), ("nl", "1.234", "1234.00"),
        ("nl", "12.50", "12.50"), ("nl", "€ -1.234.567", "-1234567.00"), ("nl", "−5", "-5.00"),
        ("en", "1,234.56", "1234.56"), ("en", "1,234", "1234.00"), ("en", "12,50", "12.50"),
        ("en", "7.", "7.00"),
        ("nl", "", None), ("en", None, None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_the_language_writes_it(lang, text, value):
    language.use(lang)
    assert forms.amount(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "1,234"), ("en", "1.234"), ("nl", "1.23.456"), ("nl", "1.234.56"), ("en", "1,234,5"),
        ("nl", "1,2,3"),
        ("nl", "12.5,0"), ("nl", "abc"), ("nl", "1e5"), ("nl", "--5"), ("nl", "٣"), ("nl", "9" * 16),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_or_none_is_no_amount(lang, text):
    language.use(lang)
    with pytest.raises(forms.NotAnAmountError):
        forms.amount(text)


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["nl", "en"]))
def test_a_written_amount_reads_back_to_the_cent(value, lang):
    language.use(lang)
    assert forms.amount(forms.amount_text(value)) == value
