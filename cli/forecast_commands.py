"""The commands that look ahead: forecast and backtest."""

import argparse
from datetime import date

import polars as pl

import queries
from cli import missing_rates, sentences
from cli.commands import UsageError, say, tell
from cli.progress import Bar
from reports.answers.forecast import backtest as backtest_answers
from reports.answers.forecast import cash_forecast
from reports.answers.forecast import notes as forecast_notes
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.variance import frozen_runs
from reports.answers.forecast.variance.frozen_text import freeze_message
from reports.answers.whatif import json_output, scenario_file
from reports.answers.whatif.assumption_text import assumptions
from reports.answers.whatif.evaluate import evaluate
from reports.answers.whatif.ground import ground
from reports.answers.whatif.outcome_sentences import outcome_sentences
from reports.answers.whatif.saved_scenarios import scenario_named
from reports.formats import day, money, percent
from reports.packs.plain_text import json_text, text_table
from reports.translation import _

_SHOWN = 20  # of the invoices a target asks for; the JSON has all


def forecast(chosen: argparse.Namespace) -> int:
    """Print expected receipts, payments and closing balances."""
    with queries.open_books(chosen.store) as books, Bar() as bar:
        as_of = chosen.as_of or books.default_as_of
        if chosen.freeze and chosen.scenario is not None:
            raise UsageError(sentences.FREEZE_WITH_SCENARIO())
        if chosen.freeze and chosen.known_on is not None:
            raise UsageError(sentences.FREEZE_WITH_KNOWN_ON())
        if chosen.freeze:
            frozen_runs.require_past(forecast_rows.run_day(as_of))
        found = _forecast(books, chosen, as_of, bar)
        to_keep = _of_its_week(books, found, bar) if chosen.freeze else None
        bar.done()
        tell(missing_rates.days(books, as_of, chosen.known_on))
    if to_keep is not None:
        _keep(chosen, to_keep, as_of)
    for sentence in forecast_notes.notes(found, is_filtered=False):
        tell(sentence)
    if chosen.format == "json":
        print(json_text(cash_forecast.as_json(found)))
        return 0
    print(text_table(found.weeks.select(
        "week_start", "receipts", "receipts_p10", "receipts_p90", "payments", "closing",
        "closing_p10", "closing_p90",
    )))  # fmt: skip
    say(
        _(
            "Opening balance {opening}; lowest expected closing {lowest} in the week of {week}.",
            opening=money(found.opening_balance, found.currency),
            lowest=money(found.lowest["closing"], found.currency),
            week=day(found.lowest["week_start"]),
        )
    )
    return 0


def _forecast(books: queries.Books, chosen: argparse.Namespace, as_of: date, bar: Bar) -> CashForecast:
    """Return the forecast, or what it is under the scenario asked for."""
    part = bar.part(0.0, 0.5 if chosen.freeze else 1.0)
    view = {"as_of": as_of, "weeks": chosen.weeks, "known_on": chosen.known_on}
    if chosen.scenario is None:
        return cash_forecast.cash_forecast(books, progress=part, **view)
    scenario = scenario_named(books, chosen.scenario)
    return evaluate(ground(books, progress=part, **view), scenario).after


def whatif(chosen: argparse.Namespace) -> int:
    """Print the forecast beside the same forecast under a scenario."""
    scenario = scenario_file.read(chosen.scenario)
    with queries.open_books(chosen.store) as books, Bar() as bar:
        what_if_ground = ground(
            books,
            as_of=chosen.as_of or books.default_as_of,
            weeks=chosen.weeks,
            known_on=chosen.known_on,
            progress=bar.part(0.0, 1.0),
        )
        bar.done()
        tell(missing_rates.days(books, what_if_ground.basis.forecast.as_of, chosen.known_on))
        what_if = evaluate(what_if_ground, scenario)
    for sentence in forecast_notes.notes(what_if.base, is_filtered=False):
        tell(sentence)
    if chosen.format == "json":
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
        print(text_table(target.invoices.head(_SHOWN)))
    for sentence in (*outcome_sentences(what_if), *assumptions(what_if)):
        tell(sentence)
    return 0


def _of_its_week(books: queries.Books, found: CashForecast, bar: Bar) -> CashForecast:
    """Return the forecast of 13 weeks from the last Sunday; the one found where it is that."""
    sunday = forecast_rows.run_day(found.as_of)
    if found.as_of == sunday and found.weeks.height == forecast_rows.WEEKS:
        return found
    return cash_forecast.cash_forecast(
        books, as_of=sunday, weeks=forecast_rows.WEEKS, progress=bar.part(0.5, 1.0)
    )


def _keep(chosen: argparse.Namespace, found: CashForecast, as_of: date) -> None:
    kept = frozen_runs.freeze(chosen.store, found)
    if found.as_of != as_of:
        say(
            _(
                "A weekly forecast stands on a Sunday: the one of {sunday} is kept, not of {day}.",
                sunday=day(found.as_of),
                day=day(as_of),
            )
        )
    say(freeze_message(found.as_of, kept))


def backtest(chosen: argparse.Namespace) -> int:
    """Print how each method would have done on this store's past."""
    with queries.open_books(chosen.store) as books, Bar() as bar:
        found = backtest_answers.accuracy(
            books,
            as_of=chosen.as_of or books.default_as_of,
            origins=chosen.origins,
            weeks=chosen.weeks,
            known_on=chosen.known_on,
            progress=bar.part(0.0, 1.0),
        )
        bar.done()
        tell(missing_rates.days(books, found.as_of, chosen.known_on))
    tell(backtest_answers.weeks_without_data(found.holes))
    if chosen.format == "json":
        print(json_text(backtest_answers.as_json(found)))
        return 0
    rows = [
        {
            "method": backtest_answers.method_name(name),
            **{key: percent(value, 1) for key, value in score.items()},
        }
        for name, score in found.methods.items()
    ]
    print(text_table(pl.DataFrame(rows)))
    tell(backtest_answers.verdict(found.methods, found.origins))
    return 0
