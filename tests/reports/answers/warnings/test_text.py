"""Words of early warning in both languages."""

from decimal import Decimal

import pytest

from forecasting.warnings.rules import BY_NAME
from reports import language
from reports.answers.shared import warning_rules
from reports.answers.warnings import rule_text
from reports.answers.warnings import text as warnings_text

pytestmark = pytest.mark.usefixtures("english")


def test_every_rule_has_a_name_a_meaning_and_a_reason_in_both_languages():
    row = {"value": 1.2, "limit": 0.9, "amount": Decimal("10.00")}
    for spoken in ("nl", "en"):
        language.use(spoken)
        said = {warnings_text.reason({**row, "rule": name}, "EUR") for name in BY_NAME}
        assert len(said) == len(BY_NAME)
        assert len({warning_rules.rule_name(name) for name in BY_NAME}) == len(BY_NAME)
        assert len({rule_text.rule_meaning(name) for name in BY_NAME}) == len(BY_NAME)
