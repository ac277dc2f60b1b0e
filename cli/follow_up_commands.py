"""The two lists: early warnings and the worklist."""

import argparse
from datetime import date

import polars as pl

import queries
from cli import missing_rates
from cli.commands import say, tell
from cli.progress import Bar
from reports.answers.forecast import cash_forecast
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import Progress
from reports.answers.forecast.variance import frozen_runs
from reports.answers.warnings import signal_journal, warnings
from reports.answers.warnings import text as warnings_text
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist import worklist
from reports.formats import number
from reports.packs.plain_text import json_text, text_table
from reports.translation import _

_MADE_AT_ONCE = 200_000  # documents


def early_warnings(chosen: argparse.Namespace) -> int:
    """Print the early warnings of a day, and keep them where that is asked."""
    with queries.open_books(chosen.store) as books, Bar() as bar:
        as_of = chosen.as_of or books.default_as_of
        if chosen.record:
            signal_journal.require_past(as_of)
        run = _ahead(books, as_of, chosen, bar.part(0.0, 0.5))
        outcome = warnings.run_rules(books, as_of=as_of, progress=bar.part(0.5, 1.0))
        chances = None if run is None else warnings.of_forecast(run.invoices, run.as_of)
        early_warnings = warnings.early_warnings(outcome, books.ask("mutes", as_of=as_of), chances)
        recorded = books.ask("signals", as_of="2199-12-31")
        currency = str(books.ask("as_of_range")["reporting_currency"][0] or "EUR")
        lacks = [missing_rates.days(books, as_of), *missing_rates.rates(books, as_of)]
        bar.done()
    for sentence in lacks:
        tell(sentence)
    counts = signal_journal.record(chosen.store, early_warnings, recorded) if chosen.record else None
    if chosen.format == "json":
        print(json_text(_records(early_warnings)))
    else:
        _print(early_warnings, currency)
    if counts is not None:
        say(signal_journal.record_sentence(counts))
    return 0


def _ahead(
    books: queries.Books, as_of: date, chosen: argparse.Namespace, progress: Progress
) -> frozen_runs.ForecastRun | None:
    """Return the forecast of the day's week: the one kept, else one made now where that takes seconds."""
    day = forecast_rows.run_day(as_of)
    run = frozen_runs.read(books, day)
    if run is not None or chosen.no_forecast:
        return run
    documents = int(books.ask("batches").filter(kind="invoices")["accepted"].sum())
    if documents > _MADE_AT_ONCE:
        say(
            _(
                "No forecast of this week is kept, and to make one of {count} documents takes a minute: "
                "`forecast --freeze` keeps it for these lists.",
                count=number(documents),
            )
        )
        return None
    return frozen_runs.from_forecast(cash_forecast.cash_forecast(books, as_of=day, progress=progress))


def _records(early_warnings: warnings.EarlyWarnings) -> list[dict[str, object]]:
    rates = {row["rule"]: row for row in early_warnings.rules.to_dicts()}
    risk = dict(early_warnings.customers.select("customer_id", "money_at_risk").iter_rows())
    return [
        {
            **row,
            "money_at_risk": risk.get(row["customer_id"]),
            "hit_rate": rates[row["rule"]]["hit_rate"],
            "false_alarm_rate": rates[row["rule"]]["false_alarm_rate"],
            "cases": rates[row["rule"]]["cases"],
        }
        for row in early_warnings.signals.to_dicts()
    ]


def _print(early_warnings: warnings.EarlyWarnings, currency: str) -> None:
    shown = early_warnings.signals.filter(pl.col("muted_until").is_null())
    order = {customer: place for place, customer in enumerate(early_warnings.customers["customer_id"])}
    rows = sorted(shown.to_dicts(), key=lambda row: order[row["customer_id"]])
    risk = dict(early_warnings.customers.select("customer_id", "money_at_risk").iter_rows())
    print(
        text_table(
            pl.DataFrame(
                [
                    {
                        "customer_id": row["customer_id"],
                        "customer_name": row["customer_name"],
                        "money_at_risk": risk[row["customer_id"]],
                        "rule": warnings_text.rule_name(row["rule"]),
                        "value": " / ".join(warnings_text.numbers(row["rule"], row["value"], row["limit"])),
                        "since_date": row["since_date"],
                        "amount": row["amount"],
                        "invoices": len(row["invoices"]),
                    }
                    for row in rows
                ],
                schema_overrides={"money_at_risk": pl.Decimal(38, 2), "amount": pl.Decimal(38, 2)},
                infer_schema_length=None,
            )
        )
    )
    tell(warnings_text.customers(early_warnings, early_warnings.customers, currency).title)
    rates = warnings_text.rule_rows(early_warnings.rules)
    print()
    print(text_table(rates.drop("meaning")))
    tell(warnings_text.rules(early_warnings.rules).method)


def to_do(chosen: argparse.Namespace) -> int:
    """Print whom to contact on a day, worth most first."""
    with queries.open_books(chosen.store) as books, Bar() as bar:
        as_of = chosen.as_of or books.default_as_of
        run = _ahead(books, as_of, chosen, bar.part(0.0, 1.0))
        unpaid = None if run is None else worklist.of_forecast(run.invoices, run.as_of)
        day_list = worklist.worklist(books, as_of=as_of, unpaid=unpaid)
        currency = str(books.ask("as_of_range")["reporting_currency"][0] or "EUR")
        lacks = [missing_rates.days(books, as_of), *missing_rates.rates(books, as_of)]
        bar.done()
    for sentence in lacks:
        tell(sentence)
    if chosen.format == "json":
        print(json_text(_lines(day_list)))
    else:
        rows = worklist_text.line_rows(day_list.lines, currency)
        print(text_table(rows.drop("account_manager", "language", "email", "contact_said")))
    finding = worklist_text.lines(day_list, day_list.lines, currency)
    tell(finding.title)
    tell(finding.method)
    for reason, amount in worklist_text.wait_facts(day_list.waits, currency):
        say(_("{reason}: {what}", reason=reason, what=amount))
    return 0


def _lines(day_list: worklist.Worklist) -> list[dict[str, object]]:
    letter_invoices = dict(
        worklist.letter_items(day_list.items)
        .filter("is_in_letter")
        .group_by("customer_id")
        .agg(pl.col("invoice_id").unique(maintain_order=True))
        .iter_rows()
    )
    return [
        {**line, "invoice_ids": letter_invoices[line["customer_id"]]} for line in day_list.lines.to_dicts()
    ]
