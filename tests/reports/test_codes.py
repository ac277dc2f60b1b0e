import pytest

from reports import language

pytestmark = pytest.mark.usefixtures("dutch")


def test_codes_have_names_and_unknown_ones_stay_readable():
    assert language.label("state", "promise_broken") == "Toezegging niet nagekomen"
    assert language.label("state", "") == ""
    assert language.label("event", "sent_by_pigeon") == "Sent by pigeon"
    assert language.heading("dso_countback") == "DSO, terugtelling"
    assert language.heading("due_date") == "Vervaldatum"
    assert language.segment(None) == "Geen segment"
