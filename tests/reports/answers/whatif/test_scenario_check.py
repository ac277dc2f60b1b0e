"""A scenario against the books: what they do not know is refused at its field."""

import pytest

from data.errors import ScenarioError
from tests.books import AS_OF
from tests.reports.answers.whatif.scenarios import evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("lever", "field", "sentence"),
    [
        (
            'kind = "delay"\ndays = 1\nsegment = "retail"',
            "segment",
            "there is no segment 'retail'; there are",
        ),
        ('kind = "delay"\ndays = 1\ncustomers = ["C1", "C99"]', "customers", "there is no customer 'C99'."),
        ('kind = "terms"\nchange = -40', "change", "makes terms of -10 days; they can be 0 to 365."),
        (
            f'kind = "target"\ndate = {AS_OF}\nmax_overdue = 1',
            "date",
            "date must be after the last day known",
        ),
    ],
)
def test_what_the_books_do_not_know_is_refused_at_its_field(ground, lever, field, sentence):
    with pytest.raises(ScenarioError) as refusal:
        evaluate_toml(ground, 'kind = "delay"\ndays = 1', lever)
    assert sentence in str(refusal.value)
    assert (refusal.value.lever, refusal.value.field) == (2, field)
