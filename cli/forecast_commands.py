"""The commands that forecast: forecast, whatif, backtest."""

import argparse
from datetime import date

import polars as pl

import queries
from cli import sentences
from cli.book_gaps import stale_books
from cli.entities import require_entity
from cli.output import print_message, print_sentence
from cli.progress import ProgressBar
from cli.usage import UsageError
from reports.answers.forecast import backtest as backtest_answers
from reports.answers.forecast import cash_forecast, entity_receipts
from reports.answers.forecast import notes as forecast_notes
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.variance import frozen_runs
from reports.answers.forecast.variance.frozen_text import freeze_message
from reports.answers.whatif import json_output, scenario_file
from reports.answers.whatif.assumption_text import assumptions
from reports.answers.whatif.cost_of_money import cost_of_money
from reports.answers.whatif.evaluate import evaluate
from reports.answers.whatif.ground import ground
from reports.answers.whatif.outcome_sentences import outcome_sentences
from reports.answers.whatif.saved_scenarios import find_scenario
from reports.formats import day, money, percent
from reports.packs.plain_text import json_text, text_table
from reports.translation import _

_MOST_INVOICES = 20  # printed of those a target needs; the JSON has all


def run_forecast(arguments: argparse.Namespace) -> int:
    """Print expected receipts, payments and closing balances."""
    with queries.open_books(arguments.store) as books, ProgressBar() as bar:
        as_of = arguments.as_of or books.default_as_of
        if arguments.freeze and arguments.scenario is not None:
            raise UsageError(sentences.FREEZE_WITH_SCENARIO())
        if arguments.freeze and arguments.known_on is not None:
            raise UsageError(sentences.FREEZE_WITH_KNOWN_ON())
        require_entity(books, arguments.entity)
        if arguments.freeze and arguments.entity is not None:
            raise UsageError(sentences.FREEZE_WITH_ENTITY())
        if arguments.freeze:
            frozen_runs.require_past(forecast_rows.run_day(as_of))
        forecast = _forecast(books, arguments, as_of, bar)
        weekly = _weekly_forecast(books, forecast, bar) if arguments.freeze else None
        bar.erase()
        print_sentence(stale_books(books, as_of, arguments.known_on))
        invoices = None
        if arguments.entity is not None:
            invoices = entity_receipts.entity_invoices(forecast, books, arguments.entity, arguments.known_on)
    if weekly is not None:
        _freeze(arguments, weekly, as_of)
    for sentence in forecast_notes.notes(forecast, is_filtered=False):
        print_sentence(sentence)
    if invoices is not None:
        return _print_entity(forecast, invoices, arguments)
    if arguments.format == "json":
        print(json_text(cash_forecast.as_json(forecast)))
        return 0
    print(text_table(forecast.weeks.select(
        "week_start", "receipts", "receipts_p10", "receipts_p90", "payments", "closing",
        "closing_p10", "closing_p90",
    )))  # fmt: skip
    print_message(
        _(
            "Opening balance {opening}; lowest expected closing {lowest} in the week of {week}.",
            opening=money(forecast.opening_balance, forecast.currency),
            lowest=money(forecast.lowest["closing"], forecast.currency),
            week=day(forecast.lowest["week_start"]),
        )
    )
    return 0


def _print_entity(forecast: CashForecast, invoices: pl.DataFrame, arguments: argparse.Namespace) -> int:
    """Print the receipts expected from the open invoices of one administration."""
    weeks = entity_receipts.entity_weeks(forecast, invoices)
    if arguments.format == "json":
        print(json_text(entity_receipts.as_json(forecast, invoices, weeks, arguments.entity)))
        return 0
    print(text_table(weeks))
    print_sentence(entity_receipts.sentence(forecast, weeks, arguments.entity))
    return 0


