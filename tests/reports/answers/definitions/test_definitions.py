import shlex
import tomllib
from datetime import date, datetime
from statistics import fmean

import pytest

import queries
from reports import language
from reports.answers.definitions import definitions
from reports.columns import KPIS

pytestmark = pytest.mark.usefixtures("english")

_WORKED = {
    "dso_countback": 30 + 30 + (212_000 - 100_000 - 80_000) / 70_000 * 30,
    "dso_balance_90": 15_000 / 10_000 * 30,
    "best_possible_dso": 4_000 / 10_000 * 30,
    "average_days_delinquent": 45 - 12,
    "days_to_pay": (1_000 * 15 + 3_000 * 30 + 2_000 * 45) / 6_000,
    "days_late": (1_000 * -5 + 3_000 * 15) / 4_000,
    "ar_turnover": 1_200_000 / fmean([140_000, 160_000]),
    "days_disputed": fmean([10, 20, 45]),
    "days_disputed_open": fmean([12, 40]),
    "dpo": 20_000 / 60_000 * 90,
    "dio": 50_000 / 90_000 * 90,
    "cash_conversion_cycle": 45 + 50 - 30,
    "dso_bridge": 0.5 * (36 - 30),
}
_SHARES = {
    "overdue_share": (1_000 + 2_000 + 4_000 + 8_000 + 160_000) / 175_500,
    "d90_plus_share": (8_000 + 160_000) / 175_500,
    "top10_share": 10 * 50_000 / (10 * 50_000 + 100 * 5_000),
    "on_time_share": 7_600 / 10_000,
    "promise_kept_share": 18 / (18 + 6),
    "promise_kept_amount_share": 45_000 / (45_000 + 30_000),
    "dispute_rate": 12_000 / 480_000,
    "roll_rates": 70_000 / 100_000,
    "recovery_curve": 85_000 / 100_000,
    "cohort_map": 190_000 / 200_000,
    "bank_applied_share": 1_200 / 1_500,
    "bank_sample_error": 20 / 200,
    "bank_curve": (700 * 0 + 200 * 0.25) / 900,
    "discount_yearly_rate": 0.02 / 0.98 * 365 / (40 - 10),
}


def _example(name: str) -> str:
    found = definitions.find(name)
    assert found is not None
    assert found.example is not None
    return found.example


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_every_figure_has_a_formula_and_an_example_in_both_languages(lang: str) -> None:
    language.use(lang)
    found = {one.name: one for one in definitions.figures()}
    assert set(KPIS) <= set(found)
    assert all(one.sentence.endswith(".") and one.example for one in found.values())


def test_no_figure_is_defined_that_the_books_do_not_have() -> None:
    stated = tomllib.loads(definitions.FILE.read_text(encoding="utf-8"))
    assert set(stated) == {one.name for one in definitions.figures()}


def test_the_rows_behind_every_figure_are_those_of_a_query() -> None:
    assert [one.name for one in definitions.figures() if one.rows not in queries.catalogue()] == []


@pytest.mark.parametrize("lang", language.LANGUAGES)
@pytest.mark.parametrize("name", _WORKED)
def test_a_worked_example_gives_the_days_that_plain_arithmetic_gives(name: str, lang: str) -> None:
    language.use(lang)
    assert language.number(_WORKED[name], 1) in _example(name)


@pytest.mark.parametrize("lang", language.LANGUAGES)
@pytest.mark.parametrize("name", _SHARES)
def test_a_worked_example_gives_the_share_that_plain_arithmetic_gives(name: str, lang: str) -> None:
    language.use(lang)
    assert language.percent(_SHARES[name]) in _example(name)


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_the_collection_example_is_the_published_one(lang: str) -> None:
    language.use(lang)
    opening, quarter, closing, current = 12_327_157, 47_881_064, 13_663_598, 7_846_547
    for billings in (quarter / 3, quarter):
        score = (opening + billings - closing) / (opening + billings - current) * 100
        assert language.number(score, 2) in _example("cei")


