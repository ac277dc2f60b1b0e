"""The two lists: early warnings and the worklist."""

import argparse
from datetime import date

import polars as pl

import queries
from reports.answers import (
    cash_forecast,
    kept_runs,
    liquidity,
    signal_journal,
    signal_words,
    warnings,
    worklist,
    worklist_words,
)
from reports.answers.cash_forecast import Progress
from reports.cli import lacking
from reports.cli.commands import say, tell
from reports.cli.progress import Bar
from reports.formats import number
from reports.packs.plain import json_text, text_table
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
        lacks = [lacking.days(books, as_of), *lacking.rates(books, as_of)]
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
) -> kept_runs.Run | None:
    """Return the forecast of the day's week: the one kept, else one made now where that takes seconds."""
    day = liquidity.run_day(as_of)
    run = kept_runs.read(books, day)
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
    return kept_runs.of_forecast(cash_forecast.cash_forecast(books, as_of=day, progress=progress))


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
                        "rule": signal_words.rule_name(row["rule"]),
                        "value": " / ".join(signal_words.numbers(row["rule"], row["value"], row["limit"])),
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
    say(signal_words.found(warned, warned.customers, currency))
    rates = signal_words.rule_rows(warned.rules)
    print()
    print(text_table(rates.drop("meaning")))
    say(signal_words.rules_method(warned.rules))


def to_do(chosen: argparse.Namespace) -> int:
    """Print whom to contact on a day, worth most first."""
    with queries.open_books(chosen.store) as books, Bar() as bar:
        as_of = chosen.as_of or books.default_as_of
        run = _ahead(books, as_of, chosen, bar.part(0.0, 1.0))
        unpaid = None if run is None else worklist.of_forecast(run.invoices, run.as_of)
        listed = worklist.worklist(books, as_of=as_of, unpaid=unpaid)
        currency = str(books.ask("as_of_range")["reporting_currency"][0] or "EUR")
        lacks = [lacking.days(books, as_of), *lacking.rates(books, as_of)]
        bar.done()
    for sentence in lacks:
        tell(sentence)
    if chosen.format == "json":
        print(json_text(_lines(listed)))
    else:
        rows = worklist_words.worded(listed.lines, currency)
        print(text_table(rows.drop("account_manager", "language", "email", "contact_said")))
    say(worklist_words.found(listed, listed.lines, currency))
    say(worklist_words.method(listed.chances_of))
    for name, what in worklist_words.waiting_said(listed.waiting, currency):
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
