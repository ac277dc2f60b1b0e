"""The commands of the two lists: early warnings and the worklist."""

import argparse
from datetime import date

import polars as pl

import queries
from cli import sentences
from cli.book_gaps import book_gaps
from cli.entities import require_entity
from cli.output import print_message, print_sentence
from cli.progress import ProgressBar
from cli.usage import UsageError
from reports.answers.forecast import cash_forecast
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import Progress
from reports.answers.forecast.variance import frozen_runs
from reports.answers.warnings import rule_text, signal_journal, warnings
from reports.answers.warnings import text as warnings_text
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist import worklist
from reports.formats import number
from reports.packs.plain_text import json_text, text_table
from reports.translation import _

_MOST_DOCUMENTS = 200_000  # a forecast of more takes a minute


def run_warnings(arguments: argparse.Namespace) -> int:
    """Print the early warnings of a day, and record them with `--record`."""
    with queries.open_books(arguments.store) as books, ProgressBar() as bar:
        as_of = arguments.as_of or books.default_as_of
        require_entity(books, arguments.entity)
        if arguments.record and arguments.entity is not None:
            raise UsageError(sentences.RECORD_WITH_ENTITY())
        if arguments.record:
            signal_journal.require_past(as_of)
        run = _week_forecast(books, as_of, arguments, bar.part(0.0, 0.5))
        outcome = warnings.run_rules(books, as_of=as_of, entity=arguments.entity, progress=bar.part(0.5, 1.0))
        chances = None if run is None else warnings.of_forecast(run.invoices, run.as_of)
        early_warnings = warnings.early_warnings(outcome, books.ask("mutes", as_of=as_of), chances)
        recorded = books.ask("signals", as_of="2199-12-31")
        currency = str(books.ask("as_of_range")["reporting_currency"][0] or "EUR")
        gaps = book_gaps(books, as_of)
        bar.erase()
    for sentence in gaps:
        print_sentence(sentence)
    counts = signal_journal.record(arguments.store, early_warnings, recorded) if arguments.record else None
    if arguments.format == "json":
        print(json_text(_signal_records(early_warnings)))
    else:
        _print_signals(early_warnings, currency)
    if counts is not None:
        print_message(signal_journal.record_sentence(counts))
    return 0


def _week_forecast(
    books: queries.Books, as_of: date, arguments: argparse.Namespace, progress: Progress
) -> frozen_runs.ForecastRun | None:
    """Return the forecast of the day's week: the frozen one, else a new one unless that takes a minute."""
    day = forecast_rows.run_day(as_of)
    run = frozen_runs.read(books, day)
    if run is not None or arguments.no_forecast:
        return run
    documents = int(books.ask("batches").filter(kind="invoices")["accepted"].sum())
    if documents > _MOST_DOCUMENTS:
        print_message(
            _(
                "No forecast of this week is kept, and to make one of {count} documents takes a minute: "
                "`forecast --freeze` keeps it for these lists.",
                count=number(documents),
            )
        )
        return None
    return frozen_runs.from_forecast(cash_forecast.cash_forecast(books, as_of=day, progress=progress))


def _signal_records(early_warnings: warnings.EarlyWarnings) -> list[dict[str, object]]:
    rates = {row["rule"]: row for row in early_warnings.rules.to_dicts()}
    listed = early_warnings.customers.select("customer_id", "money_at_risk", "rule").to_dicts()
    risk = {row["customer_id"]: row["money_at_risk"] for row in listed}
    strongest = {(row["customer_id"], row["rule"]) for row in listed}
    return [
        {
            **row,
            "is_strongest": (row["customer_id"], row["rule"]) in strongest,
            "money_at_risk": risk.get(row["customer_id"]),
            "hit_rate": rates[row["rule"]]["hit_rate"],
            "false_alarm_rate": rates[row["rule"]]["false_alarm_rate"],
            "came_true": rates[row["rule"]]["came_true"],
            "cases": rates[row["rule"]]["cases"],
        }
        for row in early_warnings.signals.to_dicts()
    ]


def _print_signals(early_warnings: warnings.EarlyWarnings, currency: str) -> None:
    rows = warnings_text.customer_rows(early_warnings, early_warnings.customers, currency)
    print(text_table(rows.drop("account_manager", "level", "shift", "signals")))
    finding = warnings_text.customers(early_warnings, early_warnings.customers, currency)
    print_sentence(finding.title)
    print_sentence(finding.method)
    print()
    print(text_table(rule_text.rule_rows(early_warnings.rules).drop("meaning")))
    print_sentence(rule_text.rules(early_warnings.rules).method)


def run_worklist(arguments: argparse.Namespace) -> int:
    """Print whom to contact on a day, the most valuable call first."""
    with queries.open_books(arguments.store) as books, ProgressBar() as bar:
        as_of = arguments.as_of or books.default_as_of
        require_entity(books, arguments.entity)
        run = _week_forecast(books, as_of, arguments, bar.part(0.0, 1.0))
        unpaid = None if run is None else worklist.of_forecast(run.invoices, run.as_of)
        day_list = worklist.worklist(books, as_of=as_of, unpaid=unpaid, entity=arguments.entity)
        currency = str(books.ask("as_of_range")["reporting_currency"][0] or "EUR")
        gaps = book_gaps(books, as_of)
        bar.erase()
    for sentence in gaps:
        print_sentence(sentence)
    if arguments.format == "json":
        print(json_text(_line_records(day_list)))
    else:
        rows = worklist_text.line_rows(day_list.lines, currency)
        print(text_table(rows.drop("account_manager", "language", "email", "contact_said")))
    finding = worklist_text.lines(day_list, day_list.lines, currency)
    print_sentence(finding.title)
    print_sentence(finding.method)
    for reason, amount in worklist_text.wait_facts(day_list.waits, currency):
        print_message(_("{reason}: {what}", reason=reason, what=amount))
    return 0


def _line_records(day_list: worklist.Worklist) -> list[dict[str, object]]:
    in_letters = (
        worklist.letter_items(day_list.items)
        .filter("is_in_letter")
        .group_by("customer_id", "entity")
        .agg(pl.col("invoice_id").unique(maintain_order=True))
    )
    invoice_ids = {(customer, entity): ids for customer, entity, ids in in_letters.iter_rows()}
    return [
        {**line, "invoice_ids": invoice_ids[line["customer_id"], line["entity"]]}
        for line in day_list.lines.to_dicts()
    ]
