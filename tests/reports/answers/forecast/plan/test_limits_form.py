"""Minimum cash and credit line as people type them."""

import pytest

from reports import language
from reports.answers.forecast.plan import limits_form
from reports.answers.shared import forms

pytestmark = pytest.mark.usefixtures("english")


def test_settings_are_typed_in_the_language_and_only_the_changed_one_is_written(desk):
    language.use("nl")
    desk.load(settings=[("minimum_cash", "1000.00")])
    before = limits_form.amounts(desk.books().ask("settings"))
    assert before == {"minimum_cash": "1.000,00", "credit_line": "0,00"}
    after = {"minimum_cash": "1.000", "credit_line": "250.000,50"}
    changes = limits_form.changes(before, after)
    assert changes.rows.rows() == [("credit_line", "250000.50")]
    forms.save(desk.store, {"settings": changes.rows}, desk.moment())
    assert dict(desk.books().ask("settings").rows())["credit_line"] == "250000.50"
    assert limits_form.confirmation(changes, after, "EUR") == "Opgeslagen: Kredietlijn €\u00a0250.000,50."
    wrong = limits_form.changes(before, {"minimum_cash": "veel", "credit_line": "-1"})
    assert [str(problem) for problem in wrong.problems] == [
        "Minimum saldo: ‘veel’ is geen bedrag; schrijf het als 1.234,56",
        "Kredietlijn: een kredietlijn is niet lager dan 0",
    ]