def test_the_provision_example_is_the_chain_worked_out_by_elimination() -> None:
    # (I − Q) = [[.5, -.2], [-.3, .9]]; its determinant .45 − .06 = .39
    lost = (70_000 * 0.2 * 0.1 + 30_000 * 0.5 * 0.1) / 0.39
    assert round(lost, 2) == 7_435.90
    assert "7,435.90" in _example("provision_matrix")
    assert "92,564.10" in _example("provision_matrix")


def test_the_same_open_amounts_stand_in_both_languages() -> None:
    english = _example("overdue")
    language.use("nl")
    dutch = _example("overdue")
    for amount in ("175,000", "168,000", "160,000"):
        assert amount in english
        assert amount.replace(",", ".") in dutch


def test_only_ways_to_count_days_say_why_they_differ() -> None:
    with_why = {one.name for one in definitions.figures() if one.why}
    assert with_why == {
        "dso_countback",
        "dso_balance_90",
        "best_possible_dso",
        "average_days_delinquent",
        "days_to_pay",
        "days_to_pay_with_open",
    }
    assert definitions.why("receivables") == ""
    assert definitions.why("no such method") == ""


def test_search_wants_every_word_and_minds_no_capitals() -> None:
    among = definitions.figures()
    names = [one.name for one in definitions.search("kaplan CLOSING", among)]
    assert names == ["days_to_pay_with_open", "days_late_with_open"]
    assert definitions.search("kaplan stock", among) == []
    assert definitions.search("", among) == among


def test_a_query_is_found_by_its_name_and_a_figure_before_a_query_of_the_same_name() -> None:
    ageing, figure = definitions.find("ageing"), definitions.find("roll_rates")
    assert ageing is not None
    assert figure is not None
    assert (ageing.is_figure, figure.is_figure) == (False, True)
    assert definitions.find("<script>") is None
    assert definitions.find(None) is None


def test_the_parameters_and_columns_of_a_query_are_those_of_its_header() -> None:
    query = queries.find("ageing")
    parameters = definitions.parameters(query)
    assert parameters["parameter"].to_list()[:2] == ["as_of", "known_on"]
    assert parameters.filter(parameter="limits")["default"].item() == "30,60,90"
    assert parameters.filter(parameter="known_on")["default"].item() == ""
    assert definitions.columns(query)["column"].to_list()[0] == "customer_id"


def test_the_command_line_gives_the_view_and_leaves_out_what_is_the_default() -> None:
    values = {
        "as_of": date(2026, 11, 22),
        "known_on": datetime(2026, 11, 1, 23, 59, 59, 999999),  # noqa: DTZ001 - instants are UTC without zone
        "currency": None,
        "segment": "retail",
        "limits": [30, 60, 90],
        "basis": "due",
    }
    assert definitions.command_line("ageing", values) == (
        "uv run kasstroom.py query ageing --as-of 2026-11-22 --known-on 2026-11-01T23:59:59.999999 "
        "--param segment=retail"
    )


def test_a_hostile_segment_stays_one_word_of_the_command_line() -> None:
    hostile = "x'; rm -rf ~ #$(id)"
    line = definitions.command_line("ageing", {"segment": hostile, "limits": [14, 45]})
    assert shlex.split(line)[5:] == ["--param", f"segment={hostile}", "--param", "limits=14,45"]


def test_the_meanings_of_parameters_and_columns_are_told_in_dutch_too() -> None:
    query = queries.find("ageing")
    language.use("nl")
    assert definitions.parameters(query)["meaning"][0] == "dag van het saldo, einde van de dag"
    assert definitions.columns(query)["meaning"][-1] == "alles samen"


def test_every_figure_stands_in_one_group_and_a_search_leaves_out_the_empty_ones() -> None:
    groups = definitions.figure_groups(definitions.figures())
    names = [member.name for _words, members in groups.values() for member in members]
    assert sorted(names) == sorted(definition.name for definition in definitions.figures())
    only = [definition for definition in definitions.figures() if definition.name == "d90_plus_share"]
    assert list(definitions.figure_groups(only)) == ["risk"]
