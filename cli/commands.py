"""The commands on a store: demo, load, query, check. Each returns an exit code."""

import argparse
import itertools
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path

import polars as pl

import queries
from cli import argument_types as types
from cli import sentences
from cli.book_gaps import documents_without_rate
from cli.entities import require_entity
from cli.output import print_message, print_sentence
from cli.progress import ProgressBar
from data import clock
from data import sentences as data_sentences
from data.errors import KasstroomError
from data.importers import load_preset
from data.store import load as loading
from data.store.load_report import FileReport, LoadReport
from data.store.missing import FullLoad
from data.store.snapshot import current_snapshot, store_exists
from reports.answers.claims import text as claims_text
from reports.answers.data_quality import checks as checks_answers
from reports.answers.data_quality import missing_text
from reports.answers.data_quality import rejects as rejects_answers
from reports.answers.demo import company
from reports.formats import day, number
from reports.packs.plain_text import csv_text, json_records, json_text, text_table
from reports.sentences import translate, translate_reasons
from reports.translation import _, _p

Command = Callable[[argparse.Namespace], int]
"""Runs a command with its parsed arguments and returns the exit code."""


class UsageError(KasstroomError):
    """A command whose arguments do not go together; exit 2."""


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


def run_load(arguments: argparse.Namespace) -> int:
    """Import files and print what became of each."""
    if not arguments.paths and arguments.reporting_currency is None:
        raise UsageError(sentences.NOTHING_TO_LOAD())
    full = _full_load(arguments)
    preset = load_preset(arguments.preset) if arguments.preset is not None else None
    _note_demo(arguments.store)
    with tempfile.TemporaryDirectory(prefix="kasstroom-") as temporary, ProgressBar() as bar:
        settings = _settings_file(Path(temporary), arguments.reporting_currency)
        report = loading.load(
            arguments.store,
            [*arguments.paths, *settings],
            preset=preset,
            source_date=arguments.source_date,
            dry_run=arguments.dry_run,
            again=settings,
            progress=bar.part(0.0, 1.0),
            full=full,
        )
        bar.erase()
    for path, reason in report.passed_over:
        print_message(_("Passed over {name}: {why}", name=path.name, why=translate(reason)))
    if arguments.format == "json":
        print(json_text(_load_record(report)))
    else:
        _print_load(report)
    _print_missing(report)
    if report.dry_run:
        print_message(_("Dry run: nothing was published."))
    elif report.snapshot is None:
        print_message(_("Nothing new: these files are already in the store."))
    else:
        print_message(_("Published {file}.", file=report.snapshot.newest.name))
    return 0


def _note_demo(folder: Path) -> None:
    """Say that the store is the demo company's, which takes files on the command line only."""
    if not store_exists(folder):
        return
    with suppress(KasstroomError), queries.open_books(folder) as books:
        if company.is_demo(books.ask("settings")):
            print_message(
                _("These are the books of the demo company; give another folder with --store for your own.")
            )


def _full_load(arguments: argparse.Namespace) -> FullLoad | None:
    if arguments.cancel_missing is not None and not arguments.full:
        raise UsageError(sentences.CANCEL_WITHOUT_FULL())
    if arguments.confirm_shrunk is not None and not isinstance(arguments.cancel_missing, int):
        raise UsageError(sentences.SHRUNK_WITHOUT_NUMBER())
    if not arguments.full:
        return None
    if arguments.cancel_missing == types.AUTO:
        return FullLoad(is_unattended=True)
    return FullLoad(arguments.cancel_missing, shrunk=arguments.confirm_shrunk)


def _load_record(report: LoadReport) -> object:
    """Return what JSON says of a load: its files, and with `--full` what is missing beside them."""
    files = [_file_record(file) for file in report.files]
    if report.missing is None:
        return files
    rows = report.missing.select(missing_text.COLUMNS).to_dicts()
    record = {"files": files, "missing": rows, "cancelled": report.cancelled}
    return record if report.shrunk is None else {**record, "shrunk": report.shrunk}


def _print_missing(report: LoadReport) -> None:
    if report.missing is None:
        return
    print_message(missing_text.missing_title(report.missing))
    if report.shrunk is not None and not report.cancelled:
        print_message(translate(data_sentences.LIST_SHRUNK(confirmation=report.shrunk)))
    elif report.not_cancelled is not None:
        print_message(translate(report.not_cancelled))
    elif report.cancelled and not report.dry_run:
        print_message(missing_text.cancelled_title(report))


def _settings_file(folder: Path, reporting_currency: str | None) -> list[Path]:
    """Write the settings of the command line as a native file, to be loaded like one."""
    if reporting_currency is None:
        return []
    file = folder / "settings.csv"
    file.write_text(f"key,value\nreporting_currency,{reporting_currency}\n", encoding="utf-8")
    return [file]


def _file_record(file: FileReport) -> dict[str, object]:
    record = {name: value for name, value in asdict(file).items() if name not in {"rejects", "recorded_at"}}
    rejects = file.rejects.select("line", "column", "reason").to_dicts()
    return {"file": record.pop("file_name"), **record, "rejects": rejects}


def _print_load(report: LoadReport) -> None:
    rows = [
        {key: value for key, value in _file_record(file).items() if key != "rejects"} for file in report.files
    ]
    print(text_table(pl.DataFrame(rows, infer_schema_length=None)))
    for file in report.files:
        for row in translate_reasons(file.rejects).iter_rows(named=True):
            column = f", {row['column']}" if row["column"] else ""
            where = _("{name} line {line}", name=file.file_name, line=row["line"])
            print(f"{where}{column}: {row['reason']}")
    if report.missing is not None and report.missing.height:
        print()
        print(text_table(report.missing.select(missing_text.COLUMNS)))


def run_query(arguments: argparse.Namespace) -> int:
    """Answer a named query and print its rows."""
    values = _parameters(arguments)
    queries.find(arguments.name)  # an unknown name is refused before a missing store
    with queries.open_books(arguments.store) as books:
        require_entity(books, arguments.entity)
        rows = books.ask(arguments.name, **values)
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
    if faults or untied.height or ledger_differences.height:
        return 1
    print_message(_("Ties out to the cent, and the store is whole."))
    return 0
