"""The commands on a store: demo, load, query, check. Each returns an exit code."""

import argparse
import itertools
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

import queries
from cli import sentences
from cli.book_gaps import documents_without_rate
from cli.entities import require_entity
from cli.output import print_message, print_sentence
from cli.progress import ProgressBar
from cli.usage import UsageError
from data import clock
from data.store.snapshot import current_snapshot
from reports.answers.claims import text as claims_text
from reports.answers.data_quality import checks as checks_answers
from reports.answers.data_quality import rejects as rejects_answers
from reports.answers.demo import company
from reports.formats import day, number
from reports.packs.plain_text import csv_text, json_records, json_text, text_table
from reports.sentences import translate, translate_messages
from reports.translation import _, _p

Command = Callable[[argparse.Namespace], int]
"""Runs a command with its parsed arguments and returns the exit code."""


def run_demo(arguments: argparse.Namespace) -> int:
    """Build the demo company's store."""
    build_demo(
        arguments.store,
        invoices=arguments.invoices,
        seed=arguments.seed,
        as_of=arguments.as_of or clock.last_sunday(clock.today()),
    )
    return 0


def build_demo(folder: Path, *, invoices: int, seed: int, as_of: date) -> None:
    """Build the store of a demo company, with a progress bar.

    Raises:
        KasstroomError: there is a store with other content in the folder.
    """
    with ProgressBar() as bar:
        is_new = company.build(folder, invoices=invoices, seed=seed, as_of=as_of, progress=bar.part(0.0, 1.0))
        bar.erase()
    if not is_new:
        print_message(_("This demo company is already in {folder}; nothing was changed.", folder=folder))
        return
    print_message(
        _(
            "Built the demo company in {folder}: {invoices} invoices up to {as_of}, seed {seed}.",
            folder=folder,
            invoices=number(invoices),
            as_of=day(as_of),
            seed=seed,
        )
    )


def run_query(arguments: argparse.Namespace) -> int:
    """Answer a named query and print its rows."""
    values = _parameters(arguments)
    query = queries.find(arguments.name)  # an unknown name is refused before a missing store
    with queries.open_books(arguments.store) as books:
        require_entity(books, arguments.entity)
        rows = books.ask(arguments.name, **values)
        rows = translate_messages(rows, [column.name for column in query.returns if column.is_message])
        if (
            arguments.name == "rejects" and arguments.format == "table"
        ):  # for people; the others are for programs
            rows = rejects_answers.of_books(books, rows)
        is_claim = arguments.name.startswith("claim")
        as_of = arguments.as_of or books.default_as_of
        # In the currency of the documents no claim needs a rate.
        needs_rates = is_claim and "currency" not in values
        without_rate = documents_without_rate(books, as_of, arguments.known_on) if needs_rates else []
    if is_claim:
        print_sentence(claims_text.rates_notice(as_of))
    for sentence in without_rate:
        print_sentence(sentence)
    match arguments.format:
        case "json":
            print(json_records(rows))
        case "csv":
            sys.stdout.write(csv_text(rows))
        case "parquet":
            rows.write_parquet(sys.stdout.buffer)
        case _:
            print(text_table(rows))
    return 0


def _parameters(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the query's parameters, each given once: by --param or by an option of its own."""
    values: dict[str, object] = {}
    options = {"as_of": arguments.as_of, "known_on": arguments.known_on, "entity": arguments.entity}
    for pair in arguments.param:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(sentences.NOT_A_PARAMETER(pair=repr(pair)))
        if name in values or options.get(name) is not None:
            raise UsageError(sentences.PARAMETER_TWICE(name=name))
        values[name] = value
    return values | {name: value for name, value in options.items() if value is not None}


def run_check(arguments: argparse.Namespace) -> int:
    """Print faults and findings; the exit code is 1 only if the store is broken or does not tie out."""
    published = current_snapshot(arguments.store)
    with queries.open_books(arguments.store) as books:
        faults = checks_answers.faults(books, is_thorough=True)
        tie_out = books.ask("tie_out")
        ledger_differences = checks_answers.ledger_differences(books)
        turnover = checks_answers.ledger_turnover(books)
        findings = books.ask("findings")
        currencies = books.ask("reporting_currencies")
    untied = tie_out.filter(pl.col("difference") != 0)
    if arguments.format == "json":
        print(
            json_text(
                {
                    "ledger": published.ledger.name,
                    "faults": [str(fault) for fault in faults],
                    "tie_out": tie_out.to_dicts(),
                    "ledger_differences": ledger_differences.to_dicts(),
                    "turnover": turnover.to_dicts(),
                    "findings": findings.to_dicts(),
                    "reporting_currencies": currencies.to_dicts(),
                }
            )
        )
    else:
        print(text_table(tie_out))
        print()
        print(text_table(findings) if findings.height else _("No findings of quality."))
    for before, after in itertools.pairwise(currencies.to_dicts()):
        print_message(checks_answers.currency_change(before, after))
    for fault in faults:
        print_message(_("Broken: {fault}", fault=translate(fault)))
    for row in untied.iter_rows(named=True):
        print_message(
            _(
                "Does not tie out: entity {entity}, {currency}: documents against buckets {difference}.",
                entity=row["entity"] or _p("word", "(none)"),
                currency=row["currency"],
                difference=row["difference"],
            )
        )
    for row in ledger_differences.iter_rows(named=True):
        print_message(checks_answers.ledger_difference(row))
    # Of quality: it says where to look and breaks nothing.
    for row in turnover.filter(pl.col("turnover_difference") != 0).iter_rows(named=True):
        print_message(checks_answers.turnover_difference(row))
    if faults or untied.height or ledger_differences.height:
        return 1
    print_message(_("Ties out to the cent, and the store is whole."))
    return 0