def _forecast(
    books: queries.Books, arguments: argparse.Namespace, as_of: date, bar: ProgressBar
) -> CashForecast:
    """Return the forecast, under the scenario if one is named."""
    part = bar.part(0.0, 0.5 if arguments.freeze else 1.0)
    view = {"as_of": as_of, "weeks": arguments.weeks, "known_on": arguments.known_on}
    if arguments.scenario is None:
        return cash_forecast.cash_forecast(books, progress=part, **view)
    scenario = find_scenario(books, arguments.scenario)
    return evaluate(ground(books, progress=part, **view), scenario).after


def run_whatif(arguments: argparse.Namespace) -> int:
    """Print the forecast beside the same forecast under a scenario."""
    scenario = scenario_file.read(arguments.scenario)
    with queries.open_books(arguments.store) as books, ProgressBar() as bar:
        what_if_ground = ground(
            books,
            as_of=arguments.as_of or books.default_as_of,
            weeks=arguments.weeks,
            known_on=arguments.known_on,
            progress=bar.part(0.0, 1.0),
        )
        bar.erase()
        print_sentence(stale_books(books, what_if_ground.forecast.as_of, arguments.known_on))
        what_if = evaluate(what_if_ground, scenario)
        rate = cost_of_money(books.ask("settings", known_on=arguments.known_on))
    for sentence in forecast_notes.notes(what_if.base, is_filtered=False):
        print_sentence(sentence)
    if arguments.format == "json":
        print(json_text(json_output.as_json(what_if)))
        return 0
    print(text_table(what_if.difference.select(
        "week_start",
        what_if.base.weeks["closing"].alias("closing"),
        what_if.after.weeks["closing"].alias("closing_scenario"),
        *(pl.col(name).alias(f"{name}_difference") for name in ("receipts", "payments", "closing")),
    )))  # fmt: skip
    for target in what_if.targets:
        print()
        print(text_table(target.invoices.head(_MOST_INVOICES)))
    for sentence in (*outcome_sentences(what_if, rate), *assumptions(what_if)):
        print_sentence(sentence)
    return 0


def _weekly_forecast(books: queries.Books, forecast: CashForecast, bar: ProgressBar) -> CashForecast:
    """Return the forecast of 13 weeks from the last Sunday, which is the one given if it is of that day."""
    sunday = forecast_rows.run_day(forecast.as_of)
    if forecast.as_of == sunday and forecast.weeks.height == forecast_rows.WEEKS:
        return forecast
    return cash_forecast.cash_forecast(
        books, as_of=sunday, weeks=forecast_rows.WEEKS, progress=bar.part(0.5, 1.0)
    )


def _freeze(arguments: argparse.Namespace, weekly: CashForecast, as_of: date) -> None:
    outcome = frozen_runs.freeze(arguments.store, weekly)
    if weekly.as_of != as_of:
        print_message(
            _(
                "A weekly forecast stands on a Sunday: the one of {sunday} is kept, not of {day}.",
                sunday=day(weekly.as_of),
                day=day(as_of),
            )
        )
    print_message(freeze_message(weekly.as_of, outcome))


def run_backtest(arguments: argparse.Namespace) -> int:
    """Print how accurate each method would have been on this store's past."""
    with queries.open_books(arguments.store) as books, ProgressBar() as bar:
        accuracy = backtest_answers.accuracy(
            books,
            as_of=arguments.as_of or books.default_as_of,
            origins=arguments.origins,
            weeks=arguments.weeks,
            known_on=arguments.known_on,
            progress=bar.part(0.0, 1.0),
        )
        bar.erase()
        print_sentence(stale_books(books, accuracy.as_of, arguments.known_on))
    print_sentence(backtest_answers.weeks_without_data(accuracy.holes))
    if arguments.format == "json":
        print(json_text(backtest_answers.as_json(accuracy)))
        return 0
    rows = [
        {
            "method": backtest_answers.method_name(name),
            **{key: percent(value, 1) for key, value in score.items()},
        }
        for name, score in accuracy.methods.items()
    ]
    print(text_table(pl.DataFrame(rows)))
    print_sentence(backtest_answers.verdict(accuracy.methods, accuracy.origins))
    return 0
