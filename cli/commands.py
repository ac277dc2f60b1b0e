"""What each command does. Every one takes the parsed arguments and returns an exit code."""

import argparse
import itertools
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

import queries
from cli import missing_rates, sentences
from cli.progress import Bar
from data import clock
from data.demo import write_company
from data.errors import KasstroomError
from data.importers import load_preset
from data.store import load as loading
from data.store.files import file_hash
from data.store.load_report import FileReport, LoadReport
from data.store.snapshot import current_snapshot, store_exists
from reports.answers.claims import text as claims_text
from reports.answers.data_quality import checks as checks_answers
from reports.answers.data_quality import rejects as rejects_answers
from reports.formats import day, number
from reports.packs.plain_text import csv_text, json_records, json_text, text_table
from reports.sentences import translate, translate_reasons
from reports.translation import _, _p

Command = Callable[[argparse.Namespace], int]


class UsageError(KasstroomError):
    """A command whose arguments do not go together; exit 2."""


def say(text: str) -> None:
    """Write a message for people, on stderr."""
    print(text, file=sys.stderr)


def tell(sentence: str | None) -> None:
    """Write a sentence an answer has put into words already; nothing where there is none."""
    if sentence:
        print(sentence, file=sys.stderr)


def demo(chosen: argparse.Namespace) -> int:
    """Build the demo company's store; refused where a store with something else already stands."""
    build_demo(
        chosen.store,
        invoices=chosen.invoices,
        seed=chosen.seed,
        as_of=chosen.as_of or clock.last_sunday(clock.today()),
    )
    return 0


def build_demo(folder: Path, *, invoices: int, seed: int, as_of: Any) -> None:
    """Generate the demo company's files and load them as anybody's would be."""
    with tempfile.TemporaryDirectory(prefix="kasstroom-demo-") as written, Bar() as bar:
        files = Path(written)
        write_company(files, invoices=invoices, seed=seed, as_of=as_of, progress=bar.part(0.0, 0.3))
        if store_exists(folder):
            _require_same_company(folder, files)
            bar.done()
            say(_("This demo company is already in {folder}; nothing was changed.", folder=folder))
            return
        loading.load(folder, [files], progress=bar.part(0.3, 1.0))
        bar.done()
    say(
        _(
            "Built the demo company in {folder}: {invoices} invoices up to {as_of}, seed {seed}.",
            folder=folder,
            invoices=number(invoices),
            as_of=day(as_of),
            seed=seed,
        )
    )


def _require_same_company(folder: Path, files: Path) -> None:
    with queries.open_books(folder) as books:
        known = set(books.ask("batches")["sha256"])
    if any(file_hash(file) not in known for file in files.iterdir()):
        raise KasstroomError(sentences.OTHER_STORE(folder=folder))


def load_files(chosen: argparse.Namespace) -> int:
    """Import files and print what happened to each."""
    if not chosen.paths and chosen.reporting_currency is None:
        raise UsageError(sentences.NOTHING_TO_LOAD())
    preset = load_preset(chosen.preset) if chosen.preset is not None else None
    with tempfile.TemporaryDirectory(prefix="kasstroom-") as written, Bar() as bar:
        typed = _typed_settings(Path(written), chosen.reporting_currency)
        report = loading.load(
            chosen.store,
            [*chosen.paths, *typed],
            preset=preset,
            source_date=chosen.source_date,
            dry_run=chosen.dry_run,
            again=typed,
            progress=bar.part(0.0, 1.0),
        )
        bar.done()
    for path, reason in report.passed_over:
        say(_("Passed over {name}: {why}", name=path.name, why=translate(reason)))
    if chosen.format == "json":
        print(json_text([_file_record(file) for file in report.files]))
    else:
        _print_load(report)
    if report.dry_run:
        say(_("Dry run: nothing was published."))
    elif report.snapshot is None:
        say(_("Nothing new: these files are already in the store."))
    else:
        say(_("Published {file}.", file=report.snapshot.newest.name))
    return 0


def _typed_settings(folder: Path, reporting_currency: str | None) -> list[Path]:
    """Write what was set on the command line as the file it could have come in."""
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


def query(chosen: argparse.Namespace) -> int:
    """Ask a named query and print its rows."""
    values: dict[str, object] = {}
    given = {"as_of": chosen.as_of, "known_on": chosen.known_on}
    for pair in chosen.param:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(sentences.NOT_A_PARAMETER(pair=repr(pair)))
        if name in values or given.get(name) is not None:
            raise UsageError(sentences.PARAMETER_TWICE(name=name))
        values[name] = value
    values |= {name: value for name, value in given.items() if value is not None}
    queries.find(chosen.name)  # a misspelt name is told before a missing store
    with queries.open_books(chosen.store) as books:
        rows = books.ask(chosen.name, **values)
        if chosen.name == "rejects" and chosen.format == "table":  # for people; the others are for programs
            rows = rejects_answers.of_books(books, rows)
        is_claim = chosen.name.startswith("claim")
        as_of = chosen.as_of or books.default_as_of
        # Asked in the currency of the documents, nothing is left out.
        lacks = (
            missing_rates.rates(books, as_of, chosen.known_on)
            if is_claim and "currency" not in values
            else []
        )
    if is_claim:
        tell(claims_text.rates_notice(as_of))
    for sentence in lacks:
        tell(sentence)
    match chosen.format:
        case "json":
            print(json_records(rows))
        case "csv":
            sys.stdout.write(csv_text(rows))
        case "parquet":
            rows.write_parquet(sys.stdout.buffer)
        case _:
            print(text_table(rows))
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Print faults and findings; 1 only where the store is broken or does not tie out."""
    published = current_snapshot(chosen.store)
    with queries.open_books(chosen.store) as books:
        faults = checks_answers.faults(books, is_thorough=True)
        tie_out = books.ask("tie_out")
        off = checks_answers.ledger_differences(books)
        findings = books.ask("findings")
        currencies = books.ask("reporting_currencies")
    untied = tie_out.filter(pl.col("difference") != 0)
    if chosen.format == "json":
        print(
            json_text(
                {
                    "ledger": published.ledger.name,
                    "faults": [str(fault) for fault in faults],
                    "tie_out": tie_out.to_dicts(),
                    "ledger_differences": off.to_dicts(),
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
        say(checks_answers.currency_change(before, after))
    for fault in faults:
        say(_("Broken: {fault}", fault=translate(fault)))
    for row in untied.iter_rows(named=True):
        say(
            _(
                "Does not tie out: entity {entity}, {currency}: documents against buckets {difference}.",
                entity=row["entity"] or _p("word", "(none)"),
                currency=row["currency"],
                difference=row["difference"],
            )
        )
    for row in off.iter_rows(named=True):
        say(checks_answers.ledger_difference(row))
    if faults or untied.height or off.height:
        return 1
    say(_("Ties out to the cent, and the store is whole."))
    return 0
