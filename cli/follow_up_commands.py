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
        found = warnings.find(books, as_of=as_of, progress=bar.part(0.5, 1.0))
        chances = None if run is None else warnings.of_forecast(run.invoices, run.as_of)
        warned = warnings.told(found, books.ask("mutes", as_of=as_of), chances)
        kept = books.ask("signals", as_of="2199-12-31")
        currency = str(books.ask("as_of_range")["reporting_currency"][0] or "EUR")
        lacks = [missing_rates.days(books, as_of), *missing_rates.rates(books, as_of)]
        bar.done()
    for sentence in lacks:
        tell(sentence)
    done = signal_journal.keep(chosen.store, warned, kept) if chosen.record else None
    if chosen.format == "json":
        print(json_text(_records(warned)))
    else:
        _print(warned, currency)
    if done is not None:
        say(signal_journal.said(done))
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


def _records(warned: warnings.Warned) -> list[dict[str, object]]:
    rates = {row["rule"]: row for row in warned.rules.to_dicts()}
    risk = dict(warned.customers.select("customer_id", "money_at_risk").iter_rows())
    return [
        {
            **row,
            "money_at_risk": risk.get(row["customer_id"]),
            "hit_rate": rates[row["rule"]]["hit_rate"],
            "false_alarm_rate": rates[row["rule"]]["false_alarm_rate"],
            "cases": rates[row["rule"]]["cases"],
        }
        for row in warned.signals.to_dicts()
    ]


def _print(warned: warnings.Warned, currency: str) -> None:
    shown = warned.signals.filter(pl.col("muted_until").is_null())
    order = {customer: place for place, customer in enumerate(warned.customers["customer_id"])}
    rows = sorted(shown.to_dicts(), key=lambda row: order[row["customer_id"]])
    risk = dict(warned.customers.select("customer_id", "money_at_risk").iter_rows())
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
    say(warnings_text.found(warned, warned.customers, currency))
    rates = warnings_text.rule_rows(warned.rules)
    print()
    print(text_table(rates.drop("meaning")))
    say(warnings_text.rules_method(warned.rules))


def to_do(chosen: argparse.Namespace) -> int:
    """Print whom to contact on a day, worth most first."""
    with queries.open_books(chosen.store) as books, Bar() as bar:
        as_of = chosen.as_of or books.default_as_of
        run = _ahead(books, as_of, chosen, bar.part(0.0, 1.0))
        unpaid = None if run is None else worklist.of_forecast(run.invoices, run.as_of)
        listed = worklist.worklist(books, as_of=as_of, unpaid=unpaid)
        currency = str(books.ask("as_of_range")["reporting_currency"][0] or "EUR")
        lacks = [missing_rates.days(books, as_of), *missing_rates.rates(books, as_of)]
        bar.done()
    for sentence in lacks:
        tell(sentence)
    if chosen.format == "json":
        print(json_text(_lines(listed)))
    else:
        rows = worklist_text.worded(listed.lines, currency)
        print(text_table(rows.drop("account_manager", "language", "email", "contact_said")))
    say(worklist_text.found(listed, listed.lines, currency))
    say(worklist_text.method(listed.chances_of))
    for name, what in worklist_text.waiting_said(listed.waiting, currency):
        say(_("{reason}: {what}", reason=name, what=what))
    return 0


def _lines(listed: worklist.Worklist) -> list[dict[str, object]]:
    about = dict(
        worklist.lettered(listed.items)
        .filter("is_told")
        .group_by("customer_id")
        .agg(pl.col("invoice_id").unique(maintain_order=True))
        .iter_rows()
    )
    return [{**line, "invoice_ids": about[line["customer_id"]]} for line in listed.lines.to_dicts()]
