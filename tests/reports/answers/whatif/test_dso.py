"""DSO at the end of the weeks, with longer and shorter terms."""

import pytest

from tests.reports.answers.whatif.scenarios import evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


def test_longer_terms_raise_dso_and_shorter_ones_lower_it(ground):
    dso = [
        evaluate_toml(ground, f'kind = "terms"\nchange = {change}\npass_through = 1').dso
        for change in (-14, 0, 14)
    ]
    assert dso[0][1] < dso[1][1] == dso[1][0] < dso[2][1]
    # Everybody pays so much earlier: nearly so many days.
    assert dso[1][1] - dso[0][1] == pytest.approx(14, abs=2)
