"""The sentences on what a what-if assumes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reports import language
from reports.answers.whatif.assumption_text import assumptions
from reports.answers.whatif.lever import Lever
from tests.books import AS_OF
from tests.reports.answers.whatif.scenarios import START, evaluate_levers, evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


def plain(sentences: list[str]) -> list[str]:
    return [sentence.replace("\xa0", " ").replace("\u2011", "-") for sentence in sentences]


def test_one_result_gives_the_sentences_of_either_language(ground):
    what_if = evaluate_toml(ground, 'kind = "delay"\ndays = 3')
    assert plain(assumptions(what_if)) == [
        "An estimate: what the levers do not touch stays as the forecast has it.",
        "The levers work from 29 Jun 2026.",
        "Lever 1 (Customers pay later): it moves what would be paid on 29 Jun 2026 or later.",
    ]
    language.use("nl")
    assert plain(assumptions(what_if))[1:] == [
        "De maatregelen werken vanaf 29-06-2026.",
        "Maatregel 1 (Klanten betalen later): het verschuift wat op 29-06-2026 of later betaald zou worden.",
    ]


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (AS_OF, "The levers work from 29 Jun 2026, the day after the last day known; 28 Jun 2026 is past."),
        (START, "The levers work from 29 Jun 2026."),
        # Thirteen weeks end on 27 September.
        (AS_OF + timedelta(days=91), "The levers work from 27 Sep 2026."),
        (
            AS_OF + timedelta(days=92),
            "The levers work from 28 Sep 2026, after the last week of this forecast: nothing changes in it.",
        ),
    ],
)
def test_the_first_day_of_the_levers_is_given(ground, start, sentence):
    what_if = evaluate_toml(ground, 'kind = "delay"\ndays = 3', head=f'name = "x"\nstart = {start}\n')
    assert plain(assumptions(what_if))[1] == sentence


def test_a_minimum_of_the_scenarios_own_is_given(ground):
    what_if = evaluate_levers(ground, minimum_cash=Decimal("12.00"))
    assert assumptions(what_if) == [
        "The minimum is €12.00; the chance below it in the base is counted against €0.00.",
        "No levers: the scenario is the forecast.",
    ]


def test_a_lever_without_customers_says_that_a_choice_of_them_changes_nothing(ground):
    lever = Lever("flow", {"date": START, "amount": Decimal("1.00")}, segment="Groot")
    assert assumptions(evaluate_levers(ground, lever))[-1] == (
        "Lever 1 (One-off payment or receipt): it is about no customers: the choice of them changes nothing."
    )


def test_a_lever_that_reaches_no_invoice_says_so(ground):
    what_if = evaluate_toml(
        ground, 'kind = "terms"\ndays = 3', head=f'name = "x"\nstart = {AS_OF + timedelta(days=92)}\n'
    )
    assert assumptions(what_if)[-1] == "Lever 1 (Payment term): it reaches no invoice."
